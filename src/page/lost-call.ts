import { isGoingOn, type State } from '../core/escalation/state';
import type { Entry } from '../http/log';
import type { Services } from '../services';
import { type Continuation, caughtUp } from '../twilio/continuation';
import type { Versioned } from '../twilio/sync-document';
import { carryOut } from './direct';
import { closedAlerts } from './lookups';
import { cameOf } from './note';

/**
 * The call that carried a page is over. If nobody has taken the page by then, it goes on by calls of our own.
 *
 * @param wasRinging nobody can have picked up, so nobody can have taken the page even if Sync does not say
 * @param from the number of ours that the call was made from or to
 * @param since milliseconds since the epoch: nobody can have pressed a key since then
 */
export async function settleLostCall(
  services: Services,
  call: string,
  carried: Continuation,
  wasRinging: boolean,
  from: string | null,
  since = Date.now(),
): Promise<Entry> {
  const { pages, news, now } = services;
  const stored = wasRinging ? null : await storedByNow(services, since);
  const isSure = wasRinging || stored !== null;
  const known = stored ? caughtUp(stored, carried, now()) : carried;
  const { look, latest } = await closedAlerts(services, known, stored);
  const canCall = from !== null;
  const ended = { kind: 'call-ended', call, isSure, canCall, ...look, at: now() } as const;
  const outcome = await pages.apply(ended, latest);
  await news.tellOutcome(await carryOut(services, outcome, from));
  return cameOf(outcome);
}

/** Milliseconds. A key that somebody pressed in the last moment is perhaps being saved just now: src/page/saving */
const KEY_MS = 2_500;

/**
 * What Sync tells, whether somebody took the page above all; null where it does not say. That nobody picked up, by what
 * it holds, is no proof: it may have been out of reach while they did.
 */
async function storedByNow({ pages }: Services, since: number): Promise<Versioned<State> | null> {
  const stored = await pages.read();
  // A clock that jumps makes nobody wait longer.
  const left = Math.min(KEY_MS, since + KEY_MS - Date.now());
  if (left <= 0 || !isGoingOn(stored?.data.page ?? null)) return stored;
  await new Promise((over) => setTimeout(over, left));
  return pages.read();
}

/** Notes that we are told of calls that end, so that the next storm remembers its calls. Gives what Sync holds then. */
export async function heardOfEnd(
  { pages, now }: Services,
  stored: Versioned<State>,
): Promise<Versioned<State>> {
  if (stored.data.endsToldSince !== undefined) return stored;
  const { state, revision } = await pages.apply(
    { kind: 'end-told', at: now() },
    null,
    Promise.resolve(stored),
  );
  return revision === null ? stored : { data: state, revision };
}
