/**
 * News about a page's alerts: which joined, got worse, or closed since the last post. It is not stored, since it
 * follows from the alerts.
 */
import {
  type AlertItem,
  isGoingOn,
  isOnPage,
  isWorse,
  type LoggedNews,
  type Page,
  type State,
  worstFirst,
} from '../escalation';
import { ALERTS, NEWS } from '../platform/budget';

/** What has been posted about the alerts of a page: the ids that there is room for, and all counts. */
export type AlertsPosted = {
  readonly joined: number;
  readonly joinedIds: readonly string[];
  readonly closed: number;
  readonly closedIds: readonly string[];
  /** Seconds since the epoch. An alert that got worse later has not been posted. */
  readonly at: number;
};

export function newsOfAlerts(state: State, page: Page, posted?: AlertsPosted): readonly LoggedNews[] {
  const own = state.alerts.filter((alert) => isOnPage(alert, page));
  return [...joined(own, page, posted), ...worse(own, page, posted), ...closed(own, page, posted)].sort(
    (one, other) => one.at - other.at,
  );
}

export const pagesIn = ({ page, ended }: State): readonly Page[] => [...ended, ...(page ? [page] : [])];

const secondsOf = ({ joinedMs, heardAt }: AlertItem) =>
  joinedMs === undefined ? heardAt : Math.floor(joinedMs / 1000);

function joined(own: readonly AlertItem[], page: Page, posted?: AlertsPosted): LoggedNews[] {
  const others = own.filter(({ id, page: label }) => id !== page.first && label === page.id);
  const count = others.length - (posted?.joined ?? 0);
  if (count <= 0) return [];
  const fresh = others.filter(({ id }) => !posted?.joinedIds.includes(id));
  // The ids may be cut off. The count still says how many alerts are new.
  const latest = [...fresh].sort((one, other) => secondsOf(one) - secondsOf(other)).slice(-count);
  const [before, behind] = [false, true].map((isBehind) =>
    latest.filter((alert) => isBehindTake(alert, page) === isBehind),
  );
  const taker = page.end?.kind === 'taken' ? { taker: page.end.by } : {};
  return [...inLines(before ?? [], page, {}), ...inLines(behind ?? [], page, taker)];
}

/** The alert came while the taker was hearing our confirmation, or later. */
const isBehindTake = (alert: AlertItem, { end }: Page) =>
  end?.kind === 'taken' && (alert.joinedMs ?? 0) >= (end.at + 1) * 1000;

function inLines(alerts: readonly AlertItem[], page: Page, taker: { readonly taker?: number }): LoggedNews[] {
  const joins = (ids: readonly string[], at: number, more = 0): LoggedNews => ({
    kind: 'joined',
    alerts: ids,
    ...(more > 0 && { more }),
    ...taker,
    page: page.id,
    at,
  });
  if (alerts.length <= NEWS.lines) return alerts.map((alert) => joins([alert.id], secondsOf(alert)));
  const named = [...alerts].sort(worstFirst).slice(0, NEWS.named);
  const at = Math.max(...alerts.map(secondsOf));
  return [
    joins(
      named.map(({ id }) => id),
      at,
      alerts.length - named.length,
    ),
  ];
}

function worse(own: readonly AlertItem[], page: Page, posted?: AlertsPosted): LoggedNews[] {
  if (!isGoingOn(page)) return [];
  return own.flatMap((alert) => {
    const [before, last] = (alert.statuses ?? []).slice(-2);
    if (!before || !last || alert.closedAt !== undefined) return [];
    const isNew = last[1] > (posted?.at ?? page.startedAt) && last[1] > secondsOf(alert);
    return isNew && isWorse(last[0], before[0])
      ? [{ kind: 'worse' as const, alert: alert.id, page: page.id, at: last[1] }]
      : [];
  });
}

/** Leaves out alerts that a member closed by phone, and the last one to close: those are news of the page itself. */
function closed(own: readonly AlertItem[], page: Page, posted?: AlertsPosted): LoggedNews[] {
  if (page.end?.kind === 'closed' || page.closedAt !== undefined || own.length > ALERTS.few) return [];
  return own.flatMap(({ id, closedAt, closedBy }) =>
    closedAt === undefined || closedBy !== undefined || posted?.closedIds.includes(id)
      ? []
      : [{ kind: 'alert-closed' as const, alert: id, page: page.id, at: closedAt }],
  );
}

/** What has been posted once all current news is. */
export function alertsPosted(state: State, page: Page): AlertsPosted {
  const own = state.alerts.filter((alert) => isOnPage(alert, page));
  const others = own.filter(({ id, page: label }) => id !== page.first && label === page.id);
  const closed = own.filter(({ closedAt }) => closedAt !== undefined);
  const ids = (alerts: readonly AlertItem[]) => alerts.map(({ id }) => id).slice(-NEWS.ids);
  const at = Math.max(page.startedAt, ...own.map(({ statuses }) => statuses?.at(-1)?.[1] ?? 0));
  return { joined: others.length, joinedIds: ids(others), closed: closed.length, closedIds: ids(closed), at };
}
