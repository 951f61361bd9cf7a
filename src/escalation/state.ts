/**
 * The one document of a dial list. It is small, and nothing in it grows: alerts are items of their own, and past pages are
 * on record.
 */
import type { TrackedAlert } from './alert';
import type { LoggedNews } from './event';
import { isGoingOn, type Page } from './page';

export type State = {
  readonly version: 2;
  /** When the document was made. A document that was lost and made anew counts its news from the start. */
  readonly begun?: number;
  /** Pages begun so far: the cursor of a rotation by page. */
  readonly pagesStarted: number;
  /** The page that is going on, or else the last one. */
  readonly page: Page | null;
  /** The few pages before it, the latest last. */
  readonly ended: readonly Page[];
  /** Whether our Mackerel API key may write; absent until it was tried. */
  readonly mayWrite?: boolean;
  /** When members last started tests by calling us; only the latest few. */
  readonly rehearsedAt?: readonly number[];
  /** The latest news, oldest first. */
  readonly news: readonly LoggedNews[];
  /** The number of all news so far; the last of `news` has number `newsCount - 1`. */
  readonly newsCount: number;
  /** The alerts that were looked up for this decision. The document does not hold them. */
  readonly alerts: readonly TrackedAlert[];
};

export const emptyState: State = {
  version: 2,
  pagesStarted: 0,
  page: null,
  ended: [],
  news: [],
  newsCount: 0,
  alerts: [],
};

/** A page by its id, as long as the document remembers it. */
export const pageOf = ({ page, ended }: Pick<State, 'page' | 'ended'>, id: string): Page | null =>
  page?.id === id ? page : (ended.find((one) => one.id === id) ?? null);

export type OfRing = { readonly page: string; readonly attempt: number };

/** The page, if it goes on and is still at that ring. */
export const presentRing = ({ page }: Pick<State, 'page'>, ring: OfRing): Page | null =>
  isGoingOn(page) && page.id === ring.page && page.attempt === ring.attempt ? page : null;

/** A page that has ended has to be recorded and reported before it is forgotten. */
const ENDED_KEPT = 3;

export const withEnded = ({ ended }: State, page: Page): readonly Page[] =>
  [...ended, page].slice(-ENDED_KEPT);

/** The state with some alerts changed or read again. */
export function withAlerts(state: State, alerts: readonly TrackedAlert[]): State {
  const isFresh = ({ id }: TrackedAlert) => alerts.some((alert) => alert.id === id);
  return { ...state, alerts: [...state.alerts.filter((alert) => !isFresh(alert)), ...alerts] };
}
