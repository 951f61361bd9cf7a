/**
 * Random histories by the hundred thousand, over all cores: `npm run soak`.
 *
 *   npm run soak -- --histories 1000 --seed 7      so many, of another chance
 *   npm run soak -- --from 40000                   goes on from history 40000
 *   npm run soak -- --only 4711                    tells that one again, shrinks it and prints it
 *   npm run soak -- --cores 1
 *
 * A history's number and the seed are all that it takes to tell it again.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { broken, propertyNames } from '../test/properties/checks';
import { historyIn, regimes } from '../test/properties/history';
import {
  type Found,
  historyOf,
  nothingYet,
  regimeOf,
  soakOne,
  sum,
  type Tally,
  weightOf,
} from '../test/properties/soak';
import { tell } from '../test/properties/world';

type Stretch = { readonly seed: number; readonly from: number; readonly to: number };

const STRETCH = 200;
const SHOWN = 20;

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
    cores: { type: 'string', default: String(availableParallelism()) },
  },
});
const seed = Number(values.seed);

if (process.send) work();
else if (values.only !== undefined) void only(Number(values.only));
else void lead(Number(values.from), Number(values.from) + Number(values.histories), Number(values.cores));

/** In a child: tells one stretch after the other. */
function work(): void {
  // Time-outs make an error each; where they came from interests nobody.
  Error.stackTraceLimit = 0;
  process.on('message', async ({ from, to }: Stretch) => {
    let tally = nothingYet;
    for (let number = from; number < to; number++) tally = await soakOne(tally, seed, number);
    process.send?.(tally);
  });
  process.on('disconnect', () => process.exit());
}

async function lead(from: number, to: number, cores: number): Promise<void> {
  const startedAt = Date.now();
  let tally = nothingYet;
  let next = from;
  const hand = (child: ChildProcess) => {
    if (next >= to) return void child.disconnect();
    const stretch: Stretch = { seed, from: next, to: Math.min(next + STRETCH, to) };
    next = stretch.to;
    child.send(stretch);
  };
  await Promise.all(
    Array.from({ length: cores }, () => {
      const child = fork(__filename, process.argv.slice(2), { execArgv: process.execArgv });
      child.on('message', (more: Tally) => {
        tally = sum(tally, more);
        for (const found of more.found) report(found);
        const seconds = (Date.now() - startedAt) / 1000;
        const speed = tally.histories / seconds;
        console.log(
          `${tally.histories} of ${to - from}, ${tally.found.length} counter-examples, ` +
            `${Math.round(speed)} a second, ${Math.round((to - from - tally.histories) / speed)} s left; up to ${next}`,
        );
        hand(child);
      });
      hand(child);
      return new Promise<void>((over) => child.on('exit', () => over()));
    }),
  );
  summarize(tally, (Date.now() - startedAt) / 1000);
  process.exitCode = tally.found.length > 0 || tally.histories < to - from ? 1 : 0;
}

function report({ number, regime, weight, what }: Found): void {
  console.log(`history ${number} (${regime}, ${weight}): ${what.slice(0, 3).join('; ')}`);
}

function summarize({ looked, histories, full, rings, found }: Tally, seconds: number): void {
  console.log(
    `\n${histories} histories (${full} of them on the full switchboard), ${rings} rings, ${Math.round(seconds)} s\n`,
  );
  const broke = (name: string) =>
    found.filter(({ what }) => what.some((one) => one.startsWith(`${name}: `))).length;
  console.table(
    Object.fromEntries(
      propertyNames.map((name) => [name, { 'promised in': looked[name] ?? 0, 'broken in': broke(name) }]),
    ),
  );
  for (const one of found.slice(0, SHOWN)) report(one);
  if (found.length > 0) console.log(`\nnpm run soak -- --seed ${seed} --only ${found[0]?.number}`);
}

/** One history again, made as small as it can be. */
async function only(number: number): Promise<void> {
  const history = historyOf(seed, number);
  const weight = weightOf(number);
  const what = broken(await tell(history, weight));
  console.log(`history ${number} (${regimeOf(number)}, ${weight}): ${what.join('; ') || 'as promised'}`);
  if (what.length === 0) return;
  const result = await fc.check(
    fc.asyncProperty(historyIn(regimes[regimeOf(number)]), async (smaller) => {
      const left = broken(await tell(smaller, weight));
      if (left.length > 0) throw new Error(left.join('; '));
    }),
    { seed: seed * 1_000_003 + number, numRuns: 1 },
  );
  console.log(JSON.stringify(result.counterexample?.[0] ?? history, null, 1));
  console.log(String(result.errorInstance ?? ''));
}
