/** Posts news page by page, as long as a claim lasts. */
import type { DialList } from '../dial-list/list';
import type { LoggedNews, State } from '../escalation';
import { NEWS } from '../platform/budget';
import type { Headings, NewsBatch, Posted, Poster, Slack, Thread } from '../slack/poster';
import type { Numbered } from '../store/progress';
import { type AlertsPosted, alertsPosted, pagesIn } from './alert-news';
import type { Claim } from './claim';
import { byPage, type Cursor, ofPages, progressOf, refusedOf, withPosted } from './cursor';

export type PostOptions = {
  readonly list: DialList;
  /** Null if Slack is not set up. */
  readonly poster: (() => Poster) | null;
  /** Brings the messages of earlier pages up to date. */
  readonly refresh?: Slack['refresh'] | null;
  readonly deadline: number;
  readonly warn: (message: string) => void;
};

type Posting = {
  readonly after: Cursor;
  /** There is more to post, which needs another claim. */
  readonly isCut: boolean;
  /** Pages whose news Slack did not take whole. */
  readonly refused: readonly string[];
};

/** If Slack refuses one page's news, the others go on, unless it would refuse them as well. */
export async function postPages(
  options: PostOptions,
  state: State,
  news: readonly Numbered[],
  { before, news: numbered }: Claim,
  skipped: ReadonlySet<string>,
): Promise<Posting> {
  const { list, deadline } = options;
  const startedAt = Date.now();
  const until = Math.min(startedAt + NEWS.claimMs, deadline);
  let after: Cursor = { ...before, begun: state.begun };
  let isForAll = false;
  const [done, refused] = [new Set<string>(), [] as string[]];
  const pages = byPage(news, before.refused).filter(({ page }) => !skipped.has(page));
  for (const { page, items } of pages) {
    if (Date.now() - startedAt > NEWS.postingMs || isForAll) break;
    const ts = after.threads[page];
    const thread: Thread = ts ? { kind: 'known', ts } : { kind: 'new' };
    const alerts = after.headings?.[page]?.alerts;
    const result = await postOne(options, { list, state, page, news: items, thread, alerts, until });
    after = withPosted(after, page, result);
    isForAll = result.isForAll === true;
    if (result.isPosted) done.add(page);
    else refused.push(page);
  }
  const tried = new Set([...done, ...refused]);
  // A page that was refused before waits for the next occasion: it would take the time of fresh news.
  const isLeft = ({ page }: { page: string }) => !tried.has(page) && !before.refused?.includes(page);
  return {
    after: {
      ...after,
      ...progressOf(state, numbered, before, done),
      alerts: alertsPostedIn(state, before, done),
      refused: refusedOf(news, before, tried, isForAll ? refused.slice(0, -1) : refused),
    },
    isCut: !isForAll && pages.some(isLeft),
    refused,
  };
}

async function postOne(
  { poster, warn }: PostOptions,
  batch: NewsBatch,
): Promise<Posted & { readonly isForAll?: boolean }> {
  if (!poster) return { thread: null, isPosted: true };
  try {
    return await poster()(batch);
  } catch (fault) {
    warn(`Could not post to Slack: ${(fault as Error).message}`);
    return { thread: null, isPosted: false, isForAll: (fault as { isForAll?: boolean }).isForAll !== false };
  }
}

function alertsPostedIn(
  state: State,
  { alerts }: Cursor,
  done: ReadonlySet<string>,
): Record<string, AlertsPosted> {
  const pages = pagesIn(state);
  const fresh = pages.filter(({ id }) => done.has(id)).map((page) => [page.id, alertsPosted(state, page)]);
  return { ...ofPages(alerts, (page) => pages.some(({ id }) => id === page)), ...Object.fromEntries(fresh) };
}

/** Posts without a claim, and without knowing what has been posted: rather twice than never. Never fails. */
export async function postUnclaimed(
  { list, poster, deadline, warn }: PostOptions,
  state: State,
  news: readonly LoggedNews[],
): Promise<void> {
  const page = news[0]?.page;
  if (page !== undefined)
    await postOne(
      { list, poster, deadline, warn },
      { list, state, page, news, thread: { kind: 'unknown' }, until: deadline },
    );
}

/** Brings the messages of other pages up to date. Never fails. */
export async function refreshed(
  { list, refresh, deadline }: PostOptions,
  state: State,
  news: readonly Numbered[],
  { threads, headings: known = {} }: Cursor,
): Promise<Headings> {
  const isPosted = (page: string) => news.some(({ item }) => item.page === page);
  const headings = ofPages(known, (page) => !isPosted(page));
  if (!refresh || Object.keys(headings).length === 0) return known;
  const until = Math.min(Date.now() + NEWS.claimMs, deadline);
  return { ...(await refresh({ list, state, threads, headings, until })), ...ofPages(known, isPosted) };
}
