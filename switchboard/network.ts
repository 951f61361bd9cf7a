/**
 * Redirects the outside world to the stand-ins, from outside: production code keeps its real clients (`twilio`,
 * `fetch`) and does not know that it speaks to a stand-in. Nothing leaves the process: a host without a stand-in is
 * refused and recorded in `unexpected`.
 */
import { UPLOADS } from './account';
import type { Clock } from './clock';
import { currentRun, isStopped } from './functions-host/run';
import { mackerelAnswerFaults, mackerelRequestFaults } from './mackerel/published';
import { operations, requestFaults, responseFaults } from './openapi';
import { slackAnswerFaults, slackRequestFaults } from './slack/published';
import { type TransportName, transportOf } from './transport';
import type { Neighbour, WireRequest, WireResponse } from './wire';

/** `functions`: our own Functions, requested by one of them. */
export type NeighbourName = 'twilio' | 'sync' | 'slack' | 'mackerel' | 'functions';

export type Fault =
  /** Connection refused. */
  | { kind: 'down' }
  /** Accepts the request and never answers; only the caller's own time limit ends it. */
  | { kind: 'hang' }
  /**
   * The request does its work at once, and the answer comes so much later: a caller that gives up early has still
   * written.
   */
  | { kind: 'slow'; seconds: number }
  /** Answers this instead of doing the work. */
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> };

/** Checked at every request. */
export type FaultRule = (request: WireRequest) => Fault | undefined;

export type Exchanged = {
  /** Virtual time of the request, ms since epoch. */
  readonly at: number;
  readonly neighbour: string;
  readonly request: WireRequest;
  /** Absent while it is on its way, and forever if it was refused or hangs. */
  readonly response?: WireResponse;
  readonly fault?: Fault;
  /** The Function's run that made the request; absent if it was not a Function. */
  readonly run?: number;
  /** Virtual milliseconds until the answer. */
  readonly ms?: number;
};

export type Network = {
  readonly log: readonly Exchanged[];
  /** Hears of each request when it starts, and again when its answer is there. */
  on(listener: (exchanged: Exchanged) => void): () => void;
  /** Virtual ms for both directions together. */
  latency: Record<NeighbourName, number>;
  /** `undefined` = mended. */
  fault(neighbour: NeighbourName, rule: Fault | FaultRule | undefined): void;
  /** `METHOD host` of requests to hosts without a stand-in. */
  readonly unexpected: readonly string[];
  /** Faults of a request, or of a stand-in's answer, by what the vendor publishes. */
  readonly violations: readonly string[];
  /** Asks Twilio as another user of its account: at once, without log and faults, but checked. */
  askTwilio(request: WireRequest): Promise<WireResponse>;
  restore(): void;
};

/** Only uploads are missing in Twilio's description. */
const TWILIO = [...new Set(operations.map(({ host }) => host)), UPLOADS];

const neighbourAt: Record<string, NeighbourName> = {
  ...Object.fromEntries(TWILIO.map((host) => [host, 'twilio' as const])),
  'sync.twilio.com': 'sync',
  'slack.com': 'slack',
  'hooks.slack.com': 'slack',
  'api.mackerelio.com': 'mackerel',
};

/** What the two clients turn into their own kind of error. */
export type Carried = { kind: 'answered'; response: WireResponse } | { kind: 'refused' };
export type Carry = (request: WireRequest) => Promise<Carried>;

type Neighbours = Record<Exclude<NeighbourName, 'functions'>, Neighbour>;

type NetworkOptions = { readonly transport?: TransportName; readonly isUnchecked?: boolean };

/** @param own the Functions and their host */
export function installNetwork(
  outside: Neighbours,
  clock: Clock,
  own: Neighbour & { readonly host?: string } = nobody,
  { transport = 'http', isUnchecked = false }: NetworkOptions = {},
): Network {
  const neighbours: Record<NeighbourName, Neighbour> = { ...outside, functions: own };
  const log: { -readonly [K in keyof Exchanged]: Exchanged[K] }[] = [];
  const unexpected: string[] = [];
  const violations: string[] = [];
  const listeners = new Set<(exchanged: Exchanged) => void>();
  const faults = new Map<NeighbourName, FaultRule>();
  const publishedBy = (name: NeighbourName, { url }: WireRequest): Published | null =>
    isUnchecked || url.host === UPLOADS ? null : PUBLISHED[name];
  const latency: Record<NeighbourName, number> = {
    twilio: 40,
    sync: 30,
    slack: 120,
    mackerel: 80,
    functions: 30,
  };

  /** An arranged fault answers in the stand-in's place, and its answer is not checked. */
  const ask = async (name: NeighbourName, request: WireRequest, fault?: Fault): Promise<WireResponse> => {
    if (fault?.kind === 'status') return madeUp(fault);
    const response = await neighbours[name].handle(request);
    violations.push(...(publishedBy(name, request)?.answer(request, response) ?? []));
    return response;
  };

  const carry: Carry = async (request) => {
    if (isStopped()) return never();
    const name = request.url.host === own.host ? 'functions' : neighbourAt[request.url.host];
    if (name === undefined) {
      unexpected.push(`${request.method} ${request.url.host}`);
      throw new Error(`The switchboard knows nobody at ${request.url.host} (${request.method})`);
    }
    const fault = faults.get(name)?.(request);
    const entry: (typeof log)[number] = { at: clock.now(), neighbour: name, request, run: currentRun() };
    if (fault) entry.fault = fault;
    log.push(entry);
    for (const listener of listeners) listener(entry);
    violations.push(...(publishedBy(name, request)?.request(request) ?? []));

    const oneWay = latency[name] / 2 / 1000;
    await clock.sleep(oneWay);
    if (fault?.kind === 'down') return { kind: 'refused' };
    // A run that was stopped while this was on its way has not sent it, so that no test relies on luck.
    if (fault?.kind === 'hang' || isStopped()) return never();
    const response = await ask(name, request, fault);
    await clock.sleep(oneWay + (fault?.kind === 'slow' ? fault.seconds : 0));
    entry.response = response;
    entry.ms = clock.now() - entry.at;
    for (const listener of listeners) listener(entry);
    return { kind: 'answered', response };
  };

  const restore = transportOf(transport).reroute(carry, clock);

  return {
    log,
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    latency,
    unexpected,
    violations,
    askTwilio(request) {
      violations.push(...(publishedBy('twilio', request)?.request(request) ?? []));
      return ask('twilio', request);
    },
    fault(neighbour, rule) {
      if (rule === undefined) faults.delete(neighbour);
      else faults.set(neighbour, typeof rule === 'function' ? rule : () => rule);
    },
    restore,
  };
}

const nobody: Neighbour = {
  name: 'functions',
  handle: async () => ({ status: 404, headers: {}, body: '' }),
};

const never = () => new Promise<never>(() => {});

/** What goes against a vendor's own description. */
type Published = {
  request(request: WireRequest): string[];
  answer(request: WireRequest, response: WireResponse): string[];
};
const byTwilio: Published = { request: requestFaults, answer: responseFaults };
const PUBLISHED: Readonly<Record<NeighbourName, Published | null>> = {
  twilio: byTwilio,
  sync: byTwilio,
  slack: { request: slackRequestFaults, answer: slackAnswerFaults },
  mackerel: { request: mackerelRequestFaults, answer: mackerelAnswerFaults },
  functions: null,
};

function madeUp(fault: Extract<Fault, { kind: 'status' }>): WireResponse {
  return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' };
}
