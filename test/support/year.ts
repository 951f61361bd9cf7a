/** A span of time, and the wall clock in it as the platform reads it off: not by what is under test. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * The instants of some days that are worth a look: each quarter of an hour around a time of day and for half a day
 * either side of a change of the clock, each hour elsewhere. All in milliseconds since the epoch.
 */
export function* instants(start: number, days: number, { timeZone, at }: { timeZone: string; at: string }) {
  const wall = wallClock(timeZone);
  const hours = days * 24;
  /** From half a day before to half a day after. */
  const times = Array.from({ length: hours + 24 }, (_, hour) => wall(start + (hour - 12) * HOUR).time);
  for (let hour = 0; hour < hours; hour++) {
    const changes = times[hour] !== times[hour + 24];
    const step = changes || isNear(times[hour + 12] ?? at, at) ? 15 * MINUTE : HOUR;
    for (let now = 0; now < HOUR; now += step) yield start + hour * HOUR + now;
  }
}

/** Whether a quarter of an hour either side of the one time lies within the hour that begins with the other. */
function isNear(hour: string, time: string): boolean {
  const apart = (minutesOf(time) - minutesOf(hour) + 24 * 60) % (24 * 60);
  return apart <= 75 || apart >= 24 * 60 - 15;
}

/** What a clock on the wall shows. */
export function wallClock(
  timeZone: string,
): (now: number) => { weekday: string; date: string; time: string } {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (now) => {
    const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
    return {
      weekday: parts.weekday?.slice(0, 3) ?? '',
      date: `${parts.year}-${parts.month}-${parts.day}`,
      time: `${parts.hour}:${parts.minute}`,
    };
  };
}

const minutesOf = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};
