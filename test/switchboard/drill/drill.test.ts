/** Whole drills on the sources, in virtual time: on lists of all kinds, and with something broken. */
import { checkDialList } from '../../../src/dial-list/check';
import { openSwitchboard, type Switchboard } from '../../../switchboard';
import { startDrill } from '../../../switchboard/drill/drill';
import { type Act, planFor } from '../../../switchboard/drill/scripted-people';
import { type Facts, problemsOf } from '../../../switchboard/drill/verdict';
import { transport } from '../../support/transport';

const TWO_HOURS = 7200;

let board: Switchboard;
const log = [jest.spyOn(console, 'log'), jest.spyOn(console, 'warn')];
beforeEach(() => log.forEach((spy) => void spy.mockImplementation(() => undefined)));
afterEach(() => board.close());

const people = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ name: `M${place + 1}`, phone: `+81500000${1000 + place}` }));

function listOf(written: object) {
  const checked = checkDialList({
    timeZone: 'Asia/Tokyo',
    language: 'ja',
    rotation: { every: 'never' },
    ...written,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  return checked.list;
}

async function drilled(
  written: object,
  { plan: given, before }: { plan?: readonly Act[]; before?: () => void } = {},
): Promise<{ facts: Facts; problems: string[] }> {
  const list = listOf(written);
  board = openSwitchboard({ startAt: new Date('2026-11-22T18:00:00Z'), list, from: 'source', transport });
  before?.();
  const drill = startDrill(board, list, given ?? planFor(list, 0), () => board.mackerel.raise());
  let facts: Facts | null | undefined;
  void drill.over.then((told) => {
    facts = told;
  });
  await board.clock.runUntil(() => facts !== undefined, TWO_HOURS);
  if (!facts) throw new Error('The drill does not end');
  return { facts, problems: problemsOf(facts, list).map(({ kind }) => kind) };
}

test.each<[string, object, number]>([
  ['one member', { members: people(1) }, 1],
  ['two members', { members: people(2) }, 2],
  ['three members', { members: people(3) }, 3],
  ['twelve members', { members: people(12) }, 3],
  ['one round only', { members: people(3), rounds: 1 }, 3],
  ['in English', { members: people(3), language: 'en' }, 3],
  ['the shortest rings', { members: people(3), ringSeconds: 5 }, 3],
  ['picking up takes it', { members: people(3), answer: 'pickup' }, 3],
  [
    'somebody else is first today',
    { members: people(3), rotation: { every: 'day', since: '2026-11-20' } },
    3,
  ],
  ['the same phone again and again', { members: [...people(1), ...people(1), ...people(1)] }, 3],
])('%s', async (_why, list, rings) => {
  const { facts, problems } = await drilled(list);
  expect(problems).toEqual([]);
  expect(facts.rings).toHaveLength(rings);
});

test('a drill that nobody takes fails', async () => {
  const { problems } = await drilled({ members: people(2), rounds: 1 }, { plan: ['ignore', 'pass'] });
  expect(problems).toContain('not-taken');
});

test('a drill of which Slack hears nothing fails', async () => {
  const { problems } = await drilled(
    { members: people(2) },
    { before: () => board.network.fault('slack', { kind: 'down' }) },
  );
  expect(problems).toEqual(['not-in-slack']);
});

test('a drill that goes on beyond its plan fails', async () => {
  const { problems } = await drilled({ members: people(3), rounds: 2 }, { plan: ['pass'] });
  expect(problems).toEqual(expect.arrayContaining(['not-taken', 'rings']));
});

test('a drill in which a webhook does not arrive fails', async () => {
  const { problems } = await drilled(
    { members: people(1) },
    {
      before: () => {
        const { exchange } = board;
        exchange.delivery = ({ kind }) => (kind === 'whisper' ? [] : [0]);
      },
    },
  );
  expect(problems).toEqual(expect.arrayContaining(['not-taken', 'fault']));
});
