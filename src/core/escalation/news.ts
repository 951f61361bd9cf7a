/** What people are told of a page, in the order in which it happened. */
export type News =
  | { readonly kind: 'page-started'; readonly why: PageReason; readonly taker?: number }
  | { readonly kind: 'calling'; readonly attempt: number; readonly member: number }
  | { readonly kind: 'not-reached'; readonly member: number; readonly why: NotReached }
  /** A member called us, and is rung out of turn. */
  | { readonly kind: 'called-in'; readonly member: number }
  | { readonly kind: 'answered'; readonly member: number }
  | { readonly kind: 'passed-on'; readonly member: number }
  /** `more` came besides, of which only the number is known; `taker` had taken the page a moment before. */
  | {
      readonly kind: 'joined';
      readonly alerts: readonly string[];
      readonly more?: number;
      readonly taker?: number;
    }
  /** The same without Sync: whoever is being rung knows nothing of them. */
  | { readonly kind: 'joined-unheard'; readonly alerts: readonly string[] }
  | { readonly kind: 'worse'; readonly alert: string }
  | {
      readonly kind: 'taken';
      readonly member: number;
      readonly attempt: number;
      readonly seconds: number;
      readonly isTest?: boolean;
    }
  | {
      readonly kind: 'nobody-answered';
      readonly rings: number;
      readonly rounds: number;
      /** Rings whose member passed it on; none where left out. */
      readonly passes?: number;
      readonly isTest?: boolean;
    }
  /** One alert of several closed. */
  | { readonly kind: 'alert-closed'; readonly alert: string }
  /** The last open one closed; `taker` had taken it so many seconds before. */
  | { readonly kind: 'all-closed'; readonly taker?: number; readonly seconds?: number }
  | { readonly kind: 'closed-by-phone'; readonly member: number; readonly alerts: number }
  /** Mackerel notified again, and nobody was rung, for somebody has it. */
  | { readonly kind: 'kept-quiet'; readonly alert: string; readonly member: number; readonly minutes: number }
  /** The same monitor and host again, soon after who had taken it saw it close: theirs, and nobody is rung. */
  | { readonly kind: 'settling'; readonly alert: string; readonly member: number }
  /** So many times within an hour. */
  | { readonly kind: 'flapping'; readonly alert: string; readonly times: number }
  /** Mackerel notified of an alert that is closed. */
  | { readonly kind: 'closed-already'; readonly alert: string }
  /** The call that carried the page is gone; `isSure` that nobody had taken it by then. */
  | { readonly kind: 'call-lost'; readonly isSure: boolean }
  /** The call that carried the page is gone, and the page goes on by calls of our own. */
  | { readonly kind: 'went-direct' }
  /** Twilio took no call of ours. */
  | { readonly kind: 'unreachable'; readonly why?: 'too-many-calls' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'degraded' }
  | { readonly kind: 'blind'; readonly why: Blindness }
  | { readonly kind: 'read-only-key' };

/**
 * Why a page was started: a new alert, or one that somebody took and that is still open, got worse, or has changed in a
 * way that nobody tells.
 */
export type PageReason = 'new' | 'still-open' | 'worse' | 'changed';

/** Why a ring reached nobody. `no-key`: picked up, but no key was pressed, as a voicemail does. */
export type NotReached = 'no-answer' | 'busy' | 'failed' | 'canceled' | 'no-key';

/** Why Mackerel's API told nothing. */
export type Blindness =
  | 'wrong-key'
  | 'forbidden'
  | 'not-found'
  | 'too-many'
  | 'unexpected'
  | 'fault'
  | 'unreachable'
  | 'slow'
  | 'garbled';

export type LoggedNews = News & { readonly page: string; readonly at: number };
