/** What joins a page late: alerts that were put aside for it in a storm. */
import { type AlertFacts, merged } from '../core/alert';
import { recordOf } from '../core/escalation/book';
import type { Aside } from '../core/escalation/event';
import type { Services } from '../services';
import type { Outcome } from '../twilio/page-store';

/**
 * What was put aside for a page that goes on, and what Mackerel's webhook told of its alerts: the member who picked up
 * hears of it. What was told is saved with the next thing that happens; for it alone nobody is kept waiting.
 */
export async function withJoined<T extends Outcome>(
  { pages, now }: Services,
  outcome: T,
  aside: Aside | null,
  told: readonly AlertFacts[],
): Promise<T> {
  const toldOf = new Map(told.map((alert) => [alert.id, alert]));
  const named = <A extends AlertFacts>(alert: A): A => {
    const fresh = alert.monitor === undefined ? toldOf.get(alert.id) : undefined;
    return fresh ? merged(alert, fresh) : alert;
  };
  const state = { ...outcome.state, alerts: outcome.state.alerts.map(named) };
  const { page } = state;
  const isNew = (id: string) => recordOf(state, id)?.page !== page?.id;
  const alerts = (aside?.alerts ?? []).filter(({ id }) => isNew(id)).map(named);
  if (!page || alerts.length === 0) return { ...outcome, state };
  const carried = { page: page.id, attempt: page.attempt, state, revision: outcome.revision };
  const joined = await pages.apply(
    { kind: 'alerts-joined', page: page.id, alerts, areTold: true, at: now() },
    carried,
  );
  return { ...outcome, state: joined.state, revision: joined.revision };
}
