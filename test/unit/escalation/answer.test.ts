/** A member, or a voicemail, picks up; keys; and how long a taker is at the phone. */
import { isJustTaken, type Page, type State } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { answers, aState, type Happening, notified, passes, ringOver, takes } from '../../support/state';
import { decided, plus, since } from './given';

const list = aDialList();
const byPickup = aDialList({ answer: 'pickup' });
const rings = aState(list);
const listens = aState(list, { leg: 'answered' });
const second = aState(list, { attempt: 1 });

const at =
  (happening: (page: Page) => object, changes: object): Happening =>
  (page) =>
    ({ ...happening(page), ...changes }) as never;
const heardOut =
  (more: object = {}): Happening =>
  ({ id, attempt }) => ({ kind: 'confirmed', page: id, attempt, newcomers: [], at: plus(30), ...more });

const taken = (member: number, attempt: number, seconds = 20) => [
  { kind: 'taken', member, attempt, seconds },
  { kind: 'hearing', attempt, until: plus(seconds + 40) },
];
const lease = (seconds: number) => ({ kind: 'lease-renewed', until: plus(seconds + 360) });

describe('somebody picks up', () => {
  test.each<[string, State, Happening, readonly object[]]>([
    [
      'picking up is not taking: a voicemail does it, too',
      rings,
      answers,
      [{ kind: 'answered', member: 0 }, lease(20)],
    ],
    ['the message is heard again soon', listens, at(answers, { at: plus(60) }), []],
    [
      'the message is heard again after three minutes: the page is still alive',
      listens,
      at(answers, { at: plus(230) }),
      [lease(230)],
    ],
    ['after a pass: the callback was late', aState(list, { leg: 'passed' }), answers, []],
    ['an earlier ring', second, at(answers, { attempt: 0 }), []],
    ['another page', rings, at(answers, { page: 'other' }), []],
    ['somebody has it', aState(list, { end: 'taken' }), answers, []],
    ['it is closed', aState(list, { end: 'closed' }), answers, []],
    ['nobody answered', aState(list, { end: 'unanswered' }), answers, []],
  ])('%s', (_why, before, happening, events) => {
    expect(decided(list, before, happening)).toEqual(events);
  });

  test('takes the page, where the list says so', () => {
    expect(decided(byPickup, rings, answers)).toEqual([
      { kind: 'answered', member: 0 },
      lease(20),
      ...taken(0, 0),
    ]);
  });
});

const late = { attempt: 0 };

describe('key 1', () => {
  test.each<[string, State, Happening, readonly object[]]>([
    ['takes the page', listens, takes, taken(0, 0)],
    ['takes it, though nobody told of the pickup', rings, takes, taken(0, 0)],
    ['takes it behind a pass: who was it but them', aState(list, { leg: 'passed' }), takes, taken(0, 0)],
    ['comes late: the next phone rings, and nobody is at it', second, at(takes, late), taken(0, 0)],
    [
      'comes late: the next one has passed it on',
      aState(list, { attempt: 1, leg: 'passed' }),
      at(takes, late),
      taken(0, 0),
    ],
    [
      'comes late, in a pause',
      aState(list, { attempt: 3, leg: 'pausing' }),
      at(takes, { attempt: 2 }),
      taken(2, 2),
    ],
    [
      'comes too late: somebody else listens',
      aState(list, { attempt: 1, leg: 'answered' }),
      at(takes, late),
      [],
    ],
    [
      'comes late, and it is they who listen again',
      aState(list, { attempt: 3, leg: 'answered' }),
      at(takes, late),
      taken(0, 0),
    ],
    ['of a ring to come', rings, at(takes, { attempt: 1 }), []],
    ['of another page', rings, at(takes, { page: 'other' }), []],
    ['twice', aState(list, { end: 'taken' }), takes, []],
    ['of what somebody else has', aState(list, { attempt: 1, end: 'taken' }), at(takes, late), []],
    ['of what is closed', aState(list, { end: 'closed' }), takes, []],
    [
      'in the minute after nobody answered: the hang-up was the faster of the two',
      aState(list, { end: 'unanswered' }),
      at(takes, { at: plus(79) }),
      taken(2, 5, 79),
    ],
    [
      'more than a minute after nobody answered',
      aState(list, { end: 'unanswered' }),
      at(takes, { at: plus(80) }),
      [],
    ],
    [
      'on a clock that is slow: no time passes backwards',
      listens,
      at(takes, { at: plus(-3) }),
      [
        { kind: 'taken', member: 0, attempt: 0, seconds: 0 },
        { kind: 'hearing', attempt: 0, until: plus(37) },
      ],
    ],
    [
      'at a test: nothing can join it, so nobody is kept at the phone',
      aState(list, { isTest: true }),
      takes,
      [{ kind: 'taken', member: 0, attempt: 0, seconds: 20, isTest: true }],
    ],
  ])('%s', (_why, before, happening, events) => {
    expect(decided(list, before, happening)).toEqual(events);
  });
});

describe('key 2', () => {
  const passed = [{ kind: 'passed-on', member: 0 }];
  test.each<[string, State, Happening, readonly object[]]>([
    ['passes it on', listens, passes, passed],
    ['passes it on, though nobody told of the pickup', rings, passes, passed],
    ['twice', aState(list, { leg: 'passed' }), passes, []],
    ['of an earlier ring', second, at(passes, late), []],
    ['of what they have taken', aState(list, { end: 'taken' }), passes, []],
  ])('%s', (_why, before, happening, events) => {
    expect(decided(list, before, happening)).toEqual(events);
  });
});

describe('the confirmation is over', () => {
  const theirs = aState(list, { end: 'taken' });
  test.each<[string, State, Happening, readonly object[]]>([
    ['nothing came meanwhile', theirs, heardOut(), [{ kind: 'heard-out' }]],
    [
      'something came: they hear of it, and what comes meanwhile is theirs as well',
      theirs,
      heardOut({ newcomers: ['alert-2'] }),
      [{ kind: 'hearing', attempt: 0, until: plus(70) }],
    ],
    ['twice', since(list, theirs, heardOut()), heardOut(), []],
    ['of another ring', theirs, heardOut({ attempt: 1 }), []],
    ['of another page', theirs, heardOut({ page: 'other' }), []],
    ['nobody has taken it', rings, heardOut(), []],
  ])('%s', (_why, before, happening, events) => {
    expect(decided(list, before, happening)).toEqual(events);
  });

  test.each<[string, State, number, boolean]>([
    ['just after key 1', theirs, 20, true],
    ['40 s later, if nobody says that it is over', theirs, 60, true],
    ['after that', theirs, 61, false],
    ['it is over', since(list, theirs, heardOut()), 31, false],
    ['they have hung up', since(list, theirs, ringOver), 21, false],
    ['nobody took it', rings, 20, false],
    ['a test', aState(list, { isTest: true, end: 'taken' }), 20, false],
    ['another page has begun', since(list, theirs, notified(2, { at: plus(120) })), 121, false],
  ])('whether the taker is still at the phone: %s', (_when, { page }, seconds, is) => {
    expect(isJustTaken(page, plus(seconds))).toBe(is);
  });
});
