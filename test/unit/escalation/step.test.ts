/** What the voice side does, by what the state has come to: the same answer to a callback that comes twice or too late. */
import { type Command, lastWord, type Page, type State, stepFor } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { callSid } from '../../support/event';
import {
  allClose,
  answers,
  aState,
  type Happening,
  notified,
  passes,
  pauseOver,
  ringOver,
  takes,
} from '../../support/state';
import { commandIn, plus, since, stateAfter } from './given';

const list = aDialList();
const rings = aState(list);
const second = aState(list, { attempt: 1 });
const pausing = aState(list, { attempt: 3, leg: 'pausing' });
const theirs = aState(list, { end: 'taken' });
const direct = since(list, rings, notified(1, { way: 'direct', at: plus(1), webhookId: 'w' }));
const placed = since(list, direct, ({ id, attempt }) => ({
  kind: 'placed',
  page: id,
  attempt,
  call: callSid(7),
  at: plus(2),
}));

const as =
  (happening: (page: Page) => object, changes: object): Happening =>
  (page) =>
    ({ ...happening(page), ...changes }) as Command;
const hangUp = { kind: 'hang-up' };

/** The step after a command, and after it has come a second time. */
const stepsOf = (before: State, happening: Happening) => {
  const state = stateAfter(list, before, happening);
  return stepFor(list, state, commandIn(before, happening));
};

describe('on the leg of the caller', () => {
  test.each<[string, State, Happening, object]>([
    ['a page starts: its first member', rings, notified(1), { kind: 'ring', attempt: 0, member: 0 }],
    ['an alert joins: its call is needed no more', rings, notified(2, { at: plus(5) }), hangUp],
    ['the ring is over: the next member', rings, ringOver, { kind: 'ring', attempt: 1, member: 1 }],
    [
      'that is told twice: the same member',
      second,
      as(ringOver, { attempt: 0 }),
      { kind: 'ring', attempt: 1, member: 1 },
    ],
    [
      'the round is over: a pause',
      aState(list, { attempt: 2 }),
      ringOver,
      { kind: 'pause', attempt: 3, seconds: 30 },
    ],
    [
      'that is told twice: the same pause',
      pausing,
      as(ringOver, { attempt: 2 }),
      { kind: 'pause', attempt: 3, seconds: 30 },
    ],
    ['the pause is over', pausing, pauseOver, { kind: 'ring', attempt: 3, member: 0 }],
    ['the last ring is over', aState(list, { attempt: 5 }), ringOver, hangUp],
    ['the ring is over, and somebody has it', theirs, ringOver, hangUp],
    ['a ring of another call', second, as(ringOver, { call: callSid(9), attempt: 0 }), hangUp],
    ['a ring of another page', second, as(ringOver, { page: 'other' }), hangUp],
    ['a page that closed: its call is ended', rings, allClose, { kind: 'end-call', call: callSid(1) }],
    ['a page that closed after somebody took it', theirs, allClose, hangUp],
    [
      'a page that a member closed by phone: they hear so in that call',
      rings,
      as(allClose, { by: 0 }),
      hangUp,
    ],
    [
      'the same, and Mackerel tells of it first',
      since(list, rings, ({ id }) => ({ kind: 'begin-closing', page: id, attempt: 0, at: plus(9) })),
      allClose,
      hangUp,
    ],
    [
      'a member who called: their ring',
      rings,
      ({ id }) => ({ kind: 'ring-back', page: id, member: 2, at: plus(9) }),
      { kind: 'ring', attempt: 1, member: 2 },
    ],
    [
      'a member who called while somebody listens: they wait',
      aState(list, { leg: 'answered' }),
      ({ id }) => ({ kind: 'ring-back', page: id, member: 2, at: plus(9) }),
      hangUp,
    ],
  ])('%s', (_when, before, happening, step) => {
    expect(stepsOf(before, happening)).toEqual(step);
  });
});

