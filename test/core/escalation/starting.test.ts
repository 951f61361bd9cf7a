import { decide } from '../../../src/core/escalation/decide';
import { emptyState, type Page } from '../../../src/core/escalation/state';
import { aDialList, aMember } from '../../support/dial-list';
import {
  alertNotified,
  answered,
  callSid,
  confirmed,
  EVENING,
  keyPressed,
  pauseOver,
  ringEnded,
  testStarted,
} from '../../support/event';
import { alertIds, aState, type Happening, happen, pageIn, told } from '../../support/state';

const MORNING = EVENING + 15 * 3600;
const list = aDialList();

describe('an alert starts a page', () => {
  test.each([
    ['the very first', emptyState],
    ['after one that was taken', aState(list, { end: 'taken' })],
    ['after one that nobody answered', aState(list, { end: 'unanswered' })],
    ['after one that closed', aState(list, { end: 'closed' })],
    ['after a test', aState(list, { isTest: true, end: 'taken' })],
  ])('%s', (_why, before) => {
    const { state, step, news } = decide(list, before, alertNotified(2, { at: MORNING }));
    expect(step).toEqual({ kind: 'ring', attempt: 0, member: 0 });
    expect(told(news)).toEqual([
      { kind: 'page-started', why: 'new' },
      { kind: 'calling', attempt: 0, member: 0 },
    ]);
    expect(news.map(({ page, at }) => [page, at])).toEqual(news.map(() => [state.page?.id, MORNING]));
    expect(state.pagesStarted).toBe(before.pagesStarted + 1);
    expect(state.page).toMatchObject({
      startedAt: MORNING,
      isTest: false,
      call: callSid(2),
      order: [0, 1, 2],
      attempt: 0,
      leg: 'ringing',
      end: null,
      isDegraded: false,
    });
    expect(alertIds(state)).toEqual(['alert-2']);
    expect(state.page?.id).not.toBe(before.page?.id);
  });

  test('about the same alert once more, which nobody answered', () => {
    const before = aState(list, { end: 'unanswered' });
    const again = alertNotified(1, { call: callSid(2), at: MORNING });
    expect(decide(list, before, again).step).toEqual({ kind: 'ring', attempt: 0, member: 0 });
  });
});

describe('who is first', () => {
  const byDay = aDialList({ rotation: { every: 'day', at: '09:00', since: '2026-11-22' } });

  test.each([
    ['member 1 at the turn 0', 0, [0, 1, 2]],
    ['the next at the next turn', 1, [1, 2, 0]],
    ['round again', 5, [2, 0, 1]],
    ['before the list began', -1, [2, 0, 1]],
  ])('by date: %s', (_why, turn, order) => {
    const { state, step } = decide(byDay, emptyState, alertNotified(1, { turn }));
    expect(state.page?.order).toEqual(order);
    expect(step).toEqual({ kind: 'ring', attempt: 0, member: order[0] });
  });

  test('by page: each page begins with the next member, a test with the one whose turn it is', () => {
    const byPage = aDialList({ rotation: { every: 'page' }, awakeMinutes: 0 });
    const take = (page: Page) => keyPressed(page, 'take');
    const { steps } = happen(byPage, [
      alertNotified(1),
      take,
      testStarted(2),
      take,
      alertNotified(3),
      take,
      testStarted(4),
      take,
      alertNotified(5),
      take,
      confirmed,
      alertNotified(6),
    ]);
    const rung = steps.flatMap((step) => (step.kind === 'ring' ? [step.member] : []));
    expect(rung).toEqual([0, 1, 1, 2, 2, 0]);
  });

  test('by page: a test that an alert made real counts', () => {
    const byPage = aDialList({ rotation: { every: 'page' }, awakeMinutes: 0 });
    const { steps } = happen(byPage, [
      testStarted(1),
      alertNotified(2),
      (page) => keyPressed(page, 'take'),
      alertNotified(3, { at: EVENING + 60 }),
    ]);
    expect(steps.at(-1)).toEqual({ kind: 'ring', attempt: 0, member: 1 });
  });
});

describe('somebody tries the line', () => {
  test('members are rung, and are told that it is a test', () => {
    const { state, step, news } = decide(list, emptyState, testStarted(1));
    expect(step).toEqual({ kind: 'ring', attempt: 0, member: 0 });
    expect(told(news)).toEqual([
      { kind: 'page-started', why: 'new' },
      { kind: 'calling', attempt: 0, member: 0 },
    ]);
    expect(state.page).toMatchObject({ isTest: true, call: callSid(1), end: null });
    expect(alertIds(state)).toEqual([]);
    expect(state.pagesStarted).toBe(0);
  });

  test.each(['ringing', 'answered', 'passed', 'pausing'] as const)('but not while a page is %s', (leg) => {
    const before = aState(list, { leg, attempt: leg === 'pausing' ? 3 : 0 });
    const decision = decide(list, before, testStarted(2, { at: EVENING + 30 }));
    expect(decision).toEqual({ state: before, step: { kind: 'hang-up' }, news: [] });
    expect(decision.state).toBe(before);
  });
});

