/** After somebody took an alert: Mackerel sends it again as long as it is open, and calls each time. */
import type { AlertStatus } from '../../../src/core/alert';
import type { DialList } from '../../../src/core/dial-list';
import { recordOf } from '../../../src/core/escalation/book';
import { decide } from '../../../src/core/escalation/decide';
import type { Event } from '../../../src/core/escalation/event';
import type { News } from '../../../src/core/escalation/news';
import type { Page, State } from '../../../src/core/escalation/state';
import { aDialList } from '../../support/dial-list';
import {
  alertNotified,
  alertsClosed,
  answered,
  callSid,
  confirmed,
  EVENING,
  keyPressed,
  pauseOver,
  ringEnded,
  testStarted,
} from '../../support/event';
import { alertIds, type Happening, happen, pageIn, told } from '../../support/state';

const MINUTE = 60;
const list = aDialList();
const take = (page: Page) => keyPressed(page, 'take');

/** Alert 1, taken by a member, `EVENING + 20`, with its status at that time: from critical it cannot get worse. */
function takenBy(member: number, status: AlertStatus | null = 'critical', on = list): State {
  const alert = { id: 'alert-1', heardAt: EVENING, ...(status && { status }) };
  const rings = Array(member).fill(ringEnded);
  return happen(on, [alertNotified(1, { alert }), ...rings, answered, take, confirmed]).state;
}

/** Mackerel sends alert 1 again, so many seconds after it was taken. */
const resent = (seconds: number, status?: AlertStatus, changes: object = {}) =>
  alertNotified(1, {
    alert: { id: 'alert-1', heardAt: EVENING + 20 + seconds, ...(status && { status }) },
    call: callSid(90),
    at: EVENING + 20 + seconds,
    ...changes,
  });

describe('for the quiet time nobody is rung again', () => {
  const quiet = (minutes: number): News => ({ kind: 'kept-quiet', alert: 'alert-1', member: 1, minutes });

  test.each<[string, number, News | null]>([
    ['at once', 0, quiet(30)],
    ['ten minutes on', 10 * MINUTE, quiet(20)],
    ['begun minutes count', 10 * MINUTE + 1, quiet(20)],
    ['the last second', 30 * MINUTE - 1, quiet(1)],
    ['it is over', 30 * MINUTE, null],
    ['long over', 600 * MINUTE, null],
  ])('%s', (_, seconds, news) => {
    const before = takenBy(1);
    const decision = decide(list, before, resent(seconds));
    expect(decision.step.kind).toBe(news ? 'hang-up' : 'ring');
    if (!news) return;
    expect(told(decision.news)).toEqual([news]);
    expect(decision.news[0]?.page).toBe(before.page?.id);
    expect(decision.state.page).toEqual(before.page);
    expect(recordOf(decision.state, 'alert-1')?.taken).toEqual(recordOf(before, 'alert-1')?.taken);
  });

  test.each([
    ['none at all', 0, 0, true],
    ['one minute, in it', 1, 59, false],
    ['one minute, after it', 1, 60, true],
    ['a whole day, in it', 1440, 86_399, false],
    ['a whole day, after it', 1440, 86_400, true],
  ])('as long as the list says: %s', (_, quietMinutes, seconds, rings) => {
    const own = aDialList({ quietMinutes });
    expect(decide(own, takenBy(1, 'critical', own), resent(seconds)).step.kind).toBe(
      rings ? 'ring' : 'hang-up',
    );
  });

  test('counted from the taking, not from the last time it was sent', () => {
    const { steps } = happen(
      list,
      [10, 20, 29, 30].map((minutes, nth) =>
        resent(minutes * MINUTE, undefined, { call: callSid(10 + nth) }),
      ),
      takenBy(1),
    );
    expect(steps.map(({ kind }) => kind)).toEqual(['hang-up', 'hang-up', 'hang-up', 'ring']);
  });

  test('for each alert on its own', () => {
    const { state, steps } = happen(list, [alertNotified(2, { at: EVENING + 60 }), take], takenBy(1));
    expect(steps[0]).toEqual({ kind: 'ring', attempt: 0, member: 1 });
    const again = decide(list, state, resent(10 * MINUTE));
    expect(told(again.news)).toMatchObject([{ kind: 'kept-quiet', alert: 'alert-1', member: 1 }]);
  });

  test('nor does it join another page that is going on', () => {
    const other = happen(list, [alertNotified(2, { at: EVENING + 60 })], takenBy(1)).state;
    const { state, step, news } = decide(list, other, resent(1 * MINUTE));
    expect(step).toEqual({ kind: 'hang-up' });
    expect(told(news)).toMatchObject([{ kind: 'kept-quiet', member: 1 }]);
    expect(alertIds(state)).toEqual(['alert-2']);
  });

  describe('a page whose call has died is carried on by it all the same', () => {
    const silent = happen(list, [alertNotified(2, { at: EVENING + 60 })], takenBy(1)).state;
    const late = { at: EVENING + 20 + 5 * MINUTE };

    test.each<[string, Event, News['kind'], State]>([
      ['is quiet', resent(5 * MINUTE), 'kept-quiet', silent],
      [
        'has closed',
        resent(5 * MINUTE),
        'closed-already',
        happen(list, [alertsClosed(['alert-1'], { at: EVENING + 100 })], silent).state,
      ],
    ])('what came %s', (_, event, kind, before) => {
      const { state, step, news } = decide(list, before, { ...event, ...late } as Event);
      expect(step).toEqual({ kind: 'ring', attempt: 1, member: 0 });
      expect(told(news).map((item) => item.kind)).toEqual([kind, 'resumed', 'calling']);
      expect(state.page).toMatchObject({ call: callSid(90), attempt: 1 });
      expect(alertIds(state)).toEqual(['alert-2']);
    });
  });

  test('a test that nobody ended is not: nobody tries the line out any more', () => {
    const trial = happen(list, [testStarted(5, { at: EVENING + 60 })], takenBy(1)).state;
    expect(decide(list, trial, resent(5 * MINUTE)).step).toEqual({ kind: 'hang-up' });
  });

  test('a test in between makes no difference', () => {
    const { state } = happen(list, [testStarted(5, { at: EVENING + 60 }), take], takenBy(1));
    expect(told(decide(list, state, resent(5 * MINUTE)).news)).toMatchObject([
      { kind: 'kept-quiet', member: 1 },
    ]);
  });

  test('what closed meanwhile is told as closed', () => {
    const { state } = happen(list, [alertsClosed(['alert-1'], { at: EVENING + 100 })], takenBy(1));
    expect(told(decide(list, state, resent(5 * MINUTE)).news)).toEqual([
      { kind: 'closed-already', alert: 'alert-1' },
    ]);
  });
});

