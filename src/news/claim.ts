/** One webhook posts at a time: it claims the cursor first. If that webhook is cut off, its claim runs out. */
import type { LoggedNews, State } from '../escalation';
import { NEWS, REQUEST, WEBHOOK } from '../platform/budget';
import { within } from '../platform/time';
import { type Numbered, noProgress, unpostedOf } from '../store/progress';
import { Conflict, type SyncDocument, type Versioned } from '../store/sync-document';
import type { Cursor } from './cursor';

export type Claim = {
  readonly before: Cursor;
  readonly news: readonly Numbered[];
  readonly revision: string;
};

export type ClaimOptions = {
  readonly cursor: SyncDocument<Cursor>;
  /** Milliseconds since the epoch by which posting has to be over. */
  readonly deadline: number;
};

/**
 * Claims the news that is to be posted. Null if there is nothing to do. Fails if Sync fails or takes too long.
 *
 * @param fresh news that is posted even if Sync does not say what has been posted
 * @param isDue whether there is more to do than to post the state's news
 */
export function claimInTime(
  options: ClaimOptions,
  state: State,
  fresh: readonly LoggedNews[],
  isDue: (before: Cursor) => boolean,
): Promise<Claim | null> {
  const left = options.deadline - Date.now();
  // Leaves time for posting without a claim.
  const share = fresh.length > 0 ? Math.min(REQUEST.slackMs, left / 2) : 0;
  const time = Math.max(NEWS.leastMs, Math.min(WEBHOOK.platformMs, left - share));
  return within(time, 'Sync took too long', claim(options, state, fresh.length > 0, isDue));
}

async function claim(
  { cursor, deadline }: ClaimOptions,
  state: State,
  isUrgent: boolean,
  isDue: (before: Cursor) => boolean,
): Promise<Claim | null> {
  for (let [seen, since] = ['', Date.now()]; ; await pause(NEWS.lookAgainMs)) {
    const known = await cursor.read();
    const before = known?.data ?? { ...noProgress(state), threads: {}, busyUntil: 0 };
    const news = unpostedOf(state, before);
    if (news.length === 0 && !isDue(before)) return null;
    // Patience starts again whenever the other webhook makes progress. Clocks differ, so one claim might seem to last
    // forever.
    const progress = JSON.stringify([before.count, before.ahead]);
    if (progress !== seen) [seen, since] = [progress, Date.now()];
    // A claim without a post would only keep others from posting.
    if (!isUrgent && deadline - Date.now() < NEWS.settlingMs) return null;
    const isTaken = before.busyUntil > Date.now() && Date.now() - since < NEWS.patienceMs;
    const revision = isTaken ? null : await claimed(cursor, before, known);
    if (revision) return { before, news, revision };
  }
}

/** The new revision; null if another webhook was faster. */
async function claimed(
  cursor: SyncDocument<Cursor>,
  before: Cursor,
  known: Versioned<Cursor> | null,
): Promise<string | null> {
  const mine = { ...before, busyUntil: Date.now() + NEWS.claimMs };
  return cursor.write(mine, known?.revision ?? null).catch((fault) => {
    if (fault instanceof Conflict) return null;
    throw fault;
  });
}

const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
