/** An alert that comes with a call while people are rung is told of in starting.test.ts; here, the other ways in. */
import type { AlertFacts } from '../../../src/core/alert';
import { recordOf } from '../../../src/core/escalation/book';
import { decide } from '../../../src/core/escalation/decide';
import type { AlertsJoined, AlertsReported } from '../../../src/core/escalation/event';
import { emptyState, type State } from '../../../src/core/escalation/state';
import { aDialList } from '../../support/dial-list';
import {
  alertNotified,
  alertsClosed,
  answered,
  callSid,
  confirmed,
  EVENING,
  keyPressed,
  ringEnded,
  testStarted,
} from '../../support/event';
import { alertIds, aState, happen, pageIn, told } from '../../support/state';

const list = aDialList();
const hangUp = { kind: 'hang-up' };
const at = EVENING + 30;

const since = (state: State, ...happenings: Parameters<typeof happen>[1]) =>
  happen(list, happenings, state).state;
const facts = (nth: number, changes: Partial<AlertFacts> = {}): AlertFacts => ({
  id: `alert-${nth}`,
  heardAt: EVENING + 10,
  ...changes,
});

describe('alerts that were put aside for a page', () => {
  const putAside = (
    state: State,
    alerts: readonly AlertFacts[],
    changes: Partial<AlertsJoined> = {},
  ): AlertsJoined => ({
    kind: 'alerts-joined',
    page: pageIn(state).id,
    alerts,
    at,
    ...changes,
  });

  test.each([
    ['rings', aState(list)],
    ['is at somebody’s ear', aState(list, { leg: 'answered' })],
    ['pauses', aState(list, { leg: 'pausing', attempt: 3 })],
    ['is over, for nobody answered', aState(list, { end: 'unanswered' })],
  ])('join it: it %s', (_, before) => {
    const { state, step, news } = decide(list, before, putAside(before, [facts(2), facts(3)]));
    expect(step).toEqual(hangUp);
    expect(told(news)).toEqual([{ kind: 'joined', alerts: ['alert-2', 'alert-3'] }]);
    expect(state.page).toEqual(before.page);
    expect(alertIds(state)).toEqual(['alert-1', 'alert-2', 'alert-3']);
  });

  test('are told the worst first', () => {
    const before = aState(list);
    const alerts = [facts(2, { status: 'warning' }), facts(3, { status: 'critical' })];
    const { news } = decide(list, before, putAside(before, alerts));
    expect(told(news)).toEqual([{ kind: 'joined', alerts: ['alert-3', 'alert-2'] }]);
  });

  test('are of those that the one who has just picked up is told of', () => {
    const before = aState(list, { leg: 'answered' });
    expect(pageIn(before).told).toBe(1);
    const { state } = decide(list, before, putAside(before, [facts(2), facts(3)], { areTold: true }));
    expect(pageIn(state).told).toBe(3);
  });

  test('are the business of whoever has taken it by then', () => {
    const before = aState(list, { end: 'taken' });
    const { state, step } = decide(list, before, putAside(before, [facts(2, { status: 'warning' })]));
    expect(step).toEqual(hangUp);
    expect(state.page).toEqual(before.page);
    expect(recordOf(state, 'alert-2')?.taken).toEqual({ by: 0, at: EVENING + 20, status: 'warning' });
    const again = alertNotified(2, {
      at: EVENING + 60,
      alert: { id: 'alert-2', heardAt: EVENING + 60, status: 'warning' },
    });
    expect(told(decide(list, state, again).news)).toMatchObject([{ kind: 'kept-quiet', member: 0 }]);
  });

  test('keep a page going that had closed, for nobody was rung for them', () => {
    const before = aState(list, { end: 'closed' });
    const { state } = decide(list, before, putAside(before, [facts(2)]));
    expect(pageIn(state).end).toBeNull();
    expect(alertIds(state)).toEqual(['alert-2']);
    expect(decide(list, state, ringEnded(pageIn(state))).step).toEqual({
      kind: 'ring',
      attempt: 1,
      member: 1,
    });
  });

  test('make a test page a real one', () => {
    const before = aState(list, { isTest: true });
    const { state } = decide(list, before, putAside(before, [facts(2)]));
    expect(pageIn(state)).toMatchObject({ isTest: false });
    expect(state.pagesStarted).toBe(before.pagesStarted + 1);
  });

  test('join though they were reported before', () => {
    const reported: AlertsReported = { kind: 'alerts-reported', alerts: [facts(2, { monitor: 'disk' })], at };
    const before = since(aState(list), reported);
    const { state } = decide(list, before, putAside(before, [facts(2)]));
    expect(alertIds(state)).toEqual(['alert-1', 'alert-2']);
    expect(recordOf(state, 'alert-2')).toMatchObject({ monitor: 'disk' });
  });

  const joined = since(aState(list), alertNotified(2, { at: EVENING + 5 }));
  const closedMeanwhile = since(aState(list), alertsClosed(['alert-2']));
  test.each<[string, State, AlertsJoined]>([
    ['that have joined by themselves', joined, putAside(joined, [facts(2)])],
    ['that have closed meanwhile', closedMeanwhile, putAside(closedMeanwhile, [facts(2)])],
    ['of another page, that this one has by now', joined, putAside(joined, [facts(2)], { page: 'earlier' })],
    ['none', joined, putAside(joined, [])],
    ['and there is no page', emptyState, putAside(joined, [facts(3)])],
  ])('change nothing: %s', (_, before, event) => {
    const decision = decide(list, before, event);
    expect(decision).toEqual({ state: before, step: hangUp, news: [] });
    expect(decision.state).toBe(before);
  });

  describe('another page began meanwhile', () => {
    const next = (end: 'taken' | 'unanswered') => {
      const over = aState(list, { end });
      return { over, meanwhile: since(over, alertNotified(2, { at: EVENING + 3_600 })) };
    };

    test('nobody took theirs: that one sees to them', () => {
      const { over, meanwhile } = next('unanswered');
      const { state, news } = decide(list, meanwhile, putAside(over, [facts(2), facts(3)]));
      expect(alertIds(state).sort()).toEqual(['alert-2', 'alert-3']);
      expect(state.page).toEqual(meanwhile.page);
      expect(told(news)).toEqual([{ kind: 'joined', alerts: ['alert-3'] }]);
    });

    test('who took theirs has them', () => {
      const { over, meanwhile } = next('taken');
      const { state, news } = decide(list, meanwhile, putAside(over, [facts(3, { status: 'warning' })]));
      expect(alertIds(state)).toEqual(['alert-2']);
      expect(recordOf(state, 'alert-3')).toMatchObject({
        page: over.page?.id,
        taken: { by: 0, status: 'warning' },
      });
      expect(news).toMatchObject([{ kind: 'joined', alerts: ['alert-3'], page: over.page?.id }]);
    });
  });

  test('those that the page knows are left out of what is told', () => {
    const { news } = decide(list, joined, putAside(joined, [facts(2), facts(3)]));
    expect(told(news)).toEqual([{ kind: 'joined', alerts: ['alert-3'] }]);
  });
});

