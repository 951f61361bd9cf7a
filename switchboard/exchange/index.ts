import { createHash } from 'node:crypto';
import type { Clock } from '../clock';
import type { Neighbour, WireRequest, WireResponse } from '../wire';
import type { CallRecord } from './calls';
import type { Desk, OwnedNumber } from './desk';
import type { Delivery, ExchangeEvent } from './events';
import { createPhone, type Gesture, type Phone, type PhoneInside } from './phone';
import { type Limits, openQueue } from './queue';
import { answerRest } from './rest';
import { callIn } from './ring';

export type { CallRecord, CallStatus } from './calls';
export type { OwnedNumber } from './desk';
export type { Delivery, ExchangeEvent, Hook, HookKind, Unheard } from './events';

export {
  answers,
  type Gesture,
  type Hand,
  listenAndPress,
  type Phone,
  type Reaction,
  type Ring,
  type RingOutcome,
} from './phone';
export { isOfCalls } from './rest';

export type ExchangeOptions = {
  readonly clock: Clock;
  readonly accountSid: string;
  readonly authToken: string;
  readonly owned: readonly OwnedNumber[];
  /** Answers the webhooks: a Functions host, or a stub in a test. */
  readonly functions: { handle(request: WireRequest): Promise<WireResponse> };
  /** Where the webhooks live; no other host can be reached from here. */
  readonly publicUrl: string;
  /** Whether the Dial's action is requested although the parent call has ended (unconfirmed): default true. */
  readonly actionAfterParentEnds?: boolean;
  /** What happens to a callee whose whisper cannot be fetched (unconfirmed): default hang-up. */
  readonly whisperFailure?: 'bridge' | 'hang-up';
  /** DialCallStatus for a callee who picked up and was never bridged (unconfirmed): default completed. */
  readonly unbridged?: 'completed' | 'no-answer';
  /** Seconds by which what a GET tells of a call is behind (how many is unconfirmed): default 0. */
  readonly staleFetch?: number;
  /**
   * Seconds for which a status callback waits for the answer to the previous one of the same call, until it expires
   * (docs/api/errors/15002; how many is unconfirmed). Left out: none waits.
   */
  readonly callbackQueue?: number;
  /** How many calls the account may have up at once, incoming and outgoing. Left out: no limit. */
  readonly concurrentCalls?: number;
  /** What happens to a call made by REST beyond that (unconfirmed): default refused. */
  readonly beyondLimit?: 'refused' | 'failed';
  /** How many calls made by REST are dialed in a second; the others are queued. Left out: no limit. */
  readonly callsPerSecond?: number;
};

export type Exchange = Neighbour & {
  /** The phone with this number; every number that somebody dials has one. */
  phone(number: string): Phone;
  readonly phones: readonly Phone[];
  /** Somebody calls one of the owned numbers, and does this once it is answered. Returns the call's SID. */
  callIn(from: string, to: string, gestures?: readonly Gesture[]): string;
  readonly calls: readonly CallRecord[];
  readonly events: readonly ExchangeEvent[];
  on(listener: (event: ExchangeEvent) => void): () => void;
  delivery: Delivery;
  readonly limits: Limits;
  /** Every fault in words, with the path of the request. A test that expects none asserts that this is empty. */
  readonly faults: readonly string[];
};

/** A telephone exchange that speaks Twilio's Calls REST API and TwiML, with the people at their phones. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { clock } = options;
  const phones = new Map<string, PhoneInside>();
  const events: ExchangeEvent[] = [];
  const faults: string[] = [];
  const listeners = new Set<(event: ExchangeEvent) => void>();
  let sids = 0;

  const { callsPerSecond, concurrentCalls } = options;
  const limits: Limits = { callsPerSecond, concurrentCalls };
  const desk: Desk = {
    clock,
    account: { sid: options.accountSid, authToken: options.authToken },
    owned: options.owned,
    functions: options.functions,
    publicUrl: new URL(options.publicUrl),
    actionAfterParentEnds: options.actionAfterParentEnds ?? true,
    whisperFailure: options.whisperFailure ?? 'hang-up',
    unbridged: options.unbridged ?? 'completed',
    staleFetch: options.staleFetch ?? 0,
    callbackQueue: options.callbackQueue,
    queue: openQueue(clock, limits),
    limits,
    beyondLimit: options.beyondLimit ?? 'refused',
    legs: new Map(),
    delivery: () => [0],
    phone(number) {
      const phone = phones.get(number) ?? createPhone(number);
      phones.set(number, phone);
      return phone;
    },
    // Counted, so that the same story gives the same names.
    newSid(prefix) {
      sids += 1;
      return prefix + createHash('md5').update(`${options.accountSid} ${sids}`).digest('hex');
    },
    tell(news) {
      const event = { at: clock.now(), ...news };
      events.push(event);
      if (event.kind === 'fault')
        faults.push(
          `${event.code} ${event.message}${event.url === undefined ? '' : ` (${pathOf(event.url)})`}`,
        );
      for (const listener of listeners) listener(event);
    },
  };

  return {
    name: 'twilio',
    handle: (request) => answerRest(desk, request),
    phone: desk.phone,
    get phones() {
      return [...phones.values()];
    },
    callIn: (from, to, gestures = []) => callIn(desk, from, to, gestures).record.sid,
    get calls() {
      return [...desk.legs.values()].map((leg) => leg.record);
    },
    events,
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    limits,
    get delivery() {
      return desk.delivery;
    },
    set delivery(delivery) {
      desk.delivery = delivery;
    },
    faults,
  };
}

/** Without the query, which carries a whole page. */
const pathOf = (url: string): string => new URL(url).pathname;
