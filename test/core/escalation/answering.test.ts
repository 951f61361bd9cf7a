import { recordOf } from '../../../src/core/escalation/book';
import { decide } from '../../../src/core/escalation/decide';
import type { Answered, Event, KeyPressed } from '../../../src/core/escalation/event';
import type { News } from '../../../src/core/escalation/news';
import { emptyState, type Page, type PageEnd, type State } from '../../../src/core/escalation/state';
import type { MemberStep } from '../../../src/core/escalation/step';
import { aDialList, aMember } from '../../support/dial-list';
import {
  alertNotified,
  answered,
  callEnded,
  callSid,
  EVENING,
  keyPressed,
  ringEnded,
} from '../../support/event';
import { alertIds, aState, happen, pageIn, told } from '../../support/state';

const keypress = aDialList();
const pickup = aDialList({ answer: 'pickup' });
const at = EVENING + 20;
/** Seconds for which nobody carries on a page that somebody listens to. */
const LEASE = 360;

describe('a member', () => {
  const taken = (by: number): PageEnd => ({ kind: 'taken', at, by });

  test.each<{
    why: string;
    list?: typeof keypress;
    page?: Parameters<typeof aState>[1];
    event: (page: Page) => Answered | KeyPressed;
    step: MemberStep;
    news: News[];
    after: Partial<Page>;
  }>([
    {
      why: 'picks up: is told what is wrong, and has taken nothing yet',
      event: (page) => answered(page),
      step: { kind: 'brief', member: 0 },
      news: [{ kind: 'answered', member: 0 }],
      after: { attempt: 0, leg: 'answered', end: null },
    },
    {
      why: 'picks up, and the order is that of the page',
      page: { turn: 2, attempt: 4 },
      event: (page) => answered(page),
      step: { kind: 'brief', member: 0 },
      news: [{ kind: 'answered', member: 0 }],
      after: { attempt: 4, leg: 'answered' },
    },
    {
      why: 'picks up, which takes the page where the list says so',
      list: pickup,
      page: { attempt: 1 },
      event: (page) => answered(page),
      step: { kind: 'confirm-taken', member: 1 },
      news: [
        { kind: 'answered', member: 1 },
        { kind: 'taken', member: 1, attempt: 1, seconds: 20 },
      ],
      after: { end: taken(1) },
    },
    {
      why: 'takes the page',
      page: { attempt: 1, leg: 'answered' },
      event: (page) => keyPressed(page, 'take'),
      step: { kind: 'confirm-taken', member: 1 },
      news: [{ kind: 'taken', member: 1, attempt: 1, seconds: 20 }],
      after: { end: taken(1) },
    },
    {
      why: 'takes it in a later round, a quarter of an hour on',
      page: { attempt: 5, leg: 'answered' },
      event: (page) => keyPressed(page, 'take', { at: EVENING + 900 }),
      step: { kind: 'confirm-taken', member: 2 },
      news: [{ kind: 'taken', member: 2, attempt: 5, seconds: 900 }],
      after: { end: { kind: 'taken', at: EVENING + 900, by: 2 } },
    },
    {
      why: 'takes it, and the callback of the pickup was lost',
      event: (page) => keyPressed(page, 'take'),
      step: { kind: 'confirm-taken', member: 0 },
      news: [{ kind: 'taken', member: 0, attempt: 0, seconds: 20 }],
      after: { end: taken(0) },
    },
    {
      why: 'passes it on',
      page: { leg: 'answered' },
      event: (page) => keyPressed(page, 'pass'),
      step: { kind: 'confirm-passed', member: 0 },
      news: [{ kind: 'passed-on', member: 0 }],
      after: { attempt: 0, leg: 'passed', end: null },
    },
    {
      why: 'passes on, and thinks better of it at once',
      page: { leg: 'passed' },
      event: (page) => keyPressed(page, 'take'),
      step: { kind: 'confirm-taken', member: 0 },
      news: [{ kind: 'taken', member: 0, attempt: 0, seconds: 20 }],
      after: { end: taken(0) },
    },
  ])('$why', ({ list = keypress, page, event, step, news, after }) => {
    const before = aState(list, page);
    const decision = decide(list, before, event(pageIn(before)));
    expect(decision.step).toEqual(step);
    expect(told(decision.news)).toEqual(news);
    expect(decision.state.page).toMatchObject({ ...after, id: before.page?.id });
    expect(alertIds(decision.state)).toEqual(['alert-1']);
    expect(decision.state.news).toEqual([...before.news, ...decision.news]);
    expect(decision.state.newsCount).toBe(before.newsCount + news.length);
  });
});

