/** The direct way: each ring is a call of our own, known by its SID once Twilio has taken it. */
import type { AlertStatus } from '../../../src/core/alert';
import type { DialList } from '../../../src/core/dial-list';
import { decide } from '../../../src/core/escalation/decide';
import type { AlertNotified, CallMissed, Event, Placed } from '../../../src/core/escalation/event';
import { dueAgain } from '../../../src/core/escalation/starting';
import { emptyState, type Page, type State } from '../../../src/core/escalation/state';
import type { CallerStep } from '../../../src/core/escalation/step';
import { aDialList } from '../../support/dial-list';
import {
  alertNotified,
  alertsClosed,
  answered,
  callEnded,
  callSid,
  EVENING,
  keyPressed,
  pauseOver,
  ringEnded,
  testStarted,
} from '../../support/event';
import { alertIds, aState, type Happening, happen, pageIn, told } from '../../support/state';

const list = aDialList({ pauseSeconds: 0 });
const webhook = aDialList({ start: 'webhook', pauseSeconds: 0 });
const MINUTE = 60;
const HOUR = 60 * MINUTE;

const hangUp: CallerStep = { kind: 'hang-up' };
const ring = (attempt: number, member: number) => ({ kind: 'ring', attempt, member }) as const;
const calling = (attempt: number, member: number) => ({ kind: 'calling', attempt, member }) as const;

/** Mackerel's webhook tells of an alert: no call comes with it. */
const posted = (nth: number, changes: Partial<AlertNotified> = {}) =>
  alertNotified(nth, { way: 'direct', call: '', ...changes });
const placed = (page: Page, nth: number, changes: Partial<Placed> = {}): Placed => ({
  kind: 'placed',
  page: page.id,
  attempt: page.attempt,
  call: callSid(nth),
  at: page.startedAt + 1,
  ...changes,
});
const isPlaced = (nth: number) => (page: Page) => placed(page, nth);
const since = (state: State, ...happenings: Happening[]) => happen(list, happenings, state).state;

const waiting = since(emptyState, posted(1));
const ringing = since(waiting, isPlaced(7));
const second = since(ringing, ringEnded);

describe('a call of our own is placed', () => {
  test('the page knows it by its SID', () => {
    const decision = decide(list, waiting, placed(pageIn(waiting), 7));
    expect(decision).toMatchObject({ step: hangUp, news: [] });
    expect(decision.state.page).toEqual({ ...waiting.page, call: callSid(7) });
  });

  test('told twice, it changes nothing', () => {
    const decision = decide(list, ringing, placed(pageIn(ringing), 7));
    expect(decision).toEqual({ state: ringing, step: hangUp, news: [] });
    expect(decision.state).toBe(ringing);
  });

  test.each<[string, State, Page]>([
    ['the alert closed', since(waiting, alertsClosed(['alert-1'])), pageIn(waiting)],
    ['it was taken', since(waiting, (page) => keyPressed(page, 'take')), pageIn(waiting)],
    ['the page went on', second, pageIn(ringing)],
    [
      'another page began',
      since(waiting, alertsClosed(['alert-1']), posted(2, { at: EVENING + 60 })),
      pageIn(waiting),
    ],
    ['nothing is known of it', emptyState, pageIn(waiting)],
  ])('and by then nobody needs it: it is ended. %s', (_, state, page) => {
    const decision = decide(list, state, placed(page, 8));
    expect(decision).toEqual({ state, step: { kind: 'end-call', call: callSid(8) }, news: [] });
  });
});

