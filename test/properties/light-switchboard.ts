/**
 * The switchboard without its weight, for histories by the hundred thousand: the same exchange, Sync, Slack and
 * Mackerel, and the very Functions of `src/`, called with a context of ours. Left out are Express, the local server
 * of Twilio's, the signatures' check, and the HTTP client under `twilio`. Keeps the platform's 10 s and its 30 at once.
 */
import { join } from 'node:path';
import type { Context } from '@twilio-labs/serverless-runtime-types/types';
import { handler as answered } from '../../src/functions/answered.protected';
import { handler as answeredKey } from '../../src/functions/answered-key.protected';
import { handler as callEnded } from '../../src/functions/call-ended.protected';
import { handler as callIn } from '../../src/functions/call-in.protected';
import { handler as dialEnded } from '../../src/functions/dial-ended.protected';
import { handler as dialList } from '../../src/functions/dial-list.protected';
import { handler as dialStatus } from '../../src/functions/dial-status.protected';
import { handler as health } from '../../src/functions/health';
import { handler as holdMusic } from '../../src/functions/hold-music';
import { handler as mackerelWebhook } from '../../src/functions/mackerel-webhook';
import { handler as pause } from '../../src/functions/pause.protected';
import type { Env } from '../../src/platform/config';
import { createExchange } from '../../switchboard/exchange';
import { assetsIn } from '../../switchboard/functions-host';
import { inRun, isStopped } from '../../switchboard/functions-host/run';
import { createMackerel } from '../../switchboard/mackerel';
import type { Exchanged, Fault, FaultRule, NeighbourName } from '../../switchboard/network';
import { requestFaults, responseFaults } from '../../switchboard/openapi';
import { createSlack } from '../../switchboard/slack';
import { account, accountOfB, numbers, type SwitchboardOptions } from '../../switchboard/switchboard';
import { createSync } from '../../switchboard/sync';
import type { WireRequest, WireResponse } from '../../switchboard/wire';
import { lightClient } from './light-client';
import { installLightClock } from './light-clock';
import { builtFolder, openProcesses } from './processes';

const host = 'mackerel-kaden-1234-dev.twil.io';
const publicUrl = `https://${host}`;
const slackSetup = {
  token: 'xoxb-light',
  channel: 'C0KADEN',
  webhookUrl: 'https://hooks.slack.com/services/T0/B0/X0',
};
const LATENCY: Record<NeighbourName, number> = {
  twilio: 0.04,
  sync: 0.03,
  slack: 0.12,
  mackerel: 0.08,
  functions: 0.03,
};
const LONGEST_RUN = 10;
const MOST_RUNS = 30;

type Callback = (fault: unknown, answer: unknown) => void;
type Handler = (context: Context<Env>, event: object, callback: Callback) => unknown;
const handlers: Record<string, Handler> = {
  '/answered': answered as Handler,
  '/answered-key': answeredKey as Handler,
  '/call-ended': callEnded as Handler,
  '/call-in': callIn as Handler,
  '/dial-ended': dialEnded as Handler,
  '/dial-list': dialList as Handler,
  '/dial-status': dialStatus as Handler,
  '/health': health as Handler,
  '/hold-music': holdMusic as unknown as Handler,
  '/mackerel-webhook': mackerelWebhook as Handler,
  '/pause': pause as Handler,
};

const asset = (path: string, text = '') => ({ path, open: () => text });
const assetsOf = (folder: string) =>
  Object.fromEntries(
    assetsIn(join(folder, 'assets')).map(({ path, filePath }) => [
      path.replace(/\.ts$/, '.js'),
      asset(filePath),
    ]),
  );
const SOURCES = join(__dirname, '../../src');

/** Each is a deployment of its own, whose processes remember nothing of another's. */
let environments = 0;

export type LightSwitchboard = ReturnType<typeof openLightSwitchboard>;

/** `build`: what `npm run build` made, in as many processes as there are requests at once. Otherwise the sources, in one. */
export type LightOptions = SwitchboardOptions;

