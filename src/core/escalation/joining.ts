import { type AlertFacts, isWorse, worstFirst } from '../alert';
import type { DialList } from '../dial-list';
import { alertsOf, MOST_OF_PAGE, recordOf, withAlert, withRecords, withTold } from './book';
import { alertsClosed, takenBy } from './closing';
import { after, changed, type Decision, hangUp, told, unchanged } from './decision';
import type { AlertsJoined, AlertsReported, Aside, Starting } from './event';
import type { News } from './news';
import { blinded, ring } from './ringing';
import { isGoingOn, type Page, pageOf, type State } from './state';
import type { CallerStep } from './step';
import { isJustTaken } from './take';

/** Alerts become the business of whoever takes the page; their own calls are not needed. */
export function joined(
  state: State,
  page: Page,
  alerts: readonly AlertFacts[],
  at: number,
  ...others: News[]
): Decision<CallerStep> {
  const isHere = ({ id }: AlertFacts) => recordOf(state, id)?.page === page.id;
  const fresh = alerts
    .filter((alert) => !isHere(alert))
    .sort(worstFirst)
    .map(({ id }) => id);
  const worse = alerts.filter(
    (alert) => isHere(alert) && isWorse(alert.status, recordOf(state, alert.id)?.status),
  );
  const hearer = isJustTaken(page, at)
    ? ({ isUnheard: true } as const)
    : { isNewcomer: page.leg === 'answered' || undefined };
  const more = (page.more ?? 0) - (state.page?.more ?? 0);
  const news: News[] = [
    ...(fresh.length + more > 0
      ? [{ kind: 'joined', alerts: fresh, ...(more > 0 && { more }) } as const]
      : []),
    ...worse.map(({ id }): News => ({ kind: 'worse', alert: id })),
  ];
  const book = alerts.reduce((known, alert) => {
    return withAlert(known, alert, isHere(alert) ? {} : { page: page.id, taken: undefined, ...hearer });
  }, state);
  if (book === state && !page.isTest && more === 0 && others.length === 0) return unchanged(state, hangUp);
  // A real alert makes a test page a real one, which counts in a rotation by page.
  const pagesStarted = state.pagesStarted + (page.isTest ? 1 : 0);
  return changed({ ...book, pagesStarted }, { ...page, isTest: false }, at, hangUp, ...news, ...others);
}

/**
 * Somebody has just taken the page, and is still at the phone, where no call of ours would reach them: what comes in this
 * moment is theirs as well, and they hear of it as soon as they have heard the confirmation. Null where nobody is.
 */
export function joinedBehind(
  state: State,
  { alert, at }: Pick<Starting, 'at'> & { readonly alert: AlertFacts },
): Decision<CallerStep> | null {
  const { page } = state;
  if (!isJustTaken(page, at)) return null;
  const { by } = page.end;
  const known = recordOf(state, alert.id);
  const isHere = known?.page === page.id;
  const isWorseNow = isHere && isWorse(alert.status, known.status);
  if (isHere && !isWorseNow) return unchanged(withAlert(state, alert), hangUp);
  const book = withAlert(state, alert, { page: page.id, taken: undefined, isUnheard: true });
  const news: News = isHere
    ? { kind: 'worse', alert: alert.id }
    : { kind: 'joined', alerts: [alert.id], taker: by };
  return told(takenBy(book, page, by, at), page.id, at, hangUp, news);
}

/** Seconds. An alert was raised with the page that began about then, and its call waits no longer behind the others. */
const TOGETHER = 60;

/**
 * An alert that was open when somebody took the page, though its call comes only now: Twilio dials one call a second
 * unless it was asked for more (docs/glossary/cps), and in a storm Mackerel's wait their turn. It is theirs as well, and
 * nobody is rung a second time for one outage. Null where it is none such, or worse than what they know of, or where they
 * have nothing open any more.
 */
export function joinedLate(
  list: DialList,
  state: State,
  { alert, at }: Pick<Starting, 'at'> & { readonly alert: AlertFacts },
): Decision<CallerStep> | null {
  const { page } = state;
  const { openedAt } = alert;
  if (page?.end?.kind !== 'taken' || page.isTest || openedAt === undefined) return null;
  const [worst] = alertsOf(state, page);
  if (!worst || recordOf(state, alert.id)?.page || isWorse(alert.status, worst.status)) return null;
  const wasOpen = openedAt >= page.startedAt - TOGETHER && openedAt <= page.end.at;
  const isWaiting = at < page.end.at + Math.min(list.quietMinutes * 60, TOGETHER);
  if (!wasOpen || !isWaiting) return null;
  const book = withAlert(state, alert, { page: page.id, taken: undefined });
  const news: News = { kind: 'joined', alerts: [alert.id] };
  return told(takenBy(book, page, page.end.by, page.end.at), page.id, at, hangUp, news);
}

/** Alerts that were put aside for a page: they belong to it even if somebody has taken it by now. */
export function alertsJoined(
  state: State,
  { page: id, alerts, areTold, at }: AlertsJoined,
): Decision<CallerStep> {
  const { page } = state;
  const fresh = alerts.filter((alert) => {
    const known = recordOf(state, alert.id);
    return known?.page !== id && known?.closedAt === undefined;
  });
  if (page && page.id !== id) return overtaken(state, page, { page: id, alerts: fresh, at });
  if (!page || fresh.length === 0) return unchanged(state, hangUp);
  // A page that closed too early goes on: these are open, and nobody was rung for them.
  const open: Page = page.end?.kind === 'closed' ? { ...page, end: null } : page;
  const room = Math.max(0, MOST_OF_PAGE - alertsOf(state, page).length);
  const more = Math.max(page.more ?? 0, fresh.length - room);
  const inBook = [...fresh].sort(worstFirst).slice(0, room);
  const decision = joined(state, more > 0 ? { ...open, more } : open, inBook, at);
  if (areTold && !page.end) return { ...decision, state: withTold(decision.state) };
  if (page.end?.kind !== 'taken') return decision;
  const taken = takenBy(decision.state, page, page.end.by, page.end.at);
  return { ...decision, state: areTold ? withHeard(taken) : taken };
}

