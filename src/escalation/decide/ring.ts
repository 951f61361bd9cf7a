/** A ring is over: who is rung next, if anybody. */
import type { DialList } from '../../dial-list/list';
import { PAGE } from '../../platform/budget';
import type { Answer, At, EndPause, EndRing, GiveUp, Placed, Starting } from '../command';
import type { Event, NotReached, Unavailable } from '../event';
import { isGoingOn, memberAt, type Page, ringBackAt, ringsOf, turnsBefore } from '../page';
import { presentRing, type State } from '../state';
import { takePage } from './take';

export function endRing(list: DialList, state: State, command: EndRing): Event[] {
  if (!isGoingOn(state.page)) return legOver(state, command);
  const page = presentRing(state, command);
  if (!page || page.leg === 'pausing' || !isCarriedBy(page, command)) return [];
  const member = memberAt(page, page.attempt);
  if (command.wasBridged && list.answer === 'pickup') {
    // The taker's leg is over: they hear no confirmation any more.
    const heardOut: Event = { kind: 'heard-out', page: page.id, at: command.at };
    return [...takePage(page, member, page.attempt, command.at), heardOut];
  }
  return [
    ...unavailable(page, command),
    ...notReached(page, command, member),
    ...nextRing(list, page, command),
  ];
}

/** The taker has hung up: from now on they can be rung. */
function legOver({ page }: State, { page: id, attempt, at }: EndRing): Event[] {
  return page?.id === id && page.hearing?.attempt === attempt ? [{ kind: 'heard-out', page: id, at }] : [];
}

/** A revived page belongs to another call. In the direct way each ring is a call of its own. */
const isCarriedBy = (page: Page, { call }: { readonly call: string }) =>
  page.call === call || page.call === '';

function notReached(page: Page, { attempt, why: status, at }: EndRing, member: number): Event[] {
  // A member who pressed a key is not a voicemail, and the key is news of its own.
  if (page.leg === 'passed' || page.closing === attempt) return [];
  const why: NotReached = page.leg === 'answered' ? 'no-key' : status;
  // Without Sync nobody knows which key was pressed.
  if (page.isDegraded && why === 'no-key') return [];
  return [{ kind: 'not-reached', member, why, page: page.id, at }];
}

/** The pause between two rounds is over. */
export function endPause(list: DialList, state: State, command: EndPause): Event[] {
  const page = presentRing(state, command);
  if (page?.leg !== 'pausing' || !isCarriedBy(page, command)) return [];
  return [...unavailable(page, command), ...ring(list, page, command)];
}

/** Mackerel's API was unavailable. That is posted once a page. */
export function unavailable(
  page: Page,
  { unavailable: why, at }: At & { readonly unavailable?: Unavailable },
): Event[] {
  return why && !page.isUnavailable ? [{ kind: 'unavailable', why, page: page.id, at }] : [];
}

/**
 * Goes on to the next member, the next round, or the end.
 *
 * @param attempt how many rings there have been
 */
export function nextRing(list: DialList, page: Page, command: At, attempt = page.attempt + 1): Event[] {
  const { at } = command;
  if (isOver(list, page, attempt)) return nobodyAnswered(page, attempt, at);
  const rings = ringsOf({ ...page, attempt });
  // A member who called is waiting for their ring; and after a ring out of turn, the next one follows without a
  // pause.
  const isInTurn = !ringBackAt(page, attempt) && !ringBackAt(page, attempt - 1);
  const isNewRound = rings > 0 && rings % page.members === 0 && isInTurn;
  const seconds = isNewRound ? secondsToPause(list, page, at) : 0;
  if (seconds <= 0) return ring(list, { ...page, attempt }, command);
  const until = at + seconds + PAGE.ringMarginSeconds;
  const placedBy = page.way === 'direct' ? { placedBy: command.webhookId } : {};
  return [{ kind: 'pause-began', attempt, until, ...placedBy, page: page.id, at }];
}

