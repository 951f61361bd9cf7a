/** Wall-clock arithmetic in a named time zone. Never reads the clock: every instant is an argument. */
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as PlainTime from 'temporal-polyfill/fns/PlainTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';

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
 * A handoff happens exactly once a local date. A time that the clock skips comes as much later as the clock
 * jumped, and one that it repeats counts the first time round.
 *
 * @param now milliseconds since the epoch
 */
export function handoffsSince(now: number, { timeZone, at, since }: Handoff): number {
  const local = Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(now), timeZone);
  const today = ZonedDateTime.toPlainDate(local);
  const plainTime = PlainTime.fromString(at);
  const hasHappened = (day: number) => {
    const handoff = PlainDate.toZonedDateTime(PlainDate.addDays(today, day), { timeZone, plainTime });
    return handoff.epochMilliseconds <= now;
  };
  // Tomorrow's can be over already: a clock set back across midnight shows the old date once more.
  const last = hasHappened(1) ? 1 : hasHappened(0) ? 0 : -1;
  const [year = 0, month = 1, day = 1] = since.split('-').map(Number);
  return PlainDate.diffDays(PlainDate.create(year, month, day), today) + last;
}
