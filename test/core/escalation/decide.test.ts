/** The rules that must hold, whatever happens in whatever order. */
import * as fc from 'fast-check';
import { decide } from '../../../src/core/escalation/decide';
import type { Event } from '../../../src/core/escalation/event';
import type { LoggedNews, News, NotReached } from '../../../src/core/escalation/news';
import { emptyState, isGoingOn, type Page, type State } from '../../../src/core/escalation/state';
import type { Step } from '../../../src/core/escalation/step';
import { aDialList } from '../../support/dial-list';
import {
  alertNotified,
  answered,
  callEnded,
  callSid,
  EVENING,
  keyPressed,
  pauseOver,
  ringEnded,
  testStarted,
} from '../../support/event';
import { alertIds, aState, happen, pageIn, told } from '../../support/state';

const list = aDialList();

const WHY: NotReached[] = ['no-answer', 'busy', 'failed', 'canceled', 'no-key'];

/** What may come of a ring, in the order in which it happens. */
const RINGS: Record<string, (page: Page, at: number) => Event[]> = {
  'rings out': (page, at) => [ringEnded(page, { at })],
  'is busy': (page, at) => [ringEnded(page, { at, why: 'busy' })],
  'goes to a voicemail': (page, at) => [answered(page, { at }), ringEnded(page, { at, why: 'no-key' })],
  'is passed on': (page, at) => [
    answered(page, { at }),
    keyPressed(page, 'pass', { at }),
    ringEnded(page, { at, why: 'no-key' }),
  ],
  'is passed on twice': (page, at) => [
    answered(page, { at }),
    keyPressed(page, 'pass', { at }),
    keyPressed(page, 'pass', { at }),
    ringEnded(page, { at, why: 'no-key' }),
  ],
  'is taken': (page, at) => [
    answered(page, { at }),
    keyPressed(page, 'take', { at }),
    ringEnded(page, { at, why: 'no-key' }),
  ],
  'is interrupted by another alert': (page, at) => [alertNotified(at, { at }), ringEnded(page, { at })],
  'is interrupted by a test': (page, at) => [testStarted(at, { at }), ringEnded(page, { at })],
  'is told of twice': (page, at) => [ringEnded(page, { at }), ringEnded(page, { at: at + 1 })],
  'loses its call': (page, at) => [callEnded(page, { at })],
};

/** How each ring turns out; after the last of them, every other rings out. */
const ringings = fc.array(fc.constantFrom(...Object.keys(RINGS)), { maxLength: 12 });

/** A page from its alert to its end. */
function story(outcomes: readonly string[], on = list) {
  const events: Event[] = [];
  const states: State[] = [];
  const steps: Step[] = [];
  const news: LoggedNews[] = [];
  let state = emptyState;
  const put = (event: Event) => {
    const decision = decide(on, state, event);
    state = decision.state;
    events.push(event);
    states.push(state);
    steps.push(decision.step);
    news.push(...decision.news);
  };
  put(alertNotified(1));
  for (let ring = 0; isGoingOn(state.page); ring++) {
    if (ring > 100) throw new Error('The page does not end');
    const at = EVENING + 10 * (ring + 1);
    const page = pageIn(state);
    const outcome = RINGS[outcomes[ring] ?? 'rings out'];
    const happenings = page.leg === 'pausing' ? [pauseOver(page, { at })] : (outcome?.(page, at) ?? []);
    for (const event of happenings) put(event);
  }
  return { events, states, steps, news, state };
}

const kindsOf = (news: readonly News[]) => news.map(({ kind }) => kind);

test('an alert always ends: taken, closed, or people are told that nobody answered', () => {
  const tellsTheEnd = new Set<News['kind']>(['taken', 'all-closed', 'nobody-answered', 'call-lost']);
  fc.assert(
    fc.property(ringings, (outcomes) => {
      const { state, news, steps } = story(outcomes);
      const ends = kindsOf(news).filter((kind) => tellsTheEnd.has(kind));
      expect(ends).toHaveLength(1);
      expect(pageIn(state).end?.kind).toBe(ends[0] === 'taken' ? 'taken' : 'unanswered');
      // From then on, nothing is rung.
      expect(['hang-up', 'confirm-taken']).toContain(steps.at(-1)?.kind);
    }),
  );
});

