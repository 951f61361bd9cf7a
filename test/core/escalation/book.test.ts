import * as fc from 'fast-check';
import type { AlertFacts } from '../../../src/core/alert';
import { type AlertRecord, alertsOf, recordOf, tidied, withAlert } from '../../../src/core/escalation/book';
import { decide } from '../../../src/core/escalation/decide';
import type { Event } from '../../../src/core/escalation/event';
import { emptyState, type State } from '../../../src/core/escalation/state';
import { trimmed } from '../../../src/mackerel/api';
import { aDialList } from '../../support/dial-list';
import { alertNotified, alertsClosed, EVENING, keyPressed } from '../../support/event';
import { alertIds, aState, happen, pageIn } from '../../support/state';

const list = aDialList();
const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;

const bytes = (state: State) => Buffer.byteLength(JSON.stringify(state));

/** An alert with all that can be known of it, in Japanese, as long as it is let in. */
const wordy = (nth: number, facts: Partial<AlertFacts> = {}): AlertFacts =>
  trimmed({
    id: `2bj${String(nth).padStart(8, '0')}`,
    heardAt: EVENING + nth,
    status: 'warning',
    monitor: '監'.repeat(200),
    target: '的'.repeat(200),
    roles: Array.from({ length: 9 }, () => '役'.repeat(200)),
    metric: '値'.repeat(200),
    value: 95.123456789,
    threshold: 90.987654321,
    operator: '>',
    message: '言'.repeat(3_000),
    notes: '記'.repeat(3_000),
    openedAt: EVENING,
    url: `https://mackerel.io/orgs/example/alerts/${'x'.repeat(350)}`,
    imageUrl: `https://mackerel.io/embed/public/graphs/${'x'.repeat(350)}.png`,
    ...facts,
  });

const reported = (alert: AlertFacts, at = EVENING): Event => ({
  kind: 'alerts-reported',
  alerts: [alert],
  at,
});

describe('what is known of an alert', () => {
  const first: AlertFacts = { id: 'a', heardAt: EVENING, status: 'warning', monitor: 'disk' };
  const known = withAlert(emptyState, first);

  test.each<[string, Omit<AlertFacts, 'id'>, object]>([
    ['grows', { heardAt: EVENING + 9, target: 'db1' }, { ...first, target: 'db1' }],
    ['is brought up to date', { heardAt: EVENING + 9, status: 'critical' }, { ...first, status: 'critical' }],
    ['is not forgotten by silence', { heardAt: EVENING + 9, monitor: undefined, status: undefined }, first],
  ])('%s', (_, fresh, facts) => {
    expect(withAlert(known, { id: 'a', ...fresh }).alerts).toEqual([facts]);
  });

  test('a host keeps the name that people gave it, whatever its machine is called', () => {
    const named = withAlert(known, { id: 'a', heardAt: EVENING, target: '決済DB', isDisplayName: true });
    const again = withAlert(named, { id: 'a', heardAt: EVENING, target: 'ip-10-0-1-23', status: 'critical' });
    expect(recordOf(again, 'a')).toMatchObject({ target: '決済DB', status: 'critical' });
    const renamed = withAlert(again, { id: 'a', heardAt: EVENING, target: '新DB', isDisplayName: true });
    expect(recordOf(renamed, 'a')?.target).toBe('新DB');
  });

  test('that is known already changes nothing', () => {
    expect(withAlert(known, { ...first, heardAt: EVENING + 99 })).toBe(known);
  });
});

