/**
 * The clock: Mackerel's external monitor of `/health` comes once a minute, and what is due is done. Two that overlap decide
 * on one state, and only one of them can write; what either of them does is decided as if a callback had come.
 */
import { isGoingOn, type Page, type State } from '../core/escalation/state';
import type { Entry } from '../http/log';
import type { Services } from '../services';
import type { Continuation } from '../twilio/continuation';
import type { Outcome } from '../twilio/page-store';
import type { Versioned } from '../twilio/sync-document';
import { closedSince } from './closings';
import { carryOut } from './direct';
import { closedAlerts } from './lookups';
import { settleLostCall } from './lost-call';
import { rungAfterPause } from './pause';
import { ringWhatIsDue } from './reported';
import { toldAndSaved } from './saving';

export type Ticked = {
  /** What a page is remembered with is there. */
  readonly isWell: boolean;
  readonly note: Entry;
};

/** Where nothing is due, it costs one read of Sync. */
export async function tick(services: Services): Promise<Ticked> {
  const event = 'tick';
  const stored = await services.pages.reading().catch(() => null);
  if (!stored) return { isWell: false, note: { event, remembered: false } };
  return { isWell: true, note: { event, remembered: true, step: await whatIsDue(services, stored) } };
}

async function whatIsDue(services: Services, stored: Versioned<State>): Promise<string> {
  const { page } = stored.data;
  if (isGoingOn(page)) {
    // It shows a sign of life sooner, unless a callback got lost.
    if (services.now() <= page.until) return 'none';
    await carriedOn(services, page, stored);
    return 'carried-on';
  }
  const closed = await closedSince(services, stored.data);
  if (closed) await services.news.tellOutcome(closed);
  const known = closed ?? { state: stored.data, revision: stored.revision || null };
  return (await isRungAgain(services, known)) ? 'rung-again' : closed ? 'closed' : 'none';
}

/** What nobody answered. Only who learns of every closing may ring again: else people are woken for what is long over. */
async function isRungAgain(services: Services, known: Pick<Outcome, 'state' | 'revision'>): Promise<boolean> {
  const { callerId, webhookCredentials } = services.config;
  const learnsOfClosings = services.mackerel !== null || webhookCredentials !== null;
  return callerId !== null && learnsOfClosings && ringWhatIsDue(services, known, true);
}

/** As if the callback had come that ought to have. */
async function carriedOn(
  services: Services,
  page: Page,
  { data, revision }: Versioned<State>,
): Promise<void> {
  const { callerId } = services.config;
  const carried: Continuation = { page: page.id, attempt: page.attempt, state: data, revision };
  if (page.way === 'bridge') {
    await settleLostCall(services, page.call, carried, true, callerId);
  } else if (page.leg === 'pausing') {
    await rungAfterPause(services, carried, callerId);
  } else {
    await ringLost(services, page, carried);
  }
}

/** A call of our own to a member, whose end nobody told. */
async function ringLost(services: Services, page: Page, carried: Continuation): Promise<void> {
  const { config, now, pages } = services;
  const { look, latest } = await closedAlerts(services, carried);
  const { attempt, call } = page;
  const ended = {
    kind: 'ring-ended',
    page: page.id,
    attempt,
    call,
    why: 'no-answer',
    wasBridged: false,
  } as const;
  const decided = await pages.apply({ ...ended, ...look, at: now() }, latest);
  const outcome = await carryOut(services, decided, config.callerId);
  await toldAndSaved(services, outcome, (state) =>
    pages.apply({ ...ended, at: now() }, { page: page.id, attempt, state, revision: null }),
  );
}
