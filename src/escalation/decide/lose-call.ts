/** The call that carried the page is gone before anybody took it: the page goes on without it, if it can. */
import type { DialList } from '../../dial-list/list';
import { PAGE } from '../../platform/budget';
import type { At, LoseCall } from '../command';
import type { Event } from '../event';
import { isGoingOn, memberAt, type Page, ringBackAt } from '../page';
import type { State } from '../state';
import { nextRing, nobodyAnswered, ring, unavailable } from './ring';

export function loseCall(list: DialList, { page }: State, command: LoseCall): Event[] {
  if (!isGoingOn(page) || page.way === 'direct' || page.call !== command.call) return [];
  const { isSure, canCall, at } = command;
  if (!isSure) return [{ kind: 'call-lost', isSure: false, page: page.id, at }];
  const isAgain = canCall && !page.isTest && isUnrung(list, page, at);
  const next = isAgain ? ringAgain(list, page, command) : goDirect(list, page, command, canCall);
  return [...unavailable(page, command), ...next];
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
  if (page.leg !== 'ringing' || ringBackAt(page, page.attempt + 1)) return false;
  const { ringSeconds = 0 } = list.members[memberAt(page, page.attempt)] ?? {};
  const beganAt = page.until - PAGE.ringMarginSeconds - ringSeconds;
  return at - beganAt < PAGE.unrungSeconds;
}

/** The same member, out of turn: the ring that was lost counts for the round, and this one does not. */
function ringAgain(list: DialList, page: Page, command: At): Event[] {
  const { id, ringBacks = [] } = page;
  const back = { attempt: page.attempt + 1, member: memberAt(page, page.attempt) };
  const again: Page = {
    ...page,
    way: 'direct',
    call: '',
    attempt: back.attempt,
    ringBacks: [...ringBacks, back],
  };
  const { at } = command;
  return [
    { kind: 'went-direct', page: id, at },
    { kind: 'ring-back-due', back, page: id, at },
    ...ring(list, again, command),
  ];
}
