import type { AlertFacts } from '../alert';
import type { DialList } from '../dial-list';
import { dialOrder } from '../dial-order';
import { changed, type Decision, presentStep, unchanged } from './decision';
import type { AlertNotified, TestStarted } from './event';
import { ring } from './ringing';
import { isGoingOn, type Page, type State } from './state';
import type { CallerStep } from './step';

/** Mackerel calls about an alert: it starts a page, joins the one that is going on, or revives a dead one. */
export function alertNotified(list: DialList, state: State, event: AlertNotified): Decision<CallerStep> {
  const { page } = state;
  if (page && page.call === event.call) return unchanged(state, presentStep(list, state));
  if (!isGoingOn(page)) return start(list, state, event, [event.alert], false);
  const joined = join(state, page, event);
  if (event.at <= page.until) return joined;
  return revive(list, joined.state, event, joined);
}

/** Somebody opens the line to try it out. */
export function testStarted(list: DialList, state: State, event: TestStarted): Decision<CallerStep> {
  const { page } = state;
  if (page && page.call === event.call) return unchanged(state, presentStep(list, state));
  if (isGoingOn(page) && event.at <= page.until) return unchanged(state, { kind: 'hang-up' });
  return start(list, state, event, [], true);
}

/** The id of the page that a call starts; the same however often the call asks. */
export function pageIdOf(at: number, call: string): string {
  return `${at.toString(36)}-${call.slice(-6).toLowerCase()}`;
}

type Start = AlertNotified | TestStarted;

function start(
  list: DialList,
  state: State,
  event: Start,
  alerts: readonly AlertFacts[],
  isTest: boolean,
): Decision<CallerStep> {
  const turn = list.rotation.every === 'page' ? state.pagesStarted : event.turn;
  const page: Page = {
    id: pageIdOf(event.at, event.call),
    startedAt: event.at,
    isTest,
    call: event.call,
    order: dialOrder(list.members.length, turn),
    attempt: 0,
    leg: 'ringing',
    until: event.at,
    alerts,
    end: null,
    isDegraded: false,
  };
  // A test leaves the rotation as it is: whose turn it is must not depend on who tried the line.
  const pagesStarted = isTest ? state.pagesStarted : state.pagesStarted + 1;
  return ring(list, { ...state, pagesStarted }, page, event.at, { kind: 'page-started' });
}

/** The alert becomes the business of whoever takes the page; its own call is not needed. */
function join(state: State, page: Page, { alert, at }: AlertNotified): Decision<CallerStep> {
  if (page.alerts.some(({ id }) => id === alert.id)) return unchanged(state, { kind: 'hang-up' });
  // A real alert makes a test page a real one.
  const joined: Page = { ...page, isTest: false, alerts: [...page.alerts, alert] };
  return changed(state, joined, at, { kind: 'hang-up' }, { kind: 'joined', alert: alert.id });
}

/** The page's call fell silent: this one carries it on, from the member after the one who was being rung. */
function revive(
  list: DialList,
  state: State,
  { at, call }: AlertNotified,
  joined: Decision<CallerStep>,
): Decision<CallerStep> {
  const { page } = state;
  if (!isGoingOn(page)) return joined;
  const attempt = page.leg === 'pausing' ? page.attempt : page.attempt + 1;
  const decision = ring(list, state, { ...page, call, attempt }, at, { kind: 'resumed' });
  return { ...decision, news: [...joined.news, ...decision.news] };
}
