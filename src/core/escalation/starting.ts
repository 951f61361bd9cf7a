import { type AlertFacts, type AlertStatus, isWorse, merged, UNKNOWN_ID, worstFirst } from '../alert';
import type { DialList } from '../dial-list';
import { dialOrder } from '../dial-order';
import {
  type AlertRecord,
  factsIn,
  latestTaking,
  recordOf,
  type Taken,
  withAlert,
  withRecords,
} from './book';
import { alertsClosed } from './closing';
import { after, type Decision, hangUp, presentStep, told, unchanged } from './decision';
import type { AlertNotified, Starting, TestStarted } from './event';
import { flapping, settling } from './flapping';
import { joined, joinedBehind, joinedLate, revived } from './joining';
import type { News, PageReason } from './news';
import { begunTooLate, ring } from './ringing';
import { isGoingOn, type Page, pageOf, type State } from './state';
import type { CallerStep } from './step';

/** The latest calls that are remembered: as many as a storm brings before the first of them has ended. */
const CALLS_KEPT = 40;

/** Also by a call that was over before it asked us. One that had been here was hung up by us, and is no such call. */
type Notified = Omit<AlertNotified, 'kind'>;

/** Mackerel wants somebody rung: that starts a page, joins the one that is going on, revives a dead one, or nothing. */
export function alertNotified(list: DialList, before: State, given: Notified): Decision<CallerStep> {
  const event = { ...given, alert: newest(given) };
  if (isTheCallOf(before.page, event.call))
    return event.way === 'bridge'
      ? unchanged(before, presentStep(list, before))
      : begunTooLate(list, before, event);
  if (hasBeenHere(before, event.call)) return unchanged(before, hangUp);
  const state = withNotice(withCall(before, event.call), event);
  if (isQuietAside(list, state, event)) return carriedOn(list, unchanged(before, hangUp), event);
  const record = recordOf(before, event.alert.id);
  if (event.isClosed || record?.closedAt !== undefined)
    return carriedOn(list, closedAlready(state, event), event);
  // Who took an alert without a name may have taken another one.
  const taken = event.alert.id === UNKNOWN_ID ? undefined : record?.taken;
  // The webhook may have told of it a moment before the call that it is about.
  const whenTaken = taken?.status ?? record?.status;
  const isWorseNow = taken !== undefined && isWorse(event.alert.status ?? record?.status, whenTaken);
  const hasChanged = record !== undefined && taken !== undefined && mayBeWorse(record, whenTaken, event);
  const quietUntil = taken && !isWorseNow && !hasChanged ? taken.at + list.quietMinutes * 60 : 0;
  const isOfStorm = record?.page !== undefined && pageOf(state, record.page)?.more;
  if (record && event.at < quietUntil)
    return carriedOn(
      list,
      isOfStorm ? unchanged(before, hangUp) : keptQuiet(state, event, record, quietUntil),
      event,
    );
  const settled = record?.page === undefined && settling(list, state, event);
  if (settled) return carriedOn(list, settled, event);
  if (isGoingOn(state.page)) return joinOrRevive(list, state, state.page, event);
  const late = joinedBehind(state, event) ?? joinedLate(list, state, event);
  if (late) return late;
  if (record && isTooSoon(list, record, event)) return unchanged(withAlert(state, event.alert), hangUp);
  const again = isWorseNow ? 'worse' : hasChanged ? 'changed' : 'still-open';
  const begun = startFor(list, state, event, taken ? again : 'new', taken);
  const often = taken ? [] : flapping(state, event);
  if (often.length === 0) return begun;
  return after(begun, told(begun.state, begun.state.page?.id ?? '', event.at, begun.step, ...often));
}

/** Seconds. Mackerel re-sends no sooner: mackerel.io/api-docs/entry/monitors, `notificationInterval` */
const SOONEST_RESEND = 10 * 60;

/** A call of Mackerel's where neither its API nor its webhook tells how bad the alert is. */
const isUntold = ({ alert, way }: Notified) => way === 'bridge' && alert.status === undefined;

/**
 * What calls sooner than Mackerel re-sends calls because its status has changed. Where nobody tells to what, it may be
 * for the worse, unless it was critical before.
 */
function mayBeWorse(record: AlertRecord, before: AlertStatus | undefined, event: Notified): boolean {
  const last = record.notifiedAt ?? record.heardAt;
  return isUntold(event) && before !== 'critical' && event.at < last + SOONEST_RESEND - EARLY;
}

/** Notes when Mackerel called about an alert, for the next call to be measured by. */
function withNotice(state: State, event: Notified): State {
  const { id } = event.alert;
  if (!isUntold(event) || !recordOf(state, id)) return state;
  return withRecords(state, (alert) => (alert.id === id ? { ...alert, notifiedAt: event.at } : alert));
}

