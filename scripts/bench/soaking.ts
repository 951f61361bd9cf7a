/** How many random nights there are in a second of the processor: the long run has 100,000. */
import { nothingYet, soakOne } from '../../test/properties/soak';
import type { Row } from './measure';

const NIGHTS = 40;

export async function soakRows(times: number): Promise<Row[]> {
  const cpu = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  // The first ones load and warm everything.
  for (let night = 0; night < NIGHTS; night++) await soakOne(nothingYet, 1, night);
  const each: number[] = [];
  for (let round = 0; round < times; round++) {
    const began = cpu();
    for (let night = 0; night < NIGHTS; night++) await soakOne(nothingYet, 2 + round, night);
    each.push((cpu() - began) / NIGHTS);
  }
  return [{ what: 'a random night', ms: each, goal: 5 }];
}
