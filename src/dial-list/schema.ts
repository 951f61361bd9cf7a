/** Checks a dial list as people write it, and completes it for the Functions. Runs at build time only. */
import * as v from 'valibot';
import { handoffsSince } from './calendar';
import type { DialList, Language, Words } from './list';
import { nearestName } from './spelling';
import {
  A_DATE,
  A_SLACK_ID,
  A_TIME_ZONE,
  AN_OBJECT,
  IS_MISSING,
  inLanguage,
  phoneWords,
  say,
  unknownKeyWords,
  withoutNumber,
} from './words';

/** One thing wrong with a dial list: where, and what to write instead. Holds no phone number. */
export type Fault = { readonly path: Path; readonly place: string; readonly message: string };

/** Keys and indexes, from the list's outermost object. */
export type Path = readonly (string | number)[];

export type Checked =
  | { readonly ok: true; readonly list: DialList }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Twilio's own limits of a ring: docs/voice/twiml/dial#timeout */
const RING_SECONDS = { least: 5, most: 600, usual: 60 };

const UNITS = { seconds: '秒数', minutes: '分数', rounds: '周数' } as const;

function wholeNumber(least: number, most: number, what: keyof typeof UNITS) {
  const instead = say({
    en: `write a whole number of ${what} from ${least} to ${most}`,
    ja: `${UNITS[what]}を${least}から${most}までの整数で書いてください`,
  });
  return v.pipe(v.number(instead), v.integer(instead), v.minValue(least, instead), v.maxValue(most, instead));
}

function oneOf<const T extends readonly string[]>(...words: T) {
  const quoted = words.map((word) => `"${word}"`);
  return v.picklist(
    words,
    say({ en: `write one of ${quoted.join(', ')}`, ja: `${quoted.join('、')} のどれかを書いてください` }),
  );
}

function text(words: Words) {
  return v.pipe(v.string(say(words)), v.trim(), v.nonEmpty(say(words)));
}

/** Asked of the very arithmetic that will count its days: some abbreviations, `JST` among them, pass elsewhere. */
const isTimeZone = (timeZone: string) => {
  try {
    return Number.isInteger(handoffsSince(0, { timeZone, at: '00:00', since: '1970-01-01' }));
  } catch {
    return false;
  }
};
const isDate = (date: string) => {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
};

const language = oneOf('ja', 'en');
const ringSeconds = wholeNumber(RING_SECONDS.least, RING_SECONDS.most, 'seconds');
const since = v.pipe(
  v.string(say(A_DATE)),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, say(A_DATE)),
  v.check(
    isDate,
    say({
      en: 'write a date that exists, as in "2026-11-22"',
      ja: '実在する日付を "2026-11-22" の形で書いてください',
    }),
  ),
);
const at = v.pipe(
  v.string(say({ en: 'write a time of day, as in "09:00"', ja: '時刻を "09:00" の形で書いてください' })),
  v.regex(
    /^([01]\d|2[0-3]):[0-5]\d$/,
    say({
      en: 'write a time of day from "00:00" to "23:59", as in "09:00"',
      ja: '"00:00" から "23:59" までの時刻を "09:00" の形で書いてください',
    }),
  ),
);
const phone = v.pipe(
  v.string(
    say({
      en: 'write a phone number in E.164 and in quotes, as in "+815000000001"',
      ja: '電話番号をE.164の形で、引用符で囲んで書いてください。例: "+815000000001"',
    }),
  ),
  v.trim(),
  v.rawCheck(({ dataset, addIssue }) => {
    const words = dataset.typed && phoneWords(dataset.value);
    if (words) addIssue({ message: say(words) });
  }),
);

