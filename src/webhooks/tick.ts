/**
 * The clock: Mackerel's external monitor of `/health` comes once a minute, and what is due is done. Two that overlap decide
 * on one state, and only one of them can write; what either of them does is decided as if a callback had come.
 */
import { isGoingOn, isInApi, isJustTaken, type Page } from '../escalation';
import { ALERTS } from '../platform/budget';
import type { Entry } from '../platform/log';
import type { Services } from '../platform/services';
import { noteClosed } from '../store/close';
import type { Continuation } from '../store/continuation';
import type { Outcome, Stored } from '../store/page-store';
import { findStrays } from '../store/settle';
import { ring, ringWhatIsDue } from './mackerel-webhook';
import { rungAfterPause } from './pause';
import { closedAmong, closedSince } from './steps/check-alerts';
import { settleLostCall } from './steps/lose-call';
import { carryOut } from './steps/place-call';
import { ringEnded } from './steps/ring-ended';
import { postAndSave } from './steps/save-late';

export type Ticked = {
  /** What a page is remembered with is there. */
  readonly isWell: boolean;
  readonly note: Entry;
};

/** Where nothing is due, and no page has just ended, it costs one read of Sync. */
export async function tick(services: Services): Promise<Ticked> {
  const event = 'tick';
  const stored = await services.pages.read();
  if (!stored) return { isWell: false, note: { event, remembered: false } };
  return { isWell: true, note: { event, remembered: true, step: await whatIsDue(services, stored) } };
}

async function whatIsDue(services: Services, stored: Stored): Promise<string> {
  const { page } = stored.data;
  if (isGoingOn(page)) {
    // It shows a sign of life sooner, unless a callback got lost.
    if (services.now() <= page.until) return 'none';
    await carriedOn(services, page, stored);
    return 'carried-on';
  }
  if (hasJustEnded(stored.data, services.now()) && (await isStrayRung(services, stored.data)))
    return 'stray-rung';
  if (!hasOpen(stored.data)) return 'none';
  const { state, came } = await closedSince(services, stored.data);
  if (came) await services.news.tellOutcome(came);
  const known = { state, revision: (came ? came.revision : stored.revision) || null };
  return (await isRungAgain(services, known)) ? 'rung-again' : came ? 'closed' : 'none';
}

/** Nobody hears of it any more on the page's last call. */
const hasJustEnded = ({ page, ended }: Stored['data'], now: number) =>
  !isJustTaken(page, now) &&
  [page, ...ended].some((one) => one?.end && now - one.end.at <= ALERTS.strayTicksSeconds);

/** An alert that Sync refused a page is seen to: the end of the page that it begins adopts the others. */
async function isStrayRung(services: Services, state: Stored['data']): Promise<boolean> {
  const { config, mackerel } = services;
  if (config.callerId === null) return false;
  const strays = await findStrays(services, state).catch(() => []);
  const closed = mackerel
    ? await closedAmong(
        mackerel,
        strays.filter(isInApi).map(({ id }) => id),
      )
    : [];
  await Promise.all(closed.map((id) => noteClosed(services, id, services.now())));
  const open = strays.find(({ id }) => !closed.includes(id));
  if (open) await ring(services, open, config.callerId);
  return open !== undefined;
}

/** A page that people were rung for, and whose alerts are not all known to have closed. */
const hasOpen = ({ page, ended }: Stored['data']) =>
  [page, ...ended].some(
    (one) => one?.end && one.end.kind !== 'closed' && one.closedAt === undefined && !one.isTest,
  );

/** What nobody answered. Only who learns of every closing may ring again: else people are woken for what is long over. */
async function isRungAgain(services: Services, known: Pick<Outcome, 'state' | 'revision'>): Promise<boolean> {
  const { callerId, webhookCredentials } = services.config;
  const learnsOfClosings = services.mackerel !== null || webhookCredentials !== null;
  return callerId !== null && learnsOfClosings && ringWhatIsDue(services, known, true);
}

/** As if the callback had come that ought to have. */
async function carriedOn(services: Services, page: Page, { data, revision }: Stored): Promise<void> {
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
  const { attempt, call } = page;
  const ended = { call, why: 'no-answer', wasBridged: false } as const;
  const outcome = await carryOut(services, await ringEnded(services, carried, ended), config.callerId);
  await postAndSave(services, outcome, (state) =>
    pages.apply(
      { kind: 'end-ring', page: page.id, attempt, ...ended, at: now() },
      { page: page.id, attempt, state, revision: null },
    ),
  );
}