describe('the alerts of a page', () => {
  const alerts: AlertFacts[] = [
    { id: 'warning', heardAt: EVENING, status: 'warning' },
    { id: 'late critical', heardAt: EVENING + 2, status: 'critical' },
    { id: 'unknown', heardAt: EVENING, status: 'unknown' },
    { id: 'of which nothing is known', heardAt: EVENING + 3 },
    { id: 'early critical', heardAt: EVENING + 1, status: 'critical' },
  ];

  test('come the worst first, the longest open first among equals', () => {
    const { state } = happen(
      list,
      alerts.map((alert, nth) => alertNotified(nth, { alert })),
    );
    expect(alertIds(state)).toEqual([
      'early critical',
      'late critical',
      'of which nothing is known',
      'unknown',
      'warning',
    ]);
  });

  test('are its own, and the open ones', () => {
    const earlier = aState(list, { end: 'taken' });
    const joining = alerts.map((alert, nth) => alertNotified(nth + 5, { alert, at: EVENING + HOUR }));
    const { state } = happen(list, [...joining, alertsClosed(['unknown'], { at: EVENING + HOUR })], earlier);
    expect(alertIds(state)).not.toContain('unknown');
    expect(alertIds(state)).not.toContain('alert-1');
    expect(alertsOf(state, earlier.page).map(({ id }) => id)).toEqual(['alert-1']);
    const unasked = happen(list, [reported({ id: 'a', heardAt: EVENING })]).state;
    expect(alertsOf(unasked, null)).toEqual([]);
  });
});

describe('what is no longer of use is forgotten', () => {
  const taken = aState(list, { end: 'taken' });
  const ofLater = happen(list, [alertNotified(2, { at: EVENING + MINUTE })], taken).state;
  const closedEarly = happen(list, [alertsClosed(['alert-1'], { at: EVENING + MINUTE })], ofLater).state;
  const justClosed = happen(list, [alertsClosed(['alert-1'])], taken).state;
  const onlyReported = happen(list, [reported({ id: 'alert-1', heardAt: EVENING })]).state;

  test.each<[string, State, number, boolean]>([
    ['open, somebody has it, for days', ofLater, 6 * DAY, true],
    ['open, for a week', ofLater, 7 * DAY, false],
    ['open, and only ever reported, for days', onlyReported, 6 * DAY, true],
    ['open, and only ever reported, for a week', onlyReported, 7 * DAY, false],
    ['closed within the hour', closedEarly, HOUR, true],
    ['closed an hour ago', closedEarly, HOUR + MINUTE, false],
    ['of the last page, however old', taken, 30 * DAY, true],
    ['of the last page and closed, however long ago', justClosed, 30 * DAY, true],
  ])('%s', (_, state, later, isKept) => {
    const known = tidied(state, EVENING + later);
    expect(recordOf(known, 'alert-1') !== undefined).toBe(isKept);
    if (isKept) expect(known).toBe(state);
  });
});