describe('a phone rings even if nothing is remembered', () => {
  test('an alert that comes out of the blue rings member 1', () => {
    expect(decide(list, emptyState, alertNotified(1)).step).toEqual({ kind: 'ring', attempt: 0, member: 0 });
  });

  test('what a callback carries is enough to go on to the end', () => {
    const inUrl = (state: State): State => JSON.parse(JSON.stringify(state));
    let state = inUrl(decide(list, emptyState, alertNotified(1)).state);
    const rung = [0];
    while (isGoingOn(state.page)) {
      const event = state.page.leg === 'pausing' ? pauseOver(state.page) : ringEnded(state.page);
      const decision = decide(list, state, event);
      if (decision.step.kind === 'ring') rung.push(decision.step.member);
      state = inUrl(decision.state);
    }
    expect(rung).toEqual([0, 1, 2, 0, 1, 2]);
  });
});

describe('a caller never hears a fault', () => {
  const at = fc.integer({ min: EVENING - 100, max: EVENING + 100_000 });
  const attempt = fc.integer({ min: 0, max: 200 });
  const page = fc.constantFrom('', 'no-such-page', pageIn(aState(list)).id);
  const nth = fc.integer({ min: 1, max: 4 });
  const ofRing = { page, attempt, at };
  const call = nth.map(callSid);
  const anyEvent: fc.Arbitrary<Event> = fc.oneof(
    fc.record({ nth, at, turn: fc.integer() }).map(({ nth, ...changes }) => alertNotified(nth, changes)),
    fc.record({ nth, at, turn: fc.integer() }).map(({ nth, ...changes }) => testStarted(nth, changes)),
    fc.record({
      kind: fc.constant('ring-ended' as const),
      call,
      why: fc.constantFrom(...WHY),
      wasBridged: fc.boolean(),
      ...ofRing,
    }),
    fc.record({ kind: fc.constant('pause-over' as const), call, ...ofRing }),
    fc.record({ kind: fc.constant('answered' as const), ...ofRing }),
    fc.record({
      kind: fc.constant('key-pressed' as const),
      key: fc.constantFrom('take' as const, 'pass' as const),
      ...ofRing,
    }),
    fc.record({
      kind: fc.constant('call-ended' as const),
      call: nth.map(callSid),
      isSure: fc.boolean(),
      canCall: fc.boolean(),
      at,
    }),
  );
  const listNow = fc.constantFrom(
    list,
    aDialList({ answer: 'pickup', pauseSeconds: 0 }),
    { ...list, members: list.members.slice(0, 1) }, // two members have left since the page began
  );

  test('whatever comes, in whatever order, there is a step, and the log is true', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(listNow, anyEvent), { maxLength: 40 }), (happenings) => {
        let state = emptyState;
        const log: LoggedNews[] = [];
        for (const [list, event] of happenings) {
          const decision = decide(list, state, event);
          expect(decision.step.kind).toEqual(expect.any(String));
          log.push(...decision.news);
          state = decision.state;
        }
        expect(state.newsCount).toBe(log.length);
        expect(state.news).toEqual(log.slice(log.length - state.news.length));
      }),
    );
  });
});

describe('voicemail is not a person', () => {
  const isTaken = (state: State) => pageIn(state).end?.kind === 'taken';

  test.each(
    (['ringing', 'answered', 'passed'] as const).flatMap((leg) =>
      WHY.flatMap((why) => [true, false].map((wasBridged) => ({ leg, why, wasBridged }))),
    ),
  )('a ring that was $leg and ended with $why (bridged: $wasBridged) takes no page', ({ leg, ...ended }) => {
    const before = aState(list, { leg });
    const { state, step } = decide(list, before, ringEnded(pageIn(before), ended));
    expect(isTaken(state)).toBe(false);
    expect(step).toEqual({ kind: 'ring', attempt: 1, member: 1 });
  });

  test('to pick up is not to take', () => {
    expect(isTaken(aState(list, { leg: 'answered' }))).toBe(false);
  });

  test('unless the list says that it is', () => {
    const pickup = aDialList({ answer: 'pickup' });
    expect(isTaken(aState(pickup, { leg: 'answered' }))).toBe(true);
    expect(isTaken(aState(pickup, { leg: 'ringing' }))).toBe(false);
  });
});

test('one phone call at a time: while somebody is rung, no other call rings anyone', () => {
  for (const leg of ['ringing', 'answered', 'passed', 'pausing'] as const) {
    const before = aState(list, { leg, attempt: leg === 'pausing' ? 3 : 0 });
    const others = [2, 3, 4].flatMap((nth) => [
      alertNotified(nth, { at: EVENING + 20 + nth }),
      testStarted(nth + 10, { at: EVENING + 20 + nth }),
    ]);
    const { state, steps } = happen(list, others, before);
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(['hang-up']));
    expect(pageIn(state)).toEqual(pageIn(before));
    expect(alertIds(state)).toEqual(['alert-1', 'alert-2', 'alert-3', 'alert-4']);
  }
});