/** What the webhook told of an alert: the newest there is, but for what the call itself brings. */
export const newest = ({ told, alert }: Notified): AlertFacts => (told ? merged(told, alert) : alert);

/** One of so many that the book had no room for it: it shared the end of its page, and its re-send is no news. */
function isQuietAside(list: DialList, state: State, { asideFor, alert, at }: Notified): boolean {
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

/** People were rung for it, and nobody has it. */
const isUnanswered = ({ page, taken, closedAt }: AlertRecord) =>
  page !== undefined && !taken && closedAt === undefined;

/** Nobody answered the last time, and it is not yet time to try again: where calls start pages, each of them is. */
const isTooSoon = (list: DialList, record: AlertRecord, { alert, at }: Notified) =>
  list.start === 'webhook' &&
  isUnanswered(record) &&
  !isWorse(alert.status, record.status) &&
  !isToRepeat(list, begunAt(record.page), at);

/** Nobody answered, and it is time to ring again. */
const isDue = (list: DialList, state: State, record: AlertRecord, at: number) =>
  isUnanswered(record) &&
  isToRepeat(list, begunAt(record.page), at) &&
  // Of one of so many that the book has no room for them, nobody knows whether it has closed.
  !pageOf(state, record.page ?? '')?.more;

/**
 * What to ring for if nothing else does: what nobody answered, once it is time to try again, the worst first. Where calls
 * start pages, only the clock asks: Mackerel's calls come as often as it sends them.
 */
export function dueAgain(list: DialList, state: State, at: number, isClock = false): readonly AlertFacts[] {
  if ((list.start === 'call' && !isClock) || isGoingOn(state.page)) return [];
  const due = state.alerts.filter((record) => isDue(list, state, record, at));
  return due.sort(worstFirst).map(factsIn);
}

/** Nobody is rung for what came; but a page whose call has died is carried on by whatever comes next. */
function carriedOn(list: DialList, decision: Decision<CallerStep>, event: Notified): Decision<CallerStep> {
  const { state } = decision;
  const { page } = state;
  // Whoever tried the line out has long put the phone down.
  const isSilent = isGoingOn(page) && !page.isTest && event.at > page.until;
  if (!isSilent) return decision;
  const known = hasBeenHere(state, event.call) ? state : withCall(state, event.call);
  return after(decision, revived(list, known, event));
}

function joinOrRevive(list: DialList, state: State, page: Page, event: Notified): Decision<CallerStep> {
  const blind = { ...page, isBlind: page.isBlind || event.blind !== undefined };
  const decision = joined(state, blind, [event.alert], event.at, ...(page.isBlind ? [] : blindness(event)));
  const isNew = recordOf(state, event.alert.id)?.page !== page.id;
  return event.at <= page.until ? decision : after(decision, revived(list, decision.state, event, isNew));
}

/** Seconds. A caller id can be forged: whoever does so must not ring everybody all night. */
const REHEARSALS = { most: 3, within: 60 * 60 };

/** Somebody opens the line to try it out. A test leaves the rotation as it is. */
export function testStarted(list: DialList, state: State, event: TestStarted): Decision<CallerStep> {
  if (isTheCallOf(state.page, event.call)) return unchanged(state, presentStep(list, state));
  if (isGoingOn(state.page) && event.at <= state.page.until) return unchanged(state, hangUp);
  // A silent page with alerts comes first: this call carries it on.
  if (isGoingOn(state.page) && !state.page.isTest) return revived(list, state, event);
  if (!event.isCalledIn) return start(list, state, event, 'new');
  const latest = (state.rehearsedAt ?? []).filter((at) => event.at - at < REHEARSALS.within);
  if (latest.length >= REHEARSALS.most) return unchanged(state, hangUp);
  return start(list, { ...state, rehearsedAt: [...latest, event.at] }, event, 'new');
}

const isTheCallOf = (page: Page | null, call: string) =>
  call !== '' && page?.way === 'bridge' && page.call === call;

const nameOf = (call: string) => call.slice(-8);

/** Whether a call is one of the latest that came about alerts. */
export const hasBeenHere = ({ calls }: State, call: string) => calls.includes(nameOf(call));

/**
 * Whether a call will be asked for when it is over. Where a page has come and gone, and nobody told us of its call's end,
 * nobody will of others': then a storm need not remember each of its calls.
 */
export const isAskedForAtEnd = ({ previous, endsToldSince }: State) =>
  !previous || endsToldSince !== undefined;

/** The state, now that we have been told of an end. */
export const endTold = (state: State, at: number): State =>
  state.endsToldSince === undefined ? { ...state, endsToldSince: at } : state;

/** Seconds in which calls end that came before anybody told us of an end. */
const UNTOLD = 60;

/** Whether a call may have been here though nobody remembered it. */
export const mayHaveBeenHere = ({ previous, endsToldSince }: State, at: number) =>
  Boolean(previous) && (endsToldSince === undefined || at < endsToldSince + UNTOLD);

function withCall(state: State, call: string): State {
  return call ? { ...state, calls: [...state.calls, nameOf(call)].slice(-CALLS_KEPT) } : state;
}

function closedAlready(state: State, { alert, at }: Notified): Decision<CallerStep> {
  const decision = alertsClosed(state, { kind: 'alerts-closed', alerts: [alert.id], at });
  if (decision.news.length > 0) return decision;
  const page = recordOf(state, alert.id)?.page ?? '';
  return after(decision, told(decision.state, page, at, hangUp, { kind: 'closed-already', alert: alert.id }));
}

function keptQuiet(state: State, event: Notified, record: AlertRecord, until: number): Decision<CallerStep> {
  const { by = 0 } = record.taken ?? {};
  const minutes = Math.ceil((until - event.at) / 60);
  const news: News = { kind: 'kept-quiet', alert: event.alert.id, member: by, minutes };
  // How bad it was when they took it nobody may have known: from now on it is known when it gets worse.
  const status = record.taken?.status ?? record.status ?? event.alert.status;
  const taken = record.taken && { ...record.taken, ...(status && { status }) };
  return told(withAlert(state, event.alert, { taken }), record.page ?? '', event.at, hangUp, news);
}

function startFor(
  list: DialList,
  state: State,
  event: Notified,
  why: PageReason,
  taken: Taken | undefined,
): Decision<CallerStep> {
  const page = pageIdOf(event);
  const open = withAlert(withOrphans(list, state, page, event.at), event.alert, { page, taken: undefined });
  if (taken) return start(list, open, event, why, taken, taken.turn ?? 0);
  return start(list, open, event, why, awake(list, state, event.at));
}

/** Who took something a moment ago, is awake and at it. */
function awake({ awakeMinutes, members }: DialList, state: State, at: number): Taken | undefined {
  // Also where the clocks of two machines differ.
  const taken = awakeMinutes > 0 ? latestTaking(state) : undefined;
  return taken && taken.by < members.length && at < taken.at + awakeMinutes * 60 ? taken : undefined;
}

const blindness = ({ blind }: Partial<Notified>): News[] => (blind ? [{ kind: 'blind', why: blind }] : []);

/**
 * The page takes up what nobody answered before. Only a list that learns of every closing may do so: another would
 * wake people for what has long been over.
 */
function withOrphans(list: DialList, state: State, page: string, at: number): State {
  if (list.start === 'call') return state;
  return withRecords(state, (alert) => (isDue(list, state, alert, at) ? { ...alert, page } : alert));
}

const turnOf = (list: DialList, { pagesStarted }: State, { turn }: Starting) =>
  list.rotation.every === 'page' ? pagesStarted : turn;

/** What starts a page; without an alert, somebody tries the line out. */
type Start = Starting & Partial<Pick<Notified, 'alert' | 'blind'>> & Pick<TestStarted, 'to'>;

/** The id of the page that a call starts; the same however often the call asks. */
function pageIdOf({ at, call, alert }: Start): string {
  // Where no call came, the alert tells two pages apart that begin in one second, one of them unknown to Sync.
  const name = (call || (alert?.id ?? '')).replace(/\W/g, '').slice(-6).toLowerCase();
  return `${at.toString(36)}${name && `-${name}`}`;
}

/** When a page began, by its id: the state forgets pages before it forgets their alerts. */
const begunAt = (page = '') => Number.parseInt(page, 36);

/**
 * @param taken who is rung first
 * @param turn of the order behind; the present one where left out. Of what they took it is what it was: a handoff since
 * then reshuffles nobody
 */
function start(
  list: DialList,
  state: State,
  event: Start,
  why: PageReason,
  taken?: Taken,
  turn = turnOf(list, state, event),
): Decision<CallerStep> {
  const order = dialOrder(list.members.length, turn);
  const first = event.to ?? taken?.by;
  const isTest = !event.alert;
  const page: Page = {
    id: pageIdOf(event),
    startedAt: event.at,
    isTest,
    way: event.way,
    call: event.call,
    order: first === undefined ? order : [first, ...order.filter((member) => member !== first)],
    ...(event.to !== undefined && { isForOne: true }),
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
  const isTold = taken && (why !== 'new' || taken.by !== order[0]);
  const reason: News = { kind: 'page-started', why, ...(isTold && { taker: taken.by }) };
  const begun = { ...state, pagesStarted, previous: state.page };
  return ring(list, begun, page, event, reason, ...blindness(event));
}
