/** Whose turn the date makes it. */
import type { DialList, Rotation } from './list';

const DAYS_A_TURN = { day: 1, week: 7 } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

/**
 * How many turns have passed since member 1 was first, by the date: 0, 1, 2 … and negative before `since`. 0 for a
 * list that rotates by page, or not at all.
 *
 * @param now milliseconds since the epoch
 */
export function turnByDate({ rotation }: Pick<DialList, 'rotation'>, now: number): number {
  const { every } = rotation;
  if (every !== 'day' && every !== 'week') return 0;
  return Math.floor(handoffsSince(now, rotation) / DAYS_A_TURN[every]);
}

/**
 * The number of the last daily handoff at or before an instant; negative before `since`, whose handoff is number 0.
 *
 * @param now milliseconds since the epoch
 */
export function handoffsSince(
  now: number,
  { handoffs, since }: Pick<Rotation, 'handoffs' | 'since'>,
): number {
  const today = Math.floor(now / DAY_MS);
  const minutesOn = (day: number) => (handoffs.findLast(([from]) => from <= day) ?? handoffs[0])?.[1] ?? 0;
  const hasHappened = (day: number) => day * DAY_MS + minutesOn(day) * MINUTE_MS <= now;
  // A local date is at most a day away from the date in UTC, and its handoff may be still to come.
  const last = [today + 1, today, today - 1].find(hasHappened) ?? today - 2;
  return last - Date.parse(since) / DAY_MS;
}
