/** Key 9: a member closes the alerts of a page in Mackerel. */
import {
  isGoingOn,
  lastWord,
  type MemberStep,
  memberAt,
  namedAlertsOf,
  pageOf,
  presentRing,
  type State,
  type TrackedAlert,
} from '../../escalation';
import { isClosed } from '../../mackerel/alert';
import { CLOSING } from '../../platform/budget';
import type { Services } from '../../platform/services';
import { rewatch } from '../../store/close';
import type { Continuation } from '../../store/continuation';
import { listAlerts, withListed } from '../../store/list-alerts';
import type { Outcome } from '../../store/page-store';
import { inTurn } from './carried';
import { noteAll } from './check-alerts';

/**
 * Closes a page's alerts in a member's name, if they are still open. What the member hears next.
 *
 * @param untilMs alerts that joined later are not closed, because the member has not heard of them
 */
export async function closeByPhone(
  services: Services,
  carried: Continuation,
  untilMs: number,
): Promise<Outcome<MemberStep>> {
  const { pages, now } = services;
  const { page, attempt } = carried;
  const [noted, listed] = await Promise.all([
    pages.apply({ kind: 'begin-closing', page, attempt, at: now() }, carried),
    listAlerts(services),
  ]);
  const state = withListed(noted.state, listed);
  const ring = presentRing(state, carried);
  if (!ring) return { ...noted, state, step: lastWord(state, carried) };
  const by = memberAt(ring, attempt);
  const open = namedAlertsOf(state, ring).filter(({ joinedMs = 0 }) => joinedMs <= untilMs);
  const { closed, isRefused } = await closeIn(services, open, by);
  const outcome = await closedOnPage(services, { ...noted, state }, carried, closed, by);
  const last = isRefused
    ? inTurn(outcome, await pages.apply({ kind: 'note-key', mayWrite: false, at: now() }, null))
    : outcome;
  const known = { ...last.state, alerts: outcome.state.alerts };
  const step = afterClosing(known, carried, by, closed.length, open.length - closed.length);
  return { ...last, state: known, step };
}

type Closing = {
  readonly closed: readonly string[];
  /** The key may not write after all. */
  readonly isRefused: boolean;
};

/** Closes alerts in Mackerel, some in parallel, as long as there is time. Those that are closed by then. */
async function closeIn(
  { list, mackerel, deadline }: Services,
  alerts: readonly TrackedAlert[],
  by: number,
): Promise<Closing> {
  const reason = closeReason(list.language, list.members[by]?.name ?? '');
  const closed: string[] = [];
  let isRefused = false;
  const close = async ({ id }: TrackedAlert) => {
    const done = await mackerel?.close(id, reason);
    isRefused ||= done?.ok === false && done.why === 'forbidden';
    // A request without an answer in time may have been done all the same.
    const answer = done?.ok ? null : await mackerel?.alert(id);
    if (done?.ok || (answer?.ok && isClosed(answer.value))) closed.push(id);
  };
  for (let first = 0; first < alerts.length && !isRefused; first += CLOSING.atOnce) {
    if (deadline - Date.now() < CLOSING.lastMs) break;
    await Promise.all(alerts.slice(first, first + CLOSING.atOnce).map(close));
  }
  return { closed, isRefused };
}

async function closedOnPage(
  services: Services,
  noted: Outcome,
  { page: id }: Continuation,
  closed: readonly string[],
  by: number,
): Promise<Outcome> {
  if (closed.length === 0) return noted;
  const { pages, now } = services;
  await noteAll(services, closed, by);
  const at = now();
  const alerts = noted.state.alerts.map((alert) =>
    closed.includes(alert.id) ? { ...alert, closedAt: at, closedBy: by } : alert,
  );
  const page = pageOf(noted.state, id);
  const isWatchClosed = page && closed.includes(page.watch);
  const byPhone = { by, alerts: closed.length };
  const came = isWatchClosed && isGoingOn(page) ? await rewatch(services, page, at, { byPhone }) : null;
  const end = came && pageOf(came.state, id)?.end;
  if (came && end?.kind === 'closed') return inTurn(noted, { ...came, state: { ...came.state, alerts } });
  const told = await pages.apply({ kind: 'closed-by-phone', page: id, by, alerts: closed.length, at }, null);
  return inTurn(noted, { ...told, state: { ...told.state, alerts } });
}

function afterClosing(
  state: State,
  carried: Continuation,
  member: number,
  closed: number,
  failed: number,
): MemberStep {
  const goesOn = presentRing(state, carried) !== null;
  if (failed > 0 && goesOn) return { kind: 'close-failed', member, closed, failed };
  if (closed > 0) return { kind: 'confirm-closed', member, alerts: closed, goesOn };
  return goesOn ? { kind: 'brief', member } : lastWord(state, carried);
}

const closeReason = (language: 'ja' | 'en', name: string) =>
  language === 'ja' ? `${name}が電話で閉じました` : `closed by phone by ${name}`;
