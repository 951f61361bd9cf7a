import { recordOf } from '../core/escalation/book';
import type { Services } from '../services';
import type { PutAside } from '../twilio/inbox';
import type { Outcome } from '../twilio/page-store';

/** What was put aside for a page that goes on: the member who picked up hears of it. */
export async function withJoined<T extends Outcome>(
  { pages, now }: Services,
  outcome: T,
  aside: readonly PutAside[],
): Promise<T> {
  const page = outcome.state.page;
  const isNew = (id: string) => recordOf(outcome.state, id)?.page !== page?.id;
  const alerts = aside.map(({ alert }) => alert).filter(({ id }) => isNew(id));
  if (!page || alerts.length === 0) return outcome;
  const carried = { page: page.id, attempt: page.attempt, state: outcome.state, revision: outcome.revision };
  const joined = await pages.apply(
    { kind: 'alerts-joined', page: page.id, alerts, areTold: true, at: now() },
    carried,
  );
  return { ...outcome, state: joined.state, revision: joined.revision };
}
