/** What joins a page late: alerts that were put aside for it in a storm. */
import { recordOf } from '../core/escalation/book';
import type { Aside } from '../core/escalation/event';
import type { Services } from '../services';
import type { Outcome } from '../twilio/page-store';

/** What was put aside for a page that goes on: the member who picked up hears of it. */
export async function withJoined<T extends Outcome>(
  { pages, now }: Services,
  outcome: T,
  aside: Aside | null,
): Promise<T> {
  const page = outcome.state.page;
  const isNew = (id: string) => recordOf(outcome.state, id)?.page !== page?.id;
  const alerts = (aside?.alerts ?? []).filter(({ id }) => isNew(id));
  if (!page || alerts.length === 0) return outcome;
  const carried = { page: page.id, attempt: page.attempt, state: outcome.state, revision: outcome.revision };
  const joined = await pages.apply(
    { kind: 'alerts-joined', page: page.id, alerts, areTold: true, at: now() },
    carried,
  );
  return { ...outcome, state: joined.state, revision: joined.revision };
}
