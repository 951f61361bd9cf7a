/**
 * Mackerel wants somebody rung: that starts a page, joins the one that goes on, carries on a silent one, or changes
 * nothing.
 */
import type { DialList } from '../../dial-list/list';
import { type AlertItem, type TrackedAlert, UNKNOWN_ID } from '../alert';
import type { Notify } from '../command';
import type { Event, PageReason } from '../event';
import { isGoingOn, memberAt } from '../page';
import type { State } from '../state';
import { flapping, settledAs } from './flapping';
import { goDirect } from './lose-call';
import { resume, ring, unavailable } from './ring';
import { awake, newPage, turnOf } from './start';
import {
  callName,
  hasGotWorse,
  isSilent,
  mayBeWorse,
  type Notified,
  notifiedOf,
  quietUntil,
  verdictOn,
  wasOn,
} from './verdict';

export function notify(list: DialList, state: State, command: Notify): Event[] {
  const notified = notifiedOf(list, state, command);
  switch (verdictOn(notified)) {
    case 'asked-again':
    case 'was-here':
      return [];
    case 'begun-too-late':
      return goesOnWithoutItsCall(notified);
    case 'closed':
      return [...closedAlready(notified), ...carriedOn(notified)];
    case 'quiet':
      return [...keptQuiet(notified), ...carriedOn(notified)];
    case 'settles':
      return [...settled(notified), ...carriedOn(notified)];
    case 'revives':
      return revived(notified);
    case 'joins':
      return joined(notified);
    case 'joins-behind':
      return joinedBehind(notified);
    case 'joins-late':
      return joinedLate(notified);
    case 'too-soon':
      return learned(notified, notified.alert);
    case 'starts':
      return started(notified);
  }
}

const learned = ({ command: { at } }: Notified, alert: TrackedAlert): Event[] => [
  { kind: 'alert-learned', alert, page: alert.page ?? '', at },
];

/** The alert with the call that brought it: if that call asks again, nothing is posted twice. */
const heardOf = ({ alert, command: { call } }: Notified): TrackedAlert => ({
  ...alert,
  ...(call && { call: callName(call) }),
});

/** The alert, on a page. */
function labelled(notified: Notified, page: string): AlertItem {
  const { taken: _, isLate: __, ...alert } = notified.alert;
  // Many calls may be about the alert of unknown id. It is written once.
  const isHere = alert.id === UNKNOWN_ID && alert.page === page;
  return { ...alert, page, ...(!isHere && { call: heardOf(notified).call }) };
}

function goesOnWithoutItsCall({ list, state: { page }, command }: Notified): Event[] {
  return isGoingOn(page) ? goDirect(list, page, command, page.attempt) : [];
}

function closedAlready(notified: Notified): Event[] {
  const { before, alert, command } = notified;
  const { at } = command;
  const known = learned(notified, { ...heardOf(notified), closedAt: alert.closedAt ?? at });
  // The closing itself is news, unless it is old.
  const isNews = before?.page !== undefined && before.closedAt === undefined;
  return isNews ? known : [...known, { kind: 'closed-already', alert: alert.id, page: alert.page ?? '', at }];
}

function keptQuiet(notified: Notified): Event[] {
  const { alert, command } = notified;
  const { at } = command;
  const { by = 0 } = alert.taken ?? {};
  const minutes = Math.ceil((quietUntil(notified) - at) / 60);
  const quiet = {
    kind: 'kept-quiet',
    alert: alert.id,
    member: by,
    minutes,
    page: alert.page ?? '',
    at,
  } as const;
  return [...learned(notified, heardOf(notified)), quiet];
}

function settled(notified: Notified): Event[] {
  const { list, state, alert, command } = notified;
  const { at } = command;
  const last = settledAs(list, state, { alert, at });
  if (!last?.taken) return [];
  const { page = '', taken } = last;
  return [
    { kind: 'alert-joined', alert: { ...labelled(notified, page), isLate: true }, page, at },
    { kind: 'settling', alert: alert.id, member: taken.by, page, at },
    ...flapping(state, { alert, at }, page),
  ];
}

/** Nobody is rung for this alert, but a page whose call has died is carried on by any notification. */
function carriedOn({ list, state: { page }, command }: Notified): Event[] {
  // The person who tried the line has put the phone down long ago.
  const isToCarryOn = isGoingOn(page) && !page.isTest && isSilent(page, command.at);
  return isToCarryOn ? resume(list, page, command) : [];
}

function joined(notified: Notified): Event[] {
  const { state, alert, command } = notified;
  const { page } = state;
  if (!page) return [];
  const about = { page: page.id, at: command.at };
  const joins: Event = { kind: 'alert-joined', alert: labelled(notified, page.id), ...about };
  // A real alert turns a test into a page that counts in a rotation by page.
  const real: Event[] = page.isTest ? [{ kind: 'became-real', alert: alert.id, ...about }] : [];
  return [joins, ...real, ...unavailable(page, command)];
}

function revived(notified: Notified): Event[] {
  const { list, state, command } = notified;
  const { page } = state;
  if (!page) return [];
  // For an alert about which nobody was called yet, everybody's turn comes again.
  return [...joined(notified), ...resume(list, page, command, !wasOn(notified, page))];
}

/** The taker hears of it right after the confirmation. */
function joinedBehind(notified: Notified): Event[] {
  const { state, alert, command } = notified;
  const { page } = state;
  if (!page) return [];
  const about = { page: page.id, at: command.at };
  const isHere = wasOn(notified, page);
  if (isHere && !hasGotWorse(alert)) return [{ kind: 'alert-learned', alert, ...about }];
  // An alert that got worse is announced as a new one.
  const anew = isHere ? { joinedMs: (command.at + 1) * 1000 } : {};
  const joins: Event = { kind: 'alert-joined', alert: { ...labelled(notified, page.id), ...anew }, ...about };
  return isHere ? [joins, { kind: 'worse', alert: alert.id, ...about }] : [joins];
}

function joinedLate(notified: Notified): Event[] {
  const page = notified.state.page?.id ?? '';
  const alert: AlertItem = { ...labelled(notified, page), isLate: true };
  return [{ kind: 'alert-joined', alert, page, at: notified.command.at }];
}

function started(notified: Notified): Event[] {
  const { list, state, alert, command } = notified;
  const { at } = command;
  const taken = alert.id === UNKNOWN_ID ? undefined : alert.taken;
  const turn = taken ? taken.turn : turnOf(list, state, command);
  const taker = taken ? taken.by : awake(list, state, at);
  const begun = newPage(list, state, command, { first: alert.id, turn, taker });
  const isOutOfTurn = taker !== undefined && taker !== memberAt({ ...begun, taker: undefined }, 0);
  const about = { page: begun.id, at };
  return [
    { kind: 'page-began', begun, ...about },
    { kind: 'page-started', why: reasonFor(notified), ...((taken || isOutOfTurn) && { taker }), ...about },
    { kind: 'alert-joined', alert: labelled(notified, begun.id), ...about },
    ...unavailable(begun, command),
    ...ring(list, begun, command),
    ...(taken ? [] : flapping(state, { alert, at }, begun.id)),
  ];
}

function reasonFor(notified: Notified): PageReason {
  const { alert } = notified;
  if (!alert.taken || alert.id === UNKNOWN_ID) return 'new';
  if (hasGotWorse(alert)) return 'worse';
  return mayBeWorse(notified) ? 'changed' : 'still-open';
}
