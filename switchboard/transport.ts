/**
 * How requests reach the Functions, and how those of the Functions reach the stand-ins. Everything else is wired the same:
 * gate, limits, latency, faults, records.
 */
import type { Clock } from './clock';
import type { RouteFile } from './functions-host/route-files';
import type { Carry } from './network';
import type { WireRequest, WireResponse } from './wire';

/**
 * `http`: Twilio's local server and the real HTTP clients, which takes ten times as long. `direct`: the handlers are
 * called in this process, under Twilio's own REST client, with a context as the local server makes it.
 */
export type TransportName = 'http' | 'direct';

export type Deployment = {
  /** The project's, where the Functions require `twilio` from. */
  readonly baseDir: string;
  readonly publicUrl: URL;
  readonly env: Record<string, string>;
  readonly functions: readonly RouteFile[];
  readonly assets: readonly RouteFile[];
  /** Each request in a process that has no other just then, and remembers its own. Directly only; default is one for all. */
  readonly hasProcesses?: boolean;
};

export type Deployed = {
  readonly ask: Ask;
  /** How many processes it took. */
  processes(): number;
};

export type Ask = (request: WireRequest) => Promise<WireResponse>;

export type Transport = {
  /** Sets the globals of the platform, too. */
  openFunctions(deployment: Deployment): Deployed;
  /** Points `twilio` and `fetch` at the stand-ins. Gives what points them back. */
  reroute(carry: Carry, clock: Clock): () => void;
};

/** Loaded when it is wanted: Express alone costs a tenth of a second. */
export const transportOf = (name: TransportName): Transport =>
  name === 'http'
    ? (require('./transport/http') as typeof import('./transport/http')).http
    : (require('./transport/direct') as typeof import('./transport/direct')).direct;