const member = v.strictObject({
  name: v.pipe(
    text({ en: 'write the name that Slack shows', ja: 'Slackに表示する名前を書いてください' }),
    v.description('The name that Slack shows.'),
  ),
  reading: v.optional(
    v.pipe(
      text({ en: 'write the name as it is spoken', ja: '名前の読みを書いてください' }),
      v.description('The name as it is spoken.'),
    ),
  ),
  phone: v.pipe(
    phone,
    v.description('E.164, as in +815000000001. The same phone may appear more than once.'),
  ),
  ringSeconds: v.optional(v.pipe(ringSeconds, v.description("Seconds to ring; the list's own if left out."))),
  language: v.optional(
    v.pipe(language, v.description("The language spoken to this member; the list's own if left out.")),
  ),
  slackUserId: v.optional(
    v.pipe(
      v.string(say(A_SLACK_ID)),
      v.regex(/^[UW][A-Z0-9]{5,}$/, say(A_SLACK_ID)),
      v.description('Slack member ID, for mentions: profile, ⋮, Copy member ID.'),
    ),
  ),
});

const rotationEntries = {
  every: v.pipe(
    oneOf('day', 'week', 'page', 'never'),
    v.description('When the next member becomes the first.'),
  ),
  at: v.optional(
    v.pipe(at, v.description("Handoff time in the list's time zone; 09:00 if left out.")),
    '09:00',
  ),
  since: v.optional(
    v.pipe(since, v.description('The date on which member 1 is first; needed for day and week.')),
  ),
};

const rotation = v.pipe(
  v.strictObject(rotationEntries),
  v.forward(
    v.partialCheck(
      [['every'], ['since']],
      ({ every, since }) => since !== undefined || every === 'page' || every === 'never',
      say({
        en: 'write the date on which the first member is first, as in "2026-11-22"',
        ja: '1人目が先頭になる日付を "2026-11-22" の形で書いてください',
      }),
    ),
    ['since'],
  ),
);

export const dialListSchema = v.strictObject({
  $schema: v.optional(
    v.string(
      say({
        en: 'write the path of the JSON schema, or leave it out',
        ja: 'JSON Schemaのパスを書くか、この行を消してください',
      }),
    ),
  ),
  timeZone: v.optional(
    v.pipe(
      v.string(say(A_TIME_ZONE)),
      v.check(isTimeZone, say(A_TIME_ZONE)),
      v.description('IANA time zone in which days and handoffs are counted.'),
    ),
    'Asia/Tokyo',
  ),
  language: v.optional(
    v.pipe(language, v.description('What Slack is written in, and what is spoken.')),
    'ja',
  ),
  answer: v.optional(
    v.pipe(
      oneOf('keypress', 'pickup'),
      v.description('What takes a page: key 1, or picking up (then a voicemail takes it, too).'),
    ),
    'keypress',
  ),
  callIn: v.optional(
    v.pipe(
      oneOf('on', 'off'),
      v.description('Whether members who call number A hear how things stand, and can be rung back.'),
    ),
    'on',
  ),
  start: v.optional(
    v.pipe(
      oneOf('call', 'webhook'),
      v.description("What starts a page: a call from Mackerel's Twilio channel, or its webhook."),
    ),
    'call',
  ),
  quietMinutes: v.optional(
    v.pipe(
      wholeNumber(0, 1440, 'minutes'),
      v.description(
        'Minutes after somebody took an alert in which its re-sends ring nobody; 0: they always ring.',
      ),
    ),
    30,
  ),
  awakeMinutes: v.optional(
    v.pipe(
      wholeNumber(0, 1440, 'minutes'),
      v.description(
        'Minutes after somebody took a page in which a new alert rings them first, because they are awake; 0: always the order of the date.',
      ),
    ),
    10,
  ),
  settleMinutes: v.optional(
    v.pipe(
      wholeNumber(0, 60, 'minutes'),
      v.description(
        'Minutes after an alert that somebody took has closed in which one of the same monitor and host goes quietly to them; 0: it rings.',
      ),
    ),
    10,
  ),
  repeatMinutes: v.optional(
    v.pipe(
      wholeNumber(1, 1440, 'minutes'),
      v.description(
        'With "start": "webhook": an alert that nobody answered rings again with the first notification that comes this many minutes after the last ringing began.',
      ),
    ),
    10,
  ),
  ringSeconds: v.optional(
    v.pipe(ringSeconds, v.description('Seconds to ring a member; Twilio adds 5.')),
    RING_SECONDS.usual,
  ),
  rounds: v.optional(
    v.pipe(wholeNumber(1, 50, 'rounds'), v.description('How many times everybody is rung.')),
    3,
  ),
  pauseSeconds: v.optional(
    v.pipe(wholeNumber(0, 600, 'seconds'), v.description('Seconds between two rounds.')),
    30,
  ),
  rotation: v.optional(rotation, { every: 'never' }),
  members: v.pipe(
    v.array(
      member,
      say({
        en: 'write a list of members: [{ "name": …, "phone": … }, …]',
        ja: 'メンバーの一覧を書いてください: [{ "name": …, "phone": … }, …]',
      }),
    ),
    v.minLength(
      1,
      say({
        en: 'write at least one member: { "name": …, "phone": … }',
        ja: 'メンバーを1人以上書いてください: { "name": …, "phone": … }',
      }),
    ),
    v.description('The people to ring, in this order. Any number of them.'),
  ),
});

