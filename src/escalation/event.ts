/** What has happened to a page. The news is those events that people read about. */
import type { AlertItem } from './alert';
import type { Page, RingBack, Way } from './page';

export type Event = LoggedNews | Silent;

/** What people read about a page. */
export type News =
  | { readonly kind: 'page-started'; readonly why: PageReason; readonly taker?: number }
  | { readonly kind: 'calling'; readonly attempt: number; readonly member: number }
  | { readonly kind: 'not-reached'; readonly member: number; readonly why: NotReached }
  /** A member called us, and is rung out of turn. */
  | { readonly kind: 'called-in'; readonly member: number }
  | { readonly kind: 'answered'; readonly member: number }
  | { readonly kind: 'passed-on'; readonly member: number }
  /** `more`: how many came besides, without their names. */
  | {
      readonly kind: 'joined';
      readonly alerts: readonly string[];
      readonly more?: number;
      /** The member who had taken the page a moment before. */
      readonly taker?: number;
    }
  /** The same without Sync: the member who is rung does not hear of them. */
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
      /** Rings whose member passed it on; absent if none. */
      readonly passes?: number;
      readonly isTest?: boolean;
    }
  /** One alert of several closed. */
  | { readonly kind: 'alert-closed'; readonly alert: string }
  /** The last open alert closed, `seconds` after `taker` took the page. */
  | { readonly kind: 'all-closed'; readonly taker?: number; readonly seconds?: number }
  | { readonly kind: 'closed-by-phone'; readonly member: number; readonly alerts: number }
  /** Mackerel notified again, and nobody was rung because somebody has it. */
  | { readonly kind: 'kept-quiet'; readonly alert: string; readonly member: number; readonly minutes: number }
  /** The same monitor and host again, soon after it closed: it goes to the member who had taken it, and nobody is rung. */
  | { readonly kind: 'settling'; readonly alert: string; readonly member: number }
  /** It opened so many times within an hour. */
  | { readonly kind: 'flapping'; readonly alert: string; readonly times: number }
  /** Mackerel notified us of an alert that has closed. */
  | { readonly kind: 'closed-already'; readonly alert: string }
  /** The call that carried the page is gone. `isSure`: nobody had taken the page by then. */
  | { readonly kind: 'call-lost'; readonly isSure: boolean }
  /** The call that carried the page is gone, and the page goes on by calls of our own. */
  | { readonly kind: 'went-direct' }
  /** Twilio refused every call of ours. `silent`: it did not answer. */
  | { readonly kind: 'unreachable'; readonly why?: 'too-many-calls' | 'silent' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'degraded' }
  | { readonly kind: 'unavailable'; readonly why: Unavailable }
  | { readonly kind: 'read-only-key' }
  /** Replaces a `calling` whose phone never rang: the last alert had closed. */
  | { readonly kind: 'withdrawn' };

/** `changed`: an alert that somebody has changed in an unknown way. */
export type PageReason = 'new' | 'still-open' | 'worse' | 'changed';

/** Why a ring reached nobody. `no-key`: somebody picked up and pressed no key, as a voicemail does. */
export type NotReached = 'no-answer' | 'busy' | 'failed' | 'canceled' | 'no-key';

/** Why Mackerel's API did not say. */
export type Unavailable =
  | 'wrong-key'
  | 'forbidden'
  | 'not-found'
  | 'too-many'
  | 'unexpected'
  | 'fault'
  | 'unreachable'
  | 'slow'
  | 'garbled';

type Stamp = { readonly page: string; readonly at: number };

export type LoggedNews = News & Stamp;

/** Events that change the page or an alert, but are not news. */
type Silent = Stamp &
  (
    | { readonly kind: 'page-began'; readonly begun: Page }
    | {
        readonly kind: 'ring-began';
        readonly attempt: number;
        readonly until: number;
        /** The call on whose leg it rings; empty in the direct way, until it is placed. */
        readonly call: string;
        readonly way: Way;
        readonly placedBy?: string;
        readonly from?: number;
        /** The ring begins a round. */
        readonly isRound?: boolean;
      }
    | {
        readonly kind: 'pause-began';
        readonly attempt: number;
        readonly until: number;
        /** In the direct way, the webhook that has to wait. */
        readonly placedBy?: string;
      }
    | { readonly kind: 'ring-withdrawn'; readonly attempt: number }
    | { readonly kind: 'page-closed' }
    | { readonly kind: 'ring-back-due'; readonly back: RingBack }
    | { readonly kind: 'page-reopened' }
    | { readonly kind: 'rehearsed'; readonly latest: readonly number[] }
    | { readonly kind: 'call-placed'; readonly call: string }
    | { readonly kind: 'lease-renewed'; readonly until: number }
    /** The taker hears us until then at the latest. */
    | { readonly kind: 'hearing'; readonly attempt: number; readonly until: number }
    | { readonly kind: 'heard-out'; readonly isShut?: true }
    | { readonly kind: 'closing-began'; readonly attempt: number }
    | { readonly kind: 'key-tried'; readonly mayWrite: boolean }
    | { readonly kind: 'alert-joined'; readonly alert: AlertItem }
    /** A real alert joined a test page. */
    | { readonly kind: 'became-real'; readonly alert: string }
    | { readonly kind: 'alert-learned'; readonly alert: AlertItem }
    /** Another alert stands for the page. A new lap begins if newcomers had been shut out. */
    | { readonly kind: 'watch-moved'; readonly alert: string; readonly lap: number }
  );

const SILENT: ReadonlySet<Event['kind']> = new Set<Silent['kind']>([
  'page-began',
  'ring-began',
  'pause-began',
  'ring-withdrawn',
  'page-closed',
  'ring-back-due',
  'page-reopened',
  'rehearsed',
  'call-placed',
  'lease-renewed',
  'hearing',
  'heard-out',
  'closing-began',
  'key-tried',
  'alert-joined',
  'became-real',
  'alert-learned',
  'watch-moved',
]);

export const isNews = (event: Event): event is LoggedNews => !SILENT.has(event.kind);
