/** A member's leg, as its status callbacks tell it. */
import type { Entry } from '../http/log';
import type { Params } from '../http/params';
import type { Services } from '../services';
import { type Continuation, sinceThen } from '../twilio/continuation';
import { readCallerLeg, readLegResult } from '../twilio/requests';
import { carryOut } from './direct';
import { throughTheEnd } from './ending';
import { closedAlerts, learn } from './lookups';
import { settleLostCall } from './lost-call';
import { cameOf } from './note';

/** The phone rings: time to look up what is not known yet, and to tell. */
export async function legStarted(services: Services, carried: Continuation, params: Params): Promise<Entry> {
  const { pages, news, inbox } = services;
  const state = carried.revision === null ? null : carried.state;
  const stored = state ?? (await pages.read())?.data;
  if (!stored) {
    // In the direct way, who placed the call has told already.
    if (carried.state && params.way !== 'direct') await news.tellLatest(carried.state);
    return { step: 'told', remembered: false };
  }
  const isFirstEver = stored.pagesStarted <= 1 && carried.attempt === 0;
  const [learned] = await Promise.all([learn(services, stored), isFirstEver && inbox.prepare()]);
  await news.tell(learned ?? stored);
  return { step: learned ? 'learned' : 'told' };
}

/** Milliseconds in which the member's own leg, which asks us at the same moment, has noted the pickup. */
const NOTED_MS = 400;

/** Somebody picked up. */
export async function legAnswered({ pages, news }: Services): Promise<Entry> {
  await new Promise((over) => setTimeout(over, NOTED_MS));
  const stored = await pages.read();
  if (stored) await news.tell(stored.data);
  return { step: 'told' };
}

/** The phone is quiet again: in the direct way the next one rings; in the bridge way the `<Dial>` sees to that. */
export async function legEnded(services: Services, carried: Continuation, params: Params): Promise<Entry> {
  const { pages, news, calls, now } = services;
  const { sid, ourNumber = null } = readCallerLeg(params);
  if (params.way === 'direct') {
    const { page, attempt } = carried;
    const look = await closedAlerts(services, carried.state);
    const why = readLegResult(params);
    const ended = {
      kind: 'ring-ended',
      page,
      attempt,
      call: sid,
      why,
      wasBridged: false,
      ...look,
      at: now(),
    } as const;
    const outcome = await throughTheEnd(services, ended, sinceThen(carried, why));
    await news.tellOutcome(await carryOut(services, outcome, ourNumber));
    return cameOf(outcome);
  }
  const { ParentCallSid } = params;
  const [isLost, stored] = await Promise.all([ParentCallSid && calls.isOver(ParentCallSid), pages.read()]);
  // Not after telling, which may take what time there is: nobody else sees to a page whose call is gone.
  if (ParentCallSid && isLost) {
    return settleLostCall(services, ParentCallSid, carried, params.CallStatus !== 'completed', ourNumber);
  }
  if (stored) await news.tell(stored.data);
  return { step: 'told' };
}
