/**
 * A pause between two rounds in the direct way. No call is up to wait in, and Functions have no timer: so a Function
 * waits for some seconds and asks the next, with our signature, to go on waiting. If the chain breaks, the page
 * counts as silent, and the next notification carries it on, or the next tick of the clock
 * (docs/adr/0013-the-clock-stands-behind-the-chain.md).
 */

import { isGoingOn, type State } from '../escalation';
import { DIRECT } from '../platform/budget';
import type { Entry } from '../platform/log';
import type { Params } from '../platform/params';
import type { Services } from '../platform/services';
import { sleep } from '../platform/time';
import { type Continuation, toQuery } from '../store/continuation';
import { readCallerLeg } from '../voice/params';
import { pauseEnded } from './dial-list';
import { handOn } from './steps/hand-on';
import { cameOf } from './steps/log-entry';
import { carryOut } from './steps/place-call';
import { postAndSave } from './steps/save-late';

/** One link of the chain: waits, and hands on the rest of the pause; rings once nothing is left. */
export async function waited(services: Services, carried: Continuation, params: Params): Promise<Entry> {
  const left = Number(params.left) || 0;
  const { ourNumber = null } = readCallerLeg(params);
  if (left <= 0) return rungAfterPause(services, carried, ourNumber);
  const seconds = Math.min(left, DIRECT.linkSeconds);
  await sleep(seconds * 1000);
  const stored = await services.pages.read();
  // The alert closed, a late key took the page, or a notification carried it on.
  if (stored && !isPausing(stored.data, carried)) return { step: 'none', remembered: true };
  const query = stored ? toQuery(stored.data, stored.revision) : queryOf(carried);
  await handOn(services, query, left - seconds, ourNumber);
  return { step: 'pause', remembered: stored !== null };
}

const isPausing = ({ page }: State, { page: id, attempt }: Continuation) =>
  isGoingOn(page) && page.id === id && page.attempt === attempt && page.leg === 'pausing';

const queryOf = ({ page, attempt, state, revision }: Continuation) =>
  state ? toQuery(state, revision) : new URLSearchParams({ page, attempt: String(attempt) });

export async function rungAfterPause(
  services: Services,
  carried: Continuation,
  from: string | null,
): Promise<Entry> {
  const { page, attempt } = carried;
  const outcome = await pauseEnded(services, carried, '');
  const last = await carryOut(services, outcome, from);
  await postAndSave(services, last, { kind: 'end-pause', page, attempt, call: '' });
  return cameOf(outcome);
}
