/**
 * Tells the news of a page once, in order, and keeps the record of finished pages.
 *
 * How far the news has been told stands in a Sync document of its own, so that telling never makes the revision
 * in a callback's URL stale. A webhook claims the telling before it posts; one that dies on it loses the claim.
 */

import type { DialList } from '../core/dial-list';
import type { LoggedNews } from '../core/escalation/news';
import type { State } from '../core/escalation/state';
import { within } from '../http/time-limit';
import type { MackerelApi } from '../mackerel/api';
import type { PageGraph } from '../mackerel/graph';
import type { Bulletin, Headings, Posted, Poster, Slack, Thread } from '../slack/poster';
import type { History } from '../twilio/history';
import type { Outcome } from '../twilio/page-store';
import { Conflict, type SyncDocument, type Versioned } from '../twilio/sync-document';
import { figuresOf } from './figures';
import { writeMemos } from './memos';
import { dueForRecord, isEndNew, withMarks } from './recording';
import {
  byPage,
  entriesOf,
  firstOfPage,
  itemOf,
  type Numbered,
  progressOf,
  refusedOf,
  type Told,
  untoldOf,
  withHeadings,
  withPosted,
} from './told';

export type Newsdesk = {
  /** Tells what the state holds and nobody has told. Never fails. */
  tell(state: State): Promise<void>;
  /** Tells what came of an event, whether Sync holds it or not. Never fails. */
  tellOutcome(outcome: Outcome): Promise<void>;
  /** Without Sync, hence without knowing what has been told: tells what came last. Never fails. */
  tellLatest(state: State): Promise<void>;
};

type Options = {
  readonly list: DialList;
  /** Null where Slack is not set up. */
  readonly poster: (() => Poster) | null;
  /** Brings the messages of earlier pages up to date. Null where there is nothing to bring up to date. */
  readonly refresh?: Slack['refresh'] | null;
  /** Null where Mackerel's API is not set up. */
  readonly mackerel: MackerelApi | null;
  /** Our key for it may not write: notes that, and gives the state with the news of it; null where Sync has it not. */
  readonly noteReadOnly: () => Promise<State | null>;
  readonly told: SyncDocument<Told>;
  readonly history: History;
  /** Shows on Mackerel's graphs what a page was like. Null where no service is named. */
  readonly graph?: PageGraph | null;
  /** Alerts of a page that its state has no room for, as far as Sync tells. */
  readonly asideOf: (page: string) => Promise<readonly string[]>;
  /** Milliseconds since the epoch by which telling has to be over. */
  readonly deadline: number;
  readonly warn: (message: string) => void;
};

/** No Function lasts longer: docs/serverless/functions-assets/functions/request-flow */
const MOST_MS = 10_000;
const CLAIM_MS = 5_000;
const PATIENCE_MS = 5_500;
const LOOK_AGAIN_MS = 250;
/** No piece of news is begun later than that, for two posts may follow: they have to be over while the claim lasts. */
const POSTING_MS = 1_000;
/** What Slack takes at the most. */
const SLACK_MS = 2_000;
/** How long Sync is asked in any case who tells what. */
const LEAST_MS = 300;

type Posting = {
  readonly after: Told;
  /** There is more to tell, and another claim needed for it. */
  readonly isCut: boolean;
  /** Pages whose news Slack did not take whole. */
  readonly refused: readonly string[];
};

