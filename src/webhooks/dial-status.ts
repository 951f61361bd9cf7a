/** A member's leg, by its status callbacks. */

import { isGoingOn, pageOf, type State, withFacts } from '../escalation';
import { WAIT } from '../platform/budget';
import type { Entry } from '../platform/log';
import type { Params } from '../platform/params';
import type { Services } from '../platform/services';
import { sleep } from '../platform/time';
import type { Continuation } from '../store/continuation';
import { listAlerts, withListed } from '../store/list-alerts';
import type { Stored } from '../store/page-store';
import { Conflict } from '../store/sync-document';
import { readCallerLeg, readLegResult } from '../voice/params';
import { closedSince } from './steps/check-alerts';
import { learn } from './steps/learn-names';
import { cameOf } from './steps/log-entry';
import { settleLostCall } from './steps/lose-call';
import { carryOut } from './steps/place-call';
import { ringEnded } from './steps/ring-ended';
import { postAndSave } from './steps/save-late';

/** The phone rings, so there is time to look up what is not known yet, and to post. */
export async function legStarted(services: Services, carried: Continuation, params: Params): Promise<Entry> {
  const { pages, news, details, mackerel } = services;
  const isFirst = carried.attempt === 0;
  const preparing = prepare(services, carried);
  const stored = carried.revision === null ? (await pages.read())?.data : carried.state;
  if (!stored) {
    // In the direct way, the webhook that placed the call has posted already.
    if (carried.state && params.way !== 'direct') await news.tellLatest(carried.state);
    return { step: 'told', remembered: false };
  }
  await preparing;
  // The webhook that comes with the call is as fast as we are.
  if (details && isFirst) await sleep(WAIT.webhookMs);
  // For a page that has just begun, the URL names its alert, and Sync has no others.
  const isAllKnown = isFirst && !details && !mackerel && stored.alerts.length > 0;
  if (isAllKnown) {
    await news.tell(stored, { alerts: 'known' });
    return { step: 'told' };
  }
  const state = withListed(stored, await listAlerts(services));
  const learned = await learn(services, state);
  const known = learned ?? state;
  // Alerts that were taken before may have closed since, and nothing else asks.
  const seen = isFirst ? (await closedSince(services, known)).state : known;
  await news.tell(seen, { alerts: 'listed' });
  return { step: learned ? 'learned' : 'told' };
}

/** The first alert ever had no map to go into. */
async function prepare({ alerts, warn }: Services, { state, attempt }: Continuation): Promise<void> {
  const page = state?.page;
  if (!page || page.first === '' || attempt > 0 || state.pagesStarted > 1) return;
  const known = state.alerts.find(({ id }) => id === page.first);
  const { id, startedAt } = { id: page.first, startedAt: page.startedAt };
  const facts = withFacts({ id, heardAt: startedAt }, known ?? { id, heardAt: startedAt }, startedAt);
  const first = { ...facts, page: page.id, joinedMs: startedAt * 1000, isWatch: true } as const;
  await alerts.add(first).catch((fault: Error) => {
    if (!(fault instanceof Conflict)) warn(`Could not save an alert: ${fault.message}`);
  });
}

/** Somebody picked up. */
export async function legAnswered(services: Services): Promise<Entry> {
  const { pages, news, details, mackerel } = services;
  await sleep(WAIT.pickupMs);
  const stored = await pages.read();
  if (!stored) return { step: 'told' };
  if (!details && !mackerel) {
    await news.tell(stored.data);
    return { step: 'told' };
  }
  const state = withListed(stored.data, await listAlerts(services));
  const learned = await learn(services, state);
  await news.tell(learned ?? state, { alerts: 'listed' });
  return { step: learned ? 'learned' : 'told' };
}

/** The phone is quiet again: in the direct way the next one rings; in the bridge way the `<Dial>` does that. */
export async function legEnded(services: Services, carried: Continuation, params: Params): Promise<Entry> {
  return params.way === 'direct'
    ? ownCallEnded(services, carried, params)
    : dialledLegEnded(services, carried, params);
}

async function ownCallEnded(services: Services, carried: Continuation, params: Params): Promise<Entry> {
  const { page, attempt } = carried;
  const { sid, ourNumber = null } = readCallerLeg(params);
  const ended = { call: sid, why: readLegResult(params), wasBridged: false } as const;
  const outcome = await ringEnded(services, carried, ended);
  const last = await carryOut(services, outcome, ourNumber);
  await postAndSave(services, last, { kind: 'end-ring', page, attempt, ...ended });
  await postClosings(services, last.state);
  return cameOf(outcome);
}

async function dialledLegEnded(services: Services, carried: Continuation, params: Params): Promise<Entry> {
  const { pages, news, calls } = services;
  const { ourNumber = null } = readCallerLeg(params);
  const { ParentCallSid } = params;
  const wasRinging = params.CallStatus !== 'completed';
  const startedAt = Date.now();
  const [isLost, stored] = await Promise.all([ParentCallSid && calls.isOver(ParentCallSid), pages.read()]);
  const settle = async (call: string) =>
    settleLostCall(services, call, carried, wasRinging, ourNumber, startedAt);
  // Before posting, which may use up the time: nothing else sees to a page whose call is gone.
  if (ParentCallSid && isLost) return settle(ParentCallSid);
  if (!stored) return {};
  const looks = { startedAt, after: wasRinging ? WAIT.staleCallMs : WAIT.staleCallMs.slice(0, 1) };
  const settleLater = async (call: string) =>
    (await isGoneAfterAll(services, call, carried, looks)) && settle(call);
  const [, settled] = await Promise.all([
    news.tell(stored.data, { isOver: !isGoingOn(pageOf(stored.data, carried.page)) }),
    ParentCallSid && isWhereItWas(stored, carried) && settleLater(ParentCallSid),
  ]);
  await postClosings(services, stored.data);
  return settled || { step: 'told' };
}

/** The taker has hung up: alerts that closed meanwhile are posted. */
async function postClosings(services: Services, state: State): Promise<void> {
  if (state.page?.end?.kind !== 'taken') return;
  const { came } = await closedSince(services, state);
  if (came) await services.news.tellOutcome(came);
}

/**
 * Whether the call that carried a leg is over after all, although Twilio did not say so at first. Then nobody was
 * asked what comes after this ring. No caller waits for the answer; the search stops as soon as the page has gone on.
 *
 * @param looks milliseconds before each look; the rest has to fit into a status callback's time, too
 */
async function isGoneAfterAll(
  { pages, calls }: Services,
  call: string,
  carried: Continuation,
  looks: { readonly startedAt: number; readonly after: readonly number[] },
): Promise<boolean> {
  let before = 0;
  for (const after of looks.after) {
    if (Date.now() - looks.startedAt > before + WAIT.slowMs) return false;
    await sleep(after - before);
    const stored = await pages.read();
    if (!stored || !isWhereItWas(stored, carried)) return false;
    if (await calls.isOver(call)) return true;
    before = after;
  }
  return false;
}

/** The ring is over, and nobody has decided yet what comes next. */
const isWhereItWas = ({ data: { page } }: Stored, { page: id, attempt }: Continuation) =>
  isGoingOn(page) && page.id === id && page.attempt === attempt;
