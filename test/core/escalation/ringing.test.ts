import type { DialList } from '../../../src/core/dial-list';
import { decide } from '../../../src/core/escalation/decide';
import type { CallEnded, PauseOver, RingEnded } from '../../../src/core/escalation/event';
import type { News, NotReached } from '../../../src/core/escalation/news';
import { emptyState, type Page, type State } from '../../../src/core/escalation/state';
import type { CallerStep } from '../../../src/core/escalation/step';
import { aDialList, aMember } from '../../support/dial-list';
import {
  alertNotified,
  answered,
  callEnded,
  callSid,
  confirmed,
  EVENING,
  keyPressed,
  pauseOver,
  ringEnded,
} from '../../support/event';
import { aState, happen, pageIn, told } from '../../support/state';

const list = aDialList();
const alone: DialList = { ...list, members: list.members.slice(0, 1) };
const at = EVENING + 20;

type Row = {
  why: string;
  page?: Parameters<typeof aState>[1];
  event?: Partial<RingEnded>;
  /** The list by then, if it is not that with which the page began. */
  list?: DialList;
  began?: DialList;
  step: CallerStep;
  news: News[];
  after: Partial<Page>;
};

const notReached = (member: number, why: NotReached = 'no-answer') =>
  ({ kind: 'not-reached', member, why }) as const;
const ring = (attempt: number, member: number) => ({ kind: 'ring', attempt, member }) as const;
const calling = (attempt: number, member: number) => ({ kind: 'calling', attempt, member }) as const;

test('everybody passed it on: that is no page that nobody answered', () => {
  const once = aDialList({ rounds: 1 });
  const pass = (page: Page) => keyPressed(page, 'pass');
  const { state, news } = happen(once, [
    alertNotified(1),
    ...once.members.flatMap(() => [answered, pass, ringEnded]),
  ]);
  const rings = once.members.length;
  expect(pageIn(state).end).toMatchObject({ kind: 'unanswered', isPassed: true });
  expect(told(news).at(-1)).toEqual({ kind: 'nobody-answered', rings, rounds: 1, passes: rings });
});

