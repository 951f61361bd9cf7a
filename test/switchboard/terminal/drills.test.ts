/** One drill after the other, as Enter and the control raise alerts at any moment, in virtual time on the sources. */
import { dialList, openSwitchboard, type Switchboard } from '../../../switchboard';
import { type Game, type Move, make } from '../../../switchboard/room/moves';
import { placesIn } from '../../../switchboard/room/places';
import { drillsOn } from '../../../switchboard/terminal/drills';
import { phrasesIn } from '../../../switchboard/terminal/phrases';
import { plain, type Row } from '../../../switchboard/terminal/row';
import { transport } from '../../support/transport';

const phrases = phrasesIn('en');

let board: Switchboard;
const log = [jest.spyOn(console, 'log'), jest.spyOn(console, 'warn')];
beforeEach(() => log.forEach((spy) => void spy.mockImplementation(() => undefined)));
afterEach(() => board.close());

const people = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ name: `M${place + 1}`, phone: `+81500000${1000 + place}` }));

function opened(written: object) {
  const list = dialList({ rotation: { every: 'never' }, members: people(3), ...written });
  board = openSwitchboard({ startAt: new Date('2026-11-22T18:00:00Z'), list, from: 'source', transport });
  const game: Game = { board, list, places: placesIn(list) };
  const rows: string[] = [];
  const print = (...printed: readonly Row[]) =>
    void rows.push(...printed.map(({ label, spans }) => plain([...(label ? [label] : []), ...spans])));
  const drills = drillsOn(board, {
    list,
    phrases,
    screen: { isTTY: false, columns: () => ({}) as never, print, live: () => {}, close: () => {} },
    make: (move, options) => make(game, move as Exclude<Move, { do: 'break' }>, options),
    hands: () => 0,
    logLines: [],
    afterFirst: (alert) => [{ spans: [{ text: `after ${alert}` }] }],
  });
  return { drills, rows, list };
}

const verdicts = (rows: readonly string[]) => rows.filter((row) => /^[✓✗]/.test(row));
const plans = (rows: readonly string[]) => rows.filter((row) => row.startsWith(phrases.labels.plan));
const isTaken = () => board.exchange.events.some((event) => event.kind === 'pressed' && event.digit === '1');

test.each([0, 0.5, 1, 2, 4, 6, 8, 10])(
  'an alert %d s after key 1 joins, or gets a plan of its own: no verdict is a false one',
  async (seconds) => {
    const { drills, rows } = opened({});
    const alert = drills.next();
    await board.clock.runUntil(isTaken);
    await board.clock.run(seconds);
    drills.next();
    await board.clock.run(30);
    await board.untilQuiet();
    await board.clock.run(10);
    expect(verdicts(rows).filter((row) => !row.startsWith('✓'))).toEqual([]);
    expect(verdicts(rows)).toHaveLength(plans(rows).length);
    expect(rows.filter((row) => row === `after ${alert}`)).toHaveLength(1);
  },
);

test('where picking up takes it, too', async () => {
  const { drills, rows } = opened({ answer: 'pickup' });
  drills.next();
  await board.clock.runUntil(() =>
    board.exchange.events.some((event) => event.kind === 'answered' && event.by === 'person'),
  );
  await board.clock.run(6);
  drills.next();
  await board.untilQuiet();
  await board.clock.run(10);
  expect(verdicts(rows)).toHaveLength(plans(rows).length);
  expect(verdicts(rows).join()).not.toContain('✗');
});

test('an alert before anybody took it is one more for the same drill', async () => {
  const { drills, rows } = opened({});
  drills.next();
  await board.clock.run(20);
  drills.next();
  await board.untilQuiet();
  await board.clock.run(10);
  expect(plans(rows)).toHaveLength(1);
  expect(verdicts(rows)).toEqual([expect.stringMatching(/^✓/)]);
});

test('a page that goes on ringing after it was taken is told of as before', async () => {
  const { drills, rows } = opened({ rounds: 2 });
  board.network.fault('slack', { kind: 'down' });
  drills.next();
  await board.untilQuiet();
  await board.clock.run(10);
  expect(verdicts(rows)).toEqual([expect.stringMatching(/^✗/)]);
});
