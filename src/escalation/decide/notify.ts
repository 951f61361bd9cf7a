/** Mackerel wants somebody rung: that starts a page, joins the one that goes on, revives a silent one, or nothing. */

import type { DialList } from '../../dial-list/list';
import { CALL_IN, PAGE } from '../../platform/budget';
import { isWorse, UNKNOWN_ID } from '../alert';
import type { AlertItem, TrackedAlert } from '../alert-item';
import { alertIn, alertsOf, isOnPage, latestPageOf, withFacts } from '../alerts';
import type { Notify, Starting, StartTest } from '../command';
import type { Event, PageReason } from '../event';
import { isGoingOn, memberAt, type Page } from '../page';
import { pageOf, type State } from '../state';
import { flapping, settledAs } from './flapping';
import { goDirect } from './lose-call';
import { ring, unavailable } from './ring';
import { isJustTaken } from './take';

/** What a notification comes to. The first that holds counts, in the order of `VERDICTS`. */
export type Verdict =
  /** The call that carries the page asks a second time. */
  | 'asked-again'
  /** The call was over before the page began that it was to carry: the page goes on without it. */
  | 'begun-too-late'
  /** A call that was here before asks once more. */
  | 'was-here'
  | 'closed'
  /** Somebody has it, and nobody is rung for a while. */
  | 'quiet'
  /** It flaps: who took it before has it again. */
  | 'settles'
  /** It is on a page that goes on, or joins it. */
  | 'joins'
  /** The same, and that page's call has died unnoticed. */
  | 'revives'
  /** Somebody has just taken the page, and is still at the phone, where no call of ours would reach them: it is theirs. */
  | 'joins-behind'
  /** It was open when somebody took the page, and its own call comes only now. */
  | 'joins-late'
  /** Nobody answered the last time, and it is not yet time to ring again. */
  | 'too-soon'
  | 'starts';

type Given = {
  readonly list: DialList;
  readonly state: State;
  readonly command: Notify;
  readonly alert: TrackedAlert;
};
type Rule = readonly [Verdict, (given: Given) => boolean];

const VERDICTS: readonly Rule[] = [
  ['asked-again', ({ state, command }) => isOnLine(state.page, command) && command.way === 'bridge'],
  ['begun-too-late', ({ state, command }) => isOnLine(state.page, command)],
  [
    'was-here',
    ({ alert, command }) =>
      command.call !== '' &&
      (alert.page ?? alert.closedAt) !== undefined &&
      alert.call === nameOf(command.call),
  ],
  ['closed', ({ alert, command }) => Boolean(command.isClosed) || alert.closedAt !== undefined],
  ['quiet', (given) => quietUntil(given) > given.command.at],
  ['settles', ({ list, state, alert, command: { at } }) => settledAs(list, state, { alert, at }) !== null],
  ['revives', ({ state, command }) => isSilent(state.page, command.at)],
  ['joins', ({ state }) => isGoingOn(state.page)],
  [
    'joins-behind',
    ({ state, command }) => isJustTaken(state.page, command.at) && command.shut !== state.page.id,
  ],
  ['joins-late', (given) => isLate(given)],
  ['too-soon', (given) => isTooSoon(given)],
];

export function verdictOf(list: DialList, state: State, command: Notify): Verdict {
  const given = { list, state, command, alert: latestOf(state, command) };
  return VERDICTS.find(([, holds]) => holds(given))?.[0] ?? 'starts';
}

export function notify(list: DialList, state: State, command: Notify): Event[] {
  const given = { list, state, command, alert: latestOf(state, command) };
  const { alert } = given;
  const { page } = state;
  const { at } = command;
  switch (verdictOf(list, state, command)) {
    case 'asked-again':
    case 'was-here':
      return [];
    case 'begun-too-late':
      return isGoingOn(page) ? goDirect(list, page, command, true, page.attempt) : [];
    case 'closed':
      return [...closedAlready(given), ...carriedOn(given)];
    case 'quiet':
      return [...keptQuiet(given), ...carriedOn(given)];
    case 'settles':
      return [...settled(given), ...carriedOn(given)];
    case 'joins':
      return page ? [...joined(given, page), ...unavailable(page, command)] : [];
    case 'revives':
      return page ? [...joined(given, page), ...unavailable(page, command), ...revived(given, page)] : [];
    case 'joins-behind':
      return joinedBehind(given);
    case 'joins-late':
      return page
        ? [{ kind: 'alert-joined', alert: { ...labelled(given, page.id), isLate: true }, page: page.id, at }]
        : [];
    case 'too-soon':
      return [{ kind: 'alert-learned', alert, page: alert.page ?? '', at }];
    case 'starts':
      return starts(given);
  }
}

