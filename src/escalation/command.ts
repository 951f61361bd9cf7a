/** What webhooks ask the brain to decide. Every command about a ring names the page and the ring. */
import type { AlertDetails } from './alert';
import type { NotReached, Unavailable } from './event';
import type { Way } from './page';

export type Command = CallerCommand | MemberCommand;
export type MemberCommand = Answer | PressKey | Confirmed;
export type CallerCommand =
  | Notify
  | StartTest
  | EndRing
  | EndPause
  | Placed
  | RingBackWanted
  | GiveUp
  | LoseCall
  | CloseAll
  | MoveWatch
  | BeginClosing
  | ClosedByPhone
  | NoteKey
  | NoteUnavailable;

export type At = {
  /** Seconds since the epoch. */
  readonly at: number;
  /** The webhook that decides, by a name of its own: it may have to decide once more, if Sync does not answer. */
  readonly webhookId?: string;
};
type OfRing = At & { readonly page: string; readonly attempt: number };
type OfPage = At & { readonly page: string };
/** Mackerel's API was asked about a page's alerts, and did not tell. */
type Checked = { readonly unavailable?: Unavailable };

export type Starting = At & {
  readonly way: Way;
  /** The call that came with it; empty if there is none. */
  readonly call: string;
  /** How many turns the date has brought; a rotation by page counts its own. */
  readonly turn: number;
  /** The clock rings again for what nobody answered. */
  readonly isClock?: boolean;
};

/** Mackerel wants somebody rung about an alert. The state has that alert looked up. */
export type Notify = Starting & {
  readonly kind: 'notify';
  readonly alert: AlertDetails;
  /** Nobody had heard of the alert before this very notification. */
  readonly isNew?: boolean;
  /** Mackerel says that the alert is closed by now. */
  readonly isClosed?: boolean;
  /** Mackerel's API was asked, and did not tell. */
  readonly unavailable?: Unavailable;
  /** A page that takes no newcomers any more, although it may look so. */
  readonly shut?: string;
};
export type StartTest = Starting & {
  readonly kind: 'start-test';
  /** By a member who called us: anybody may pretend to be one, so it is not done all night. */
  readonly isCalledIn?: true;
  /** The only member who is rung; everybody if absent. */
  readonly to?: number;
};
/** A member called us, by their caller id at least, and wants to be rung back for the page. */
export type RingBackWanted = At & {
  readonly kind: 'ring-back';
  readonly page: string;
  readonly member: number;
};

/** A member's ring is over. What its status says is never enough to tell that somebody took the page. */
export type EndRing = OfRing &
  Checked & {
    readonly kind: 'end-ring';
    /** The call that says so: the page may be carried by another by now. */
    readonly call: string;
    readonly why: NotReached;
    /** The callee was connected to the caller, which only picking up can do. */
    readonly wasBridged: boolean;
  };
export type EndPause = OfRing & Checked & { readonly kind: 'end-pause'; readonly call: string };
/** A call of our own to a member has been placed. */
export type Placed = OfRing & { readonly kind: 'placed'; readonly call: string };
export type Answer = OfRing & { readonly kind: 'answer' };
export type PressKey = OfRing & { readonly kind: 'press-key'; readonly key: 'take' | 'pass' };

/** Whoever took the page has heard the confirmation to its end. */
export type Confirmed = OfRing & {
  readonly kind: 'confirmed';
  /** Alerts that joined since the confirmation began. */
  readonly newcomers: readonly string[];
  /** The page takes no newcomers any more. */
  readonly isShut?: true;
};

/** The call on whose leg a page runs is gone. */
export type LoseCall = At &
  Checked & {
    readonly kind: 'lose-call';
    readonly call: string;
    /** Nobody can have taken the page by then: not so if Sync is down and somebody had picked up. */
    readonly isSure: boolean;
    /** Calls of our own can be placed. */
    readonly canCall: boolean;
  };
/** In the direct way, Twilio took no call to anybody, or did not say whether it took the one for this ring. */
export type GiveUp = OfPage & {
  readonly kind: 'give-up';
  readonly attempt: number;
  readonly why?: 'too-many-calls' | 'silent';
};

/** No alert of the page is open any more. */
export type CloseAll = OfPage & {
  readonly kind: 'close-all';
  readonly alerts: number;
  /** What the page was like when they were looked at: it has others by now if that has changed. */
  readonly watch?: string;
  readonly lap?: number;
  /** The member who closed them by phone. */
  readonly by?: number;
  /** A ring that was decided, and not placed yet. */
  readonly unrung?: number;
};
/** The alert that stood for a page has closed, and another one is open. */
export type MoveWatch = OfPage & {
  readonly kind: 'move-watch';
  readonly from: string;
  readonly to: string;
  /** The lap that was marked, if newcomers were shut out before it was found. */
  readonly shutLap?: number;
};
/** A member is about to close the alerts of a page in Mackerel, which tells of it in its own ways as well. */
export type BeginClosing = OfRing & { readonly kind: 'begin-closing' };
/** Some of a page's alerts are closed, others are open. */
export type ClosedByPhone = OfPage & {
  readonly kind: 'closed-by-phone';
  readonly by: number;
  readonly alerts: number;
};
/** It has turned out whether our key for Mackerel may write. */
export type NoteKey = At & { readonly kind: 'note-key'; readonly mayWrite: boolean };
/** Mackerel's API was asked about a page's alerts, and did not tell. */
export type NoteUnavailable = OfPage & { readonly kind: 'note-unavailable'; readonly why: Unavailable };
