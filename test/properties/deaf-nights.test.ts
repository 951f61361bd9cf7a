/** Nights at random in which, from a certain one on, nothing that ends a ring is ever told again, and Mackerel sends nothing twice. */
import fc from 'fast-check';
import { isDeep } from '../support/depth';
import { broken } from './checks';
import { type History, historyIn, regimes, ticking } from './history';
import { tell } from './world';

const deaf = (history: History, from: number, ticks: History['ticks']): History => ({
  ...history,
  ticks,
  ticksEnd: undefined,
  setup: { ...history.setup, resends: false },
  callbacks: (['status', 'action'] as const).map((hook) => ({ hook, from, times: 10_000, copies: [] })),
});

const arbitrary = fc.tuple(historyIn(regimes['calls break off']), fc.integer({ min: 0, max: 6 }), ticking);
const seed = 20_261_130;
const numRuns = isDeep ? 24 : 4;

test('with the clock, what is promised holds, and every page ends', () =>
  fc.assert(
    fc.asyncProperty(arbitrary, async ([history, from, ticks]) => {
      const outcome = await tell(deaf(history, from, ticks));
      const against = broken(outcome);
      if (outcome.state?.page?.end === null) against.push('the page goes on');
      if (against.length > 0) throw new Error(against.join('\n'));
    }),
    { numRuns, seed },
  ));

test('without it, some of the same nights leave a page standing still', async () => {
  for (const [history, from] of fc.sample(arbitrary, { numRuns: 24, seed })) {
    const { state } = await tell(deaf(history, from, undefined));
    if (state?.page?.end === null) return;
  }
  throw new Error('Every page came to an end');
});