export function newsdesk(options: Options): Newsdesk {
  const { list, poster, refresh, mackerel, noteReadOnly, told, history, graph, asideOf, deadline, warn } =
    options;

  /** The untold news, claimed; null where there is none. */
  async function claim(
    state: State,
  ): Promise<{ before: Told; news: readonly Numbered[]; revision: string } | null> {
    for (let [seen, since] = ['', Date.now()]; ; await pause(LOOK_AGAIN_MS)) {
      const known = await told.read();
      const before = known?.data ?? { count: firstOfPage(state), at: 0, threads: {}, busyUntil: 0 };
      const untold = untoldOf(state, before);
      if (untold.length === 0) return null;
      // Who gets on with a long backlog is waited for; by another machine's clock, one claim may seem to last for ever.
      const progress = JSON.stringify([before.count, before.ahead]);
      if (progress !== seen) [seen, since] = [progress, Date.now()];
      const isTaken = before.busyUntil > Date.now() && Date.now() - since < PATIENCE_MS;
      if (isTaken) continue;
      const revision = await claimed(before, known);
      if (revision) return { before, news: untold, revision };
    }
  }

  async function claimed(before: Told, known: Versioned<Told> | null): Promise<string | null> {
    try {
      return await told.write({ ...before, busyUntil: Date.now() + CLAIM_MS }, known?.revision ?? null);
    } catch (fault) {
      if (fault instanceof Conflict) return null;
      throw fault;
    }
  }

  /**
   * Posts page by page, no longer than the claim lasts. What Slack does not take of one page keeps no other waiting,
   * unless it would take nothing of theirs either.
   */
  async function post(
    state: State,
    news: readonly Numbered[],
    before: Told,
    skipped: ReadonlySet<string>,
  ): Promise<Posting> {
    const startedAt = Date.now();
    let after: Told = { ...before, begun: state.begun };
    const [done, refused]: [string[], string[]] = [[], []];
    const pages = byPage(news, before.refused).filter(({ page }) => !skipped.has(page));
    const isLate = () => Date.now() - startedAt > POSTING_MS;
    let isForAll = false;
    for (const { page, items } of pages) {
      if (isLate() || isForAll) break;
      const ts = after.threads[page];
      const thread: Thread = ts ? { kind: 'known', ts } : { kind: 'new' };
      const alerts = after.headings?.[page]?.alerts;
      const until = Math.min(startedAt + CLAIM_MS, deadline);
      const posted = await postOne({ list, state, page, news: items, thread, alerts, until });
      after = withPosted(after, page, posted);
      isForAll = posted.isForAll === true;
      (posted.isTold ? done : refused).push(page);
    }
    // What was refused before waits for the next occasion: it would take the time of what is new.
    const tried = new Set([...done, ...refused]);
    const isCut = !isForAll && pages.some(({ page }) => !tried.has(page) && !before.refused?.includes(page));
    const owed = refusedOf(news, before, tried, isForAll ? refused.slice(0, -1) : refused);
    const progress = progressOf(state, news, before, new Set(done));
    return { after: { ...after, ...progress, refused: owed }, isCut, refused };
  }

  async function postOne(bulletin: Bulletin): Promise<Posted & { readonly isForAll?: boolean }> {
    if (!poster) return { thread: null, isTold: true };
    try {
      return await poster()(bulletin);
    } catch (fault) {
      untold(fault);
      const isForAll = (fault as { isForAll?: boolean }).isForAll !== false;
      return { thread: null, isTold: false, isForAll };
    }
  }

  /** Of pages that are not told of just now. Never fails. */
  async function refreshed(state: State, news: readonly Numbered[], before: Told): Promise<Headings> {
    const told = new Set(news.map(({ item }) => item.page));
    const [present, others] = [entriesOf(before.headings, told), entriesOf(before.headings, told, false)];
    if (!refresh || Object.keys(others).length === 0) return before.headings ?? {};
    const until = Math.min(Date.now() + CLAIM_MS, deadline);
    return {
      ...(await refresh({ list, state, threads: before.threads, headings: others, until })),
      ...present,
    };
  }

  /** @param fresh what is told at least, though Sync does not say what has been told: rather twice than never */
  async function tellClaimed(
    state: State,
    fresh: readonly LoggedNews[],
    skipped: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    const left = deadline - Date.now();
    // What is told alone needs its share of the time that is left.
    const share = fresh.length > 0 ? Math.min(SLACK_MS, left / 2) : 0;
    const time = Math.max(LEAST_MS, Math.min(MOST_MS, left - share));
    const mine = await within(time, 'Sync took too long', claim(state)).catch((fault) => {
      noted(fault);
      return tellAlone(state, fresh);
    });
    if (!mine) return;
    const { before, news, revision } = mine;
    const [{ after, isCut, refused }, headings, recorded, memos] = await Promise.all([
      post(state, news, before, skipped),
      refreshed(state, news, before),
      record(state, before.recorded ?? []),
      mackerel && writeMemos({ list, mackerel, warn }, state, news.map(itemOf), before.memos),
    ]);
    const lines = memos && Object.keys(memos.lines).length > 0 ? { memos: memos.lines } : {};
    await told.write(
      { ...withHeadings(after, before, headings), recorded, ...lines, busyUntil: 0 },
      revision,
    );
    const readOnly = memos?.isRefused && (await noteReadOnly());
    if (readOnly || isCut) await tellClaimed(readOnly || state, [], new Set([...skipped, ...refused]));
  }

  /** Keeps the pages whose record is due and not written yet. Gives those that are. Never fails. */
  async function record(state: State, known: readonly string[]): Promise<readonly string[]> {
    const kept = dueForRecord(state, known).map(async ({ page, mark }) => {
      try {
        await history.record(list, state, page, page.more ? await asideOf(page.id) : []);
        const figures = isEndNew(known, page) && state.mayWrite ? figuresOf(list, page) : null;
        if (figures) await graph?.(figures);
        return [mark];
      } catch (fault) {
        warn(`Could not write the page's record: ${(fault as Error).message}`);
        return [];
      }
    });
    return withMarks(known, (await Promise.all(kept)).flat());
  }

  const untold = (fault: unknown) => warn(`Could not post to Slack: ${(fault as Error).message}`);
  const noted = (fault: unknown) => warn(`Could not post the news: ${(fault as Error).message}`);

  async function tell(state: State, fresh: readonly LoggedNews[] = []): Promise<void> {
    const telling = poster || mackerel ? tellClaimed(state, fresh) : record(state, []).then(() => {});
    await inTime(telling).catch(noted);
  }

  /** A Function that is cut off says nothing at all any more: docs/serverless/functions-assets/functions/request-flow */
  const inTime = (telling: Promise<void>) =>
    within(Math.min(MOST_MS, Math.max(500, deadline - Date.now())), 'there was no time left', telling);

  async function tellAlone(state: State, news: readonly LoggedNews[]): Promise<void> {
    const page = news[0]?.page;
    if (!poster || !page) return;
    await poster()({ list, state, page, news, thread: { kind: 'unknown' }, until: deadline }).catch(untold);
  }

  return {
    tell: (state) => tell(state),
    tellOutcome: ({ state, news, revision }) =>
      revision === null ? inTime(tellAlone(state, news)).catch(noted) : tell(state, news),
    tellLatest: (state) => inTime(tellAlone(state, latest(state.news))).catch(noted),
  };
}

/** The news of the last moment at which there was any. */
function latest(news: readonly LoggedNews[]): readonly LoggedNews[] {
  const at = news.at(-1)?.at;
  return news.filter((item) => item.at === at);
}

const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
