/** The page as the product remembers it in Sync. The one place of the room that knows how it is stored. */
import { alertsOf } from '../../src/core/escalation/book';
import type { State } from '../../src/core/escalation/state';
import type { Switchboard } from '..';
import type { PageSeen } from './journal';

const DOCUMENT = 'mackerel-kaden';

export function pageSeen({ sync }: Pick<Switchboard, 'sync'>): PageSeen | null {
  const state = sync.document(DOCUMENT)?.data as State | undefined;
  if (!state?.page) return null;
  const { id, startedAt, order, attempt, leg, isTest, way, end } = state.page;
  return {
    id,
    startedAt: startedAt * 1000,
    order,
    attempt,
    leg,
    isTest,
    way,
    alerts: alertsOf(state, state.page).map((alert) => alert.id),
    ...(end && { end: { kind: end.kind, at: end.at * 1000, ...(end.kind === 'taken' && { by: end.by }) } }),
  };
}
