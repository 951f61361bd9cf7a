/** What each event does to the state. What a page is like after longer stories, the other tables hold. */
import { type Event, emptyState, evolveAll, type LoggedNews, type State } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { callSid } from '../../support/event';
import { aState, notified, pageIn } from '../../support/state';
import { plus, since } from './given';

const list = aDialList();
const rings = aState(list);
const { id } = pageIn(rings);
const about = { page: id, at: plus(50) };
const evolved = (before: State, ...events: object[]) =>
  evolveAll(
    before,
    events.map((event) => ({ ...about, ...event }) as Event),
  );

const back = (attempt: number, member: number) => ({ kind: 'ring-back-due', back: { attempt, member } });

test.each<[string, State, object, object]>([
  [
    'a ring begins',
    rings,
    { kind: 'ring-began', attempt: 2, until: 9, way: 'direct', call: '', placedBy: 'w', isRound: true },
    { attempt: 2, leg: 'ringing', until: 9, way: 'direct', call: '', placedBy: 'w', roundAt: plus(50) },
  ],
  [
    'rounds are counted from it',
    rings,
    { kind: 'ring-began', attempt: 2, until: 9, way: 'bridge', call: 'CA', from: 2 },
    { from: 2, roundAt: plus(0), call: 'CA' },
  ],
  [
    'a pause begins',
    rings,
    { kind: 'pause-began', attempt: 3, until: 9 },
    { attempt: 3, leg: 'pausing', until: 9, call: callSid(1) },
  ],
  ['the call is gone', rings, { kind: 'went-direct' }, { way: 'direct', call: '' }],
  [
    'our call is placed',
    evolved(rings, { kind: 'went-direct' }),
    { kind: 'call-placed', call: 'CB' },
    { call: 'CB', placedBy: undefined },
  ],
  [
    'the ring never rang',
    evolved(rings, { kind: 'ring-began', attempt: 1, way: 'bridge' }),
    { kind: 'ring-withdrawn', attempt: 1 },
    { attempt: 0, leg: 'passed' },
  ],
  ['a ring back is due', rings, back(1, 2), { ringBacks: [{ attempt: 1, member: 2 }] }],
  [
    'a ring back goes before one that was due',
    evolved(rings, back(1, 2)),
    back(1, 0),
    {
      ringBacks: [
        { attempt: 2, member: 2 },
        { attempt: 1, member: 0 },
      ],
    },
  ],
  ['somebody picked up', rings, { kind: 'answered', member: 0 }, { leg: 'answered' }],
  ['somebody passed it on', rings, { kind: 'passed-on', member: 0 }, { leg: 'passed', passes: 1 }],
  ['the page shows a sign of life', rings, { kind: 'lease-renewed', until: 77 }, { until: 77 }],
  [
    'the taker hears us',
    rings,
    { kind: 'hearing', attempt: 0, until: 77 },
    { hearing: { attempt: 0, until: 77 } },
  ],
  [
    'the taker has heard us',
    evolved(rings, { kind: 'hearing', attempt: 0, until: 77 }),
    { kind: 'heard-out' },
    { hearing: undefined },
  ],
  ['a member closes by phone', rings, { kind: 'closing-began', attempt: 0 }, { closing: 0 }],
  ['another alert stands for it', rings, { kind: 'watch-moved', alert: 'B', lap: 2 }, { watch: 'B', lap: 2 }],
  ['Sync failed', rings, { kind: 'degraded' }, { isDegraded: true }],
  ['Mackerel’s API did not tell', rings, { kind: 'unavailable', why: 'slow' }, { isUnavailable: true }],
  [
    'taken',
    rings,
    { kind: 'taken', member: 2, attempt: 1, seconds: 9 },
    { end: { kind: 'taken', at: plus(50), by: 2, attempt: 1 } },
  ],
  [
    'taken, after nobody had answered',
    aState(list, { end: 'unanswered' }),
    { kind: 'taken', member: 2, attempt: 5, seconds: 9 },
    { end: { kind: 'taken', at: plus(50), by: 2, attempt: 5, wasUnanswered: true } },
  ],
  [
    'nobody answered',
    rings,
    { kind: 'nobody-answered', rings: 3, rounds: 1 },
    { end: { kind: 'unanswered', at: plus(50) } },
  ],
  [
    'some passed it on',
    rings,
    { kind: 'nobody-answered', rings: 3, rounds: 1, passes: 2 },
    { end: { kind: 'unanswered', at: plus(50) } },
  ],
  [
    'all passed it on',
    rings,
    { kind: 'nobody-answered', rings: 3, rounds: 1, passes: 3 },
    { end: { kind: 'unanswered', at: plus(50), isPassed: true } },
  ],
  ['Twilio refused', rings, { kind: 'unreachable' }, { end: { kind: 'unanswered', at: plus(50) } }],
  [
    'Twilio did not say',
    rings,
    { kind: 'unreachable', why: 'silent' },
    { end: { kind: 'unanswered', at: plus(50), mayRing: true } },
  ],
  [
    'the call was lost',
    rings,
    { kind: 'call-lost', isSure: true },
    { end: { kind: 'unanswered', at: plus(50) } },
  ],
  ['the call was lost, and somebody may have it', rings, { kind: 'call-lost', isSure: false }, { end: null }],
  ['it closed', rings, { kind: 'page-closed' }, { end: { kind: 'closed', at: plus(50) } }],
  [
    'it closed after it was taken: both are known',
    aState(list, { end: 'taken' }),
    { kind: 'page-closed' },
    { end: { kind: 'taken', at: plus(20), by: 0, attempt: 0 }, closedAt: plus(50) },
  ],
  [
    'it goes on after all, in another lap',
    aState(list, { end: 'unanswered' }),
    { kind: 'page-reopened' },
    { end: null, lap: 2 },
  ],
  ['another page', rings, { kind: 'answered', member: 0, page: 'other' }, { leg: 'ringing' }],
])('%s', (_what, before, event, page) => {
  expect(evolved(before, event).page).toMatchObject(page);
});

