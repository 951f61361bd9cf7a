/** Storms of 1,000 alerts in a minute: what each comes to, in each set-up, whoever does what in the middle. */
import { type CourseName, courses, type SetupName, setups, tellStorm } from '../../test/trust/storm';
import { grid } from './measure';

const SIZE = { alerts: 1_000, seconds: 60, seed: 3 };

const sumOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

export async function stormRows(): Promise<string[]> {
  const rows: (string | number)[][] = [];
  for (const setup of Object.keys(setups) as SetupName[]) {
    for (const course of Object.keys(courses) as CourseName[]) {
      const came = await tellStorm({ setup, course, ...SIZE });
      rows.push([
        `${setup}: ${course}`,
        (came.requestsToSync / SIZE.alerts).toFixed(1),
        sumOf(came.refusedBySync),
        sumOf(came.refusedByPlatform),
        came.lost.length,
        came.rungAtOnce.length,
        came.toldTwice.length,
      ]);
    }
  }
  return grid(
    [
      '1,000 alerts in 60 s',
      'Sync requests an alert',
      'refused by Sync',
      'by the platform',
      'lost',
      'rung at once',
      'told twice',
    ],
    rows,
  );
}