describe('a call that asks twice is told of once', () => {
  test.each([
    [
      'it is kept quiet',
      aState(list, { end: 'taken' }),
      alertNotified(1, { call: callSid(3), at: EVENING + 600 }),
    ],
    ['it is about a closed alert', emptyState, alertNotified(1, { isClosed: true })],
    ['it joined', aState(list), alertNotified(2, { at: EVENING + 10 })],
  ])('%s', (_why, before, event) => {
    const first = decide(list, before, event);
    expect(first.news).toHaveLength(1);
    const again = decide(list, first.state, { ...event, at: event.at + 1 });
    expect(again).toEqual({ state: first.state, step: { kind: 'hang-up' }, news: [] });
    expect(again.state).toBe(first.state);
  });

  test('it joined a page that is over by now: it starts no new one', () => {
    const joining = happen(list, [alertNotified(2, { at: EVENING + 3 })], aState(list)).state;
    const rings = Array(3).fill(ringEnded);
    const over = happen(list, [...rings, pauseOver, ...rings], joining).state;
    expect(pageIn(over).end?.kind).toBe('unanswered');
    expect(decide(list, over, alertNotified(2, { at: EVENING + 400 })).step.kind).toBe('hang-up');
  });
});

describe('the call that a page runs on asks again', () => {
  test.each([
    ['it rings', aState(list, { attempt: 4 }), { kind: 'ring', attempt: 4, member: 1 }],
    ['it pauses', aState(list, { attempt: 3, leg: 'pausing' }), { kind: 'pause', attempt: 3, seconds: 30 }],
    ['it is over', aState(list, { end: 'unanswered' }), { kind: 'hang-up' }],
  ])('%s: it is told the same, and nothing changes', (_why, before, step) => {
    for (const event of [alertNotified(1), alertNotified(7, { call: callSid(1) }), testStarted(1)]) {
      const decision = decide(list, before, event);
      expect(decision).toEqual({ state: before, step, news: [] });
      expect(decision.state).toBe(before);
    }
  });
});

describe('an alert that arrives while somebody is being rung joins the page', () => {
  test.each([
    { leg: 'ringing', attempt: 1 },
    { leg: 'answered', attempt: 1 },
    { leg: 'passed', attempt: 1 },
    { leg: 'pausing', attempt: 3 },
  ] as const)('which is $leg', ({ leg, attempt }) => {
    const before = aState(list, { leg, attempt });
    const { state, step, news } = decide(list, before, alertNotified(2, { at: EVENING + 30, turn: 1 }));
    expect(step).toEqual({ kind: 'hang-up' });
    expect(told(news)).toEqual([{ kind: 'joined', alerts: ['alert-2'] }]);
    expect(pageIn(state)).toEqual(before.page);
    expect(alertIds(state)).toEqual(['alert-1', 'alert-2']);
    expect(state.pagesStarted).toBe(before.pagesStarted);
  });

  test('the same alert on another call is nothing new', () => {
    const before = aState(list);
    const event = alertNotified(1, { call: callSid(2), at: EVENING + 10 });
    const first = decide(list, before, event);
    expect(first).toMatchObject({ step: { kind: 'hang-up' }, news: [], state: { page: before.page } });
    const again = decide(list, first.state, event);
    expect(again).toMatchObject({ step: { kind: 'hang-up' }, news: [] });
    expect(again.state).toBe(first.state);
  });

  test('it makes a test page a real one', () => {
    const before = aState(list, { isTest: true });
    const { state, step, news } = decide(list, before, alertNotified(2, { at: EVENING + 10 }));
    expect(step).toEqual({ kind: 'hang-up' });
    expect(told(news)).toEqual([{ kind: 'joined', alerts: ['alert-2'] }]);
    expect(state.page).toMatchObject({ isTest: false, attempt: 0, leg: 'ringing' });
    expect(alertIds(state)).toEqual(['alert-2']);
  });
});