describe('a ring is over', () => {
  test.each<Row>([
    {
      why: 'nobody picked up: the next member',
      step: ring(1, 1),
      news: [notReached(0), calling(1, 1)],
      after: { attempt: 1, leg: 'ringing', end: null },
    },
    {
      why: 'the line was busy',
      event: { why: 'busy' },
      step: ring(1, 1),
      news: [notReached(0, 'busy'), calling(1, 1)],
      after: { attempt: 1 },
    },
    {
      why: 'the call could not be placed',
      event: { why: 'failed' },
      step: ring(1, 1),
      news: [notReached(0, 'failed'), calling(1, 1)],
      after: { attempt: 1 },
    },
    {
      why: 'the call was canceled',
      event: { why: 'canceled' },
      step: ring(1, 1),
      news: [notReached(0, 'canceled'), calling(1, 1)],
      after: { attempt: 1 },
    },
    {
      why: 'somebody picked up and pressed no key, whatever Twilio calls it',
      page: { attempt: 1, leg: 'answered' },
      event: { why: 'no-answer' },
      step: ring(2, 2),
      news: [notReached(1, 'no-key'), calling(2, 2)],
      after: { attempt: 2, leg: 'ringing' },
    },
    {
      why: 'picked up, and the callback that said so was lost',
      event: { why: 'no-key', wasBridged: true },
      step: ring(1, 1),
      news: [notReached(0, 'no-key'), calling(1, 1)],
      after: { attempt: 1, end: null },
    },
    {
      why: 'passed on: that has been told',
      page: { leg: 'passed' },
      event: { why: 'no-key' },
      step: ring(1, 1),
      news: [calling(1, 1)],
      after: { attempt: 1, leg: 'ringing' },
    },
    {
      why: 'the order is that of the page',
      page: { turn: 2 },
      step: ring(1, 0),
      news: [notReached(2), calling(1, 0)],
      after: { attempt: 1, order: [2, 0, 1] },
    },
    {
      why: 'the last of a round: a pause',
      page: { attempt: 2 },
      step: { kind: 'pause', attempt: 3, seconds: 30 },
      news: [notReached(2)],
      after: { attempt: 3, leg: 'pausing', end: null },
    },
    {
      why: 'the last of a round passed on: a pause all the same',
      page: { attempt: 2, leg: 'passed' },
      step: { kind: 'pause', attempt: 3, seconds: 30 },
      news: [],
      after: { attempt: 3, leg: 'pausing' },
    },
    {
      why: 'the last of a round, where the list wants no pause',
      page: { attempt: 2 },
      list: aDialList({ pauseSeconds: 0 }),
      step: ring(3, 0),
      news: [notReached(2), calling(3, 0)],
      after: { attempt: 3, leg: 'ringing' },
    },
    {
      why: 'the second round is as the first',
      page: { attempt: 3 },
      step: ring(4, 1),
      news: [notReached(0), calling(4, 1)],
      after: { attempt: 4 },
    },
    {
      why: 'the last of the last round: nobody answered',
      page: { attempt: 5 },
      step: { kind: 'hang-up' },
      news: [notReached(2), { kind: 'nobody-answered', rings: 6, rounds: 2 }],
      after: { end: { kind: 'unanswered', at } },
    },
    {
      why: 'the last of the last round passed on: nobody took it, and that is told apart',
      page: { attempt: 5, leg: 'passed' },
      step: { kind: 'hang-up' },
      news: [{ kind: 'nobody-answered', rings: 6, rounds: 2, passes: 1 }],
      after: { end: { kind: 'unanswered', at } },
    },
    {
      why: 'a page of one member pauses after each ring',
      list: alone,
      began: alone,
      step: { kind: 'pause', attempt: 1, seconds: 30 },
      news: [notReached(0)],
      after: { attempt: 1, leg: 'pausing' },
    },
    {
      why: 'the list lost members while the page rang: its order stands',
      list: alone,
      step: ring(1, 1),
      news: [notReached(0), calling(1, 1)],
      after: { attempt: 1 },
    },
    {
      why: 'picking up takes the page where the list says so, even if only the <Dial> tells',
      page: { attempt: 1 },
      list: aDialList({ answer: 'pickup' }),
      event: { why: 'no-key', wasBridged: true },
      step: { kind: 'hang-up' },
      news: [{ kind: 'taken', member: 1, attempt: 1, seconds: 20 }],
      after: { end: { kind: 'taken', by: 1, at } },
    },
    {
      why: 'and nothing else does',
      list: aDialList({ answer: 'pickup' }),
      event: { why: 'no-key', wasBridged: false },
      step: ring(1, 1),
      news: [notReached(0, 'no-key'), calling(1, 1)],
      after: { attempt: 1, end: null },
    },
  ])('$why', ({ page, event, list: now = list, began = list, step, news, after }) => {
    const before = aState(began, page);
    const decision = decide(now, before, ringEnded(pageIn(before), { at, ...event }));
    expect(decision.step).toEqual(step);
    expect(told(decision.news)).toEqual(news);
    expect(decision.state.page).toMatchObject({ ...after, id: before.page?.id, startedAt: EVENING });
    expect(decision.state.news).toEqual([...before.news, ...decision.news]);
    expect(decision.state.newsCount).toBe(before.newsCount + news.length);
  });
});

test('the pause is over: the next round begins', () => {
  const before = aState(list, { attempt: 3, leg: 'pausing' });
  const { state, step, news } = decide(list, before, pauseOver(pageIn(before)));
  expect(step).toEqual(ring(3, 0));
  expect(told(news)).toEqual([calling(3, 0)]);
  expect(state.page).toMatchObject({ attempt: 3, leg: 'ringing', end: null });
});

test.each([true, false])(
  'the call that carries the page is gone, and none can be placed (sure that nobody took it: %s)',
  (isSure) => {
    const before = aState(list, { attempt: 1 });
    const { state, step, news } = decide(list, before, callEnded(pageIn(before), { isSure, at }));
    expect(step).toEqual({ kind: 'hang-up' });
    expect(told(news)).toEqual([{ kind: 'call-lost', isSure }]);
    expect(state.page).toMatchObject({ end: isSure ? { kind: 'unanswered', at } : null });
  },
);

