import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import examples from 'libphonenumber-js/mobile/examples';
import { dialListJsonSchema } from '../../../scripts/dial-list-schema';
import { handoffsOf } from '../../../src/dial-list/calendar';
import { checkDialList, type Fault } from '../../../src/dial-list/check';
import type { DialList, Language } from '../../../src/dial-list/list';

const someone = { name: '佐藤', phone: '+815000000001' };

/** A list that is right except for what a test says. */
const written = (changes: object = {}) => ({ members: [someone], ...changes });
/** A list whose one member is right except for what a test says. */
const withMember = (changes: object) => ({ members: [{ ...someone, ...changes }] });

type Told = Pick<Fault, 'place' | 'message'>;

function faultsOf(list: unknown, language?: Language): readonly Told[] {
  const checked = checkDialList(list, language);
  return checked.ok ? [] : checked.faults.map(({ place, message }) => ({ place, message }));
}

function completed(list: unknown): DialList {
  const checked = checkDialList(list);
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  return checked.list;
}

const asset = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../../src/assets', name), 'utf8'));

describe('a list that is right', () => {
  test('is completed where it says nothing', () => {
    expect(completed({ members: [someone] })).toMatchObject({
      timeZone: 'Asia/Tokyo',
      language: 'ja',
      answer: 'keypress',
      rounds: 3,
      pauseSeconds: 30,
      rotation: { every: 'never', at: '09:00', since: expect.any(String) },
      members: [{ ...someone, reading: '佐藤', ringSeconds: 60, language: 'ja' }],
    });
  });

  test('keeps what it says', () => {
    const list = {
      timeZone: 'America/New_York',
      language: 'en',
      answer: 'pickup',
      rounds: 50,
      pauseSeconds: 0,
      rotation: { every: 'week', at: '23:59', since: '2028-02-29' },
    } as const;
    const members = [
      { name: 'Alice', phone: '+15550100', ringSeconds: 5, slackUserId: 'U012AB3CD' },
      { name: '鈴木', reading: 'すずき', phone: '+815000000002', language: 'ja' },
    ];
    expect(completed({ ...list, ringSeconds: 600, members })).toMatchObject({
      ...list,
      members: [
        { ...members[0], reading: 'Alice', language: 'en' },
        { ...members[1], ringSeconds: 600 },
      ],
    });
  });

  test('hands off at 09:00 where it names no time', () => {
    const rotation = { every: 'day', since: '2026-11-22' };
    expect(completed(written({ rotation })).rotation).toMatchObject({ ...rotation, at: '09:00' });
  });

  test.each(['page', 'never'])('needs no date to rotate by %s', (every) => {
    expect(completed(written({ rotation: { every } })).rotation).toMatchObject({ every, at: '09:00' });
  });

  test('may ring the same phone twice, and any number of people', () => {
    const members = Array.from({ length: 25 }, (_, index) => ({ ...someone, name: `当番${index}` }));
    expect(completed({ members }).members).toHaveLength(25);
  });

  test('does not mind blanks around words', () => {
    const blank = { name: ' 佐藤 ', reading: ' さとう ', phone: ' +815000000001 ' };
    expect(completed({ members: [blank] }).members[0]).toMatchObject({ ...someone, reading: 'さとう' });
  });

  test('may name its JSON schema, of which the Functions know nothing', () => {
    expect(completed(written({ $schema: './dial-list.schema.json' }))).not.toHaveProperty('$schema');
  });
});