describe('a page whose call fell silent is carried on by the next call', () => {
  test.each([
    ['it rang: the next member', { attempt: 0 }, 1, 1],
    ['somebody had picked up: the next member', { attempt: 1, leg: 'answered' }, 2, 2],
    ['somebody had passed: the next member', { attempt: 0, leg: 'passed' }, 1, 1],
    ['at the end of a round: the first of the next, with no pause', { attempt: 2 }, 3, 0],
    ['it paused: the member who would have been next', { attempt: 3, leg: 'pausing' }, 3, 0],
    ['in its own order', { attempt: 0, turn: 2 }, 1, 0],
  ] as const)('%s', (_why, wanted, attempt, member) => {
    const before = aState(list, wanted);
    const event = alertNotified(2, { at: MORNING, turn: 1 });
    const { state, step, news } = decide(list, before, event);
    expect(step).toEqual({ kind: 'ring', attempt, member });
    expect(told(news)).toEqual([
      { kind: 'joined', alerts: ['alert-2'] },
      { kind: 'resumed' },
      { kind: 'calling', attempt, member },
    ]);
    expect(state.page).toMatchObject({
      id: before.page?.id,
      startedAt: EVENING,
      call: callSid(2),
      order: before.page?.order,
      attempt,
      leg: 'ringing',
      end: null,
    });
    expect(alertIds(state)).toEqual(['alert-1', 'alert-2']);
    expect(state.news.slice(-3)).toEqual(news);
    expect(state.newsCount).toBe(before.newsCount + 3);
  });

  test('by a re-send of its own alert, which joins nothing', () => {
    const event = alertNotified(1, { call: callSid(2), at: MORNING });
    const { state, step, news } = decide(list, aState(list), event);
    expect(step).toEqual({ kind: 'ring', attempt: 1, member: 1 });
    expect(told(news)).toEqual([{ kind: 'resumed' }, { kind: 'calling', attempt: 1, member: 1 }]);
    expect(state.page).toMatchObject({ call: callSid(2) });
    expect(alertIds(state)).toEqual(['alert-1']);
  });

  test('by somebody who tries the line: the alert comes first', () => {
    const before = aState(list);
    const { state, step, news } = decide(list, before, testStarted(9, { at: MORNING }));
    expect(step).toEqual({ kind: 'ring', attempt: 1, member: 1 });
    expect(told(news)).toEqual([{ kind: 'resumed' }, { kind: 'calling', attempt: 1, member: 1 }]);
    expect(state.page).toMatchObject({ id: before.page?.id, isTest: false, call: callSid(9) });
    expect(alertIds(state)).toEqual(['alert-1']);
  });

  test('and the call that fell silent rings nobody any more', () => {
    const { state } = happen(list, [alertNotified(1), alertNotified(2, { at: MORNING })]);
    const late = ringEnded(pageIn(state), { attempt: 0, call: callSid(1), at: MORNING + 5 });
    expect(decide(list, state, late)).toEqual({ state, step: { kind: 'hang-up' }, news: [] });
  });

  test('and goes on from there like any other', () => {
    const { steps } = happen(list, [alertNotified(1), alertNotified(2, { at: MORNING }), ringEnded]);
    expect(steps.at(-1)).toEqual({ kind: 'ring', attempt: 2, member: 2 });
  });
});

/** Twilio rings 5 s longer than it is told: docs/voice/twiml/dial#timeout */
describe('a page is alive as long as its step may last', () => {
  const patient = aDialList({ members: [aMember('佐藤', { ringSeconds: 600 })] });
  const longPause = aDialList({ pauseSeconds: 300 });
  const pickUp = (page: Page) => answered(page, { at: EVENING + 65 });
  const ringOut = (page: Page) => ringEnded(page, { at: EVENING });
  const aRound = [ringOut, ringOut, ringOut];

  test.each<[string, typeof list, Happening[], number, boolean]>([
    ['a ring of 60 s, with Twilio’s 5', list, [], 65, true],
    ['an hour is no ring', list, [], 3600, false],
    ['a ring of ten minutes', patient, [], 605, true],
    ['but not for ever', patient, [], 3600, false],
    ['somebody who picked up late hears the message twice', list, [pickUp], 65 + 60, true],
    ['but not for an hour', list, [pickUp], 3600, false],
    ['a pause of five minutes', longPause, aRound, 301, true],
    ['but not of an hour', longPause, aRound, 3600, false],
  ])('%s', (_why, list, happenings, seconds, isAlive) => {
    const { state } = happen(list, [alertNotified(1), ...happenings]);
    const { step } = decide(list, state, alertNotified(9, { at: EVENING + seconds }));
    expect(step.kind).toBe(isAlive ? 'hang-up' : 'ring');
  });
});

describe('the id of a page', () => {
  const idOf = (nth: number, at: number) =>
    pageIn(decide(list, emptyState, alertNotified(nth, { at })).state).id;

  test('is the same however often its call asks in that second', () => {
    expect(idOf(1, EVENING)).toBe(idOf(1, EVENING));
  });

  test.each([
    ['another call', idOf(2, EVENING)],
    ['another time', idOf(1, EVENING + 1)],
  ])('is another with %s', (_why, id) => {
    expect(id).not.toBe(idOf(1, EVENING));
  });

  test('can stand in a URL as it is', () => {
    expect(idOf(1, EVENING)).toMatch(/^[\w-]+$/);
  });
});
