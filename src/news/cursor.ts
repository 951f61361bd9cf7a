/** How far the news has been posted, page by page: one that Slack refuses holds up no other. */
import type { LoggedNews, State } from '../escalation';
import { NEWS } from '../platform/budget';
import type { Headings, Posted } from '../slack/poster';
import type { AlertsPosted } from './alert-news';
import type { Lines } from './memos';
import type { Recorded, Rings } from './recording';

/** Kept in a Sync document of its own. */
export type Cursor = {
  /** Of the state whose news they are. */
  readonly begun?: number;
  /** News posted so far, of the `newsCount` of the state: all before the first that is still to be posted. */
  readonly count: number;
  /** Pages whose news has been posted further than that, and how far. */
  readonly ahead?: Readonly<Record<string, number>>;
  /** Pages whose news Slack refused, though it would take others; the one tried last stands last. */
  readonly refused?: readonly string[];
  /** When the last of them happened, in seconds since the epoch. */
  readonly at: number;
  /** The latest pages' own messages. */
  readonly threads: Readonly<Record<string, string>>;
  /** What these say, as long as it can change. */
  readonly headings?: Headings;
  /** What is on record of the latest pages. */
  readonly recorded?: readonly Recorded[];
  /** What has been posted of the alerts of the latest pages. */
  readonly alerts?: Readonly<Record<string, AlertsPosted>>;
  /** The rings of the present page that are not on record yet. */
  readonly rings?: Rings;
  /** What we wrote into the memos of alerts. */
  readonly memos?: Lines;
  /** Milliseconds since the epoch until which a webhook has claimed it. */
  readonly busyUntil: number;
};

/** A piece of news with its number, of the `newsCount` of the state. */
export type Numbered = { readonly number: number; readonly item: LoggedNews };

/**
 * What has not been posted. If the state was begun anew, as after its document was deleted, the counts say nothing, and the
 * time decides. A lower count belongs to somebody who read the state some while ago.
 */
export function unpostedOf(
  { news, newsCount, begun }: State,
  { count, ahead = {}, at, ...before }: Cursor,
): readonly Numbered[] {
  const numbered = news.map((item, nth) => ({ item, number: newsCount - news.length + nth }));
  if (begun !== before.begun && at > 0) return numbered.filter(({ item }) => item.at > at);
  return numbered.filter(({ item, number }) => number >= Math.max(count, ahead[item.page] ?? 0));
}

/** How far all has been posted, once the news of these pages has. */
export function progressOf(
  { newsCount, begun }: State,
  news: readonly Numbered[],
  before: Cursor,
  done: ReadonlySet<string>,
): Pick<Cursor, 'count' | 'at' | 'ahead'> {
  const posted = news.filter(({ item }) => done.has(item.page));
  const count = news.find(({ item }) => !done.has(item.page))?.number ?? newsCount;
  const known = before.begun === begun ? Object.entries(before.ahead ?? {}) : [];
  const ahead = [...known, ...[...done].map((page) => [page, newsCount] as const)].filter(
    ([, number]) => number > count,
  );
  return {
    count,
    at: Math.max(before.at, ...posted.map(({ item }) => item.at)),
    ahead: ahead.length > 0 ? Object.fromEntries(ahead) : undefined,
  };
}

/** The news by page, in the order in which they happened; those that Slack refused come last. */
export function byPage(
  news: readonly Numbered[],
  refused: readonly string[] = [],
): { readonly page: string; readonly items: readonly LoggedNews[] }[] {
  const pages = [...new Set(news.map(({ item }) => item.page))];
  pages.sort((one, other) => refused.indexOf(one) - refused.indexOf(other));
  return pages.map((page) => ({ page, items: news.map(itemOf).filter((item) => item.page === page) }));
}

/** Pages that Slack still refuses, of those that still have news; undefined if there are none. */
export function refusedOf(
  news: readonly Numbered[],
  before: Cursor,
  tried: ReadonlySet<string>,
  fresh: readonly string[],
): readonly string[] | undefined {
  const unposted = new Set(news.map(({ item }) => item.page));
  const left = (before.refused ?? []).filter((page) => unposted.has(page) && !tried.has(page));
  const refused = [...left, ...fresh];
  return refused.length > 0 ? refused : undefined;
}

export const itemOf = ({ item }: Numbered) => item;

export function withPosted(cursor: Cursor, page: string, { thread, heading }: Posted): Cursor {
  const threads = thread ? { ...cursor.threads, [page]: thread } : cursor.threads;
  return { ...cursor, threads, ...(heading && { headings: { ...cursor.headings, [page]: heading } }) };
}

/** With what the messages of other pages say by now, and of the latest pages only. */
export function withHeadings(after: Cursor, before: Cursor, refreshed: Headings): Cursor {
  const changed = Object.entries(after.headings ?? {}).filter(
    ([page, said]) => said !== before.headings?.[page],
  );
  const threads = Object.fromEntries(Object.entries(after.threads).slice(-NEWS.threads));
  const headings = ofPages({ ...refreshed, ...Object.fromEntries(changed) }, (page) => page in threads);
  return { ...after, threads, headings: Object.keys(headings).length > 0 ? headings : undefined };
}

/** The entries of some pages. */
export const ofPages = <T>(
  entries: Readonly<Record<string, T>> = {},
  isIn: (page: string) => boolean,
): Record<string, T> => Object.fromEntries(Object.entries(entries).filter(([page]) => isIn(page)));

/** Before anything was posted, only the present page is news, if there is one. */
export function firstOfPage({ news, newsCount, page }: State): number {
  return newsCount - news.filter((item) => page === null || item.page === page.id).length;
}