describe('one fault: where it is, and what to write instead', () => {
  const wholeSeconds = 'a whole number of seconds from 5 to 600';

  test.each([
    ['no list at all', undefined, 'dial list', 'is missing'],
    ['null', null, 'dial list', 'write an object: { … }'],
    ['a text', 'members', 'dial list', 'write an object: { … }'],
    ['no members', {}, 'members', 'is missing'],
    ['nobody', { members: [] }, 'members', 'write at least one member: { "name": …, "phone": … }'],
    ['members not in a list', { members: someone }, 'members', 'write a list of members: [{ "name"'],
    ['a member who is null', { members: [null] }, 'members[0] (member 1)', 'write an object'],
    ['an unknown key', written({ colour: 1 }), 'colour', 'fix its spelling or take it out'],
    ['a time zone of no place', written({ timeZone: 'Asia/Edo' }), 'timeZone', '"Asia/Tokyo"'],
    ['an empty time zone', written({ timeZone: '' }), 'timeZone', '"Asia/Tokyo"'],
    ['a time zone as a number', written({ timeZone: 9 }), 'timeZone', '"Asia/Tokyo"'],
    ['a language not spoken', written({ language: 'fr' }), 'language', 'one of "ja", "en"'],
    ['no way to answer', written({ answer: 'voice' }), 'answer', 'one of "keypress", "pickup"'],
    ['a ring shorter than Twilio’s', written({ ringSeconds: 4 }), 'ringSeconds', wholeSeconds],
    ['a ring longer than Twilio’s', written({ ringSeconds: 601 }), 'ringSeconds', wholeSeconds],
    ['half a second', written({ ringSeconds: 30.5 }), 'ringSeconds', wholeSeconds],
    ['seconds as text', written({ ringSeconds: '60' }), 'ringSeconds', wholeSeconds],
    ['seconds as null', written({ ringSeconds: null }), 'ringSeconds', wholeSeconds],
    ['no round', written({ rounds: 0 }), 'rounds', 'a whole number of rounds from 1 to 50'],
    ['too many rounds', written({ rounds: 51 }), 'rounds', 'a whole number of rounds from 1 to 50'],
    ['a pause backwards', written({ pauseSeconds: -1 }), 'pauseSeconds', 'from 0 to 600'],
    ['a pause too long', written({ pauseSeconds: 601 }), 'pauseSeconds', 'from 0 to 600'],
    ['no way to start', written({ start: 'mail' }), 'start', 'one of "call", "webhook"'],
    ['a quiet time over a day', written({ quietMinutes: 1441 }), 'quietMinutes', 'minutes from 0 to 1440'],
    ['a repeat without end', written({ repeatMinutes: 0 }), 'repeatMinutes', 'minutes from 1 to 1440'],
    ['a rotation as a word', written({ rotation: 'day' }), 'rotation', 'write an object'],
    ['a rotation by nothing', written({ rotation: {} }), 'rotation.every', 'is missing'],
    [
      'by month',
      written({ rotation: { every: 'month' } }),
      'rotation.every',
      '"day", "week", "page", "never"',
    ],
    ['by day from no date', written({ rotation: { every: 'day' } }), 'rotation.since', '"2026-11-22"'],
    ['by week from no date', written({ rotation: { every: 'week' } }), 'rotation.since', '"2026-11-22"'],
    [
      'a date that does not exist',
      written({ rotation: { every: 'day', since: '2026-02-30' } }),
      'rotation.since',
      'write a date that exists',
    ],
    [
      '29 February in a common year',
      written({ rotation: { every: 'day', since: '2027-02-29' } }),
      'rotation.since',
      'write a date that exists',
    ],
    [
      'one digit of the hour',
      written({ rotation: { every: 'day', since: '2026-11-22', at: '9:00' } }),
      'rotation.at',
      '"09:00"',
    ],
    [
      'the end of the day as 24:00',
      written({ rotation: { every: 'page', at: '24:00' } }),
      'rotation.at',
      'from "00:00" to "23:59"',
    ],
    [
      'an unknown key of the rotation',
      written({ rotation: { every: 'never', from: '2026-11-22' } }),
      'rotation.from',
      'fix its spelling',
    ],
    ['no name', { members: [{ phone: '+815000000001' }] }, 'members[0].name (member 1)', 'is missing'],
    ['an empty name', withMember({ name: '' }), 'members[0].name (member 1)', 'the name that Slack shows'],
    ['no phone', { members: [{ name: '佐藤' }] }, 'members[0].phone (member 1, 佐藤)', 'is missing'],
    ['a phone as a number', withMember({ phone: 1 }), 'members[0].phone (member 1, 佐藤)', 'in E.164'],
    [
      'an empty reading',
      withMember({ reading: ' ' }),
      'members[0].reading (member 1, 佐藤)',
      'as it is spoken',
    ],
    [
      'a long ring',
      withMember({ ringSeconds: 601 }),
      'members[0].ringSeconds (member 1, 佐藤)',
      wholeSeconds,
    ],
    ['no language', withMember({ language: 'jp' }), 'members[0].language (member 1, 佐藤)', '"ja", "en"'],
    [
      'a Slack name where the ID belongs',
      withMember({ slackUserId: '@sato' }),
      'members[0].slackUserId (member 1, 佐藤)',
      'write a Slack member ID, as in "U012AB3CD"',
    ],
    ['a key too many', withMember({ email: '' }), 'members[0].email (member 1, 佐藤)', 'fix its spelling'],
    [
      'the second member',
      { members: [someone, { ...someone, name: '鈴木', ringSeconds: 1 }] },
      'members[1].ringSeconds (member 2, 鈴木)',
      wholeSeconds,
    ],
  ])('%s', (_why, list, place, instead) => {
    expect(faultsOf(list)).toEqual([{ place, message: expect.stringContaining(instead) }]);
  });
});

