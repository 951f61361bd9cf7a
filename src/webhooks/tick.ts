/**
 * The clock: Mackerel's external monitor of `/health` comes once a minute, and what is due is done. Two ticks that
 * overlap decide on one state, and only one of them can write. Each decides as if a callback had come.
 */
import { isGoingOn, isJustTaken, type Page, type State } from '../escalation';
import { MACKEREL, PAGE, TICK, WEBHOOK } from '../platform/budget';
import type { Entry } from '../platform/log';
import type { Services } from '../platform/services';
import { within } from '../platform/time';
import type { Continuation } from '../store/continuation';
import type { Outcome, Stored } from '../store/page-store';
import { isAllTold } from '../store/progress';
import { rungAfterPause } from './pause';
import { apiAlone, closeAlerts, closedAmong, closedSince, closePage } from './steps/check-alerts';
import { settleLostCall } from './steps/lose-call';
import { carryOut } from './steps/place-call';
import { ringWhatIsDue } from './steps/ring-alert';
import { ringEnded } from './steps/ring-ended';
import { postAndSave } from './steps/save-late';
import { learnsOfClosings, sweep, watchesOf } from './steps/sweep';

export type Ticked = {
  /** The state that belongs to a page is there. */
  readonly isWell: boolean;
  readonly note: Entry;
};

/**
 * If nothing is due, a tick costs one read of Sync; in every fifth minute, and for some minutes after a page, four.
 *
 * @param tellMs milliseconds that posting may take, if there is unposted news
 */
export async function tick(services: Services, tellMs: number = WEBHOOK.wholeMs): Promise<Ticked> {
  const event = 'tick';
  const stored = await services.pages.read();
  if (!stored) return { isWell: false, note: { event, remembered: false } };
  const { page } = stored.data;
  const step = isGoingOn(page)
    ? await keptGoing(services, page, stored)
    : await afterPages(services, stored, tellMs);
  return { isWell: true, note: { event, remembered: true, step } };
}

async function keptGoing(services: Services, page: Page, { data, revision }: Stored): Promise<string> {
  if (services.now() < dueFrom(page)) return (await hasClosed(services, page)) ? 'closed' : 'none';
  await carriedOn(services, page, { page: page.id, attempt: page.attempt, state: data, revision });
  return 'carried-on';
}

/**
 * A pause is over on time, whether its chain of Functions is alive or not. Every other step shows a sign of life by
 * then.
 */
const dueFrom = ({ way, leg, until }: Page) =>
  way === 'direct' && leg === 'pausing' ? until - PAGE.ringMarginSeconds : until + 1;

/** A closing that only the API knows. The API is otherwise asked only before each ring, and a ring may last minutes. */
async function hasClosed(services: Services, page: Page): Promise<boolean> {
  const { mackerel, news } = services;
  const watches = mackerel ? watchesOf({ page, ended: [] }) : [];
  const closed = mackerel ? await closedAmong(mackerel, watches) : [];
  if (closed.length === 0) return false;
  const came = await closePage(services, page, closed, Date.now() + MACKEREL.patienceMs);
  if (came) await news.tellOutcome(await carryOut(services, came, null));
  return came !== null;
}

/** Does what the missing callback would have done. */
async function carriedOn(services: Services, page: Page, carried: Continuation): Promise<void> {
  const { callerId } = services.config;
  if (page.way === 'bridge') await settleLostCall(services, page.call, carried, true, callerId);
  else if (page.leg === 'pausing') await rungAfterPause(services, carried, callerId);
  else await ringLost(services, page, carried);
}

/** A call of our own to a member, whose end nobody reported. */
async function ringLost(
  services: Services,
  { id, attempt, call }: Page,
  carried: Continuation,
): Promise<void> {
  const ended = { call, why: 'no-answer', wasBridged: false } as const;
  const decided = await ringEnded(services, carried, ended);
  const outcome = await carryOut(services, decided, services.config.callerId);
  await postAndSave(services, outcome, { kind: 'end-ring', page: id, attempt, ...ended });
}

/** The phones first, then the posts. */
async function afterPages(services: Services, { data, revision }: Stored, tellMs: number): Promise<string> {
  const { news, now } = services;
  // The taker is still hearing the confirmation.
  if (isJustTaken(data.page, now())) return 'none';
  const isToSweep = isTimeToSweep(now()) || hasJustEnded(data, now());
  const swept = isToSweep ? await sweep(services, data) : null;
  if (swept?.isRung) return 'stray-rung';
  const came = swept ? swept.came : await closedByApi(services, data);
  const known = came ?? { state: data, revision: revision || null };
  const isRungAgain = await rungAgain(services, known);
  if (came) await news.tellOutcome(came);
  else if (isToSweep && !isRungAgain)
    await within(tellMs, 'it took too long', tellRest(services, data)).catch(() => {});
  return isRungAgain ? 'rung-again' : came ? 'closed' : 'none';
}

/** The webhook that ended a page may have been cut off before it posted and recorded, or Slack was down. */
async function tellRest({ cursor, news }: Services, state: State): Promise<void> {
  // Posting loads Slack's client. If Sync does not say, the news logs why.
  if (!(await isAllTold(cursor, state).catch(() => false))) await news.tell(state);
}

const isTimeToSweep = (at: number) => Math.floor(at / 60) % TICK.sweepMinutes === 0;

const hasJustEnded = ({ page, ended }: State, at: number) =>
  [page, ...ended].some((one) => one?.end && at - one.end.at <= TICK.afterPageSeconds);

/** The watches show whether it is worth listing all alerts. */
async function closedByApi(services: Services, state: State): Promise<Outcome | null> {
  const mackerel = apiAlone(services);
  const closed = mackerel ? await closedAmong(mackerel, watchesOf(state)) : [];
  if (closed.length === 0) return null;
  const { state: seen, came } = await closedSince(services, state);
  // An earlier webhook may have saved it and got no further.
  return came ?? closeAlerts(services, seen, closed);
}

/**
 * Unanswered alerts. They may ring again only if every closing is reported: otherwise people would be woken for
 * alerts that closed long ago.
 */
const rungAgain = async (services: Services, known: Pick<Outcome, 'state' | 'revision'>): Promise<boolean> =>
  services.config.callerId !== null && learnsOfClosings(services) && ringWhatIsDue(services, known, true);
