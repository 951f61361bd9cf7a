import type { RequestListener } from 'node:http';
import type { Clock } from './clock';
import { refuse } from './functions-host/gate';
import { listener } from './functions-host/listener';
import type { RouteFile } from './functions-host/route-files';
import { inRun } from './functions-host/run';
import { type Ask, type TransportName, transportOf } from './transport';
import type { WireRequest, WireResponse } from './wire';

export { assetsIn, functionsIn, type RouteFile } from './functions-host/route-files';

export type Invocation = {
  readonly at: number;
  readonly path: string;
  readonly method: string;
  readonly status: number;
  /** Virtual milliseconds. */
  readonly ms: number;
  /** Identifies the requests that the run made; absent if the platform or an Asset answered. */
  readonly run?: number;
  readonly request: WireRequest;
  readonly response: WireResponse;
};

export type FunctionsHost = {
  /** The body of an answer is text, or one byte a character for audio or other binaries. */
  handle(request: WireRequest): Promise<WireResponse>;
  /** The same, gate included, for an HTTP server on a real port. */
  readonly app: RequestListener;
  readonly invocations: readonly Invocation[];
  /** No Function is at work. */
  isIdle(): boolean;
  /** How many processes were needed. */
  processes(): number;
  /** Hears of each run when it ends. */
  on(listener: (invocation: Invocation) => void): () => void;
};

/** Limits of the platform (docs/serverless/functions-assets/functions/request-flow, …/faq). */
const LONGEST_RUN = 10;
const MOST_RUNS = 30;
const MOST_RESPONSE_BYTES = 4 * 1024 * 1024;

/**
 * The Functions with the platform's gate in front: signatures, access, sizes, methods, the number of concurrent runs
 * and the time limit. Twilio's local server has none of these.
 */
export function openFunctions(options: {
  clock: Clock;
  /** Project root: where `twilio` is required from. */
  baseDir: string;
  publicUrl: string;
  env: Record<string, string>;
  functions: readonly RouteFile[];
  assets: readonly RouteFile[];
  /** The page on Functions says 400, the one on Assets 403; which one it is has not been confirmed. */
  refusedSignatureStatus?: 400 | 403;
  transport?: TransportName;
  hasProcesses?: boolean;
}): FunctionsHost {
  const { clock, env, transport = 'http' } = options;
  const publicUrl = new URL(options.publicUrl);
  const house = {
    authToken: env.AUTH_TOKEN ?? '',
    publicUrl,
    refusedSignatureStatus: options.refusedSignatureStatus ?? 403,
  };
  const routes = new Map([...options.functions, ...options.assets].map((route) => [route.path, route]));
  const functionPaths = new Set(options.functions.map((route) => route.path));
  const deployed = transportOf(transport).openFunctions({ ...options, publicUrl });
  const ask = sized(deployed.ask);
  const invocations: Invocation[] = [];
  const listeners = new Set<(invocation: Invocation) => void>();
  let running = 0;

  async function serve(request: WireRequest): Promise<Pick<Invocation, 'response' | 'run'>> {
    const { pathname } = request.url;
    const refusal = refuse(request, routes.get(pathname), house);
    if (refusal) return { response: plain(refusal.status, refusal.why) };
    if (!functionPaths.has(pathname)) return { response: await ask(request) };
    if (running >= MOST_RUNS) return { response: plain(429, 'Too many requests') };
    running += 1;
    return inRun(async (run) => {
      try {
        return { run: run.id, response: await inTime(clock, ask(request)) };
      } finally {
        run.isOver = true;
        running -= 1;
      }
    });
  }

  async function handle(request: WireRequest): Promise<WireResponse> {
    const at = clock.now();
    const { response, run } = await serve(request);
    const { method, url } = request;
    const { status } = response;
    const ms = clock.now() - at;
    const invocation = { at, path: url.pathname, method, status, ms, run, request, response };
    invocations.push(invocation);
    for (const listener of listeners) listener(invocation);
    return response;
  }

  return {
    handle,
    app: listener(publicUrl, handle),
    invocations,
    isIdle: () => running === 0,
    processes: deployed.processes,
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const sized =
  (ask: Ask): Ask =>
  async (request) => {
    const response = await ask(request);
    const isTooLarge =
      response.body.length > MOST_RESPONSE_BYTES / 3 &&
      Buffer.byteLength(response.body) > MOST_RESPONSE_BYTES;
    return isTooLarge ? plain(502, 'Response too large') : response;
  };

/** The answer, or 504 after ten seconds; a late answer is dropped. */
function inTime(clock: Clock, answer: Promise<WireResponse>): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(LONGEST_RUN, () => resolve(plain(504, 'Function execution timed out')));
    answer.then(resolve, reject).finally(cancel);
  });
}

function plain(status: number, body: string): WireResponse {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
