/** The page as the product remembers it in Sync. The one place of the room that knows its stored form. */
import { type AlertItem, alertsOf, orderOf, type State } from '../../src/escalation';
import type { Switchboard } from '..';
import type { PageSeen } from './journal';

const DOCUMENT = 'mackerel-kaden';
const MAPS = ['mackerel-kaden.alerts.0', 'mackerel-kaden.alerts.1'];

export function pageSeen({ sync }: Pick<Switchboard, 'sync'>): PageSeen | null {
  const state = sync.document(DOCUMENT)?.data as State | undefined;
  if (!state?.page) return null;
  const { id, startedAt, attempt, leg, isTest, way, end } = state.page;
  const alerts = MAPS.flatMap((map) => sync.items(map).map(({ data }) => data as AlertItem));
  return {
    id,
    startedAt: startedAt * 1000,
    order: orderOf(state.page),
    attempt,
    leg,
    isTest,
    way,
    alerts: alertsOf({ alerts }, state.page).map((alert) => alert.id),
    ...(end && { end: { kind: end.kind, at: end.at * 1000, ...(end.kind === 'taken' && { by: end.by }) } }),
  };
}
