/**
 * Whole nights at random: whoever does what, and whatever fails, what is promised holds. A few dozen here, the same
 * in every run, each shrunk to its smallest if it breaks a promise; `npm run soak` tells 100,000 others.
 */
import fc from 'fast-check';
import { isDeep } from '../support/depth';
import { broken, properties, propertyNames } from './checks';
import { historyIn, type RegimeName, regimeNames, regimes } from './history';
import { tell } from './world';

/** A history takes some 30 ms on the light switchboard, and ten times as long on the full one. */
const LIGHT = isDeep ? 24 : 6;
const FULL = 1;
const SEED = 20_261_122;

const told = (regime: RegimeName, weight: 'light' | 'full', numRuns: number) =>
  fc.assert(
    fc.asyncProperty(historyIn(regimes[regime]), async (history) => {
      const against = broken(await tell(history, weight));
      if (against.length > 0) throw new Error(against.join('\n'));
    }),
    { numRuns, seed: SEED + (weight === 'full' ? 1 : 0) },
  );

test.each(regimeNames)('%s: what is promised holds', (regime) => told(regime, 'light', LIGHT));

test.each(regimeNames)('%s: and with the real clients, server and signatures around it', (regime) =>
  told(regime, 'full', FULL),
);

test('both switchboards tell the same night in the same way', async () => {
  const [history] = fc.sample(historyIn(regimes['calls break off']), { seed: SEED + 1, numRuns: 1 });
  if (!history) throw new Error('There is no history');
  const seen = async (weight: 'light' | 'full') => {
    const { rings, slack, startedAt } = await tell(history, weight);
    const at = (ring: { at: number }) => Math.round((ring.at - startedAt) / 1000);
    return {
      rings: rings.map((ring) => `${at(ring)} ${ring.phone} ${ring.outcome} ${ring.pressed}`),
      slack: slack.map(({ text, threadTs }) => `${threadTs ? '→ ' : ''}${text}`),
    };
  };
  const light = await seen('light');
  expect(light.rings.length).toBeGreaterThan(0);
  expect(light).toEqual(await seen('full'));
});

describe('where everything works, everything is promised', () => {
  const [calm] = fc.sample(historyIn(regimes['nothing fails']), { seed: SEED, numRuns: 1 });
  test.each(propertyNames)('%s', (name) => {
    const { unless } = properties[name] as { unless?: (history: typeof calm) => boolean };
    expect(unless?.(calm) ?? false).toBe(false);
  });
});
