/** A member's leg: what they hear when they pick up, and what a key of theirs comes to. */
import { lastWord } from '../core/escalation/answering';
import { mayClose } from '../core/escalation/closing';
import type { State } from '../core/escalation/state';
import type { MemberStep } from '../core/escalation/step';
import type { Params } from '../http/params';
import type { Services } from '../services';
import { atPickup, type Continuation } from '../twilio/continuation';
import type { Outcome } from '../twilio/page-store';
import { readKey, readToClose } from '../twilio/requests';
import { withoutClosed } from './closings';
import { withJoined } from './joining';
import { closeByPhone, makeSureOfTaking } from './taking';

/** Somebody picked up, or wants to hear it again: the page, with what was put aside for it. */
export async function briefed(
  services: Services,
  carried: Continuation,
  params: Params,
): Promise<Outcome<MemberStep>> {
  const { pages, inbox, facts, now } = services;
  const { page, attempt } = carried;
  const pickedUp = { kind: 'answered', page, attempt, at: now() } as const;
  const [outcome, aside, told] = await Promise.all([
    withoutClosed(services, carried, pages.apply(pickedUp, atPickup(carried, facts !== null))),
    inbox.of(page),
    facts?.all() ?? [],
  ]);
  await makeSureOfTaking(services, outcome, carried, params);
  return outcome.step.kind === 'brief' ? withJoined(services, outcome, aside, told) : outcome;
}

/** A key was pressed: 1 takes the page, 2 passes it on, 9 asks whether to close its alerts, which 1 then does. */
export async function afterKey(
  services: Services,
  carried: Continuation,
  params: Params,
): Promise<Outcome<MemberStep>> {
  if (params.settled && carried.state) return confirmedAgain(carried, carried.state);
  if (params.confirmed) return heardOut(services, carried);
  const key = readKey(params);
  const toClose = readToClose(params);
  if (toClose && key === 'take') return closeByPhone(services, carried, toClose);
  if (!toClose && (key === 'take' || key === 'pass')) return decided(services, carried, params, key);
  // Nobody waits for a ring: what is said again is what Sync knows by now, of which a URL may carry but an outline.
  const outcome = await briefed(services, { ...carried, revision: null }, params);
  if (toClose || outcome.step.kind !== 'brief') return outcome;
  if (key === 'repeat') return { ...outcome, step: { ...outcome.step, kind: 'tell-all' } };
  const isToAsk = key === 'close' && mayClose(outcome.state);
  return { ...outcome, step: { ...outcome.step, kind: isToAsk ? 'ask-to-close' : 'unknown-key' } };
}

/** A call that `makeSureOfTaking` has moved: all is done, and what its member hears stands in the URL. */
const confirmedAgain = (carried: Continuation, state: State): Outcome<MemberStep> => ({
  step: lastWord(state, carried),
  state,
  revision: null,
  news: [],
});

/** Whoever took the page has heard so: what came meanwhile is theirs, and they hear of it before they put the phone down. */
const heardOut = ({ pages, now }: Services, carried: Continuation): Promise<Outcome<MemberStep>> => {
  const { page, attempt } = carried;
  return pages.apply({ kind: 'confirmed', page, attempt, at: now() }, carried);
};

async function decided(
  services: Services,
  carried: Continuation,
  params: Params,
  key: 'take' | 'pass',
): Promise<Outcome<MemberStep>> {
  const { pages, now } = services;
  const { page, attempt } = carried;
  const outcome = await pages.apply({ kind: 'key-pressed', page, attempt, key, at: now() }, carried);
  await makeSureOfTaking(services, outcome, carried, params);
  return outcome;
}
