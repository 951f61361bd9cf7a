/** The call that carried the page is gone, and nobody has taken the page: it goes on without that call, if it can. */
import type { DialList } from '../../dial-list/list';
import { PAGE } from '../../platform/budget';
import type { At, LoseCall } from '../command';
import type { Event } from '../event';
import { pageAfter } from '../evolve';
import { isGoingOn, memberAt, type Page } from '../page';
import type { State } from '../state';
import { nextRing, nobodyAnswered, ring, unavailable } from './ring';

export function loseCall(list: DialList, { page }: State, command: LoseCall): Event[] {
  if (!isGoingOn(page) || page.way === 'direct' || page.call !== command.call) return [];
  const { isSure, canCall, at } = command;
  const about = { page: page.id, at };
  if (!isSure) return [{ kind: 'call-lost', isSure: false, ...about }];
  const further = () => {
    // The person who tried the line has hung up: nobody is rung for a test.
    if (!canCall && !page.isTest) return [{ kind: 'call-lost', isSure: true, ...about } as const];
    if (!page.isTest && mayNotHaveRung(list, page, at)) return ringAgain(list, page, command);
    return goDirect(list, page, command, page.leg === 'pausing' ? page.attempt : page.attempt + 1);
  };
  return [...unavailable(page, command), ...further()];
}

/** @param rings how many there have been, including the one that was going on */
export function goDirect(list: DialList, page: Page, command: At, rings: number): Event[] {
  if (page.isTest) return nobodyAnswered(page, rings, command.at);
  const gone: Event = { kind: 'went-direct', page: page.id, at: command.at };
  return [gone, ...nextRing(list, pageAfter(page, gone), command, rings)];
}

/** The ring had just been decided when the call broke off: the phone may not have rung. */
function mayNotHaveRung(list: DialList, page: Page, at: number): boolean {
  if (page.leg !== 'ringing') return false;
  const ringSeconds = list.members[memberAt(page, page.attempt)]?.ringSeconds ?? 0;
  return at - (page.until - PAGE.ringMarginSeconds - ringSeconds) < PAGE.unrungSeconds;
}

/** The same member rings again, out of turn: the lost ring counts for the round, and this one does not. */
function ringAgain(list: DialList, page: Page, command: At): Event[] {
  const about = { page: page.id, at: command.at };
  const attempt = page.attempt + 1;
  const back = { attempt, member: memberAt(page, page.attempt) };
  const due: Event[] = [
    { kind: 'went-direct', ...about },
    { kind: 'ring-back-due', back, ...about },
  ];
  return [...due, ...ring(list, { ...due.reduce(pageAfter, page), attempt }, command)];
}
