/**
 * Posts the news of pages once, in order, and settles pages that are over.
 *
 * How far the news has been posted stands in a Sync document of its own, the cursor, so that posting never makes the
 * revision in a callback's URL stale. A webhook claims the cursor before it posts; one that dies on it loses the claim.
 */
import type { DialList } from '../dial-list/list';
import type { LoggedNews, Page, State } from '../escalation';
import type { MackerelApi } from '../mackerel/api';
import type { PageGraph } from '../mackerel/graph';
import { NEWS, REQUEST, WEBHOOK } from '../platform/budget';
import { within } from '../platform/time';
import type { Headings, NewsBatch, Posted, Poster, Slack, Thread } from '../slack/poster';
import type { AlertStore } from '../store/alert-store';
import { withTakings } from '../store/fate';
import type { History } from '../store/history';
import type { Outcome } from '../store/page-store';
import { settle } from '../store/settle';
import { Conflict, type SyncDocument, type Versioned } from '../store/sync-document';
import { newsOfAlerts, type Seen, seenOf } from './alert-news';
import {
  byPage,
  type Cursor,
  entriesOf,
  firstOfPage,
  itemOf,
  type Numbered,
  progressOf,
  refusedOf,
  untoldOf,
  withHeadings,
  withPosted,
} from './cursor';
import { figuresOf } from './figures';
import { writeMemos } from './memos';
import { isEndNew, longPage, markOf, type Rings, ringsOf, unrecorded, withMarks } from './recording';

export type Telling = {
  /**
   * What is known of alerts: all of them were listed just now; only those of a page that has just begun are `known`; or
   * an alert of `page`, if that has `few`, has just closed. Otherwise they are listed.
   */
  readonly alerts?: 'listed' | 'known' | 'few';
  readonly page?: string;
  /** The member's leg is over, too: a page that they took is joined no more. */
  readonly isOver?: boolean;
};

export type NewsDelivery = {
  /** Posts what the state holds and nobody has posted. Never fails. */
  tell(state: State, telling?: Telling): Promise<void>;
  /** Posts what came of a command, whether Sync holds it or not. Never fails. */
  tellOutcome(outcome: Outcome, isOver?: boolean): Promise<void>;
  /** Without Sync, hence without knowing what has been posted: posts what came last. Never fails. */
  tellLatest(state: State): Promise<void>;
};

type Options = {
  readonly list: DialList;
  /** Null if Slack is not set up. */
  readonly poster: (() => Poster) | null;
  /** Brings the messages of earlier pages up to date. Null if there is nothing to bring up to date. */
  readonly refresh?: Slack['refresh'] | null;
  /** Null if Mackerel's API is not set up. */
  readonly mackerel: MackerelApi | null;
  /** Our key for it may not write: notes that, and gives the state with the news of it; null if Sync has it not. */
  readonly noteReadOnly: () => Promise<State | null>;
  readonly cursor: SyncDocument<Cursor>;
  readonly alerts: AlertStore;
  /** What Mackerel's webhook told, over the alerts that Sync holds, or over those given. */
  readonly listed: (given?: State['alerts']) => Promise<State['alerts'] | null>;
  readonly history: History;
  /** Shows on Mackerel's graphs what a page was like. Null if no service is named. */
  readonly graph?: PageGraph | null;
  /** Milliseconds since the epoch by which posting has to be over. */
  readonly deadline: number;
  readonly warn: (message: string) => void;
};

type Claim = { readonly before: Cursor; readonly news: readonly Numbered[]; readonly revision: string };

type Prepared = {
  readonly state: State;
  /** All alerts are known, not only those of a page that has just begun. */
  readonly isListed: boolean;
  /** The pages that are put on record meanwhile. */
  readonly recording: readonly Promise<Page | null>[];
};

type Posting = {
  readonly after: Cursor;
  /** There is more to post, and another claim needed for it. */
  readonly isCut: boolean;
  /** Pages whose news Slack did not take whole. */
  readonly refused: readonly string[];
};

