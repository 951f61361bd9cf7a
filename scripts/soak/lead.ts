/** Hands stretches of histories to one process a core, and adds up what came of them. How it is started: ../soak.ts */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { broken, propertyNames } from '../../test/properties/checks';
import { historyIn, regimes } from '../../test/properties/history';
import { nights } from '../../test/properties/single-faults';
import {
  type Found,
  historyOf,
  nameOf,
  nothingYet,
  regimeOf,
  soakNight,
  soakOne,
  sum,
  type Tally,
  transportOf,
} from '../../test/properties/soak';
import { tell } from '../../test/properties/world';

/** A child's next piece of work. */
type Stretch =
  | { readonly kind: 'night'; readonly name: string }
  | { readonly kind: 'histories'; readonly from: number; readonly to: number };

const STRETCH = 100;
/** Megabytes for what is young: almost all of a history is garbage when the next begins. */
const YOUNG = ['--max-semi-space-size=64'];
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

/** In a child: tells one stretch after another. */
function work(): void {
  // Each time-out makes an error, and nobody needs its stack.
  Error.stackTraceLimit = 0;
  process.on('message', async (stretch: Stretch) => void process.send?.(await tallyOf(stretch)));
  process.on('disconnect', () => process.exit());
}

async function tallyOf(stretch: Stretch): Promise<Tally> {
  if (stretch.kind === 'night') return soakNight(nothingYet, stretch.name);
  let tally = nothingYet;
  for (let number = stretch.from; number < stretch.to; number++) tally = await soakOne(tally, seed, number);
  return tally;
}

function* stretches(from: number, to: number): Generator<Stretch, undefined> {
  // Who goes on from somewhere has told these before.
  if (from === 0) for (const name of Object.keys(nights)) yield { kind: 'night', name };
  for (let next = from; next < to; next += STRETCH) {
    yield { kind: 'histories', from: next, to: Math.min(next + STRETCH, to) };
  }
}

async function lead(from: number, to: number, cores: number): Promise<void> {
  const startedAt = Date.now();
  const seconds = () => (Date.now() - startedAt) / 1000;
  const todo = stretches(from, to);
  let tally = nothingYet;
  let isWhole = true;
  await Promise.all(
    Array.from({ length: cores }, () => {
      const child = fork(__filename, process.argv.slice(2), { execArgv: YOUNG });
      const hand = () => {
        const next = todo.next();
        if (next.done) return void child.disconnect();
        child.once('message', (more: Tally) => {
          tally = sum(tally, more);
          for (const found of more.found) report(found);
          console.log(progress(tally, next.value, seconds(), to - from));
          hand();
        });
        child.send(next.value);
      };
      hand();
      return ended(child).then((isWell) => {
        isWhole &&= isWell;
      });
    }),
  );
  summarize(tally, seconds());
  process.exitCode = tally.found.length > 0 || !isWhole ? 1 : 0;
}

function ended(child: ChildProcess): Promise<boolean> {
  return new Promise((over) => child.on('exit', (code) => over(code === 0)));
}

function progress({ histories, found }: Tally, stretch: Stretch, seconds: number, wanted: number): string {
  const what =
    stretch.kind === 'night' ? `single faults of "${stretch.name}"` : `up to history ${stretch.to}`;
  const speed = histories / seconds;
  const left = Math.max(0, (wanted - histories) / speed / 60);
  const counter = found.length === 1 ? '1 counter-example' : `${found.length} counter-examples`;
  return `${histories} told, ${counter}, ${Math.round(speed)} a second, ${left.toFixed(1)} min left; ${what}`;
}

function report({ where, what }: Found): void {
  const [, number] = /^history (\d+)/.exec(where) ?? [];
  const again =
    number === undefined ? '' : `\n  again, made small: npm run soak -- --seed ${seed} --only ${number}`;
  console.log(`${where}: ${what.slice(0, 3).join('; ')}${again}`);
}

function summarize({ looked, histories, overHttp, rings, found }: Tally, seconds: number): void {
  console.log(
    `\n${histories} histories (${overHttp} of them over HTTP), ${rings} rings, ${Math.round(seconds)} s\n`,
  );
  const broke = (name: string) =>
    found.filter(({ what }) => what.some((one) => one.startsWith(`${name}: `))).length;
  console.table(
    Object.fromEntries(
      propertyNames.map((name) => [name, { 'promised in': looked[name] ?? 0, 'broken in': broke(name) }]),
    ),
  );
  for (const one of found.slice(0, SHOWN)) report(one);
}

/** One history again, made as small as possible. */
async function only(number: number): Promise<void> {
  const history = historyOf(seed, number);
  const by = transportOf(number);
  const what = broken(await tell(history, by));
  console.log(`${nameOf(number)}: ${what.join('; ') || 'as promised'}`);
  if (what.length === 0) return;
  const result = await fc.check(
    fc.asyncProperty(historyIn(regimes[regimeOf(number)]), async (smaller) => {
      const left = broken(await tell(smaller, by));
      if (left.length > 0) throw new Error(left.join('; '));
    }),
    { seed: seed * 1_000_003 + number, numRuns: 1 },
  );
  console.log(JSON.stringify(result.counterexample?.[0] ?? history, null, 1));
  console.log(String(result.errorInstance ?? ''));
}