/**
 * A call that is up waits between two rounds, with <Pause>. In the direct way no call is up, and waiting costs
 * Functions. So it waits only after a round that was over sooner than the pause, because everybody was busy or
 * switched off.
 */
const secondsToPause = ({ pauseSeconds }: DialList, { way, roundAt, startedAt }: Page, at: number): number =>
  way === 'bridge' ? pauseSeconds : (roundAt ?? startedAt) + pauseSeconds - at;

/** The present ring was the last one. */
export const isLastRing = (list: DialList, page: Page): boolean => isOver(list, page, page.attempt + 1);

function isOver(list: DialList, page: Page, attempt: number): boolean {
  const most = page.isForOne && page.isTest ? 1 : page.members * list.rounds;
  return !ringBackAt(page, attempt) && ringsOf({ ...page, attempt }) >= most;
}

/** @param rings how many there have been */
export function nobodyAnswered(page: Page, rings: number, at: number): Event[] {
  const { id, members, passes = 0, isTest } = page;
  const rounds = Math.ceil(turnsBefore(page, rings) / members);
  const passed = passes > 0 ? { passes } : {};
  return [
    { kind: 'nobody-answered', rings, rounds, ...passed, ...(isTest && { isTest: true }), page: id, at },
  ];
}

/**
 * Rings the member whose turn it is at the page's `attempt`.
 *
 * @param from the ring from which rounds are counted anew
 */
export function ring(list: DialList, page: Page, { at, webhookId }: At, from = page.from): Event[] {
  const { id, attempt, way } = page;
  const member = memberAt(page, attempt);
  const ringSeconds = list.members[member]?.ringSeconds ?? 0;
  // In the direct way, the ring's call is known once it is placed.
  const line = way === 'direct' ? { way, call: '', placedBy: webhookId } : { way, call: page.call };
  const until = at + ringSeconds + PAGE.ringMarginSeconds;
  const isRound = !ringBackAt(page, attempt) && ringsOf({ ...page, from }) % page.members === 0;
  const counted = { ...(from !== undefined && { from }), ...(isRound && { isRound }) };
  return [
    { kind: 'ring-began', attempt, until, ...line, ...counted, page: id, at },
    { kind: 'calling', attempt, member, page: id, at },
  ];
}

/**
 * The page's call fell silent: this one carries it on, from the member after the one who was being rung.
 *
 * @param isAnew it brings an alert that nobody was rung for
 */
export function resume(list: DialList, page: Page, command: Starting, isAnew = false): Event[] {
  const { call, way, at } = command;
  const attempt = page.leg === 'pausing' ? page.attempt : page.attempt + 1;
  const from = isAnew ? attempt : page.from;
  const resumed: Event = { kind: 'resumed', page: page.id, at };
  return [resumed, ...ring(list, { ...page, call, way, attempt }, command, from)];
}

/** A call of our own has been placed. */
export function placed(state: State, command: Placed): Event[] {
  const { call, page: id, at } = command;
  const page = presentRing(state, command);
  return page && page.call !== call ? [{ kind: 'call-placed', call, page: id, at }] : [];
}

/** Twilio refused every call: Slack says so, unless the call rings by now. */
export function giveUp(state: State, command: GiveUp): Event[] {
  const { why, page: id, at } = command;
  const isRinging = presentRing(state, command)?.leg === 'ringing';
  return isRinging ? [{ kind: 'unreachable', ...(why && { why }), page: id, at }] : [];
}

/** The call about which Twilio did not answer rings after all: the page that was given up goes on. */
export function reopened({ page }: State, { page: id, attempt, at }: EndRing | Answer): Event[] {
  const isItsOwn = page?.id === id && page.attempt === attempt && page.closedAt === undefined;
  const isGivenUp = page?.end?.kind === 'unanswered' && page.end.mayRing === true;
  return isItsOwn && isGivenUp ? [{ kind: 'page-reopened', page: id, at }] : [];
}
