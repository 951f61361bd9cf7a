/** What has to be done besides deciding when a member takes a page. */
import type { MemberStep } from '../../escalation';
import type { Params } from '../../platform/params';
import type { Services } from '../../platform/services';
import { type Continuation, toQuery } from '../../store/continuation';
import type { Outcome } from '../../store/page-store';
import { untilSaved } from './save-late';

/**
 * Somebody took the page, and Sync does not know: the next webhook would ring the next member. So the call itself is
 * ended, which needs no memory. A call of our own is moved to where its end rings nobody, and there its member hears
 * that the page is theirs. It is posted at once, since nobody else will. The same happens if a key came late, and the
 * phone that rings by then has to be ended.
 */
export async function secureTake(
  services: Services,
  outcome: Outcome<MemberStep>,
  carried: Continuation,
  { ParentCallSid, CallSid }: Params,
): Promise<void> {
  const { step, revision } = outcome;
  if (step.kind !== 'confirm-taken') return;
  const { calls, news, origin } = services;
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
  await Promise.all([other, ending, news.tellOutcome(outcome), takeLate(services, carried)]);
}

/**
 * Saves the take as soon as Sync answers. The webhook about the end of this call waits a little for that, so that it
 * does not count the call as lost. The take is decided on the URL's state, because Sync may not know the ring that
 * was answered.
 */
function takeLate(services: Services, carried: Continuation) {
  const { pages, now } = services;
  const { page, attempt } = carried;
  const taking = { kind: 'press-key', page, attempt, key: 'take' } as const;
  return untilSaved(services, () => pages.apply({ ...taking, at: now() }, { ...carried, revision: null }));
}
