/** How far people have been told, and what is on record: the part of the news cursor that says whether anything is due. */
import { isOnPage, type LoggedNews, type Page, type State } from '../escalation';
import { endedPages, isToSettle } from './settle';
import type { SyncDocument } from './sync-document';

/** The cursor's name in Sync. */
export const CURSOR = 'mackerel-kaden.cursor';

export type Progress = {
  /** When the state's document was made. The counts belong to that document. */
  readonly begun?: number;
  /** News posted so far, out of the state's `newsCount`: the number of the first that is still to be posted. */
  readonly count: number;
  /** Pages whose news has been posted further than that, and up to which number. */
  readonly ahead?: Readonly<Record<string, number>>;
  /** When the latest posted news happened, in seconds since the epoch. */
  readonly at: number;
  /** Which of the latest pages are on record. */
  readonly recorded?: readonly Recorded[];
};

/** What is on record of a page: how it ended, and how many alerts it had. */
export type Recorded = { readonly id: string; readonly kind?: string; readonly count: number };

/** A piece of news with its number, out of the state's `newsCount`. */
export type Numbered = { readonly number: number; readonly item: LoggedNews };

/** Whether all news of the state is posted and all pages that are over are on record. Fails if Sync does. */
export async function isAllTold(
  cursor: Pick<SyncDocument<Progress>, 'read'>,
  state: State,
): Promise<boolean> {
  const progress = (await cursor.read())?.data ?? noProgress(state);
  return unpostedOf(state, progress).length === 0 && unrecorded(state, progress.recorded).length === 0;
}

/** Before the first post, only the present page counts as news. */
export function noProgress({ news, newsCount, page }: State): Progress {
  const fresh = news.filter((item) => page === null || item.page === page.id);
  return { count: newsCount - fresh.length, at: 0 };
}

/**
 * What has not been posted. If the state's document was lost and made anew, the counts mean nothing, and the time
 * decides. If the state is older than the cursor, its news has been posted.
 */
export function unpostedOf(
  { news, newsCount, begun }: State,
  { count, ahead = {}, at, ...before }: Progress,
): readonly Numbered[] {
  const numbered = news.map((item, nth) => ({ item, number: newsCount - news.length + nth }));
  if (begun !== before.begun && at > 0) return numbered.filter(({ item }) => item.at > at);
  return numbered.filter(({ item, number }) => number >= Math.max(count, ahead[item.page] ?? 0));
}

/**
 * Pages that are over, and not yet on record as they are now.
 *
 * @param isOver the present page takes no newcomers any more
 */
export function unrecorded(
  state: State,
  recorded: readonly Recorded[] = [],
  isOver = false,
): readonly Page[] {
  const isKnown = (page: Page) =>
    recorded.some(
      ({ id, kind, count }) => id === page.id && kind === page.end?.kind && count >= countOf(state, page),
    );
  const isDue = (page: Page) => isToSettle(page, Date.now() / 1000, isOver && page.id === state.page?.id);
  return endedPages(state).filter((page) => isDue(page) && !isKnown(page));
}

export const countOf = (state: State, page: Page) =>
  state.alerts.filter((alert) => isOnPage(alert, page)).length;
