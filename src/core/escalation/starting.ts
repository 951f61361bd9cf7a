import { isWorse, merged, UNKNOWN_ID } from '../alert';
import type { DialList } from '../dial-list';
import { dialOrder } from '../dial-order';
import { type AlertRecord, recordOf, type Taken, withAlert, withRecords } from './book';
import { alertsClosed } from './closing';
import { after, type Decision, hangUp, presentStep, told, unchanged } from './decision';
import type { AlertNotified, CallMissed, Starting, TestStarted } from './event';
import { joined, revived } from './joining';
import type { News, PageReason } from './news';
import { ring } from './ringing';
import { isGoingOn, type Page, pageOf, type State } from './state';
import type { CallerStep } from './step';

/** The latest calls that are remembered: as many as a storm brings before the first of them has ended. */
const CALLS_KEPT = 40;

/** Mackerel wants somebody rung: that starts a page, joins the one that is going on, revives a dead one, or nothing. */
export function alertNotified(list: DialList, before: State, given: AlertNotified): Decision<CallerStep> {
  const event = withTold(given);
  if (isTheCallOf(before.page, event.call)) return unchanged(before, presentStep(list, before));
  if (hasBeenHere(before, event.call)) return unchanged(before, hangUp);
  const state = withCall(before, event.call);
  if (isQuietAside(list, state, event)) return unchanged(before, hangUp);
  const record = recordOf(state, event.alert.id);
  if (event.isClosed || record?.closedAt !== undefined) return closedAlready(state, event);
  // Who took an alert without a name may have taken another one.
  const taken = event.alert.id === UNKNOWN_ID ? undefined : record?.taken;
  // The webhook may have told of it a moment before the call that it is about.
  const isWorseNow = isWorse(event.alert.status ?? record?.status, taken?.status);
  const quietUntil = taken && !isWorseNow ? taken.at + list.quietMinutes * 60 : 0;
  const isOfStorm = record?.page !== undefined && pageOf(state, record.page)?.more;
  if (record && event.at < quietUntil)
    return isOfStorm ? unchanged(before, hangUp) : keptQuiet(state, event, record, quietUntil);
  if (isGoingOn(state.page)) return joinOrRevive(list, state, state.page, event);
  if (isTooSoon(list, state, event)) return unchanged(withAlert(state, event.alert), hangUp);
  return startFor(list, state, event, !taken ? 'new' : isWorseNow ? 'worse' : 'still-open', taken);
}

/** What the webhook told of an alert: the newest there is, but for what the call itself brings. */
function withTold(event: AlertNotified): AlertNotified {
  return event.told ? { ...event, alert: merged(event.told, event.alert) } : event;
}

/** One of so many that the book had no room for it: it shared the end of its page, and its re-send is no news. */
function isQuietAside(list: DialList, state: State, { asideFor, alert, at }: AlertNotified): boolean {
  const page = asideFor === undefined ? null : pageOf(state, asideFor);
  if (!page?.end || recordOf(state, alert.id)) return false;
  if (page.end.kind === 'taken') return at < page.end.at + list.quietMinutes * 60;
  return page.end.kind === 'unanswered' && list.start === 'webhook' && !isToRepeat(list, page.startedAt, at);
}

/** Seconds. What Mackerel sends again every ten minutes may come a little early, and must not wait for ten more. */
const EARLY = 30;

/** Whether it is time to ring again for what nobody answered, counted from when it was begun the last time. */
const isToRepeat = ({ repeatMinutes }: DialList, begunAt: number, at: number) =>
  at >= begunAt + repeatMinutes * 60 - EARLY;

/** Nobody answered the last time, and it is not yet time to try again: where calls start pages, each of them is. */
function isTooSoon(list: DialList, state: State, { alert, at }: AlertNotified): boolean {
  const { page } = state;
  const record = recordOf(state, alert.id);
  return (
    list.start === 'webhook' &&
    page?.end?.kind === 'unanswered' &&
    record?.page === page.id &&
    !isWorse(alert.status, record.status) &&
    !isToRepeat(list, page.startedAt, at)
  );
}

function joinOrRevive(list: DialList, state: State, page: Page, event: AlertNotified): Decision<CallerStep> {
  const blind = { ...page, isBlind: page.isBlind || event.blind !== undefined };
  const decision = joined(state, blind, [event.alert], event.at, ...(page.isBlind ? [] : blindness(event)));
  return event.at <= page.until ? decision : after(decision, revived(list, decision.state, event));
}

/** A call of Mackerel's was over before it asked us. One that had been here was hung up by us, and is no such call. */
export function callMissed(list: DialList, state: State, event: CallMissed): Decision<CallerStep> {
  return alertNotified(list, state, { ...event, kind: 'alert-notified' });
}