describe('something is newly known of an alert: nobody is rung for that', () => {
  const report = (alert: AlertFacts): AlertsReported => ({ kind: 'alerts-reported', alerts: [alert], at });
  const warning = since(aState(list), report(facts(1, { status: 'warning' })));

  test.each<[string, State, AlertFacts, object[]]>([
    ['its name', aState(list), facts(1, { monitor: 'disk', target: 'db1' }), []],
    ['how bad it is', aState(list), facts(1, { status: 'critical' }), []],
    ['it got worse', warning, facts(1, { status: 'critical' }), [{ kind: 'worse', alert: 'alert-1' }]],
    [
      'it got better',
      since(warning, report(facts(1, { status: 'critical' }))),
      facts(1, { status: 'warning' }),
      [],
    ],
    [
      'it got worse, and somebody has it',
      since(warning, (page) => keyPressed(page, 'take')),
      facts(1, { status: 'critical' }),
      [],
    ],
    ['one that nobody was rung for', aState(list), facts(2, { status: 'critical' }), []],
    ['the very first', emptyState, facts(1, { status: 'critical' }), []],
  ])('%s', (_, before, alert, news) => {
    const decision = decide(list, before, report(alert));
    expect(decision.step).toEqual(hangUp);
    expect(told(decision.news)).toEqual(news);
    expect(recordOf(decision.state, alert.id)).toMatchObject({ ...alert, heardAt: expect.any(Number) });
    expect(decision.state.page).toEqual(before.page);
    expect(alertIds(decision.state)).toEqual(alertIds(before));
  });

  test('its call comes later, and makes it the page’s business', () => {
    const { state, step } = decide(
      list,
      since(emptyState, report(facts(1, { monitor: 'disk' }))),
      alertNotified(1, { at }),
    );
    expect(step).toEqual({ kind: 'ring', attempt: 0, member: 0 });
    expect(recordOf(state, 'alert-1')).toMatchObject({
      monitor: 'disk',
      heardAt: EVENING + 10,
      page: state.page?.id,
    });
  });

  test('what is known already changes nothing', () => {
    const decision = decide(list, warning, report(facts(1, { status: 'warning', heardAt: EVENING + 99 })));
    expect(decision.state).toBe(warning);
  });
});

