import { decide } from '../../../src/core/escalation/decide';
import { markDegraded, reconcile } from '../../../src/core/escalation/memory';
import { emptyState, type State } from '../../../src/core/escalation/state';
import { aDialList } from '../../support/dial-list';
import {
  alertNotified,
  alertsClosed,
  callSid,
  EVENING,
  keyPressed,
  ringEnded,
  testStarted,
} from '../../support/event';
import { alertIds, aState, type Happening, happen, pageIn, told } from '../../support/state';

const list = aDialList({ pauseSeconds: 0 });
const HOUR = 3600;

/** What Sync comes to hold, or a callback to carry, once some more has happened. */
const since = (state: State, ...happenings: Happening[]) => happen(list, happenings, state).state;

const first = aState(list);
const second = since(first, ringEnded);
const third = since(second, ringEnded);
const earlier = aState(list, { end: 'unanswered' });
const later = since(earlier, alertNotified(2, { at: EVENING + 2 * HOUR }));
const taken = since(second, (page) => keyPressed(page, 'take'));
/** The next page, begun where the clock is a second slow, and over by now. */
const next = since(taken, alertNotified(2, { at: EVENING - 1 }), (page) => keyPressed(page, 'take'));

describe('the stored state is believed', () => {
  test.each<[string, State, State | null, number]>([
    ['the callback carries none', second, null, EVENING],
    ['the callback carries one without a page', second, emptyState, EVENING],
    ['the same', second, second, EVENING],
    ['the callback is of an earlier ring', third, first, EVENING],
    [
      'the callback carries less: an alert has joined',
      since(first, alertNotified(2, { at: EVENING + 5 })),
      first,
      EVENING,
    ],
    ['the page is over', since(first, (page) => keyPressed(page, 'take')), third, EVENING],
    ['the callback is of an earlier page', later, earlier, EVENING + 2 * HOUR],
    [
      'the callback is of a page that began while another rang, about what that one is about: two cannot ring at once',
      first,
      since(emptyState, alertNotified(1, { call: callSid(5), at: EVENING + 10 })),
      EVENING + 20,
    ],
    ['the page before, which was taken, on a clock that is slow', next, taken, EVENING + 25],
    ['the page before, and the callback knows of no end', next, second, EVENING + 25],
    [
      'a page that ended so long ago that it is forgotten: an old callback, told once more',
      emptyState,
      second,
      EVENING + HOUR,
    ],
    ['the same beside a page that goes on', later, since(emptyState, alertNotified(3)), EVENING + 2 * HOUR],
  ])('%s', (_why, stored, carried, at) => {
    expect(reconcile(stored, carried, at)).toBe(stored);
  });
});

describe('a page that Sync never held is lost on nobody', () => {
  const unknown = since(emptyState, alertNotified(2, { at: EVENING - 10 }));
  const meanwhile = since(emptyState, alertNotified(2, { at: EVENING + 10 }));

  test.each([
    ['began before the one that goes on in Sync', unknown],
    ['began while that one rang', meanwhile],
  ])('it %s: that one takes its alert over, and people are told', (_when, carried) => {
    const known = reconcile(first, carried, EVENING + 20);
    expect(known.page).toEqual(first.page);
    expect(alertIds(known).sort()).toEqual(['alert-1', 'alert-2']);
    expect(told(known.news.slice(-1))).toEqual([{ kind: 'joined', alerts: ['alert-2'] }]);
    expect(reconcile(known, carried, EVENING + 30)).toBe(known);
  });

  test('it began before the one in Sync, which is over: it goes on', () => {
    const stored = aState(list, { end: 'unanswered' });
    const known = reconcile(stored, unknown, EVENING + 300);
    expect(known.page).toEqual(unknown.page);
    expect(known.previous).toEqual(stored.page);
    expect(decide(list, known, ringEnded(pageIn(unknown))).step).toMatchObject({ kind: 'ring', attempt: 1 });
  });

  test('not what somebody took, or what closed', () => {
    const taken = since(unknown, (page) => keyPressed(page, 'take'));
    const closed = since(unknown, alertsClosed(['alert-2']));
    expect(reconcile(first, taken, EVENING + 20)).toBe(first);
    expect(reconcile(first, closed, EVENING + 20)).toBe(first);
  });
});

