import type { Account, CallRecord, CallStatus, Direction, FinalStatus } from './calls';
import { durationOf } from './calls';
import type { Desk } from './desk';
import type { Ender } from './events';
import { openScope, type Scope } from './scope';
import { type StatusSubscription, sendStatus } from './status';
import type { Method } from './twiml/verbs';

/** What is at the other end of a leg: a person's phone, or another leg at one of our own numbers. */
export type FarEnd = {
  /** Somebody hears a text, or `♪ url`. */
  hear(what: string): void;
  /** The speech is over; the exchange waits. */
  quiet(): void;
};

const NOBODY: FarEnd = { hear: () => undefined, quiet: () => undefined };

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** A call in the exchange's work. `scope` is open as long as the call lives. */
export type Leg = {
  readonly record: Mutable<CallRecord>;
  readonly account: Account;
  readonly scope: Scope;
  /** The present document; a REST redirect ends it and starts another. */
  run?: Scope;
  far: FarEnd;
  status?: StatusSubscription;
  fallback?: { url: URL; method: Method };
  /** Seconds a call may last after pick-up. */
  timeLimit: number;
  readonly onAnswer: Set<() => void>;
  /** Listeners for keys pressed at the far end; the latest gets them. */
  readonly keys: ((digit: string) => void)[];
};

export type LegSpec = {
  account: Account;
  parent?: Leg;
  from: string;
  to: string;
  direction: Direction;
  status?: StatusSubscription;
  timeLimit?: number;
  queueTime?: number;
};

/** 4 hours (docs/voice/twiml/dial, timeLimit). */
const LONGEST_CALL = 14400;

/** Opens a call in status `queued`; `start` depends on who is rung. */
export function openLeg(desk: Desk, spec: LegSpec): Leg {
  const record: Leg['record'] = {
    sid: desk.newSid('CA'),
    accountSid: spec.account.sid,
    parentCallSid: spec.parent?.record.sid,
    from: spec.from,
    to: spec.to,
    direction: spec.direction,
    status: 'queued',
    createdAt: desk.clock.now(),
    queueTime: spec.queueTime ?? 0,
    bridged: false,
  };
  const leg: Leg = {
    record,
    account: spec.account,
    scope: openScope(),
    far: NOBODY,
    status: spec.status,
    timeLimit: spec.timeLimit ?? LONGEST_CALL,
    onAnswer: new Set(),
    keys: [],
  };
  desk.legs.set(record.sid, leg);
  const { sid: callSid, parentCallSid, direction, from, to } = record;
  desk.tell({ kind: 'call-created', callSid, parentCallSid, direction, from, to });
  return leg;
}

export const isOver = (leg: Leg): boolean => leg.record.endedAt !== undefined;
export const isAnswered = (leg: Leg): boolean => leg.record.answeredAt !== undefined;

/** `initiated` and `ringing`: on the way to an answer. */
export function progress(desk: Desk, leg: Leg, status: 'initiated' | 'ringing'): void {
  if (isOver(leg)) return;
  leg.record.status = status;
  if (status === 'ringing') leg.record.ringingAt = desk.clock.now();
  sendStatus(desk, leg, status);
}

export function answer(desk: Desk, leg: Leg, by: 'person' | 'voicemail' | 'number'): void {
  if (isOver(leg) || isAnswered(leg)) return;
  leg.record.status = 'in-progress';
  leg.record.answeredAt = desk.clock.now();
  leg.scope.onOver(desk.clock.after(leg.timeLimit, () => end(desk, leg, 'completed', 'timeout')));
  desk.tell({ kind: 'answered', callSid: leg.record.sid, phone: leg.record.to, by });
  sendStatus(desk, leg, 'answered');
  for (const listener of [...leg.onAnswer]) listener();
}

/** The SIP answer a carrier gives for each end; 487 = ring timeout or cancel (docs/voice/twiml/number). */
const SIP_CODES: Readonly<Record<FinalStatus, number>> = {
  completed: 200,
  busy: 486,
  failed: 480,
  'no-answer': 487,
  canceled: 487,
};

/** Ends the call and everything in it. The first end counts (docs/voice/api/call-resource#call-status-values). */
export function end(desk: Desk, leg: Leg, status: FinalStatus, who: Ender, sipCode?: number): void {
  if (isOver(leg)) return;
  const wasQueued = leg.record.status === 'queued';
  leg.record.status = status;
  leg.record.endedAt = desk.clock.now();
  const code = sipCode ?? SIP_CODES[status];
  desk.tell({
    kind: 'hung-up',
    callSid: leg.record.sid,
    phone: leg.record.to,
    who,
    status,
    sipCode: code,
  });
  // "If the call is canceled while still in queued status, no status callbacks are fired."
  if (!wasQueued) sendStatus(desk, leg, 'completed', { SipResponseCode: String(code), ...durations(leg) });
  leg.scope.end(status);
}

/**
 * As `end`, with the status that fits: completed after an answer, canceled before it; for an incoming call no-answer
 * (docs/voice/changelog, TwiML).
 */
export function drop(desk: Desk, leg: Leg, who: Ender): void {
  const unanswered = leg.record.direction === 'inbound' ? 'no-answer' : 'canceled';
  end(desk, leg, isAnswered(leg) ? 'completed' : unanswered, who);
}

/** CallDuration in seconds, Duration in started minutes (docs/voice/api/call-resource). */
function durations(leg: Leg): Record<string, string> {
  const seconds = durationOf(leg.record);
  return { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) };
}

/** A key pressed at the far end. It is lost if nobody listens for keys. */
export function press(desk: Desk, leg: Leg, digit: string): void {
  const listener = leg.keys.at(-1);
  desk.tell({
    kind: 'pressed',
    callSid: leg.record.sid,
    phone: leg.record.to,
    digit,
    taken: listener !== undefined,
  });
  listener?.(digit);
}

export type { CallStatus };
