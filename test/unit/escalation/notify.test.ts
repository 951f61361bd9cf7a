/** The most important rule of the product: what a notification of Mackerel's comes to. One row a verdict, then their order. */
import { decide, emptyState, type Notify, type State, UNKNOWN_ID, verdictOf } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { callSid } from '../../support/event';
import { allClose, aState, notified, pageIn, ringOver, takes } from '../../support/state';
import { bare, kindsOf, plus, ringing, since } from './given';

const list = aDialList();
const byWebhook = aDialList({ start: 'webhook' });

const rings = aState(list);
const taken = since(list, aState(list, { end: 'taken' }));
const heardOut = since(list, taken, ({ id, attempt }) => ({
  kind: 'confirmed',
  page: id,
  attempt,
  newcomers: [],
  at: plus(25),
}));
const unanswered = since(byWebhook, aState(byWebhook, { end: 'unanswered' }));
const silent = rings;

/** An alert of a monitor and a host. */
const ofMonitor = (nth: number, more: Partial<Notify> = {}) => {
  const { alert, ...command } = notified(nth, more);
  return { ...command, alert: { ...alert, monitor: 'CPU', target: 'app01' } };
};
/** Alert 1 was taken 20 s after it came, and closed 5 minutes later. */
const settling = since(list, emptyState, ofMonitor(1), takes, (page) => ({
  ...allClose(page),
  at: plus(300),
}));
const flapped: State = {
  ...settling,
  alerts: settling.alerts.map((alert) => ({ ...alert, closedAt: plus(300) })),
};

const anAlert = (nth: number, more: object = {}) => ({
  id: `alert-${nth}`,
  heardAt: plus(0),
  ...more,
});
const shortSid = (nth: number) => callSid(nth).slice(-8);

type Row = {
  readonly verdict: string;
  readonly why: string;
  readonly list?: typeof list;
  readonly before: State;
  readonly command: Notify;
  readonly events: readonly object[];
};

