/** Checks a dial list as people write it, and completes it for the Functions. Runs at build time only. */
import * as v from 'valibot';
import { handoffsSince } from './calendar';
import type { DialList } from './dial-list';

/** One thing wrong with a dial list: where, and what to write instead. Holds no phone number. */
export type Fault = { readonly place: string; readonly message: string };

export type Checked =
  | { readonly ok: true; readonly list: DialList }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Twilio's own limits of a ring: docs/voice/twiml/dial#timeout */
const RING_SECONDS = { least: 5, most: 600, usual: 60 };

function wholeNumber(least: number, most: number, what: string) {
  const instead = `write a whole number of ${what} from ${least} to ${most}`;
  return v.pipe(v.number(instead), v.integer(instead), v.minValue(least, instead), v.maxValue(most, instead));
}

function oneOf<const T extends readonly string[]>(...words: T) {
  return v.picklist(words, `write one of ${words.map((word) => `"${word}"`).join(', ')}`);
}

const text = (instead: string) => v.pipe(v.string(instead), v.trim(), v.nonEmpty(instead));

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
  v.string('write a date, as in "2026-11-22"'),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'write a date, as in "2026-11-22"'),
  v.check(isDate, 'write a date that exists, as in "2026-11-22"'),
);
const at = v.pipe(
  v.string('write a time of day, as in "09:00"'),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day from "00:00" to "23:59", as in "09:00"'),
);
const phone = v.pipe(
  v.string('write a phone number in E.164, as in "+815000000001"'),
  v.trim(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (dataset.typed && !E164.test(dataset.value)) addIssue({ message: insteadOf(dataset.value) });
  }),
);

const E164 = /^\+[1-9]\d{6,14}$/;

/** Shows the form to write, the subscriber's own digits hidden: a build's log is read by many. */
function insteadOf(written: string): string {
  const digits = written.replace(/[^\d+]/g, '');
  const hidden = (known: string, rest: string) => `"${known}${'•'.repeat(rest.length)}"`;
  if (/^0\d{9,10}$/.test(digits)) {
    const known = /^0[5-9]0/.test(digits) ? 3 : 2;
    const form = hidden(`+81${digits.slice(1, known)}`, digits.slice(known));
    return `is a national number; write it in E.164: in Japan, +81 in place of the leading 0 and no hyphens, ${form}`;
  }
  if (/^\+[1-9]\d{6,14}$/.test(digits))
    return `write only + and digits: ${hidden(digits.slice(0, 3), digits.slice(3))}`;
  return 'write a phone number in E.164: +, country code, number, at most 15 digits, as in "+815000000001"';
}

