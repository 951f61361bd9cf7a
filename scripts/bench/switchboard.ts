/** Virtual time is worth having only if it is cheap. Each time in a process of its own. */
import { fork } from 'node:child_process';
import type { Row } from './measure';

/** Milliseconds of the processor. */
type Night = { readonly twilio: number; readonly first: number; readonly second: number };

if (process.send) void night().then((told) => process.send?.(told));

export async function switchboardRows(times: number): Promise<Row[]> {
  const nights: Night[] = [];
  for (let round = 0; round < times; round++) nights.push(await inChild());
  const twilio = nights.map((night) => night.twilio);
  return [
    { what: 'twilio', ms: twilio },
    {
      what: 'the first ten minutes, opening it included',
      ms: nights.map(({ first }) => first),
      beside: twilio,
    },
    { what: 'ten more', ms: nights.map(({ second }) => second), beside: twilio },
  ];
}

function inChild(): Promise<Night> {
  const child = fork(__filename, [], { execArgv: ['--import', 'tsx'], silent: true });
  return new Promise((resolve, reject) => {
    child.once('message', (told) => {
      resolve(told as Night);
      child.kill();
    });
    child.once('exit', (code) => reject(new Error(`The night ended with ${code}`)));
  });
}

/** Ten members let it ring for a minute each; then everything again. */
async function night(): Promise<Night> {
  const cpu = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  const start = cpu();
  require('twilio');
  const loaded = cpu();
  const { dialList, openSwitchboard } = await import('../../switchboard');
  const members = Array.from({ length: 10 }, (_, index) => ({
    name: `member-${index + 1}`,
    phone: `+81500000${String(index + 1).padStart(4, '0')}`,
  }));
  const list = dialList({ rounds: 1, members });
  console.log = console.warn = () => {};
  const board = openSwitchboard({ startAt: new Date('2026-11-22T18:00:00Z'), list, from: 'build' });
  const rings = () => members.reduce((sum, { phone }) => sum + board.exchange.phone(phone).rings.length, 0);
  board.mackerel.raise();
  await board.untilQuiet();
  if (rings() !== 10) throw new Error(`${rings()} rings instead of 10`);
  const first = cpu();
  board.mackerel.raise();
  await board.untilQuiet();
  const second = cpu();
  board.close();
  return { twilio: loaded - start, first: first - loaded, second: second - first };
}