describe('repeats and late callbacks change nothing', () => {
  const second = aState(keypress, { attempt: 1, leg: 'answered' });
  const passed = aState(keypress, { attempt: 1, leg: 'passed' });
  const takenBySecond = aState(keypress, { attempt: 1, leg: 'answered', end: 'taken' });
  const unanswered = aState(keypress, { end: 'unanswered' });
  const closed = aState(keypress, { attempt: 1, end: 'closed' });
  const over = (member: number) => ({ kind: 'dismiss', member, why: 'over' }) as const;
  const goneOn = (member: number) => ({ kind: 'dismiss', member, why: 'gone-on' }) as const;
  const taken = (member: number, by: number) => ({ kind: 'dismiss', member, why: 'taken', by }) as const;
  const pausing = aState(keypress, { attempt: 3, leg: 'pausing' });

  test.each<[string, State, Answered | KeyPressed, MemberStep]>([
    [
      'a pickup told twice: the message again',
      second,
      answered(pageIn(second)),
      { kind: 'brief', member: 1 },
    ],
    ['a pickup told after the pass', passed, answered(pageIn(passed)), { kind: 'brief', member: 1 }],
    ['key 2 twice', passed, keyPressed(pageIn(passed), 'pass'), { kind: 'confirm-passed', member: 1 }],
    [
      'key 1 twice',
      takenBySecond,
      keyPressed(pageIn(takenBySecond), 'take'),
      { kind: 'confirm-taken', member: 1 },
    ],
    [
      'a pickup, once taken',
      takenBySecond,
      answered(pageIn(takenBySecond)),
      { kind: 'confirm-taken', member: 1 },
    ],
    ['a pickup of an earlier ring', second, answered(pageIn(second), { attempt: 0 }), goneOn(0)],
    [
      'key 1 of an earlier ring, while another listens',
      second,
      keyPressed(pageIn(second), 'take', { attempt: 0 }),
      goneOn(0),
    ],
    ['key 2 of an earlier ring', second, keyPressed(pageIn(second), 'pass', { attempt: 0 }), goneOn(0)],
    ['a pickup of the last ring, in a pause', pausing, answered(pageIn(pausing), { attempt: 2 }), goneOn(2)],
    [
      'a pickup after another took it',
      takenBySecond,
      answered(pageIn(takenBySecond), { attempt: 0 }),
      taken(0, 1),
    ],
    [
      'key 1 after another took it',
      takenBySecond,
      keyPressed(pageIn(takenBySecond), 'take', { attempt: 2 }),
      taken(2, 1),
    ],
    ['a pickup after nobody answered', unanswered, answered(pageIn(unanswered)), over(2)],
    ['key 2 after nobody answered', unanswered, keyPressed(pageIn(unanswered), 'pass'), over(2)],
    [
      'key 1 long after nobody answered',
      unanswered,
      keyPressed(pageIn(unanswered), 'take', { at: at + 60 }),
      over(2),
    ],
    [
      'key 1 of a ring that is still to come',
      second,
      keyPressed(pageIn(second), 'take', { attempt: 2 }),
      goneOn(2),
    ],
    ['key 1 after the alert closed', closed, keyPressed(pageIn(closed), 'take'), over(1)],
  ])('%s', (_why, before, event, step) => {
    for (const list of [keypress, pickup]) {
      const decision = decide(list, before, event);
      expect(decision).toEqual({ state: before, step, news: [] });
      expect(decision.state).toBe(before);
    }
  });

  test.each([
    ['of another page', second],
    ['of another page, after this one was taken', takenBySecond],
    ['and there is no page', emptyState],
  ])('a pickup or a key %s: this page is over for the member', (_why, before) => {
    for (const event of [
      answered(pageIn(second)),
      keyPressed(pageIn(second), 'take'),
      keyPressed(pageIn(second), 'pass'),
    ]) {
      const decision = decide(keypress, before, { ...event, page: 'earlier' });
      expect(decision.step).toMatchObject({ kind: 'dismiss', why: 'over' });
      expect(decision.news).toEqual([]);
      expect(decision.state).toBe(before);
    }
  });
});

