/** How far the news has been told, page by page: one that Slack does not take keeps no other waiting. */
import type { LoggedNews, State } from '../escalation';
import { NEWS } from '../platform/budget';
import type { Headings, Posted } from '../slack/poster';
import type { Seen } from './alert-news';
import type { Lines } from './memos';
import type { Rings } from './recording';

/** How far the news has been told. */
export type Cursor = {
  /** Of the state whose news they are. */
  readonly begun?: number;
  /** News told so far, of the `newsCount` of the state: all before the first that is still to be told. */
  readonly count: number;
  /** Of pages that were told further than that, how far. */
  readonly ahead?: Readonly<Record<string, number>>;
  /** Pages whose news Slack refused, though it would take others; the one tried last stands last. */
  readonly refused?: readonly string[];
  /** When the last of them happened, in seconds since the epoch. */
  readonly at: number;
  /** The pages' own messages, the latest few. */
  readonly threads: Readonly<Record<string, string>>;
  /** What these say, as long as it can change. */
  readonly headings?: Headings;
  /** What is on record of the latest pages. */
  readonly recorded?: readonly string[];
  /** What has been posted of the alerts of the latest pages. */
  readonly seen?: Readonly<Record<string, Seen>>;
  /** The rings of the present page that are not on record yet. */
  readonly rings?: Rings;
  /** What we wrote into the memos of alerts. */
  readonly memos?: Lines;
  /** Milliseconds since the epoch until which somebody is at it. */
  readonly busyUntil: number;
};

/** A piece of news with its number, of the `newsCount` of the state. */
export type Numbered = { readonly number: number; readonly item: LoggedNews };

/**
 * What has not been told. Where the state was begun anew, as after its document was deleted, the counts tell
 * nothing, and the time decides. Else a count that is behind is of somebody who read the state some while ago.
 */
export function untoldOf(
  { news, newsCount, begun }: State,
  { count, ahead = {}, at, ...told }: Cursor,
): readonly Numbered[] {
  const numbered = news.map((item, nth) => ({ item, number: newsCount - news.length + nth }));
  if (begun !== told.begun && at > 0) return numbered.filter(({ item }) => item.at > at);
  return numbered.filter(({ item, number }) => number >= Math.max(count, ahead[item.page] ?? 0));
}

/** How far all has been told, now that the news of these pages have. */
export function progressOf(
  { newsCount, begun }: State,
  news: readonly Numbered[],
  before: Cursor,
  done: ReadonlySet<string>,
): Pick<Cursor, 'count' | 'at' | 'ahead'> {
  const [told, left] = [true, false].map((isDone) =>
    news.filter(({ item }) => done.has(item.page) === isDone),
  );
  const count = left?.[0]?.number ?? newsCount;
  const known = before.begun === begun ? Object.entries(before.ahead ?? {}) : [];
  const ahead = [...known, ...[...done].map((page) => [page, newsCount] as const)].filter(
    ([, number]) => number > count,
  );
  return {
    count,
    at: Math.max(before.at, ...(told ?? []).map(({ item }) => item.at)),
    ahead: ahead.length > 0 ? Object.fromEntries(ahead) : undefined,
  };
}

/** The news by page, in the order in which they happened; those that Slack refused behind all others. */
export function byPage(
  news: readonly Numbered[],
  refused: readonly string[] = [],
): { readonly page: string; readonly items: readonly LoggedNews[] }[] {
  const pages = [...new Set(news.map(({ item }) => item.page))];
  pages.sort((one, other) => refused.indexOf(one) - refused.indexOf(other));
  return pages.map((page) => ({ page, items: news.map(itemOf).filter((item) => item.page === page) }));
}

/** What Slack refused by now of what is still to be told; undefined where it took all. */
export function refusedOf(
  news: readonly Numbered[],
  before: Cursor,
  tried: ReadonlySet<string>,
  fresh: readonly string[],
): readonly string[] | undefined {
  const untold = new Set(news.map(({ item }) => item.page));
  const left = (before.refused ?? []).filter((page) => untold.has(page) && !tried.has(page));
  const refused = [...left, ...fresh];
  return refused.length > 0 ? refused : undefined;
}

export const itemOf = ({ item }: Numbered) => item;

export function withPosted(told: Cursor, page: string, { thread, heading }: Posted): Cursor {
  const threads = thread ? { ...told.threads, [page]: thread } : told.threads;
  return { ...told, threads, ...(heading && { headings: { ...told.headings, [page]: heading } }) };
}

/** With what the messages of other pages say by now, and of the latest pages only. */
export function withHeadings(after: Cursor, before: Cursor, refreshed: Headings): Cursor {
  const changed = Object.entries(after.headings ?? {}).filter(
    ([page, said]) => said !== before.headings?.[page],
  );
  const threads = Object.fromEntries(Object.entries(after.threads).slice(-NEWS.threads));
  const headings = entriesOf({ ...refreshed, ...Object.fromEntries(changed) }, new Set(Object.keys(threads)));
  return {
    ...after,
    threads,
    ...(Object.keys(headings).length > 0 ? { headings } : { headings: undefined }),
  };
}

/** Those of these pages, or those of all others. */
export const entriesOf = (headings: Headings = {}, pages: ReadonlySet<string>, isIn = true): Headings =>
  Object.fromEntries(Object.entries(headings).filter(([page]) => pages.has(page) === isIn));

/** Where nothing was ever told, only the present page is news, if there is one. */
export function firstOfPage({ news, newsCount, page }: State): number {
  return newsCount - news.filter((item) => page === null || item.page === page.id).length;
}