describe('a page that fell silent at its last ring', () => {
  const list = aDialList({ pauseSeconds: 0 });
  const last = happen(list, [alertNotified(1), ...Array(5).fill(ringEnded)]).state;
  const later = EVENING + 7200;

  test('is for a new alert rung anew, from the next position', () => {
    const { state, steps } = happen(
      list,
      [alertNotified(2, { at: later }), ...Array(6).fill(ringEnded)],
      last,
    );
    const rings = steps.flatMap((step) => (step.kind === 'ring' ? [step.member] : []));
    expect(rings).toEqual([0, 1, 2, 0, 1, 2]);
    expect(state.page?.end?.kind).toBe('unanswered');
    expect(state.news.at(-1)).toMatchObject({ kind: 'nobody-answered', rings: 12, rounds: 4 });
  });

  test('ends with one more for its own', () => {
    const { state, steps } = happen(list, [alertNotified(1, { call: callSid(5), at: later })], last);
    expect(steps).toEqual([{ kind: 'ring', attempt: 6, member: 0 }]);
    expect(state.page?.from).toBeUndefined();
  });
});

test('how many alerts came after the message had begun can be told from what was told', () => {
  const { state } = happen(list, [
    alertNotified(1),
    alertNotified(2, { at: EVENING + 5 }),
    answered,
    alertNotified(3, { at: EVENING + 25 }),
  ]);
  expect([alertIds(state).length, pageIn(state).told]).toEqual([3, 2]);
});

/** Twilio dials one call a second, unless it was asked for more: docs/glossary/cps */
describe('an alert whose call comes only once somebody has the page', () => {
  const before = since(aState(list), (page) => keyPressed(page, 'take'), confirmed);
  const takenAt = EVENING + 20;
  const late = (changes: Partial<AlertFacts>, after = 10) =>
    alertNotified(2, { alert: facts(2, changes), at: takenAt + after });

  test.each<[string, Partial<AlertFacts>, number, boolean]>([
    ['was raised with it: it is theirs', { openedAt: EVENING + 5 }, 10, true],
    ['was raised just before: it is theirs', { openedAt: EVENING - 30 }, 10, true],
    ['was raised after that: it rings', { openedAt: takenAt + 1 }, 10, false],
    ['had been open for long: it rings', { openedAt: EVENING - 3_600 }, 10, false],
    ['was raised nobody knows when: it rings', {}, 10, false],
    ['waited as long as a storm may: it is theirs', { openedAt: EVENING + 5 }, 59, true],
    ['comes when none waits any more, for it got worse: it rings', { openedAt: EVENING + 5 }, 60, false],
  ])('%s', (_why, changes, after, isTheirs) => {
    const { state, step, news } = decide(list, before, late(changes, after));
    expect(step.kind).toBe(isTheirs ? 'hang-up' : 'ring');
    if (!isTheirs) return;
    expect(told(news)).toEqual([{ kind: 'joined', alerts: ['alert-2'] }]);
    expect(recordOf(state, 'alert-2')).toMatchObject({
      page: before.page?.id,
      taken: { by: 0, at: takenAt },
    });
  });

  test('is worse than what they took: it rings', () => {
    const warning = since(
      aState(list),
      { kind: 'alerts-reported', alerts: [facts(1, { status: 'warning' })], at },
      (page) => keyPressed(page, 'take'),
      confirmed,
    );
    const critical = late({ openedAt: EVENING + 5, status: 'critical' });
    expect(decide(list, warning, critical).step.kind).toBe('ring');
  });

  const raisedTogether = late({ openedAt: EVENING + 5 });

  test('they have nothing open any more: it rings', () => {
    const closed = since(before, alertsClosed(['alert-1'], { at: takenAt + 5 }));
    expect(decide(list, closed, raisedTogether).step.kind).toBe('ring');
  });

  test('it was a test that they took: it rings', () => {
    const test = happen(list, [testStarted(1), answered, (page) => keyPressed(page, 'take')]).state;
    expect(test.page).toMatchObject({ isTest: true, end: { kind: 'taken' } });
    const { step, state } = decide(list, test, raisedTogether);
    expect(step.kind).toBe('ring');
    expect(pageIn(state).isTest).toBe(false);
  });

  test('the list knows no quiet time: it rings', () => {
    const never = aDialList({ quietMinutes: 0 });
    expect(decide(never, before, raisedTogether).step.kind).toBe('ring');
  });
});
