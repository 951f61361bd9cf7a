/** What is believed if the document in Sync and the state that a callback carries differ. */
import { decide, emptyState, isOrphaned, reconcile, type State } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { allClose, aState, notified, pageIn, ringOver, takes } from '../../support/state';
import { plus, since } from './given';

const list = aDialList({ pauseSeconds: 0 });
const HOUR = 3_600;

const first = aState(list);
const second = since(list, first, ringOver);
const third = since(list, second, ringOver);
const taken = since(list, second, takes);
const unanswered = aState(list, { end: 'unanswered' });
/** A page that Sync never held. */
const unknown = (at: number, nth = 5) => since(list, emptyState, notified(nth, { at: plus(at) }));
const later = since(list, unanswered, notified(2, { at: plus(2 * HOUR) }));
/** The next page, begun on a machine whose clock is slow, and over by now. */
const next = since(list, taken, notified(2, { at: plus(-1) }), takes);

test.each<[string, State, State | null, number]>([
  ['the callback carries nothing', second, null, 0],
  ['the callback carries no page', second, emptyState, 0],
  ['they are the same', second, second, 0],
  ['the callback is of an earlier ring', third, first, 30],
  ['the page is over', taken, third, 30],
  ['the callback is of an earlier page', later, unanswered, 2 * HOUR],
  ['another page goes on: two cannot ring at once', first, unknown(10), 20],
  ['the callback is of the page before, on a slow clock', next, taken, 25],
  ['the callback is of the page before, and knows of no end', next, second, 25],
  ['the page is long forgotten: an old callback, sent once more', emptyState, second, HOUR],
  ['the same, while another page goes on', later, unknown(0), 2 * HOUR],
  ['a test, while a page goes on', first, aState(list, { isTest: true }), 20],
])('Sync is believed: %s', (_why, stored, carried, at) => {
  expect(reconcile(stored, carried, plus(at))).toBe(stored);
});

test.each<[string, State, State, number, string]>([
  ['a ring further on, which Sync did not take', first, third, 30, 'alert-1'],
  ['a page that Sync has never held, and Sync holds none', emptyState, second, 30, 'alert-1'],
  ['a page begun after all that Sync remembers', unanswered, unknown(300), 310, 'alert-5'],
  ['the page in Sync fell silent', first, unknown(300), 310, 'alert-5'],
  ['the same call began the page twice', aState(list), unknown(3, 1), 4, 'alert-1'],
])('the callback is believed: %s', (_why, stored, carried, at, alert) => {
  const known = reconcile(stored, carried, plus(at));
  expect(known.page).toMatchObject({ attempt: pageIn(carried).attempt, first: alert });
});

test('a ring further on: the next callback goes on from there, and no news is counted twice', () => {
  const known = reconcile(first, third, plus(30));
  expect(known.newsCount).toBe(third.newsCount);
  expect(decide(list, known, ringOver(pageIn(third)))).toContainEqual(
    expect.objectContaining({ kind: 'calling', attempt: 3 }),
  );
  const outline = { ...third, news: [], newsCount: 0 };
  expect(reconcile(first, outline, plus(30))).toMatchObject({ news: first.news, newsCount: first.newsCount });
});

test('which alert stands for a page, and its lap, Sync knows better', () => {
  const moved = since(list, first, ({ id }) => ({
    kind: 'move-watch',
    page: id,
    from: 'alert-1',
    to: 'alert-2',
    shutLap: 1,
    at: plus(5),
  }));
  expect(reconcile(moved, third, plus(30)).page).toMatchObject({ attempt: 2, watch: 'alert-2', lap: 2 });
});

test('a test that an alert made real in Sync stays real', () => {
  const before = aState(list, { isTest: true });
  const real = since(list, before, notified(2, { at: plus(5) }));
  expect(reconcile(real, since(list, before, ringOver), plus(30)).page).toMatchObject({
    isTest: false,
    attempt: 1,
  });
});

test('a page takes over the alerts of a silent one that it replaces, and what that had taken up', () => {
  const silent = { ...first, page: { ...pageIn(first), continues: ['before'] } };
  expect(reconcile(silent, unknown(300), plus(310)).page?.continues).toEqual([pageIn(first).id, 'before']);
  const test_ = aState(list, { isTest: true });
  expect(reconcile(test_, unknown(300), plus(310)).page?.continues).toBeUndefined();
});

test('a page that replaces another puts it among those that ended, and pages are counted', () => {
  const known = reconcile(unanswered, unknown(300), plus(310));
  expect(known.ended.at(-1)).toEqual(unanswered.page);
  expect(known.pagesStarted).toBe(1);
});

const closed = since(list, unknown(-10), (page) => ({ ...(allClose(page) as object), at: plus(5) }) as never);

test.each<[string, State, State | null, number, boolean]>([
  ['it began before the one that goes on in Sync', first, unknown(-10), 20, true],
  ['it began while that one rang', first, unknown(10), 20, true],
  ['Sync holds it', third, second, 30, false],
  ['Sync held it before', next, second, 25, false],
  ['somebody has taken it', first, since(list, unknown(-10), takes), 20, false],
  ['it is closed', first, closed, 20, false],
  ['it is a test', first, { ...unknown(10), page: { ...pageIn(unknown(10)), isTest: true } }, 20, false],
  ['the one in Sync fell silent: this one goes on', first, unknown(300), 310, false],
  ['the one in Sync is over: this one goes on', unanswered, unknown(300), 310, false],
  ['there is none', first, null, 20, false],
])(
  'whether an alert of a page that Sync never held has to join the one there: %s',
  (_why, stored, carried, at, is) => {
    expect(isOrphaned(stored, carried, plus(at))).toBe(is);
  },
);
