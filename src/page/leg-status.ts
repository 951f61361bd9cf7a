/** A member's leg, as its status callbacks tell it. */
import { isGoingOn, type State } from '../core/escalation/state';
import type { Entry } from '../http/log';
import type { Params } from '../http/params';
import type { Services } from '../services';
import { type Continuation, sinceThen } from '../twilio/continuation';
import { readCallerLeg, readLegResult } from '../twilio/requests';
import { closedSince } from './closings';
import { carryOut } from './direct';
import { closedAlerts, learn } from './lookups';
import { settleLostCall } from './lost-call';
import { cameOf } from './note';
import { toldAndSaved } from './saving';

/** Milliseconds in which the webhook that comes with a call has been kept. */
const WEBHOOK_MS = 600;

/** The phone rings: time to look up what is not known yet, and to tell. */
export async function legStarted(services: Services, carried: Continuation, params: Params): Promise<Entry> {
  const { pages, news, inbox, facts } = services;
  const state = carried.revision === null ? null : carried.state;
  const stored = state ?? (await pages.read())?.data;
  if (!stored) {
    // In the direct way, who placed the call has told already.
    if (carried.state && params.way !== 'direct') await news.tellLatest(carried.state);
    return { step: 'told', remembered: false };
  }
  // The webhook that comes with the call is as fast as we are.
  if (facts && carried.attempt === 0) await new Promise((over) => setTimeout(over, WEBHOOK_MS));
  const isFirstEver = stored.pagesStarted <= 1 && carried.attempt === 0;
  const [learned] = await Promise.all([learn(services, stored), isFirstEver && inbox.prepare()]);
  const known = learned ?? stored;
  // What was taken before may have closed since, and nobody else asks.
  const seen = carried.attempt === 0 ? await closedSince(services, known) : null;
  await news.tell(seen?.state ?? known);
  return { step: learned ? 'learned' : 'told' };
}

/** Milliseconds in which the member's own leg, which asks us at the same moment, has noted the pickup. */
const NOTED_MS = 400;

/** Somebody picked up. */
export async function legAnswered(services: Services): Promise<Entry> {
  const { pages, news } = services;
  await new Promise((over) => setTimeout(over, NOTED_MS));
  const stored = await pages.read();
  const learned = stored && (await learn(services, stored.data));
  if (stored) await news.tell(learned ?? stored.data);
  return { step: learned ? 'learned' : 'told' };
}

/** The phone is quiet again: in the direct way the next one rings; in the bridge way the `<Dial>` sees to that. */
export async function legEnded(services: Services, carried: Continuation, params: Params): Promise<Entry> {
  const { pages, news, calls, now } = services;
  const { sid, ourNumber = null } = readCallerLeg(params);
  if (params.way === 'direct') {
    const { page, attempt } = carried;
    const why = readLegResult(params);
    const { look, latest } = await closedAlerts(services, sinceThen(carried, why, services.facts !== null));
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
    const outcome = await pages.apply(ended, latest);
    const last = await carryOut(services, outcome, ourNumber);
    await toldAndSaved(services, last, (state) =>
      pages.apply({ ...ended, at: now() }, { page, attempt, state, revision: null }),
    );
    await tellClosings(services, last.state);
    return cameOf(outcome);
  }
  const { ParentCallSid } = params;
  const wasRinging = params.CallStatus !== 'completed';
  const startedAt = Date.now();
  const [isLost, stored] = await Promise.all([ParentCallSid && calls.isOver(ParentCallSid), pages.read()]);
  const settle = async (call: string) =>
    settleLostCall(services, call, carried, wasRinging, ourNumber, startedAt);
  // Not after telling, which may take what time there is: nobody else sees to a page whose call is gone.
  if (ParentCallSid && isLost) return settle(ParentCallSid);
  if (!stored) return {};
  const looks = { startedAt, after: wasRinging ? LOOKS_MS : LOOKS_MS.slice(0, 1) };
  const settleLater = async (call: string) =>
    (await isGoneAfterAll(services, call, carried, looks)) && settle(call);
  const [, settled] = await Promise.all([
    news.tell(stored.data),
    ParentCallSid && isWhereItWas(stored.data, carried) && settleLater(ParentCallSid),
  ]);
  await tellClosings(services, stored.data);
  return settled || { step: 'told' };
}

/** Whoever took the page has hung up: what closed while they listened is told. */
async function tellClosings(services: Services, state: State): Promise<void> {
  const closed = state.page?.end?.kind === 'taken' ? await closedSince(services, state) : null;
  if (closed) await services.news.tellOutcome(closed);
}

/** Milliseconds. What Twilio tells of a call may be some seconds old (docs/voice/api/call-resource). */
const LOOKS_MS = [3_000, 4_200];
/** Where answers take longer than that, there is no time for another look. */
const SLOW_MS = 500;

/**
 * Whether the call that a leg hung on turns out to be over, though Twilio did not say so at first: then nobody was
 * asked what comes after this ring. Nobody waits for the answer; as soon as somebody has
 * gone on with the page, this stops.
 *
 * @param looks `after` so many milliseconds each; what follows has to be done in the time that a status callback has, too
 */
async function isGoneAfterAll(
  { pages, calls }: Services,
  call: string,
  carried: Continuation,
  looks: { readonly startedAt: number; readonly after: readonly number[] },
): Promise<boolean> {
  let before = 0;
  for (const after of looks.after) {
    if (Date.now() - looks.startedAt > before + SLOW_MS) return false;
    await new Promise((over) => setTimeout(over, after - before));
    const stored = await pages.read();
    if (!stored || !isWhereItWas(stored.data, carried)) return false;
    if (await calls.isOver(call)) return true;
    before = after;
  }
  return false;
}

/** The ring is over, and nobody has decided yet what comes after it. */
const isWhereItWas = ({ page }: State, { page: id, attempt }: Continuation) =>
  isGoingOn(page) && page.id === id && page.attempt === attempt;