/** Somebody opens the line to try it out. */
export function startTest(list: DialList, state: State, command: StartTest): Event[] {
  const { page } = state;
  const { at } = command;
  if (isOnLine(page, command) || (isGoingOn(page) && at <= page.until) || isJustTaken(page, at)) return [];
  // A silent page with alerts comes first: this call carries it on.
  if (isGoingOn(page) && !page.isTest) return resume(list, page, command);
  // A test leaves the rotation as it is: whose turn it is must not depend on who tried the line.
  const latest = (state.rehearsedAt ?? []).filter((then) => at - then < CALL_IN.rehearsalSeconds);
  if (command.isCalledIn && latest.length >= CALL_IN.rehearsals) return [];
  const { to } = command;
  const turn = turnOf(list, state, command);
  const one = to === undefined ? {} : ({ isForOne: true } as const);
  const begun: Page = { ...newPage(list, state, command, { first: '', turn, taker: to }), ...one };
  const rehearsed: Event[] = command.isCalledIn
    ? [{ kind: 'rehearsed', latest: [...latest, at], page: begun.id, at }]
    : [];
  return [
    ...rehearsed,
    { kind: 'page-began', begun, page: begun.id, at },
    { kind: 'page-started', why: 'new', page: begun.id, at },
    ...ring(list, begun, command),
  ];
}

/** What is known of the alert, and what the notification brings. */
function latestOf(state: State, command: Notify): TrackedAlert {
  const { alert, at } = command;
  const known = alertIn(state, alert.id);
  const notifiedAt = known && isUntold(command) ? { notifiedAt: at } : {};
  return known
    ? ({ ...withFacts(known, alert, at), ...notifiedAt } as TrackedAlert)
    : withFacts({ id: alert.id, heardAt: alert.heardAt }, alert, at);
}

const isOnLine = (page: Page | null, { call }: { readonly call: string }) =>
  call !== '' && page?.way === 'bridge' && page.call === call;

/** As much of a call's SID as tells it from others. */
const nameOf = (call: string) => call.slice(-8);

const isSilent = (page: Page | null, at: number) => isGoingOn(page) && at > page.until;

/** Until when nobody is rung for it, because somebody has it; 0 if nobody has, or it got worse since. */
function quietUntil({ list, state, alert, command }: Given): number {
  const { taken } = alert;
  // Whoever took an alert without a name may have taken another one.
  if (!taken || alert.id === UNKNOWN_ID || hasGotWorse(alert) || mayBeWorse(state, alert, command)) return 0;
  return command.at < taken.at + list.quietMinutes * 60 ? taken.at + list.quietMinutes * 60 : 0;
}

/** It is worse than when somebody took it. */
export const hasGotWorse = ({ taken, status }: TrackedAlert) =>
  taken !== undefined && isWorse(status, taken.status);

/** A call of Mackerel's, if neither its API nor its webhook tells how bad the alert is. */
const isUntold = ({ alert, way }: Notify) => way === 'bridge' && alert.status === undefined;

/**
 * What calls sooner than Mackerel re-sends calls because its status has changed. If nobody tells to what, it may be for
 * the worse, unless it was critical before.
 */
function mayBeWorse(state: State, { taken, status }: TrackedAlert, command: Notify): boolean {
  const before = alertIn(state, command.alert.id);
  if (!before || !taken || command.isNew || !isUntold(command) || (taken.status ?? status) === 'critical')
    return false;
  const last = before.notifiedAt ?? before.heardAt;
  return command.at < last + PAGE.soonestResendSeconds - PAGE.earlySeconds;
}

/**
 * An alert that was open when somebody took the page, though its call comes only now: Twilio dials one call a second
 * unless it was asked for more (docs/glossary/cps), and in a storm Mackerel's calls wait for their turn. It is theirs as
 * well, and nobody is rung a second time for one outage; unless it is worse than what they know of, or they have nothing
 * open any more.
 */
function isLate({ list, state, alert, command: { at } }: Given): boolean {
  const { page } = state;
  const { openedAt } = alert;
  if (page?.end?.kind !== 'taken' || page.isTest || openedAt === undefined || alert.page) return false;
  const [worst] = alertsOf(state, page);
  if (!worst || isWorse(alert.status, worst.status)) return false;
  const wasOpen = openedAt >= page.startedAt - PAGE.togetherSeconds && openedAt <= page.end.at;
  return wasOpen && at < page.end.at + Math.min(list.quietMinutes * 60, PAGE.togetherSeconds);
}

/** Whether it is time to ring again for what nobody answered, counted from when that page began. */
export const isTimeToRepeat = ({ repeatMinutes }: DialList, begunAt: number, at: number) =>
  at >= begunAt + repeatMinutes * 60 - PAGE.earlySeconds;

