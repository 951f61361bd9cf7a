import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Row } from './measure';

const root = join(__dirname, '../..');

/** By the wall clock, because esbuild works in a process of its own. */
export async function buildRows(times: number): Promise<Row[]> {
  const nothing: number[] = [];
  const build: number[] = [];
  for (let round = 0; round < times; round++) {
    nothing.push(timed('--eval', '0'));
    build.push(timed('scripts/build.ts', '--brief'));
  }
  return [
    { what: 'tsx', ms: nothing },
    { what: 'npm run build', ms: build, beside: nothing },
  ];
}

function timed(...args: string[]): number {
  const startedAt = performance.now();
  execFileSync(process.execPath, [require.resolve('tsx/cli'), ...args], { cwd: root, stdio: 'ignore' });
  return performance.now() - startedAt;
}
