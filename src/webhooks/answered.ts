/** A member, or a voicemail, picked up: they hear of all alerts. */
import { alertsOf, type MemberStep, memberAt, pageOf, type TrackedAlert } from '../escalation';
import { MACKEREL } from '../platform/budget';
import type { Params } from '../platform/params';
import type { Services } from '../platform/services';
import { within } from '../platform/time';
import type { Continuation } from '../store/continuation';
import { listAlerts, withListed } from '../store/list-alerts';
import type { Outcome } from '../store/page-store';
import type { Briefed } from '../voice/caller';
import { inTurn } from './steps/carried';
import { apiAlone, closeAlerts, closedAmong, idsOf } from './steps/check-alerts';
import { secureTake } from './steps/secure-take';

/** The result of a pickup or a key, and what the member has heard by then. */
export type Heard = Outcome<MemberStep> & {
  readonly briefed?: Briefed;
  /** What the member will have heard after the answer, if that is more. */
  readonly heard?: Briefed;
};

/** Somebody picked up, or wants to hear the message again. */
export async function answered(services: Services, carried: Continuation, params: Params): Promise<Heard> {
  const { pages, now } = services;
  const { page, attempt } = carried;
  const atMs = Date.now();
  const listing = listAlerts(services);
  const saving = pages.apply({ kind: 'answer', page, attempt, at: now() }, carried);
  const outcome = await withoutClosed(services, carried, withAll(saving, listing));
  await secureTake(services, outcome, carried, params);
  const { state } = outcome;
  return { ...outcome, briefed: { atMs, alerts: alertsOf(state, state.page).length } };
}

/** An outcome with all alerts. */
export async function withAll<O extends Outcome>(
  saving: Promise<O>,
  listing: Promise<readonly TrackedAlert[] | null>,
): Promise<O> {
  const [outcome, listed] = await Promise.all([saving, listing]);
  return { ...outcome, state: withListed(outcome.state, listed) };
}

/** A closed alert must not be taken. Without Mackerel's webhook nothing reports closings, so its API is asked. */
async function withoutClosed(
  services: Services,
  carried: Continuation,
  saving: Promise<Outcome<MemberStep>>,
): Promise<Outcome<MemberStep>> {
  const mackerel = apiAlone(services);
  if (!mackerel) return saving;
  const until = Date.now() + MACKEREL.pickupMs;
  const closedOf = (ids: readonly string[]) =>
    within(Math.max(0, until - Date.now()), 'late', closedAmong(mackerel, ids)).catch(() => []);
  // The alerts in the URL are asked about while the pickup is saved, and those that only Sync knows afterwards.
  const known = carried.state ? idsOf(carried.state) : [];
  const [first, outcome] = await Promise.all([closedOf(known), saving]);
  if (outcome.state.page?.id !== carried.page) return outcome;
  const others = idsOf(outcome.state).filter((id) => !known.includes(id));
  const closed = [...first, ...(others.length > 0 ? await closedOf(others) : [])];
  return closed.length > 0 ? closedAtPickup(services, carried, outcome, closed) : outcome;
}

async function closedAtPickup(
  services: Services,
  { page: id, attempt }: Continuation,
  outcome: Outcome<MemberStep>,
  closed: readonly string[],
): Promise<Outcome<MemberStep>> {
  const came = await closeAlerts(services, outcome.state, closed);
  const at = services.now();
  const alerts = outcome.state.alerts.map((alert) =>
    closed.includes(alert.id) ? { ...alert, closedAt: at } : alert,
  );
  const latest = came ? inTurn(outcome, came) : outcome;
  const state = { ...latest.state, alerts };
  const page = pageOf(state, id);
  const isOver = alertsOf(state, page).length === 0;
  const step: MemberStep = isOver
    ? { kind: 'dismiss', member: page ? memberAt(page, attempt) : 0, why: 'over' }
    : outcome.step;
  return { ...latest, state, step };
}
