/** What nobody sees to, and only a list of all alerts shows. */
import { isInApi, type State, type TrackedAlert, UNKNOWN_ID } from '../../escalation';
import { TICK, WEBHOOK } from '../../platform/budget';
import type { Services } from '../../platform/services';
import { findForgotten } from '../../store/forgotten';
import { listAlerts, withListed } from '../../store/list-alerts';
import type { Outcome } from '../../store/page-store';
import { findStrays } from '../../store/settle';
import { closeAlerts, closedAmong, closedSince, noteAll } from './check-alerts';
import { ring } from './ring-alert';

export type Swept = {
  /** People were rung for alerts that nobody saw to. */
  readonly isRung: boolean;
  /** The result of closings that nobody had reported. */
  readonly came: Outcome | null;
};

export async function sweep(services: Services, state: State): Promise<Swept> {
  const listed = await listAlerts(services);
  if (!listed) return { isRung: false, came: null };
  const known = withListed(state, listed);
  const seen = await closedSince(services, known, listed);
  const came = seen.came ?? (await closeAlerts(services, seen.state, closedIn(seen.state)));
  return { isRung: await ringTogether(services, await leftAlone(services, seen.state)), came };
}

/** The watches of pages that count as open. */
export const watchesOf = ({ page, ended }: Pick<State, 'page' | 'ended'>): readonly string[] =>
  [page, ...ended]
    .filter((one) => one && !one.isTest && one.end?.kind !== 'closed' && one.closedAt === undefined)
    .flatMap((one) => (one && one.watch !== UNKNOWN_ID ? [one.watch] : []));

/**
 * Those of them that have closed: the webhook that saved the closing was cut off before the page was closed as well.
 */
const closedIn = (state: State): readonly string[] =>
  watchesOf(state).filter((watch) =>
    state.alerts.some(({ id, closedAt }) => id === watch && closedAt !== undefined),
  );

/** Closings are reported, so unanswered alerts may ring again. */
export const learnsOfClosings = ({ mackerel, config }: Services): boolean =>
  mackerel !== null || config.webhookCredentials !== null;

/** Open alerts that nobody sees to: without a page, or on an unanswered page that is forgotten. */
async function leftAlone(services: Services, state: State): Promise<readonly TrackedAlert[]> {
  const { mackerel, now } = services;
  const { alerts } = state;
  const [strays, forgotten] = await Promise.all([
    findStrays(services, state, alerts),
    learnsOfClosings(services) ? findForgotten(services, state, alerts, now()) : [],
  ]);
  const found = [...strays, ...forgotten];
  const ids = found.filter(isInApi).map(({ id }) => id);
  const closed = mackerel && ids.length > 0 ? await closedAmong(mackerel, ids) : [];
  await noteAll(services, closed);
  return found.filter(({ id }) => !closed.includes(id));
}

/** One page for all of them. */
async function ringTogether(services: Services, alerts: readonly TrackedAlert[]): Promise<boolean> {
  const { callerId } = services.config;
  const timeLeft = () => services.deadline - Date.now();
  const [first] = alerts;
  if (!first || callerId === null || timeLeft() < WEBHOOK.ringMs) return false;
  const isClock = learnsOfClosings(services);
  await ring(services, first, callerId, isClock);
  for (let next = 1; next < alerts.length && timeLeft() > TICK.joiningMs; next += TICK.joined)
    await Promise.all(
      alerts.slice(next, next + TICK.joined).map((alert) => ring(services, alert, callerId, isClock)),
    );
  return true;
}