/** If the webhook starts pages, re-sends may come more often than people are to be rung. */
function isTooSoon({ list, state, alert, command }: Given): boolean {
  const before = alertIn(state, alert.id);
  const isUnanswered = before?.page !== undefined && !before.taken;
  if (list.start === 'call' || !isUnanswered || isWorse(command.alert.status, before.status)) return false;
  const rungAt = latestPageOf(state, before.page)?.startedAt ?? begunAt(before.page);
  return !isTimeToRepeat(list, rungAt, command.at);
}

/** When a page began, by its id: the document forgets pages before their alerts are forgotten. */
export const begunAt = (page = '') => Number.parseInt(page, 36);

function closedAlready(given: Given): Event[] {
  const {
    state,
    alert,
    command: { at },
  } = given;
  const before = alertIn(state, alert.id);
  const page = alert.page ?? '';
  const learned: Event = {
    kind: 'alert-learned',
    alert: { ...heardOf(given), closedAt: alert.closedAt ?? at },
    page,
    at,
  };
  // The closing is news itself, unless it is old.
  if (before?.page !== undefined && before.closedAt === undefined) return [learned];
  return [learned, { kind: 'closed-already', alert: alert.id, page, at }];
}

function keptQuiet(given: Given): Event[] {
  const { alert, command } = given;
  const { at } = command;
  const { by = 0 } = alert.taken ?? {};
  const minutes = Math.ceil((quietUntil(given) - at) / 60);
  const page = alert.page ?? '';
  return [
    { kind: 'alert-learned', alert: heardOf(given), page, at },
    { kind: 'kept-quiet', alert: alert.id, member: by, minutes, page, at },
  ];
}

/** The alert with the call that brought it: if that asks twice, nothing is said twice. */
const heardOf = ({ alert, command: { call } }: Given): TrackedAlert => ({
  ...alert,
  ...(call && { call: nameOf(call) }),
});

const labelled = (given: Given, page: string): AlertItem => {
  const { taken: _, isNewcomer: __, isLate: ___, ...alert } = given.alert;
  // Many calls may be about one of unknown name: that it is here need be written once.
  const isHere = alert.id === UNKNOWN_ID && alert.page === page;
  return { ...alert, page, ...(!isHere && { call: heardOf(given).call }) };
};

function settled(given: Given): Event[] {
  const { list, state, alert, command } = given;
  const { at } = command;
  const last = settledAs(list, state, { alert, at });
  if (!last?.taken) return [];
  const page = last.page ?? '';
  return [
    { kind: 'alert-joined', alert: { ...labelled(given, page), isLate: true }, page, at },
    { kind: 'settling', alert: alert.id, member: last.taken.by, page, at },
    ...flapping(state, { alert, at }, page),
  ];
}

/** Whether an alert was on a page before this notification. */
function isThere(state: State, id: string, page: Page): boolean {
  const known = alertIn(state, id);
  return known !== undefined && isOnPage(known, page);
}

/** They hear of it as soon as they have heard the confirmation. */
function joinedBehind(given: Given): Event[] {
  const { state, alert, command } = given;
  const { page } = state;
  const { at } = command;
  if (!page) return [];
  const isHere = isThere(state, alert.id, page);
  if (isHere && !hasGotWorse(alert)) return [{ kind: 'alert-learned', alert, page: page.id, at }];
  // What got worse is heard of as if it were new.
  const joining = { ...labelled(given, page.id), ...(isHere && { joinedMs: (at + 1) * 1000 }) };
  const joins: Event = { kind: 'alert-joined', alert: joining, page: page.id, at };
  return isHere ? [joins, { kind: 'worse', alert: alert.id, page: page.id, at }] : [joins];
}

function joined(given: Given, page: Page): Event[] {
  const { alert, command } = given;
  const { at } = command;
  const joining: Event = { kind: 'alert-joined', alert: labelled(given, page.id), page: page.id, at };
  // A real alert makes a test page a real one, which counts in a rotation by page.
  return page.isTest ? [joining, { kind: 'became-real', alert: alert.id, page: page.id, at }] : [joining];
}

/** Nobody is rung for what came; but a page whose call has died is carried on by whatever comes next. */
function carriedOn({ list, state: { page }, command }: Given): Event[] {
  // Whoever tried the line out has long put the phone down.
  return isGoingOn(page) && !page.isTest && isSilent(page, command.at) ? resume(list, page, command) : [];
}

function revived({ list, state, alert, command }: Given, page: Page): Event[] {
  // It brings an alert of which nobody was called yet: everybody's turn comes once more.
  const isAnew = !isThere(state, alert.id, page);
  return resume(list, page, command, isAnew);
}

