/** What a dial list may say. Its descriptions also reach editors, as JSON schema. At build time only. */
import * as v from 'valibot';
import {
  date,
  language,
  matching,
  oneOf,
  phone,
  ringSeconds,
  text,
  timeOfDay,
  timeZone,
  wholeNumber,
} from './values';
import { say } from './words';

/** A key that may be left out, and what it is then. */
const key = <const S extends v.GenericSchema, const D extends v.InferInput<S>>(
  description: string,
  schema: S,
  usual: D,
) => v.optional(v.pipe(schema, v.description(description)), usual);

const described = <const S extends v.GenericSchema>(description: string, schema: S) =>
  v.pipe(schema, v.description(description));

export const memberSchema = v.strictObject({
  name: v.pipe(
    text('write the name that Slack shows', 'Slackに表示する名前を書いてください'),
    v.description('The name that Slack shows.'),
  ),
  reading: v.optional(
    described(
      'The name as it is spoken.',
      text('write the name as it is spoken', '名前の読みを書いてください'),
    ),
  ),
  phone,
  ringSeconds: v.optional(described("Seconds to ring; the list's own if left out.", ringSeconds)),
  language: v.optional(
    described("The language spoken to this member; the list's own if left out.", language),
  ),
  slackUserId: v.optional(
    described(
      'Slack member ID, for mentions: profile, ⋮, Copy member ID.',
      matching(
        /^[UW][A-Z0-9]{5,}$/,
        'write a Slack member ID, as in "U012AB3CD"',
        'SlackのメンバーIDを "U012AB3CD" の形で書いてください',
      ),
    ),
  ),
});

export const rotationEntries = {
  every: v.pipe(
    oneOf('day', 'week', 'page', 'never'),
    v.description('When the next member becomes the first.'),
  ),
  at: key("Handoff time in the list's time zone; 09:00 if left out.", timeOfDay, '09:00'),
  since: v.optional(described('The date on which member 1 is first; needed for day and week.', date)),
};

const rotation = v.pipe(
  v.strictObject(rotationEntries),
  v.forward(
    v.partialCheck(
      [['every'], ['since']],
      ({ every, since }) => since !== undefined || every === 'page' || every === 'never',
      say(
        'write the date on which the first member is first, as in "2026-11-22"',
        '1人目が先頭になる日付を "2026-11-22" の形で書いてください',
      ),
    ),
    ['since'],
  ),
);

const members = v.pipe(
  v.array(
    memberSchema,
    say(
      'write a list of members: [{ "name": …, "phone": … }, …]',
      'メンバーの一覧を書いてください: [{ "name": …, "phone": … }, …]',
    ),
  ),
  v.minLength(
    1,
    say(
      'write at least one member: { "name": …, "phone": … }',
      'メンバーを1人以上書いてください: { "name": …, "phone": … }',
    ),
  ),
  v.description('The people to ring, in this order. Any number of them.'),
);

export const dialListSchema = v.strictObject({
  $schema: v.optional(
    v.string(
      say(
        'write the path of the JSON schema, or leave it out',
        'JSON Schemaのパスを書くか、この行を消してください',
      ),
    ),
  ),
  timeZone: key('IANA time zone in which days and handoffs are counted.', timeZone, 'Asia/Tokyo'),
  language: key('What Slack is written in, and what is spoken.', language, 'ja'),
  answer: key(
    'What takes a page: key 1, or picking up (then a voicemail takes it, too).',
    oneOf('keypress', 'pickup'),
    'keypress',
  ),
  callIn: key(
    'Whether members who call number A hear how things stand, and can be rung back.',
    oneOf('on', 'off'),
    'on',
  ),
  start: key(
    "What starts a page: a call from Mackerel's Twilio channel, or its webhook.",
    oneOf('call', 'webhook'),
    'call',
  ),
  quietMinutes: key(
    'Minutes after somebody took an alert in which its re-sends ring nobody; 0: they always ring.',
    wholeNumber(0, 1440, 'minutes'),
    30,
  ),
  awakeMinutes: key(
    'Minutes after somebody took a page in which a new alert rings them first, because they are awake; 0: always the order of the date.',
    wholeNumber(0, 1440, 'minutes'),
    10,
  ),
  settleMinutes: key(
    'Minutes after an alert that somebody took has closed in which one of the same monitor and host goes quietly to them; 0: it rings.',
    wholeNumber(0, 60, 'minutes'),
    10,
  ),
  repeatMinutes: key(
    'With "start": "webhook": an alert that nobody answered rings again with the first notification that comes this many minutes after the last ringing began.',
    wholeNumber(1, 1440, 'minutes'),
    10,
  ),
  ringSeconds: key('Seconds to ring a member; Twilio adds 5.', ringSeconds, 60),
  rounds: key('How many times everybody is rung.', wholeNumber(1, 50, 'rounds'), 3),
  pauseSeconds: key('Seconds between two rounds.', wholeNumber(0, 600, 'seconds'), 30),
  rotation: v.optional(rotation, { every: 'never' }),
  members,
});
