import { powerOf, type Quantity, type Unit } from './quantity';

const UNITS: Readonly<Record<Unit, string>> = {
  percent: 'パーセント',
  microseconds: 'マイクロ秒',
  milliseconds: 'ミリ秒',
  seconds: '秒',
  minutes: '分',
  hours: '時間',
  bytes: 'バイト',
  kilobytes: 'キロバイト',
  megabytes: 'メガバイト',
  gigabytes: 'ギガバイト',
  terabytes: 'テラバイト',
  none: '',
};

export const unitInJapanese = (unit: Unit) => UNITS[unit];

export function inJapanese({ digits, isNegative, unit }: Quantity): string {
  return `${isNegative ? 'マイナス' : ''}${numberInJapanese(digits)}${UNITS[unit]}`;
}

const MYRIADS = ['兆', '億', '万', ''];

/** `1億2350万`: a voice reads a long row of digits one by one, or wrong. */
function numberInJapanese(digits: string): string {
  const power = powerOf(digits);
  if (power) return `${power.digits}かける10の${power.exponent}乗`;
  const [whole = '', fraction] = digits.split('.');
  if (whole.length <= 6) return digits;
  const groups = whole.padStart(16, '0').match(/\d{4}/g) ?? [];
  const named = groups.map((group, index) => (Number(group) > 0 ? `${Number(group)}${MYRIADS[index]}` : ''));
  return `${named.join('')}${fraction ? `.${fraction}` : ''}`;
}
