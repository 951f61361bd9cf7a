/** Who has an alert: derived from the end of its page, never copied. */
import type { DialList } from '../dial-list/list';
import {
  type AlertItem,
  isGoingOn,
  isJustTaken,
  latestPageOf,
  mayFlap,
  type Notify,
  type Page,
  type PageEnd,
  type State,
  statusAt,
  type TrackedAlert,
  withAlerts,
} from '../escalation';
import { ALERTS, PAGE } from '../platform/budget';
import type { StoredAlert } from './alert-store';
import type { Coming } from './coming';
import type { History } from './history';
import type { Stored } from './page-store';

/** An alert as a decision needs it. Fails if Sync does not say how its page ended. */
export async function tracked(
  item: AlertItem,
  state: State,
  history: History,
  list: DialList,
): Promise<{ readonly alert: TrackedAlert; readonly pageSize: number }> {
  const { page: label } = item;
  if (label === undefined) return { alert: item, pageSize: 0 };
  const page = latestPageOf(state, label);
  if (isGoingOn(page)) return { alert: item, pageSize: 0 };
  const past = await history.of(page?.id ?? label, list);
  if (!past && page?.end && isInDoubt(item, page.end)) throw new Undecided(page);
  const isOnRecord = past?.alerts.includes(item.id) || item.isLate;
  // No record yet: the webhook that ends the page lists the alerts that claim it. If that page closed, an open alert
  // is not on it.
  const isClaimed = page ? page.end?.kind !== 'closed' : false;
  const isOn = past ? isOnRecord : isClaimed;
  if (!isOn) return { alert: { ...item, page: undefined }, pageSize: 0 };
  const end = page?.end ?? past?.end;
  const turn = page?.turn ?? past?.turn ?? 0;
  return { alert: withEnd(item, end ?? null, turn), pageSize: past?.alerts.length ?? 1 };
}

/**
 * The alert claims a page that ended about then, and is not on record yet: only the record says whether it is on that
 * page.
 */
export class Undecided extends Error {
  override name = 'Undecided';
  constructor(readonly page: Page) {
    super('Whether an alert is on a page that has ended is not on record yet');
  }
}

const isInDoubt = ({ joinedMs = 0, isLate }: AlertItem, end: PageEnd) =>
  !isLate && joinedMs > end.at * 1000 - ALERTS.doubtMs;

export function withEnd(item: AlertItem, end: PageEnd | null, turn: number): TrackedAlert {
  if (end?.kind !== 'taken') return item;
  const { by, at } = end;
  const status = statusAt(item, at);
  return { ...item, taken: { by, at, turn, ...(status && { status }) } };
}

/** A state's alerts with their takers, as far as the document says. */
export function withTakings(state: State): State {
  const alerts = state.alerts.map((alert) => {
    const page = alert.page === undefined ? null : latestPageOf(state, alert.page);
    return page?.end ? withEnd(alert, page.end, page.turn) : alert;
  });
  return { ...state, alerts };
}

/** The document with the alert, and with all that there are if the decision is about those as well. */
export async function viewed(
  { stores, known }: Coming,
  command: Notify,
  item: StoredAlert,
  { data }: Stored,
) {
  const { list, alerts, history } = stores;
  const { page } = data;
  const { at, shut } = command;
  const { alert, pageSize } = await tracked(item.data, data, history, list);
  const { openedAt = Number.POSITIVE_INFINITY } = command.alert;
  const isAfterTaking =
    page?.end?.kind === 'taken' && openedAt <= page.end.at && at < page.end.at + PAGE.togetherSeconds;
  const isBehind = isJustTaken(page, at) && shut !== page.id;
  const isToList = (isAfterTaking && !isBehind) || mayFlap(list, data, at);
  const others = isToList ? (await alerts.list()).map((other) => other.data) : [];
  const own = known.isOwn ? { ...alert, call: undefined } : alert;
  const state: State = withAlerts(withTakings({ ...data, alerts: others }), [own]);
  return { view: state, isCrowd: pageSize > ALERTS.few };
}
