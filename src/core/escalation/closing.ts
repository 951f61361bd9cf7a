import type { AlertFacts } from '../alert';
import {
  type AlertRecord,
  alertsOf,
  isCrowded,
  namedAlertsOf,
  recordOf,
  withAlert,
  withRecords,
  withTold,
} from './book';
import { after, changed, type Decision, hangUp, told, unchanged } from './decision';
import type { AlertsClosed, Closing } from './event';
import type { News } from './news';
import { isGoingOn, memberAt, type Page, pageOf, type State } from './state';
import type { CallerStep } from './step';

/** A member closes the alerts by phone: whoever tells of it first, it was them. */
export function closing(state: State, { page: id, attempt, at }: Closing): Decision<CallerStep> {
  const { page } = state;
  if (!isGoingOn(page) || page.id !== id || page.attempt !== attempt) return unchanged(state, hangUp);
  return changed(state, { ...page, closing: attempt }, at, hangUp);
}

/** Alerts are closed: their page needs nobody any more once the last of them is. */
export function alertsClosed(state: State, { alerts, at, by }: AlertsClosed): Decision<CallerStep> {
  const open = alerts.filter((id) => (by === undefined ? isToClose(state, id) : isOpen(state, id)));
  if (open.length === 0) return unchanged(state, stillToEnd(state, alerts));
  const closed = open.reduce((book, id) => withAlert(book, factsOf(id, at), { closedAt: at }), state);
  const pages = new Set(open.map((id) => recordOf(state, id)?.page).filter((page) => page !== undefined));
  let decision: Decision<CallerStep> = unchanged(closed, hangUp);
  for (const page of pages) {
    const ofPage = open.filter((id) => recordOf(state, id)?.page === page);
    const closer = by ?? (state.page?.id === page ? closerOf(state.page) : undefined);
    decision = after(decision, closedOnPage(decision.state, page, ofPage, at, closer));
  }
  return decision;
}

/** Closed already, perhaps by us a moment ago, without our being told that it was saved: its call must not ring on. */
function stillToEnd({ page, alerts: book }: State, alerts: readonly string[]): CallerStep {
  const isOfPage = ({ id, page: of }: AlertRecord) => of === page?.id && alerts.includes(id);
  // Who closed it by phone is told so in that very call.
  const isByPhone = page?.closing === page?.attempt;
  return page?.end?.kind === 'closed' && !isByPhone && book.some(isOfPage) ? endCall(page) : hangUp;
}

const isOpen = (state: State, id: string) => recordOf(state, id)?.closedAt === undefined;

/**
 * One that the book does not know is noted too, lest its call comes later. But where a page has more alerts than
 * anybody can name, that some of them closed tells nothing, and a thousand writes of it would be in the way.
 */
function isToClose(state: State, id: string): boolean {
  if (recordOf(state, id)) return isOpen(state, id);
  return !isCrowded(state) && !state.page?.more && !state.previous?.more;
}

/** The page in whose crowd an alert closes: many may close at once, and need not all write. None where it is no crowd. */
export function crowdOf(state: State, id: string): string | undefined {
  const record = recordOf(state, id);
  if (!record)
    return isGoingOn(state.page) && (isCrowded(state) || state.page.more) ? state.page.id : undefined;
  const isCrowd =
    record.page !== undefined &&
    record.closedAt === undefined &&
    alertsOf(state, { id: record.page }).length > FEW;
  return isCrowd ? record.page : undefined;
}

/** As many as can be written down one by one, though all of them close in the same second. */
const FEW = 4;

/** Whether a member may close by phone what the page is about. */
export const mayClose = (state: State): boolean =>
  state.mayWrite === true && namedAlertsOf(state, state.page).length > 0;

/** Who is closing the alerts just now; one who could not is none any more, once the page has gone on or is over. */
const closerOf = (page: Page): number | undefined =>
  isGoingOn(page) && page.closing === page.attempt ? memberAt(page, page.attempt) : undefined;

const factsOf = (id: string, heardAt: number): AlertFacts => ({ id, heardAt });

function closedOnPage(
  state: State,
  id: string,
  alerts: readonly string[],
  at: number,
  by: number | undefined,
): Decision<CallerStep> {
  const byPhone: News[] =
    by === undefined ? [] : [{ kind: 'closed-by-phone', member: by, alerts: alerts.length }];
  // Of those that the book has no room for nobody knows whether they are closed: for them the page goes on.
  if (alertsOf(state, { id }).length > 0 || pageOf(state, id)?.more) {
    const each = alerts.map((alert): News => ({ kind: 'alert-closed', alert }));
    // Whoever closed some by phone hears what else there is.
    return by === undefined
      ? told(state, id, at, hangUp, ...each)
      : told(withTold(state), id, at, hangUp, ...byPhone);
  }
  const last: News = { kind: 'all-closed', ...takingOf(state, alerts, at) };
  const isRinging = isGoingOn(state.page) && state.page.id === id;
  const step = isRinging && by === undefined ? endCall(state.page) : hangUp;
  const ended = isRinging ? withEnd(state, state.page, at) : state;
  return told(ended, id, at, step, ...(by === undefined ? [last] : byPhone));
}

const withEnd = (state: State, page: Page, at: number): State => ({
  ...state,
  page: { ...page, end: { kind: 'closed', at } },
});

/** The call of the page, if it is known by now: one that is being placed is ended once it has a name. */
const endCall = ({ call }: Page): CallerStep => (call ? { kind: 'end-call', call } : hangUp);

/** Who had taken the alerts, and how long before; nothing where nobody had. */
function takingOf(state: State, alerts: readonly string[], at: number): { taker?: number; seconds?: number } {
  const taken = alerts.map((id) => recordOf(state, id)?.taken).find((taking) => taking !== undefined);
  return taken ? { taker: taken.by, seconds: Math.max(0, at - taken.at) } : {};
}

/** All open alerts of a page are a member's now. */
export function takenBy(state: State, page: Page, by: number, at: number): State {
  const isOpenHere = (alert: AlertRecord) => alert.page === page.id && alert.closedAt === undefined;
  return withRecords(state, (alert) =>
    isOpenHere(alert) && !alert.taken
      ? {
          ...alert,
          taken: { by, at, turn: page.turn || undefined, ...(alert.status && { status: alert.status }) },
        }
      : alert,
  );
}