describe('a ring is over', () => {
  test('the next member is rung, by a call not known yet', () => {
    const { state, step, news } = decide(list, ringing, ringEnded(pageIn(ringing)));
    expect(step).toEqual(ring(1, 1));
    expect(told(news)).toEqual([{ kind: 'not-reached', member: 0, why: 'no-answer' }, calling(1, 1)]);
    expect(pageIn(state)).toMatchObject({ attempt: 1, leg: 'ringing', call: '' });
  });

  test('before Twilio has told us its SID', () => {
    expect(decide(list, waiting, ringEnded(pageIn(waiting), { call: callSid(7) })).step).toEqual(ring(1, 1));
  });

  test('of another call, which nobody waits for', () => {
    expect(decide(list, ringing, ringEnded(pageIn(ringing), { call: callSid(99) }))).toEqual({
      state: ringing,
      step: hangUp,
      news: [],
    });
  });

  test('told twice: nobody else is rung', () => {
    expect(decide(list, second, ringEnded(pageIn(ringing)))).toEqual({
      state: second,
      step: hangUp,
      news: [],
    });
  });

  test('the last of a round: the first of the next', () => {
    const { steps } = happen(list, [posted(1), ...Array(6).fill(ringEnded)]);
    expect(steps).toEqual([ring(0, 0), ring(1, 1), ring(2, 2), ring(3, 0), ring(4, 1), ring(5, 2), hangUp]);
  });

  test.each([
    ['was over at once: it takes 30 s all the same', 0, { kind: 'pause', attempt: 3, seconds: 30 }],
    ['took 12 s', 12, { kind: 'pause', attempt: 3, seconds: 18 }],
    ['took 30 s', 30, ring(3, 0)],
    ['took three minutes', 180, ring(3, 0)],
  ])('the last of a round that %s', (_, seconds, step) => {
    const own = aDialList({ pauseSeconds: 30 });
    const busy = (page: Page) => ringEnded(page, { why: 'busy', at: EVENING + seconds });
    const { state, steps } = happen(own, [posted(1), busy, busy, busy]);
    expect(steps.at(-1)).toEqual(step);
    if (step.kind !== 'pause') return;
    expect(state.page).toMatchObject({ leg: 'pausing', call: '' });
    const over = pauseOver(pageIn(state), { at: EVENING + 30 });
    expect(decide(own, state, over).step).toEqual(ring(3, 0));
  });
});

describe('the call that carried a page in the bridge way is gone', () => {
  test.each<[string, Parameters<typeof aState>[1], number, number]>([
    ['it rang: the next member', {}, 1, 1],
    ['somebody listened: the next member', { leg: 'answered', attempt: 1 }, 2, 2],
    ['somebody had passed: the next member', { leg: 'passed' }, 1, 1],
    ['at the end of a round: the first of the next, with no pause', { attempt: 2 }, 3, 0],
    ['it paused: the member who would have been next', { leg: 'pausing', attempt: 3 }, 3, 0],
  ])('%s is rung by a call of our own', (_, wanted, attempt, member) => {
    const paused = aDialList({ pauseSeconds: 15 });
    const before = aState(paused, wanted);
    const { state, step, news } = decide(paused, before, callEnded(pageIn(before), { canCall: true }));
    expect(step).toEqual(ring(attempt, member));
    expect(told(news)).toEqual([{ kind: 'went-direct' }, calling(attempt, member)]);
    expect(state.page).toMatchObject({
      id: before.page?.id,
      way: 'direct',
      call: '',
      attempt,
      leg: 'ringing',
    });
    expect(state.page?.order).toEqual(before.page?.order);
    expect(alertIds(state)).toEqual(['alert-1']);
  });

  test('nobody can be rung: the page is over, loudly', () => {
    const before = aState(list);
    const { state, step, news } = decide(list, before, callEnded(pageIn(before), { canCall: false }));
    expect(step).toEqual(hangUp);
    expect(told(news)).toEqual([{ kind: 'call-lost', isSure: true }]);
    expect(pageIn(state).end?.kind).toBe('unanswered');
  });

  test('at the very last ring: nobody answered', () => {
    const before = aState(list, { attempt: 5 });
    const { state, step, news } = decide(list, before, callEnded(pageIn(before), { canCall: true }));
    expect(step).toEqual(hangUp);
    expect(told(news)).toContainEqual({ kind: 'nobody-answered', rings: 6, rounds: 2 });
    expect(pageIn(state).end?.kind).toBe('unanswered');
  });

  test('and Sync cannot tell whether somebody took it: nobody is rung over their head, and people are told', () => {
    const before = aState(list, { leg: 'answered' });
    const { state, step, news } = decide(
      list,
      before,
      callEnded(pageIn(before), { canCall: true, isSure: false }),
    );
    expect(step).toEqual(hangUp);
    expect(told(news)).toEqual([{ kind: 'call-lost', isSure: false }]);
    expect(state.page).toEqual(before.page);
  });

  test.each<[string, Parameters<typeof aState>[1], boolean, number]>([
    ['it rang', { attempt: 1 }, true, 2],
    ['nobody could be rung anyway', { attempt: 1 }, false, 2],
    ['somebody listened', { attempt: 4, leg: 'answered' }, true, 5],
    ['it paused', { attempt: 3, leg: 'pausing' }, true, 3],
  ])(
    'a test is over with its call, for whoever hangs up has seen enough: %s',
    (_, wanted, canCall, rings) => {
      const paused = aDialList();
      const before = aState(paused, { ...wanted, isTest: true });
      const { state, step, news } = decide(paused, before, callEnded(pageIn(before), { canCall }));
      expect(step).toEqual(hangUp);
      const rounds = Math.ceil(rings / 3);
      expect(told(news)).toEqual([{ kind: 'nobody-answered', rings, rounds, isTest: true }]);
      expect(pageIn(state)).toMatchObject({ way: 'bridge', end: { kind: 'unanswered' } });
    },
  );

  test('a test that an alert made real goes on', () => {
    const before = since(aState(list, { isTest: true }), alertNotified(2));
    expect(decide(list, before, callEnded(pageIn(before), { canCall: true })).step).toEqual(ring(1, 1));
  });

  test('what its leg says afterwards is answered with nothing', () => {
    const before = aState(list);
    const direct = since(before, (page) => callEnded(page, { canCall: true }), isPlaced(7));
    const late: Event[] = [
      ringEnded(pageIn(before)),
      { kind: 'pause-over', page: pageIn(before).id, attempt: 0, call: callSid(1), at: EVENING + 30 },
      callEnded(pageIn(before), { canCall: true }),
      alertNotified(1),
    ];
    for (const event of late) {
      expect(decide(list, direct, event)).toEqual({ state: direct, step: hangUp, news: [] });
    }
  });

  test('a page in the direct way needs no call, and minds none that ends', () => {
    const decision = decide(list, ringing, callEnded(pageIn(ringing), { call: callSid(7), canCall: true }));
    expect(decision).toEqual({ state: ringing, step: hangUp, news: [] });
  });
});

