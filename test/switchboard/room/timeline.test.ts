/** The journal folded into what there is to be seen, and drawn as lanes: plain values, no browser, no switchboard. */
import type { Entry, Happening } from '../../../switchboard/room/journal';
import { isInHand, latestCallAt, musicOf, standingOf } from '../../../switchboard/room/lines';
import { stretchesOf, timelineOf } from '../../../switchboard/room/timeline';
import { foldAll } from '../../../switchboard/room/view';

type Step = readonly [second: number, happening: Happening];
const viewOf = (...steps: readonly Step[]) =>
  foldAll(steps.map(([second, happening], n) => ({ ...happening, n, at: second * 1000 }) as Entry));

const rung = (call: string, to: string): Happening => ({
  kind: 'call',
  call,
  direction: 'outbound-dial',
  from: 'a',
  to,
});
const rings = (call: string): Happening => ({ kind: 'ringing', call, most: 65 });
const answered = (call: string, by: 'person' | 'voicemail' | 'number'): Happening => ({
  kind: 'answered',
  call,
  by,
});
const says = (call: string, text: string, seconds: number): Happening => ({
  kind: 'says',
  call,
  text,
  language: 'en-US',
  seconds,
});
const presses = (call: string, digit: string): Happening => ({ kind: 'pressed', call, digit, taken: true });
const ended = (call: string, status: 'completed' | 'no-answer'): Happening => ({
  kind: 'ended',
  call,
  who: 'timeout',
  status,
});
const music: readonly Step[] = [
  [0, { kind: 'call', call: 'B', direction: 'inbound', from: 'a', to: 'b' }],
  [0, answered('B', 'number')],
  [0, { kind: 'plays', call: 'B', what: '/hold-music.wav' }],
];
const ignored: readonly Step[] = [
  [0, rung('1', 'm0')],
  [0, rings('1')],
  [65, ended('1', 'no-answer')],
];
const taken: readonly Step[] = [
  [65, rung('2', 'm1')],
  [66, rings('2')],
  [70, answered('2', 'person')],
  [71, says('2', 'Which key?', 10)],
  [75, presses('2', '1')],
  [80, ended('2', 'completed')],
];

test.each<[string, Step[], string]>([
  ['dialed', [[0, rung('1', 'm0')]], 'dialed'],
  ['ringing', ignored.slice(0, 2), 'ringing'],
  ['not answered', [...ignored], 'over'],
  ['picked up', taken.slice(0, 3), 'talking'],
  ['a voicemail', [...taken.slice(0, 2), [70, answered('2', 'voicemail')]], 'voicemail'],
  [
    'a call of one’s own, before it is answered',
    [[0, { kind: 'call', call: '1', direction: 'inbound', from: 'm0', to: 'a' }]],
    'talking',
  ],
])('a phone that is %s', (_why, steps, standing) => {
  const [call] = [...viewOf(...steps).calls.values()];
  expect(call && standingOf(call)).toBe(standing);
});

test('a key cuts short what is being said; what has been said in full is not cut', () => {
  const [call] = [...viewOf(...taken).calls.values()];
  expect(call?.speech).toMatchObject({ text: 'Which key?', cutAt: 75_000 });
  const [whole] = [...viewOf(...taken.slice(0, 4), [90, ended('2', 'completed')]).calls.values()];
  expect(whole?.speech?.cutAt).toBeUndefined();
});

test('the call at a phone is the one that is up, else the latest, made from there or to it', () => {
  const view = viewOf(
    ...ignored,
    ...taken,
    [90, rung('3', 'm0')],
    [91, { kind: 'call', call: '4', direction: 'inbound', from: 'm2', to: 'a' }],
  );
  expect(['m0', 'm1', 'm2', 'own'].map((phone) => latestCallAt(view, phone)?.call)).toEqual([
    '3',
    '2',
    '4',
    undefined,
  ]);
});

test('music plays until its leg ends', () => {
  expect(musicOf(viewOf(...music))?.call).toBe('B');
  expect(musicOf(viewOf(...music, [9, ended('B', 'completed')]))).toBeUndefined();
});

test('a clean state begins anew, and keeps how fast time runs', () => {
  const settings = { speed: 20, isPaused: false, habits: {}, faults: {}, isPlaying: false };
  const view = viewOf([0, { kind: 'settings', settings }], ...ignored, [
    99,
    { kind: 'opened', room: {} as never },
  ]);
  expect([view.calls.size, view.settings.speed]).toEqual([0, 20]);
});

test('a page as lanes: Mackerel, number B, the phones in the order of ringing, Slack', () => {
  const view = viewOf([0, { kind: 'notified', about: 'x', by: 'call' }], ...music, ...ignored, ...taken, [
    81,
    ended('B', 'completed'),
  ]);
  const { lanes } = timelineOf(view, 0, 81_000, 81_000);
  expect(
    lanes.map(({ id, bars, marks }) => [
      id,
      ...bars.map(({ kind, from, to, end }) => [kind, from / 1000, to / 1000, end ?? ''].join(' ').trim()),
      ...marks.map(({ kind, at, what }) => `${kind} ${at / 1000} ${what}`),
    ]),
  ).toEqual([
    ['mackerel', 'notified 0 x'],
    ['b', 'music 0 81'],
    ['m0', 'ringing 0 65 no-answer'],
    ['m1', 'waiting 65 66', 'ringing 66 70', 'talking 70 80 completed', 'key 75 1'],
    ['slack'],
  ]);
});

test.each<[string, number, number]>([
  ['minutes later it is the same story', 180, 1],
  ['long afterwards it is another', 600, 2],
])('%s', (_why, later, count) => {
  expect(stretchesOf(viewOf(...ignored, [65 + later, rung('2', 'm0')]), (65 + later) * 1000)).toHaveLength(
    count,
  );
});

test('whoever picked up or called can press keys; a voicemail and number B cannot', () => {
  const view = viewOf(
    ...music,
    ...taken,
    [90, rung('3', 'm0')],
    [91, answered('3', 'voicemail')],
    [92, { kind: 'call', call: '4', direction: 'inbound', from: 'own', to: 'a' }],
  );
  expect([...view.calls.values()].map((call) => [call.call, isInHand(call)])).toEqual([
    ['B', false],
    ['2', true],
    ['3', false],
    ['4', true],
  ]);
});
