/**
 * What has to survive between two webhooks: one document a dial list.
 *
 * Members are named by their place in the list. Times are whole seconds since the epoch.
 */
import type { AlertRecord } from './book';
import type { LoggedNews } from './news';

export type State = {
  readonly version: 1;
  /** When its document was made: one that was lost, and begun anew, counts its news from the start. */
  readonly begun?: number;
  /** Pages begun so far: the cursor of a rotation by page. */
  readonly pagesStarted: number;
  /** The page that is going on, else the last one. */
  readonly page: Page | null;
  /** The page before: its end may not have been told yet. */
  readonly previous?: Page | null;
  readonly alerts: readonly AlertRecord[];
  /** The calls that came about alerts, the latest few: one that ended without having been here has to be made good. */
  readonly calls: readonly string[];
  /** Whether our key for Mackerel may write; nothing until it was tried. */
  readonly mayWrite?: boolean;
  /** Since when we are told of calls that end, by Mackerel's Status Callback URL; nothing as long as we are not. */
  readonly endsToldSince?: number;
  /** When members last started a test by calling us, the latest few. */
  readonly rehearsedAt?: readonly number[];
  /** The latest news, oldest first. */
  readonly news: readonly LoggedNews[];
  /** How many news there have been in all; the last of `news` is number `newsCount - 1`. */
  readonly newsCount: number;
};

/** One effort to reach someone for one or more alerts. */
export type Page = {
  readonly id: string;
  readonly startedAt: number;
  /** Nobody's alert: somebody tries the line out. */
  readonly isTest: boolean;
  /** A test of one member's phone, who is the first of the order: it ends with their ring, unless an alert joins. */
  readonly isForOne?: true;
  /** On the leg of a call that came in, or by calls of our own. */
  readonly way: Way;
  /** The call on whose leg the `<Dial>` runs; in the direct way, the member's own. */
  readonly call: string;
  /** In the direct way, until that call is placed: the webhook that decided the ring, and has to place it. */
  readonly placer?: string;
  /** Members in the order of ringing, frozen when the page started. */
  readonly order: readonly number[];
  /** Whose turn it was when the page started; a page about what somebody took begins with them, out of turn. */
  readonly turn?: number;
  /** How many rings came before the present one: round and position in one number. */
  readonly attempt: number;
  /** Members who called us and were rung back, out of turn. */
  readonly ringBacks?: readonly RingBack[];
  /** The ring from which its rounds are counted; from the first where left out. */
  readonly from?: number;
  readonly leg: Leg;
  /** When the present round began, in seconds since the epoch. */
  readonly roundAt?: number;
  /** Rings whose member passed it on; none where left out. */
  readonly passes?: number;
  /** Alerts of this page that the book has no room for; they lie in the inbox. None where left out. */
  readonly more?: number;
  /** How many alerts the one who picked up was told of. */
  readonly told: number;
  /** By when the present step must have shown a sign of life; past it, the page's call has died unnoticed. */
  readonly until: number;
  readonly end: PageEnd | null;
  /** Whoever took it, at this ring, still hears our confirmation, until then at the latest. */
  readonly hearing?: { readonly attempt: number; readonly until: number };
  /** It is over, and what was put aside for it has come along. */
  readonly isSwept?: boolean;
  /** Sync failed at some point of this page. */
  readonly isDegraded: boolean;
  /** The ring whose member is closing its alerts by phone. */
  readonly closing?: number;
  /** People have been told that Mackerel's API does not answer. */
  readonly isBlind: boolean;
};

/** A ring for somebody who called us; `isCutIn`: it cut another short, which comes once more behind it. */
export type RingBack = { readonly attempt: number; readonly member: number; readonly isCutIn?: true };

export type Way = 'bridge' | 'direct';

/** How far the present ring has come. */
export type Leg = 'pausing' | 'ringing' | 'answered' | 'passed';

export type PageEnd =
  | { readonly kind: 'taken'; readonly at: number; readonly by: number }
  | { readonly kind: 'closed'; readonly at: number }
  /** `isPassed`: somebody picked up at each ring, and passed it on. */
  | { readonly kind: 'unanswered'; readonly at: number; readonly isPassed?: true };

export const emptyState: State = {
  version: 1,
  pagesStarted: 0,
  page: null,
  alerts: [],
  calls: [],
  news: [],
  newsCount: 0,
};

export const isGoingOn = (page: Page | null): page is Page => page !== null && page.end === null;

/** A page by its id, as long as the state remembers it. */
export const pageOf = ({ page, previous }: State, id: string): Page | null =>
  [page, previous].find((known) => known?.id === id) ?? null;

/** How many turns of the order came before a ring: who was rung back had it out of turn. */
export const turnsBefore = ({ ringBacks = [] }: Pick<Page, 'ringBacks'>, attempt: number): number =>
  ringBacks
    .filter((back) => back.attempt < attempt)
    .reduce((turns, { isCutIn }) => turns - (isCutIn ? 2 : 1), attempt);

export const ringBackAt = ({ ringBacks }: Pick<Page, 'ringBacks'>, attempt: number): RingBack | undefined =>
  ringBacks?.find((back) => back.attempt === attempt);

/** How many turns came before the present ring in the rounds that count. */
export const ringsOf = (page: Pick<Page, 'attempt' | 'from' | 'ringBacks'>): number =>
  turnsBefore(page, page.attempt) - turnsBefore(page, page.from ?? 0);

/** The member whom a ring of this page is for. */
export function memberAt(page: Pick<Page, 'order' | 'ringBacks'>, attempt: number): number {
  const back = ringBackAt(page, attempt);
  const member = back?.member ?? page.order[turnsBefore(page, attempt) % page.order.length];
  if (member === undefined) throw new RangeError('A page has an empty dial order');
  return member;
}
