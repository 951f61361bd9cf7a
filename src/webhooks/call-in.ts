/** Somebody calls number A, most likely a member who has missed a ring. */

import type { Language } from '../dial-list/list';
import { type CallerStep, isGoingOn, type Page, type State, standingOf } from '../escalation';
import { CALL_IN } from '../platform/budget';
import type { Entry } from '../platform/log';
import type { Params } from '../platform/params';
import type { Services } from '../platform/services';
import { sleep } from '../platform/time';
import { toQuery } from '../store/continuation';
import { withTakings } from '../store/fate';
import { listAlerts, withListed } from '../store/list-alerts';
import type { Outcome, Stored } from '../store/page-store';
import { lastWordTwiml, standingTwiml } from '../voice/call-in';
import { callerTwiml, hangUpTwiml } from '../voice/caller';
import { readCallerLeg } from '../voice/params';
import { carriedFrom } from './steps/carried';
import { entryOf } from './steps/log-entry';
import { carryOut } from './steps/place-call';

export type Answer = { readonly twiml: string; readonly note: Entry };

/** What they hear, and what their key does: 1 rings them back, 5 starts a test. */
export async function calledIn(services: Services, params: Params): Promise<Answer> {
  const { list } = services;
  const member = list.callIn === 'on' ? list.members.findIndex(({ phone }) => phone === params.From) : -1;
  const language = list.members[member]?.language ?? list.language;
  if (member < 0) return { twiml: lastWordTwiml(language, 'stranger'), note: { event: 'stranger' } };
  if (params.Digits === '1' && params.page) return ringBack(services, params, member, language);
  if (params.Digits === '5') return rehearse(services, params, language);
  return told(services, language);
}

/** What Sync holds, with all alerts and their takers; null if it does not say. */
async function readAll(services: Services): Promise<Stored | null> {
  const [stored, listed] = await Promise.all([services.pages.read(), listAlerts(services)]);
  return stored && { ...stored, data: withTakings(withListed(stored.data, listed)) };
}

async function told(services: Services, language: Language): Promise<Answer> {
  const { list, origin, now } = services;
  const stored = await readAll(services);
  if (!stored) return { twiml: lastWordTwiml(language, 'unknown'), note: { event: 'called-in' } };
  const standing = standingOf(stored.data, now());
  const twiml = standingTwiml(list, language, standing, `${origin}/call-in`);
  return { twiml, note: { event: 'called-in', step: standing.kind, page: stored.data.page?.id } };
}

/** Their own call is ended first, because a phone rings only if it is not in use. */
async function ringBack(
  services: Services,
  params: Params,
  member: number,
  language: Language,
): Promise<Answer> {
  const { pages, calls, news, now } = services;
  const { sid, ourNumber = null } = readCallerLeg(params);
  const stored = await readAll(services);
  const carried = stored && carriedFrom({ state: stored.data, revision: stored.revision || null });
  const wanted = { kind: 'ring-back', page: params.page ?? '', member, at: now() } as const;
  const outcome = await pages.apply(wanted, carried);
  const note = entryOf('ring-back', outcome);
  if (outcome.step.kind !== 'ring') {
    if (outcome.news.length === 0) return told(services, language);
    await news.tellOutcome(outcome);
    return { twiml: lastWordTwiml(language, 'willRing'), note };
  }
  await calls.complete(sid);
  await ringInstead(services, outcome, outcome.step, ourNumber);
  return { twiml: hangUpTwiml(), note };
}

/** The phone that rings stops, and theirs rings: on the leg of Mackerel's call, or by a call of our own. */
async function ringInstead(
  services: Services,
  outcome: Outcome<CallerStep>,
  { insteadOf }: { readonly insteadOf?: string },
  from: string | null,
): Promise<void> {
  const { calls, news, origin, pages } = services;
  const { state, revision } = outcome;
  const freed = sleep(CALL_IN.freedMs);
  if (state.page?.way === 'bridge') {
    await freed;
    if (insteadOf) await calls.move(insteadOf, `${origin}/dial-list?${toQuery(state, revision)}`);
    return;
  }
  await Promise.all([freed, insteadOf && calls.complete(insteadOf)]);
  const stored = await pages.read();
  // The alert closed meanwhile, or somebody else called faster, and theirs is the phone that rings.
  const isOver = stored !== null && !isAt(stored.data, state.page);
  await news.tellOutcome(isOver ? outcome : await carryOut(services, outcome, from));
}

const isAt = ({ page }: State, at: Page | null) =>
  isGoingOn(page) && page.id === at?.id && page.attempt === at.attempt;

/** The caller's own leg carries the rings of the test. */
async function rehearse(services: Services, params: Params, language: Language): Promise<Answer> {
  const { list, pages, origin, now, turnAt } = services;
  const { sid, ourNumber } = readCallerLeg(params);
  const at = now();
  const starting = { at, call: sid, way: 'bridge', turn: turnAt(at) } as const;
  const outcome = await pages.apply({ kind: 'start-test', isCalledIn: true, ...starting }, null);
  const { step, state, revision } = outcome;
  const note = entryOf('rehearsal', outcome);
  if (step.kind !== 'ring') return { twiml: lastWordTwiml(language, 'noRehearsal'), note };
  return { twiml: callerTwiml(step, { list, state, revision, origin, callerId: ourNumber, now: at }), note };
}
