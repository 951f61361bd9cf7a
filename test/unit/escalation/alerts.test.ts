/** What is known of alerts, which of them are a page's, and what opens again and again. */
import {
  type AlertDetails,
  type AlertItem,
  alertsOf,
  decide,
  emptyState,
  factsIn,
  hasGotWorse,
  isInApi,
  isWorse,
  latestPageOf,
  mayClose,
  mayFlap,
  merged,
  namedAlertsOf,
  type State,
  statusAt,
  subjectsOf,
  type TrackedAlert,
  UNKNOWN_ID,
  verdictOf,
  withFacts,
  worstFirst,
} from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { callSid } from '../../support/event';
import { allClose, aState, notified, pageIn, takes } from '../../support/state';
import { bare, plus, since } from './given';

const list = aDialList();
const anAlert = (id: string, more: Partial<TrackedAlert> = {}): TrackedAlert => ({ id, heardAt: 1, ...more });

test('the worst come first, what nobody knows about among them, and the oldest among equals', () => {
  const alerts = [
    anAlert('warning', { status: 'warning' }),
    anAlert('unknown', { status: 'unknown' }),
    anAlert('not told', { heardAt: 5 }),
    anAlert('critical', { status: 'critical', heardAt: 9 }),
  ];
  expect(alerts.sort(worstFirst).map(({ id }) => id)).toEqual(['not told', 'critical', 'unknown', 'warning']);
});

test.each([
  ['critical', 'warning', true],
  ['critical', 'unknown', true],
  ['unknown', 'warning', true],
  ['warning', 'critical', false],
  ['critical', 'critical', false],
  ['critical', undefined, false],
  [undefined, 'warning', false],
] as const)('%s after %s is worse: %s', (now, before, is) => {
  expect(isWorse(now, before)).toBe(is);
});

test.each<[string, TrackedAlert, boolean]>([
  ['nobody has it', anAlert('A', { status: 'critical' }), false],
  [
    'as bad as it was',
    anAlert('A', { status: 'warning', taken: { by: 0, at: 1, turn: 0, status: 'warning' } }),
    false,
  ],
  ['worse', anAlert('A', { status: 'critical', taken: { by: 0, at: 1, turn: 0, status: 'warning' } }), true],
])('worse than when somebody took it: %s', (_why, alert, is) => {
  expect(hasGotWorse(alert)).toBe(is);
});

test.each<[string, AlertDetails, AlertDetails, object]>([
  ['what is new goes over what was', anAlert('A', { value: 1 }), anAlert('A', { value: 2 }), { value: 2 }],
  ['what is not told stays', anAlert('A', { value: 1 }), anAlert('A', { value: undefined }), { value: 1 }],
  [
    'when it was first heard of stays',
    anAlert('A', { heardAt: 1 }),
    anAlert('A', { heardAt: 9 }),
    { heardAt: 1 },
  ],
  [
    'a name for people is not lost to a machine’s',
    anAlert('A', { target: 'shop', isDisplayName: true }),
    anAlert('A', { target: 'ip-10-0-0-1' }),
    { target: 'shop' },
  ],
  [
    'another name for people is',
    anAlert('A', { target: 'shop', isDisplayName: true }),
    anAlert('A', { target: 'till', isDisplayName: true }),
    { target: 'till' },
  ],
  [
    'each status has a threshold of its own',
    anAlert('A', { status: 'warning', threshold: 80 }),
    anAlert('A', { status: 'critical' }),
    { status: 'critical', threshold: undefined },
  ],
])('%s', (_why, known, fresh, expected) => {
  expect(merged(known, fresh)).toMatchObject(expected);
});

