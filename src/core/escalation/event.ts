import type { AlertFacts } from '../alert';
import type { Blindness, NotReached } from './news';
import type { Way } from './state';

/** What can happen to a page. Every event of a ring names the page and the ring it is about. */
export type Event =
  | AlertNotified
  | AlertsReported
  | AlertsJoined
  | AlertsClosed
  | Closing
  | Unreachable
  | TestStarted
  | CallMissed
  | RingEnded
  | PauseOver
  | RingBackWanted
  | EndTold
  | Placed
  | Answered
  | KeyPressed
  | Confirmed
  | CallEnded;

export type At = {
  /** Seconds since the epoch. */
  readonly at: number;
  /** The webhook that decides it, by any name of its own: it decides once more where Sync did not say what became of it. */
  readonly decider?: string;
  /** What lay in the inbox of a page, and comes before it. */
  readonly aside?: Aside;
};

/** What lies in the inbox of a page. */
export type Aside = {
  readonly page: string;
  readonly alerts: readonly AlertFacts[];
  /** Alerts of the page that closed in the crowd. */
  readonly closed: readonly string[];
  /** Nothing is put there any more: the page is over. */
  readonly isLast: boolean;
};
type OfRing = At & { readonly page: string; readonly attempt: number };

/** What Mackerel's API said of a page's alerts before anybody else is rung for them. */
export type Looked = {
  /** Those that are closed. */
  readonly closed?: readonly string[];
  /** It was asked, and did not tell. */
  readonly blind?: Blindness;
};

export type Starting = At & {
  readonly way: Way;
  /** The call that came with it; empty where none did. */
  readonly call: string;
  /** How many turns the date has brought; a rotation by page counts its own. */
  readonly turn: number;
};

/** Mackerel wants somebody rung about an alert. */
export type AlertNotified = Starting & {
  readonly kind: 'alert-notified';
  readonly alert: AlertFacts;
  /** The page that the alert was put aside for, where the book had no room for it. */
  readonly asideFor?: string;
  /** What Mackerel's webhook told of it last. */
  readonly told?: AlertFacts;
  /** Mackerel says that it is closed by now. */
  readonly isClosed?: boolean;
  /** Mackerel's API was asked, and did not tell. */
  readonly blind?: Blindness;
};
/** Something is newly known of alerts, or of our key for Mackerel; nobody is rung for it. */
export type AlertsReported = At & {
  readonly kind: 'alerts-reported';
  readonly alerts: readonly AlertFacts[];
  /** It has turned out whether the key may write. */
  readonly mayWrite?: boolean;
  /** Mackerel's API was asked about them, and told nothing. */
  readonly blind?: Blindness;
};
/** All that were put aside for a page while it was going on, so far. */
export type AlertsJoined = At & {
  readonly kind: 'alerts-joined';
  readonly page: string;
  readonly alerts: readonly AlertFacts[];
  /** The one who has just picked up, or taken the page, hears of them in what is said next. */
  readonly areTold?: boolean;
};
export type AlertsClosed = At & {
  readonly kind: 'alerts-closed';
  readonly alerts: readonly string[];
  /** The member who closed them by phone. */
  readonly by?: number;
};
/** A member is about to close the alerts of a page in Mackerel, which tells of it in its own ways as well. */
export type Closing = OfRing & { readonly kind: 'closing' };
export type TestStarted = Starting & {
  readonly kind: 'test-started';
  /** By a member who called us: anybody may pretend to be one, so it is not done all night. */
  readonly isCalledIn?: true;
  /** The only member who is rung; everybody where left out. */
  readonly to?: number;
};
/** A member called us, by their caller id at least, and wants to be rung back for the page. */
export type RingBackWanted = At & {
  readonly kind: 'ring-back-wanted';
  readonly page: string;
  readonly member: number;
};

/** A call of Mackerel's that was over before its leg ever asked us: the alert it was about is not known. */
export type CallMissed = Starting & {
  readonly kind: 'call-missed';
  readonly alert: AlertFacts;
  readonly asideFor?: string;
};

/** A member's ring is over. What its status says is never enough to tell that somebody took the page. */
export type RingEnded = OfRing &
  Looked & {
    readonly kind: 'ring-ended';
    /** The call that says so: the page may be carried by another by now. */
    readonly call: string;
    readonly why: NotReached;
    /** The callee was connected to the caller, which only picking up can do. */
    readonly wasBridged: boolean;
  };
export type PauseOver = OfRing & Looked & { readonly kind: 'pause-over'; readonly call: string };
/** A call of our own to a member has been placed. */
export type Placed = OfRing & { readonly kind: 'placed'; readonly call: string };
export type Answered = OfRing & { readonly kind: 'answered' };
/** Whoever took the page has heard the confirmation to its end. */
export type Confirmed = OfRing & { readonly kind: 'confirmed' };
export type KeyPressed = OfRing & { readonly kind: 'key-pressed'; readonly key: 'take' | 'pass' };

/** The call on whose leg a page runs is gone. */
export type CallEnded = At &
  Looked & {
    readonly kind: 'call-ended';
    readonly call: string;
    /** Nobody can have taken the page by then: not so where Sync is down and somebody had picked up. */
    readonly isSure: boolean;
    /** Calls of our own can be placed. */
    readonly canCall: boolean;
  };

/** We have been told that a call of Mackerel's is over, whatever it was about: so we are told of each. */
export type EndTold = At & { readonly kind: 'end-told' };

/** In the direct way, Twilio took no call to anybody. */
export type Unreachable = At & {
  readonly kind: 'unreachable';
  readonly page: string;
  readonly why?: 'too-many-calls';
};