test('every fault is told at once, in the order of the places', () => {
  const faults = faultsOf({
    timeZone: 'Asia/Edo',
    language: 'fr',
    ringSeconds: 4,
    rounds: 0,
    rotation: { every: 'week', at: '9:00' },
    members: [{ name: '', phone: '050-0000-0001' }, someone, { name: '鈴木', reading: '' }],
    secret: 'x',
  });
  expect(faults.map(({ place }) => place)).toEqual([
    'timeZone',
    'language',
    'ringSeconds',
    'rounds',
    'rotation.at',
    'rotation.since',
    'members[0].name (member 1)',
    'members[0].phone (member 1)',
    'members[2].reading (member 3, 鈴木)',
    'members[2].phone (member 3, 鈴木)',
    'secret',
  ]);
});

test.each(['JST', 'PST', 'CST', 'IST', 'BST', 'EST', 'UTC', 'Etc/GMT-9', 'asia/tokyo'])(
  'a time zone that the check lets pass can be counted in: %s',
  (timeZone) => {
    const countsIn = () => handoffsOf({ timeZone, at: '09:00' });
    if (faultsOf(written({ timeZone })).length === 0) expect(countsIn()).toContainEqual(expect.any(Array));
    else expect(countsIn).toThrow();
  },
);

describe('faults side by side', () => {
  test.each<[string, unknown, string[]]>([
    ['two unknown keys', written({ colour: 1, sound: 2 }), ['colour', 'sound']],
    ['one number that is wrong in two ways', written({ ringSeconds: 1000.5 }), ['ringSeconds']],
    [
      'a date that is wrong in two ways',
      written({ rotation: { every: 'day', since: '2026-1-5' } }),
      ['rotation.since'],
    ],
    [
      'a missing date, though the time is of the wrong kind',
      written({ rotation: { every: 'day', at: 9 } }),
      ['rotation.at', 'rotation.since'],
    ],
  ])('%s', (_why, list, places) => {
    expect(faultsOf(list).map(({ place }) => place)).toEqual(places);
  });
});

test('a Slack ID written as a number is told what to write, and is not shown', () => {
  expect(faultsOf(withMember({ slackUserId: 815000000042 }))).toEqual([
    {
      place: 'members[0].slackUserId (member 1, 佐藤)',
      message: 'write a Slack member ID, as in "U012AB3CD"',
    },
  ]);
});

test('a phone number written for a key is not shown', () => {
  const faults = faultsOf({ members: [{ '+815000000042': '佐藤' }] });
  expect(faults.map(({ place }) => place)).toContain('members[0].(number) (member 1)');
  expect(JSON.stringify(faults)).not.toContain('0042');
});

