/**
 * Posts the news of pages once, in order, and puts pages on record.
 *
 * The cursor, a Sync document of its own, says how far the news has been posted. So posting never makes the revision
 * in a callback's URL stale.
 */
import type { LoggedNews, State } from '../escalation';
import type { MackerelApi } from '../mackerel/api';
import { ALERTS, NEWS, WEBHOOK } from '../platform/budget';
import { within } from '../platform/time';
import { withTakings } from '../store/fate';
import type { Outcome } from '../store/page-store';
import { type Numbered, unrecorded } from '../store/progress';
import { newsOfAlerts, pagesIn } from './alert-news';
import { type Claim, type ClaimOptions, claimInTime } from './claim';
import { type Cursor, itemOf, ofPages, withHeadings } from './cursor';
import { writeMemos } from './memos';
import { type PostOptions, postPages, postUnclaimed, refreshed } from './post';
import {
  type Recording,
  type RecordingOptions,
  type Rings,
  record,
  unrecordedRings,
  withRecorded,
} from './recording';

export type Telling = {
  /**
   * Which alerts the state holds. `listed`: all of them, listed just now. `known`: those of a page that has just
   * begun. `few`: an alert of `page` has just closed, and that page has few. Otherwise all are listed first.
   */
  readonly alerts?: 'listed' | 'known' | 'few';
  readonly page?: string;
  /** The member's leg is over, so a page that they took takes no newcomers any more. */
  readonly isOver?: boolean;
};

export type NewsDelivery = {
  /** Posts all news of the state that nobody has posted. Never fails. */
  tell(state: State, telling?: Telling): Promise<void>;
  /** Posts the news of an outcome, whether Sync holds it or not. Never fails. */
  tellOutcome(outcome: Outcome, isOver?: boolean): Promise<void>;
  /** Posts the latest news without Sync, and so without knowing what has been posted. Never fails. */
  tellLatest(state: State): Promise<void>;
};

type Options = ClaimOptions &
  PostOptions &
  RecordingOptions & {
    /** Null if Mackerel's API is not set up. */
    readonly mackerel: MackerelApi | null;
    /** Saves that our API key may not write. The state with that news; null if Sync fails. */
    readonly noteReadOnly: () => Promise<State | null>;
    /** The alerts in Sync, or those given, with what Mackerel's webhook reported of them. */
    readonly listed: (given?: State['alerts']) => Promise<State['alerts'] | null>;
  };

export function newsDelivery(options: Options): NewsDelivery {
  const { deadline, warn } = options;
  /** A Function that is cut off logs nothing: docs/serverless/functions-assets/functions/request-flow */
  const inTime = (posting: Promise<unknown>): Promise<void> => {
    const left = Math.min(WEBHOOK.platformMs, Math.max(500, deadline - Date.now()));
    return within(left, 'there was no time left', posting).then(() => {}, noted(warn));
  };
  return {
    tell: (state, telling = {}) => inTime(deliver(options, state, telling)),
    tellOutcome: ({ state, news, revision }, isOver = false) =>
      inTime(
        revision === null ? postUnclaimed(options, state, news) : deliver(options, state, { isOver }, news),
      ),
    tellLatest: (state) => inTime(postUnclaimed(options, state, latest(state.news))),
  };
}

const noted = (warn: Options['warn']) => (fault: unknown) =>
  warn(`Could not post the news: ${(fault as Error).message}`);

/** @param fresh news that is posted even if Sync does not say what has been posted: rather twice than never */
async function deliver(
  options: Options,
  given: State,
  telling: Telling,
  fresh: readonly LoggedNews[] = [],
  skipped: ReadonlySet<string> = new Set(),
): Promise<void> {
  const isDue = (before: Cursor) => isMoreDue(given, before, telling);
  const mine = await claimInTime(options, given, fresh, isDue).catch(async (fault) => {
    noted(options.warn)(fault);
    await postUnclaimed(options, given, fresh);
    return null;
  });
  if (!mine) return;
  const { before } = mine;
  const rings = unrecordedRings(given, before.rings);
  const { state, isListed, recording } = await prepare(options, given, mine, telling, rings);
  const news = inOrder(mine.news, isListed ? newsOfPages(state, before) : []);
  const { list, mackerel, warn } = options;
  const [{ after, isCut, refused }, headings, memos, ...records] = await Promise.all([
    postPages(options, state, news, mine, skipped),
    isListed ? refreshed(options, state, news, before) : (before.headings ?? {}),
    mackerel && writeMemos({ list, mackerel, warn }, state, mine.news.map(itemOf), before.memos),
    ...recording,
  ]);
  const written = records.filter((page) => page !== null);
  const next: Cursor = {
    ...withHeadings(after, before, headings),
    alerts: isListed ? after.alerts : before.alerts,
    rings: ofPages(rings, (page) => !written.some(({ id }) => id === page)),
    recorded: withRecorded(before.recorded, state, written),
    memos: memos?.lines ?? before.memos,
    busyUntil: 0,
  };
  await options.cursor.write(next, mine.revision);
  const readOnly = memos?.isRefused && (await options.noteReadOnly());
  if (readOnly || isCut)
    await deliver(options, readOnly || given, telling, [], new Set([...skipped, ...refused]));
}

/** Whether there may be news about alerts, or a page to record. */
function isMoreDue(state: State, before: Cursor, { alerts: how, page = '', isOver }: Telling): boolean {
  if (unrecorded(state, before.recorded, isOver).length > 0) return true;
  if (how === 'few') return (before.alerts?.[page]?.joined ?? 0) <= ALERTS.few;
  return how === 'listed' && newsOfPages(state, before).length > 0;
}

const newsOfPages = (state: State, before: Cursor) =>
  pagesIn(state).flatMap((page) => newsOfAlerts(state, page, before.alerts?.[page.id]));

type Prepared = {
  readonly state: State;
  /** The state holds all alerts, not only those of a page that has just begun. */
  readonly isListed: boolean;
  readonly recording: Recording['pages'];
};

/** Records what is due, and lists all alerts. */
async function prepare(
  options: Options,
  state: State,
  { before, news }: Claim,
  telling: Telling,
  rings: Rings,
): Promise<Prepared> {
  // If there is no time to settle a page, the next webhook does it.
  const isLate = options.deadline - Date.now() < NEWS.settlingMs;
  const due = isLate ? [] : unrecorded(state, before.recorded, telling.isOver);
  const recording = await record(options, state, due, before.recorded, rings);
  const isKnown =
    telling.alerts === 'listed' ||
    (telling.alerts === 'known' && news.every(({ item }) => item.page === state.page?.id));
  const isToList = recording.alerts !== null || !isKnown;
  const held = isToList ? ((await options.listed(recording.alerts ?? undefined)) ?? []) : [];
  // An alert that rang without Sync is missing there until its page is settled.
  const unheld = state.alerts.filter(({ id }) => !held.some((one) => one.id === id));
  return {
    state: withTakings({ ...state, alerts: [...held, ...unheld] }),
    isListed: !isKnown || telling.alerts === 'listed',
    recording: recording.pages,
  };
}

/** In the order in which it happened. News about alerts has no number, and goes before later news of its page. */
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

/** The news with the latest time. */
function latest(news: readonly LoggedNews[]): readonly LoggedNews[] {
  const at = news.at(-1)?.at;
  return news.filter((item) => item.at === at);
}
