/**
 * Whole nights at random: whatever people do and whatever fails, the promises hold. A few dozen here, the same in
 * every run, each shrunk if it breaks a promise; `npm run soak` tells 100,000 others.
 */
import fc from 'fast-check';
import { isDeep } from '../support/depth';
import { transport } from '../support/transport';
import { broken, properties, propertyNames } from './checks';
import { type History, historyIn, regimeNames, regimes } from './history';
import { type Transport, tell } from './world';

const RUNS = transport === 'direct' && isDeep ? 12 : 3;
const SEED = 20_261_122;

test.each(regimeNames)('%s: what is promised holds', (regime) =>
  fc.assert(
    fc.asyncProperty(historyIn(regimes[regime]), async (history) => {
      const against = broken(await tell(history));
      if (against.length > 0) throw new Error(against.join('\n'));
    }),
    { numRuns: RUNS, seed: SEED + (transport === 'http' ? 1 : 0) },
  ),
);

test('both transports tell the same night in the same way', async () => {
  const [history] = fc.sample(historyIn(regimes['calls break off']), { seed: SEED + 1, numRuns: 1 });
  if (!history) throw new Error('There is no history');
  const seen = async (by: Transport) => {
    const { rings, slack, startedAt } = await tell(history, by);
    const at = (ring: { at: number }) => Math.round((ring.at - startedAt) / 1000);
    return {
      rings: rings.map((ring) => `${at(ring)} ${ring.phone} ${ring.outcome} ${ring.pressed}`),
      slack: slack.map(({ text, threadTs }) => `${threadTs ? '→ ' : ''}${text}`),
    };
  };
  const direct = await seen('direct');
  expect(direct.rings.length).toBeGreaterThan(0);
  expect(direct).toEqual(await seen('http'));
});

describe('where everything works, everything is promised', () => {
  const [sampled] = fc.sample(historyIn(regimes['nothing fails']), { seed: SEED, numRuns: 1 });
  const calm = { ...(sampled as History), ticks: [1], ticksEnd: undefined };
  test.each(propertyNames)('%s', (name) => {
    const { unless } = properties[name] as { unless?: (history: typeof calm) => boolean };
    expect(unless?.(calm) ?? false).toBe(false);
  });
});
