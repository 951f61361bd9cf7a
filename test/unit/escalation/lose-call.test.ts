/** The call that carried a page is gone: the page goes on by calls of our own, if it can. */
import type { Command, Page, State } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { callSid } from '../../support/event';
import { aState, type Happening, pageIn } from '../../support/state';
import { decided, plus, ringing, since, stateAfter } from './given';

const list = aDialList();
const rings = aState(list);
/** The present ring began 20 s after the page, for those that are further on. */
const second = aState(list, { attempt: 1 });

const lost =
  (more: object = {}): Happening =>
  ({ call }: Page) =>
    ({ kind: 'lose-call', call, isSure: true, canCall: true, at: plus(60), ...more }) as Command;
const direct = { way: 'direct', at: 60 } as const;
const went = { kind: 'went-direct' };

test.each<[string, State, Happening, readonly object[]]>([
  ['while a phone rings: the next member', second, lost(), [went, ...ringing(2, 2, direct)]],
  [
    'while somebody listens, and nobody has taken it',
    aState(list, { leg: 'answered' }),
    lost(),
    [went, ...ringing(1, 1, direct)],
  ],
  [
    'within 5 s of the ring’s beginning: that phone may not have rung, so it rings again',
    rings,
    lost({ at: plus(4) }),
    [
      went,
      { kind: 'ring-back-due', back: { attempt: 1, member: 0 } },
      ...ringing(1, 0, { way: 'direct', at: 4 }),
    ],
  ],
  ['5 s after it', rings, lost({ at: plus(5) }), [went, ...ringing(1, 1, { way: 'direct', at: 5 })]],
  [
    'within 5 s of a pickup: it rang',
    aState(list, { leg: 'answered' }),
    lost({ at: plus(22) }),
    [went, ...ringing(1, 1, { way: 'direct', at: 22 })],
  ],
  [
    'at the end of a round that was over soon: the rest of the pause first',
    aState(list, { attempt: 2, leg: 'answered' }),
    lost({ at: plus(25), webhookId: 'w' }),
    [went, { kind: 'pause-began', attempt: 3, until: plus(30 + 35), placedBy: 'w' }],
  ],
  [
    'in a pause: the rest of it',
    aState(list, { attempt: 3, leg: 'pausing' }),
    lost({ at: plus(25) }),
    [went, { kind: 'pause-began', attempt: 3, until: plus(30 + 35), placedBy: undefined }],
  ],
  [
    'in a pause that is over by now',
    aState(list, { attempt: 3, leg: 'pausing' }),
    lost(),
    [went, ...ringing(3, 0, { ...direct, isRound: true })],
  ],
  [
    'at the last ring: people are told loudly',
    aState(list, { attempt: 5 }),
    lost(),
    [went, { kind: 'nobody-answered', rings: 6, rounds: 2 }],
  ],
  [
    'no call of ours can be placed: people are told loudly',
    second,
    lost({ canCall: false }),
    [{ kind: 'call-lost', isSure: true }],
  ],
  [
    'somebody may have taken it, for Sync does not say',
    second,
    lost({ isSure: false }),
    [{ kind: 'call-lost', isSure: false }],
  ],
  [
    'Mackerel’s API did not tell whether it is open',
    second,
    lost({ unavailable: 'slow' }),
    [{ kind: 'unavailable', why: 'slow' }, went, ...ringing(2, 2, direct)],
  ],
  [
    'a test: who tried the line has hung up',
    aState(list, { isTest: true, leg: 'answered' }),
    lost(),
    [{ kind: 'nobody-answered', rings: 1, rounds: 1, isTest: true }],
  ],
  [
    'the same, and no call can be placed',
    aState(list, { isTest: true }),
    lost({ canCall: false }),
    [{ kind: 'nobody-answered', rings: 1, rounds: 1, isTest: true }],
  ],
  ['another call', second, lost({ call: callSid(9) }), []],
  ['twice', since(list, second, lost()), lost({ call: callSid(1) }), []],
  ['somebody has it', aState(list, { end: 'taken' }), lost(), []],
  ['it is closed', aState(list, { end: 'closed' }), lost(), []],
])('%s', (_why, before, happening, events) => {
  expect(decided(list, before, happening)).toEqual(events);
});

test('from then on the page is carried by no call of Mackerel’s, in a pause as well', () => {
  const early = aState(list, { attempt: 2, leg: 'answered' });
  const pausing = stateAfter(list, early, lost({ at: plus(25), webhookId: 'w' }));
  expect(pageIn(pausing)).toMatchObject({ way: 'direct', call: '', leg: 'pausing', placedBy: 'w' });
});
