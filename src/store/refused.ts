/** Sync refuses an alert because too many webhooks ask in the same moment, or does not answer. */
import {
  type AlertItem,
  decide,
  emptyState,
  evolveAll,
  hangUp,
  type LoggedNews,
  type Notify,
  pageOf,
  type State,
  stepFor,
  withAlerts,
  wouldOnlyJoin,
} from '../escalation';
import { CROWD } from '../platform/budget';
import { sleep } from '../platform/time';
import { type Came, type Coming, type Known, notified } from './coming';
import { rememberedPage } from './page-memory';
import { degraded, newsIn, type Stored } from './page-store';
import type { SyncFailure } from './sync-document';

/**
 * Null after a moment: to be tried again.
 *
 * @param read the document, if Sync let it be read before that
 */
export async function afterFault(
  coming: Coming,
  fault: SyncFailure,
  read: Stored | null,
): Promise<Came | null> {
  const { known, waiting, startedAt } = coming;
  if (!fault.isCrowded) known.faults += 1;
  // A missing answer is not a refusal: Sync is not asked again.
  if (!fault.isPassing || known.faults > CROWD.faults) return alone(coming, read, fault);
  known.refusals += 1;
  if (known.refusals <= CROWD.quickTries) {
    await sleep(Math.random() * known.refusals * CROWD.quickJitterMs);
    return null;
  }
  // Sync refused even the item and could not be read, so it is as good as down.
  const isAnswering = known.item || read || rememberedPage(true);
  const isPatient = waiting.canComeBack
    ? waiting.times < CROWD.waits
    : Date.now() - startedAt <= CROWD.patienceMs;
  if (!isAnswering) return alone(coming, read, fault);
  if (!isPatient) return known.item && !waiting.canComeBack ? leftBehind(read) : alone(coming, read, fault);
  if (waiting.canComeBack) return comingBack(waiting.times, read);
  await sleep(CROWD.sleepMs * (1 + 2 * Math.random()));
  return null;
}

/** The end of a page adopts alerts that lie in Sync without a page. */
const leftBehind = (read: Stored | null): Came => ({
  state: read?.data ?? emptyState,
  step: hangUp,
  news: [],
  revision: null,
});

function comingBack(times: number, read: Stored | null): Came {
  const longest = Math.min(CROWD.mostWaitSeconds, CROWD.firstWaitSeconds * 2 ** times);
  const seconds = Math.round(longest * (1 + Math.random()));
  return { ...leftBehind(read), step: { kind: 'wait', seconds, times: times + 1 } };
}

/** Sync does not answer. The alert must not wait for a page that will never know of it, so it rings alone. */
async function alone(coming: Coming, read: Stored | null, fault: SyncFailure): Promise<Came> {
  const { stores, given, known } = coming;
  const { list, warn, memory } = stores;
  warn(`Sync failed at notify: ${fault.message}`);
  const command = await notified(coming);
  const state = read?.data ?? emptyState;
  const item = known.item && ownLabelOff(known.item.data, state, known);
  const view = item ? withAlerts(state, [item]) : state;
  // Unless a phone already rings for a page that this process has just begun, or remembers.
  const page = fault.isCrowded ? rememberedPage(true) : null;
  const begun = memory?.begunJustNow(given.at) ?? (page && { ...view, page });
  const before: State = begun ?? (wouldOnlyJoin(list, view, command) ? { ...view, page: null } : view);
  const events = decide(list, before, command);
  const now = evolveAll(before, events);
  const news = [...newsIn(events), ...unheard(begun, now, command)];
  const came = degraded({ state: now, step: stepFor(list, now, command), news }, given.at);
  memory?.keep(came.state);
  return { ...came, revision: null };
}

/** Removes the page that this webhook wrote into the item, but could not begin. */
const ownLabelOff = (item: AlertItem, state: State, { isOwn = false }: Known): AlertItem =>
  isOwn && item.page !== undefined && !pageOf(state, item.page) ? { ...item, page: undefined } : item;

/** The member who is being rung does not hear of it, so Slack does. */
function unheard(begun: State | null, { page }: State, { alert, at }: Notify): LoggedNews[] {
  const hasJoined = begun !== null && page !== null && page.id === begun.page?.id;
  return hasJoined ? [{ kind: 'joined-unheard', alerts: [alert.id], page: page.id, at }] : [];
}
