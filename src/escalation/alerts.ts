/** The alerts that a decision knows of: each is an item of its own in Sync, written by webhooks about that alert. */
import { type AlertDetails, type AlertItem, type TrackedAlert, UNKNOWN_ID, worstFirst } from './alert';
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
