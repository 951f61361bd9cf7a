/** More alerts than the book has room for: what is left of them is their number, and the inbox that they lie in. */
import { countOf, recordOf } from '../../../src/core/escalation/book';
import { decide } from '../../../src/core/escalation/decide';
import type { AlertNotified } from '../../../src/core/escalation/event';
import type { State } from '../../../src/core/escalation/state';
import { speechIn } from '../../../src/core/wording/speech';
import { aDialList } from '../../support/dial-list';
import { alertNotified, alertsClosed, answered, EVENING, keyPressed } from '../../support/event';
import { alertIds, aState, happen, pageIn, told } from '../../support/state';

const list = aDialList();
const minutes = (count: number) => EVENING + count * 60;

/** Alert 1 rings, and a hundred and one lie in the inbox. */
const inbox = Array.from({ length: 101 }, (_, nth) => ({ id: `aside-${nth}`, heardAt: EVENING + nth }));
const joining = (alerts = inbox) => ({
  kind: 'alerts-joined' as const,
  page: pageIn(aState(list)).id,
  alerts,
  at: EVENING + 20,
});
const crowded = happen(list, [joining()], aState(list)).state;
const crowdedAndTaken = happen(list, [(page) => keyPressed(page, 'take')], crowded).state;

test('the book takes in thirty of a page, and the page counts the rest', () => {
  const { state, news } = decide(list, aState(list), joining());
  expect(alertIds(state)).toHaveLength(30);
  expect(pageIn(state).more).toBe(72);
  expect(countOf(state, state.page)).toBe(102);
  expect(told(news)).toEqual([{ kind: 'joined', alerts: alertIds(state).slice(1), more: 72 }]);
});

test('looked at once more, the inbox tells nothing new', () => {
  const { state, news } = decide(list, crowded, joining());
  expect(news).toEqual([]);
  expect(state).toBe(crowded);
});

test('more of them by then are told by their number', () => {
  const later = [...inbox, { id: 'aside-101', heardAt: EVENING + 200 }];
  const { state, news } = decide(list, crowded, joining(later));
  expect(pageIn(state).more).toBe(73);
  expect(told(news)).toEqual([{ kind: 'joined', alerts: [], more: 1 }]);
});

test('who picks up is told of them all', () => {
  expect(pageIn(happen(list, [answered], crowded).state).told).toBe(102);
});

test.each([
  ['ja', 'マカレルのアラートが102件出ています。', '102件まとめて、'],
  ['en', 'Mackerel has 102 alerts.', 'All 102 alerts are yours'],
] as const)('their number is spoken (%s)', (language, many, all) => {
  const alerts = crowded.alerts.slice(0, 30);
  const briefing = { reading: 'Sato', isTest: false, alerts, more: 72, joinedSince: 0, now: EVENING };
  expect(speechIn(language).brief(briefing, 20).text).toContain(many);
  expect(speechIn(language).confirmTaken(briefing)).toContain(all);
});

describe('alerts close', () => {
  test.each<[string, string, State]>([
    ['in the inbox', 'aside-100', crowded],
    ['that nobody knows', 'another', crowdedAndTaken],
  ])('one %s tells nothing, and nothing is written', (_, id, before) => {
    expect(decide(list, before, alertsClosed([id])).state).toBe(before);
  });

  test.each([
    ['while it rings', crowded],
    ['that somebody took', crowdedAndTaken],
  ])('one of the book %s is told', (_, before) => {
    const [id = ''] = alertIds(before);
    const { state, news } = decide(list, before, alertsClosed([id]));
    expect(recordOf(state, id)?.closedAt).toBeDefined();
    expect(told(news)).toEqual([{ kind: 'alert-closed', alert: id }]);
  });

  test('all of the book: the page goes on, for of the rest nobody knows', () => {
    const { state } = decide(list, crowded, alertsClosed(alertIds(crowded)));
    expect(pageIn(state).end).toBeNull();
  });

  test('by phone: those of the book are closed, and the page goes on', () => {
    const closing = alertsClosed(alertIds(crowded), { by: 0 });
    const { state, news } = decide(list, crowded, closing);
    expect(alertIds(state)).toEqual([]);
    expect(pageIn(state).end).toBeNull();
    expect(told(news)).toEqual([{ kind: 'closed-by-phone', member: 0, alerts: 30 }]);
  });
});

describe('one of those without a place in the book is re-sent', () => {
  const resent = (changes: Partial<AlertNotified> = {}) =>
    alertNotified(9, {
      alert: { id: 'aside-100', heardAt: EVENING },
      asideFor: pageIn(crowded).id,
      at: minutes(10),
      ...changes,
    });
  const unanswered = (state: State) => ({
    ...state,
    page: { ...pageIn(state), end: { kind: 'unanswered' as const, at: minutes(5) } },
  });

  test('somebody took it: nobody is rung, and nothing is written or told', () => {
    const { state, step, news } = decide(list, crowdedAndTaken, resent());
    expect(step).toEqual({ kind: 'hang-up' });
    expect(news).toEqual([]);
    expect(state).toBe(crowdedAndTaken);
  });

  test('the quiet time is over: it rings', () => {
    const { step } = decide(list, crowdedAndTaken, resent({ at: minutes(31) }));
    expect(step.kind).toBe('ring');
  });

  test('it is of a page before the last: still nobody is rung', () => {
    const { state } = happen(list, [alertNotified(8), (page) => keyPressed(page, 'take')], crowdedAndTaken);
    expect(decide(list, state, resent()).step).toEqual({ kind: 'hang-up' });
  });

  test('nobody answered: a call rings again, a webhook after its repeat time', () => {
    const webhook = aDialList({ start: 'webhook', repeatMinutes: 10 });
    const before = unanswered(crowded);
    expect(decide(list, before, resent()).step.kind).toBe('ring');
    const again = (at: number) => resent({ way: 'direct', call: '', at });
    expect(decide(webhook, before, again(minutes(9))).step.kind).toBe('hang-up');
    expect(decide(webhook, before, again(minutes(10))).step.kind).toBe('ring');
  });
});
