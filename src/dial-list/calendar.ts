/** Wall-clock arithmetic in a named time zone. Never reads the clock: every instant is an argument. */
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';

/** When the turn passes on: a local time on the days of a time zone, counted from a date. */
export type Handoff = {
  /** IANA name, e.g. `Asia/Tokyo`. */
  readonly timeZone: string;
  /** Local time, `HH:MM`. */
  readonly at: string;
  /** Local date, `YYYY-MM-DD`: its handoff is number 0. */
  readonly since: string;
};

/**
 * The number of the last daily handoff at or before an instant; negative before `since`.
 *
 * A handoff happens exactly once a local date. A time that the clock skips comes later by the length of the jump; a
 * time that the clock repeats counts the first time.
 *
 * @param now milliseconds since the epoch
 */
export function handoffsSince(now: number, { timeZone, at, since }: Handoff): number {
  const today = Math.floor(now / DAY_MS);
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const hasHappened = (day: number) => {
    const date = new Date((today + day) * DAY_MS);
    const wall = PlainDateTime.create(
      date.getUTCFullYear(),
      date.getUTCMonth() + 1,
      date.getUTCDate(),
      hour,
      minute,
    );
    return PlainDateTime.toZonedDateTime(wall, timeZone).epochMilliseconds <= now;
  };
  // A local date is at most a day away from the date in UTC, and its handoff may be still to come.
  const last = [1, 0, -1].find(hasHappened) ?? -2;
  const [year = 0, month = 1, day = 1] = since.split('-').map(Number);
  return today - dayNumber(year, month, day) + last;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Dates of the calendar are counted in UTC, where every day has 24 hours. */
const dayNumber = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) / DAY_MS;
