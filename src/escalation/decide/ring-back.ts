/**
 * A member calls us: they hear how things stand, and are rung back. A caller ID can be forged, so a call takes
 * nothing.
 */
import type { DialList } from '../../dial-list/list';
import { CALL_IN } from '../../platform/budget';
import { alertsOf } from '../alerts';
import type { RingBackWanted } from '../command';
import type { Event } from '../event';
import { pageAfter } from '../evolve';
import { isGoingOn, memberAt, type Page, type RingBack, ringBackAt } from '../page';
import type { State } from '../state';
import { ring } from './ring';

/** What a caller hears. `page`: they can be rung back for it. */
export type Standing =
  | { readonly kind: 'ringing' | 'listening'; readonly page?: string }
  | { readonly kind: 'unanswered'; readonly page?: string; readonly minutes: number }
  | { readonly kind: 'held'; readonly by: number; readonly minutes: number }
  | { readonly kind: 'rehearsal' | 'quiet' };

/** @param state with all alerts and their takers */
export function standingOf(state: State, at: number): Standing {
  const { page } = state;
  const since = (then: number) => Math.max(1, Math.round((at - then) / 60));
  if (page && isForTheAsking(state, page, at)) {
    const back = mayRingBack(page) ? { page: page.id } : {};
    if (page.end) return { kind: 'unanswered', minutes: since(page.startedAt), ...back };
    return { kind: page.leg === 'answered' ? 'listening' : 'ringing', ...back };
  }
  if (isGoingOn(page) && at <= page.until) return { kind: 'rehearsal' };
  const held = state.alerts
    .flatMap(({ taken, closedAt }) => (taken && closedAt === undefined ? [taken] : []))
    .sort((one, other) => other.at - one.at)[0];
  if (!held || at - held.at > CALL_IN.trueSeconds) return { kind: 'quiet' };
  return { kind: 'held', by: held.by, minutes: since(held.at) };
}

/** Nobody has it: people are being rung for it, or were in vain. */
const isForTheAsking = (state: State, page: Page, at: number): boolean =>
  !page.isTest &&
  (page.end === null ||
    (page.end.kind === 'unanswered' &&
      at - page.end.at < CALL_IN.trueSeconds &&
      alertsOf(state, page).length > 0));

const mayRingBack = ({ ringBacks = [] }: Page): boolean => ringBacks.length < CALL_IN.ringBacks;

/** The member who called is rung next, and the phone that rings meanwhile stops. A member who listens is not cut off. */
export function ringBack(list: DialList, state: State, command: RingBackWanted): Event[] {
  const { page } = state;
  const { member, at } = command;
  if (page?.id !== command.page || !isForTheAsking(state, page, at) || !mayRingBack(page)) return [];
  const about = { page: page.id, at };
  const news: Event = { kind: 'called-in', member, ...about };
  const isAlive = isGoingOn(page) && at <= page.until;
  if (isAlive && (page.leg === 'answered' || page.leg === 'passed')) {
    const attempt = page.attempt + 1;
    const isPromised = ringBackAt(page, attempt) !== undefined;
    return isPromised ? [] : [{ kind: 'ring-back-due', back: { attempt, member }, ...about }, news];
  }
  const attempt = page.leg === 'pausing' ? page.attempt : page.attempt + 1;
  const back: RingBack = { attempt, member, ...(isCutShort(page, member) && { isCutIn: true }) };
  const due: Event[] = [
    { kind: 'ring-back-due', back, ...about },
    ...(page.end ? [{ kind: 'page-reopened', ...about } as const] : []),
  ];
  const way = isAlive && page.way === 'bridge' && page.call !== '' ? 'bridge' : 'direct';
  const next = { ...due.reduce(pageAfter, page), way, attempt } as const;
  return [...due, news, ...ring(list, next, command)];
}

/** The ring that is cut short was somebody's turn, so they are rung again after it. */
const isCutShort = (page: Page, member: number): boolean =>
  isGoingOn(page) &&
  page.leg === 'ringing' &&
  !ringBackAt(page, page.attempt) &&
  memberAt(page, page.attempt) !== member;
