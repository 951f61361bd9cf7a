/** A ring is over, or could not be begun: who is rung next. */
import type { Command, Page, State } from '../../../src/escalation';
import { isLastRing } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { callSid } from '../../support/event';
import { answers, aState, type Happening, notified, pageIn, pauseOver, ringOver } from '../../support/state';
import { decided, plus, ringing, since } from './given';

const list = aDialList();
const byPickup = aDialList({ answer: 'pickup' });
const rings = aState(list);
const webhook = aDialList({ start: 'webhook' });
const direct = since(webhook, rings, notified(1, { way: 'direct', at: plus(1) }));

const over =
  (more: object = {}): Happening =>
  (page: Page) =>
    ({ ...ringOver(page), ...more }) as Command;
const ofRing = (page: Page) => ({ page: page.id, attempt: page.attempt, at: plus(20) });
const refused: Happening = (page) => ({ kind: 'give-up', ...ofRing(page) });
const noAnswer = (member: number) => ({ kind: 'not-reached', member, why: 'no-answer' });

test.each<[string, State, Happening, readonly object[]]>([
  ['nobody picked up: the next member', rings, over(), [noAnswer(0), ...ringing(1, 1)]],
  [
    'their phone was busy: people are told why',
    rings,
    over({ why: 'busy' }),
    [{ kind: 'not-reached', member: 0, why: 'busy' }, ...ringing(1, 1)],
  ],
  [
    'picked up, and no key: a voicemail does that',
    aState(list, { leg: 'answered' }),
    over({ why: 'no-answer' }),
    [{ kind: 'not-reached', member: 0, why: 'no-key' }, ...ringing(1, 1)],
  ],
  [
    'connected is not taken: only a key takes it',
    aState(list, { leg: 'answered' }),
    over({ wasBridged: true }),
    [{ kind: 'not-reached', member: 0, why: 'no-key' }, ...ringing(1, 1)],
  ],
  ['passed on: that was said', aState(list, { leg: 'passed' }), over(), ringing(1, 1)],
  [
    'closing by phone did not work: somebody was at the keys',
    since(list, aState(list, { leg: 'answered' }), (page) => ({ kind: 'begin-closing', ...ofRing(page) })),
    over(),
    ringing(1, 1),
  ],
  [
    'the round is over: a pause of 30 s',
    aState(list, { attempt: 2 }),
    over(),
    [noAnswer(2), { kind: 'pause-began', attempt: 3, until: plus(20 + 30 + 35) }],
  ],
  [
    'the pause is over: the first member again, in a new round',
    aState(list, { attempt: 3, leg: 'pausing' }),
    pauseOver,
    ringing(3, 0, { isRound: true }),
  ],
  [
    'the last round is over: people are told loudly',
    aState(list, { attempt: 5 }),
    over(),
    [noAnswer(2), { kind: 'nobody-answered', rings: 6, rounds: 2 }],
  ],
  [
    'Mackerel’s API did not tell whether it is still open',
    rings,
    over({ unavailable: 'slow' }),
    [{ kind: 'unavailable', why: 'slow' }, noAnswer(0), ...ringing(1, 1)],
  ],
  ['a ring that is over already', aState(list, { attempt: 1 }), over({ attempt: 0 }), []],
  ['a ring that nobody has begun', rings, over({ attempt: 1 }), []],
  ['another page', rings, over({ page: 'other' }), []],
  ['a call that does not carry the page any more', rings, over({ call: callSid(9) }), []],
  ['in a pause', aState(list, { attempt: 3, leg: 'pausing' }), over(), []],
  ['the page is closed', aState(list, { end: 'closed' }), over(), []],
  ['its taker has hung up', aState(list, { end: 'taken' }), over(), [{ kind: 'heard-out' }]],
  [
    'somebody else’s ring, after the taking',
    aState(list, { attempt: 1, end: 'taken' }),
    over({ attempt: 0 }),
    [],
  ],
  ['no pause', rings, pauseOver, []],
  ['a pause that is over already', aState(list, { attempt: 3 }), pauseOver, []],
  [
    'the pause of another call',
    aState(list, { attempt: 3, leg: 'pausing' }),
    (page) => ({ ...pauseOver(page), call: callSid(9) }) as Command,
    [],
  ],
  ['Twilio refuses every call: people are told loudly', direct, refused, [{ kind: 'unreachable' }]],
  [
    'too many calls are up',
    direct,
    (page) => ({ kind: 'give-up', why: 'too-many-calls', ...ofRing(page) }),
    [{ kind: 'unreachable', why: 'too-many-calls' }],
  ],
  ['it rings by now', since(webhook, direct, answers), refused, []],
  [
    'a refusal of an earlier ring',
    since(webhook, direct, over({ call: '' })),
    (page) => ({ kind: 'give-up', ...ofRing(page), attempt: 0 }),
    [],
  ],
  [
    'our call is under way',
    direct,
    (page) => ({ kind: 'placed', ...ofRing(page), call: callSid(7) }),
    [{ kind: 'call-placed', call: callSid(7) }],
  ],
  [
    'that is told twice',
    since(webhook, direct, (page) => ({ kind: 'placed', ...ofRing(page), call: callSid(7) })),
    (page) => ({ kind: 'placed', ...ofRing(page), call: callSid(7) }),
    [],
  ],
  [
    'our call of an earlier ring',
    since(webhook, direct, over({ call: '' })),
    (page) => ({ kind: 'placed', ...ofRing(page), attempt: 0, call: callSid(7) }),
    [],
  ],
])('%s', (_why, before, happening, events) => {
  expect(decided(list, before, happening)).toEqual(events);
});

