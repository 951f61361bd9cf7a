import type { DialList } from '../dial-list';
import { changed, type Decision, presentStep, unchanged } from './decision';
import type { CallEnded, PauseOver, RingEnded } from './event';
import type { News } from './news';
import { isGoingOn, memberAt, type Page, type State } from './state';
import type { CallerStep } from './step';
import { take } from './take';

/** Twilio rings 5 s longer than it is told (docs/voice/twiml/dial#timeout); the rest is for slow carriers. */
const RING_MARGIN_SECONDS = 35;

/** The `<Dial>` is over: who is rung next, if anyone is. */
export function ringEnded(list: DialList, state: State, event: RingEnded): Decision<CallerStep> {
  const { page } = state;
  if (!isGoingOn(page) || page.id !== event.page) return unchanged(state, { kind: 'hang-up' });
  if (event.attempt < page.attempt || page.leg === 'pausing')
    return unchanged(state, presentStep(list, state));
  const member = memberAt(page, event.attempt);
  if (event.wasBridged && list.answer === 'pickup') {
    return { ...take(state, page, member, event.at), step: { kind: 'hang-up' } };
  }
  return next(list, state, page, event.at, ...outcomeOf(page, event, member));
}

function outcomeOf(page: Page, event: RingEnded, member: number): News[] {
  if (page.leg === 'passed') return [];
  const why = page.leg === 'answered' ? 'no-key' : event.why;
  return [{ kind: 'not-reached', member, why }];
}

/** Goes on to the ring after the present one: the next member, the next round, or the end. */
function next(list: DialList, state: State, page: Page, at: number, ...news: News[]): Decision<CallerStep> {
  const attempt = page.attempt + 1;
  const rings = page.order.length * list.rounds;
  if (attempt >= rings) {
    const ended: Page = { ...page, end: { kind: 'unanswered', at } };
    const told: News = { kind: 'nobody-answered', rings, rounds: list.rounds };
    return changed(state, ended, at, { kind: 'hang-up' }, ...news, told);
  }
  const isNewRound = attempt % page.order.length === 0;
  if (!isNewRound || list.pauseSeconds === 0) return ring(list, state, { ...page, attempt }, at, ...news);
  const until = at + list.pauseSeconds + RING_MARGIN_SECONDS;
  const pausing: Page = { ...page, attempt, leg: 'pausing', until };
  return changed(state, pausing, at, { kind: 'pause', attempt, seconds: list.pauseSeconds }, ...news);
}

/** Rings the member whose turn the page's `attempt` is. */
export function ring(
  list: DialList,
  state: State,
  page: Page,
  at: number,
  ...news: News[]
): Decision<CallerStep> {
  const { attempt } = page;
  const member = memberAt(page, attempt);
  const ringSeconds = list.members[member]?.ringSeconds ?? 0;
  const ringing: Page = { ...page, leg: 'ringing', until: at + ringSeconds + RING_MARGIN_SECONDS };
  return changed(state, ringing, at, { kind: 'ring', attempt, member }, ...news, {
    kind: 'calling',
    attempt,
    member,
  });
}

/** The pause between two rounds is over. */
export function pauseOver(list: DialList, state: State, event: PauseOver): Decision<CallerStep> {
  const { page } = state;
  if (!isGoingOn(page) || page.id !== event.page) return unchanged(state, { kind: 'hang-up' });
  if (page.leg !== 'pausing' || page.attempt !== event.attempt)
    return unchanged(state, presentStep(list, state));
  return ring(list, state, page, event.at);
}

/** The call that carried the page is gone before anybody took it. */
export function callEnded(state: State, event: CallEnded): Decision<CallerStep> {
  const { page } = state;
  if (!isGoingOn(page) || page.id !== event.page) return unchanged(state, { kind: 'hang-up' });
  const ended: Page = { ...page, end: { kind: 'unanswered', at: event.at } };
  return changed(state, ended, event.at, { kind: 'hang-up' }, { kind: 'call-lost', isSure: event.isSure });
}
