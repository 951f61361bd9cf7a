/**
 * Closings that nobody tells us of: without Mackerel's webhook, its API has to be asked. Before each further ring it is
 * (lookups); here are the two other moments at which somebody would go by what is over.
 */
import { alertsOf, isInApi, namedAlertsOf } from '../core/escalation/book';
import { isGoingOn, memberAt, type State } from '../core/escalation/state';
import type { MemberStep } from '../core/escalation/step';
import { within } from '../http/time-limit';
import type { Services } from '../services';
import type { Continuation } from '../twilio/continuation';
import type { Outcome } from '../twilio/page-store';
import { closedAmong } from './lookups';

/** The API to ask; null where the webhook tells of closings, and where no key is set. */
const apiAlone = ({ mackerel, config }: Services) => (config.webhookCredentials ? null : mackerel);

/** Milliseconds. Somebody holds the phone to their ear. */
const PICKUP_MS = 1_000;

/**
 * Somebody picked up: what has closed by then, they must not be able to take. Mackerel is asked while the pickup is being
 * saved, and of what only Sync knows after that.
 */
export async function withoutClosed(
  services: Services,
  carried: Continuation,
  saving: Promise<Outcome<MemberStep>>,
): Promise<Outcome<MemberStep>> {
  const mackerel = apiAlone(services);
  if (!mackerel) return saving;
  const until = Date.now() + PICKUP_MS;
  const closedOf = (ids: readonly string[]) =>
    within(Math.max(0, until - Date.now()), 'late', closedAmong(mackerel, ids)).catch(() => []);
  const known = carried.state ? idsOf(carried.state) : [];
  const [first, outcome] = await Promise.all([closedOf(known), saving]);
  if (outcome.state.page?.id !== carried.page) return outcome;
  const others = idsOf(outcome.state).filter((id) => !known.includes(id));
  const closed = [...first, ...(others.length > 0 ? await closedOf(others) : [])];
  return closed.length > 0 ? closedAtPickup(services, carried, outcome, closed) : outcome;
}

const idsOf = (state: State): readonly string[] => namedAlertsOf(state, state.page).map(({ id }) => id);

async function closedAtPickup(
  { pages, now }: Services,
  { page, attempt }: Continuation,
  outcome: Outcome<MemberStep>,
  alerts: readonly string[],
): Promise<Outcome<MemberStep>> {
  const { state, revision, news } = outcome;
  const event = { kind: 'alerts-closed', alerts, at: now() } as const;
  const { step: _, ...closed } = await pages.apply(event, { page, attempt, state, revision });
  const left = closed.state.page;
  const isOver = !left || left.id !== page || (alertsOf(closed.state, left).length === 0 && !left.more);
  const step: MemberStep = isOver
    ? { kind: 'dismiss', member: left ? memberAt(left, attempt) : 0, why: 'over' }
    : outcome.step;
  return { ...closed, step, news: [...news, ...closed.news] };
}

/**
 * What people were rung for, and has closed since: told when it is next seen, at the end of the taker's call and at the
 * next page. Gives what came of it; null where nothing did. What rings just now is asked about before each ring.
 */
export async function closedSince(services: Services, state: State): Promise<Outcome | null> {
  const mackerel = apiAlone(services);
  const isRinging = (page: string) => isGoingOn(state.page) && state.page.id === page;
  const ids = state.alerts
    .filter(isInApi)
    .filter(({ page, closedAt }) => closedAt === undefined && page !== undefined && !isRinging(page))
    .map(({ id }) => id);
  if (!mackerel || ids.length === 0) return null;
  const alerts = await closedAmong(mackerel, ids);
  if (alerts.length === 0) return null;
  return services.pages.apply({ kind: 'alerts-closed', alerts, at: services.now() }, null);
}
