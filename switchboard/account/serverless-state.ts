/** What Twilio Serverless holds: services, uploads, builds, and which build is deployed where. */

export type Visibility = 'public' | 'protected' | 'private';
export type Kind = 'functions' | 'assets';

export type Service = {
  readonly sid: string;
  readonly uniqueName: string;
  readonly includesCredentials: boolean;
  readonly resources: Resource[];
  readonly versions: Version[];
  readonly builds: Build[];
  readonly environments: Environment[];
};

/** A Function or an Asset; its content is in its versions. */
export type Resource = { readonly sid: string; readonly kind: Kind; readonly name: string };

export type Version = {
  readonly sid: string;
  readonly kind: Kind;
  readonly resourceSid: string;
  readonly path: string;
  readonly visibility: Visibility;
  readonly content: Buffer;
};

export type Build = {
  readonly sid: string;
  readonly versions: readonly Version[];
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
  readonly runtime: string;
  /** As named by the deploy; otherwise the platform's own, which changes over time. */
  readonly isRuntimeAsked: boolean;
  /** How often its status was requested; `building` the first time. */
  asked: number;
};

export type Environment = {
  readonly sid: string;
  readonly uniqueName: string;
  readonly suffix: string;
  readonly domain: string;
  build: Build | null;
  variables: Variable[];
};

export type Variable = { readonly sid: string; readonly key: string; value: string };

/** What a deploy hands over to be run. */
export type Deployed = {
  readonly domain: string;
  readonly build: Build;
  readonly variables: Readonly<Record<string, string>>;
  readonly includesCredentials: boolean;
};
