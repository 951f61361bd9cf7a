/**
 * Nights at random that only the clock ends: from a certain one on, nothing that ends a ring is ever told again, and Mackerel
 * sends nothing twice. And nights of three hours in which nobody picks up.
 */
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

/** The last alert closes at once: it only makes the night long. */
const long = (history: History, ticks: History['ticks']): History => ({
  ...history,
  ticks,
  ticksEnd: undefined,
  people: [],
  alerts: [...history.alerts, { at: 3 * 3_600, status: 'CRITICAL', next: [{ after: 30, what: 'close' }] }],
});
const numRuns = isDeep ? 8 : 2;

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

test('nobody picks up for three hours: what is open has rung a few minutes ago', () =>
  fc.assert(
    fc.asyncProperty(historyIn(regimes['nothing fails']), ticking, async (history, ticks) => {
      const against = broken(await tell(long(history, ticks)));
      if (against.length > 0) throw new Error(against.join('\n'));
    }),
    { numRuns: isDeep ? 8 : 2, seed },
  ));