/** The page's call fell silent: this one carries it on, from the member after the one being rung. */
function resume(list: DialList, page: Page, command: Starting, isAnew = false): Event[] {
  const { call, way, at } = command;
  const attempt = page.leg === 'pausing' ? page.attempt : page.attempt + 1;
  const from = isAnew ? attempt : page.from;
  return [
    { kind: 'resumed', page: page.id, at },
    ...ring(list, { ...page, call, way, attempt }, command, from),
  ];
}

function starts(given: Given): Event[] {
  const { list, state, alert, command } = given;
  const { at } = command;
  const taken = alert.id === UNKNOWN_ID ? undefined : alert.taken;
  const again = hasGotWorse(alert) ? 'worse' : mayBeWorse(state, alert, command) ? 'changed' : 'still-open';
  const why: PageReason = taken ? again : 'new';
  const turn = taken ? taken.turn : turnOf(list, state, command);
  const taker = taken ? taken.by : awake(list, state, at);
  const begun = newPage(list, state, command, { first: alert.id, turn, taker });
  const isSaid =
    taker !== undefined && (why !== 'new' || taker !== memberAt({ ...begun, taker: undefined }, 0));
  const id = begun.id;
  return [
    { kind: 'page-began', begun, page: id, at },
    { kind: 'page-started', why, ...(isSaid && { taker }), page: id, at },
    { kind: 'alert-joined', alert: labelled(given, id), page: id, at },
    ...unavailable(begun, command),
    ...ring(list, begun, command),
    ...(taken ? [] : flapping(state, { alert, at }, id)),
  ];
}

/** Who took something a moment ago, is awake and at it; also if the clocks of two machines differ. */
function awake({ awakeMinutes, members }: DialList, { page, ended }: State, at: number): number | undefined {
  const takings = [page, ...ended].flatMap((one) =>
    one?.end?.kind === 'taken' && !one.isTest ? [one.end] : [],
  );
  const [latest] = takings.sort((one, other) => other.at - one.at);
  const isAwake = latest && latest.by < members.length && at < latest.at + awakeMinutes * 60;
  return awakeMinutes > 0 && isAwake ? latest.by : undefined;
}

const turnOf = (list: DialList, { pagesStarted }: State, { turn }: Starting) =>
  list.rotation.every === 'page' ? pagesStarted : turn;

/** The id of the page that a call starts; the same however often the call asks. */
function pageIdOf({ at, call }: Starting, alert = ''): string {
  // If no call came, the alert tells two pages apart that begin in one second, one of them unknown to Sync.
  const name = (call || alert).replace(/\W/g, '').slice(-6).toLowerCase();
  return `${at.toString(36)}${name && `-${name}`}`;
}

type Begin = { readonly first: string; readonly turn: number; readonly taker?: number };

/** A test leaves the rotation as it is, and is about no alert. */
function newPage(list: DialList, state: State, command: Starting, { first, turn, taker }: Begin): Page {
  const { at, way, call } = command;
  const members = list.members.length;
  const continues = continuedBy(list, state, command);
  return {
    id: pageIdOf(command, first),
    startedAt: at,
    isTest: first === '',
    way,
    call,
    members,
    // Whoever took it is rung first, and the order behind them is what it was: a handoff since then reshuffles nobody.
    turn: inList(turn, members),
    ...(taker !== undefined && { taker }),
    attempt: 0,
    leg: 'ringing',
    until: at,
    end: null,
    lap: 1,
    first,
    watch: first,
    ...(first && continues.length > 0 && { continues }),
    isDegraded: false,
    isUnavailable: false,
  };
}

const inList = (turn: number, members: number) => ((turn % members) + members) % members;

const CONTINUED = 4;

/**
 * The page takes up what nobody answered before. Only a list that learns of every closing may do so: another would
 * wake people for what has long been over.
 */
function continuedBy(
  list: DialList,
  { page, ended }: State,
  { at, isClock }: Pick<Starting, 'at' | 'isClock'>,
): readonly string[] {
  if (list.start === 'call' && !isClock) return [];
  const before = [...ended, ...(page ? [page] : [])];
  const isHandedOn = (id: string) => before.some(({ continues = [] }) => continues.includes(id));
  const isDue = (one: Page) =>
    one.end?.kind === 'unanswered' &&
    one.closedAt === undefined &&
    !isHandedOn(one.id) &&
    isTimeToRepeat(list, one.startedAt, at);
  const due = before.filter(isDue);
  return due.flatMap(({ id, continues = [] }) => [...continues, id]).slice(-CONTINUED);
}

/**
 * The page that is due to be rung again, if nothing else rings: nobody answered it. If calls start pages, only the clock
 * asks: Mackerel's calls come as often as it sends them.
 */
export function dueAgain(list: DialList, state: State, at: number, isClock = false): Page | null {
  if (isGoingOn(state.page)) return null;
  const [id] = continuedBy(list, state, { at, isClock }).slice(-1);
  return id === undefined ? null : pageOf(state, id);
}
