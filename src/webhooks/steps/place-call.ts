/** The direct way: members are rung by calls of our own, so no leg has to be kept alive for them. */

import { type CallerStep, type GiveUp, hangUp, isGoingOn, type Page } from '../../escalation';
import { DIRECT, PAGE, REQUEST } from '../../platform/budget';
import type { Services } from '../../platform/services';
import { sleep } from '../../platform/time';
import { toQuery } from '../../store/continuation';
import type { Outcome } from '../../store/page-store';
import type { Placed } from '../../voice/calls';
import { carriedFrom, inTurn } from './carried';
import { handOn } from './hand-on';

type Came = Outcome<CallerStep>;

/**
 * Does what was decided for a page in the direct way: rings the member, and the next one if Twilio refuses a number.
 * In the bridge way, TwiML does that. The final outcome.
 *
 * @param from our number, which members see
 */
export async function carryOut(services: Services, outcome: Came, from: string | null): Promise<Came> {
  const { pages, calls, deadline, now } = services;
  const startedAt = Date.now();
  let current = outcome;
  let refused = 0;
  const lateAt = Math.min(startedAt + DIRECT.patienceMs, deadline - REQUEST.shortestPlacingMs);
  for (;;) {
    const { step, state, revision } = current;
    if (step.kind === 'end-call') await calls.complete(step.call);
    if (!isGoingOn(state.page) || state.page.way !== 'direct') return current;
    const { id: page, attempt, members } = state.page;
    if (step.kind === 'pause') {
      if (refused < members) {
        await handOn(services, toQuery(state, revision), step.seconds, from);
        return current;
      }
      // Twilio refused every call of the round, so nobody was busy, and people have to hear of it soon.
      const over = { kind: 'end-pause', page, attempt, call: '', at: now() } as const;
      current = inTurn(current, await pages.apply(over, carriedFrom(current)));
      continue;
    }
    if (step.kind !== 'ring') return current;
    const isHopeless = refused > DIRECT.refusals || (refused > 0 && Date.now() >= lateAt);
    if (from === null || isHopeless) return gaveUp(services, current);
    const placed = await placedBy(lateAt, () => place(services, current, step.member, from));
    if ('sid' in placed) return noted(services, current, state.page, placed.sid);
    // No other number would fare better; and a call about which Twilio did not answer may ring, so nobody else is
    // rung beside it.
    if (placed.refused !== 'failed') return gaveUp(services, current, placed.refused);
    // Neither Twilio nor Sync answers, and the Function's time is used up.
    if (revision === null && Date.now() - startedAt >= DIRECT.patienceMs) return gaveUp(services, current);
    refused += 1;
    const ended = { kind: 'end-ring', page, attempt, call: '', why: 'failed', wasBridged: false } as const;
    current = inTurn(current, await pages.apply({ ...ended, at: now() }, carriedFrom(current)));
  }
}

/**
 * @param lateAt milliseconds since the epoch, after which a call is not tried again while the account has too many
 * calls up
 */
async function placedBy(lateAt: number, tried: () => Promise<Placed>): Promise<Placed> {
  for (;;) {
    const placed = await tried();
    if ('sid' in placed || placed.refused !== 'too-many-calls' || Date.now() >= lateAt) return placed;
    await sleep(DIRECT.againMs);
  }
}

/**
 * Twilio refuses every call: an account without credit, or a number that is not ours. Nobody may believe that a phone
 * rings.
 */
async function gaveUp({ pages, now }: Services, current: Came, why?: GiveUp['why']): Promise<Came> {
  const { page } = current.state;
  if (!page) return current;
  const { id, attempt } = page;
  const command = { kind: 'give-up', page: id, attempt, ...(why && { why }), at: now() } as const;
  return inTurn(current, await pages.apply(command, carriedFrom(current)));
}

/** Saves the call's SID, so that the call can be ended. */
async function noted({ pages, calls, now }: Services, rung: Came, page: Page, call: string): Promise<Came> {
  if (rung.revision === null) return { ...rung, step: hangUp };
  const { id, attempt } = page;
  const outcome = await pages.apply(
    { kind: 'placed', page: id, attempt, call, at: now() },
    carriedFrom(rung),
  );
  if (outcome.step.kind === 'end-call') await calls.complete(outcome.step.call);
  return { ...inTurn(rung, outcome), step: hangUp };
}

async function place(
  { list, calls, origin }: Services,
  { state }: Came,
  member: number,
  from: string,
): Promise<Placed> {
  const callee = list.members[member];
  if (!callee) return { refused: 'failed' };
  // Saving the call makes a new revision, so a webhook that comes back with this one would write in vain.
  const query = toQuery(state, null);
  return calls.place({
    to: callee.phone,
    from,
    url: `${origin}/answered?${query}`,
    statusCallback: `${origin}/dial-status?${query}&way=direct`,
    ringSeconds: callee.ringSeconds,
    talkSeconds: PAGE.talkSeconds,
  });
}