describe('a call of Mackerel’s was over before it asked us', () => {
  const missed = (nth: number, changes: Partial<CallMissed> = {}): CallMissed => ({
    kind: 'call-missed',
    way: 'direct',
    alert: { id: `alert-${nth}`, heardAt: EVENING },
    call: callSid(nth),
    turn: 0,
    at: EVENING + 30,
    ...changes,
  });

  test('a page is begun for it all the same', () => {
    const { state, step, news } = decide(list, emptyState, missed(1));
    expect(step).toEqual(ring(0, 0));
    expect(told(news)).toEqual([{ kind: 'page-started', why: 'new' }, calling(0, 0)]);
    expect(state.page).toMatchObject({ way: 'direct', call: '' });
    expect(alertIds(state)).toEqual(['alert-1']);
  });

  test('it joins a page that goes on', () => {
    const { state, step, news } = decide(list, aState(list), missed(2));
    expect(step).toEqual(hangUp);
    expect(told(news)).toEqual([{ kind: 'joined', alerts: ['alert-2'] }]);
    expect(alertIds(state)).toEqual(['alert-1', 'alert-2']);
  });

  test.each<[string, State]>([
    ['it carried the page, which is over', since(emptyState, alertNotified(3), alertsClosed(['alert-3']))],
    ['it joined, and was hung up', since(aState(list), alertNotified(2, { call: callSid(3) }))],
    [
      'it was kept quiet, and was hung up',
      since(
        aState(list, { end: 'taken' }),
        alertNotified(1, {
          call: callSid(3),
          alert: { id: 'alert-1', heardAt: EVENING, status: 'critical' },
        }),
      ),
    ],
  ])('it had been here: %s', (_, before) => {
    const decision = decide(list, before, missed(3, { alert: { id: 'unknown', heardAt: EVENING } }));
    const state = { ...before, endsToldSince: EVENING + 30 };
    expect(decision).toEqual({ state, step: hangUp, news: [] });
  });

  test('its page had begun a moment after it was over: who was to be rung has not been, and is rung now', () => {
    const { state, step, news } = decide(list, aState(list), missed(1));
    expect(step).toEqual(ring(0, 0));
    expect(told(news)).toEqual([{ kind: 'went-direct' }, calling(0, 0)]);
    expect(state.page).toMatchObject({ way: 'direct', call: '', leg: 'ringing' });
    expect(alertIds(state)).toEqual(['alert-1']);
  });

  test('nobody else is rung where somebody had only tried the line', () => {
    const trial = since(emptyState, testStarted(1));
    const { state, step } = decide(list, trial, missed(1, { call: pageIn(trial).call }));
    expect(step).toEqual(hangUp);
    expect(state.page?.end).toEqual({ kind: 'unanswered', at: EVENING + 30 });
  });

  test('told twice, it begins one page', () => {
    const once = since(emptyState, missed(1));
    expect(decide(list, once, missed(1, { at: EVENING + 31 }))).toEqual({
      state: once,
      step: hangUp,
      news: [],
    });
  });
});

