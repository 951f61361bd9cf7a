/**
 * A pause between two rounds in the direct way. There is no call that could wait, and Functions have no timer: so one
 * waits for some seconds and then asks the next, signed by us, to go on waiting. A chain that breaks leaves a page that
 * counts as silent, and the next notification carries it on.
 */
import { isGoingOn, type State } from '../core/escalation/state';
import type { Entry } from '../http/log';
import type { Params } from '../http/params';
import type { Services } from '../services';
import { type Continuation, toQuery } from '../twilio/continuation';
import type { Outcome } from '../twilio/page-store';
import { readCallerLeg } from '../twilio/requests';
import { carryOut } from './direct';
import { closedAlerts } from './lookups';
import { cameOf } from './note';
import { toldAndSaved } from './saving';
import { handOn } from './waiting';

/** Seconds that one Function waits, of the 10 that it may take. */
const LINK_SECONDS = 7;

/** One link of the chain: waits, and hands on what is left; or, where nothing is, rings. */
export async function waited(services: Services, carried: Continuation, params: Params): Promise<Entry> {
  const left = Number(params.left) || 0;
  const { ourNumber = null } = readCallerLeg(params);
  if (left <= 0) return rungAfterPause(services, carried, ourNumber);
  const seconds = Math.min(left, LINK_SECONDS);
  await new Promise((over) => setTimeout(over, seconds * 1000));
  const stored = await services.pages.read();
  // It closed, somebody took it by a late key, or a notification carried it on.
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
  const { pages, now } = services;
  const { look, latest } = await closedAlerts(services, carried);
  const { page, attempt } = carried;
  const over = { kind: 'pause-over', page, attempt, call: '', ...look } as const;
  const outcome = await pages.apply({ ...over, at: now() }, latest);
  const last: Outcome = await carryOut(services, outcome, from);
  await toldAndSaved(services, last, (state) =>
    pages.apply({ ...over, at: now() }, { page, attempt, state, revision: null }),
  );
  return cameOf(outcome);
}