const ROWS: readonly Row[] = [
  {
    verdict: 'asked-again',
    why: 'the call that carries the page asks twice: it gets the same answer, and nothing happens',
    before: rings,
    command: notified(1, { at: plus(3) }),
    events: [],
  },
  {
    verdict: 'begun-too-late',
    why: 'that call was over before the page began: the same member is rung by a call of our own',
    before: rings,
    command: notified(1, { way: 'direct', at: plus(3) }),
    events: [{ kind: 'went-direct' }, ...ringing(0, 0, { at: 3, way: 'direct', isRound: true })],
  },
  {
    verdict: 'was-here',
    why: 'a call whose alert has joined asks twice',
    before: since(list, rings, notified(2, { at: plus(5) })),
    command: notified(2, { at: plus(6) }),
    events: [],
  },
  {
    verdict: 'closed',
    why: 'Mackerel says that the alert is closed by now: nobody is rung',
    before: emptyState,
    command: notified(2, { isClosed: true, at: plus(9) }),
    events: [
      {
        kind: 'alert-learned',
        alert: anAlert(2, { heardAt: plus(9), call: shortSid(2), closedAt: plus(9) }),
      },
      { kind: 'closed-already', alert: 'alert-2' },
    ],
  },
  {
    verdict: 'quiet',
    why: 'member 0 took it 20 s after it came, and the list says 30 minutes',
    before: heardOut,
    command: notified(1, { call: callSid(2), at: plus(620) }),
    events: [
      {
        kind: 'alert-learned',
        alert: {
          ...anAlert(1, { page: pageIn(taken).id, call: shortSid(2), notifiedAt: plus(620) }),
          taken: { by: 0, at: plus(20), turn: 0 },
        },
      },
      { kind: 'kept-quiet', alert: 'alert-1', member: 0, minutes: 20 },
    ],
  },
  {
    verdict: 'settles',
    why: 'the same monitor and host as what member 0 took, and what closed 4 minutes ago',
    before: flapped,
    command: ofMonitor(2, { at: plus(540) }),
    events: [
      {
        kind: 'alert-joined',
        alert: {
          ...anAlert(2, { heardAt: plus(540), monitor: 'CPU', target: 'app01', call: shortSid(2) }),
          page: pageIn(settling).id,
          isLate: true,
        },
      },
      { kind: 'settling', alert: 'alert-2', member: 0 },
    ],
  },
  {
    verdict: 'revives',
    why: 'the ring should have ended 4 minutes ago: the next member is rung on this call, and rounds begin anew',
    before: silent,
    command: notified(2, { at: plus(300) }),
    events: [
      {
        kind: 'alert-joined',
        alert: anAlert(2, { heardAt: plus(300), page: pageIn(rings).id, call: shortSid(2) }),
      },
      { kind: 'resumed' },
      ...ringing(1, 1, { at: 300, call: callSid(2), from: 1, isRound: true }),
    ],
  },
  {
    verdict: 'joins',
    why: 'a phone rings for another alert',
    before: rings,
    command: notified(2, { at: plus(10) }),
    events: [
      {
        kind: 'alert-joined',
        alert: anAlert(2, { heardAt: plus(10), page: pageIn(rings).id, call: shortSid(2) }),
      },
    ],
  },
  {
    verdict: 'joins-behind',
    why: 'member 0 hears the confirmation: their phone is in use, and they hear of this one next',
    before: taken,
    command: notified(2, { at: plus(25) }),
    events: [
      {
        kind: 'alert-joined',
        alert: anAlert(2, { heardAt: plus(25), page: pageIn(taken).id, call: shortSid(2) }),
      },
    ],
  },
  {
    verdict: 'joins-late',
    why: 'it opened before the taking, and its call waited for its turn',
    before: heardOut,
    command: { ...notified(2, { at: plus(60) }), alert: { ...anAlert(2), openedAt: plus(5) } },
    events: [
      {
        kind: 'alert-joined',
        alert: anAlert(2, {
          openedAt: plus(5),
          page: pageIn(taken).id,
          call: shortSid(2),
          isLate: true,
        }),
      },
    ],
  },
  {
    verdict: 'too-soon',
    why: 'the webhook sends it again 5 minutes after a page that nobody answered, and the list says 10',
    list: byWebhook,
    before: unanswered,
    command: notified(1, { way: 'direct', call: '', at: plus(300) }),
    events: [
      {
        kind: 'alert-learned',
        alert: anAlert(1, { page: pageIn(unanswered).id, call: shortSid(1) }),
      },
    ],
  },
  {
    verdict: 'starts',
    why: 'nothing rings, and nobody has it',
    before: emptyState,
    command: notified(1),
    events: [
      {
        kind: 'page-began',
        begun: {
          ...{ id: pageIn(rings).id, startedAt: plus(0), isTest: false, way: 'bridge', call: callSid(1) },
          ...{ members: 3, turn: 0, attempt: 0, leg: 'ringing', until: plus(0), end: null, lap: 1 },
          ...{ first: 'alert-1', watch: 'alert-1', isDegraded: false, isUnavailable: false },
        },
      },
      { kind: 'page-started', why: 'new' },
      { kind: 'alert-joined', alert: anAlert(1, { page: pageIn(rings).id, call: shortSid(1) }) },
      ...ringing(0, 0, { at: 0, isRound: true }),
    ],
  },
];

test.each(ROWS)('$verdict: $why', ({ verdict, list: its = list, before, command, events }) => {
  expect(verdictOf(its, before, command)).toBe(verdict);
  expect(bare(decide(its, before, command))).toEqual(events);
});

const warning = (more: Partial<Notify> = {}) => withStatus('warning', more);
const critical = (more: Partial<Notify> = {}) => withStatus('critical', more);
function withStatus(status: 'warning' | 'critical', more: Partial<Notify>): Notify {
  const command = notified(1, { call: callSid(5), ...more });
  return { ...command, alert: { ...command.alert, status } };
}
const takenWarning = since(list, emptyState, warning({ call: callSid(1) }), takes);
const mustRingAgain = since(byWebhook, emptyState, warning({ way: 'direct', call: '' }), (page) => ({
  kind: 'give-up',
  page: page.id,
  attempt: 0,
  at: plus(1),
}));
const other = (more: Partial<Notify> = {}) => notified(2, { at: plus(30), ...more });
const anonymous = (more: Partial<Notify> = {}): Notify => ({
  ...notified(1, more),
  alert: { id: UNKNOWN_ID, heardAt: plus(0) },
});
const shut = pageIn(taken).id;