describe('it rings all the same if it got worse', () => {
  test.each<[AlertStatus | null, AlertStatus | undefined, boolean]>([
    ['warning', 'critical', true],
    ['warning', 'unknown', true],
    ['unknown', 'critical', true],
    ['warning', 'warning', false],
    ['critical', 'critical', false],
    ['critical', 'warning', false],
    ['critical', 'unknown', false],
    ['unknown', 'warning', false],
    [null, 'critical', false],
    ['critical', undefined, false],
  ])('was %s, is %s', (was, is, rings) => {
    const { step, news } = decide(list, takenBy(1, was), resent(MINUTE, is));
    expect(step.kind).toBe(rings ? 'ring' : 'hang-up');
    if (rings) expect(told(news)[0]).toEqual({ kind: 'page-started', why: 'worse', taker: 1 });
  });

  test.each<[string, AlertStatus | null, readonly number[], boolean]>([
    ['sooner than Mackerel re-sends', null, [5], true],
    ['the same, and it was a warning', 'warning', [5], true],
    ['the same, and it was critical: worse it cannot be', 'critical', [5], false],
    ['as Mackerel re-sends at the soonest', null, [9.7], false],
    ['soon after a re-send', null, [9.7, 13], true],
    ['as the second re-send', null, [9.7, 19.7], false],
  ])('where nothing tells how bad it is, it calls %s', (_, was, minutes, rings) => {
    const calls = minutes.map((minute, nth) =>
      resent(minute * MINUTE, undefined, { call: callSid(40 + nth), at: EVENING + minute * MINUTE }),
    );
    const { steps, state } = happen(list, calls, takenBy(1, was));
    expect(steps.map(({ kind }) => kind)).toEqual(
      minutes.map((_minute, nth) => (rings && nth === minutes.length - 1 ? 'ring' : 'hang-up')),
    );
    if (rings) expect(state.page?.order[0]).toBe(1);
  });

  test('a call that never came through says nothing of it', () => {
    const missed = { ...resent(5 * MINUTE), kind: 'call-missed', way: 'direct' } as const;
    expect(decide(list, takenBy(1, null), missed).step).toEqual({ kind: 'hang-up' });
  });

  test('than when it was taken: it had got better, and is only back', () => {
    const better = happen(list, [resent(MINUTE, 'warning')], takenBy(1, 'critical')).state;
    const back = resent(2 * MINUTE, 'critical', { call: callSid(3) });
    expect(decide(list, better, back).step).toEqual({ kind: 'hang-up' });
  });

  test('than it was at a re-send, if nobody knew how bad it was when it was taken', () => {
    const known = happen(list, [resent(MINUTE, 'warning')], takenBy(1, null)).state;
    expect(decide(list, known, resent(2 * MINUTE, 'critical', { call: callSid(3) })).step.kind).toBe('ring');
  });

  test('of which a report told before the call came', () => {
    const report: Event = {
      kind: 'alerts-reported',
      alerts: [{ id: 'alert-1', heardAt: EVENING, status: 'critical' }],
      at: EVENING + 50,
    };
    const { state } = happen(list, [report], takenBy(1, 'warning'));
    expect(decide(list, state, resent(MINUTE)).step.kind).toBe('ring');
  });
});

