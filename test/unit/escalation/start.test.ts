/** A page begins: who is first, tests of the line, and what it takes up. */
import { type Command, decide, dueAgain, emptyState, orderOf, type State } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { callSid } from '../../support/event';
import { aState, notified, pageIn, takes } from '../../support/state';
import { bare, decided, kindsOf, plus, ringing, since, stateAfter } from './given';

const list = aDialList();
const byPage = aDialList({ rotation: { every: 'page' }, awakeMinutes: 0 });
const byWebhook = aDialList({ start: 'webhook' });

const test_ = (nth: number, more: object = {}) =>
  ({ kind: 'start-test', way: 'bridge', call: callSid(nth), turn: 0, at: plus(0), ...more }) as const;
const orderIn = (state: State) => orderOf(pageIn(state));
const taken = (attempt: number) => since(list, aState(list, { attempt, end: 'taken' }));

test.each<[string, State, number, number, readonly number[]]>([
  ['member 0 at turn 0', emptyState, 0, 0, [0, 1, 2]],
  ['the next at the next turn', emptyState, 0, 1, [1, 2, 0]],
  ['round again', emptyState, 0, 5, [2, 0, 1]],
  ['before the list began', emptyState, 0, -1, [2, 0, 1]],
  ['who took something 9 minutes ago is awake: first, and the others in order', taken(1), 560, 0, [1, 0, 2]],
  ['10 minutes ago: may be asleep again', taken(1), 620, 0, [0, 1, 2]],
])('who is rung first: %s', (_why, before, at, turn, order) => {
  expect(orderIn(stateAfter(list, before, notified(2, { at: plus(at), turn })))).toEqual(order);
});

test('who took a test is not thereby at work', () => {
  const before = aState(list, { attempt: 1, isTest: true, end: 'taken' });
  expect(orderIn(stateAfter(list, before, notified(2, { at: plus(90) })))).toEqual([0, 1, 2]);
});

test('what somebody has rings them first, and then its own order, whoever’s turn it is by now', () => {
  const before = since(list, aState(list, { turn: 1, attempt: 2, end: 'taken' }));
  const again = notified(1, { call: callSid(3), turn: 2, at: plus(4_000) });
  expect(orderIn(stateAfter(list, before, again))).toEqual([0, 1, 2]);
  expect(pageIn(stateAfter(list, before, again))).toMatchObject({ turn: 1, taker: 0 });
});

test('by page: each begins with the next member; a test takes nobody’s turn, unless an alert joins it', () => {
  const first = stateAfter(byPage, emptyState, notified(1));
  const tested = since(byPage, first, takes, test_(2, { at: plus(90) }));
  expect([orderIn(first)[0], orderIn(tested)[0]]).toEqual([0, 1]);
  const unjoined = since(byPage, tested, takes, notified(3, { at: plus(200) }));
  const joined = since(byPage, tested, notified(3, { at: plus(95) }), takes, notified(4, { at: plus(200) }));
  expect([orderIn(unjoined)[0], orderIn(joined)[0]]).toEqual([1, 2]);
});

describe('somebody tries the line', () => {
  const began = (call: number, at: number, more: object = {}) => [
    {
      kind: 'page-began',
      begun: expect.objectContaining({ isTest: true, first: '', watch: '', call: callSid(call), ...more }),
    },
    { kind: 'page-started', why: 'new' },
    ...ringing(0, 0, { at, call: callSid(call), isRound: true }),
  ];
  const rehearsed = (...seconds: number[]) => ({ kind: 'rehearsed', latest: seconds.map(plus) });
  const calledIn = (...seconds: number[]): State => ({ ...emptyState, rehearsedAt: seconds.map(plus) });

  test.each<[string, State, Command, readonly object[]]>([
    ['nothing rings', emptyState, test_(1), began(1, 0)],
    ['the same call asks again', aState(list, { isTest: true }), test_(1, { at: plus(3) }), []],
    ['a phone rings', aState(list), test_(2, { at: plus(30) }), []],
    ['a page is in a pause', aState(list, { attempt: 3, leg: 'pausing' }), test_(2, { at: plus(30) }), []],
    ['the taker of a page is at the phone', aState(list, { end: 'taken' }), test_(2, { at: plus(30) }), []],
    ['the taker has hung up', aState(list, { end: 'taken' }), test_(2, { at: plus(70) }), began(2, 70)],
    ['another test rings', aState(list, { isTest: true }), test_(2, { at: plus(30) }), []],
    [
      'another test’s call has died',
      aState(list, { isTest: true }),
      test_(2, { at: plus(300) }),
      began(2, 300),
    ],
    [
      'a page with an alert has died: that comes first',
      aState(list),
      test_(2, { at: plus(300) }),
      [{ kind: 'resumed' }, ...ringing(1, 1, { at: 300, call: callSid(2) })],
    ],
    ['by phone', emptyState, test_(1, { isCalledIn: true }), [rehearsed(0), ...began(1, 0)]],
    [
      'by phone, for the third time in an hour',
      calledIn(-3_700, -3_000, -10),
      test_(1, { isCalledIn: true }),
      [rehearsed(-3_000, -10, 0), ...began(1, 0)],
    ],
    ['by phone, for the fourth time', calledIn(-3_000, -20, -10), test_(1, { isCalledIn: true }), []],
  ])('%s', (_when, before, command, events) => {
    expect(bare(decide(list, before, command))).toEqual(events);
  });
});

