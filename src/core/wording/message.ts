/** A check's own words, written to be read, as they are to be heard. Slack has them as they came. */
import type { Unit } from './quantity';

/** How one language says what stands in signs. */
export type Signs = {
  /** Behind a line that does not end like a sentence. */
  readonly sentenceEnd: string;
  /** Between two sentences. */
  readonly between: string;
  /** For a bar that only divides. */
  readonly pause: string;
  readonly percent: string;
  readonly perSecond: string;
  readonly words: Readonly<Record<Sign, string>>;
  unit(unit: Unit, number: string): string;
};

type Sign = '>=' | '<=' | '==' | '!=' | '->' | '>' | '<';

/** What a plugin measured, behind its words, for machines: nagios-plugins.org/doc/guidelines.html, performance data. */
const PERFORMANCE_DATA = /\|\s*(?:'[^']*'|[^\s=|']+)=[-\d.U].*$/u;

export function inSentences(message: string, signs: Signs): string {
  return message
    .split(/[\r\n]+/)
    .map((line) => inSigns(line.replace(PERFORMANCE_DATA, ''), signs).replace(/\s+/g, ' '))
    .map((line) => line.replace(/[\s,;:、]+$/, '').trim())
    .filter(Boolean)
    .map((line) => (/[。．.!?！？…]$/.test(line) ? line : `${line}${signs.sentenceEnd}`))
    .join(signs.between);
}

function inSigns(line: string, { pause, percent, perSecond, words, unit }: Signs): string {
  return line
    .replace(ADDRESS, '$1')
    .replace(/\s*\|+\s*/g, pause)
    .replace(/\s*(?:[-=]+>|→)\s*/g, ` ${words['->']} `)
    .replace(/\s*([<>=!]=|[≧≦≥≤])\s*/g, (_, sign) => ` ${words[ASCII[sign] ?? (sign as Sign)]} `)
    .replace(/\s+([<>])\s+/g, (_, sign) => ` ${words[sign as Sign]} `)
    .replace(MEASURED, (_, number, name, rate) => {
      return `${number}${unit(unitOf(name), number)}${rate ? perSecond : ''}`;
    })
    .replace(/\s*%(?!\w)/g, percent);
}

/** The host is what can be heard of it; what stands behind is for a browser. */
const ADDRESS = /\bhttps?:\/\/(?:[^\s/@]*@)?([\w.-]*\w)[\w\-~:/?#[\]@!$&'()*+,;=%.]*(?<![.,;:!?)\]'])/gi;

const ASCII: Readonly<Record<string, Sign>> = { '≧': '>=', '≥': '>=', '≦': '<=', '≤': '<=' };

const MEASURED = /(?<![\w.])(\d+(?:\.\d+)?)\s?(ms|msec|s|secs?|[kmgt]i?b|[kmgt]i?bytes)(\/s(?:ec)?)?(?!\w)/gi;

const SIZES: Readonly<Record<string, Unit>> = {
  k: 'kilobytes',
  m: 'megabytes',
  g: 'gigabytes',
  t: 'terabytes',
};

function unitOf(name: string): Unit {
  if (/b/i.test(name)) return SIZES[name.charAt(0).toLowerCase()] ?? 'none';
  return /^m/i.test(name) ? 'milliseconds' : 'seconds';
}
