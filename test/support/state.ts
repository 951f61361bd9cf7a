/** States as commands bring them about: a test is then about what the product does, not about how it remembers. */
import type { DialList } from '../../src/dial-list/list';
import {
  alertsOf,
  type Command,
  decide,
  type Event,
  emptyState,
  evolveAll,
  isNews,
  type Leg,
  type LoggedNews,
  type News,
  type Notify,
  type Page,
  type PageEnd,
  type State,
  type Step,
  stepFor,
} from '../../src/escalation';
import { callSid, EVENING } from './event';

/** What happens next, said of the page as it is by then. */
export type Happening = Command | ((page: Page) => Command);

/** Lets one thing happen after another; gives all that was done and said on the way. */
export function happen(list: DialList, happenings: readonly Happening[], before: State = emptyState) {
  let state = before;
  const steps: Step[] = [];
  const events: Event[] = [];
  for (const happening of happenings) {
    const command = typeof happening === 'function' ? happening(pageIn(state)) : happening;
    const came = decide(list, state, command);
    state = evolveAll(state, came);
    steps.push(stepFor(list, state, command));
    events.push(...came);
  }
  return { state, steps, events, news: events.filter(isNews) };
}

/** An alert that nobody has heard of, with a call of its own. */
export function notified(nth: number, changes: Partial<Notify> = {}): Notify {
  const at = changes.at ?? EVENING;
  const alert = { id: `alert-${nth}`, heardAt: at };
  return { kind: 'notify', way: 'bridge', alert, call: callSid(nth), turn: 0, at, ...changes };
}

/** Everything about a ring comes 20 s after its page began, if a test says nothing else. */
const present = ({ id, attempt, startedAt }: Page) => ({ page: id, attempt, at: startedAt + 20 });

export const ringOver = (page: Page): Command => ({
  kind: 'end-ring',
  ...present(page),
  call: page.call,
  why: 'no-answer',
  wasBridged: false,
});
export const pauseOver = (page: Page): Command => ({ kind: 'end-pause', ...present(page), call: page.call });
export const answers = (page: Page): Command => ({ kind: 'answer', ...present(page) });
export const takes = (page: Page): Command => ({ kind: 'press-key', key: 'take', ...present(page) });
export const passes = (page: Page): Command => ({ kind: 'press-key', key: 'pass', ...present(page) });
export const allClose = (page: Page): Command => ({
  kind: 'close-all',
  page: page.id,
  alerts: 1,
  at: page.startedAt + 20,
});

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
  const starting = { way: 'bridge', call: callSid(1), turn, at: EVENING } as const;
  const start: Command = isTest ? { kind: 'start-test', ...starting } : notified(1, { turn });
  let { state } = happen(list, [start]);
  const goOn = (happening: Happening) => {
    state = happen(list, [happening], state).state;
  };
  const last = end === 'unanswered' ? Number.POSITIVE_INFINITY : attempt;
  for (let nth = 0; pageIn(state).end === null && pageIn(state).attempt < last; nth++) {
    if (nth > 200) throw new Error('The page never ends');
    goOn(pageIn(state).leg === 'pausing' ? pauseOver : ringOver);
  }
  if (pageIn(state).leg === 'pausing' && leg !== 'pausing') goOn(pauseOver);
  if (leg === 'answered' || leg === 'passed') goOn(answers);
  if (leg === 'passed') goOn(passes);
  if (end === 'taken') goOn(takes);
  if (end === 'closed') goOn(allClose);
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
