/** States as events bring them about: a test is then about what the product does, not about how it remembers. */
import type { DialList } from '../../src/core/dial-list';
import { alertsOf } from '../../src/core/escalation/book';
import { decide } from '../../src/core/escalation/decide';
import type { Event } from '../../src/core/escalation/event';
import type { LoggedNews, News } from '../../src/core/escalation/news';
import { emptyState, type Leg, type Page, type PageEnd, type State } from '../../src/core/escalation/state';
import type { Step } from '../../src/core/escalation/step';
import {
  alertNotified,
  alertsClosed,
  answered,
  keyPressed,
  pauseOver,
  ringEnded,
  testStarted,
} from './event';

/** What happens next, said of the page as it is by then. */
export type Happening = Event | ((page: Page) => Event);

/** Lets one thing happen after another; gives all that was done and told on the way. */
export function happen(list: DialList, happenings: readonly Happening[], before: State = emptyState) {
  let state = before;
  const steps: Step[] = [];
  const news: LoggedNews[] = [];
  for (const happening of happenings) {
    const event = typeof happening === 'function' ? happening(pageIn(state)) : happening;
    const decision = decide(list, state, event);
    state = decision.state;
    steps.push(decision.step);
    news.push(...decision.news);
  }
  return { state, steps, news };
}

type Wanted = {
  readonly attempt?: number;
  readonly leg?: Leg;
  readonly turn?: number;
  readonly isTest?: boolean;
  readonly end?: PageEnd['kind'];
};

/** A page about alert 1, on call 1, as far on as is wanted. */
export function aState(list: DialList, wanted: Wanted = {}): State {
  const { attempt = 0, leg = 'ringing', turn = 0, isTest = false, end } = wanted;
  const start = isTest ? testStarted(1, { turn }) : alertNotified(1, { turn });
  let { state } = happen(list, [start]);
  const goOn = (happening: Happening) => {
    state = happen(list, [happening], state).state;
  };
  const last = end === 'unanswered' ? Number.POSITIVE_INFINITY : attempt;
  while (pageIn(state).end === null && pageIn(state).attempt < last) {
    goOn(pageIn(state).leg === 'pausing' ? pauseOver : ringEnded);
  }
  if (pageIn(state).leg === 'pausing' && leg !== 'pausing') goOn(pauseOver);
  if (leg === 'answered' || leg === 'passed') goOn(answered);
  if (leg === 'passed') goOn((page) => keyPressed(page, 'pass'));
  if (end === 'taken') goOn((page) => keyPressed(page, 'take'));
  if (end === 'closed') goOn(alertsClosed(alertIds(state)));
  return state;
}

/** The page of a state that has one. */
export function pageIn({ page }: State): Page {
  if (!page) throw new Error('There is no page');
  return page;
}

/** The open alerts of the page, by id. */
export const alertIds = (state: State): string[] => alertsOf(state, state.page).map(({ id }) => id);

/** The news without the page and the time that each of them bears. */
export const told = (news: readonly LoggedNews[]): News[] =>
  news.map(({ page: _, at: __, ...item }) => item as News);