describe('the message is repeated', () => {
  const listening = aState(keypress, { attempt: 1, leg: 'answered' });
  const { until } = pageIn(listening);
  const more = happen(keypress, [alertNotified(2, { at })], listening).state;

  test.each<[string, State, number, Partial<Page> | null]>([
    ['soon: nothing changes', listening, until - LEASE / 2, null],
    [
      'late: somebody is still there, and the page counts as alive for as long again',
      listening,
      until - LEASE / 2 + 1,
      { told: 1, until: until + LEASE / 2 + 1 },
    ],
    ['when it would count as dead already', listening, until + 60, { told: 1, until: until + 60 + LEASE }],
    [
      'and another alert has joined: that is heard by now',
      more,
      at + 30,
      { told: 2, until: at + 30 + LEASE },
    ],
  ])('%s', (_why, before, when, after) => {
    const decision = decide(keypress, before, answered(pageIn(before), { at: when }));
    expect(decision.step).toEqual({ kind: 'brief', member: 1 });
    expect(decision.news).toEqual([]);
    const alerts = before.alerts.map(({ isNewcomer: _, ...alert }) => alert);
    if (after) expect(decision.state).toEqual({ ...before, alerts, page: { ...before.page, ...after } });
    else expect(decision.state).toBe(before);
  });
});

/** Somebody presses 1 and hangs up, and what tells of the key is the slower: the page has gone on by then. */
describe('key 1 comes after the end of its ring, and counts', () => {
  const call = callSid(1);
  const direct = (state: State) =>
    happen(keypress, [(page) => callEnded(page, { canCall: true })], state).state;
  const first = aState(keypress);
  const ofTwo = aDialList({ members: [aMember('佐藤'), aMember('鈴木')] });

  test.each<[string, State, number, number, MemberStep]>([
    ['the next phone rings', aState(keypress, { attempt: 1 }), 0, 0, taken(0, call)],
    ['the one after the next', aState(keypress, { attempt: 2 }), 0, 0, taken(0, call)],
    ['the next one has passed', aState(keypress, { attempt: 1, leg: 'passed' }), 0, 0, taken(0, call)],
    ['the round is over', aState(keypress, { attempt: 3, leg: 'pausing' }), 2, 2, taken(2, call)],
    ['a call of our own is being placed', direct(first), 0, 0, taken(0, '')],
    [
      'a call of our own rings',
      happen(keypress, [(page) => placed(page, 7)], direct(first)).state,
      0,
      0,
      taken(0, callSid(7)),
    ],
    [
      'they have been rung again, and listen',
      aState(ofTwo, { attempt: 2, leg: 'answered' }),
      0,
      0,
      { kind: 'confirm-taken', member: 0 },
    ],
    ['nobody answered', aState(keypress, { end: 'unanswered' }), 5, 2, taken(2, '')],
    ['nobody answered, long after their ring', aState(keypress, { end: 'unanswered' }), 4, 1, taken(1, '')],
  ])('%s', (_why, before, attempt, member, step) => {
    const page = pageIn(before);
    const decision = decide(keypress, before, keyPressed(page, 'take', { attempt, at: at + 5 }));
    expect(decision.step).toEqual(step);
    expect(told(decision.news)).toEqual([{ kind: 'taken', member, attempt, seconds: 25 }]);
    expect(decision.state.page).toMatchObject({ ...page, end: { kind: 'taken', by: member, at: at + 5 } });
    expect(recordOf(decision.state, 'alert-1')?.taken).toMatchObject({ by: member });
  });

  test('what was saved without our being told so is ended and confirmed all the same', () => {
    const event = keyPressed(pageIn(first), 'take');
    const { state } = happen(keypress, [ringEnded, event], first);
    expect(decide(keypress, state, event)).toEqual({ state, step: taken(0, call), news: [] });
  });

  test('and whoever picks up the phone that rang meanwhile hears who has it', () => {
    const { state } = happen(keypress, [ringEnded, keyPressed(pageIn(first), 'take')], first);
    const step = { kind: 'dismiss', member: 1, why: 'taken', by: 0 };
    expect(decide(keypress, state, answered(pageIn(state))).step).toEqual(step);
  });

  function taken(member: number, endCall: string): MemberStep {
    return { kind: 'confirm-taken', member, endCall };
  }

  function placed({ id: page, attempt, startedAt }: Page, nth: number): Event {
    return { kind: 'placed', page, attempt, call: callSid(nth), at: startedAt + 21 };
  }
});
