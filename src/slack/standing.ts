/** How a page stands, in one line. After a page is over, its alerts decide, which may be on another page by then. */
import type { DialList } from '../dial-list/list';
import {
  alertIn,
  alertsOf,
  isGoingOn,
  isOnPage,
  memberAt,
  type Page,
  ringsOf,
  type State,
  type TrackedAlert,
  turnsBefore,
} from '../escalation';
import { type Depth, FULL } from './depth';
import { namesIn } from './names';
import { phrasesIn } from './phrase-book';
import type { PageStanding } from './phrases';

/** A page: its state, if it is still known, and the alerts that its message named last. */
export type Subject = {
  readonly id: string;
  readonly page: Page | null;
  readonly alerts?: readonly string[];
};

/** Null if nothing is known of the page any more. */
export function standingOf(
  list: DialList,
  state: State,
  subject: Subject,
  depth: Depth = FULL,
): string | null {
  const { page } = subject;
  const isPresent = isGoingOn(page) && page.id === state.page?.id;
  const standing =
    (isPresent ? null : afterwardsOf(state, subject)) ?? (page && ofPage(page, isAllClosed(state, page)));
  return standing && phrasesIn(list.language).standing(standing, namesIn(list, state, depth));
}

function ofPage(page: Page, isAllClosed: boolean): PageStanding {
  const { end, leg, attempt, members, isTest, passes = 0 } = page;
  if (!end && leg === 'pausing') return { kind: 'pausing' };
  if (!end) {
    const place = (turnsBefore(page, attempt) % members) + 1;
    const round = Math.floor(ringsOf(page) / members) + 1;
    return { kind: 'calling', member: memberAt(page, attempt), place, members, round };
  }
  const hasPasses = passes > 0;
  switch (end.kind) {
    case 'taken':
      return isAllClosed ? { kind: 'closed-since', by: end.by } : { kind: 'taken', by: end.by, isTest };
    case 'unanswered':
      if (isAllClosed) return { kind: 'closed-since', hasPasses };
      return end.isPassed ? { kind: 'all-passed' } : { kind: 'nobody', hasPasses };
    case 'closed':
      return { kind: 'closed' };
  }
}

/** Whether the message cannot change any more. */
export function isSettled(state: State, subject: Subject): boolean {
  const { alerts = [] } = subject;
  const isClosed = (record: TrackedAlert | undefined) => record?.closedAt !== undefined;
  return alerts.every((id) => isClosed(alertIn(state, id))) && recordsOf(state, subject).every(isClosed);
}

/** All known alerts of a page, the open ones first. Its message may have named only some of them. */
export function recordsOf(state: State, { id, alerts = [] }: Subject): readonly TrackedAlert[] {
  const known = state.alerts.filter((record) => record.page === id || alerts.includes(record.id));
  const isOpen = ({ closedAt }: TrackedAlert) => closedAt === undefined;
  return [...known.filter(isOpen), ...known.filter((record) => !isOpen(record))];
}

/** No known alert of the page is open any more. */
const isAllClosed = (state: State, page: Page): boolean =>
  page.closedAt !== undefined ||
  (alertsOf(state, page).length === 0 && state.alerts.some((alert) => isOnPage(alert, page)));

/** Null if the page itself says how things stand, or nothing is known. */
function afterwardsOf(state: State, subject: Subject): PageStanding | null {
  const { id, page } = subject;
  const known = recordsOf(state, subject);
  if (known.length === 0 || (page && known.every((record) => record.page === id))) return null;
  const open = known.filter((record) => record.closedAt === undefined);
  if (open.length === 0) return { kind: 'closed-since', hasPasses: true, ...takerOf(known) };
  const isElsewhere = open.some((record) => record.page !== id);
  if (open.some(({ taken }) => !taken)) return isElsewhere ? { kind: 'rung-again' } : null;
  const taker = takerOf(open);
  return taker ? { kind: 'taken', ...taker, isLater: isElsewhere } : null;
}

function takerOf(records: readonly TrackedAlert[]): { by: number } | undefined {
  const taken = records.map((record) => record.taken).find((taking) => taking !== undefined);
  return taken && { by: taken.by };
}
