/** The alerts that a decision knows. Each is an item of its own in Sync, written by webhooks about that alert. */
import { type AlertDetails, type AlertItem, type TrackedAlert, UNKNOWN_ID, worstFirst } from './alert';
import type { Page } from './page';
import { pageOf, type State } from './state';

export const alertIn = ({ alerts }: Pick<State, 'alerts'>, id: string): TrackedAlert | undefined =>
  alerts.find((alert) => alert.id === id);

const isOpen = ({ closedAt }: AlertItem) => closedAt === undefined;

/** Whether an alert is on a page: it claims that page, or one that the page has taken up. */
export const isOnPage = (
  { page: label }: AlertItem,
  { id, continues = [] }: Pick<Page, 'id' | 'continues'>,
) => label !== undefined && (label === id || continues.includes(label));

/** The page that an alert claims, or the page that has taken that one up; null if the document has forgotten it. */
export function latestPageOf(state: State, label: string): Page | null {
  const pages = [...(state.page ? [state.page] : []), ...[...state.ended].reverse()];
  return pages.find(({ continues = [] }) => continues.includes(label)) ?? pageOf(state, label);
}

/** The open alerts of a page, the worst first. */
export function alertsOf(state: Pick<State, 'alerts'>, page: Page | null): readonly TrackedAlert[] {
  if (!page) return [];
  return state.alerts.filter((alert) => isOnPage(alert, page) && isOpen(alert)).sort(worstFirst);
}

/** The open alerts about which Mackerel's API can be asked. */
export const namedAlertsOf = (state: Pick<State, 'alerts'>, page: Page | null): readonly TrackedAlert[] =>
  alertsOf(state, page).filter(isInApi);

/** An alert of unknown id cannot be looked up, and Mackerel's API does not know groups. */
export const isInApi = ({ id, isGroup }: AlertDetails): boolean => id !== UNKNOWN_ID && !isGroup;

/** Whether a member may close the page's alerts by phone. */
export const mayClose = (state: State): boolean =>
  state.mayWrite === true && namedAlertsOf(state, state.page).length > 0;

/** The open alerts of a page, or all that it was about if none is open any more. */
export function subjectsOf(state: State, id: string): readonly TrackedAlert[] {
  const page = pageOf(state, id);
  const open = alertsOf(state, page);
  if (open.length > 0) return open;
  const isOfPage = (alert: TrackedAlert) => (page ? isOnPage(alert, page) : alert.page === id);
  return state.alerts.filter(isOfPage).sort(worstFirst);
}