describe('repeats and late callbacks change nothing', () => {
  const ringing = aState(list, { attempt: 4 });
  const pausing = aState(list, { attempt: 3, leg: 'pausing' });
  const over = happen(list, [confirmed], aState(list, { attempt: 4, end: 'taken' })).state;
  const hangUp = { kind: 'hang-up' } as const;
  const pause = { kind: 'pause', attempt: 3, seconds: 30 } as const;

  test.each<[string, State, RingEnded | PauseOver | CallEnded, CallerStep]>([
    ['the end of an earlier ring', ringing, ringEnded(pageIn(ringing), { attempt: 3 }), ring(4, 1)],
    ['the end of the first ring', ringing, ringEnded(pageIn(ringing), { attempt: 0 }), ring(4, 1)],
    [
      'of a ring that was bridged',
      ringing,
      ringEnded(pageIn(ringing), { attempt: 3, wasBridged: true }),
      ring(4, 1),
    ],
    ['the last ring of a round, in the pause', pausing, ringEnded(pageIn(pausing), { attempt: 2 }), pause],
    ['a ring that is still to come', ringing, ringEnded(pageIn(ringing), { attempt: 5 }), ring(4, 1)],
    ['a ring beyond the last', ringing, ringEnded(pageIn(ringing), { attempt: 999_999 }), ring(4, 1)],
    ['a ring that cannot be', ringing, ringEnded(pageIn(ringing), { attempt: -1 }), ring(4, 1)],
    ['half a ring', ringing, ringEnded(pageIn(ringing), { attempt: 4.5 }), ring(4, 1)],
    ['a ring of another page', ringing, ringEnded(pageIn(ringing), { page: 'earlier' }), hangUp],
    ['a ring of a page that is over', over, ringEnded(pageIn(over)), hangUp],
    ['a ring, and there is no page', emptyState, ringEnded(pageIn(ringing)), hangUp],
    ['the end of a pause, once more', ringing, pauseOver(pageIn(ringing)), ring(4, 1)],
    [
      'the end of an earlier pause, once more',
      ringing,
      pauseOver(pageIn(ringing), { attempt: 3 }),
      ring(4, 1),
    ],
    ['the end of an earlier pause, in the next', pausing, pauseOver(pageIn(pausing), { attempt: 0 }), pause],
    ['a pause of another page', pausing, pauseOver(pageIn(pausing), { page: 'earlier' }), hangUp],
    ['a pause of a page that is over', over, pauseOver(pageIn(over)), hangUp],
    ['a pause, and there is no page', emptyState, pauseOver(pageIn(pausing)), hangUp],
    ['a call that carries no page', ringing, callEnded(pageIn(ringing), { call: callSid(9) }), hangUp],
    ['the call of a page that is over', over, callEnded(pageIn(over)), hangUp],
    ['a call, and there is no page', emptyState, callEnded(pageIn(ringing)), hangUp],
  ])('%s', (_why, before, event, step) => {
    const decision = decide(list, before, event);
    expect(decision).toEqual({ state: before, step, news: [] });
    expect(decision.state).toBe(before);
  });
});

test('a whole page that nobody answers rings everyone in order, round by round', () => {
  const next = (page: Page) => (page.leg === 'pausing' ? pauseOver(page) : ringEnded(page));
  const { state, steps } = happen(list, [alertNotified(1), ...Array(7).fill(next)]);
  expect(steps).toEqual([
    ring(0, 0),
    ring(1, 1),
    ring(2, 2),
    { kind: 'pause', attempt: 3, seconds: 30 },
    ring(3, 0),
    ring(4, 1),
    ring(5, 2),
    { kind: 'hang-up' },
  ]);
  expect(state.page?.end).toMatchObject({ kind: 'unanswered' });
});

test('a list may be longer than one <Dial> takes, and ring a phone twice', () => {
  const members = Array.from({ length: 14 }, (_, index) => aMember(`当番${index % 7}`));
  const long = aDialList({ members, rounds: 1 });
  const { steps } = happen(long, [alertNotified(1), ...Array(14).fill((page: Page) => ringEnded(page))]);
  expect(steps.map((step) => (step.kind === 'ring' ? step.member : step.kind))).toEqual([
    ...Array(14).keys(),
    'hang-up',
  ]);
});