/** Somebody opens the line to try it out. */
export function testStarted(list: DialList, state: State, event: TestStarted): Decision<CallerStep> {
  if (isTheCallOf(state.page, event.call)) return unchanged(state, presentStep(list, state));
  if (isGoingOn(state.page) && event.at <= state.page.until) return unchanged(state, hangUp);
  // A silent page with alerts comes first: this call carries it on.
  if (isGoingOn(state.page) && !state.page.isTest) return revived(list, state, event);
  // A test leaves the rotation as it is: whose turn it is must not depend on who tried the line.
  return start(list, state, event, 'new');
}

const isTheCallOf = (page: Page | null, call: string) =>
  call !== '' && page?.way === 'bridge' && page.call === call;

const nameOf = (call: string) => call.slice(-8);

/** Whether a call is one of the latest that came about alerts. */
export const hasBeenHere = ({ calls }: State, call: string) => calls.includes(nameOf(call));

function withCall(state: State, call: string): State {
  return call ? { ...state, calls: [...state.calls, nameOf(call)].slice(-CALLS_KEPT) } : state;
}

function closedAlready(state: State, { alert, at }: AlertNotified): Decision<CallerStep> {
  const decision = alertsClosed(state, { kind: 'alerts-closed', alerts: [alert.id], at });
  if (decision.news.length > 0) return decision;
  const page = recordOf(state, alert.id)?.page ?? '';
  return after(decision, told(decision.state, page, at, hangUp, { kind: 'closed-already', alert: alert.id }));
}

function keptQuiet(
  state: State,
  event: AlertNotified,
  record: AlertRecord,
  until: number,
): Decision<CallerStep> {
  const { by = 0 } = record.taken ?? {};
  const minutes = Math.ceil((until - event.at) / 60);
  const news: News = { kind: 'kept-quiet', alert: event.alert.id, member: by, minutes };
  return told(withAlert(state, event.alert), record.page ?? '', event.at, hangUp, news);
}

function startFor(
  list: DialList,
  state: State,
  event: AlertNotified,
  why: PageReason,
  taken: Taken | undefined,
): Decision<CallerStep> {
  const page = pageIdOf(event);
  const open = withAlert(withOrphans(list, state, page, event.at), event.alert, { page, taken: undefined });
  return start(list, open, event, why, taken);
}

const blindness = ({ blind }: Partial<AlertNotified>): News[] =>
  blind ? [{ kind: 'blind', why: blind }] : [];

/**
 * The page takes up what nobody answered before. Only a list that learns of every closing may do so: another would
 * wake people for what has long been over.
 */
function withOrphans(list: DialList, state: State, page: string, at: number): State {
  if (list.start !== 'webhook') return state;
  const isOrphan = ({ page: of, closedAt, taken, heardAt }: AlertRecord) =>
    of !== undefined &&
    !pageOf(state, of)?.more &&
    closedAt === undefined &&
    !taken &&
    isToRepeat(list, heardAt, at);
  return withRecords(state, (alert) => (isOrphan(alert) ? { ...alert, page } : alert));
}

const turnOf = (list: DialList, { pagesStarted }: State, { turn }: Starting) =>
  list.rotation.every === 'page' ? pagesStarted : turn;

/** What starts a page; without an alert, somebody tries the line out. */
type Start = Starting & Partial<Pick<AlertNotified, 'alert' | 'blind'>>;

/** The id of the page that a call starts; the same however often the call asks. */
function pageIdOf({ at, call, alert }: Start): string {
  // Where no call came, the alert tells two pages apart that begin in one second, one of them unknown to Sync.
  const name = (call || (alert?.id ?? '')).replace(/\W/g, '').slice(-6).toLowerCase();
  return `${at.toString(36)}${name && `-${name}`}`;
}

function start(
  list: DialList,
  state: State,
  event: Start,
  why: PageReason,
  taken?: Taken,
): Decision<CallerStep> {
  // Who took it is the first, and then the order is what it was: a handoff since then reshuffles nobody.
  const order = dialOrder(list.members.length, taken ? (taken.turn ?? 0) : turnOf(list, state, event));
  const isTest = !event.alert;
  const page: Page = {
    id: pageIdOf(event),
    startedAt: event.at,
    isTest,
    way: event.way,
    call: event.call,
    order: taken ? [taken.by, ...order.filter((member) => member !== taken.by)] : order,
    turn: order[0],
    attempt: 0,
    leg: 'ringing',
    told: 0,
    until: event.at,
    end: null,
    isDegraded: false,
    isBlind: event.blind !== undefined,
  };
  const pagesStarted = state.pagesStarted + (isTest ? 0 : 1);
  const reason: News = { kind: 'page-started', why, ...(taken && { taker: taken.by }) };
  const begun = { ...state, pagesStarted, previous: state.page };
  return ring(list, begun, page, event, reason, ...blindness(event));
}