describe('in the direct way, the webhook that decided a ring places it, and no other', () => {
  const over = (webhookId: string) => as(ringOver, { call: '', webhookId });
  test.each<[string, State, Happening, object]>([
    ['the webhook that decides it', direct, over('x'), { kind: 'ring', attempt: 1, member: 1 }],
    [
      'another one: it is about to be placed',
      direct,
      as(ringOver, { attempt: -1, webhookId: 'other' }),
      hangUp,
    ],
    [
      'the same one, which decides once more',
      direct,
      as(ringOver, { attempt: -1, webhookId: 'w' }),
      { kind: 'ring', attempt: 0, member: 0 },
    ],
    ['it is placed', placed, as(ringOver, { attempt: -1, webhookId: 'w' }), hangUp],
    [
      'a pause: the webhook that decides it waits',
      since(list, direct, over('x'), over('y')),
      as(ringOver, { call: '', webhookId: 'z', at: plus(20) }),
      { kind: 'pause', attempt: 3, seconds: 11 },
    ],
    [
      'our call is under way',
      direct,
      ({ id }) => ({ kind: 'placed', page: id, attempt: 0, call: 'CB', at: plus(3) }),
      hangUp,
    ],
    [
      'our call is under way, and nobody needs it any more',
      since(list, direct, over('x')),
      ({ id }) => ({ kind: 'placed', page: id, attempt: 0, call: 'CB', at: plus(3) }),
      { kind: 'end-call', call: 'CB' },
    ],
    ['a page that closed before its call was placed', direct, allClose, hangUp],
    ['a page that closed: our call is ended', placed, allClose, { kind: 'end-call', call: callSid(7) }],
    [
      'a lost call of Mackerel’s: ours',
      second,
      ({ call }) => ({ kind: 'lose-call', call, isSure: true, canCall: true, at: plus(60), webhookId: 'w' }),
      { kind: 'ring', attempt: 2, member: 2 },
    ],
  ])('%s', (_when, before, happening, step) => {
    expect(stepsOf(before, happening)).toEqual(step);
  });
});

describe('on the leg of the member', () => {
  const late = { attempt: 0 };
  const newcomers =
    (...ids: string[]): Happening =>
    ({ id, attempt }) => ({
      ...{ kind: 'confirmed', page: id, attempt, newcomers: ids, at: plus(30) },
    });
  test.each<[string, State, Happening, object]>([
    ['picks up: hears what is wrong', rings, answers, { kind: 'brief', member: 0 }],
    [
      'picks up, and the page has gone on',
      second,
      as(answers, late),
      { kind: 'dismiss', member: 0, why: 'gone-on' },
    ],
    [
      'picks up, and it is over',
      aState(list, { end: 'closed' }),
      answers,
      { kind: 'dismiss', member: 0, why: 'over' },
    ],
    [
      'picks up, and another one has it',
      aState(list, { attempt: 1, end: 'taken' }),
      as(answers, late),
      { kind: 'dismiss', member: 0, why: 'taken', by: 1 },
    ],
    ['presses 1', aState(list, { leg: 'answered' }), takes, { kind: 'confirm-taken', member: 0 }],
    ['presses 1 twice', theirs, takes, { kind: 'confirm-taken', member: 0 }],
    [
      'presses 1 late: the phone that rings by now is ended',
      second,
      as(takes, late),
      { kind: 'confirm-taken', member: 0, endCall: callSid(1) },
    ],
    [
      'presses 1 after nobody answered: no call is up, and people have to be told',
      aState(list, { end: 'unanswered' }),
      takes,
      { kind: 'confirm-taken', member: 2, endCall: '' },
    ],
    [
      'presses 1 late, and hears the message again by now: their own call goes on',
      aState(list, { attempt: 3, leg: 'answered' }),
      as(takes, late),
      { kind: 'confirm-taken', member: 0 },
    ],
    [
      'presses 1 too late: another one listens',
      aState(list, { attempt: 1, leg: 'answered' }),
      as(takes, late),
      { kind: 'dismiss', member: 0, why: 'gone-on' },
    ],
    ['presses 2', aState(list, { leg: 'answered' }), passes, { kind: 'confirm-passed', member: 0 }],
    ['presses 2 twice', aState(list, { leg: 'passed' }), passes, { kind: 'confirm-passed', member: 0 }],
    ['presses 2 late', second, as(passes, late), { kind: 'dismiss', member: 0, why: 'gone-on' }],
    ['has heard it all', theirs, newcomers(), { kind: 'let-go', member: 0 }],
    ['has more to hear of', theirs, newcomers('B'), { kind: 'confirm-more', member: 0, alerts: ['B'] }],
    ['is heard out already', since(list, theirs, newcomers()), newcomers('B'), { kind: 'let-go', member: 0 }],
  ])('%s', (_when, before, happening, step) => {
    expect(stepsOf(before, happening)).toEqual(step);
  });

  test('of the page before: who took it, in their own language', () => {
    const [before] = since(
      list,
      aState(list, { attempt: 1, end: 'taken' }),
      notified(2, { at: plus(120) }),
    ).ended;
    const now = since(list, aState(list, { attempt: 1, end: 'taken' }), notified(2, { at: plus(120) }));
    const page = before?.id ?? '';
    expect(lastWord(now, { page, attempt: 0 })).toEqual({ kind: 'dismiss', member: 0, why: 'taken', by: 1 });
    expect(lastWord(now, { page: 'forgotten', attempt: 2 })).toEqual({
      kind: 'dismiss',
      member: 0,
      why: 'over',
    });
  });
});
