/** The call that carried the page is gone before anybody took it: the page goes on without it, if it can. */
import type { DialList } from '../../dial-list/list';
import type { At, LoseCall } from '../command';
import type { Event } from '../event';
import { isGoingOn, type Page } from '../page';
import type { State } from '../state';
import { nextRing, nobodyAnswered, unavailable } from './ring';

export function loseCall(list: DialList, { page }: State, command: LoseCall): Event[] {
  if (!isGoingOn(page) || page.way === 'direct' || page.call !== command.call) return [];
  const { isSure, canCall, at } = command;
  if (!isSure) return [{ kind: 'call-lost', isSure: false, page: page.id, at }];
  return [...unavailable(page, command), ...goDirect(list, page, command, canCall)];
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
