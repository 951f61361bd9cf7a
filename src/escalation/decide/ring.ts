/** A ring is over: who is rung next, if anyone is. */
import type { DialList } from '../../dial-list/list';
import { PAGE } from '../../platform/budget';
import type { At, EndPause, EndRing, GiveUp, Placed } from '../command';
import type { Event, NotReached, Unavailable } from '../event';
import { isGoingOn, memberAt, type Page, ringBackAt, ringsOf, turnsBefore } from '../page';
import type { State } from '../state';
import { takePage } from './take';

export function endRing(list: DialList, state: State, command: EndRing): Event[] {
  const { page } = state;
  if (!isGoingOn(page)) return legOver(state, command);
  if (!isCarriedBy(page, command)) return [];
  if (command.attempt !== page.attempt || page.leg === 'pausing') return [];
  const member = memberAt(page, page.attempt);
  // Their leg is over: they hear no confirmation any more.
  if (command.wasBridged && list.answer === 'pickup')
    return [
      ...takePage(page, member, page.attempt, command.at),
      { kind: 'heard-out', page: page.id, at: command.at },
    ];
  return [
    ...unavailable(page, command),
    ...notReached(page, command, member),
    ...nextRing(list, page, command),
  ];
}

/** Whoever took the page has hung up: from now on they can be rung. */
function legOver({ page }: State, { page: id, attempt, at }: EndRing): Event[] {
  return page?.id === id && page.hearing?.attempt === attempt ? [{ kind: 'heard-out', page: id, at }] : [];
}

/** A page that was revived is another call's business; in the direct way each ring is a call of its own. */
export const isCarriedBy = (
  page: Page,
  { page: id, call }: { readonly page: string; readonly call: string },
) => page.id === id && (page.call === call || page.call === '');

function notReached(page: Page, { attempt, why: status, at }: EndRing, member: number): Event[] {
  // Someone at the keys is no voicemail, and what they did is news of its own.
  if (page.leg === 'passed' || page.closing === attempt) return [];
  const why: NotReached = page.leg === 'answered' ? 'no-key' : status;
  // Without memory nobody knows which key was pressed.
  if (page.isDegraded && why === 'no-key') return [];
  return [{ kind: 'not-reached', member, why, page: page.id, at }];
}

/** The pause between two rounds is over. */
export function endPause(list: DialList, state: State, command: EndPause): Event[] {
  const { page } = state;
  if (!isGoingOn(page) || !isCarriedBy(page, command)) return [];
  if (page.leg !== 'pausing' || page.attempt !== command.attempt) return [];
  return [...unavailable(page, command), ...ring(list, page, command)];
}

/** Mackerel's API did not tell: said once a page. */
export function unavailable(
  page: Page,
  { unavailable: why, at }: At & { readonly unavailable?: Unavailable },
): Event[] {
  return why && !page.isUnavailable ? [{ kind: 'unavailable', why, page: page.id, at }] : [];
}

/** Goes on to the ring after the present one: the next member, the next round, or the end. */
export function nextRing(list: DialList, page: Page, command: At): Event[] {
  const { at } = command;
  const attempt = page.attempt + 1;
  const rings = ringsOf({ ...page, attempt });
  if (isLastRing(list, page)) return nobodyAnswered(page, attempt, at);
  // Somebody who called is waiting to be rung, and nobody waits after a ring out of turn.
  const isInTurn = !ringBackAt(page, attempt) && !ringBackAt(page, page.attempt);
  const isNewRound = rings > 0 && rings % page.members === 0 && isInTurn;
  const seconds = isNewRound ? secondsToPause(list, page, at) : 0;
  if (seconds <= 0) return ring(list, { ...page, attempt }, command);
  const until = at + seconds + PAGE.ringMarginSeconds;
  const placedBy = page.way === 'direct' ? { placedBy: command.webhookId } : {};
  return [{ kind: 'pause-began', attempt, until, ...placedBy, page: page.id, at }];
}

/**
 * A call that is up waits between two rounds, with <Pause>. In the direct way there is none, and waiting is dear: it is
 * for rounds that were over sooner, because everybody was busy or switched off.
 */
const secondsToPause = ({ pauseSeconds }: DialList, { way, roundAt, startedAt }: Page, at: number): number =>
  way === 'bridge' ? pauseSeconds : (roundAt ?? startedAt) + pauseSeconds - at;

/** Nobody is rung after the present ring. */
export const isLastRing = (list: DialList, page: Page): boolean =>
  !ringBackAt(page, page.attempt + 1) &&
  ringsOf({ ...page, attempt: page.attempt + 1 }) >=
    (page.isForOne && page.isTest ? 1 : page.members * list.rounds);

/** @param rings how many there have been */
export function nobodyAnswered(page: Page, rings: number, at: number): Event[] {
  const { id, members, passes = 0, isTest } = page;
  const rounds = Math.ceil(turnsBefore(page, rings) / members);
  const passed = passes > 0 ? { passes } : {};
  return [
    { kind: 'nobody-answered', rings, rounds, ...passed, ...(isTest && { isTest: true }), page: id, at },
  ];
}

/** Rings the member whose turn the page's `attempt` is. */
export function ring(list: DialList, page: Page, { at, webhookId }: At, from?: number): Event[] {
  const { id, attempt, way } = page;
  const member = memberAt(page, attempt);
  const ringSeconds = list.members[member]?.ringSeconds ?? 0;
  // In the direct way each ring is a call of its own, known once it is placed.
  const carried = way === 'direct' ? { call: '', placedBy: webhookId } : { call: page.call };
  const until = at + ringSeconds + PAGE.ringMarginSeconds;
  const isInTurn = !ringBackAt(page, attempt);
  const isRound = isInTurn && ringsOf({ ...page, from: from ?? page.from }) % page.members === 0;
  return [
    {
      kind: 'ring-began',
      attempt,
      until,
      way,
      ...carried,
      ...(from !== undefined && { from }),
      ...(isRound && { isRound }),
      page: id,
      at,
    },
    { kind: 'calling', attempt, member, page: id, at },
  ];
}

/** A call of our own is under way. */
export function placed({ page }: State, { page: id, attempt, call, at }: Placed): Event[] {
  if (!isGoingOn(page) || page.id !== id || page.attempt !== attempt || page.call === call) return [];
  return [{ kind: 'call-placed', call, page: id, at }];
}

/** Twilio takes no call of ours to anybody: there is nothing left but to say so, unless the call rings by now. */
export function giveUp({ page }: State, { page: id, attempt, why, at }: GiveUp): Event[] {
  if (!isGoingOn(page) || page.id !== id || page.attempt !== attempt || page.leg !== 'ringing') return [];
  return [{ kind: 'unreachable', ...(why && { why }), page: id, at }];
}

/** A call that Twilio did not answer about rings after all: the page that was given up for it goes on. */
export function reopenedIfItRings(
  state: State,
  ring: At & { readonly page: string; readonly attempt: number },
  decideOn: (state: State) => Event[],
): Event[] {
  const { page } = state;
  const isItsOwn = page?.id === ring.page && page.attempt === ring.attempt && !page.closedAt;
  if (!isItsOwn || page.end?.kind !== 'unanswered' || !page.end.mayRing) return decideOn(state);
  const reopened: Event = { kind: 'page-reopened', page: page.id, at: ring.at };
  return [reopened, ...decideOn({ ...state, page: { ...page, end: null } })];
}
