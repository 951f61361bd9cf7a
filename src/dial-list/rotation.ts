import { handoffsSince } from './calendar';
import type { DialList } from './list';

const DAYS_A_TURN = { day: 1, week: 7 } as const;

/**
 * How many turns have passed since member 1 was first, by the date: 0, 1, 2 … and negative before `since`. 0 for a
 * list that rotates by page, or not at all.
 *
 * @param now milliseconds since the epoch
 */
export function turnByDate(list: Pick<DialList, 'timeZone' | 'rotation'>, now: number): number {
  const { every, at, since } = list.rotation;
  if (every !== 'day' && every !== 'week') return 0;
  return Math.floor(handoffsSince(now, { timeZone: list.timeZone, at, since }) / DAYS_A_TURN[every]);
}
