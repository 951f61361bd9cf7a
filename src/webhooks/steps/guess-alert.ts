/** Which alert a call was about that ended before it asked us: Mackerel does not say so. */

import { type AlertDetails, factsIn, type State, type TrackedAlert } from '../../escalation';
import { detailsOf } from '../../mackerel/alert';
import { MISSED, WAIT } from '../../platform/budget';
import type { Services } from '../../platform/services';
import { sleep } from '../../platform/time';
import { tracked } from '../../store/fate';

/** New alerts, the newest first; otherwise the alert that was most likely re-sent. */
export async function likeliest(services: Services, state: State | null): Promise<readonly AlertDetails[]> {
  const startedAt = Date.now();
  const at = services.now();
  const first = await suspects(services, state, at);
  if (first.fresh.length > 0) return first.fresh;
  const isTold = services.mackerel !== null || services.details !== null;
  const isLate = Date.now() + WAIT.missedMs + WAIT.missedLastMs > services.deadline;
  if (!isTold || isLate || Date.now() - startedAt > WAIT.slowMs) return first.others.slice(0, 1);
  // No caller is waiting, and the alert may not have been reported yet.
  await sleep(WAIT.missedMs);
  const { fresh, others } = await suspects(services, state, at);
  return fresh.length > 0 ? fresh : others.slice(0, 1);
}

type Suspects = {
  /** Alerts that have just opened, and that nobody was called about. */
  readonly fresh: readonly AlertDetails[];
  /** The likeliest first. Alerts that would ring nobody come after those that ring. */
  readonly others: readonly AlertDetails[];
};

async function suspects(services: Services, state: State | null, at: number): Promise<Suspects> {
  const { mackerel, details } = services;
  const isRecent = ({ heardAt }: AlertDetails) => at - heardAt <= MISSED.trueSeconds;
  const [answer, heard = [], book] = await Promise.all([
    mackerel?.openAlerts(),
    details?.all(),
    trackedAlerts(services, state),
  ]);
  const listed = answer?.ok ? answer.value.alerts.map((alert) => detailsOf(alert, at)) : [];
  const recordIn = ({ id }: AlertDetails) => book.find((alert) => alert.id === id);
  const isOpen = (alert: AlertDetails) => recordIn(alert)?.closedAt === undefined;
  const isKnown = (alert: AlertDetails) => recordIn(alert)?.page !== undefined;
  // If the API is unavailable, the webhook may have reported it.
  const told = listed.length > 0 ? listed : [...heard, ...book.map(factsIn)].filter(isRecent);
  const unheardOf = told
    .filter((alert) => isOpen(alert) && !isKnown(alert))
    .sort((one, other) => since(other) - since(one));
  // A re-send is posted at the moment of its call, too.
  const recent = answer?.ok ? listed : heard.filter(({ heardAt }) => at - heardAt <= MISSED.newSeconds);
  const resent = recent.filter((alert) => isOpen(alert) && isKnown(alert));
  const isHeld = (alert: AlertDetails) => recordIn(alert)?.taken !== undefined;
  const takenAt = (alert: AlertDetails) => recordIn(alert)?.taken?.at ?? 0;
  const held = resent.filter(isHeld).sort((one, other) => takenAt(one) - takenAt(other));
  const closed = book.filter(({ closedAt = 0 }) => at - closedAt <= MISSED.newSeconds).map(factsIn);
  return {
    fresh: unheardOf.filter((alert) => at - since(alert) <= MISSED.newSeconds),
    others: [...resent.filter((alert) => !isHeld(alert)), ...unheardOf, ...held, ...closed],
  };
}

const since = ({ openedAt, heardAt }: AlertDetails) => openedAt ?? heardAt;

/** All alerts with their takers, as far as the latest pages say. */
async function trackedAlerts(services: Services, state: State | null): Promise<readonly TrackedAlert[]> {
  const { alerts, history, list } = services;
  if (!state) return [];
  const items = await alerts.list().catch(() => []);
  const seen = new Map<string, ReturnType<typeof history.of>>();
  const once = {
    ...history,
    of: (page: string) => {
      const known =
        seen.get(page) ?? (seen.size < MISSED.records ? history.of(page, list) : Promise.resolve(null));
      seen.set(page, known);
      return known;
    },
  };
  return Promise.all(
    items.map(async ({ data }) => {
      const found = await tracked(data, state, once, list).catch(() => null);
      return found?.alert ?? data;
    }),
  );
}
