/** Numbers and units as a person says them: `95.3 %`, not `95.29999`; `1.5 gigabytes`, not `1610612736`. */

export type Unit =
  | 'percent'
  | 'milliseconds'
  | 'seconds'
  | 'kilobytes'
  | 'megabytes'
  | 'gigabytes'
  | 'bytes'
  | 'none';

/** A number to be spoken, in digits without grouping, and its unit. */
export type Quantity = { readonly digits: string; readonly isNegative: boolean; readonly unit: Unit };

const DIGITS_SPOKEN = 4;

/** Mackerel gives no unit with a value: the metric's name is all there is to go by. */
export function quantity(value: number, metric = ''): Quantity {
  const unit = unitOf(metric);
  const [scaled, scaledUnit] = unit === 'bytes' ? inBytes(value) : [value, unit];
  const digits = Math.abs(scaled).toLocaleString('en-US', {
    useGrouping: false,
    maximumSignificantDigits: DIGITS_SPOKEN,
    maximumFractionDigits: DIGITS_SPOKEN,
    roundingPriority: 'lessPrecision',
  });
  return { digits, isNegative: scaled < 0 && digits !== '0', unit: scaledUnit };
}

function unitOf(metric: string): Unit {
  if (/%|percent/i.test(metric)) return 'percent';
  if (/(?:^|[\s._(])(?:ms|msec|milliseconds?)(?:$|[\s._)])|response ?time/i.test(metric))
    return 'milliseconds';
  // So many a second are no seconds.
  if (/(?:^|[\s._(])(?<!\bper.|_per.)(?:sec|seconds?)(?:$|[\s._)])/i.test(metric)) return 'seconds';
  if (/(?<!kilo|mega|giga|tera)bytes?(?:$|[\s._)])/i.test(metric)) return 'bytes';
  return 'none';
}

function inBytes(value: number): [number, Unit] {
  const size = Math.abs(value);
  if (size >= 1024 ** 3) return [value / 1024 ** 3, 'gigabytes'];
  if (size >= 1024 ** 2) return [value / 1024 ** 2, 'megabytes'];
  return size >= 1024 ? [value / 1024, 'kilobytes'] : [value, 'bytes'];
}

/** A name that a machine gave, as words: `loadavg5.max` is `loadavg5 max`. */
export const inWords = (metric: string, percent: string) =>
  metric
    .replace(/%/g, ` ${percent} `)
    .replace(/[._\-/#*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** How long something has lasted, in its largest unit and, for hours, the next one. */
export type Span = { readonly days: number; readonly hours: number; readonly minutes: number };

export function spanOf(seconds: number): Span {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}
