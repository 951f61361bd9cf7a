/** What has to be done besides deciding, when a member takes a page or closes its alerts. */
import { lastWord, presentRing } from '../core/escalation/answering';
import { recordOf } from '../core/escalation/book';
import { memberAt, type State } from '../core/escalation/state';
import type { MemberStep } from '../core/escalation/step';
import type { Params } from '../http/params';
import { isClosed } from '../mackerel/api';
import type { Services } from '../services';
import type { Continuation } from '../twilio/continuation';
import { toQuery } from '../twilio/continuation';
import type { Outcome } from '../twilio/page-store';
import { untilSaved } from './saving';

/**
 * Somebody took the page, and Sync does not know it: the next webhook would ring the next member. So the call
 * itself is ended, which needs no memory; a call of our own is moved to where its end rings nobody, and its member
 * hears there that the page is theirs. People are told at once, for nobody else will. The same where a key came late,
 * and the phone that rings by then has to be ended.
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
  const settled = `${toQuery(outcome.state, null)}&settled=1`;
  const elsewhere = {
    url: `${origin}/answered-key?${settled}`,
    statusCallback: `${origin}/dial-status?${settled}`,
  };
  const ending = ParentCallSid ? calls.complete(ParentCallSid) : CallSid && calls.divert(CallSid, elsewhere);
  await Promise.all([other, ending, news.tellOutcome(outcome), takenLate(services, carried)]);
}

/**
 * What ended with the member's call waits a little for this, and then does not take its end for the loss of it. What
 * went on without Sync is in the URL: the ring that was answered may be none that Sync knows of.
 */
function takenLate(services: Services, carried: Continuation) {
  const { pages, now } = services;
  const { page, attempt } = carried;
  const taking = { kind: 'key-pressed', page, attempt, key: 'take' } as const;
  return untilSaved(services, () => pages.apply({ ...taking, at: now() }, { ...carried, revision: null }));
}

/**
 * Closes alerts in Mackerel, in a member's name, as far as Sync does not know them to be closed. Gives what the member
 * is to hear.
 *
 * @param asked those that the member was asked about: of one that joined since they have not heard
 */
export async function closeByPhone(
  services: Services,
  carried: Continuation,
  asked: readonly string[],
): Promise<Outcome<MemberStep>> {
  const { pages, now } = services;
  const { page, attempt } = carried;
  const noted = await pages.apply({ kind: 'closing', page, attempt, at: now() }, carried);
  const ring = presentRing(noted.state, carried);
  if (!ring) return { ...noted, step: lastWord(noted.state, carried) };
  const by = memberAt(ring, attempt);
  const open = asked.filter((id) => recordOf(noted.state, id)?.closedAt === undefined);
  const from = { ...carried, state: noted.state, revision: noted.revision };
  const { closed: alerts, isRefused } = await closedOf(services, open, by);
  const decided = await pages.apply({ kind: 'alerts-closed', alerts, by, at: now() }, from);
  const outcome = isRefused ? await withoutRight(services, decided, carried) : decided;
  const step = afterClosing(outcome.state, carried, by, alerts.length, open.length - alerts.length);
  return { ...outcome, step };
}

/** Tries to close alerts in Mackerel, and gives those that are closed by then. */
async function closedOf({ list, mackerel }: Services, ids: readonly string[], by: number): Promise<Closing> {
  const reason = closeReason(list.language, list.members[by]?.name ?? '');
  let isRefused = false;
  const closed = await Promise.all(
    ids.map(async (id) => {
      const done = await mackerel?.close(id, reason);
      if (done?.ok) return [id];
      isRefused ||= done?.why === 'forbidden';
      // What got no answer in time may have been done all the same.
      const answer = await mackerel?.alert(id);
      return answer?.ok && isClosed(answer.value) ? [id] : [];
    }),
  );
  return { closed: closed.flat(), isRefused };
}

type Closing = {
  readonly closed: readonly string[];
  /** The key may not write, whatever was thought of it. */
  readonly isRefused: boolean;
};

/** Key 9 is not offered any more. */
async function withoutRight(
  { pages, now }: Services,
  outcome: Outcome,
  carried: Continuation,
): Promise<Outcome> {
  const refused = { kind: 'alerts-reported', alerts: [], mayWrite: false, at: now() } as const;
  return pages.apply(refused, { ...carried, state: outcome.state, revision: outcome.revision });
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
