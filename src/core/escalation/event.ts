import type { AlertFacts } from '../alert';
import type { NotReached } from './news';

/** What can happen to a page. Every event of a ring names the page and the ring it is about. */
export type Event = AlertNotified | TestStarted | RingEnded | PauseOver | Answered | KeyPressed | CallEnded;

type At = { /** Seconds since the epoch. */ readonly at: number };
type OfRing = At & { readonly page: string; readonly attempt: number };

type Starting = At & {
  /** The call that came with it. */
  readonly call: string;
  /** How many turns the date has brought; a rotation by page counts its own. */
  readonly turn: number;
};

export type AlertNotified = Starting & { readonly kind: 'alert-notified'; readonly alert: AlertFacts };
export type TestStarted = Starting & { readonly kind: 'test-started' };

/** A `<Dial>` is over. What its status says is never enough to tell that somebody took the page. */
export type RingEnded = OfRing & {
  readonly kind: 'ring-ended';
  readonly why: NotReached;
  /** The callee was connected to the caller, which only picking up can do. */
  readonly wasBridged: boolean;
};
export type PauseOver = OfRing & { readonly kind: 'pause-over' };
export type Answered = OfRing & { readonly kind: 'answered' };
export type KeyPressed = OfRing & { readonly kind: 'key-pressed'; readonly key: 'take' | 'pass' };

/** The call on whose leg the page runs is gone. */
export type CallEnded = At & {
  readonly kind: 'call-ended';
  readonly page: string;
  /** Nobody can have taken the page by then: not so where Sync is down and somebody had picked up. */
  readonly isSure: boolean;
};
