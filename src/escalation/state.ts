/**
 * What the one document of a dial list holds. It is small, and nothing in it grows: alerts are items of their own
 * (`alerts.ts`), and past pages are on record.
 */
import type { TrackedAlert } from './alert';
import type { LoggedNews } from './event';
import type { Page } from './page';

export type State = {
  readonly version: 2;
  /** When its document was made: one that was lost, and begun anew, counts its news from the start. */
  readonly begun?: number;
  /** Pages begun so far: the cursor of a rotation by page. */
  readonly pagesStarted: number;
  /** The page that is going on, else the last one. */
  readonly page: Page | null;
  /** The few pages before it, the latest last. */
  readonly ended: readonly Page[];
  /** Whether our key for Mackerel may write; absent until it was tried. */
  readonly mayWrite?: boolean;
  /** When members last started a test by calling us, the latest few. */
  readonly rehearsedAt?: readonly number[];
  /** The latest news, oldest first. */
  readonly news: readonly LoggedNews[];
  /** How many news there have been in all; the last of `news` is number `newsCount - 1`. */
  readonly newsCount: number;
  /** The alerts that were looked up for this decision. They are not part of the document. */
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

/** Each page that has ended is to be recorded and told of before it is forgotten. */
const ENDED_KEPT = 3;

export const withEnded = ({ ended }: State, page: Page): readonly Page[] =>
  [...ended, page].slice(-ENDED_KEPT);

/** The state with some alerts looked up anew, or changed. */
export function withAlerts(state: State, alerts: readonly TrackedAlert[]): State {
  const isFresh = ({ id }: TrackedAlert) => alerts.some((alert) => alert.id === id);
  return { ...state, alerts: [...state.alerts.filter((alert) => !isFresh(alert)), ...alerts] };
}
