import type { Params } from './http/params';
import type { Services } from './services';
import type { Outcome } from './twilio/page-store';

/**
 * Somebody took the page, and Sync does not know it: the next webhook would ring the next member. So the call
 * itself is ended, which needs no memory, and people are told at once, for nobody else will.
 */
export async function makeSureOfTaking(
  { calls, news }: Pick<Services, 'calls' | 'news'>,
  outcome: Outcome,
  { ParentCallSid }: Params,
): Promise<void> {
  const isForgotten = outcome.step.kind === 'confirm-taken' && outcome.revision === null;
  if (!isForgotten) return;
  await Promise.all([ParentCallSid && calls.complete(ParentCallSid), news.tellOutcome(outcome)]);
}
