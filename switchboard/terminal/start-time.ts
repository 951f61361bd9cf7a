import * as Now from 'temporal-polyfill/fns/Now';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as PlainTime from 'temporal-polyfill/fns/PlainTime';

/** The small hours of today, when nobody wants to be rung. */
const TIME = '03:00';

export function startTime(timeZone: string): { readonly at: Date; readonly written: string } {
  const today = Now.plainDateISO(timeZone);
  const then = PlainDate.toZonedDateTime(today, { timeZone, plainTime: PlainTime.fromString(TIME) });
  return {
    at: new Date(then.epochMilliseconds),
    written: `${PlainDate.toString(today)} ${TIME} ${timeZone}`,
  };
}
