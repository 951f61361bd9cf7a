/** A member calls us: how things stand, and ringing them back. */
import { decide, emptyState, type Page, type State, standingOf } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { callSid } from '../../support/event';
import { aState, type Happening, notified, pageIn, pauseOver, ringOver } from '../../support/state';
import { decided, plus, ringing, since } from './given';

const list = aDialList();
const rings = aState(list);

const calls =
  (member: number, at = 20): Happening =>
  ({ id }: Page) => ({ kind: 'ring-back', page: id, member, at: plus(at) });
const due = (attempt: number, member: number, more: object = {}) => ({
  kind: 'ring-back-due',
  back: { attempt, member, ...more },
});
const called = (member: number) => ({ kind: 'called-in', member });

test.each<[string, State, Happening, readonly object[]]>([
  [
    'somebody else’s phone rings: it stops, and comes once more',
    rings,
    calls(2),
    [due(1, 2, { isCutIn: true }), called(2), ...ringing(1, 2)],
  ],
  ['their own phone rings: they are rung at once', rings, calls(0), [due(1, 0), called(0), ...ringing(1, 0)]],
  [
    'in a pause: at once',
    aState(list, { attempt: 3, leg: 'pausing' }),
    calls(1),
    [due(3, 1), called(1), ...ringing(3, 1)],
  ],
  [
    'somebody listens, and is not cut off: next',
    aState(list, { leg: 'answered' }),
    calls(2),
    [due(1, 2), called(2)],
  ],
  ['somebody has passed it on: next', aState(list, { leg: 'passed' }), calls(2), [due(1, 2), called(2)]],
  [
    'another one is promised that already',
    since(list, aState(list, { leg: 'answered' }), calls(2)),
    calls(1),
    [],
  ],
  [
    'nobody answered: by a call of our own',
    aState(list, { end: 'unanswered' }),
    calls(1, 300),
    [due(6, 1), { kind: 'page-reopened' }, called(1), ...ringing(6, 1, { at: 300, way: 'direct' })],
  ],
  [
    'the call that carried it has died: by a call of our own',
    rings,
    calls(1, 300),
    [due(1, 1, { isCutIn: true }), called(1), ...ringing(1, 1, { at: 300, way: 'direct' })],
  ],
  ['somebody has it', aState(list, { end: 'taken' }), calls(1), []],
  ['it is closed', aState(list, { end: 'closed' }), calls(1), []],
  ['a test of the line', aState(list, { isTest: true }), calls(1), []],
  ['another page', rings, () => ({ kind: 'ring-back', page: 'other', member: 1, at: plus(20) }), []],
  ['a day after nobody answered', aState(list, { end: 'unanswered' }), calls(1, 86_500), []],
  ['for the fourth time', since(list, rings, calls(0), calls(0), calls(0)), calls(0), []],
])('%s', (_why, before, happening, events) => {
  expect(decided(list, before, happening)).toEqual(events);
});

describe('what comes after a ring out of turn', () => {
  const members = (state: State, times: number) => {
    const rung: (number | string)[] = [];
    let now = state;
    for (let nth = 0; nth < times; nth++) {
      const happening = pageIn(now).leg === 'pausing' ? pauseOver : ringOver;
      const events = decide(list, now, happening(pageIn(now)));
      rung.push(...events.flatMap((event) => (event.kind === 'calling' ? [event.member] : [])));
      if (events.some(({ kind }) => kind === 'pause-began')) rung.push('pause');
      if (events.some(({ kind }) => kind === 'nobody-answered')) rung.push('end');
      now = since(list, now, happening);
    }
    return rung;
  };
  const listens = aState(list, { leg: 'answered' });
  const promised = since(list, listens, calls(2));
  const silentAndPromised = since(list, promised, calls(1, 900));

  test.each<[string, State, readonly (number | string)[]]>([
    ['who was cut short, then the others in order', since(list, rings, calls(2)), [0, 1, 2, 'pause', 0, 1]],
    ['whose own ring it was is not rung twice more', since(list, rings, calls(0)), [1, 2, 'pause', 0, 1, 2]],
    ['who was promised it, then the others in order', promised, [2, 1, 2, 'pause', 0, 1]],
    [
      'at the end of a round: who was promised it, with no pause before or after',
      since(list, aState(list, { attempt: 2, leg: 'answered' }), calls(0)),
      [0, 0, 1, 2, 'end'],
    ],
    [
      'behind the last ring: who was promised it, then the end',
      since(list, aState(list, { attempt: 5, leg: 'answered' }), calls(0)),
      [0, 'end'],
    ],
    [
      'the call died, and another one calls: them, and then who was promised it',
      silentAndPromised,
      [2, 1, 2],
    ],
  ])('%s', (_why, state, rung) => {
    expect(members(state, rung.length)).toEqual(rung);
  });

  test('who calls although the call died is rung, not who was promised it before', () => {
    expect(decided(list, promised, calls(1, 900)).slice(-1)).toEqual([
      { kind: 'calling', attempt: 1, member: 1 },
    ]);
  });
});

const page = pageIn(rings).id;

test.each<[string, State, number, object]>([
  ['nothing has ever happened', emptyState, 20, { kind: 'quiet' }],
  ['a phone rings', rings, 20, { kind: 'ringing', page }],
  ['somebody listens', aState(list, { leg: 'answered' }), 20, { kind: 'listening', page }],
  ['nobody answered', aState(list, { end: 'unanswered' }), 600, { kind: 'unanswered', minutes: 10, page }],
  ['somebody has it', since(list, aState(list, { end: 'taken' })), 620, { kind: 'held', by: 0, minutes: 10 }],
  [
    'they have had it for more than a day',
    since(list, aState(list, { end: 'taken' })),
    90_000,
    { kind: 'quiet' },
  ],
  ['a test of the line', aState(list, { isTest: true }), 20, { kind: 'rehearsal' }],
  ['a test whose call has died', aState(list, { isTest: true }), 900, { kind: 'quiet' }],
  [
    'people have called three times: no more',
    since(list, rings, calls(0), calls(0), calls(0)),
    25,
    { kind: 'ringing' },
  ],
])('what a caller is told: %s', (_what, state, at, standing) => {
  expect(standingOf(state, plus(at))).toEqual(standing);
});

test('nobody is rung back for what has closed; for another alert they are', () => {
  const closed = since(list, aState(list, { end: 'unanswered' }));
  const alerts = closed.alerts.map((alert) => ({ ...alert, closedAt: plus(40) }));
  expect(decided(list, { ...closed, alerts }, calls(1, 300))).toEqual([]);
  expect(
    decided(list, since(list, closed, notified(2, { call: callSid(2), at: plus(400) })), calls(1, 401)),
  ).toContainEqual(called(1));
});
