/** Nights at random with the clock: whatever callback is lost and whatever call breaks off, every page comes to an end. */
import fc from 'fast-check';
import { historyIn, type RegimeName, regimes } from './history';
import { tell } from './world';

/** Some come, some are lost, some come twice or five times at once. */
const ticks = fc
  .array(fc.constantFrom(0, 1, 1, 2, 5), { minLength: 1, maxLength: 5 })
  .filter((copies) => copies.some((times) => times > 0));

test.each<RegimeName>([
  'nothing fails',
  'callbacks late, doubled, swapped',
  'calls break off',
  'all but Sync fails',
])('%s: every page ends', (regime) =>
  fc.assert(
    fc.asyncProperty(historyIn(regimes[regime]), ticks, async (history, copies) => {
      const { isEndless, state } = await tell({ ...history, ticks: copies }, 'light');
      expect({ isEndless, goesOn: state?.page?.end === null }).toEqual({ isEndless: false, goesOn: false });
    }),
    { numRuns: 20, seed: 20_261_129 },
  ),
);
