/** What is to be believed when the document in Sync and the state that a callback carries differ. */
import { type AlertRecord, recordOf, withAlert } from './book';
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
  if (ours?.id === theirs.id) return isAhead(theirs, ours) ? caughtUp(stored, carried) : stored;
  if (isPast(stored, theirs, at)) return stored;
  // One call rings for one page: a /dial-list that was asked again began it twice, and this one is on the line.
  if (isGoingOn(ours) && ours.call !== '' && ours.call === theirs.call) return caughtUp(stored, carried);
  if (ours && ours.startedAt > theirs.startedAt && isKnown(stored, theirs)) return stored;
  // Two pages cannot ring at once: the one in Sync goes on, unless it fell silent.
  if (isGoingOn(ours) && at <= ours.until) return handedOver(stored, carried, ours, at);
  return caughtUp(stored, carried);
}

/** Seconds. A page shows a sign of life sooner; what comes so long after the last is an old callback, told once more. */
const REPLAYED = 10 * 60;

/** A page that is over must not begin again, whatever the clocks of the machines say, on which Functions run. */
const isPast = ({ previous }: State, { id, until }: Page, at: number) =>
  (previous?.id === id && previous.end !== null) || at > until + REPLAYED;

/** Whether Sync ever held a page. One that it never did has told nobody of its alerts but the phones it rang. */
const isKnown = ({ previous, alerts, news }: State, { id }: Page): boolean =>
  previous?.id === id || [...alerts, ...news].some(({ page }) => page === id);

/** The page in Sync takes over what one was about that it cannot let ring beside it: nobody else would see to it. */
function handedOver(stored: State, { alerts, page }: State, ours: Page, at: number): State {
  const strays = alerts.filter(
    (alert) =>
      alert.page === page?.id &&
      alert.closedAt === undefined &&
      !alert.taken &&
      !recordOf(stored, alert.id)?.page,
  );
  if (strays.length === 0) return stored;
  const book = strays.reduce((known, alert) => withAlert(known, alert, { page: ours.id }), stored);
  const joined = { kind: 'joined', alerts: strays.map(({ id }) => id), page: ours.id, at } as const;
  return withNews({ ...book, page: { ...ours, isTest: false } }, [joined]);
}

const isAhead = (theirs: Page, ours: Page) => ours.end === null && theirs.attempt > ours.attempt;

function caughtUp(stored: State, carried: State): State {
  const [ours, theirs] = [stored.page, carried.page];
  const isSame = ours?.id === theirs?.id;
  // A state that was carried in outline counts its news, and has none.
  const latest = carried.news.length > 0 && carried.newsCount > stored.newsCount ? carried : stored;
  return {
    ...stored,
    page: theirs && { ...theirs, isTest: theirs.isTest && !(isSame && ours?.isTest === false) },
    previous: isSame ? stored.previous : ours,
    pagesStarted: Math.max(stored.pagesStarted, carried.pagesStarted),
    alerts: caughtUpAlerts(stored, carried),
    news: latest.news,
    newsCount: latest.newsCount,
  };
}

/** The carried page keeps its alerts, and takes over those of a silent page that it replaces. */
function caughtUpAlerts(stored: State, { alerts, page }: State): State['alerts'] {
  const isOfPage = (id: string) => alerts.some((alert) => alert.id === id && alert.page === page?.id);
  const isOrphan = (alert: AlertRecord) =>
    isGoingOn(stored.page) && alert.page === stored.page.id && alert.closedAt === undefined && !alert.taken;
  const known = stored.alerts.map((alert) =>
    page && (isOfPage(alert.id) || isOrphan(alert)) && alert.page !== page.id
      ? { ...alert, page: page.id, taken: undefined }
      : alert,
  );
  return [...known, ...alerts.filter(({ id }) => !recordOf(stored, id))];
}

/** Notes once a page that Sync failed, so that people are told to trust the history less. */
export function markDegraded(state: State, at: number): State {
  const { page } = state;
  if (!page || page.isDegraded) return state;
  return withNews({ ...state, page: { ...page, isDegraded: true } }, [
    { kind: 'degraded', page: page.id, at },
  ]);
}
