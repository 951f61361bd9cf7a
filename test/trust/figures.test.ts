/** Figures that are the same on every machine, and must not grow. `npm run bench` shows them all, and what takes time. */
import { costsOfPages, type PageCost, type Size, small } from '../../scripts/bench/page-cost';
import { roundTripsIn, type SetupName } from '../../scripts/bench/round-trips';

/** Requests one after another; what is left out has no caller, no member and no ring that waits for it. */
test.each<[SetupName, rings: number, ringEnds: number, passedOn: number, pickedUp: number]>([
  ['channel', 2, 1, 2, 1],
  ['+ Status Callback', 2, 1, 2, 1],
  ['+ webhook', 2, 1, 2, 1],
  ['+ API key', 2, 2, 2, 2],
  ['all of it', 2, 2, 2, 1],
  // The last one places the call.
  ['direct', 3, 3, 3, 2],
  ['direct + API key', 3, 3, 3, 2],
])(
  '%s: no ring, message or key waits for more round trips',
  async (setup, rings, ringEnds, passedOn, pickedUp) => {
    const trips = await roundTripsIn(setup);
    const most = {
      'alert comes, somebody is rung': rings,
      'ring ends, nobody picked up': ringEnds,
      'ring ends, passed on': passedOn,
      'picked up': pickedUp,
      'key 2: passed on': 1,
      'key 1: taken': 1,
    };
    for (const [situation, count] of Object.entries(most))
      expect([situation, trips[situation]?.oneAfterAnother]).toEqual([situation, count]);
  },
);

const last = (costs: readonly PageCost[]) => costs.at(-1) as PageCost;

test('a page costs the same with 500 members', async () => {
  const least = last(await costsOfPages(small, 1));
  const cost = last(await costsOfPages({ ...small, members: 500 }, 1));
  expect(cost.requestsToSync / least.requestsToSync).toBeLessThan(1.2);
  expect(cost.bytes / least.bytes).toBeLessThan(1.2);
});

/** By then, the document and the cursor know as many past pages as they ever will. */
const settled: Size = { ...small, past: 20 };

test('a page costs the same after 20 others and after 40', async () => {
  const least = last(await costsOfPages(settled, 1));
  const cost = last(await costsOfPages({ ...settled, past: 40 }, 1));
  expect(cost.requestsToSync / least.requestsToSync).toBeLessThan(1.02);
  expect(cost.bytes / least.bytes).toBeLessThan(1.02);
});