describe('it is still open when the quiet time is over: who took it is rung first', () => {
  const later = 31 * MINUTE;

  test.each([
    ['the first of the order', 0, [0, 1, 2]],
    ['the second', 1, [1, 0, 2]],
    ['the last', 2, [2, 0, 1]],
  ])('%s, then the others in their order', (_, taker, order) => {
    const { state, step, news } = decide(list, takenBy(taker), resent(later));
    expect(step).toEqual({ kind: 'ring', attempt: 0, member: taker });
    expect(told(news)).toEqual([
      { kind: 'page-started', why: 'still-open', taker },
      { kind: 'calling', attempt: 0, member: taker },
    ]);
    expect(pageIn(state)).toMatchObject({ order, attempt: 0, end: null, call: callSid(90) });
    expect(alertIds(state)).toEqual(['alert-1']);
    expect(recordOf(state, 'alert-1')?.taken).toBeUndefined();
  });

  test('the others in the order of that page, whoever’s turn it is by now', () => {
    const before = happen(list, [alertNotified(1, { turn: 2 }), ringEnded, answered, take]).state;
    expect(pageIn(before)).toMatchObject({ order: [2, 0, 1], end: { kind: 'taken', by: 0 } });
    const { state } = decide(list, before, resent(later, undefined, { turn: 1 }));
    expect(pageIn(state).order).toEqual([0, 2, 1]);
  });

  describe('the others in the order of that page, whatever came in between', () => {
    const byPage = aDialList({ rotation: { every: 'page' } });
    const [first, second] = [
      [alertNotified(1, { turn: 2 }), ringEnded, answered, take],
      [alertNotified(1, { turn: -2 }), answered, take],
    ];
    const another = [alertNotified(2, { at: EVENING + 60, turn: 1 }), ringEnded, take];
    const third = [alertNotified(3, { at: EVENING + 120, turn: 1 }), take];
    const tried = [testStarted(4, { at: EVENING + 180, turn: 1 }), take];

    test.each<[string, DialList, readonly Happening[], readonly number[]]>([
      ['a handoff', list, first, [0, 2, 1]],
      ['a handoff and another page', list, [...first, ...another], [0, 2, 1]],
      ['more of them, and a test', list, [...first, ...another, ...third, ...tried], [0, 2, 1]],
      ['whoever took it was the first', list, [...second, ...another], [1, 2, 0]],
      [
        'other pages, where each has the next member first',
        byPage,
        [...second, ...another, ...third],
        [0, 1, 2],
      ],
    ])('%s', (_, on, happenings, order) => {
      const { state } = happen(on, [...happenings, resent(later, undefined, { turn: 1 })]);
      expect(pageIn(state)).toMatchObject({ order, end: null });
    });

    test('and so on, each time that it rings again', () => {
      const again = [resent(later, undefined, { turn: 1 }), ringEnded, ringEnded, answered, take];
      const afterThat = resent(2 * later + MINUTE, undefined, { call: callSid(91), turn: 1 });
      const { state } = happen(list, [...first, ...again, ...another, afterThat]);
      expect(pageIn(state).order).toEqual([1, 2, 0]);
    });

    test('not one that nobody took: that is rung in the order of the day', () => {
      const rungOut = [alertNotified(1), ...Array(3).fill(ringEnded), pauseOver, ...Array(3).fill(ringEnded)];
      const { state } = happen(list, [...rungOut, resent(later, undefined, { turn: 2 })]);
      expect(pageIn(state).order).toEqual([2, 0, 1]);
    });
  });

  test('and if they take it again, the quiet time begins anew', () => {
    const again = happen(list, [resent(later), take], takenBy(1)).state;
    const third = resent(later + 10 * MINUTE, undefined, { call: callSid(3) });
    expect(told(decide(list, again, third).news)).toMatchObject([{ kind: 'kept-quiet', member: 1 }]);
  });
});