export function openLightSwitchboard(options: LightOptions) {
  const { list, unconfirmed = {}, mackerel: channels = {}, from = 'source' } = options;
  const processes = openProcesses();
  const assets = assetsOf(from === 'build' ? builtFolder : SOURCES);
  const clock = installLightClock({ startAt: options.startAt });
  const log: { -readonly [K in keyof Exchanged]: Exchanged[K] }[] = [];
  const faults = new Map<NeighbourName, FaultRule>();
  const violations: string[] = [];
  const invocations: { at: number; path: string; method: string; status: number; ms: number }[] = [];
  const sync = createSync({
    clock,
    accountSid: account.sid,
    authToken: account.authToken,
    missingNameCode: unconfirmed.missingNameCode,
  });
  const slack = createSlack({ clock, ...slackSetup });
  const authorization = `Basic ${Buffer.from(`${account.sid}:${account.authToken}`).toString('base64')}`;
  let running = 0;

  const exchange = createExchange({
    clock,
    accountSid: account.sid,
    authToken: account.authToken,
    owned: [
      { number: numbers.a, voiceUrl: `${publicUrl}/call-in` },
      { number: numbers.b, voiceUrl: `${publicUrl}/hold-music`, account: accountOfB, line: options.numberB },
    ],
    functions: { handle },
    publicUrl,
    actionAfterParentEnds: unconfirmed.actionAfterParentEnds,
    whisperFailure: unconfirmed.whisperFailure,
    unbridged: unconfirmed.unbridged,
    staleFetch: unconfirmed.staleFetch,
    callsPerSecond: options.callsPerSecond,
  });
  const mackerel = createMackerel({
    clock,
    resendEverySeconds: options.resendEverySeconds,
    ...(list.start === 'call' && {
      twilioChannel: {
        from: numbers.a,
        to: numbers.b,
        twimlUrl: `${publicUrl}/dial-list`,
        ...(channels.statusCallback && { statusCallback: `${publicUrl}/call-ended` }),
        ...(channels.level && { level: channels.level }),
      },
    }),
    ...((channels.webhook || list.start === 'webhook') && {
      webhook: { url: `https://mackerel:light@${host}/mackerel-webhook`, deliver: handle },
    }),
    apiKeys: [
      { key: 'read', write: false },
      { key: 'write', write: true },
    ],
    placeCall: async (form) => void (await askTwilio(callRequest(form.toString()))),
  });
  const neighbours = { twilio: exchange, sync, slack, mackerel, functions: { name: 'functions', handle } };

  async function carry(name: NeighbourName, request: WireRequest): Promise<WireResponse | null> {
    if (isStopped()) return new Promise<never>(() => {});
    const fault = faults.get(name)?.(request);
    const entry: (typeof log)[number] = {
      at: clock.now(),
      neighbour: name,
      request,
      ...(fault && { fault }),
    };
    log.push(entry);
    if (isTwilio(name)) violations.push(...requestFaults(request));
    const oneWay = LATENCY[name] / 2;
    await clock.sleep(oneWay);
    if (fault?.kind === 'down') return null;
    if (fault?.kind === 'hang' || isStopped()) return new Promise<never>(() => {});
    const response = fault?.kind === 'status' ? madeUp(fault) : await answerOf(name, request);
    entry.response = response;
    await clock.sleep(oneWay + (fault?.kind === 'slow' ? fault.seconds : 0));
    return response;
  }

  async function answerOf(name: NeighbourName, request: WireRequest): Promise<WireResponse> {
    const response = await neighbours[name].handle(request);
    if (isTwilio(name)) violations.push(...responseFaults(request, response));
    return response;
  }

  /** Past the log and the faults, and checked too: as in the full network. */
  function askTwilio(request: WireRequest): Promise<WireResponse> {
    violations.push(...requestFaults(request));
    return answerOf('twilio', request);
  }

  const client = lightClient(carry, account);
  const context = {
    ...environment(options),
    DOMAIN_NAME: host,
    ACCOUNT_SID: account.sid,
    AUTH_TOKEN: account.authToken,
    ENVIRONMENT_SID: `light-${++environments}`,
    getTwilioClient: () => client,
  };

  async function handle(request: WireRequest): Promise<WireResponse> {
    const at = clock.now();
    const { method, url } = request;
    const response = await served(request);
    invocations.push({ at, path: url.pathname, method, status: response.status, ms: clock.now() - at });
    return response;
  }

  async function served(request: WireRequest): Promise<WireResponse> {
    const path = request.url.pathname;
    if (path === '/hold-music.wav')
      return { status: 200, headers: { 'content-type': 'audio/wav' }, body: '' };
    if (!handlers[path]) return { status: 404, headers: {}, body: '' };
    if (running >= MOST_RUNS) return { status: 429, headers: {}, body: 'Too many requests' };
    running += 1;
    const process = from === 'build' ? processes.take() : null;
    const handler = (process?.load(fileOf(path)).handler ?? handlers[path]) as Handler;
    const answer = new Promise<WireResponse>((resolve, reject) => {
      inRun((run) => {
        const stop = clock.after(LONGEST_RUN, () => {
          run.isOver = true;
          resolve({ status: 504, headers: {}, body: 'timed out' });
        });
        const over: Callback = (fault, given) => {
          run.isOver = true;
          stop();
          if (fault) reject(fault);
          else resolve(responseOf(given));
        };
        const own = { ...context, PATH: path } as unknown as Context<Env>;
        void handler(own, eventOf(request), over);
      });
    });
    return answer.finally(() => {
      running -= 1;
      if (process) processes.giveBack(process);
    });
  }

  const real = { fetch: globalThis.fetch };
  const runtime = { getAssets: () => ({ ...assets, '/dial-list.json': asset('', JSON.stringify(list)) }) };
  Object.assign(globalThis, {
    Twilio: { Response: LightResponse },
    Runtime: runtime,
    fetch: lightFetch(carry),
  });

  function callRequest(body: string, sid?: string): WireRequest {
    const place = `Accounts/${account.sid}/Calls${sid ? `/${sid}` : ''}.json`;
    return {
      method: 'POST',
      url: new URL(`https://api.twilio.com/2010-04-01/${place}`),
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      body,
    };
  }

  return {
    clock,
    exchange,
    sync,
    slack,
    mackerel,
    network: {
      log: log as readonly Exchanged[],
      unexpected: [] as readonly string[],
      violations: violations as readonly string[],
      fault(neighbour: NeighbourName, rule: Fault | FaultRule | undefined) {
        if (rule === undefined) faults.delete(neighbour);
        else faults.set(neighbour, typeof rule === 'function' ? rule : () => rule);
      },
    },
    functions: {
      invocations,
      handle,
      isIdle: () => running === 0,
      /** How many processes it took. */
      processes: () => processes.count,
    },
    endCall: (sid: string) => askTwilio(callRequest('Status=completed', sid)),
    close() {
      clock.uninstall();
      Object.assign(globalThis, real);
      for (const name of ['Twilio', 'Runtime']) Reflect.deleteProperty(globalThis, name);
    },
  };
}