describe('the id of a page', () => {
  const idOf = (nth: number, at: number, more: object = {}) =>
    pageIn(stateAfter(list, emptyState, notified(nth, { at: plus(at), ...more }))).id;

  test.each([
    ['another call', idOf(2, 0)],
    ['another second', idOf(1, 1)],
    ['no call', idOf(1, 0, { call: '' })],
  ])('is another one with %s', (_what, id) => {
    expect(id).not.toBe(idOf(1, 0));
  });

  test('is the same however often its call asks, can stand in a URL, and tells when the page began', () => {
    expect(idOf(1, 0)).toBe(idOf(1, 0));
    expect(idOf(1, 0)).toMatch(/^[\w-]+$/);
    expect(Number.parseInt(idOf(1, 0), 36)).toBe(plus(0));
  });
});

describe('what nobody answered', () => {
  const unanswered = (its: typeof list) => since(its, aState(its, { end: 'unanswered' }));
  const page = pageIn(unanswered(list)).id;
  const closed = since(byWebhook, unanswered(byWebhook), ({ id }) => ({
    kind: 'close-all',
    page: id,
    alerts: 1,
    at: plus(99),
  }));
  const takenUp = since(
    byWebhook,
    unanswered(byWebhook),
    notified(2, { way: 'direct', call: '', at: plus(600) }),
    ({ id }) => ({
      kind: 'give-up',
      page: id,
      attempt: 0,
      at: plus(601),
    }),
  );
  const later = pageIn(takenUp).id;

  test.each<[string, typeof list, State, number, boolean, string | undefined]>([
    ['is due after repeatMinutes', byWebhook, unanswered(byWebhook), 570, false, page],
    ['not before', byWebhook, unanswered(byWebhook), 569, false, undefined],
    [
      'where calls start pages, Mackerel calls again by itself',
      list,
      unanswered(list),
      6_000,
      false,
      undefined,
    ],
    ['the clock rings again all the same', list, unanswered(list), 570, true, page],
    ['not what has closed', byWebhook, closed, 570, false, undefined],
    [
      'not what somebody has',
      byWebhook,
      since(byWebhook, aState(byWebhook, { end: 'taken' })),
      6_000,
      false,
      undefined,
    ],
    ['not while a page goes on', byWebhook, aState(byWebhook), 6_000, false, undefined],
    ['what a later page took up counts from then on', byWebhook, takenUp, 1_000, false, undefined],
    ['and rings with that page', byWebhook, takenUp, 1_170, false, later],
  ])('%s', (_why, its, state, at, isClock, due) => {
    expect(dueAgain(its, state, plus(at), isClock)?.id).toBe(due);
  });

  test('is taken up by the next page, with what that had taken up', () => {
    expect(pageIn(takenUp).continues).toEqual([page]);
    const third = stateAfter(byWebhook, takenUp, notified(3, { way: 'direct', call: '', at: plus(1_300) }));
    expect(pageIn(third).continues).toEqual([page, later]);
  });

  test('is told to nobody who tries the line', () => {
    const tested = stateAfter(byWebhook, unanswered(byWebhook), test_(5, { at: plus(900) }));
    expect(pageIn(tested).continues).toBeUndefined();
    expect(kindsOf(decided(byWebhook, unanswered(byWebhook), test_(5, { at: plus(900) })))).toContain(
      'page-started',
    );
  });
});
