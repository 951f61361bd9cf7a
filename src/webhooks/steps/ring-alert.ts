/** Rings for an alert by calls of our own, and again if nobody answered. */

import {
  type AlertDetails,
  alertsOf,
  type CallerStep,
  dueAgain,
  isGoingOn,
  isInApi,
  isJustTaken,
} from '../../escalation';
import { WEBHOOK } from '../../platform/budget';
import type { Entry } from '../../platform/log';
import type { Services } from '../../platform/services';
import { afterClosing } from '../../store/close';
import { listAlerts, withListed } from '../../store/list-alerts';
import { notify } from '../../store/notify';
import type { Outcome } from '../../store/page-store';
import { closeAlerts, closedAmong } from './check-alerts';
import { carryOut } from './place-call';

/** The step if Twilio refuses every call. */
export const UNREACHABLE = 'unreachable';

/** A log entry: what came of the alert. */
export type Stepped = Entry & { readonly step: string };

/** Rings people by calls of our own. */
export async function ring(
  services: Services,
  alert: AlertDetails,
  from: string | null,
  isClock = false,
): Promise<Stepped> {
  const { news, now, turnAt } = services;
  const at = now();
  const given = { alert, call: '', way: 'direct', turn: turnAt(at), at, isClock } as const;
  const decided = await notify(services, given, Promise.resolve({}));
  const outcome = await carryOut(services, decided, from);
  // An alert that only joins is posted with the next news of the page: one post for a hundred alerts. Without Sync,
  // the page does not know of it.
  const { page } = decided.state;
  const isHeardOf = isGoingOn(page) || (isJustTaken(page, at) && decided.news.length === 0);
  const hasJoined = decided.step.kind === 'hang-up' && isHeardOf && outcome.revision !== null;
  if (!hasJoined) await news.tellOutcome(outcome);
  if (!isClock) await ringWhatIsDue(services, outcome);
  const isUnreachable = decided.step.kind === 'ring' && outcome.state.page?.end?.kind === 'unanswered';
  const step = isUnreachable ? UNREACHABLE : decided.step.kind;
  return { step, page: outcome.state.page?.id, remembered: outcome.revision !== null };
}

/**
 * Functions have no timer, so each notification is an occasion to ring again for unanswered alerts. Before that,
 * closings that nobody reported are looked for. If there is no time left, the next occasion does it.
 */
export async function ringWhatIsDue(
  services: Services,
  { state, revision }: Pick<Outcome, 'state' | 'revision'>,
  isClock = false,
): Promise<boolean> {
  const { config, list, mackerel, deadline, now } = services;
  const page = revision === null ? null : dueAgain(list, state, now(), isClock);
  if (!page) return false;
  const known = withListed(state, await listAlerts(services));
  const due = alertsOf(known, page);
  const ids = due.filter(isInApi).map(({ id }) => id);
  const closed = mackerel ? await closedAmong(mackerel, ids) : [];
  const came = await closeAlerts(services, known, closed);
  const open = due.find(({ id }) => !closed.includes(id));
  if (open && deadline - Date.now() > WEBHOOK.ringMs)
    await ring(services, { ...open }, config.callerId, isClock);
  // The webhook that saved the last closing was cut off before the page was closed as well.
  const over = came ?? (due.length === 0 ? await afterClosing(services, page.watch, now()) : null);
  if (over) await posted(services, over);
  return open !== undefined;
}

/** A page's last alert closed: the phone stops, and people are told, in parallel. */
export async function posted({ calls, news }: Services, outcome: Outcome<CallerStep>): Promise<void> {
  await Promise.all([
    outcome.step.kind === 'end-call' && calls.complete(outcome.step.call),
    news.tellOutcome(outcome),
  ]);
}
