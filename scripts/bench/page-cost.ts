/** What one page costs, with a longer list and with a longer past: it should cost the same. */
import { ignores, type Switchboard, takes } from '../../switchboard';
import { openBoard, phoneOf } from './board';
import type { Row } from './measure';

/** Seconds between two pages that have nothing to do with each other. */
const APART = 20 * 60;

export type PageCost = {
  readonly requestsToSync: number;
  /** Of Sync's requests and answers, and of the TwiML. */
  readonly bytes: number;
  /** Milliseconds of the processor. */
  readonly ms: number;
};

export type Size = {
  readonly members: number;
  readonly past: number;
  /** Somebody tells of closings: Mackerel's webhook does. */
  readonly isTold?: boolean;
};

export const small: Size = { members: 10, past: 0, isTold: true };
export const larger: Readonly<Record<string, Size>> = {
  '500 members': { ...small, members: 500 },
  '1,000 past pages': { ...small, past: 1_000 },
  '1,000 past pages, and nobody tells that they closed': { members: 10, past: 1_000 },
};

/** Pages as they come then, one after another: the first member lets it ring, the second takes it. */
export async function costsOfPages(
  { members, past, isTold = false }: Size,
  times: number,
): Promise<PageCost[]> {
  const board = openBoard({ members, mackerel: { statusCallback: true, webhook: isTold } });
  const costs: PageCost[] = [];
  try {
    for (let nth = 0; nth < past + 1; nth++) await page(board, `past-${nth}`);
    for (let nth = 0; nth < times; nth++) costs.push(await page(board, `counted-${nth}`));
    return costs;
  } finally {
    board.close();
  }
}

async function page(board: Switchboard, name: string): Promise<PageCost> {
  const { clock, exchange, mackerel, network, functions } = board;
  exchange.phone(phoneOf(0)).next(ignores);
  exchange.phone(phoneOf(1)).next(takes);
  const [asked, ran, began] = [network.log.length, functions.invocations.length, process.cpuUsage()];
  const id = mackerel.raise({ monitorName: name, host: { name } });
  await board.untilQuiet();
  const { user, system } = process.cpuUsage(began);
  mackerel.close(id);
  await board.untilQuiet();
  await clock.run(APART);
  const toSync = network.log.slice(asked).filter(({ neighbour }) => neighbour === 'sync');
  const answered = functions.invocations.slice(ran);
  const bytes = [
    ...toSync.flatMap(({ request, response }) => [request.body, response?.body ?? '']),
    ...answered.map(({ response }) => response.body),
  ].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { requestsToSync: toSync.length, bytes, ms: (user + system) / 1_000 };
}

export async function pageRows(times: number): Promise<Row[]> {
  const least = await costsOfPages(small, 4 * times);
  const rows: Row[] = [{ what: '10 members, no past', ms: least.map(({ ms }) => ms) }];
  for (const [what, size] of Object.entries(larger)) {
    const costs = await costsOfPages(size, 4 * times);
    rows.push({ what, ms: costs.map(({ ms }) => ms), beside: least.map(({ ms }) => ms) });
  }
  return rows;
}