test('repeats and late callbacks change nothing: not one of a whole page, once it is over', () => {
  fc.assert(
    fc.property(ringings, (outcomes) => {
      const { events, state } = story(outcomes);
      const late = events.filter((event) => !isFromAnotherCall(event));
      for (const event of late) {
        const decision = decide(list, state, event);
        expect(decision.state).toBe(state);
        expect(decision.news).toEqual([]);
        expect(decision.step.kind).not.toBe('ring');
      }
    }),
  );
});

test('repeats and late callbacks change nothing: not one of the rings before the present one', () => {
  fc.assert(
    fc.property(ringings, (outcomes) => {
      const { events, states } = story(outcomes);
      for (const [index, state] of states.entries()) {
        const present = pageIn(state).attempt;
        const late = events.slice(0, index).filter((event) => 'attempt' in event && event.attempt < present);
        for (const event of late) expect(decide(list, state, event)).toMatchObject({ state, news: [] });
      }
    }),
  );
});

/** A notification on a call of its own is no repeat. */
const isFromAnotherCall = (event: Event) =>
  (event.kind === 'alert-notified' || event.kind === 'test-started') && event.call !== callSid(1);

describe('the order is frozen when the page starts', () => {
  test('a handoff at 09:00 does not reshuffle a page that began at 08:59', () => {
    const byDay = aDialList({ rotation: { every: 'day', since: '2026-11-22' }, pauseSeconds: 0 });
    const { steps } = happen(byDay, [
      alertNotified(1, { turn: 0 }),
      alertNotified(2, { turn: 1, at: EVENING + 10 }),
      ringEnded,
      ringEnded,
      ringEnded,
    ]);
    const rung = steps.flatMap((step) => (step.kind === 'ring' ? [step.member] : []));
    expect(rung).toEqual([0, 1, 2, 0]);
  });

  test('the next page has the new order', () => {
    const { steps } = happen(list, [
      alertNotified(1, { turn: 0 }),
      (page) => keyPressed(page, 'take'),
      alertNotified(2, { turn: 1, at: EVENING + 3600 }),
    ]);
    expect(steps.at(-1)).toEqual({ kind: 'ring', attempt: 0, member: 1 });
  });
});

test('no phone number in anything that is remembered, done or told', () => {
  fc.assert(
    fc.property(ringings, (outcomes) => {
      const said = JSON.stringify(story(outcomes));
      for (const { phone } of list.members) expect(said).not.toContain(phone.slice(1));
    }),
  );
});

describe('the log of news', () => {
  const aMonth = happen(
    list,
    Array.from({ length: 60 }, (_, page) => {
      const at = EVENING + page * 3600;
      return [
        alertNotified(page + 1, { at }),
        ringEnded,
        (page: Page) => answered(page),
        (page: Page) => keyPressed(page, 'take'),
      ];
    }).flat(),
  );

  test('forgets the oldest, and counts on', () => {
    expect(aMonth.state.newsCount).toBe(aMonth.news.length);
    expect(aMonth.state.news.length).toBeLessThan(aMonth.news.length);
    expect(aMonth.state.news).toEqual(aMonth.news.slice(-aMonth.state.news.length));
  });

  test('holds a whole page of three people and two rounds', () => {
    const { state, news } = story([]);
    expect(state.news).toEqual(news);
    expect(kindsOf(told(news))).toEqual([
      'page-started',
      ...Array(6).fill(['calling', 'not-reached']).flat(),
      'nobody-answered',
    ]);
  });

  /** From 10 KiB on, Sync takes only two writes a second: docs/sync/limits */
  test('keeps the document under 10 KiB, for pages by the dozen', () => {
    expect(JSON.stringify(aMonth.state).length).toBeLessThan(10_240);
  });

  test('keeps the document under 10 KiB, in a storm of alerts', () => {
    const storm = Array.from({ length: 400 }, (_, nth) =>
      alertNotified(nth + 1, { at: EVENING + (nth % 60) }),
    );
    const { state } = happen(list, storm);
    expect(JSON.stringify(state).length).toBeLessThan(10_240);
    expect(pageIn(state)).toMatchObject({ attempt: 0, leg: 'ringing', end: null });
  });
});