export function newsDelivery(options: Options): NewsDelivery {
  const { list, poster, refresh, mackerel, noteReadOnly, cursor, alerts, listed, history, graph } = options;
  const { deadline, warn } = options;

  /** What is to be posted, claimed; null if there is nothing to do. */
  async function claim(state: State, telling: Telling, isUrgent: boolean): Promise<Claim | null> {
    for (let [seen, since] = ['', Date.now()]; ; await pause(NEWS.lookAgainMs)) {
      const known = await cursor.read();
      const before = known?.data ?? { count: firstOfPage(state), at: 0, threads: {}, busyUntil: 0 };
      const news = untoldOf(state, before);
      if (news.length === 0 && !isDue(state, before, telling)) return null;
      // Who gets on with a long backlog is waited for; by another machine's clock, one claim may seem to last for ever.
      const progress = JSON.stringify([before.count, before.ahead]);
      if (progress !== seen) [seen, since] = [progress, Date.now()];
      // A claim that is not followed by a post keeps everybody else from posting.
      if (!isUrgent && deadline - Date.now() < NEWS.settlingMs) return null;
      const isTaken = before.busyUntil > Date.now() && Date.now() - since < NEWS.patienceMs;
      if (isTaken) continue;
      const revision = await claimed(before, known);
      if (revision) return { before, news, revision };
    }
  }

  /** Whether there may be news of alerts, or a page to settle. */
  function isDue(state: State, before: Cursor, { alerts: how, page = '', isOver }: Telling): boolean {
    if (unrecorded(state, before.recorded, isOver).length > 0) return true;
    if (how === 'few') return (before.seen?.[page]?.joined ?? 0) <= NEWS.few;
    return how === 'listed' && newsOf(state, before).length > 0;
  }

  const newsOf = (state: State, before: Cursor) =>
    [state.page, ...state.ended].flatMap((page) =>
      page ? newsOfAlerts(state, page, before.seen?.[page.id]) : [],
    );

  async function claimed(before: Cursor, known: Versioned<Cursor> | null): Promise<string | null> {
    try {
      return await cursor.write({ ...before, busyUntil: Date.now() + NEWS.claimMs }, known?.revision ?? null);
    } catch (fault) {
      if (fault instanceof Conflict) return null;
      throw fault;
    }
  }

  /** The pages that are over are settled, and all alerts are looked up. */
  async function prepared(
    state: State,
    { before, news }: Claim,
    rings: Rings,
    telling: Telling,
  ): Promise<Prepared> {
    // If there is no time to settle a page, whoever comes next does.
    const isLate = deadline - Date.now() < NEWS.settlingMs;
    const due = isLate ? [] : unrecorded(state, before.recorded, telling.isOver);
    const recording: Promise<Page | null>[] = [];
    let found: State['alerts'] | null = null;
    for (const page of due) {
      try {
        const settled = await settle({ list, alerts, history }, state, page, rings[page.id]);
        found = settled.alerts;
        const figures = isEndNew(before.recorded, page) && state.mayWrite ? figuresOf(list, page) : null;
        const shown = figures && graph?.(figures);
        recording.push(Promise.all([settled.recording, shown]).then(() => page, notRecorded));
      } catch (fault) {
        notRecorded(fault);
      }
    }
    const long = longPage(state, rings);
    if (long)
      recording.push(history.record(list, long, [], rings[long.id] ?? []).then(() => long, notRecorded));
    const isKnown =
      telling.alerts === 'listed' ||
      (telling.alerts === 'known' && news.every(({ item }) => item.page === state.page?.id));
    const isToList = found !== null || !isKnown;
    const held = isToList ? ((await listed(found ?? undefined)) ?? []) : [];
    // What rang without Sync is not there until its page is settled.
    const unheld = state.alerts.filter(({ id }) => !held.some((one) => one.id === id));
    return {
      state: withTakings({ ...state, alerts: [...held, ...unheld] }),
      isListed: !isKnown || telling.alerts === 'listed',
      recording,
    };
  }

  const notRecorded = (fault: unknown): null => {
    warn(`Could not write the page's record: ${(fault as Error).message}`);
    return null;
  };

  /**
   * Posts page by page, no longer than the claim lasts. What Slack does not take of one page keeps no other waiting,
   * unless it would take nothing of theirs either.
   */
  async function post(
    state: State,
    news: readonly Numbered[],
    mine: Claim,
    skipped: ReadonlySet<string>,
  ): Promise<Posting> {
    const startedAt = Date.now();
    let after: Cursor = { ...mine.before, begun: state.begun };
    const [done, refused]: [string[], string[]] = [[], []];
    const pages = byPage(news, mine.before.refused).filter(({ page }) => !skipped.has(page));
    const isLate = () => Date.now() - startedAt > NEWS.postingMs;
    let isForAll = false;
    for (const { page, items } of pages) {
      if (isLate() || isForAll) break;
      const ts = after.threads[page];
      const thread: Thread = ts ? { kind: 'known', ts } : { kind: 'new' };
      const named = after.headings?.[page]?.alerts;
      const until = Math.min(startedAt + NEWS.claimMs, deadline);
      const result = await postOne({ list, state, page, news: items, thread, alerts: named, until });
      after = withPosted(after, page, result);
      isForAll = result.isForAll === true;
      (result.isTold ? done : refused).push(page);
    }
    // What was refused before waits for the next occasion: it would take the time of what is new.
    const tried = new Set([...done, ...refused]);
    const isCut =
      !isForAll && pages.some(({ page }) => !tried.has(page) && !mine.before.refused?.includes(page));
    const owed = refusedOf(news, mine.before, tried, isForAll ? refused.slice(0, -1) : refused);
    const progress = progressOf(state, mine.news, mine.before, new Set(done));
    const fresh = seenIn(state, new Set(done));
    const seen = { seen: { ...ofPagesIn(state, mine.before.seen), ...fresh } };
    return { after: { ...after, ...progress, ...seen, refused: owed }, isCut, refused };
  }

  async function postOne(batch: NewsBatch): Promise<Posted & { readonly isForAll?: boolean }> {
    if (!poster) return { thread: null, isTold: true };
    try {
      return await poster()(batch);
    } catch (fault) {
      untold(fault);
      const isForAll = (fault as { isForAll?: boolean }).isForAll !== false;
      return { thread: null, isTold: false, isForAll };
    }
  }

  /** Of pages that are not posted about just now. Never fails. */
  async function refreshed(state: State, news: readonly Numbered[], before: Cursor): Promise<Headings> {
    const told = new Set(news.map(({ item }) => item.page));
    const [present, others] = [entriesOf(before.headings, told), entriesOf(before.headings, told, false)];
    if (!refresh || Object.keys(others).length === 0) return before.headings ?? {};
    const until = Math.min(Date.now() + NEWS.claimMs, deadline);
    return {
      ...(await refresh({ list, state, threads: before.threads, headings: others, until })),
      ...present,
    };
  }

  /** @param fresh what is posted at least, though Sync does not say what has been: rather twice than never */
  async function tellClaimed(
    given: State,
    fresh: readonly LoggedNews[],
    telling: Telling,
    skipped: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    const left = deadline - Date.now();
    // What is posted alone needs its share of the time that is left.
    const share = fresh.length > 0 ? Math.min(REQUEST.slackMs, left / 2) : 0;
    const time = Math.max(NEWS.leastMs, Math.min(WEBHOOK.platformMs, left - share));
    const mine = await within(time, 'Sync took too long', claim(given, telling, fresh.length > 0)).catch(
      (fault) => {
        noted(fault);
        return tellAlone(given, fresh);
      },
    );
    if (!mine) return;
    const { before, revision } = mine;
    const rings = ringsOf(given, before.rings);
    const { state, isListed, recording } = await prepared(given, mine, rings, telling);
    const news = inOrder(mine.news, isListed ? newsOf(state, before) : []);
    const [{ after, isCut, refused }, headings, memos, ...records] = await Promise.all([
      post(state, news, mine, skipped),
      isListed ? refreshed(state, news, before) : (before.headings ?? {}),
      mackerel && writeMemos({ list, mackerel, warn }, state, mine.news.map(itemOf), before.memos),
      ...recording,
    ]);
    const written = records.filter((page) => page !== null);
    const recorded = withMarks(
      before.recorded,
      written.filter(({ end }) => end).map((page) => markOf(state, page)),
    );
    const lines = memos && Object.keys(memos.lines).length > 0 ? { memos: memos.lines } : {};
    const seen = isListed ? {} : { seen: before.seen };
    const left2 = {
      rings: without(
        rings,
        written.map(({ id }) => id),
      ),
    };
    const next = {
      ...withHeadings(after, before, headings),
      ...seen,
      ...left2,
      recorded,
      ...lines,
      busyUntil: 0,
    };
    await cursor.write(next, revision);
    const readOnly = memos?.isRefused && (await noteReadOnly());
    if (readOnly || isCut)
      await tellClaimed(readOnly || given, [], telling, new Set([...skipped, ...refused]));
  }

  const untold = (fault: unknown) => warn(`Could not post to Slack: ${(fault as Error).message}`);
  const noted = (fault: unknown) => warn(`Could not post the news: ${(fault as Error).message}`);

  /** A Function that is cut off says nothing at all any more: docs/serverless/functions-assets/functions/request-flow */
  const inTime = (telling: Promise<unknown>): Promise<void> =>
    within(
      Math.min(WEBHOOK.platformMs, Math.max(500, deadline - Date.now())),
      'there was no time left',
      telling,
    ).then(() => {}, noted);

  const tell = (state: State, fresh: readonly LoggedNews[], telling: Telling) =>
    inTime(tellClaimed(state, fresh, telling));

  const tellInTime = (state: State, news: readonly LoggedNews[]) => inTime(tellAlone(state, news));

  async function tellAlone(state: State, news: readonly LoggedNews[]): Promise<null> {
    const page = news[0]?.page;
    if (poster && page !== undefined) {
      const batch = { list, state, page, news, thread: { kind: 'unknown' }, until: deadline } as const;
      await poster()(batch).catch(untold);
    }
    return null;
  }

  return {
    tell: (state, telling = {}) => tell(state, [], telling),
    tellOutcome: async ({ state, news, revision }, isOver = false) =>
      revision === null ? tellInTime(state, news) : tell(state, news, { isOver }),
    tellLatest: async (state) => tellInTime(state, latest(state.news)),
  };
}