/** Where the webhook starts pages, Mackerel's re-sends begin them anew. */
describe('an alert that nobody answered is rung again, where the webhook starts pages', () => {
  const unanswered = (on: DialList) => happen(on, [posted(1), ...Array(6).fill(ringEnded)]).state;
  /** So many seconds after it was raised. */
  const resent = (seconds: number, nth = 1, status?: AlertStatus) =>
    posted(nth, { alert: { id: `alert-${nth}`, heardAt: EVENING, status }, at: EVENING + seconds });
  const take = (page: Page) => keyPressed(page, 'take');
  const reported: Event = {
    kind: 'alerts-reported',
    alerts: [{ id: 'alert-1', heardAt: EVENING }],
    at: EVENING,
  };

  test.each([
    ['by its own re-send, not at once', webhook, 9 * MINUTE, hangUp],
    ['by its own re-send, after repeatMinutes', webhook, 10 * MINUTE, ring(0, 0)],
    ['by a re-send that comes a little early', webhook, 10 * MINUTE - 20, ring(0, 0)],
    [
      'as the list says',
      aDialList({ start: 'webhook', pauseSeconds: 0, repeatMinutes: 60 }),
      59 * MINUTE,
      hangUp,
    ],
    [
      'as the list says, after it',
      aDialList({ start: 'webhook', pauseSeconds: 0, repeatMinutes: 60 }),
      60 * MINUTE,
      ring(0, 0),
    ],
    ['where calls start pages, each call does', list, MINUTE, ring(0, 0)],
  ])('%s', (_, on, seconds, step) => {
    const before = unanswered(on);
    const way = on.start === 'call' ? ({ way: 'bridge', call: callSid(5) } as const) : {};
    expect(decide(on, before, { ...resent(seconds), ...way }).step).toEqual(step);
  });

  test('together with another that comes then', () => {
    const { state } = decide(webhook, unanswered(webhook), resent(10 * MINUTE, 2));
    expect(alertIds(state).sort()).toEqual(['alert-1', 'alert-2']);
  });

  test.each<[string, DialList, Happening[], number]>([
    ['not before its time', webhook, [], MINUTE],
    ['not where it has closed', webhook, [alertsClosed(['alert-1'], { at: EVENING + 25 })], 10 * MINUTE],
    ['not where closings are not learned of', list, [], 10 * MINUTE],
  ])('%s', (_, on, happenings, seconds) => {
    const before = happen(on, happenings, unanswered(on)).state;
    const { state, step } = decide(on, before, resent(seconds, 2));
    expect(step).toEqual(ring(0, 0));
    expect(alertIds(state)).toEqual(['alert-2']);
  });

  test('nor one that somebody has', () => {
    const before = happen(webhook, [posted(1), answered, take]).state;
    const { state } = decide(webhook, before, resent(60 * MINUTE, 2));
    expect(alertIds(state)).toEqual(['alert-2']);
  });

  describe('counted from its own page, whatever came in between', () => {
    /** Nobody answered alert 1; somebody took alert 2, a minute later, and alert 3. */
    const others = [resent(MINUTE, 2), take, resent(2 * MINUTE, 3), take];

    test.each<[string, Happening, CallerStep]>([
      ['not at once', resent(3 * MINUTE), hangUp],
      ['not just before its time', resent(9 * MINUTE), hangUp],
      ['in its time', resent(10 * MINUTE), ring(0, 0)],
      ['at once, if it got worse', resent(3 * MINUTE, 1, 'critical'), ring(0, 0)],
    ])('%s', (_, again, step) => {
      const first = posted(1, { alert: { id: 'alert-1', heardAt: EVENING, status: 'warning' } });
      const { steps } = happen(webhook, [first, ...Array(6).fill(ringEnded), ...others, again]);
      expect(steps.at(-1)).toEqual(step);
    });

    test('not along with another, as long as its own time has not come', () => {
      const again = [resent(10 * MINUTE), ...Array(6).fill(ringEnded)];
      const { state } = happen(webhook, [...again, resent(19 * MINUTE, 2)], unanswered(webhook));
      expect(alertIds(state)).toEqual(['alert-2']);
      const { state: later } = happen(webhook, [...again, resent(20 * MINUTE, 2)], unanswered(webhook));
      expect(alertIds(later).sort()).toEqual(['alert-1', 'alert-2']);
    });

    test('what somebody took and is open after the quiet time is not what nobody answered', () => {
      const brief = aDialList({ start: 'webhook', pauseSeconds: 0, quietMinutes: 5 });
      const { steps } = happen(brief, [posted(1), take, ...others.slice(0, 2), resent(6 * MINUTE)]);
      expect(steps.at(-1)).toEqual(ring(0, 0));
    });
  });

  describe('what is due, for whoever comes by', () => {
    const worse = posted(2, { alert: { id: 'alert-2', heardAt: EVENING + 5, status: 'critical' } });
    const slight = posted(1, { alert: { id: 'alert-1', heardAt: EVENING, status: 'warning' } });
    const rungOut = [slight, worse, ...Array(6).fill(ringEnded)];

    test.each<[string, DialList, readonly Happening[], number, string | undefined]>([
      ['the worst that nobody answered', webhook, rungOut, 10 * MINUTE, 'alert-2'],
      ['not before its time', webhook, rungOut, 9 * MINUTE, undefined],
      ['another, where that has closed', webhook, [...rungOut, alertsClosed(['alert-2'])], HOUR, 'alert-1'],
      ['not what somebody has', webhook, [slight, worse, take], HOUR, undefined],
      ['not what has only been reported', webhook, [reported], HOUR, undefined],
      ['nothing while people are rung', webhook, [...rungOut, resent(10 * MINUTE, 3)], HOUR, undefined],
      ['that of an earlier page', webhook, [...rungOut, resent(MINUTE, 3), take], HOUR, 'alert-2'],
      ['nothing where calls start pages', list, rungOut, HOUR, undefined],
    ])('%s', (_, on, happenings, seconds, alert) => {
      const { state } = happen(on, happenings);
      expect(dueAgain(on, state, EVENING + seconds)[0]?.id).toBe(alert);
    });

    test('nothing where nothing ever was', () => {
      expect(dueAgain(webhook, emptyState, EVENING)).toEqual([]);
    });

    test('rings, together with all that is due', () => {
      const { state } = happen(webhook, rungOut);
      const at = EVENING + 10 * MINUTE;
      const [alert] = dueAgain(webhook, state, at);
      const decision = decide(webhook, state, posted(2, { ...(alert && { alert }), at }));
      expect(decision.step).toEqual(ring(0, 0));
      expect(alertIds(decision.state)).toEqual(['alert-2', 'alert-1']);
      expect(dueAgain(webhook, decision.state, at)).toEqual([]);
    });

    test('by two webhooks at once: the second finds it rung for, and leaves it where it is', () => {
      const { state } = happen(webhook, rungOut);
      const at = EVENING + 10 * MINUTE;
      const [alert] = dueAgain(webhook, state, at);
      const again = posted(2, { ...(alert && { alert }), at });
      const once = decide(webhook, state, again).state;
      const twice = decide(webhook, once, again);
      expect(twice).toMatchObject({ step: hangUp, news: [] });
      expect(alertIds(twice.state)).toEqual(['alert-2', 'alert-1']);
    });
  });
});

