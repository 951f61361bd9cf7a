/** An alert that opens, closes, and opens again: of the same monitor and host, each time under another id. */
import { type AlertFacts, isSameSource, isWorse } from '../alert';
import type { DialList } from '../dial-list';
import { type AlertRecord, recordOf, withAlert } from './book';
import { type Decision, hangUp, told } from './decision';
import type { News } from './news';
import type { State } from './state';
import type { CallerStep } from './step';

/** Seconds. After that, who pressed 1 may be asleep again: it rings. */
const HOUR = 60 * 60;
const FLAPPING_FROM = 3;

type Opened = { readonly alert: AlertFacts; readonly at: number };

/** Who took it before has it again, and nobody is rung. Null where nobody did, or it has got worse. */
export function settling(list: DialList, state: State, event: Opened): Decision<CallerStep> | null {
  const { alert, at } = event;
  const known = { ...recordOf(state, alert.id), ...alert };
  const [last] = earlier(state, known)
    .filter(({ taken }) => taken !== undefined)
    .sort((one, other) => (other.closedAt ?? 0) - (one.closedAt ?? 0));
  if (!last?.taken || !isStillTheirs(list, last, known, at)) return null;
  const book = withAlert(state, alert, { page: last.page, taken: last.taken });
  const news: News = { kind: 'settling', alert: alert.id, member: last.taken.by };
  return told(book, last.page ?? '', at, hangUp, news, ...flapping(state, event));
}

function isStillTheirs(
  { settleMinutes, members }: DialList,
  { taken, closedAt = 0 }: AlertRecord,
  alert: AlertFacts,
  at: number,
): boolean {
  if (!taken || taken.by >= members.length || isWorse(alert.status, taken.status)) return false;
  return at < closedAt + settleMinutes * 60 && at < taken.at + HOUR;
}

/** What is to be told from the third time in an hour on. */
export function flapping(state: State, { alert, at }: Opened): News[] {
  const known = { ...recordOf(state, alert.id), ...alert };
  const times = earlier(state, known).filter(({ heardAt }) => heardAt > at - HOUR).length + 1;
  return times >= FLAPPING_FROM ? [{ kind: 'flapping', alert: alert.id, times }] : [];
}

const earlier = ({ alerts }: State, alert: AlertFacts): AlertRecord[] =>
  alerts.filter(
    (record) => record.id !== alert.id && record.closedAt !== undefined && isSameSource(record, alert),
  );

/** Whether what opens now may be one of those: worth a look at what the webhook told of it. */
export const maySettle = ({ settleMinutes }: DialList, { alerts }: State, at: number): boolean =>
  alerts.some(({ taken, closedAt = 0 }) => taken && at < closedAt + settleMinutes * 60);
