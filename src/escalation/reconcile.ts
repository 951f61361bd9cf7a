/** Which state to believe if the document in Sync and a callback's state differ. */
import { PAGE } from '../platform/budget';
import { isGoingOn, type Page } from './page';
import { pageOf, type State, withEnded } from './state';

/**
 * The stored state, brought up to date with what a callback carried while Sync could not be written.
 *
 * Twilio signs URLs, so the carried state was true when it was made. It is ahead of the stored one only if a write
 * failed.
 *
 * @param at seconds since the epoch
 */
export function reconcile(stored: State, carried: State | null, at: number): State {
  const theirs = carried?.page;
  if (!carried || !theirs) return stored;
  const ours = stored.page;
  if (ours?.id === theirs.id) return isAhead(theirs, ours) ? caughtUp(stored, carried) : stored;
  if (isPast(stored, theirs, at)) return stored;
  // One call rings for one page. A /dial-list that was asked twice began two, and the carried one is on the line.
  if (isGoingOn(ours) && ours.call !== '' && ours.call === theirs.call) return caughtUp(stored, carried);
  if (ours && ours.startedAt > theirs.startedAt && isKnown(stored, theirs)) return stored;
  // Two pages cannot ring at once: the one in Sync goes on, unless it has fallen silent.
  if (isGoingOn(ours) && at <= ours.until) return stored;
  return caughtUp(stored, carried);
}

/** Sync never knew the carried page, and another one goes on there: the carried page's alert has to join that one. */
export function isOrphaned(stored: State, carried: State | null, at: number): boolean {
  const theirs = carried?.page;
  if (!isGoingOn(theirs) || theirs.isTest || theirs.id === stored.page?.id) return false;
  return (
    !isKnown(stored, theirs) &&
    isGoingOn(stored.page) &&
    at <= stored.page.until &&
    reconcile(stored, carried, at) === stored
  );
}

/** A page that is over must not begin again, even if the clocks of two machines differ. */
const isPast = (stored: State, { id, until }: Page, at: number) =>
  stored.ended.some((page) => page.id === id && page.end !== null) || at > until + PAGE.replayedSeconds;

/** Whether Sync ever held a page. */
const isKnown = (stored: State, { id }: Page): boolean =>
  pageOf(stored, id) !== null || stored.news.some(({ page }) => page === id);

const isAhead = (theirs: Page, ours: Page) => ours.end === null && theirs.attempt > ours.attempt;

function caughtUp(stored: State, carried: State): State {
  const [ours, theirs] = [stored.page, carried.page];
  const isSame = ours?.id === theirs?.id;
  const latest = carried.newsCount > stored.newsCount ? carried : stored;
  // The page takes over the alerts of a silent one that it replaces.
  const silent = !isSame && isGoingOn(ours) && !ours.isTest ? [ours.id, ...(ours.continues ?? [])] : [];
  const continues = [...new Set([...(theirs?.continues ?? []), ...silent])];
  return {
    ...stored,
    page: theirs && {
      ...theirs,
      isTest: theirs.isTest && !(isSame && ours?.isTest === false),
      ...(isSame && ours && { watch: ours.watch, lap: ours.lap, first: ours.first }),
      ...(continues.length > 0 && { continues }),
    },
    ended: isSame || !ours ? stored.ended : withEnded(stored, ours),
    pagesStarted: Math.max(stored.pagesStarted, carried.pagesStarted),
    news: latest.news,
    newsCount: latest.newsCount,
  };
}
