/** Puts a deployment into the stand-in, as `twilio-run deploy` would have left it. */
import type { Account } from '.';
import type { Environment, Kind, Service, Version, Visibility } from './serverless-state';

export type SeededFile = {
  readonly kind: Kind;
  readonly path: string;
  readonly visibility: Visibility;
  readonly content: Buffer;
};

export function seedDeployment(
  { services }: Account,
  name: string,
  files: readonly SeededFile[],
  variables: Readonly<Record<string, string>>,
): { readonly service: Service; readonly environment: Environment } {
  const sid = (prefix: string, place: number) => prefix + place.toString(16).padStart(32, '0');
  const versions = files.map(
    (file, place): Version => ({ ...file, sid: sid('ZN', place), resourceSid: sid('ZH', place) }),
  );
  const build = {
    sid: sid('ZB', 1),
    versions,
    dependencies: [
      { name: '@twilio/runtime-handler', version: '2.0.1' },
      { name: 'twilio', version: '6.2.0' },
    ],
    runtime: 'node22',
    asked: 2,
    isRuntimeAsked: true,
  };
  const environment: Environment = {
    sid: sid('ZE', 1),
    uniqueName: 'dev-environment',
    suffix: 'dev',
    domain: `${name}-1234-dev.twil.io`,
    build,
    variables: Object.entries(variables).map(([key, value], place) => ({
      sid: sid('ZV', place),
      key,
      value,
    })),
  };
  const service: Service = {
    sid: sid('ZS', 1),
    uniqueName: name,
    includesCredentials: true,
    resources: versions.map(({ resourceSid, kind, path }) => ({ sid: resourceSid, kind, name: path })),
    versions,
    builds: [build],
    environments: [environment],
  };
  services.push(service);
  return { service, environment };
}
