/** In two of the nights, Sync goes wrong in one of the two worst ways, and callbacks come twice or late. The soak does all. */
import { broken } from './checks';
import { faultyCallbacks, faultyRequests, nights, type SingleFault } from './single-faults';
import { tell } from './world';

/** Refused at once; and done, but answered when nobody waits any more. */
const WORST = {
  'bridge: the second takes it': { kind: 'slow', seconds: 5 },
  'direct: the second takes it': { kind: 'down' },
} as const;

async function against(histories: readonly SingleFault[]): Promise<string[]> {
  expect(histories.length).toBeGreaterThan(20);
  const found: string[] = [];
  for (const { what, history } of histories) {
    found.push(...broken(await tell(history)).map((promise) => `${what}: ${promise}`));
  }
  return found;
}

describe.each(Object.entries(WORST))('%s', (name, worst) => {
  const night = nights[name];
  if (!night) throw new Error(`There is no night "${name}"`);

  test('each request to Sync fails once', async () => {
    expect(await against(await faultyRequests(night, 'sync', [worst]))).toEqual([]);
  });

  test('each callback comes twice, late, or in vain', async () => {
    expect(await against(await faultyCallbacks(night))).toEqual([]);
  });
});
