/** Nights at random with the clock: whatever callback is lost and whatever call breaks off, every page comes to an end. */
import fc from 'fast-check';
import { type History, historyIn, type RegimeName, regimes } from './history';
import { tell } from './world';

/** Some come, some are lost, some come twice or five times at once. */
const ticks = fc
  .array(fc.constantFrom(0, 1, 1, 2, 5), { minLength: 1, maxLength: 5 })
  .filter((copies) => copies.some((times) => times > 0));

/** From a certain one on, nothing that ends a ring comes any more, and Mackerel sends nothing again. */
const deaf = (history: History, from: number): History => ({
  ...history,
  setup: { ...history.setup, resends: false },
  callbacks: (['status', 'action'] as const).map((hook) => ({ hook, from, times: 10_000, copies: [] })),
});

async function endOf(history: History): Promise<object> {
  const { isEndless, state } = await tell(history);
  return { isEndless, goesOn: state?.page?.end === null };
}
const ended = { isEndless: false, goesOn: false };

test.each<RegimeName>(['nothing fails', 'calls break off', 'all but Sync fails'])(
  '%s: every page ends',
  (regime) =>
    fc.assert(
      fc.asyncProperty(historyIn(regimes[regime]), ticks, async (history, copies) => {
        expect(await endOf({ ...history, ticks: copies })).toEqual(ended);
      }),
      { numRuns: 12, seed: 20_261_129 },
    ),
);

describe('no end of a ring is ever told again', () => {
  const arbitrary = fc.tuple(historyIn(regimes['calls break off']), fc.integer({ min: 0, max: 6 }), ticks);
  const seed = 20_261_130;

  test('with the clock, every page ends all the same', () =>
    fc.assert(
      fc.asyncProperty(arbitrary, async ([history, from, copies]) => {
        expect(await endOf({ ...deaf(history, from), ticks: copies })).toEqual(ended);
      }),
      { numRuns: 24, seed },
    ));

  test('without it, some of the same nights leave one standing still', async () => {
    let standing = 0;
    for (const [history, from] of fc.sample(arbitrary, { numRuns: 24, seed })) {
      const { goesOn } = (await endOf({ ...deaf(history, from), ticks: undefined })) as { goesOn: boolean };
      if (goesOn) standing += 1;
    }
    expect(standing).toBeGreaterThan(0);
  });
});
