/** The direct way: members are rung by calls of our own, so no leg has to be kept alive for them. */
import { TALK_SECONDS } from '../core/escalation/answering';
import { isGoingOn } from '../core/escalation/state';
import type { CallerStep } from '../core/escalation/step';
import type { Services } from '../services';
import { type Placed, SHORTEST_PLACING_MS } from '../twilio/calls';
import { toQuery } from '../twilio/continuation';
import type { Outcome } from '../twilio/page-store';
import { handOn } from './waiting';

/** Numbers refused one after another, before the Function's own 10 s are used up. */
const MOST_REFUSALS = 8;
const PATIENCE_MS = 3_000;
/** Until a call is tried again that was one too many for the account. */
const AGAIN_MS = 1_000;

/**
 * Carries out what was decided for a page in the direct way: rings the member, and whoever comes next where Twilio
 * refuses a number. In the bridge way, TwiML does that. Gives the outcome that it came to.
 *
 * @param from the number of ours that members see
 */
export async function carryOut(
  services: Services,
  outcome: Outcome<CallerStep>,
  from: string | null,
): Promise<Outcome<CallerStep>> {
  const { pages, calls, deadline, now } = services;
  let current = outcome;
  let refused = 0;
  const startedAt = Date.now();
  const lateAt = Math.min(startedAt + PATIENCE_MS, deadline - SHORTEST_PLACING_MS);
  for (;;) {
    const { step, state, revision } = current;
    if (step.kind === 'end-call') await calls.complete(step.call);
    if (!isGoingOn(state.page) || state.page.way !== 'direct') return current;
    const { id: page, attempt, order } = state.page;
    const carried = { page, attempt, state, revision };
    if (step.kind === 'pause') {
      if (refused < order.length) {
        await handOn(services, toQuery(state, revision), step.seconds, from);
        return current;
      }
      // Twilio took no call in the whole round: nobody was busy, and people are to be told soon.
      const over = { kind: 'pause-over', page, attempt, call: '', at: now() } as const;
      current = joinNews(current, await pages.apply(over, carried));
      continue;
    }
    if (step.kind !== 'ring') return current;
    const isHopeless = refused > MOST_REFUSALS || (refused > 0 && Date.now() >= lateAt);
    if (from === null || isHopeless) return gaveUp(services, current);
    const placed = await placedBy(lateAt, () => place(services, current, step.member, from));
    if ('sid' in placed) {
      const { sid: call } = placed;
      current = await noted(services, current, { kind: 'placed', page, attempt, call, at: now() });
      continue;
    }
    // No other number will do.
    if (placed.refused === 'too-many-calls') return gaveUp(services, current, placed.refused);
    // Neither Twilio nor Sync answers, and the Function's time is used up by that.
    if (revision === null && Date.now() - startedAt >= PATIENCE_MS) return gaveUp(services, current);
    refused += 1;
    const ended = { kind: 'ring-ended', page, attempt, call: '', why: 'failed', wasBridged: false } as const;
    current = joinNews(current, await pages.apply({ ...ended, at: now() }, carried));
  }
}

/**
 * Tries again while the account has too many calls up: one of them may be about to end, as the one that this goes on from.
 *
 * @param lateAt milliseconds since the epoch
 */
async function placedBy(lateAt: number, tried: () => Promise<Placed>): Promise<Placed> {
  for (;;) {
    const placed = await tried();
    if ('sid' in placed || placed.refused !== 'too-many-calls' || Date.now() >= lateAt) return placed;
    await new Promise((over) => setTimeout(over, AGAIN_MS));
  }
}

/** Twilio takes no call: an account without credit, a number that is not ours. Nobody may believe that it rings. */
async function gaveUp(
  { pages, now }: Services,
  current: Outcome<CallerStep>,
  why?: 'too-many-calls',
): Promise<Outcome<CallerStep>> {
  const { page } = current.state;
  if (!page) return current;
  const { state, revision } = current;
  const carried = { page: page.id, attempt: page.attempt, state, revision };
  const event = { kind: 'unreachable', page: page.id, ...(why && { why }), at: now() } as const;
  return joinNews(current, await pages.apply(event, carried));
}

/** Remembers which call it is, so that it can be ended; without Sync there is nothing to remember it with. */
async function noted(
  { pages, calls }: Services,
  rung: Outcome<CallerStep>,
  placed: { kind: 'placed'; page: string; attempt: number; call: string; at: number },
): Promise<Outcome<CallerStep>> {
  if (rung.revision === null) return { ...rung, step: { kind: 'hang-up' } };
  const { page, attempt } = placed;
  const outcome = await pages.apply(placed, { page, attempt, state: rung.state, revision: rung.revision });
  if (outcome.step.kind === 'end-call') await calls.complete(outcome.step.call);
  return { ...joinNews(rung, outcome), step: { kind: 'hang-up' } };
}

const joinNews = (first: Outcome<CallerStep>, second: Outcome<CallerStep>): Outcome<CallerStep> => ({
  ...second,
  news: [...first.news, ...second.news],
});

async function place(
  { list, calls, origin }: Services,
  { state, revision }: Outcome,
  member: number,
  from: string,
): Promise<Placed> {
  const callee = list.members[member];
  if (!callee) return { refused: 'failed' };
  const query = toQuery(state, revision);
  return calls.place({
    to: callee.phone,
    from,
    url: `${origin}/answered?${query}`,
    statusCallback: `${origin}/dial-status?${query}&way=direct`,
    ringSeconds: callee.ringSeconds,
    talkSeconds: TALK_SECONDS,
  });
}