test('a page that begins puts the one before among those that ended, of which three are kept', () => {
  const pages = [2, 3, 4, 5].reduce(
    (state, nth) =>
      since(
        list,
        state,
        ({ id: page }) => ({ kind: 'close-all', page, alerts: 1, at: plus(nth * 1_000) }),
        notified(nth, { at: plus(nth * 1_000 + 1) }),
      ),
    rings,
  );
  expect(pages.pagesStarted).toBe(5);
  expect(pages.ended.map(({ first }) => first)).toEqual(['alert-2', 'alert-3', 'alert-4']);
});

test('a page before the present one changes as well', () => {
  const state = since(list, aState(list, { end: 'taken' }), notified(2, { at: plus(120) }));
  expect(evolved(state, { kind: 'page-closed' }).ended[0]).toMatchObject({ closedAt: plus(50) });
});

test.each<[string, object, Partial<State>]>([
  ['a test counts once an alert joins it', { kind: 'became-real', alert: 'B' }, { pagesStarted: 1 }],
  ['our key may write', { kind: 'key-tried', mayWrite: true }, { mayWrite: true }],
  ['our key may not write', { kind: 'read-only-key' }, { mayWrite: false }],
  ['a test by phone', { kind: 'rehearsed', latest: [1, 2] }, { rehearsedAt: [1, 2] }],
])('%s', (_what, event, changed) => {
  expect(evolved(aState(list, { isTest: true }), event)).toMatchObject(changed);
});

test('an alert that joins, or of which more is known, takes the place of what was known', () => {
  const [first, second] = [
    { id: 'A', heardAt: 1 },
    { id: 'B', heardAt: 2 },
  ];
  const joined = evolved(
    emptyState,
    { kind: 'alert-joined', alert: first },
    { kind: 'alert-joined', alert: second },
  );
  const learned = evolved(joined, { kind: 'alert-learned', alert: { ...first, status: 'warning' } });
  expect(learned.alerts).toEqual([second, { ...first, status: 'warning' }]);
});

describe('news', () => {
  const news = (count: number, more: object = {}) =>
    evolved(
      emptyState,
      ...Array.from({ length: count }, (_, nth) => ({ kind: 'calling', attempt: nth, member: 0, ...more })),
    );

  test.each<[string, number, object, number]>([
    ['a few', 3, {}, 3],
    ['more than twenty', 30, {}, 20],
    ['long ones: 1,800 bytes', 10, { long: 'x'.repeat(500) }, 3],
    ['one that is longer than that alone', 1, { long: 'x'.repeat(3_000) }, 1],
  ])('of %s, the latest are kept, and all are counted', (_how, count, more, kept) => {
    const state = news(count, more);
    expect(state.newsCount).toBe(count);
    expect(state.news.map((item) => (item as LoggedNews & { attempt: number }).attempt)).toEqual(
      Array.from({ length: kept }, (_, nth) => count - kept + nth),
    );
  });

  test('what is not said is not logged', () => {
    expect(evolved(emptyState, { kind: 'lease-renewed', until: 9 }).newsCount).toBe(0);
  });

  test('a ring that never rang keeps its place, and says nothing', () => {
    const state = evolved(
      since(list, rings, ({ id: page }) => ({ kind: 'answer', page, attempt: 0, at: plus(3) })),
      {
        kind: 'ring-withdrawn',
        attempt: 0,
      },
    );
    expect(state.news.map(({ kind }) => kind)).toEqual(['page-started', 'withdrawn', 'answered']);
    expect(state.newsCount).toBe(3);
  });
});
