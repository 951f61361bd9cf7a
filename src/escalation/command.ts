/** What webhooks ask the brain to decide. Every command about a ring names its page and its ring. */
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
  /** The id of the webhook that decides. If Sync does not answer, it decides again. */
  readonly webhookId?: string;
};
type OfRing = At & { readonly page: string; readonly attempt: number };
type OfPage = At & { readonly page: string };
/** Mackerel's API was asked about a page's alerts and did not say. */
type Checked = { readonly unavailable?: Unavailable };

export type Starting = At & {
  readonly way: Way;
  /** The call that brought it; empty if there is none. */
  readonly call: string;
  /** The number of turns by the date. A rotation by page counts its own. */
  readonly turn: number;
  /** The clock rings again for unanswered alerts. */
  readonly isClock?: boolean;
};

/** Mackerel wants somebody rung about an alert, which the state holds. */
export type Notify = Starting & {
  readonly kind: 'notify';
  readonly alert: AlertDetails;
  /** This notification is the first about the alert. */
  readonly isNew?: boolean;
  /** Mackerel says that the alert has closed. */
  readonly isClosed?: boolean;
  /** Why Mackerel's API did not say. */
  readonly unavailable?: Unavailable;
  /** This page takes no newcomers any more, although its state does not show that. */
  readonly shut?: string;
};
export type StartTest = Starting & {
  readonly kind: 'start-test';
  /** A caller with a member's caller ID. A caller ID can be forged, so only a few such tests an hour are allowed. */
  readonly isCalledIn?: true;
  /** The only member who is rung; everybody if absent. */
  readonly to?: number;
};
/** A caller with a member's caller ID wants to be rung back for the page. */
export type RingBackWanted = At & {
  readonly kind: 'ring-back';
  readonly page: string;
  readonly member: number;
};

/** A member's ring is over. Its status never shows that somebody took the page. */
export type EndRing = OfRing &
  Checked & {
    readonly kind: 'end-ring';
    /** The call that says so. Another one may carry the page by now. */
    readonly call: string;
    readonly why: NotReached;
    /** The member was connected to the caller, so they had picked up. */
    readonly wasBridged: boolean;
  };
export type EndPause = OfRing & Checked & { readonly kind: 'end-pause'; readonly call: string };
/** A call of our own to a member has been placed. */
export type Placed = OfRing & { readonly kind: 'placed'; readonly call: string };
export type Answer = OfRing & { readonly kind: 'answer' };
export type PressKey = OfRing & { readonly kind: 'press-key'; readonly key: 'take' | 'pass' };

/** The taker has heard the confirmation to its end. */
export type Confirmed = OfRing & {
  readonly kind: 'confirmed';
  /** Alerts that joined since the confirmation began. */
  readonly newcomers: readonly string[];
  /** The page takes no newcomers any more. */
  readonly isShut?: true;
};

/** The call that carried a page is gone. */
export type LoseCall = At &
  Checked & {
    readonly kind: 'lose-call';
    readonly call: string;
    /** Nobody can have taken the page. If Sync is down and somebody had picked up, that is not sure. */
    readonly isSure: boolean;
    /** We can place calls of our own. */
    readonly canCall: boolean;
  };
/** In the direct way, Twilio refused every call, or did not say whether it took the one for this ring. */
export type GiveUp = OfPage & {
  readonly kind: 'give-up';
  readonly attempt: number;
  readonly why?: 'too-many-calls' | 'silent';
};

/** No alert of the page is open any more. */
export type CloseAll = OfPage & {
  readonly kind: 'close-all';
  readonly alerts: number;
  /** The page's watch and lap when its alerts were listed. If they have changed, it has other alerts by now. */
  readonly watch?: string;
  readonly lap?: number;
  /** The member who closed them by phone. */
  readonly by?: number;
  /** A ring that was decided, and whose phone has not rung. */
  readonly unrung?: number;
};
/** The alert that stood for a page has closed, and another one is open. */
export type MoveWatch = OfPage & {
  readonly kind: 'move-watch';
  readonly from: string;
  readonly to: string;
  /** The lap that was marked, if newcomers were shut out before the open alert was found. */
  readonly shutLap?: number;
};
/** A member is about to close the page's alerts in Mackerel, whose webhook may report that first. */
export type BeginClosing = OfRing & { readonly kind: 'begin-closing' };
/** Some of a page's alerts are closed, others are open. */
export type ClosedByPhone = OfPage & {
  readonly kind: 'closed-by-phone';
  readonly by: number;
  readonly alerts: number;
};
/** It is now known whether our Mackerel API key may write. */
export type NoteKey = At & { readonly kind: 'note-key'; readonly mayWrite: boolean };
/** Mackerel's API was asked about a page's alerts and did not say. */
type NoteUnavailable = OfPage & { readonly kind: 'note-unavailable'; readonly why: Unavailable };
