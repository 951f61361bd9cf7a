/** Alerts close, by themselves or by a member's phone. */
import type { BeginClosing, CloseAll, ClosedByPhone, MoveWatch } from '../command';
import type { Event } from '../event';
import { isGoingOn, memberAt, type Page } from '../page';
import { pageOf, presentRing, type State } from '../state';

/** A member begins to close the alerts by phone. They get the credit, whichever webhook reports the closing first. */
export function beginClosing(state: State, { page, attempt, at }: BeginClosing): Event[] {
  return presentRing(state, { page, attempt }) ? [{ kind: 'closing-began', attempt, page, at }] : [];
}

/** No alert of the page is open any more. */
export function closeAll(state: State, command: CloseAll): Event[] {
  const { page: id, alerts, by, at } = command;
  const page = pageOf(state, id);
  if (!page || page.end?.kind === 'closed' || page.closedAt !== undefined) return [];
  const { watch = page.watch, lap = page.lap } = command;
  if (watch !== page.watch || lap !== page.lap) return [];
  const isUnrung = isGoingOn(page) && command.unrung === page.attempt;
  const withdrawn: Event[] = isUnrung
    ? [{ kind: 'ring-withdrawn', attempt: page.attempt, page: id, at }]
    : [];
  const closed: Event[] = [...withdrawn, { kind: 'page-closed', page: id, at }];
  const closer = by ?? closerOf(page);
  if (closer !== undefined)
    return [...closed, { kind: 'closed-by-phone', member: closer, alerts, page: id, at }];
  const taking =
    page.end?.kind === 'taken' ? { taker: page.end.by, seconds: Math.max(0, at - page.end.at) } : {};
  return [...closed, { kind: 'all-closed', ...taking, page: id, at }];
}

/** The member who is closing the alerts by phone. Once the page has gone on, they are not any more. */
const closerOf = (page: Page): number | undefined =>
  isGoingOn(page) && page.closing === page.attempt ? memberAt(page, page.attempt) : undefined;

/** Another open alert stands for the page. */
export function moveWatch(state: State, { page: id, from, to, shutLap, at }: MoveWatch): Event[] {
  const page = pageOf(state, id);
  if (!page || page.watch !== from || page.end?.kind === 'closed') return [];
  const lap = shutLap === page.lap ? page.lap + 1 : page.lap;
  return [{ kind: 'watch-moved', alert: to, lap, page: id, at }];
}

export function closedByPhone(state: State, { page: id, by, alerts, at }: ClosedByPhone): Event[] {
  return alerts > 0 && pageOf(state, id)
    ? [{ kind: 'closed-by-phone', member: by, alerts, page: id, at }]
    : [];
}
