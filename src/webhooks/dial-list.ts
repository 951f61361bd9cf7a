/** Mackerel called about an alert, or somebody tests the line. */

import {
  type AlertDetails,
  type AlertItem,
  type CallerStep,
  isGoingOn,
  UNKNOWN_ID,
  withFacts,
} from '../escalation';
import { detailsOf, isClosed } from '../mackerel/alert';
import type { ApiAlert } from '../mackerel/api-alert';
import { ALERTS, WAIT } from '../platform/budget';
import type { Services } from '../platform/services';
import { sleep } from '../platform/time';
import type { StoredAlert } from '../store/alert-store';
import type { LookedUp } from '../store/coming';
import type { Continuation } from '../store/continuation';
import { notify } from '../store/notify';
import { joinsOf } from '../store/page-memory';
import type { Outcome } from '../store/page-store';
import { inTurn } from './steps/carried';
import { checkPage } from './steps/check-alerts';

/**
 * Sync and Mackerel's API are asked side by side, and for no longer than a caller can wait.
 *
 * @param waited how often this call has come back because Sync refused
 */
export async function dialList(
  services: Services,
  alert: AlertDetails | null,
  call: string,
  waited: number,
): Promise<Outcome<CallerStep>> {
  const { pages, now, turnAt } = services;
  const at = now();
  const starting = { at, call, way: 'bridge', turn: turnAt(at) } as const;
  if (!alert) return pages.apply({ kind: 'start-test', ...starting }, null);
  const looking = lookUp(services, alert, at);
  const newest = (id: string, item: StoredAlert | null, isSettling: boolean) =>
    newestOf(services, id, item?.data, isSettling);
  const stores = { ...services, newest };
  const outcome = await notify(stores, { ...starting, alert }, looking, { times: waited, canComeBack: true });
  await learnName(services, outcome, await looking, alert.id);
  return outcome;
}

/** The name of an alert that only joined. The next member who picks up hears of it, and nobody waits for its call. */
async function learnName(
  { mackerel, alerts, warn, now }: Services,
  { state: { page, alerts: known }, step, revision }: Outcome,
  { found }: Found,
  id: string,
): Promise<void> {
  const hasJoined = step.kind === 'hang-up' && revision !== null && isGoingOn(page) && page.first !== id;
  const isNamed = known.some((alert) => alert.id === id && alert.monitor !== undefined);
  if (!mackerel || !found || !hasJoined || isNamed || joinsOf(page.id) > ALERTS.named) return;
  try {
    const names = await mackerel.namesOf(found);
    await alerts.change(
      id,
      (item) => item && withFacts(item, { id, heardAt: item.heardAt, ...names }, now()),
    );
  } catch (fault) {
    warn(`Could not save an alert's name: ${(fault as Error).message}`);
  }
}

/** What was looked up, as Mackerel's API gave it. */
type Found = LookedUp & { readonly found?: ApiAlert };

/** What Mackerel's API says of an alert. Never fails. */
async function lookUp({ mackerel }: Services, { id }: AlertDetails, at: number): Promise<Found> {
  const answer = id === UNKNOWN_ID ? null : await mackerel?.alert(id);
  if (!answer) return {};
  if (!answer.ok) return { unavailable: answer.why };
  return { found: answer.value, isClosed: isClosed(answer.value), facts: detailsOf(answer.value, at) };
}

/**
 * What the webhook last reported about a known alert. If somebody has it, nobody waits for a ring, so there is time
 * for a report that is just arriving.
 */
async function newestOf(
  { details, mackerel }: Services,
  id: string,
  item: AlertItem | undefined,
  isSettling: boolean,
): Promise<AlertDetails | null> {
  if (!details || id === UNKNOWN_ID) return null;
  if ((item?.page !== undefined || isSettling) && !mackerel) await sleep(WAIT.resendMs);
  return details.of(id);
}

/** The pause between two rounds is over: the call comes back to ask whom to ring. */
export async function pauseEnded(
  services: Services,
  carried: Continuation,
  call: string,
): Promise<Outcome<CallerStep>> {
  const { page, attempt } = carried;
  const { carried: latest, unavailable, came } = await checkPage(services, carried);
  const command = { kind: 'end-pause', page, attempt, call, at: services.now() } as const;
  const outcome = await services.pages.apply({ ...command, ...(unavailable && { unavailable }) }, latest);
  return came ? inTurn(came, outcome) : outcome;
}
