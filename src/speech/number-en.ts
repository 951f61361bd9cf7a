import { powerOf, type Quantity, type Unit } from './quantity';

const UNITS: Readonly<Record<Exclude<Unit, 'percent' | 'none'>, string>> = {
  microseconds: 'microsecond',
  milliseconds: 'millisecond',
  seconds: 'second',
  minutes: 'minute',
  hours: 'hour',
  bytes: 'byte',
  kilobytes: 'kilobyte',
  megabytes: 'megabyte',
  gigabytes: 'gigabyte',
  terabytes: 'terabyte',
};

/** The unit after a number. */
export function unitInEnglish(unit: Unit, number: string): string {
  if (unit === 'none') return '';
  if (unit === 'percent') return ' percent';
  return ` ${UNITS[unit]}${number === '1' ? '' : 's'}`;
}

export function inEnglish({ digits, isNegative, unit }: Quantity): string {
  const number = numberInEnglish(digits);
  return `${isNegative ? 'minus ' : ''}${number}${unitInEnglish(unit, number)}`;
}

/** The zeros that each word stands for. */
const SCALES = [
  [12, 'trillion'],
  [9, 'billion'],
  [6, 'million'],
] as const;

/** `123.5 million`: a voice reads a long row of digits one by one. */
function numberInEnglish(digits: string): string {
  const power = powerOf(digits);
  if (power) return `${power.digits} times 10 to the power of ${power.exponent}`;
  const [whole = '', fraction = ''] = digits.split('.');
  const scale = SCALES.find(([zeros]) => whole.length > zeros);
  if (!scale) return digits;
  const [zeros, word] = scale;
  const rest = `${whole.slice(-zeros)}${fraction}`.replace(/0+$/, '');
  return `${whole.slice(0, -zeros)}${rest && `.${rest}`} ${word}`;
}