/** The confirmation that is about to be spoken tells of them. */
const withHeard = (state: State): State =>
  withRecords(state, ({ isUnheard, ...alert }) => (isUnheard ? { ...alert, isNewcomer: true } : alert));

/**
 * What was put aside for a page comes before what happens to it, and so keeps it from ending as closed. Behind it, once
 * the page is over: a page that begins with it sees to what the closed one has left.
 */
export function withAside(
  state: State,
  aside: Aside & { readonly areTold: boolean },
  at: number,
  happens: (state: State) => Decision,
): Decision {
  if (!pageOf(state, aside.page)?.end) {
    const came = asideTakenIn(state, aside, at);
    return after(came, happens(came.state));
  }
  const happened = happens(state);
  const came = asideTakenIn(happened.state, aside, at);
  return { ...after(happened, came), step: happened.step };
}

/** Those that closed in the crowd come last: else the page would seem to be over. */
function asideTakenIn(
  state: State,
  { page, alerts, closed, areTold }: Parameters<typeof withAside>[1],
  at: number,
): Decision<CallerStep> {
  const joined = alertsJoined(state, { kind: 'alerts-joined', page, alerts, areTold, at });
  const inBook = closed.filter((id) => recordOf(joined.state, id) !== undefined);
  return after(joined, alertsClosed(joined.state, { kind: 'alerts-closed', alerts: inBook, at }));
}

/** Notes of a page that is over, or was replaced, that nothing is left in its inbox. */
export function withSwept(state: State, id: string): State {
  const noted = (page: Page | null | undefined) =>
    page?.id === id && !page.isSwept ? { ...page, isSwept: true } : page;
  const page = state.page?.end ? (noted(state.page) ?? null) : state.page;
  const previous = noted(state.previous);
  return page === state.page && previous === state.previous ? state : { ...state, page, previous };
}

/** Another page began between the end of theirs and their joining it: who took theirs has them, else that one sees to them. */
function overtaken(
  state: State,
  page: Page,
  { page: id, alerts, at }: Pick<AlertsJoined, 'page' | 'alerts' | 'at'>,
): Decision<CallerStep> {
  const strays = alerts.filter((alert) => recordOf(state, alert.id)?.page !== page.id);
  const theirs = pageOf(state, id);
  const end = theirs?.end;
  if (strays.length === 0) return unchanged(state, hangUp);
  if (end?.kind !== 'taken' && isGoingOn(page))
    return alertsJoined(state, { kind: 'alerts-joined', page: page.id, alerts: strays, at });
  const open = strays.reduce(
    (known, alert) => withAlert(known, alert, { page: id, taken: undefined }),
    state,
  );
  const book = theirs && end?.kind === 'taken' ? takenBy(open, theirs, end.by, end.at) : open;
  return told(book, id, at, hangUp, { kind: 'joined', alerts: strays.map((alert) => alert.id) });
}

/** Something is newly known. What gets worse while people are rung is told; else nobody is woken for it. */
export function alertsReported(
  state: State,
  { alerts, mayWrite, blind, at }: AlertsReported,
): Decision<CallerStep> {
  const { page } = state;
  const open = alerts.filter(({ id }) => recordOf(state, id)?.closedAt === undefined);
  const isRungFor = ({ id }: AlertFacts) => isGoingOn(page) && recordOf(state, id)?.page === page.id;
  const book = open
    .filter((alert) => !isRungFor(alert))
    .reduce((known, alert) => withAlert(known, alert), state);
  const rungFor = open.filter(isRungFor);
  const decision =
    isGoingOn(page) && rungFor.length > 0 ? joined(book, page, rungFor, at) : unchanged(book, hangUp);
  const seen = blind ? after(decision, blinded(decision.state, blind, at)) : decision;
  return mayWrite === undefined ? seen : after(seen, keyTried(seen.state, mayWrite, at));
}

function keyTried(state: State, mayWrite: boolean, at: number): Decision<CallerStep> {
  if (state.mayWrite === mayWrite) return unchanged(state, hangUp);
  const known = { ...state, mayWrite };
  return mayWrite
    ? unchanged(known, hangUp)
    : told(known, state.page?.id ?? '', at, hangUp, { kind: 'read-only-key' });
}

/**
 * The page's call fell silent: this notification carries the page on, from the member after the one being rung.
 *
 * @param isAnew it brings an alert of which nobody was called yet, so that everybody's turn comes once more
 */
export function revived(list: DialList, state: State, event: Starting, isAnew = false): Decision<CallerStep> {
  const { call, way } = event;
  const { page } = state;
  if (!isGoingOn(page)) return unchanged(state, hangUp);
  const attempt = page.leg === 'pausing' ? page.attempt : page.attempt + 1;
  const from = isAnew ? attempt : page.from;
  return ring(list, state, { ...page, call, way, attempt, from }, event, { kind: 'resumed' });
}
