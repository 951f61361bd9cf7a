/** Members who call us: how things stand, and ringing them back. A caller id can be forged, so nothing is taken by calling. */
import type { DialList } from '../dial-list';
import { alertsOf } from './book';
import { changed, type Decision, hangUp, unchanged } from './decision';
import type { RingBackWanted } from './event';
import { ring } from './ringing';
import { isGoingOn, memberAt, type Page, type RingBack, ringBackAt, type State } from './state';
import type { CallerStep } from './step';

/** Whoever forges caller ids stops so many rings of a page at the most, and each of those comes once more. */
const MOST_RING_BACKS = 3;
/** Seconds. Where nobody tells of closings, what is older may have closed long ago. */
const STILL_TRUE = 24 * 60 * 60;

/** What somebody who calls is told. `page`: for which they can be rung back. */
export type Standing =
  | { readonly kind: 'ringing' | 'listening'; readonly page?: string }
  | { readonly kind: 'unanswered'; readonly page?: string; readonly minutes: number }
  | { readonly kind: 'held'; readonly by: number; readonly minutes: number }
  | { readonly kind: 'rehearsal' | 'quiet' };

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
  if (!held || at - held.at > STILL_TRUE) return { kind: 'quiet' };
  return { kind: 'held', by: held.by, minutes: since(held.at) };
}

/** Nobody has it: people are rung for it, or were in vain. */
const isForTheAsking = (state: State, page: Page, at: number): boolean =>
  !page.isTest &&
  (page.end === null ||
    (page.end.kind === 'unanswered' && at - page.end.at < STILL_TRUE && alertsOf(state, page).length > 0));

const mayRingBack = ({ ringBacks = [] }: Page): boolean => ringBacks.length < MOST_RING_BACKS;

/** The one who called is the next to be rung, and the phone that rings meanwhile stops. Whoever listens is not cut off. */
export function ringBackWanted(list: DialList, state: State, event: RingBackWanted): Decision<CallerStep> {
  const { page } = state;
  const { member, at } = event;
  if (page?.id !== event.page || !isForTheAsking(state, page, at) || !mayRingBack(page))
    return unchanged(state, hangUp);
  const news = { kind: 'called-in', member } as const;
  const isBusy = isGoingOn(page) && (page.leg === 'answered' || page.leg === 'passed') && at <= page.until;
  if (isBusy) {
    if (ringBackAt(page, page.attempt + 1)) return unchanged(state, hangUp);
    const next = withRingBack(page, { attempt: page.attempt + 1, member });
    return changed(state, next, at, hangUp, news);
  }
  const attempt = page.leg === 'pausing' ? page.attempt : page.attempt + 1;
  const back = withRingBack(page, { attempt, member, ...(isCutShort(page, member) && { isCutIn: true }) });
  const isAlive = isGoingOn(page) && page.way === 'bridge' && page.call !== '' && at <= page.until;
  const way = isAlive ? 'bridge' : 'direct';
  const decision = ring(list, state, { ...back, end: null, way, attempt }, event, news);
  const { step } = decision;
  const insteadOf = isGoingOn(page) ? page.call : '';
  return { ...decision, step: step.kind === 'ring' ? { ...step, insteadOf } : step };
}

const withRingBack = (page: Page, back: RingBack): Page => ({
  ...page,
  ringBacks: [...(page.ringBacks ?? []), back],
});

/** Somebody else's ring, in their turn, is not over: they are rung once more. */
const isCutShort = (page: Page, member: number): boolean =>
  isGoingOn(page) &&
  page.leg === 'ringing' &&
  !ringBackAt(page, page.attempt) &&
  memberAt(page, page.attempt) !== member;
