/** What was decided while Sync did not answer: it may be back in a moment, and no caller is waiting. */

import type { State } from '../../escalation';
import { WAIT } from '../../platform/budget';
import type { Services } from '../../platform/services';
import { sleep } from '../../platform/time';
import type { Outcome } from '../../store/page-store';

/** Decides again until Sync holds it. Gives what it came to; null if Sync stays away. */
export async function untilSaved<T extends Outcome>(
  { deadline }: Pick<Services, 'deadline'>,
  again: () => Promise<T>,
): Promise<T | null> {
  const until = Math.min(Date.now() + WAIT.savingMs, deadline - WAIT.savingLastMs);
  while (Date.now() < until) {
    await sleep(WAIT.savingEveryMs);
    const outcome = await again();
    if (outcome.revision !== null) return outcome;
  }
  return null;
}

/**
 * Posts what came of a command. If the page is over and Sync does not know it, Sync is told as soon as it answers: an
 * alert that comes then would join a page that nobody carries on.
 *
 * @param again decides the command on what the state has come to
 * @param isOver the member's leg is over, too: a page that they took is joined no more
 */
export async function postAndSave(
  services: Services,
  outcome: Outcome,
  again: (state: State) => Promise<Outcome>,
  isOver = false,
): Promise<void> {
  const { news } = services;
  const { state, revision } = outcome;
  await news.tellOutcome(outcome, isOver);
  if (revision !== null || !state.page?.end) return;
  const saved = await untilSaved(services, () => again(state));
  if (saved) await news.tellOutcome(saved);
}
