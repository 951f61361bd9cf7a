/** Alerts close, by themselves or by phone; and what Mackerel's key and API can do. */
import type { Command, Page, State } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { allClose, aState, type Happening, notified, pageIn } from '../../support/state';
import { decided, plus, since } from './given';

const list = aDialList();
const rings = aState(list);
const listens = aState(list, { leg: 'answered' });

const closes =
  (more: object = {}): Happening =>
  (page: Page) =>
    ({ ...allClose(page), ...more }) as Command;
const beginsToClose: Happening = ({ id, attempt }) => ({
  kind: 'begin-closing',
  page: id,
  attempt,
  at: plus(20),
});
const moves =
  (more: object = {}): Happening =>
  ({ id }) => ({ kind: 'move-watch', page: id, from: 'alert-1', to: 'alert-2', at: plus(20), ...more });

const closed = { kind: 'page-closed' };
const byPhone = (member: number, alerts = 1) => ({ kind: 'closed-by-phone', member, alerts });

test.each<[string, State, Happening, readonly object[]]>([
  ['while a phone rings', rings, closes(), [closed, { kind: 'all-closed' }]],
  ['in a pause', aState(list, { attempt: 3, leg: 'pausing' }), closes(), [closed, { kind: 'all-closed' }]],
  [
    'after somebody took it: who, and how long they had it',
    aState(list, { end: 'taken' }),
    closes({ at: plus(300) }),
    [closed, { kind: 'all-closed', taker: 0, seconds: 280 }],
  ],
  ['after nobody answered', aState(list, { end: 'unanswered' }), closes(), [closed, { kind: 'all-closed' }]],
  ['by phone', listens, closes({ by: 0, alerts: 3 }), [closed, byPhone(0, 3)]],
  [
    'Mackerel tells first of what a member is closing by phone: it was them',
    since(list, listens, beginsToClose),
    closes(),
    [closed, byPhone(0)],
  ],
  [
    'a member could not close it, and the page has gone on',
    { ...aState(list, { attempt: 1 }), page: { ...pageIn(aState(list, { attempt: 1 })), closing: 0 } },
    closes(),
    [closed, { kind: 'all-closed' }],
  ],
  [
    'a ring was decided, and its phone has not rung: it never will',
    aState(list, { attempt: 1 }),
    closes({ unrung: 1 }),
    [{ kind: 'ring-withdrawn', attempt: 1 }, closed, { kind: 'all-closed' }],
  ],
  [
    'a ring before that one did ring',
    aState(list, { attempt: 1 }),
    closes({ unrung: 0 }),
    [closed, { kind: 'all-closed' }],
  ],
  ['twice', aState(list, { end: 'closed' }), closes(), []],
  ['twice, after somebody took it', since(list, aState(list, { end: 'taken' }), closes()), closes(), []],
  ['of a page that nobody remembers', rings, closes({ page: 'other' }), []],
  ['somebody looked before another alert stood for it', rings, closes({ watch: 'alert-9' }), []],
  ['somebody looked before it began another lap', rings, closes({ lap: 9 }), []],
])('the last alert of a page closes: %s', (_why, before, happening, events) => {
  expect(decided(list, before, happening)).toEqual(events);
});

test('a page before the present one closes as well', () => {
  const before = since(list, aState(list, { end: 'taken' }), notified(2, { at: plus(120) }));
  const [first] = before.ended;
  const command = { kind: 'close-all', page: first?.id ?? '', alerts: 1, at: plus(130) } as const;
  expect(decided(list, before, command)).toEqual([closed, { kind: 'all-closed', taker: 0, seconds: 110 }]);
});

test.each<[string, State, Happening, readonly object[]]>([
  ['another one stands for the page', rings, moves(), [{ kind: 'watch-moved', alert: 'alert-2', lap: 1 }]],
  [
    'newcomers had been shut out: the next lap takes them',
    rings,
    moves({ shutLap: 1 }),
    [{ kind: 'watch-moved', alert: 'alert-2', lap: 2 }],
  ],
  [
    'an earlier lap was shut',
    rings,
    moves({ shutLap: 0 }),
    [{ kind: 'watch-moved', alert: 'alert-2', lap: 1 }],
  ],
  ['somebody has moved it already', rings, moves({ from: 'alert-9' }), []],
  ['the page is closed', aState(list, { end: 'closed' }), moves(), []],
  ['nobody remembers the page', rings, moves({ page: 'other' }), []],
])('the alert that stood for a page has closed: %s', (_why, before, happening, events) => {
  expect(decided(list, before, happening)).toEqual(events);
});

test.each<[string, State, Happening, readonly object[]]>([
  ['a member begins to close', listens, beginsToClose, [{ kind: 'closing-began', attempt: 0 }]],
  [
    'the page has gone on',
    listens,
    ({ id }) => ({ kind: 'begin-closing', page: id, attempt: 1, at: plus(20) }),
    [],
  ],
  [
    'some are closed, others are open',
    listens,
    ({ id }) => ({ kind: 'closed-by-phone', page: id, by: 0, alerts: 2, at: plus(20) }),
    [byPhone(0, 2)],
  ],
  [
    'none could be closed',
    listens,
    ({ id }) => ({ kind: 'closed-by-phone', page: id, by: 0, alerts: 0, at: plus(20) }),
    [],
  ],
  [
    'the key may write: no news',
    rings,
    { kind: 'note-key', mayWrite: true, at: plus(20) },
    [{ kind: 'key-tried', mayWrite: true }],
  ],
  [
    'the key may not write: people are told',
    rings,
    { kind: 'note-key', mayWrite: false, at: plus(20) },
    [{ kind: 'read-only-key' }],
  ],
  [
    'that is known',
    since(list, rings, { kind: 'note-key', mayWrite: false, at: plus(20) }),
    { kind: 'note-key', mayWrite: false, at: plus(30) },
    [],
  ],
  [
    'Mackerel’s API does not tell',
    rings,
    ({ id }) => ({ kind: 'note-unavailable', page: id, why: 'slow', at: plus(20) }),
    [{ kind: 'unavailable', why: 'slow' }],
  ],
  [
    'that was said',
    since(list, rings, ({ id }) => ({ kind: 'note-unavailable', page: id, why: 'slow', at: plus(20) })),
    ({ id }) => ({ kind: 'note-unavailable', page: id, why: 'fault', at: plus(30) }),
    [],
  ],
  ['of another page', rings, { kind: 'note-unavailable', page: 'other', why: 'slow', at: plus(20) }, []],
])('by phone, and Mackerel: %s', (_why, before, happening, events) => {
  expect(decided(list, before, happening)).toEqual(events);
});