describe('how bad an alert was', () => {
  const [one, two, three] = (['warning', 'critical', 'unknown'] as const).map(
    (status, nth) => [status, nth * 100] as const,
  );
  const item = [one, two, three].reduce<AlertItem>(
    (known, [status, at] = ['warning', 0]) => withFacts(known, anAlert('A', { status }), at),
    anAlert('A'),
  );
  test.each([
    [50, 'warning'],
    [100, 'critical'],
    [199, 'critical'],
    [500, 'unknown'],
    [-5, 'warning'],
  ] as const)('at %d s: %s', (at, status) => {
    expect(statusAt(item, at)).toBe(status);
  });
  test('is kept of the last four', () => {
    const long = Array.from({ length: 9 }, (_, nth) => nth).reduce<AlertItem>(
      (known, nth) => withFacts(known, anAlert('A', { status: nth % 2 ? 'warning' : 'critical' }), nth),
      anAlert('A'),
    );
    expect(long.statuses?.map(([, at]) => at)).toEqual([5, 6, 7, 8]);
  });
  test('is known though nobody has told since when', () => {
    expect(statusAt(anAlert('A', { status: 'warning' }), 5)).toBe('warning');
  });
});

test('what is known of the alert itself goes without what is kept beside it', () => {
  const details = anAlert('A', { monitor: 'CPU', value: 3, isGroup: true });
  const kept: TrackedAlert = {
    ...details,
    ...{ page: 'p', joinedMs: 1, call: 'c', isLate: true as const, statuses: [], closedAt: 1, closedBy: 1 },
    ...{ notifiedAt: 1, taken: { by: 0, at: 1, turn: 0 }, isUnsaved: true },
  };
  expect(factsIn(kept)).toEqual(details);
});

describe('the alerts of a page', () => {
  const page = { ...pageIn(aState(list)), id: 'p2', continues: ['p1'] };
  const state: State = {
    ...emptyState,
    page,
    mayWrite: true,
    alerts: [
      anAlert('own', { page: 'p2', status: 'warning' }),
      anAlert('taken up', { page: 'p1', status: 'critical' }),
      anAlert('closed', { page: 'p2', closedAt: 3 }),
      anAlert('of another page', { page: 'p0' }),
      anAlert('of none'),
      anAlert(UNKNOWN_ID, { page: 'p2', heardAt: 8 }),
      anAlert('group', { page: 'p2', isGroup: true, heardAt: 9 }),
    ],
  };
  const ids = (alerts: readonly AlertDetails[]) => alerts.map(({ id }) => id);

  test('are those that claim it, or a page that it took up, and are open', () => {
    expect(ids(alertsOf(state, page))).toEqual(['taken up', UNKNOWN_ID, 'group', 'own']);
    expect(alertsOf(state, null)).toEqual([]);
  });
  test('are in Mackerel’s API if they have a name and are no group', () => {
    expect(ids(namedAlertsOf(state, page))).toEqual(['taken up', 'own']);
    expect(isInApi(anAlert('A'))).toBe(true);
  });
  test.each<[string, State, boolean]>([
    ['the key may write', state, true],
    ['nobody knows yet', { ...state, mayWrite: undefined }, false],
    ['none is in the API', { ...state, alerts: state.alerts.slice(-2) }, false],
  ])('can be closed by phone: %s', (_why, given, may) => {
    expect(mayClose(given)).toBe(may);
  });
  test('are what the page is about, or what has closed once none is open', () => {
    expect(ids(subjectsOf(state, 'p2'))).toHaveLength(4);
    expect(ids(subjectsOf({ ...state, alerts: state.alerts.slice(2, 3) }, 'p2'))).toEqual(['closed']);
    expect(ids(subjectsOf({ ...state, page: null }, 'p0'))).toEqual(['of another page']);
  });
  test.each([
    ['p2', 'p2'],
    ['p1', 'p2'],
    ['p0', undefined],
  ])('claim page %s, which is page %s by now', (label, id) => {
    expect(latestPageOf(state, label)?.id).toBe(id);
  });
});