const member = v.strictObject({
  name: v.pipe(text('write the name that Slack shows'), v.description('The name that Slack shows.')),
  reading: v.optional(
    v.pipe(text('write the name as it is spoken'), v.description('The name as it is spoken.')),
  ),
  phone: v.pipe(phone, v.description('E.164, as in +815000000001. The same phone may come more than once.')),
  ringSeconds: v.optional(
    v.pipe(ringSeconds, v.description("Seconds to ring; the list's own where it is left out.")),
  ),
  language: v.optional(
    v.pipe(language, v.description("What is spoken to this member; the list's own where left out.")),
  ),
  slackUserId: v.optional(
    v.pipe(
      v.string('write a Slack member ID, as in "U012AB3CD"'),
      v.regex(/^[UW][A-Z0-9]{5,}$/, 'write a Slack member ID, as in "U012AB3CD"'),
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
    v.pipe(at, v.description('Handoff time in the time zone of the list; 09:00 where left out.')),
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
      'write the date on which the first member is first, as in "2026-11-22"',
    ),
    ['since'],
  ),
);

export const dialListSchema = v.strictObject({
  $schema: v.optional(v.string('write the path of the JSON schema, or leave it out')),
  timeZone: v.optional(
    v.pipe(
      v.string('write an IANA time zone, as in "Asia/Tokyo"'),
      v.check(isTimeZone, 'write an IANA time zone, as in "Asia/Tokyo"'),
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
      v.description('What takes a page: key 1, or picking up (a voicemail does too).'),
    ),
    'keypress',
  ),
  start: v.optional(
    v.pipe(
      oneOf('call', 'webhook'),
      v.description("What starts a page: the call of Mackerel's Twilio channel, or its webhook alone."),
    ),
    'call',
  ),
  quietMinutes: v.optional(
    v.pipe(
      wholeNumber(0, 1440, 'minutes'),
      v.description(
        'Minutes for which a re-sent alert rings nobody after somebody took it; 0: it always rings.',
      ),
    ),
    30,
  ),
  repeatMinutes: v.optional(
    v.pipe(
      wholeNumber(1, 1440, 'minutes'),
      v.description(
        'With "start": "webhook": an alert that nobody answered rings again with the first notification that comes so many minutes after the last ringing began.',
      ),
    ),
    10,
  ),
  ringSeconds: v.optional(
    v.pipe(ringSeconds, v.description('Seconds to ring a member; Twilio adds 5.')),
    RING_SECONDS.usual,
  ),
  rounds: v.optional(v.pipe(wholeNumber(1, 50, 'rounds'), v.description('How often everyone is rung.')), 3),
  pauseSeconds: v.optional(
    v.pipe(wholeNumber(0, 600, 'seconds'), v.description('Seconds between two rounds.')),
    30,
  ),
  rotation: v.optional(rotation, { every: 'never' }),
  members: v.pipe(
    v.array(member, 'write a list of members: [{ "name": …, "phone": … }, …]'),
    v.minLength(1, 'write at least one member: { "name": …, "phone": … }'),
    v.description('Who is rung, in this order. Any number of members.'),
  ),
});

/** Every fault of a dial list at once, or the list as the Functions read it. */
export function checkDialList(written: unknown): Checked {
  const result = v.safeParse(dialListSchema, written);
  if (!result.success) {
    const told = result.issues
      .filter((issue) => issue.expected !== 'never')
      .map((issue) => faultOf(issue, written));
    return { ok: false, faults: oneEach([...told, ...unknownKeys(written)]) };
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
type Path = readonly (string | number)[];

/** What is wrong in two ways at one place is mended by one answer. */
function oneEach(faults: readonly Fault[]): Fault[] {
  return faults.filter(({ place }, index) => faults.findIndex((other) => other.place === place) === index);
}

function faultOf(issue: Issue, written: unknown): Fault {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  return { place: placeOf(path, written), message: messageOf(issue) };
}

function messageOf(issue: Issue): string {
  if (issue.type !== 'strict_object') return issue.message;
  return issue.received === 'undefined' ? 'is missing' : 'write an object: { … }';
}

function placeOf(path: Path, written: unknown): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${withoutNumber(key)}`)).join('');
  const [first, index] = path;
  const name = first === 'members' && typeof index === 'number' ? nameOf(written, index) : null;
  return `${place.replace(/^\./, '') || 'dial list'}${name ? ` (${name})` : ''}`;
}

/** A phone number may have been written for a key. */
const withoutNumber = (key: string) => key.replace(/\+?\d[\d-]{5,}/g, '(number)');

function nameOf(written: unknown, index: number): string {
  const { members } = written as { members?: { name?: unknown }[] };
  const name = members?.[index]?.name;
  return typeof name === 'string' && name !== '' ? `member ${index + 1}, ${name}` : `member ${index + 1}`;
}

/** The schema stops at the first unknown key of an object; people want to hear of all of them. */
function unknownKeys(written: unknown): Fault[] {
  const { rotation: ofRotation, members } = (written ?? {}) as { rotation?: unknown; members?: unknown };
  const ofMembers = Array.isArray(members) ? members : [];
  return [
    ...unknownIn(written, dialListSchema.entries, []),
    ...unknownIn(ofRotation, rotationEntries, ['rotation']),
    ...ofMembers.flatMap((one, index) => unknownIn(one, member.entries, ['members', index])),
  ].map((path) => ({
    place: placeOf(path, written),
    message: 'is not a key of the dial list; mend its spelling or take it out',
  }));
}

function unknownIn(object: unknown, known: object, path: Path): Path[] {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return [];
  return Object.keys(object)
    .filter((key) => !Object.hasOwn(known, key))
    .map((key) => [...path, key]);
}
