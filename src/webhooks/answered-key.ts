/** A key was pressed: 1 takes the page, 2 passes it on, 9 asks whether to close its alerts, and 1 then closes them. */
import { alertsOf, lastWord, mayClose, type Page, pageOf, type State } from '../escalation';
import type { Params } from '../platform/params';
import type { Services } from '../platform/services';
import type { Continuation } from '../store/continuation';
import { listAlerts } from '../store/list-alerts';
import { readBriefed, readKey, readToClose } from '../voice/params';
import { answered, type Heard, withAll } from './answered';
import { closeByPhone } from './steps/close-by-phone';
import { secureTake } from './steps/secure-take';

export async function answeredKey(services: Services, carried: Continuation, params: Params): Promise<Heard> {
  if (params.settled && carried.state) return confirmedAgain(carried, carried.state);
  if (params.confirmed) return heardOut(services, carried, params);
  const key = readKey(params);
  const toClose = readToClose(params);
  if (toClose !== null && key === 'take') return closedAndBriefed(services, carried, toClose);
  if (toClose === null && (key === 'take' || key === 'pass')) return decided(services, carried, params, key);
  // Nobody waits for a ring, so there is time to read what Sync knows by now.
  const outcome = await answered(services, { ...carried, revision: null }, params);
  if (toClose !== null || outcome.step.kind !== 'brief') return outcome;
  if (key === 'repeat') return { ...outcome, step: { ...outcome.step, kind: 'tell-all' } };
  const isToAsk = key === 'close' && mayClose(outcome.state);
  return { ...outcome, step: { ...outcome.step, kind: isToAsk ? 'ask-to-close' : 'unknown-key' } };
}

/** A call that `secureTake` has moved: everything is done, and the URL holds what its member hears. */
const confirmedAgain = (carried: Continuation, state: State): Heard => ({
  step: lastWord(state, carried),
  state,
  revision: null,
  news: [],
});

/** A member who closed some alerts hears what else there is. */
async function closedAndBriefed(services: Services, carried: Continuation, untilMs: number): Promise<Heard> {
  const atMs = Date.now();
  const outcome = await closeByPhone(services, carried, untilMs);
  const { state } = outcome;
  return { ...outcome, briefed: { atMs, alerts: alertsOf(state, state.page).length } };
}

/**
 * The taker has heard the confirmation. Alerts that came meanwhile are theirs, and they hear of them before they hang
 * up. If none has come, none may join any more, because they would not hear of it.
 */
async function heardOut(services: Services, carried: Continuation, params: Params): Promise<Heard> {
  const { pages, now } = services;
  const { page, attempt } = carried;
  const briefed = readBriefed(params);
  const atMs = Date.now();
  const listed = await listAlerts(services);
  const alerts = listed ?? [];
  const present = carried.state && pageOf(carried.state, page);
  const own = alertsOf({ alerts }, present);
  const newcomers = own.filter(({ joinedMs = 0 }) => joinedMs > (briefed?.atMs ?? atMs)).map(({ id }) => id);
  // If the alerts cannot be listed, one may have joined of which this member has not heard.
  const mayShut = listed !== null && newcomers.length === 0;
  const isShut = present !== null && mayShut && (await isNowShut(services, present));
  const command = { kind: 'confirmed', page, attempt, newcomers, ...(isShut && { isShut }) } as const;
  const outcome = await pages.apply({ ...command, at: now() }, carried);
  return { ...outcome, state: { ...outcome.state, alerts }, heard: { atMs, alerts: own.length } };
}

const isNowShut = ({ alerts, warn }: Services, page: Page): Promise<boolean> =>
  alerts.shut(page).then(
    () => true,
    (fault: Error) => {
      warn(`A page was not shut: ${fault.message}`);
      return false;
    },
  );

async function decided(
  services: Services,
  carried: Continuation,
  params: Params,
  key: 'take' | 'pass',
): Promise<Heard> {
  const { pages, now } = services;
  const { page, attempt } = carried;
  const atMs = Date.now();
  const pressing = pages.apply({ kind: 'press-key', page, attempt, key, at: now() }, carried);
  const outcome = key === 'take' ? await withAll(pressing, listAlerts(services)) : await pressing;
  await secureTake(services, outcome, carried, params);
  const briefed = readBriefed(params);
  const heard = { atMs, alerts: alertsOf(outcome.state, outcome.state.page).length };
  return { ...outcome, heard, ...(briefed && { briefed }) };
}