describe('the same monitor and host, again and again', () => {
  const opens = (nth: number, at: number, more: Partial<AlertDetails> = {}) => {
    const command = notified(nth, { at: plus(at) });
    return { ...command, alert: { ...command.alert, monitor: 'CPU', target: 'app01', ...more } };
  };
  /** Opened, taken after 20 s, and closed at 300 s. */
  const closedAt = (state: State, nth: number, at: number): State => ({
    ...state,
    alerts: state.alerts.map((alert) =>
      alert.id === `alert-${nth}` ? { ...alert, closedAt: plus(at) } : alert,
    ),
  });
  const once = closedAt(
    since(list, emptyState, opens(1, 0, { status: 'warning' }), takes, (page) => ({
      ...allClose(page),
      at: plus(300),
    })),
    1,
    300,
  );

  test.each<[string, State, ReturnType<typeof opens>, string]>([
    ['soon after it closed: its taker’s', once, opens(2, 899), 'settles'],
    ['10 minutes after it closed', once, opens(2, 900), 'starts'],
    ['another host', once, opens(2, 400, { target: 'app02' }), 'starts'],
    ['another monitor', once, opens(2, 400, { monitor: 'disk' }), 'starts'],
    ['worse than when it was taken', once, opens(2, 400, { status: 'critical' }), 'starts'],
    ['a group bundles other alerts each time', once, opens(2, 400, { isGroup: true }), 'starts'],
    [
      'by Mackerel’s ids of both',
      { ...once, alerts: once.alerts.map((alert) => ({ ...alert, source: 'm1/h1' })) },
      opens(2, 400, { source: 'm1/h2' }),
      'starts',
    ],
    ['nobody knows its monitor', once, opens(2, 400, { monitor: undefined }), 'starts'],
    [
      'nobody had taken it',
      { ...once, alerts: once.alerts.map(({ taken: _, ...alert }) => alert) },
      opens(2, 400),
      'starts',
    ],
    ['it has not closed', closedAt(once, 1, Number.NaN), opens(2, 899), 'starts'],
    [
      'who took it is on the list no more',
      {
        ...once,
        alerts: once.alerts.map((alert) => ({ ...alert, taken: { by: 7, at: plus(20), turn: 0 } })),
      },
      opens(2, 400),
      'starts',
    ],
    ['an hour after key 1, they may be asleep again', closedAt(once, 1, 3_500), opens(2, 3_620), 'starts'],
  ])('%s', (_why, before, command, verdict) => {
    expect(verdictOf(list, before, command)).toBe(verdict);
  });

  test.each<[string, number, readonly number[], number | undefined]>([
    ['twice in an hour', 1_000, [1], undefined],
    ['three times in an hour', 1_000, [1, 2], 3],
    ['three times, one of them longer ago', 3_700, [1, 2], undefined],
  ])('it is said of what flaps: %s', (_how, at, before, times) => {
    const alerts = before.map((nth) =>
      anAlert(`alert-${nth}`, {
        ...{ monitor: 'CPU', target: 'app01' },
        heardAt: plus(nth * 60),
        closedAt: plus(nth * 60 + 30),
      }),
    );
    const events = bare(decide(list, { ...emptyState, alerts }, opens(9, at)));
    const said = events.find(({ kind }) => kind === 'flapping');
    expect(said && 'times' in said ? said.times : undefined).toBe(times);
  });

  test.each<[string, State, number, boolean]>([
    ['nothing has closed', aState(list), 10, false],
    ['a page has closed within the hour', aState(list, { end: 'closed' }), 3_000, true],
    ['it closed longer ago', aState(list, { end: 'closed' }), 4_000, false],
    ['it closed after somebody took it', once, 3_000, true],
  ])('closed alerts are worth a look: %s', (_why, state, at, is) => {
    expect(mayFlap(list, state, plus(at))).toBe(is);
  });
});

test('a call is told from others by the end of its SID', () => {
  const state = since(list, aState(list), notified(2, { at: plus(5) }));
  expect(state.alerts.at(-1)?.call).toBe(callSid(2).slice(-8));
});
