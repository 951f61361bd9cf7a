/** An alert that opens, closes, and opens again: of the same monitor and host, each time under another id. */
import type { DialList } from '../../dial-list/list';
import { FLAPPING } from '../../platform/budget';
import type { TrackedAlert } from '../alert';
import { isSameSource, isWorse } from '../alert';
import { alertIn } from '../alerts';
import type { Event } from '../event';
import type { State } from '../state';

/** What opened, as far as it is known, and when. */
type Opened = { readonly alert: TrackedAlert; readonly at: number };

/** Who took it before has it again, and nobody is rung: gives that alert. Null if nobody did, or it has got worse. */
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
  // After an hour, who pressed 1 may be asleep again: it rings.
  return at < closedAt + settleMinutes * 60 && at < taken.at + FLAPPING.withinSeconds;
}

/** What is said from the third time in an hour on. */
export function flapping(state: State, { alert, at }: Opened, page: string): Event[] {
  const within = earlier(state, alert).filter(({ heardAt }) => heardAt > at - FLAPPING.withinSeconds);
  const times = within.length + 1;
  return times >= FLAPPING.from ? [{ kind: 'flapping', alert: alert.id, times, page, at }] : [];
}

const earlier = ({ alerts }: State, alert: TrackedAlert): TrackedAlert[] =>
  alerts.filter(
    (record) => record.id !== alert.id && record.closedAt !== undefined && isSameSource(record, alert),
  );

/** Whether what opens now may be one of those: worth a look at the alerts that have closed. */
export function mayFlap({ settleMinutes }: DialList, { page, ended }: State, at: number): boolean {
  const closedAts = [page, ...ended].flatMap((one) => {
    const closedAt = one?.end?.kind === 'closed' ? one.end.at : one?.closedAt;
    return closedAt === undefined ? [] : [closedAt];
  });
  return closedAts.some((closedAt) => at < closedAt + Math.max(settleMinutes * 60, FLAPPING.withinSeconds));
}