describe('whether the key for Mackerel may write is found out once', () => {
  const tried = (mayWrite: boolean): Event => ({
    kind: 'alerts-reported',
    alerts: [],
    mayWrite,
    at: EVENING + 5,
  });
  const before = aState(list);

  test.each([
    ['it may: nothing to tell', true, []],
    ['it may not: people are told what they miss', false, [{ kind: 'read-only-key' }]],
  ])('%s', (_, mayWrite, news) => {
    const decision = decide(list, before, tried(mayWrite));
    expect(decision.step).toEqual(hangUp);
    expect(told(decision.news)).toEqual(news);
    expect(decision.state).toMatchObject({ mayWrite, page: before.page });
    expect(decide(list, decision.state, tried(mayWrite)).state).toBe(decision.state);
  });

  test('Mackerel tells nothing about its alerts: people are told once a page', () => {
    const blind: Event = { kind: 'alerts-reported', alerts: [], blind: 'forbidden', at: EVENING + 5 };
    const { state, news } = happen(list, [blind, blind], before);
    expect(told(news)).toEqual([{ kind: 'blind', why: 'forbidden' }]);
    expect(state.page?.isBlind).toBe(true);
  });

  test('it may by now', () => {
    const { state, news } = happen(list, [tried(false), tried(true)], before);
    expect(told(news)).toEqual([{ kind: 'read-only-key' }]);
    expect(state.mayWrite).toBe(true);
  });
});
