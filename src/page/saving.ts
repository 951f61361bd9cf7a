/** What was decided while Sync did not answer: it may be back in a moment, and nobody waits. */
import type { State } from '../core/escalation/state';
import type { Services } from '../services';
import type { Outcome } from '../twilio/page-store';

/** Milliseconds. */
const AGAIN_MS = 400;
const PATIENCE_MS = 2_800;
/** What the last try takes, with a slow Sync, and telling of it. */
const LAST_MS = 2_000;

/** Decides again until Sync holds it. Gives what it came to; null where Sync stays away. */
export async function untilSaved<T extends Outcome>(
  { deadline }: Services,
  again: () => Promise<T>,
): Promise<T | null> {
  const until = Math.min(Date.now() + PATIENCE_MS, deadline - LAST_MS);
  while (Date.now() < until) {
    await new Promise((over) => setTimeout(over, AGAIN_MS));
    const outcome = await again();
    if (outcome.revision !== null) return outcome;
  }
  return null;
}

/**
 * Tells what came of an event. Where the page is over and Sync does not know it, Sync is told as soon as it answers: an
 * alert that comes then would join a page that nobody carries on, and what was put aside for it lies there still.
 *
 * @param again decides the event on what the state has come to
 */
export async function toldAndSaved(
  services: Services,
  outcome: Outcome,
  again: (state: State) => Promise<Outcome>,
): Promise<void> {
  const { news } = services;
  const { state, revision } = outcome;
  await news.tellOutcome(outcome);
  if (revision !== null || !state.page?.end) return;
  const saved = await untilSaved(services, () => again(state));
  if (saved) await news.tellOutcome(saved);
}
