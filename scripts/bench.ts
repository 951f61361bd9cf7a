/**
 * What speed costs, as ratios within one run: `npm run bench`. A machine that is busy, or slow, makes everything dearer
 * alike; so each figure stands beside one that was measured between its own repetitions, and the processor's time is
 * counted wherever that is what it is about.
 *
 *   npm run bench -- --times 15      so many repetitions (7)
 *   npm run bench -- --only storms   one part: trips, cold, page, storms, soak, house, sizes, build, switchboard
 */
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { buildRows } from './bench/building';
import { functionRows } from './bench/functions';
import { enteredRows, sizeRows } from './bench/house';
import { type Row, table } from './bench/measure';
import { pageRows } from './bench/page-cost';
import { roundTripRows } from './bench/round-trips';
import { soakRows } from './bench/soaking';
import { stormRows } from './bench/storms';
import { switchboardRows } from './bench/switchboard';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '7' }, only: { type: 'string' } },
});

type Part = { readonly title: string; readonly lines: (times: number) => Promise<readonly string[]> };

const timed = (rows: (times: number) => Promise<readonly Row[]>) => async (times: number) =>
  table(await rows(times));

const parts: Readonly<Record<string, Part>> = {
  trips: {
    title: 'Requests that a webhook makes one after another before it has answered (and all of them)',
    lines: roundTripRows,
  },
  cold: {
    title:
      'The first answer of a cold Function, beyond a hello Function’s, where loading twilio takes 113 ms',
    lines: timed(functionRows),
  },
  page: {
    title: 'A page, processor time, beside one of a list of 10 members without a past',
    lines: timed(pageRows),
  },
  storms: { title: 'Storms', lines: stormRows },
  soak: {
    title: 'The long run of random nights: 200 a second of the processor are 5 ms each',
    lines: timed(soakRows),
  },
  house: { title: 'What a voice webhook walks through, without what it loads', lines: enteredRows },
  sizes: { title: 'The house', lines: sizeRows },
  build: { title: 'npm run build, beside starting its tool with nothing to do', lines: timed(buildRows) },
  switchboard: {
    title: 'Ten minutes of ringing on the switchboard, beside loading twilio',
    lines: timed(switchboardRows),
  },
};

async function main(): Promise<void> {
  for (const [name, { title, lines }] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== name) continue;
    console.log(`\n${pc.bold(title)}`);
    for (const line of await lines(Number(values.times))) console.log(line);
  }
}

void main();
