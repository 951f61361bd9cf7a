/** A page begins, for an alert or as a test of the line. */
import type { DialList } from '../../dial-list/list';
import { CALL_IN } from '../../platform/budget';
import type { Starting, StartTest } from '../command';
import type { Event } from '../event';
import { isGoingOn, type Page } from '../page';
import type { State } from '../state';
import { continuedBy } from './repeat';
import { resume, ring } from './ring';
import { isJustTaken } from './take';
import { isOnLine } from './verdict';

/** Somebody tests the line. */
export function startTest(list: DialList, state: State, command: StartTest): Event[] {
  const { page } = state;
  const { at, to } = command;
  const isBusy = isJustTaken(page, at) || (isGoingOn(page) && at <= page.until);
  if (isBusy || isOnLine(page, command)) return [];
  // A silent page with alerts comes first: this call carries it on.
  if (isGoingOn(page) && !page.isTest) return resume(list, page, command);
  const latest = (state.rehearsedAt ?? []).filter((then) => at - then < CALL_IN.rehearsalSeconds);
  if (command.isCalledIn && latest.length >= CALL_IN.rehearsals) return [];
  const whole = newPage(list, state, command, { first: '', turn: turnOf(list, state, command), taker: to });
  const begun: Page = to === undefined ? whole : { ...whole, isForOne: true };
  const about = { page: begun.id, at };
  const rehearsed: Event[] = command.isCalledIn
    ? [{ kind: 'rehearsed', latest: [...latest, at], ...about }]
    : [];
  return [
    ...rehearsed,
    { kind: 'page-began', begun, ...about },
    { kind: 'page-started', why: 'new', ...about },
    ...ring(list, begun, command),
  ];
}

/** The member who took something a moment ago, and is awake. */
export function awake(
  { awakeMinutes, members }: DialList,
  { page, ended }: State,
  at: number,
): number | undefined {
  const takings = [page, ...ended].flatMap((one) =>
    one?.end?.kind === 'taken' && !one.isTest ? [one.end] : [],
  );
  const [latest] = takings.sort((one, other) => other.at - one.at);
  const isAwake = latest && latest.by < members.length && at < latest.at + awakeMinutes * 60;
  return awakeMinutes > 0 && isAwake ? latest.by : undefined;
}

export const turnOf = (list: DialList, { pagesStarted }: State, { turn }: Starting) =>
  list.rotation.every === 'page' ? pagesStarted : turn;

type Begin = {
  /** The alert; empty for a test. */
  readonly first: string;
  readonly turn: number;
  /** Rung first. The order after them is that of the turn, so that a handoff reshuffles nobody. */
  readonly taker?: number;
};

export function newPage(
  list: DialList,
  state: State,
  command: Starting,
  { first, turn, taker }: Begin,
): Page {
  const { at, way, call, isClock } = command;
  const members = list.members.length;
  const continues = first ? continuedBy(list, state, at, isClock) : [];
  return {
    id: pageIdOf(command, first),
    startedAt: at,
    isTest: first === '',
    way,
    call,
    members,
    turn: ((turn % members) + members) % members,
    ...(taker !== undefined && { taker }),
    attempt: 0,
    leg: 'ringing',
    until: at,
    end: null,
    lap: 1,
    first,
    watch: first,
    ...(continues.length > 0 && { continues }),
    isDegraded: false,
    isUnavailable: false,
  };
}

/** The id of the page that a call starts. It is the same however often the call asks. */
function pageIdOf({ at, call }: Starting, alert: string): string {
  // Without a call, the alert's id separates two pages that begin in one second, one of them without Sync.
  const name = (call || alert).replace(/\W/g, '').slice(-6).toLowerCase();
  return `${at.toString(36)}${name && `-${name}`}`;
}
