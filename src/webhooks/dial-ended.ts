/** In the bridge way, a member's ring is over: what the caller's leg does next. */
import type { CallerStep } from '../escalation';
import type { Entry } from '../platform/log';
import type { Services } from '../platform/services';
import type { Continuation } from '../store/continuation';
import type { Outcome } from '../store/page-store';
import { settleLostCall } from './steps/lose-call';
import { type Ended, ringEnded } from './steps/ring-ended';
import { postAndSave } from './steps/save-late';

export async function dialEnded(
  services: Services,
  carried: Continuation,
  ended: Ended,
): Promise<Outcome<CallerStep>> {
  const { page, attempt } = carried;
  const outcome = await ringEnded(services, carried, ended);
  // Nobody waits for a ring at the end or in a pause, so the news is posted before this Function ends.
  if (outcome.step.kind !== 'ring')
    await postAndSave(services, outcome, { kind: 'end-ring', page, attempt, ...ended });
  return outcome;
}

/**
 * The call was over before we were asked. The leg's own status callback reports the same; only one of the two may go
 * on.
 */
export async function dialEndedTooLate(
  services: Services,
  carried: Continuation,
  call: string,
  from: string | null,
): Promise<Entry> {
  const stored = await services.pages.read();
  const settled = stored && (await settleLostCall(services, call, carried, false, from));
  return { event: 'call-over', ...settled };
}
