/** Alerts of the same monitor and host that open, close and open again, each time under another id. */
import type { DialList } from '../../dial-list/list';
import { FLAPPING } from '../../platform/budget';
import { isSameSource, isWorse, type TrackedAlert } from '../alert';
import { alertIn } from '../alerts';
import type { Event } from '../event';
import type { State } from '../state';

/** The alert that opens, and when. */
type Opened = { readonly alert: TrackedAlert; readonly at: number };

/** The earlier alert whose taker has this one, too, so that nobody is rung; null if there is none, or this one is worse. */
export function settledAs(list: DialList, state: State, opened: Opened): TrackedAlert | null {
  if (alertIn(state, opened.alert.id)?.page !== undefined) return null;
  const [last] = earlier(state, opened.alert)
    .filter(({ taken }) => taken !== undefined)
    .sort((one, other) => (other.closedAt ?? 0) - (one.closedAt ?? 0));
  return last && isStillTheirs(list, last, opened) ? last : null;
}

function isStillTheirs(
  { settleMinutes, members }: DialList,
  { taken, closedAt = 0 }: TrackedAlert,
  { alert, at }: Opened,
): boolean {
  if (!taken || taken.by >= members.length || isWorse(alert.status, taken.status)) return false;
  // An hour after key 1, the taker may be asleep again.
  return at < closedAt + settleMinutes * 60 && at < taken.at + FLAPPING.withinSeconds;
}

/** From the third time within an hour, Slack mentions it. */
export function flapping(state: State, { alert, at }: Opened, page: string): Event[] {
  const within = earlier(state, alert).filter(({ heardAt }) => heardAt > at - FLAPPING.withinSeconds);
  const times = within.length + 1;
  return times >= FLAPPING.from ? [{ kind: 'flapping', alert: alert.id, times, page, at }] : [];
}

const earlier = ({ alerts }: State, alert: TrackedAlert): TrackedAlert[] =>
  alerts.filter(
    (record) => record.id !== alert.id && record.closedAt !== undefined && isSameSource(record, alert),
  );

/** Whether an alert that opens now may be flapping, so that the closed ones are worth a look. */
export function mayFlap({ settleMinutes }: DialList, { page, ended }: State, at: number): boolean {
  const closedAts = [page, ...ended].flatMap((one) => {
    const closedAt = one?.end?.kind === 'closed' ? one.end.at : one?.closedAt;
    return closedAt === undefined ? [] : [closedAt];
  });
  return closedAts.some((closedAt) => at < closedAt + Math.max(settleMinutes * 60, FLAPPING.withinSeconds));
}