/** Every fault of a dial list at once, or the list as the Functions read it. */
export function checkDialList(written: unknown, language: Language = 'en'): Checked {
  const result = v.safeParse(dialListSchema, written, { lang: language });
  if (!result.success) {
    const told = result.issues
      .filter((issue) => issue.expected !== 'never')
      .map((issue) => faultOf(issue, written, language));
    return { ok: false, faults: oneEach([...told, ...unknownKeys(written, language)]) };
  }
  const { $schema: _, ringSeconds, members, rotation, ...list } = result.output;
  return {
    ok: true,
    list: {
      ...list,
      rotation: { ...rotation, since: rotation.since ?? '1970-01-01' },
      members: members.map((member) => ({
        ...member,
        reading: member.reading ?? member.name,
        ringSeconds: member.ringSeconds ?? ringSeconds,
        language: member.language ?? list.language,
      })),
    },
  };
}

type Issue = v.InferIssue<typeof dialListSchema>;

/** What is wrong in two ways at one place is mended by one answer. */
function oneEach(faults: readonly Fault[]): Fault[] {
  return faults.filter(({ place }, index) => faults.findIndex((other) => other.place === place) === index);
}

function faultOf(issue: Issue, written: unknown, language: Language): Fault {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  return { path, place: placeOf(path, written, language), message: messageOf(issue) };
}

function messageOf(issue: Issue): string {
  if (issue.type !== 'strict_object') return issue.message;
  return inLanguage(issue.received === 'undefined' ? IS_MISSING : AN_OBJECT, issue.lang);
}

function placeOf(path: Path, written: unknown, language: Language): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${withoutNumber(key)}`)).join('');
  const [first, index] = path;
  const name = first === 'members' && typeof index === 'number' ? nameOf(written, index, language) : null;
  return `${place.replace(/^\./, '') || inLanguage(THE_LIST, language)}${name ? ` (${name})` : ''}`;
}

const THE_LIST = { en: 'dial list', ja: 'リスト全体' };

function nameOf(written: unknown, index: number, language: Language): string {
  const { members } = written as { members?: { name?: unknown }[] };
  const name = members?.[index]?.name;
  const nth = inLanguage({ en: `member ${index + 1}`, ja: `${index + 1}人目` }, language);
  return typeof name === 'string' && name !== '' ? `${nth}, ${name}` : nth;
}

/** The schema stops at the first unknown key of an object; people want to hear of all of them. */
function unknownKeys(written: unknown, language: Language): Fault[] {
  const { rotation: ofRotation, members } = (written ?? {}) as { rotation?: unknown; members?: unknown };
  const ofMembers = Array.isArray(members) ? members : [];
  return [
    ...unknownIn(written, dialListSchema.entries, []),
    ...unknownIn(ofRotation, rotationEntries, ['rotation']),
    ...ofMembers.flatMap((one, index) => unknownIn(one, member.entries, ['members', index])),
  ].map(({ path, nearest }) => ({
    path,
    place: placeOf(path, written, language),
    message: inLanguage(unknownKeyWords(nearest), language),
  }));
}

type Unknown = { readonly path: Path; readonly nearest: string | undefined };

function unknownIn(object: unknown, known: object, path: Path): Unknown[] {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return [];
  return Object.keys(object)
    .filter((key) => !Object.hasOwn(known, key))
    .map((key) => ({ path: [...path, key], nearest: nearestName(key, Object.keys(known)) }));
}
