/** What is to be believed when the document in Sync and the state that a callback carries differ. */
import type { AlertFacts } from '../alert';
import { withNews } from './decision';
import { isGoingOn, type Page, type State } from './state';

/**
 * The stored state, caught up with what a callback carried past it while Sync could not be written.
 *
 * The carried state is true of its own moment, for Twilio signs the URL. It is ahead of the stored one only where
 * writing failed; in every other case the stored one is the newer.
 *
 * @param at seconds since the epoch
 */
export function reconcile(stored: State, carried: State | null, at: number): State {
  const theirs = carried?.page;
  if (!carried || !theirs) return stored;
  const ours = stored.page;
  if (ours?.id === theirs.id) return isAhead(theirs, ours) ? caughtUp(stored, carried, theirs, ours) : stored;
  if (ours && ours.startedAt > theirs.startedAt) return stored;
  // Two pages cannot ring at once: the one in Sync goes on, unless it fell silent.
  if (isGoingOn(ours) && at <= ours.until) return stored;
  return { ...stored, page: theirs, ...newerNews(stored, carried) };
}

const isAhead = (theirs: Page, ours: Page) => ours.end === null && theirs.attempt > ours.attempt;

function caughtUp(stored: State, carried: State, theirs: Page, ours: Page): State {
  const known = new Set(theirs.alerts.map(({ id }) => id));
  const alerts: AlertFacts[] = [...theirs.alerts, ...ours.alerts.filter(({ id }) => !known.has(id))];
  return { ...stored, page: { ...theirs, alerts }, ...newerNews(stored, carried) };
}

function newerNews(stored: State, carried: State): Pick<State, 'news' | 'newsCount'> {
  return carried.newsCount > stored.newsCount ? carried : stored;
}

/** Notes once a page that Sync failed, so that people are told to trust the history less. */
export function markDegraded(state: State, at: number): State {
  const { page } = state;
  if (!page || page.isDegraded) return state;
  return withNews({ ...state, page: { ...page, isDegraded: true } }, [
    { kind: 'degraded', page: page.id, at },
  ]);
}
