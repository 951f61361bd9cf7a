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
 * itself is ended, which needs no memory, and people are told at once, for nobody else will. Nor will they where a key
 * came late, and the phone that rings by then has to be ended.
 */
export async function makeSureOfTaking(
  services: Services,
  outcome: Outcome,
  carried: Continuation,
  { ParentCallSid, CallSid }: Params,
): Promise<void> {
  const { calls, news, origin } = services;
  const { step, revision } = outcome;
  if (step.kind !== 'confirm-taken') return;
  const { endCall } = step;
  const other = endCall && calls.complete(endCall);
  if (revision !== null) {
    await Promise.all([other, endCall !== undefined && news.tellOutcome(outcome)]);
    return;
  }
  const settled = `${origin}/dial-status?${toQuery(outcome.state, null)}&settled=1`;
  const ending = ParentCallSid ? calls.complete(ParentCallSid) : CallSid && calls.divert(CallSid, settled);
  await Promise.all([other, ending, news.tellOutcome(outcome), saveLate(services, carried)]);
}

/** Milliseconds. The member's leg is over by now, so there is time; and what ended with it waits a little for this. */
const SAVE_AGAIN_MS = 400;
const SAVE_PATIENCE_MS = 2_800;

/** Sync may be back in a moment: then nobody takes the end of the call for the loss of it. */
async function saveLate({ pages, now }: Services, carried: Continuation): Promise<void> {
  const { page, attempt } = carried;
  const taking = { kind: 'key-pressed', page, attempt, key: 'take' } as const;
  for (const startedAt = Date.now(); Date.now() - startedAt < SAVE_PATIENCE_MS; ) {
    await new Promise((over) => setTimeout(over, SAVE_AGAIN_MS));
    // What went on without Sync is in the URL: the ring that was answered may be none that Sync knows of.
    const saved = await pages.apply({ ...taking, at: now() }, { ...carried, revision: null });
    if (saved.revision !== null) return;
  }
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
  const { page, attempt } = carried;
  const noted = await pages.apply({ kind: 'closing', page, attempt, at: now() }, carried);
  const closed = await Promise.all(
    open.map(async ({ id }) => ((await mackerel?.close(id, reason)) ? [id] : [])),
  );
  const alerts = closed.flat();
  const failed = { kind: 'close-failed', member } as const;
  if (alerts.length === 0) return { ...noted, step: failed };
  const from = { ...carried, state: noted.state, revision: noted.revision };
  const outcome = await pages.apply({ kind: 'alerts-closed', alerts, by: member, at: now() }, from);
  if (alerts.length < open.length) return { ...outcome, step: failed };
  return { ...outcome, step: { kind: 'confirm-closed', member, alerts: alerts.length } };
}

const closeReason = (language: 'ja' | 'en', name: string) =>
  language === 'ja' ? `${name}が電話で閉じました` : `closed by phone by ${name}`;
