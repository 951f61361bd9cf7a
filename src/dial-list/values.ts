/** What a single value of a dial list may be, and what to write instead. At build time only. */
import * as v from 'valibot';
import { handoffTime } from './calendar';
import { phoneWords, say } from './words';

const UNITS = { seconds: '秒数', minutes: '分数', rounds: '周数' } as const;

export function wholeNumber(least: number, most: number, what: keyof typeof UNITS) {
  const instead = say(
    `write a whole number of ${what} from ${least} to ${most}`,
    `${UNITS[what]}を${least}から${most}までの整数で書いてください`,
  );
  return v.pipe(v.number(instead), v.integer(instead), v.minValue(least, instead), v.maxValue(most, instead));
}

export function oneOf<const T extends readonly string[]>(...words: T) {
  const quoted = words.map((word) => `"${word}"`);
  return v.picklist(
    words,
    say(`write one of ${quoted.join(', ')}`, `${quoted.join('、')} のどれかを書いてください`),
  );
}

export function text(en: string, ja: string) {
  return v.pipe(v.string(say(en, ja)), v.trim(), v.nonEmpty(say(en, ja)));
}

export function matching(pattern: RegExp, en: string, ja: string) {
  return v.pipe(v.string(say(en, ja)), v.regex(pattern, say(en, ja)));
}

/** Asks the arithmetic that will count the list's days: other checks accept some abbreviations, such as `JST`. */
function isTimeZone(timeZone: string): boolean {
  try {
    return Number.isFinite(handoffTime(0, { timeZone, at: '00:00' }));
  } catch {
    return false;
  }
}

function isDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

const aTimeZone = say(
  'write an IANA time zone, as in "Asia/Tokyo"',
  'IANAのタイムゾーン名を書いてください。例: "Asia/Tokyo"',
);
export const timeZone = v.pipe(v.string(aTimeZone), v.check(isTimeZone, aTimeZone));

export const language = oneOf('ja', 'en');
/** Twilio's own limits of a ring: docs/voice/twiml/dial#timeout */
export const ringSeconds = wholeNumber(5, 600, 'seconds');

export const date = v.pipe(
  matching(
    /^\d{4}-\d{2}-\d{2}$/,
    'write a date, as in "2026-11-22"',
    '日付を "2026-11-22" の形で書いてください',
  ),
  v.check(
    isDate,
    say('write a date that exists, as in "2026-11-22"', '実在する日付を "2026-11-22" の形で書いてください'),
  ),
);

export const timeOfDay = matching(
  /^([01]\d|2[0-3]):[0-5]\d$/,
  'write a time of day from "00:00" to "23:59", as in "09:00"',
  '"00:00" から "23:59" までの時刻を "09:00" の形で書いてください',
);

export const phone = v.pipe(
  v.string(
    say(
      'write a phone number in E.164 and in quotes, as in "+815000000001"',
      '電話番号をE.164の形で、引用符で囲んで書いてください。例: "+815000000001"',
    ),
  ),
  v.trim(),
  v.rawCheck(({ dataset, addIssue }) => {
    const words = dataset.typed && phoneWords(dataset.value);
    if (words) addIssue({ message: say(words.en, words.ja) });
  }),
  v.description('E.164, as in +815000000001. The same phone may appear more than once.'),
);
