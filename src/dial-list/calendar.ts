/**
 * When handoffs come, by the wall clock of a named time zone. At build time only: what knows time zones takes longer to
 * load than all that decides, so the Functions get a table.
 */
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import type { Rotation } from './list';

/** When the turn passes on: a local time on every day of a time zone. */
export type Handoff = {
  /** IANA name, e.g. `Asia/Tokyo`. */
  readonly timeZone: string;
  /** Local time, `HH:MM`. */
  readonly at: string;
};

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

/** Whatever is deployed now is deployed anew long before the end: Twilio drops old versions of Node every few years. */
const [FIRST = 0, END = 0] = ['2025-01-01', '2045-01-01'].map((date) => Date.parse(date) / DAY_MS);

/** Days in which no clock changes and is changed back: Morocco's does in a Ramadan, for five weeks. */
const SHORT = 29;

/**
 * When the handoff of each date comes, as `Rotation.handoffs` has it.
 *
 * @param first and end: days, counted from 1970-01-01
 */
export function handoffsOf(handoff: Handoff, first = FIRST, end = END): Rotation['handoffs'] {
  const timeOn = (day: number) => [day, handoffTime(day, handoff)] as const;
  const changes = (from: Time, to: Time): Time[] => {
    if (from[1] === to[1] && to[0] - from[0] <= SHORT) return [];
    if (to[0] - from[0] === 1) return [to];
    const middle = timeOn(Math.floor((from[0] + to[0]) / 2));
    return [...changes(from, middle), ...changes(middle, to)];
  };
  return [timeOn(first), ...changes(timeOn(first), timeOn(end))];
}

type Time = Rotation['handoffs'][number];

/**
 * When the handoff of a date comes, in minutes from its midnight in UTC.
 *
 * A handoff happens exactly once a local date. A time that the clock skips comes later by the length of the jump; a
 * time that the clock repeats counts the first time.
 *
 * @param day counted from 1970-01-01
 */
export function handoffTime(day: number, { timeZone, at }: Handoff): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const date = new Date(day * DAY_MS);
  const wall = PlainDateTime.create(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    hour,
    minute,
  );
  const { epochMilliseconds } = PlainDateTime.toZonedDateTime(wall, timeZone);
  return (epochMilliseconds - day * DAY_MS) / MINUTE_MS;
}
