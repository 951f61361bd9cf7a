/**
 * What speed costs, as ratios within one run: `npm run bench`. A machine that is busy, or slow, makes everything dearer
 * alike; so each figure stands beside one that was measured between its own repetitions, and the processor's time is
 * counted wherever that is what it is about.
 *
 *   npm run bench -- --times 15      so many repetitions (7)
 */
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { buildRows } from './bench/building';
import { functionRows } from './bench/functions';
import { type Row, table } from './bench/measure';
import { switchboardRows } from './bench/switchboard';

const { values } = parseArgs({ options: { times: { type: 'string', default: '7' } } });

const parts: Readonly<Record<string, (times: number) => Promise<readonly Row[]>>> = {
  'The first answer of a cold Function, beyond a hello Function’s, where loading twilio takes 113 ms':
    functionRows,
  'npm run build, beside starting its tool with nothing to do': buildRows,
  'Ten minutes of ringing on the switchboard, beside loading twilio': switchboardRows,
};

async function main(): Promise<void> {
  for (const [title, rows] of Object.entries(parts)) {
    console.log(`\n${pc.bold(title)}`);
    for (const line of table(await rows(Number(values.times)))) console.log(line);
  }
}

void main();
