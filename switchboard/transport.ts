/**
 * How requests reach the Functions, and how the Functions' requests reach the stand-ins. Everything else is the same
 * for both: gate, limits, latency, faults, records.
 */
import type { Clock } from './clock';
import type { RouteFile } from './functions-host/route-files';
import type { Carry } from './network';
import type { WireRequest, WireResponse } from './wire';

/**
 * `http`: Twilio's local server and the real HTTP clients, which takes ten times as long. `direct`: the handlers are
 * called in this process, under Twilio's own REST client, with a context like the local server's.
 */
export type TransportName = 'http' | 'direct';

export type Deployment = {
  /** The project's folder, from which the Functions require `twilio`. */
  readonly baseDir: string;
  readonly publicUrl: URL;
  readonly env: Record<string, string>;
  readonly functions: readonly RouteFile[];
  readonly assets: readonly RouteFile[];
  /**
   * Each request in a process that is idle, and that has its own memory. Only directly; default: one process for all.
   */
  readonly hasProcesses?: boolean;
};

export type Deployed = {
  readonly ask: Ask;
  /** How many processes were needed. */
  processes(): number;
};

export type Ask = (request: WireRequest) => Promise<WireResponse>;

export type Transport = {
  /** Also sets the platform's globals. */
  openFunctions(deployment: Deployment): Deployed;
  /** Redirects `twilio` and `fetch` to the stand-ins. Returns a function that restores them. */
  reroute(carry: Carry, clock: Clock): () => void;
};

/** Loaded at first use: Express alone costs a tenth of a second. */
export const transportOf = (name: TransportName): Transport =>
  name === 'http'
    ? (require('./transport/http') as typeof import('./transport/http')).http
    : (require('./transport/direct') as typeof import('./transport/direct')).direct;
