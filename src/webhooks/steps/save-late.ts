/** A decision while Sync did not answer: Sync may be back in a moment, and no caller is waiting. */

import { type EndPause, type EndRing, isGoingOn, pageOf } from '../../escalation';
import { WAIT } from '../../platform/budget';
import type { Services } from '../../platform/services';
import { sleep } from '../../platform/time';
import type { Outcome } from '../../store/page-store';

/** Decides again until Sync holds it. The outcome; null if Sync stays away. */
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
 * Posts the outcome of a ring's or a pause's end. If the page is over and Sync does not know, Sync is told as soon as
 * it answers: otherwise later alerts would join a page that nobody carries on.
 *
 * @param over decides again on the present state
 */
export async function postAndSave(
  services: Services,
  outcome: Outcome,
  over: Omit<EndRing, 'at'> | Omit<EndPause, 'at'>,
): Promise<void> {
  const { news, now, pages } = services;
  const { state, revision } = outcome;
  const { page, attempt } = over;
  // The member's leg is over, too: a page that they took is joined no more.
  await news.tellOutcome(outcome, !isGoingOn(pageOf(state, page)));
  if (revision !== null || !state.page?.end) return;
  const again = () => pages.apply({ ...over, at: now() }, { page, attempt, state, revision: null });
  const saved = await untilSaved(services, again);
  if (saved) await news.tellOutcome(saved);
}
