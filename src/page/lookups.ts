/** What Mackerel's API tells of the alerts of a page. */
import type { AlertFacts } from '../core/alert';
import { alertsOf } from '../core/escalation/book';
import type { State } from '../core/escalation/state';
import { factsOf, isClosed } from '../mackerel/api';
import type { Services } from '../services';

/** Alerts whose names are asked for at once: those that are spoken and the first in Slack. */
const MOST_NAMED = 5;

/** The alerts of a page that Mackerel says are closed by now; none where it does not say. */
export async function closedAlerts({ mackerel }: Services, state: State | null): Promise<readonly string[]> {
  const ids = state ? alertsOf(state, state.page).map(({ id }) => id) : [];
  const [first] = ids;
  if (!mackerel || first === undefined) return [];
  if (ids.length === 1) {
    const answer = await mackerel.alert(first);
    return answer.ok && isClosed(answer.value) ? [first] : [];
  }
  const answer = await mackerel.openAlerts();
  if (!answer.ok || !answer.value.isAll) return [];
  const open = new Set(answer.value.alerts.map(({ id }) => id));
  return ids.filter((id) => !open.has(id));
}

/**
 * Learns what the alerts of a page are called and, once, whether our key may write. Off the voice path: the phone
 * is ringing meanwhile. True where something was learned.
 */
export async function learn(services: Services, state: State): Promise<boolean> {
  const { mackerel, pages, now } = services;
  const [worst] = alertsOf(state, state.page);
  if (!mackerel || !worst) return false;
  const nameless = alertsOf(state, state.page).filter(({ monitor }) => monitor === undefined);
  const [mayWrite, ...found] = await Promise.all([
    state.mayWrite ?? mackerel.mayWrite(worst.id),
    ...nameless.slice(0, MOST_NAMED).map(({ id }) => lookUp(services, id)),
  ]);
  // One after another: each is a write to the same document.
  for (const alert of found) {
    if (alert) await pages.apply({ kind: 'alert-reported', alert, at: now() }, null);
  }
  if (mayWrite !== null) await pages.apply({ kind: 'key-tried', mayWrite, at: now() }, null);
  return true;
}

async function lookUp({ mackerel, now }: Services, id: string): Promise<AlertFacts | null> {
  const answer = await mackerel?.alert(id);
  if (!mackerel || !answer?.ok) return null;
  return { ...factsOf(answer.value, now()), ...(await mackerel.namesOf(answer.value)) };
}
