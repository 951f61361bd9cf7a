/** What has to be done besides deciding, when a member takes a page or closes its alerts. */
import { alertsOf } from '../core/escalation/book';
import type { State } from '../core/escalation/state';
import type { MemberStep } from '../core/escalation/step';
import type { Params } from '../http/params';
import type { Services } from '../services';
import type { Continuation } from '../twilio/continuation';
import { toQuery } from '../twilio/continuation';
import type { Outcome } from '../twilio/page-store';

/**
 * Somebody took the page, and Sync does not know it: the next webhook would ring the next member. So the call
 * itself is ended, which needs no memory, and people are told at once, for nobody else will.
 */
export async function makeSureOfTaking(
  { calls, news, origin }: Services,
  outcome: Outcome,
  { ParentCallSid, CallSid }: Params,
): Promise<void> {
  const isForgotten = outcome.step.kind === 'confirm-taken' && outcome.revision === null;
  if (!isForgotten) return;
  const settled = `${origin}/dial-status?${toQuery(outcome.state, null)}&settled=1`;
  const ending = ParentCallSid ? calls.complete(ParentCallSid) : CallSid && calls.divert(CallSid, settled);
  await Promise.all([ending, news.tellOutcome(outcome)]);
}

/** Closes the alerts of a page in Mackerel, in a member's name. Gives what the member is to hear. */
export async function closeByPhone(
  services: Services,
  state: State,
  carried: Continuation,
  member: number,
): Promise<{ readonly step: MemberStep; readonly state: State; readonly revision: string | null }> {
  const { list, mackerel, pages, now } = services;
  const open = alertsOf(state, state.page);
  const reason = closeReason(list.language, list.members[member]?.name ?? '');
  const closed = await Promise.all(
    open.map(async ({ id }) => ((await mackerel?.close(id, reason)) ? [id] : [])),
  );
  const alerts = closed.flat();
  if (alerts.length < open.length || alerts.length === 0) {
    return { step: { kind: 'close-failed', member }, state, revision: carried.revision };
  }
  const outcome = await pages.apply({ kind: 'alerts-closed', alerts, by: member, at: now() }, carried);
  return { ...outcome, step: { kind: 'confirm-closed', member, alerts: alerts.length } };
}

const closeReason = (language: 'ja' | 'en', name: string) =>
  language === 'ja' ? `${name}が電話で閉じました` : `closed by phone by ${name}`;