test.each<[string, string, typeof list, State, Notify]>([
  [
    'asked-again',
    'though its alert is closed: the page goes on',
    list,
    rings,
    notified(1, { isClosed: true }),
  ],
  [
    'was-here',
    'though its alert is closed: that was said',
    list,
    since(list, emptyState, notified(2, { isClosed: true })),
    other({ isClosed: true }),
  ],
  ['closed', 'though somebody has it', list, heardOut, notified(1, { call: callSid(3), isClosed: true })],
  [
    'quiet',
    'though another page goes on: who has it has it',
    list,
    since(list, heardOut, other()),
    notified(1, { call: callSid(3), at: plus(700) }),
  ],
  [
    'quiet',
    'until the last second of the 30 minutes',
    list,
    heardOut,
    notified(1, { call: callSid(3), at: plus(20 + 1_799) }),
  ],
  ['starts', '30 minutes later', list, heardOut, notified(1, { call: callSid(3), at: plus(20 + 1_800) })],
  ['starts', 'it got worse', list, takenWarning, critical({ at: plus(120) })],
  [
    'quiet',
    'it was critical, and got better',
    list,
    since(list, emptyState, critical({ call: callSid(1) }), takes),
    warning({ at: plus(120) }),
  ],
  [
    'starts',
    'Mackerel calls sooner than it re-sends, and nobody says how bad it is by now',
    list,
    heardOut,
    notified(1, { call: callSid(3), at: plus(569) }),
  ],
  [
    'quiet',
    'the same, and it was critical already',
    list,
    since(list, emptyState, critical({ call: callSid(1) }), takes),
    notified(1, { call: callSid(3), at: plus(500) }),
  ],
  [
    'starts',
    'the alert without a name that somebody took may be another one',
    list,
    since(list, emptyState, anonymous(), takes),
    anonymous({ call: callSid(3), at: plus(700) }),
  ],
  [
    'settles',
    'though another page goes on',
    list,
    since(list, flapped, notified(3, { at: plus(310) })),
    ofMonitor(2, { at: plus(330) }),
  ],
  ['starts', 'it closed 10 minutes ago', list, flapped, ofMonitor(2, { at: plus(901) })],
  ['revives', 'though it joins', list, silent, other({ at: plus(96) })],
  ['joins', 'in the last second of the ring', list, silent, other({ at: plus(95) })],
  ['joins', 'a page is in a pause', list, aState(list, { attempt: 3, leg: 'pausing' }), other()],
  ['joins', 'somebody listens', list, aState(list, { leg: 'answered' }), other()],
  ['joins', 'a test of the line', list, aState(list, { isTest: true }), other()],
  [
    'joins-behind',
    'though it opened before the taking',
    list,
    taken,
    { ...other(), alert: { ...anAlert(2), openedAt: plus(5) } },
  ],
  ['starts', 'the page is marked: it takes no newcomers any more', list, taken, other({ shut })],
  ['starts', 'the taker has heard it all', list, heardOut, other()],
  [
    'starts',
    'a test was taken: nobody hears anything more',
    list,
    aState(list, { isTest: true, end: 'taken' }),
    other(),
  ],
  [
    'starts',
    'it opened after the taking',
    list,
    heardOut,
    { ...other({ at: plus(60) }), alert: { ...anAlert(2), openedAt: plus(21) } },
  ],
  [
    'starts',
    'it is worse than what the taker knows of',
    list,
    since(list, takenWarning, ({ id }) => ({
      kind: 'confirmed',
      page: id,
      attempt: 0,
      newcomers: [],
      at: plus(25),
    })),
    { ...other({ at: plus(50) }), alert: { ...anAlert(2), openedAt: plus(5), status: 'critical' } },
  ],
  [
    'starts',
    'nobody answered, and it is worse now',
    byWebhook,
    mustRingAgain,
    critical({ way: 'direct', call: '', at: plus(300) }),
  ],
  [
    'starts',
    'nobody answered, and 10 minutes are over',
    byWebhook,
    unanswered,
    notified(1, { way: 'direct', call: '', at: plus(570) }),
  ],
  [
    'starts',
    'nobody answered, and Mackerel calls again: calls come as often as Mackerel sends them',
    list,
    aState(list, { end: 'unanswered' }),
    notified(1, { call: callSid(3), at: plus(300) }),
  ],
])('%s: %s', (verdict, _why, its, before, command) => {
  expect(verdictOf(its, before, command)).toBe(verdict);
});