describe('a phone number that cannot be dialled as it is written', () => {
  const e164 = 'E.164: +, country code';
  const noPlan = 'not a number in any country’s numbering plan';

  test.each([
    ['the national form', '050-0000-0042', '"+8150••••••••"'],
    ['without hyphens', '05000000042', '"+8150••••••••"'],
    ['with brackets and blanks', '(050) 0000 0042', '"+8150••••••••"'],
    ['the leading 0 kept in brackets', '+81 (0)50 0000 0042', '"+8150••••••••"'],
    ['the leading 0 kept', '+8105000000042', '"+8150••••••••"'],
    ['the leading 0 kept, of a mobile phone', `+810${examples.JP}`, '"+8190••••••••"'],
    ['E.164 but for the hyphens', '+81-50-0000-0042', '"+8150••••••••"'],
    ['E.164 but for blanks and brackets', '+1 (555) 0142', '"+15••••••"'],
    ['no plus', '815000000042', '"+8150••••••••"'],
    ['an exit code in place of the plus', '010815000000042', '"+8150••••••••"'],
    ['full-width digits', '０５０００００００４２', '"+8150••••••••"'],
    ['full-width, with hyphens', '０５０－００００－００４２', '"+8150••••••••"'],
    ['too long', '+8150000000420042', 'at most 15 digits'],
    ['too short for E.164', '+81500', e164],
    ['digits missing', '+8190042', noPlan],
    ['one digit missing', '+81901234042', noPlan],
    ['one digit too many', '+8190123456042', noPlan],
    ['a country code of 0', '+0815000000042', e164],
    ['a country code that there is not', '+9995000000042', noPlan],
    ['with an extension', '050-0000-0042 ext. 7', e164],
    ['no number', 'ask Sato', e164],
    ['nothing', '', e164],
  ])('%s: the form to write is shown, the number itself is not', (_why, phone, form) => {
    const [fault, ...others] = faultsOf(withMember({ phone }));
    expect(others).toEqual([]);
    expect(fault?.place).toBe('members[0].phone (member 1, 佐藤)');
    expect(fault?.message).toContain(form);
    expect(fault?.message).not.toMatch(/0?[01]?42|４２/);
  });

  // The numbering plan's own example, and ranges that are kept for films: nobody's.
  test.each([`+81${examples.JP}`, '+12125550142', '+442079460000'])('%s is right', (phone) => {
    expect(faultsOf(withMember({ phone }))).toEqual([]);
  });
});

describe('in Japanese', () => {
  test.each([
    ['a number', { ringSeconds: 4 }, 'ringSeconds', '秒数を5から600までの整数で書いてください'],
    ['a word', { start: 'mail' }, 'start', '"call"、"webhook" のどれかを書いてください'],
    [
      'a misspelt key',
      { pauseSecond: 4 },
      'pauseSecond',
      'このキーはありません。綴りを直すか("pauseSeconds" ?)、消してください',
    ],
    ['nobody', { members: [] }, 'members', 'メンバーを1人以上書いてください: { "name": …, "phone": … }'],
    [
      'a phone',
      withMember({ phone: '050-0000-0042' }),
      'members[0].phone (1人目, 佐藤)',
      'E.164の形(国番号から始め、先頭の0を除き、数字だけ)で書いてください: "+8150••••••••"',
    ],
    [
      'no name',
      { members: [{ phone: '+815000000001' }] },
      'members[0].name (1人目)',
      '必要ですが、書かれていません',
    ],
  ])('%s', (_what, changes, place, message) => {
    expect(faultsOf(written(changes), 'ja')).toEqual([{ place, message }]);
  });

  /** Everything at once that the schema has words for. */
  test('no fault is told in English', () => {
    const faults = faultsOf(
      {
        $schema: 1,
        timeZone: 'Asia/Edo',
        language: 'fr',
        answer: 1,
        rounds: 0,
        rotation: { every: 'week', at: '24:00', since: '2026-02-30' },
        members: [null, {}, { name: '', reading: '', phone: 1, slackUserId: '@sato' }],
        x: 1,
      },
      'ja',
    );
    expect(faults.length).toBeGreaterThan(12);
    expect(faults.filter(({ message }) => !/[ぁ-ん]/.test(message))).toEqual([]);
  });
});

test('a misspelt key is told the right one', () => {
  expect(faultsOf(written({ timezone: 'Asia/Tokyo' }))).toEqual([
    { place: 'timezone', message: expect.stringContaining('fix its spelling ("timeZone"?)') },
  ]);
});

describe('what the project ships', () => {
  test('the sample list is right', () => {
    expect(faultsOf(asset('dial-list.private.json'))).toEqual([]);
  });

  test('the JSON schema is what the check says: if not, run `npm run schema`', () => {
    expect(asset('dial-list.schema.json')).toEqual(JSON.parse(dialListJsonSchema()));
  });

  test('the sample list names the JSON schema beside it', () => {
    expect(asset('dial-list.private.json')).toMatchObject({ $schema: './dial-list.schema.json' });
  });
});
