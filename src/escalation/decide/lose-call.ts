/** The call that carried the page is gone before anybody took it: the page goes on without it, if it can. */
import type { DialList } from '../../dial-list/list';
import { PAGE } from '../../platform/budget';
import type { At, LoseCall } from '../command';
import type { Event } from '../event';
import { isGoingOn, memberAt, type Page, withRingBack } from '../page';
import type { State } from '../state';
import { nextRing, nobodyAnswered, ring, unavailable } from './ring';

export function loseCall(list: DialList, { page }: State, command: LoseCall): Event[] {
  if (!isGoingOn(page) || page.way === 'direct' || page.call !== command.call) return [];
  const { isSure, canCall, at } = command;
  if (!isSure) return [{ kind: 'call-lost', isSure: false, page: page.id, at }];
  const isAgain = canCall && !page.isTest && isUnrung(list, page, at);
  return [
    ...unavailable(page, command),
    ...(isAgain ? ringAgain(list, page, command) : goDirect(list, page, command, canCall)),
  ];
}

/** @param rings how many there have been; the one that the call died in counts */
export function goDirect(
  list: DialList,
  page: Page,
  command: At,
  canCall = true,
  rings = page.leg === 'pausing' ? page.attempt : page.attempt + 1,
): Event[] {
  const { at } = command;
  // Whoever tried the line has hung up: there is nobody to ring the others for.
  if (page.isTest) return nobodyAnswered(page, rings, at);
  if (!canCall) return [{ kind: 'call-lost', isSure: true, page: page.id, at }];
  const direct: Page = { ...page, way: 'direct', call: '', attempt: rings - 1 };
  return [{ kind: 'went-direct', page: page.id, at }, ...nextRing(list, direct, command)];
}

/** Nothing tells whether the ring was still on its way out when the call broke off. */
function isUnrung(list: DialList, page: Page, at: number): boolean {
  if (page.leg !== 'ringing') return false;
  const ringSeconds = list.members[memberAt(page, page.attempt)]?.ringSeconds ?? 0;
  return at - (page.until - PAGE.ringMarginSeconds - ringSeconds) < PAGE.unrungSeconds;
}

/** The same member, out of turn: the ring that was lost counts for the round, and this one does not. */
function ringAgain(list: DialList, page: Page, command: At): Event[] {
  const attempt = page.attempt + 1;
  const back = { attempt, member: memberAt(page, page.attempt) };
  const ringBacks = withRingBack(page, back);
  const about = { page: page.id, at: command.at };
  return [
    { kind: 'went-direct', ...about },
    { kind: 'ring-back-due', back, ...about },
    ...ring(list, { ...page, way: 'direct', attempt, ringBacks }, command),
  ];
}