describe('a page whose call has died is carried on, whatever comes of the alert', () => {
  const deadBeside = since(list, flapped, notified(3, { at: plus(400) }));
  const dead = since(list, heardOut, notified(3, { at: plus(100) }));
  test.each<[string, State, Notify]>([
    ['closed', dead, notified(4, { isClosed: true, at: plus(700) })],
    ['quiet', dead, notified(1, { call: callSid(4), at: plus(700) })],
    ['settles', deadBeside, ofMonitor(2, { at: plus(599) })],
  ])('%s', (verdict, before, command) => {
    expect(verdictOf(list, before, command)).toBe(verdict);
    const kinds = kindsOf(decide(list, before, command));
    expect(kinds.slice(-3)).toEqual(['resumed', 'ring-began', 'calling']);
  });

  test('but not a test of the line', () => {
    const before = since(list, heardOut, {
      ...{ kind: 'start-test', way: 'bridge', call: callSid(8), turn: 0, at: plus(200) },
    });
    const kinds = kindsOf(decide(list, before, notified(1, { call: callSid(4), at: plus(700) })));
    expect(kinds).toEqual(['alert-learned', 'kept-quiet']);
  });

  test('a re-send of its own alert goes on in the round', () => {
    const before = since(list, rings, ringOver);
    const again = notified(1, { call: callSid(2), at: plus(300) });
    expect(bare(decide(list, before, again)).slice(1)).toEqual([
      { kind: 'resumed' },
      ...ringing(2, 2, { at: 300, call: callSid(2) }),
    ]);
  });
});

describe('why a page starts', () => {
  test.each<[string, string, State, Notify, object]>([
    ['new', 'nobody has it', emptyState, notified(1), {}],
    [
      'still-open',
      'quiet time is over: its taker first',
      heardOut,
      notified(1, { call: callSid(3), at: plus(1_900) }),
      { taker: 0 },
    ],
    ['worse', 'warning, then critical', takenWarning, critical({ at: plus(120) }), { taker: 0 }],
    [
      'changed',
      'for the worse, for all that is known',
      heardOut,
      notified(1, { call: callSid(3), at: plus(120) }),
      { taker: 0 },
    ],
    [
      'new',
      'another alert, and who took the last one is awake',
      since(list, aState(list, { attempt: 1, end: 'taken' })),
      other({ at: plus(90) }),
      { taker: 1 },
    ],
    ['new', 'the same, but it is their turn anyway: nothing to say', heardOut, other({ at: plus(90) }), {}],
  ])('%s: %s', (why, _why, before, command, more) => {
    expect(bare(decide(list, before, command))).toContainEqual({ kind: 'page-started', why, ...more });
  });
});

test('what got worse while its taker hears the confirmation is news to them', () => {
  const events = bare(decide(list, takenWarning, critical({ at: plus(25) })));
  expect(kindsOf(events)).toEqual(['alert-joined', 'worse']);
  expect(events[0]).toMatchObject({ alert: { joinedMs: plus(26) * 1000 } });
});

test('an alert makes a test of the line a real page', () => {
  const events = bare(decide(list, aState(list, { isTest: true }), notified(2, { at: plus(5) })));
  expect(events.slice(1)).toEqual([{ kind: 'became-real', alert: 'alert-2' }]);
});

test('that Mackerel’s API does not tell is said once a page', () => {
  const slow = { unavailable: 'slow' } as const;
  const joins = decide(list, rings, other(slow));
  expect(bare(joins).slice(1)).toEqual([{ kind: 'unavailable', why: 'slow' }]);
  const told = since(list, rings, other(slow));
  expect(kindsOf(decide(list, told, notified(3, { at: plus(31), ...slow })))).toEqual(['alert-joined']);
});
