/** A check's message, written for the eye, as text for the ear. Slack shows the original. */
import { forPeople } from './for-people';
import type { Unit } from './quantity';

/** How one language speaks signs. */
export type Signs = {
  /** After a line without a sentence end. */
  readonly sentenceEnd: string;
  /** Between two sentences. */
  readonly between: string;
  /** For a bar that only separates. */
  readonly pause: string;
  readonly percent: string;
  readonly perSecond: string;
  /** Between the parts of a duration. */
  readonly and: string;
  /** For an address that nobody could follow by ear. */
  readonly ipv6: string;
  readonly words: Readonly<Record<Sign, string>>;
  unit(unit: Unit, number: string): string;
};

type Sign = '>=' | '<=' | '==' | '!=' | '->' | '>' | '<';

export function inSentences(message: string, signs: Signs): string {
  return forPeople(message)
    .split(/\n+/)
    .map((line) => inSigns(line, signs).replace(/\s+/g, ' '))
    .map((line) => line.replace(/^[\s,;:、|]+|[\s,;:、]+$/g, '').replace(/\s+(?=[,;:.、](?:\s|$))/g, ''))
    .filter(Boolean)
    .map((line) => (/[。．.!?！？…]$/.test(line) ? line : `${line}${signs.sentenceEnd}`))
    .join(signs.between);
}

function inSigns(line: string, signs: Signs): string {
  const { pause, percent, perSecond, ipv6, words, unit } = signs;
  return line
    .replace(ADDRESS, (_, host: string) => (host.startsWith('[') ? ipv6 : host))
    .replace(IPV6, ipv6)
    .replace(/(?:\s*\|\s*)+/g, pause)
    .replace(LENGTH_OF_TIME, (all, hours, minutes, seconds) => {
      const parts = [
        [hours, 'hours'],
        [minutes, 'minutes'],
        [seconds, 'seconds'],
      ] as const;
      const said = parts.flatMap(([number, name]) =>
        Number(number) > 0 ? `${number}${unit(name, number)}` : [],
      );
      return said.join(signs.and) || all;
    })
    .replace(/\s*(?:[-=]+>|→)\s*/g, ` ${words['->']} `)
    .replace(/\s*([<>=!]=|[≧≦≥≤])\s*/g, (_, sign) => ` ${words[ASCII[sign] ?? (sign as Sign)]} `)
    .replace(/\s+([<>])\s+/g, (_, sign) => ` ${words[sign as Sign]} `)
    .replace(MEASURED, (_, number, name, rate) => {
      return `${number}${unit(unitOf(name), number)}${rate ? perSecond : ''}`;
    })
    .replace(/\s*%(?!\w)/g, percent);
}

/** A URL is spoken by its host only; the rest is for a browser. */
const ADDRESS =
  /\b[a-z][a-z\d+.-]*:\/\/(?:[^\s/?#]*@)?(\[[\da-f:.%]+\]|[\w.-]*)(?:[\w\-~:/?#[\]@!$&'()*+,;=%.]*[\w\-~/#@&*+=%])?/gi;

/** With its port. A time has no `::`, and at most four colons. */
const IPV6 =
  /(?<![\w:.])\[?(?=[\da-f:.]*\d)(?:(?:[\da-f]{1,4}:){1,6}(?::[\da-f]{1,4}){1,6}|::(?:[\da-f]{1,4}:){0,6}[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,7}:|(?:[\da-f]{1,4}:){7}[\da-f]{1,4})(?:%\w+)?(?![\w:])(?:\](?::\d+)?)?/gi;

/** A duration as Go writes it, `1h2m30.5s`: pkg.go.dev/time#Duration.String */
const LENGTH_OF_TIME =
  /(?<![\w.])(?=\d+h\d+m|\d+[hm]\d+(?:\.\d+)?s)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?(?!\w)/g;

const ASCII: Readonly<Record<string, Sign>> = { '≧': '>=', '≥': '>=', '≦': '<=', '≤': '<=' };

const MEASURED =
  /(?<![\w.])(\d+(?:\.\d+)?)\s?(ms|msec|[µμu]s|s|secs?|[kmgt]i?b|[kmgt]i?bytes)(\/s(?:ec)?)?(?!\w)/gi;

const SIZES: Readonly<Record<string, Unit>> = {
  k: 'kilobytes',
  m: 'megabytes',
  g: 'gigabytes',
  t: 'terabytes',
};

function unitOf(name: string): Unit {
  if (/b/i.test(name)) return SIZES[name.charAt(0).toLowerCase()] ?? 'none';
  if (/^[µμu]/i.test(name)) return 'microseconds';
  return /^m/i.test(name) ? 'milliseconds' : 'seconds';
}
