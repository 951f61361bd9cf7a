/** Numbers and units as people say them: `95.3 %`, not `95.29999`; `1.5 gigabytes`, not `1610612736`. */

/** Each is 1,024 times the one before. */
const SIZES = ['bytes', 'kilobytes', 'megabytes', 'gigabytes', 'terabytes'] as const;

type Size = (typeof SIZES)[number];

export type Unit =
  | 'percent'
  | 'microseconds'
  | 'milliseconds'
  | 'seconds'
  | 'minutes'
  | 'hours'
  | Size
  | 'none';

/** A number to be spoken, as digits without grouping, and its unit. */
export type Quantity = { readonly digits: string; readonly isNegative: boolean; readonly unit: Unit };

const DIGITS_SPOKEN = 4;

/** More digits are spoken only to tell two numbers apart. */
const MOST_DIGITS = 9;

/** Mackerel gives no unit with a value, so the unit comes from the metric's name. */
export function quantity(value: number, metric = '', digitsSpoken = DIGITS_SPOKEN): Quantity {
  const unit = unitOf(metric);
  const [scaled, scaledUnit] = isSize(unit) ? inLargest(value, unit, digitsSpoken) : [value, unit];
  const digits = rounded(scaled, digitsSpoken);
  return { digits, isNegative: scaled < 0 && digits !== '0', unit: scaledUnit };
}

function rounded(value: number, most: number): string {
  const plain = String(Math.abs(value));
  // Many are short as they are, and the first number that is formatted takes milliseconds.
  if (/^\d+(?:\.\d+)?$/.test(plain) && plain.replace('.', '').length <= most) return plain;
  return Math.abs(value).toLocaleString('en-US', {
    useGrouping: false,
    maximumSignificantDigits: most,
    maximumFractionDigits: most,
    roundingPriority: 'lessPrecision',
  });
}

const isSize = (unit: Unit): unit is Size => SIZES.some((size) => size === unit);

/** By the spoken number: 1,023.97 megabytes are spoken as one gigabyte. */
function inLargest(value: number, unit: Size, digits: number): [number, Size] {
  const larger = SIZES[SIZES.indexOf(unit) + 1];
  const isEnough = Number(rounded(value / 1024, digits)) >= 1;
  return larger && isEnough ? inLargest(value / 1024, larger, digits) : [value, unit];
}

export type Comparison = {
  readonly value: Quantity;
  readonly threshold: Quantity;
  /** The value is beyond the threshold, and the spoken numbers show that. */
  readonly isBeyond: boolean;
};

/** Two numbers, with as many digits as it takes to tell them apart. */
export function comparison(value: number, threshold: number, operator: '>' | '<', metric = ''): Comparison {
  const isBeyond = operator === '>' ? value > threshold : value < threshold;
  for (let digits = DIGITS_SPOKEN; digits <= MOST_DIGITS; digits++) {
    const pair = { value: quantity(value, metric, digits), threshold: quantity(threshold, metric, digits) };
    if (!isSame(pair.value, pair.threshold)) return { ...pair, isBeyond };
  }
  return { value: quantity(value, metric), threshold: quantity(threshold, metric), isBeyond: false };
}

/** By amount: 1,024 megabytes and one gigabyte sound different, but are the same. */
const isSame = (one: Quantity, other: Quantity) => amountOf(one) === amountOf(other);

const amountOf = ({ digits, isNegative, unit }: Quantity) =>
  Number(digits) * (isNegative ? -1 : 1) * (isSize(unit) ? 1024 ** SIZES.indexOf(unit) : 1);

/** Mackerel's own: mackerel.io/docs/entry/spec/metrics */
const SYSTEM_BYTES =
  /^memory\.(?:total|used|free|available|buffers|cached|swap_(?:used|cached|total)|pagefile_(?:free|total))$|^filesystem\.[^.]+\.(?:used|size)$|^interface\.[^.]+\.[rt]xBytes\.delta$/;

/** A statistic of several values has their unit. */
const STATISTIC = /^(?:max|min|avg|average|mean|median|p\d{2,3})$/;

/**
 * An uncertain unit counts as none: `http_request_duration_seconds_count` is a count, and so is
 * `custom.sec.failures`. So the unit has to be the last word of the name.
 */
function unitOf(metric: string): Unit {
  if (SYSTEM_BYTES.test(metric)) return 'bytes';
  const words = wordsOf(metric);
  while (STATISTIC.test(words.at(-1) ?? '')) words.pop();
  const isRate = /^(?:s|sec|second)$/.test(words.at(-1) ?? '') && words.at(-2) === 'per';
  const unit = unitNamed((isRate ? words.at(-3) : words.at(-1)) ?? '', /\(secs?\)$/i.test(metric));
  return isRate && !isSize(unit) ? 'none' : unit;
}

/** `interface.eth0.rxBytes` has four words, `req/sec` has three. */
const wordsOf = (metric: string) =>
  metric
    .replace(/([KMGT])iB/g, '$1B')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/\//g, ' per ')
    .replace(/%/g, ' percent ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);

/** `requests_sec` is a rate, so `sec` counts as a unit only in brackets. */
function unitNamed(word: string, isSeconds: boolean): Unit {
  if (/^percent(?:age)?$/.test(word)) return 'percent';
  if (/^(?:ms|msecs?|millis|milliseconds?)$/.test(word)) return 'milliseconds';
  if (isSeconds || /^(?:secs|seconds)$/.test(word)) return 'seconds';
  const initial = /^([kmgt])(?:i?b|i?bytes?|(?:ilo|ega|iga|era|ibi|ebi)bytes?)$/.exec(word)?.[1];
  if (initial) return SIZES[' kmgt'.indexOf(initial)] ?? 'none';
  return /(?:^|[^kmgtoai])bytes?$/.test(word) ? 'bytes' : 'none';
}

/** A metric's name as words: `loadavg5.max` is `loadavg5 max`. Without the unit, which is spoken with the number. */
export function inWords(metric: string): string {
  const unit = unitOf(metric);
  const bare = unit === 'none' ? metric : metric.replace(/\([^()]*\)$/, ' ');
  return (unit === 'percent' ? bare.replace(/%|percent(?:age)?/gi, ' ') : bare)
    .replace(/[._\-/#*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A number with more digits than there are names for. */
export type Power = { readonly digits: string; readonly exponent: number };

/** A number of more than 16 digits as a power of ten; null for a smaller one. */
export function powerOf(digits: string): Power | null {
  const exponent = (digits.split('.')[0] ?? '').length - 1;
  if (exponent < 16) return null;
  const fraction = digits.slice(1, DIGITS_SPOKEN).replace(/0+$/, '');
  return { digits: fraction ? `${digits[0]}.${fraction}` : digits.slice(0, 1), exponent };
}

/** A duration: hours and minutes, or days and hours. */
export type Span = { readonly days: number; readonly hours: number; readonly minutes: number };

/** Seconds. A longer duration, or a start so far in the future, is a mistake. */
const LONGEST = 10 * 366 * 86_400;

/** Null for an impossible duration. */
export function spanOf(seconds: number): Span | null {
  if (!(Math.abs(seconds) < LONGEST)) return null;
  const minutes = Math.max(0, Math.floor(seconds / 60));
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}
