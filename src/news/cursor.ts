/** How far the news has been posted, page by page: if Slack refuses one page's news, the others go on. */
import type { LoggedNews, State } from '../escalation';
import { NEWS } from '../platform/budget';
import type { Headings, Posted } from '../slack/poster';
import type { Numbered, Progress } from '../store/progress';
import type { AlertsPosted } from './alert-news';
import type { Lines } from './memos';
import type { Rings } from './recording';

/** Kept in a Sync document of its own. */
export type Cursor = Progress & {
  /** Pages whose news Slack refused, although it took others. The one tried last stands last. */
  readonly refused?: readonly string[];
  /** The latest pages' own messages. */
  readonly threads: Readonly<Record<string, string>>;
  /** What these messages say, as long as it can change. */
  readonly headings?: Headings;
  /** What has been posted about the alerts of the latest pages. */
  readonly alerts?: Readonly<Record<string, AlertsPosted>>;
  /** Rings that are not on record yet. */
  readonly rings?: Rings;
  /** The lines that we wrote into the memos of alerts. */
  readonly memos?: Lines;
  /** Milliseconds since the epoch until which a webhook has claimed it. */
  readonly busyUntil: number;
};

/** The counts after the news of these pages has been posted. */
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

/** The news by page, in the order in which it happened. Pages that Slack refused come last. */
export function byPage(
  news: readonly Numbered[],
  refused: readonly string[] = [],
): { readonly page: string; readonly items: readonly LoggedNews[] }[] {
  const pages = [...new Set(news.map(({ item }) => item.page))];
  pages.sort((one, other) => refused.indexOf(one) - refused.indexOf(other));
  return pages.map((page) => ({ page, items: news.map(itemOf).filter((item) => item.page === page) }));
}

/** Pages with news that Slack still refuses; undefined if there are none. */
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

/** Adds what the messages of other pages say by now, and keeps only the latest pages. */
export function withHeadings(after: Cursor, before: Cursor, refreshed: Headings): Cursor {
  const changed = Object.entries(after.headings ?? {}).filter(
    ([page, said]) => said !== before.headings?.[page],
  );
  const threads = Object.fromEntries(Object.entries(after.threads).slice(-NEWS.threads));
  const headings = ofPages({ ...refreshed, ...Object.fromEntries(changed) }, (page) => page in threads);
  return { ...after, threads, headings: Object.keys(headings).length > 0 ? headings : undefined };
}

/** Only the entries of some pages. */
export const ofPages = <T>(
  entries: Readonly<Record<string, T>> = {},
  isIn: (page: string) => boolean,
): Record<string, T> => Object.fromEntries(Object.entries(entries).filter(([page]) => isIn(page)));