/** A Sync document holds 16 KiB: docs/sync/limits */
describe('the state fits into a Sync document', () => {
  const storms: [string, Event[]][] = [
    [
      'calls come about them',
      Array.from({ length: 500 }, (_, nth) => alertNotified(nth, { alert: wordy(nth) })),
    ],
    ['they are reported', Array.from({ length: 500 }, (_, nth) => reported(wordy(nth), EVENING + nth))],
    [
      'they are put aside, and join together',
      [0, 1, 2, 3, 4].map((part) => ({
        kind: 'alerts-joined',
        page: pageIn(aState(list)).id,
        alerts: Array.from({ length: 100 }, (_, nth) => wordy(part * 100 + nth)),
        at: EVENING + part,
      })),
    ],
    [
      'and close again',
      Array.from({ length: 500 }, (_, nth) => [
        alertNotified(nth, { alert: wordy(nth) }),
        alertsClosed([wordy(nth).id]),
      ]).flat(),
    ],
  ];

  test.each(storms)('500 alerts with long texts: %s', (_, storm) => {
    let state = aState(list);
    let most = 0;
    for (const event of storm) {
      state = decide(list, state, event).state;
      most = Math.max(most, bytes(state));
    }
    expect(most).toBeLessThan(16 * 1024);
    const { state: taken } = happen(list, [(page) => keyPressed(page, 'take')], state);
    expect(bytes(taken)).toBeLessThan(16 * 1024);
  });

  /** Alerts that join a page, one after another; the record of one of them, as it is kept. */
  function kept(alerts: readonly AlertFacts[], nth: number) {
    const joining = alerts.map((alert, nth) => alertNotified(nth + 2, { alert }));
    const { state } = happen(list, joining, aState(list));
    expect(alertIds(state)).toHaveLength(alerts.length + 1);
    const { page, ...facts } = recordOf(state, alerts[nth]?.id ?? '') ?? {};
    expect(page).toBe(state.page?.id);
    return JSON.parse(JSON.stringify(facts));
  }

  test('one alert alone keeps all that is known of it, as long as it may be', () => {
    expect(kept([wordy(0)], 0)).toEqual(wordy(0));
  });

  test('of many, the worst keep all, then what is spoken, and the rest at least their names', () => {
    const many = Array.from({ length: 40 }, (_, nth) =>
      wordy(nth, {
        status: nth === 33 ? 'critical' : 'warning',
        message: 'full',
        notes: nth === 33 ? 'see the wiki' : undefined,
        roles: ['shop: db'],
      }),
    );
    const [id, heardAt] = [many[39]?.id, many[39]?.heardAt];
    expect(kept(many, 33)).toEqual(many[33]);
    const { url: _, imageUrl: __, roles: ___, ...spoken } = many[1] ?? {};
    expect(kept(many, 1)).toEqual(spoken);
    expect(kept(many, 39)).toEqual({ id, heardAt, status: 'warning' });
  });

  test('of the worst of many, what is spoken stays in any case', () => {
    const many = Array.from({ length: 40 }, (_, nth) =>
      wordy(nth, { status: nth === 33 ? 'critical' : 'warning' }),
    );
    const { monitor, target, metric, value, threshold } = wordy(33);
    expect(kept(many, 33)).toMatchObject({
      monitor,
      target,
      metric,
      value,
      threshold,
      message: '言'.repeat(120),
    });
  });

  test('of too many, the closed go before the open, the old before the new', () => {
    const alerts = Array.from({ length: 80 }, (_, nth) => ({ id: `a${nth}`, heardAt: EVENING + nth }));
    const closed = ['a70', 'a71', 'a72'];
    const { state } = happen(list, [
      ...alerts.map((alert) => reported(alert)),
      alertsClosed(closed),
      ...alerts.slice(0, 5).map(({ id }) => reported({ id: `b${id}`, heardAt: EVENING + 100 })),
    ]);
    const ids = state.alerts.map(({ id }) => id);
    expect(ids).toHaveLength(60);
    expect(ids).toEqual(expect.arrayContaining(['a79', 'ba0', 'ba4']));
    expect(ids).not.toEqual(expect.arrayContaining(['a70']));
    expect(ids).not.toContain('a1');
  });
});

/** Any book, of two pages and of none. */
const anyRecord: fc.Arbitrary<AlertRecord> = fc.record(
  {
    id: fc.constantFrom(...'abcdefghij'),
    heardAt: fc.integer({ min: EVENING - 8 * DAY, max: EVENING }),
    status: fc.constantFrom('critical', 'warning', 'unknown'),
    message: fc.string({ unit: 'grapheme', maxLength: 400 }),
    page: fc.constantFrom('this', 'earlier'),
    closedAt: fc.integer({ min: EVENING - 2 * HOUR, max: EVENING }),
  },
  { requiredKeys: ['id', 'heardAt'] },
);

test('whatever the book: tidying it once is enough, and what stays is true', () => {
  const page = { ...pageIn(aState(list)), id: 'this' };
  fc.assert(
    fc.property(fc.uniqueArray(anyRecord, { selector: ({ id }) => id }), (alerts) => {
      const state: State = { ...emptyState, page, alerts };
      const once = tidied(state, EVENING);
      expect(tidied(once, EVENING)).toBe(once);
      for (const record of once.alerts) {
        expect(recordOf(state, record.id)).toMatchObject(JSON.parse(JSON.stringify(record)));
      }
      expect(alertsOf(once, page).map(({ id }) => id)).toEqual(alertsOf(state, page).map(({ id }) => id));
    }),
  );
});