describe('picking up is taking, where the list says so', () => {
  const takenBy = [
    { kind: 'taken', member: 0, attempt: 0, seconds: 20 },
    { kind: 'hearing', attempt: 0, until: plus(20 + 40) },
  ];
  test.each<[string, State, Happening, readonly object[]]>([
    [
      'their leg was connected: they hear nothing any more',
      rings,
      over({ wasBridged: true }),
      [...takenBy, { kind: 'heard-out' }],
    ],
    ['nobody picked up', rings, over(), [noAnswer(0), ...ringing(1, 1)]],
  ])('%s', (_why, before, happening, events) => {
    expect(decided(byPickup, before, happening)).toEqual(events);
  });
});

/** No call of Mackerel's is up that could wait. */
describe('in the direct way', () => {
  const onWay = { way: 'direct' } as const;
  const lastOfRound = since(list, direct, over({ call: '' }), over({ call: '' }));

  test.each<[string, number, readonly object[]]>([
    [
      'a round that took 20 s is followed by the rest of 30 s',
      20,
      [{ kind: 'pause-began', attempt: 3, until: plus(31 + 35), placedBy: 'w' }],
    ],
    [
      'a round that took longer than the pause is followed at once',
      100,
      ringing(3, 0, { ...onWay, at: 100, isRound: true, placedBy: 'w' }),
    ],
  ])('%s', (_why, at, events) => {
    const happening = over({ call: '', at: plus(at), webhookId: 'w' });
    expect(decided(list, lastOfRound, happening)).toEqual([noAnswer(2), ...events]);
  });

  test('the end of a call of ours counts, though nobody knows yet which call it is', () => {
    expect(decided(list, direct, over({ call: callSid(7) }))).toEqual([noAnswer(0), ...ringing(1, 1, onWay)]);
  });
});

describe('Twilio did not say whether it took the last call, and people were told', () => {
  const silent = since(list, direct, (page) => ({ kind: 'give-up', why: 'silent', ...ofRing(page) }));

  test.each<[string, State, Happening, readonly string[]]>([
    [
      'it rings: its member hears what is wrong',
      silent,
      answers,
      ['page-reopened', 'answered', 'lease-renewed'],
    ],
    [
      'it rang, and nobody picked up: the next one',
      silent,
      over({ call: '' }),
      ['page-reopened', 'not-reached', 'ring-began', 'calling'],
    ],
    ['another ring of it', silent, over({ attempt: 4 }), []],
    ['Twilio refused the call: it cannot ring', since(list, direct, refused), answers, []],
    [
      'the alert has closed since',
      since(list, silent, ({ id }) => ({ kind: 'close-all', page: id, alerts: 1, at: plus(30) })),
      answers,
      [],
    ],
  ])('%s', (_why, before, happening, kinds) => {
    expect(decided(list, before, happening).map(({ kind }) => kind)).toEqual(kinds);
  });
});

test.each<[string, State, boolean]>([
  ['the first of two rounds', rings, false],
  ['the last of the first round', aState(list, { attempt: 2 }), false],
  ['the last of all', aState(list, { attempt: 5 }), true],
  [
    'somebody who called comes after it',
    since(list, aState(list, { attempt: 5, leg: 'answered' }), ({ id }) => ({
      kind: 'ring-back',
      page: id,
      member: 0,
      at: plus(25),
    })),
    false,
  ],
])('whether anybody is rung after it: %s', (_why, state, isLast) => {
  expect(isLastRing(list, pageIn(state))).toBe(isLast);
});

test('a test of one member’s phone ends with their ring', () => {
  const one = since(list, aState(list, { end: 'closed' }), {
    ...{ kind: 'start-test', way: 'bridge', call: callSid(3), turn: 0, to: 1, at: plus(99) },
  });
  expect(pageIn(one)).toMatchObject({ taker: 1, isForOne: true });
  expect(decided(list, one, ringOver)).toEqual([
    noAnswer(1),
    { kind: 'nobody-answered', rings: 1, rounds: 1, isTest: true },
  ]);
});

test('what everybody passed on is told as such', () => {
  const passed = since(list, aState(list, { leg: 'passed', attempt: 5 }));
  expect(decided(list, passed, ringOver)).toEqual([
    { kind: 'nobody-answered', rings: 6, rounds: 2, passes: 1 },
  ]);
});
