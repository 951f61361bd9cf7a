/** The alerts that a decision knows of: each is an item of its own in Sync, written by webhooks about that alert. */
import { type AlertDetails, type AlertStatus, merged, UNKNOWN_ID, worstFirst } from './alert';
import type { AlertItem, TrackedAlert } from './alert-item';
import type { Page } from './page';
import { pageOf, type State } from './state';

export const alertIn = ({ alerts }: Pick<State, 'alerts'>, id: string): TrackedAlert | undefined =>
  alerts.find((alert) => alert.id === id);

const isOpen = ({ closedAt }: AlertItem) => closedAt === undefined;

/** Whether an alert is on a page: by its own claim, or because the page continues the one that it was on. */
export const isOnPage = (
  { page: label }: AlertItem,
  { id, continues = [] }: Pick<Page, 'id' | 'continues'>,
) => label !== undefined && (label === id || continues.includes(label));

/** The page that an alert claims, or the one that took it up since; null if the document has forgotten it. */
export function latestPageOf(state: State, label: string): Page | null {
  const pages = [...(state.page ? [state.page] : []), ...[...state.ended].reverse()];
  return pages.find(({ continues = [] }) => continues.includes(label)) ?? pageOf(state, label);
}

/** The open alerts of a page, the worst first. */
export function alertsOf(state: Pick<State, 'alerts'>, page: Page | null): readonly TrackedAlert[] {
  if (!page) return [];
  return state.alerts.filter((alert) => isOnPage(alert, page) && isOpen(alert)).sort(worstFirst);
}

/** Those of them that Mackerel's API can be asked about. */
export const namedAlertsOf = (state: Pick<State, 'alerts'>, page: Page | null): readonly TrackedAlert[] =>
  alertsOf(state, page).filter(isInApi);

/** Nobody knows which alert one of unknown id is; alert groups are not in Mackerel's API. */
export const isInApi = ({ id, isGroup }: AlertDetails): boolean => id !== UNKNOWN_ID && !isGroup;

/** Whether a member may close by phone what the page is about. */
export const mayClose = (state: State): boolean =>
  state.mayWrite === true && namedAlertsOf(state, state.page).length > 0;

/** What a page is, or was, about: its open alerts, or those that have closed once none is open. */
export function subjectsOf(state: State, id: string): readonly TrackedAlert[] {
  const page = pageOf(state, id);
  const open = alertsOf(state, page);
  if (open.length > 0) return open;
  const isOfPage = (alert: TrackedAlert) => (page ? isOnPage(alert, page) : alert.page === id);
  return state.alerts.filter(isOfPage).sort(worstFirst);
}

/** What is known of the alert itself. */
export function factsIn({
  page: _,
  joinedMs: __,
  call: ___,
  isLate: ____,
  statuses: _____,
  closedAt: ______,
  closedBy: _________,
  notifiedAt: ___________,
  taken: _______,
  isNewcomer: ________,
  isUnsaved: __________,
  ...facts
}: TrackedAlert): AlertDetails {
  return facts;
}

const STATUSES_KEPT = 4;

/** An item with what is newly known of its alert. */
export function withFacts(known: AlertItem, fresh: AlertDetails, at: number): AlertItem {
  const alert = merged(known, fresh);
  if (fresh.status === undefined || fresh.status === known.status) return alert;
  const statuses = [...(known.statuses ?? []), [fresh.status, at] as const].slice(-STATUSES_KEPT);
  return { ...alert, statuses };
}

/** How bad an alert was known to be at a time; at first known, if that came later. */
export function statusAt({ statuses = [], status }: AlertItem, at: number): AlertStatus | undefined {
  const [, ...later] = statuses;
  const last = later.filter(([, since]) => since <= at).at(-1);
  return (last ?? statuses[0])?.[0] ?? status;
}

/** The state with some alerts looked up anew, or changed. */
export function withAlerts(state: State, alerts: readonly TrackedAlert[]): State {
  const isFresh = ({ id }: TrackedAlert) => alerts.some((alert) => alert.id === id);
  return { ...state, alerts: [...state.alerts.filter((alert) => !isFresh(alert)), ...alerts] };
}
