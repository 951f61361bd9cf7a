/**
 * Storms, one after another, and what each came to.
 *
 *   npm run storms -- --alerts 1000 --seconds 60 --setup direct --course 'closed midway' --seeds 1,2
 */
import { parseArgs } from 'node:util';
import { type CourseName, courses, type SetupName, setups, tellStorm } from '../test/trust/storm';

const { values } = parseArgs({
  options: {
    alerts: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    setup: { type: 'string' },
    course: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    all: { type: 'boolean', default: false },
  },
});

const chosen = <T extends string>(names: readonly T[], given: string | undefined): readonly T[] =>
  names.filter((name) => given === undefined || name.includes(given));

async function main(): Promise<void> {
  // Each time-out makes an error, and nobody needs its stack.
  Error.stackTraceLimit = 0;
  for (const setup of chosen(Object.keys(setups) as SetupName[], values.setup)) {
    for (const course of chosen(Object.keys(courses) as CourseName[], values.course)) {
      for (const seed of values.seeds.split(',').map(Number)) await one(setup, course, seed);
    }
  }
}

async function one(setup: SetupName, course: CourseName, seed: number): Promise<void> {
  const [alerts, seconds] = [Number(values.alerts), Number(values.seconds)];
  const began = process.cpuUsage();
  const came = await tellStorm({ setup, course, alerts, seconds, seed });
  const { user, system } = process.cpuUsage(began);
  const { lost, lostForGood, toldTwice, rungAtOnce, postedTwice, faults, rings, lines, ...figures } = came;
  const wrong = {
    lost: lost.length,
    lostForGood: lostForGood.length,
    toldTwice: toldTwice.length,
    rungAtOnce: rungAtOnce.length,
    postedTwice: postedTwice.length,
    faults: faults.length,
  };
  console.log(`${setup} | ${course} | ${alerts} in ${seconds} s | seed ${seed}`);
  console.log(
    '  ',
    JSON.stringify(wrong),
    JSON.stringify({
      ...figures,
      rings: rings.length,
      lines: lines.length,
      cpu: Math.round((user + system) / 1e6),
    }),
  );
  if (!values.all)
    return void console.log(
      '  ',
      rings.slice(0, 6).join('; '),
      [...new Set(faults)].slice(0, 5),
      rungAtOnce.slice(0, 3),
      [...new Set(postedTwice)].slice(0, 3),
    );
  console.log({ ...came });
}

void main();