describe('the carried state is caught up with, for Sync could not be written', () => {
  test('a ring further on', () => {
    const known = reconcile(first, third, EVENING + 120);
    expect(known.page).toEqual(third.page);
    expect(known.newsCount).toBe(third.newsCount);
    expect(decide(list, known, ringEnded(pageIn(third))).step).toEqual({
      kind: 'ring',
      attempt: 3,
      member: 0,
    });
  });

  test('a ring further on, and an alert has joined in Sync meanwhile: it is not lost', () => {
    const stored = since(first, alertNotified(2, { at: EVENING + 5 }));
    const known = reconcile(stored, third, EVENING + 120);
    expect(pageIn(known).attempt).toBe(2);
    expect(alertIds(known).sort()).toEqual(['alert-1', 'alert-2']);
  });

  test('a ring further on, however much news Sync holds: nobody is rung over again', () => {
    const joining = [2, 3, 4, 5, 6, 7].map((nth) => alertNotified(nth, { at: EVENING + 5 }));
    const stored = since(first, ...joining);
    expect(stored.newsCount).toBeGreaterThan(second.newsCount);
    const known = reconcile(stored, second, EVENING + 60);
    expect(decide(list, known, ringEnded(pageIn(second))).step).toEqual({
      kind: 'ring',
      attempt: 2,
      member: 2,
    });
  });

  test('a page that began without Sync, after all that Sync remembers', () => {
    const stored = since(earlier, alertNotified(2, { at: EVENING + HOUR }), (page) =>
      keyPressed(page, 'take'),
    );
    const carried = since(emptyState, alertNotified(3, { at: EVENING + 3 * HOUR }));
    expect(stored.newsCount).toBeGreaterThan(carried.newsCount);
    const known = reconcile(stored, carried, EVENING + 3 * HOUR + 60);
    expect(known.page).toEqual(carried.page);
    expect(decide(list, known, ringEnded(pageIn(carried))).step).toEqual({
      kind: 'ring',
      attempt: 1,
      member: 1,
    });
    expect(known.pagesStarted).toBeGreaterThanOrEqual(stored.pagesStarted);
  });

  test('a page that began without Sync, where the one in Sync fell silent', () => {
    const carried = since(emptyState, alertNotified(3, { at: EVENING + HOUR }));
    expect(reconcile(first, carried, EVENING + HOUR).page).toEqual(carried.page);
  });

  test('such a page takes over what the silent one was about', () => {
    const carried = since(emptyState, alertNotified(3, { at: EVENING + HOUR }));
    const known = reconcile(first, carried, EVENING + HOUR + 60);
    expect(alertIds(known).sort()).toEqual(['alert-1', 'alert-3']);
  });

  test('an alert that Sync knows belongs to the page that began for it without Sync', () => {
    const stored = aState(list, { end: 'taken' });
    const again = alertNotified(1, { call: callSid(5), at: EVENING + 2 * HOUR });
    const known = reconcile(stored, since(emptyState, again), EVENING + 2 * HOUR + 60);
    expect(alertIds(known)).toEqual(['alert-1']);
    const { state } = decide(list, known, alertsClosed(['alert-1'], { at: EVENING + 2 * HOUR + 70 }));
    expect(pageIn(state).end?.kind).toBe('closed');
  });

  test('a page that could not be written when it began counts for a rotation by page', () => {
    const byPage = aDialList({ rotation: { every: 'page' } });
    const stored = aState(byPage, { end: 'taken' });
    const carried = happen(byPage, [alertNotified(2, { at: EVENING + HOUR })], stored).state;
    expect(reconcile(stored, carried, EVENING + HOUR + 60).pagesStarted).toBe(2);
  });

  test('a test page that an alert made real in Sync stays real', () => {
    const before = since(emptyState, testStarted(1));
    const stored = since(before, alertNotified(2, { at: EVENING + 5 }));
    const known = reconcile(stored, since(before, ringEnded), EVENING + 60);
    expect(known.page).toMatchObject({ isTest: false, attempt: 1 });
    expect(alertIds(known)).toEqual(['alert-2']);
  });

  test('a ring further on, carried in outline: what has not been told yet is not lost, and the count is true', () => {
    const outline = { ...third, news: [], calls: [], alerts: [] };
    const known = reconcile(first, outline, EVENING + 120);
    expect(known.page).toEqual(third.page);
    expect(known).toMatchObject({ news: first.news, newsCount: first.newsCount });
  });

  test('a page before the present one, which goes on: it fell silent, and nobody has ended it', () => {
    const stored = { ...since(emptyState, alertNotified(2, { at: EVENING - 1 })), previous: first.page };
    const silent = { ...stored, page: { ...pageIn(stored), end: { kind: 'closed', at: EVENING } as const } };
    expect(reconcile(silent, second, EVENING + 65).page).toEqual(second.page);
  });

  test('a page, where Sync holds none', () => {
    expect(reconcile(emptyState, second, EVENING).page).toEqual(second.page);
  });
});

describe('that Sync failed is noted', () => {
  test('once a page', () => {
    const noted = markDegraded(first, EVENING + 7);
    expect(noted.page).toEqual({ ...first.page, isDegraded: true });
    expect(told(noted.news)).toEqual([...told(first.news), { kind: 'degraded' }]);
    expect(noted.news.at(-1)).toMatchObject({ page: first.page?.id, at: EVENING + 7 });
    expect(noted.newsCount).toBe(first.newsCount + 1);
    expect(markDegraded(noted, EVENING + 8)).toBe(noted);
  });

  test('for the next page anew', () => {
    const over = since(markDegraded(first, EVENING), (page) => keyPressed(page, 'take'));
    const next = since(over, alertNotified(2, { at: EVENING + HOUR }));
    expect(pageIn(next).isDegraded).toBe(false);
    expect(pageIn(markDegraded(next, EVENING + HOUR)).isDegraded).toBe(true);
  });

  test('not where there is no page', () => {
    expect(markDegraded(emptyState, EVENING)).toBe(emptyState);
  });

  test('and the page goes on as ever', () => {
    const { step } = decide(list, markDegraded(first, EVENING), ringEnded(pageIn(first)));
    expect(step).toEqual({ kind: 'ring', attempt: 1, member: 1 });
  });
});
