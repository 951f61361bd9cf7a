/**
 * What a webhook waits for before it has answered: the requests that it makes one after another, in each set-up. Counted on
 * the switchboard, in virtual time, so it comes to the same on every machine.
 */
import { type Exchanged, type Invocation, ignores, passes, type Switchboard, takes } from '../../switchboard';
import { type BoardOptions, openBoard, phoneOf } from './board';
import { grid } from './measure';

export const setups = {
  channel: {},
  '+ Status Callback': { mackerel: { statusCallback: true } },
  '+ webhook': { mackerel: { webhook: true } },
  '+ API key': { mackerel: { apiKey: 'read' } },
  'all of it': { mackerel: { statusCallback: true, webhook: true, apiKey: 'write' } },
  direct: { start: 'webhook' },
  'direct + API key': { start: 'webhook', mackerel: { apiKey: 'read' } },
} as const satisfies Record<string, BoardOptions>;

export type SetupName = keyof typeof setups;

type Asked = { readonly path: string; readonly params: URLSearchParams };
type Situation = (asked: Asked) => boolean;

const at =
  (path: string, wanted: Readonly<Record<string, string>> = {}): Situation =>
  (asked) =>
    asked.path === path &&
    Object.entries(wanted).every(([name, value]) => (asked.params.get(name) ?? '') === value);

const OVER = new Set(['completed', 'busy', 'failed', 'no-answer']);

/** In the bridge way the call asks for the next ring; in the direct one the last status callback places it. */
const ringEnds =
  (attempt: string): Situation =>
  (asked) =>
    at('/dial-ended', { attempt })(asked) ||
    (at('/dial-status', { attempt, way: 'direct' })(asked) && OVER.has(asked.params.get('CallStatus') ?? ''));

/** With the call, or where the webhook starts pages. */
const alertComes =
  (direct: boolean): Situation =>
  ({ path, params }) =>
    direct ? path === '/mackerel-webhook' : path === '/dial-list' && !params.has('page');

/** On a page that the first member lets ring, the second passes on and the third takes; another alert comes early. */
const situations: Readonly<Record<string, Situation>> = {
  'ring ends, nobody picked up': ringEnds('0'),
  'ring ends, passed on': ringEnds('1'),
  'picked up': at('/answered', { attempt: '1' }),
  'key 2: passed on': at('/answered-key', { Digits: '2' }),
  'key 1: taken': at('/answered-key', { Digits: '1' }),
  'confirmation heard out': at('/answered-key', { attempt: '2', Digits: '' }),
};

export type Trips = { readonly oneAfterAnother: number; readonly requests: number };

/** By situation, in one set-up. */
export async function roundTripsIn(setup: SetupName): Promise<Record<string, Trips>> {
  const options: BoardOptions = setups[setup];
  const board = openBoard(options);
  try {
    await page(board, 'before');
    // Neither has anything to do with the other.
    await board.clock.run(3 * 3_600);
    const before = board.functions.invocations.length;
    await page(board, 'counted');
    const runs = board.functions.invocations.slice(before);
    const isAlert = alertComes(options.start === 'webhook');
    const [first, second] = runs.filter((run) => isAlert(asked(run)));
    const others = Object.entries(situations).map(([name, is]) => [name, runs.find((run) => is(asked(run)))]);
    return Object.fromEntries(
      [
        ['alert comes, somebody is rung', first],
        ['alert comes while somebody is rung', second],
        ...others,
      ].map(([name, run]) => [name, tripsOf(board, run as Invocation | undefined)]),
    );
  } finally {
    board.close();
  }
}

async function page(board: Switchboard, name: string): Promise<void> {
  for (const [nth, reaction] of [ignores, passes, takes].entries())
    board.exchange.phone(phoneOf(nth)).next(reaction);
  const raised = [board.mackerel.raise({ monitorName: `${name}-1`, host: { name: `${name}-1` } })];
  await board.clock.run(5);
  raised.push(board.mackerel.raise({ monitorName: `${name}-2`, host: { name: `${name}-2` } }));
  await board.untilQuiet();
  for (const id of raised) board.mackerel.close(id);
  await board.untilQuiet();
}

const asked = ({ path, request }: Invocation): Asked => ({
  path,
  params: new URLSearchParams([...request.url.searchParams, ...new URLSearchParams(request.body)]),
});

/** @throws if the page never came to that: then nothing would be counted. */
function tripsOf({ network }: Switchboard, invocation: Invocation | undefined): Trips {
  if (!invocation) throw new Error('The page never came to that');
  const all = network.log.filter(({ run }) => run === invocation.run);
  const placed = all.find(({ request }) => request.url.pathname.endsWith('/Calls.json'));
  // Once a ring is placed, nobody waits any more: what follows is for Slack and the record.
  const requests = placed ? all.filter((one) => one === placed || endOf(one) <= placed.at) : all;
  return { oneAfterAnother: oneAfterAnother(requests), requests: requests.length };
}

/** The most of them of which each began when the one before had ended. */
function oneAfterAnother(requests: readonly Exchanged[]): number {
  const inOrder = [...requests].sort((one, other) => endOf(one) - endOf(other));
  let [count, free] = [0, Number.NEGATIVE_INFINITY];
  for (const request of inOrder) {
    if (request.at < free) continue;
    count += 1;
    free = endOf(request);
  }
  return count;
}

const endOf = ({ at: began, ms = Number.POSITIVE_INFINITY }: Exchanged) => began + ms;

export async function roundTripRows(): Promise<string[]> {
  const names = Object.keys(setups) as SetupName[];
  const columns: Record<string, Trips>[] = [];
  for (const setup of names) columns.push(await roundTripsIn(setup));
  const rows = Object.keys(columns[0] ?? {}).map((situation) => [
    situation,
    ...columns.map((column) => `${column[situation]?.oneAfterAnother} (${column[situation]?.requests})`),
  ]);
  return grid(['', ...names], rows);
}