const PUBLIC: ReadonlySet<string> = new Set(['/health', '/hold-music', '/mackerel-webhook']);
const fileOf = (path: string) =>
  join(builtFolder, 'functions', `${path.slice(1)}${PUBLIC.has(path) ? '' : '.protected'}.js`);

const isTwilio = (name: NeighbourName) => name === 'twilio' || name === 'sync';

function environment({ env = {}, list, slack = 'bot', mackerel = {} }: LightOptions): Env {
  return {
    ...(slack === 'bot' && { SLACK_BOT_TOKEN: slackSetup.token, SLACK_CHANNEL: slackSetup.channel }),
    ...(slack === 'webhook' && { SLACK_WEBHOOK_URL: slackSetup.webhookUrl }),
    ...((mackerel.webhook || list.start === 'webhook') && {
      MACKEREL_WEBHOOK_USER: 'mackerel',
      MACKEREL_WEBHOOK_PASSWORD: 'light',
    }),
    ...(mackerel.apiKey && { MACKEREL_API_KEY: mackerel.apiKey }),
    ...(list.start === 'webhook' && { CALLER_ID: numbers.a }),
    ...env,
  };
}

/** Query and body in one, and the headers of the request, as the platform hands them over. */
function eventOf({ url, headers, body }: WireRequest): object {
  const isJson = headers['content-type']?.includes('json');
  return {
    ...Object.fromEntries(url.searchParams),
    ...(isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))),
    request: { headers, cookies: {} },
  };
}

function responseOf(given: unknown): WireResponse {
  if (!(given instanceof LightResponse))
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: String(given) };
  const { statusCode: status, headers, body } = given;
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

class LightResponse {
  statusCode = 200;
  body: unknown = '';
  headers: Record<string, string> = {};
  setStatusCode(status: number) {
    this.statusCode = status;
    return this;
  }
  setBody(body: unknown) {
    this.body = body;
    return this;
  }
  appendHeader(name: string, value: string) {
    this.headers[name.toLowerCase()] = value;
    return this;
  }
}

const NAMES: Readonly<Record<string, NeighbourName>> = {
  'api.mackerelio.com': 'mackerel',
  [host]: 'functions',
};

/** A `fetch` with as little of a response as Slack's clients and ours look at. */
function lightFetch(carry: (name: NeighbourName, request: WireRequest) => Promise<WireResponse | null>) {
  return async (
    input: unknown,
    init: { method?: string; headers?: unknown; body?: unknown; signal?: AbortSignal } = {},
  ) => {
    const url = new URL(String(input));
    const headers = Object.fromEntries(new Headers(init.headers as never));
    const name = NAMES[url.host] ?? 'slack';
    const body = init.body === undefined || init.body === null ? '' : String(init.body);
    const { signal } = init;
    const response = await unlessAborted(
      carry(name, { method: init.method ?? 'GET', url, headers, body }),
      signal,
    );
    if (!response) throw new TypeError('fetch failed');
    return {
      ok: response.status >= 200 && response.status < 300,
      status: response.status,
      statusText: '',
      url: url.href,
      headers: new Headers(response.headers),
      text: async () => response.body,
      json: async () => JSON.parse(response.body),
      arrayBuffer: async () => new TextEncoder().encode(response.body).buffer,
    };
  };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

const madeUp = ({ status, headers = {}, body = '' }: Extract<Fault, { kind: 'status' }>): WireResponse => ({
  status,
  headers,
  body,
});
