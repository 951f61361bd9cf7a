import { type AlertFacts, UNKNOWN_ID } from '../core/alert';
import { alertsOf, recordOf } from '../core/escalation/book';
import { maySettle } from '../core/escalation/flapping';
import { isGoingOn } from '../core/escalation/state';
import type { CallerStep } from '../core/escalation/step';
import { type ApiAlert, factsOf, isClosed } from '../mackerel/api';
import type { Services } from '../services';
import type { Continuation } from '../twilio/continuation';
import type { Outcome, Reading } from '../twilio/page-store';
import { closedAlerts } from './lookups';

/**
 * Mackerel called about an alert, or somebody to try the line out, for whom there is none. Sync and Mackerel's API
 * are asked side by side; neither is waited for longer than a caller can be kept.
 */
export async function notified(
  services: Services,
  alert: AlertFacts | null,
  call: string,
): Promise<Outcome<CallerStep>> {
  const { pages, mackerel, now, turnAt } = services;
  const at = now();
  const starting = { at, call, way: 'bridge', turn: turnAt(at) } as const;
  if (!alert) return pages.apply({ kind: 'test-started', ...starting }, null);
  const reading = pages.reading();
  const isNamed = alert.id !== UNKNOWN_ID;
  const [answer, told] = await Promise.all([
    isNamed ? mackerel?.alert(alert.id) : null,
    isNamed ? newestOf(services, alert.id, reading) : null,
  ]);
  const names = answer?.ok && (await namesOf(services, answer.value, reading));
  const known = answer?.ok
    ? { alert: { ...alert, ...factsOf(answer.value, at), ...names }, isClosed: isClosed(answer.value) }
    : { alert, ...(answer && { blind: answer.why }) };
  return pages.apply({ kind: 'alert-notified', ...starting, ...known, ...(told && { told }) }, null, reading);
}

/** As many as are named aloud: src/core/wording/roll-call */
const MOST_NAMED = 3;

/**
 * What an alert that only joins is called: the one who picks up next hears of it, and nobody waits for its call. Of a
 * page with many, more are named than anybody can take in.
 */
async function namesOf(
  { mackerel, now }: Services,
  alert: ApiAlert,
  reading: Reading,
): Promise<Partial<AlertFacts> | undefined> {
  const state = (await reading.catch(() => null))?.data;
  const joins = state && isGoingOn(state.page) && now() <= state.page.until;
  const isNeeded = joins && !isClosed(alert) && recordOf(state, alert.id)?.monitor === undefined;
  if (!isNeeded || alertsOf(state, state.page).length >= MOST_NAMED) return undefined;
  return mackerel?.namesOf(alert);
}

/** Milliseconds in which the webhook that comes with a call has told why. */
const WEBHOOK_FIRST_MS = 500;

/**
 * What the webhook told last of an alert that is on record, or joins while somebody listens, who then hears of it. Any
 * other is looked up while the phone rings, some of a storm only. Of one that somebody has, nobody waits for a ring: it
 * may be told just now.
 */
async function newestOf(
  { facts, list, mackerel, now }: Services,
  id: string,
  reading: Reading,
): Promise<AlertFacts | null> {
  const stored = await reading.catch(() => null);
  if (!facts || !stored) return null;
  const record = recordOf(stored.data, id);
  const isSettling = !record && maySettle(list, stored.data, now());
  if (!record && !isSettling && stored.data.page?.leg !== 'answered') return null;
  if ((record?.taken || isSettling) && !mackerel)
    await new Promise((over) => setTimeout(over, WEBHOOK_FIRST_MS));
  return facts.of(id);
}

/** The pause between two rounds is over: the call comes back to be told whom to ring. */
export async function resumed(
  services: Services,
  carried: Continuation,
  call: string,
): Promise<Outcome<CallerStep>> {
  const { look, latest } = await closedAlerts(services, carried);
  const { page, attempt } = carried;
  return services.pages.apply(
    { kind: 'pause-over', page, attempt, call, ...look, at: services.now() },
    latest,
  );
}