/** What has been posted of the alerts of pages. */
const seenIn = (state: State, posted: ReadonlySet<string>): Record<string, Seen> =>
  Object.fromEntries(
    pagesIn(state)
      .filter(({ id }) => posted.has(id))
      .map((page) => [page.id, seenOf(state, page)] as const),
  );

const pagesIn = ({ page, ended }: State): readonly Page[] => [...ended, ...(page ? [page] : [])];

const ofPagesIn = (state: State, seen: Readonly<Record<string, Seen>> = {}) =>
  Object.fromEntries(pagesIn(state).flatMap(({ id }) => (seen[id] ? [[id, seen[id]] as const] : [])));

const without = (rings: Rings, pages: readonly string[]): Rings =>
  Object.fromEntries(Object.entries(rings).filter(([page]) => !pages.includes(page)));

/** In the order in which they happened; what happened to alerts has no number, and comes before later news of its page. */
function inOrder(ofPages: readonly Numbered[], ofAlerts: readonly LoggedNews[]): readonly Numbered[] {
  const news = [...ofPages];
  for (const item of ofAlerts) {
    const next = news.findIndex(
      ({ item: { page, at, kind } }) => page === item.page && at > item.at && kind !== 'page-started',
    );
    const last = news.findLastIndex(({ item: { page } }) => page === item.page);
    const place = next >= 0 ? next : last >= 0 ? last + 1 : news.length;
    news.splice(place, 0, { number: -1, item });
  }
  return news;
}

/** The news of the last moment at which there was any. */
function latest(news: readonly LoggedNews[]): readonly LoggedNews[] {
  const at = news.at(-1)?.at;
  return news.filter((item) => item.at === at);
}

const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
