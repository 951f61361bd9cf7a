/** `.env` as it will be deployed: what twilio-run reads, and each slip with its line. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filterEnvVariablesForDeploy, readLocalEnvFile } from 'twilio-run/dist/config/utils/env';
import { readEnvFile } from '../../scripts/build/env-file';
import { judge } from '../../scripts/build/judge';

const told = (text: string, language: 'ja' | 'en' = 'en') =>
  readEnvFile(text).faults.map(({ line, name, words }) =>
    [line ?? '-', name, words[language]].filter(Boolean).join(' '),
  );
const doubtsOf = (text: string) =>
  readEnvFile(text).doubts.map(({ line, name, words }) =>
    [line ?? '-', name, words.en].filter(Boolean).join(' '),
  );

const SID = `AC${'0123456789abcdef'.repeat(2)}`;
const TOKEN = 'fedcba9876543210'.repeat(2);
const account = `ACCOUNT_SID=${SID}\nAUTH_TOKEN=${TOKEN}\n`;

test('all that there is, and right', () => {
  const text = `# ours\n${account}SLACK_BOT_TOKEN=xoxb-1\r\nSLACK_CHANNEL = "C012AB3CD"\n\nMACKEREL_API_KEY='k'\nCALLER_ID=+815000000101\n`;
  expect(readEnvFile(text)).toEqual({
    env: {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_CHANNEL: 'C012AB3CD',
      MACKEREL_API_KEY: 'k',
      CALLER_ID: '+815000000101',
    },
    faults: [],
    doubts: [],
  });
});

test.each([
  ['an example that is not filled in', 'ACCOUNT_SID=\nAUTH_TOKEN=\nSLACK_CHANNEL=\n'],
  ['blanks, quotes and CRLF', `${account} CALLER_ID = "+815000000101" \r\nMACKEREL_API_KEY='a b'\r\n`],
  ['export', `export CALLER_ID=+815000000101\n`],
  ['a comment behind a value', `CALLER_ID=+815000000101 # ours\n`],
  ['backticks', 'MACKEREL_API_KEY=`k`\n'],
  ['one quote', 'MACKEREL_API_KEY="k\n'],
  ['a value over two lines', 'MACKEREL_API_KEY="k\nl"\n'],
  ['a byte-order mark', '\uFEFFCALLER_ID=+815000000101\n'],
  ['twice', 'CALLER_ID=+815000000101\nCALLER_ID=+815000000102\n'],
])('what is read is what twilio-run uploads: %s', async (_what, text) => {
  const folder = await mkdtemp(join(tmpdir(), 'env-'));
  await writeFile(join(folder, '.env'), text);
  const flags = { cwd: folder } as Parameters<typeof readLocalEnvFile>[0];
  const { localEnv } = await readLocalEnvFile(flags);
  await rm(folder, { recursive: true });
  expect(readEnvFile(text).env).toEqual(filterEnvVariablesForDeploy(localEnv));
});

const noSid = 'write the account’s SID: AC and 32 digits from 0 to f';
const noToken = 'write the account’s auth token: 32 digits from 0 to f';
const comment =
  'has a comment, which becomes part of the value; put the comment on a line of its own (or quote a value that contains #)';
const oneQuote = 'has a quote at one end only; write the same quote at both ends, on one line';

test.each<[string, string, string[]]>([
  ['export', 'export MACKEREL_API_KEY=k', ['1 is ignored: take out the word export']],
  [
    'UTF-16',
    Buffer.from('\uFEFFMACKEREL_API_KEY=k\n', 'utf16le').toString('utf8'),
    ['1 is UTF-16 or not text at all; save the file as UTF-8'],
  ],
  ['a line that is no entry', 'MACKEREL_API_KEY: k', ['1 is ignored: write NAME=value on one line']],
  ['a comment behind a value', 'MACKEREL_API_KEY=k # ours', [`1 MACKEREL_API_KEY ${comment}`]],
  ['a comment behind quotes', 'MACKEREL_API_KEY="k" # ours', [`1 MACKEREL_API_KEY ${comment}`]],
  ['a # in quotes', 'MACKEREL_API_KEY="k # l"', []],
  ['a # inside a word', 'MACKEREL_API_KEY=k#l', []],
  [
    'backticks',
    'MACKEREL_API_KEY=`k`',
    ['1 MACKEREL_API_KEY has backticks, which become part of the value; take them out'],
  ],
  ['one quote', 'MACKEREL_API_KEY="k', [`1 MACKEREL_API_KEY ${oneQuote}`]],
  ['two kinds of quotes', `MACKEREL_API_KEY="k'`, [`1 MACKEREL_API_KEY ${oneQuote}`]],
  [
    'a value over two lines',
    'MACKEREL_API_KEY="k\nl"',
    [`1 MACKEREL_API_KEY ${oneQuote}`, '2 is ignored: write NAME=value on one line'],
  ],
  [
    'a full-width character',
    'MACKEREL_API_KEY=ｋ',
    ['1 MACKEREL_API_KEY has a character that is not ASCII, perhaps a full-width one; type the value again'],
  ],
  [
    'a name twice',
    'MACKEREL_API_KEY=k\n\nMACKEREL_API_KEY=l',
    ['3 MACKEREL_API_KEY is already on line 1, and this one counts; take one of the two out'],
  ],
  [
    'a misspelt name',
    '\nMACKEREL_APIKEY=k',
    ['2 MACKEREL_APIKEY is not a setting; did you mean MACKEREL_API_KEY?'],
  ],
  [
    'a name in small letters',
    'caller_id=+815000000101',
    ['1 caller_id is not a setting; did you mean CALLER_ID?'],
  ],
  [
    'the SID of an API key',
    `ACCOUNT_SID=SK${TOKEN}\nAUTH_TOKEN=${TOKEN}`,
    ['1 ACCOUNT_SID is the SID of an API key; write the account’s own, which begins with AC'],
  ],
  ['a short SID', `ACCOUNT_SID=AC0123\nAUTH_TOKEN=${TOKEN}`, [`1 ACCOUNT_SID ${noSid}`]],
  ['no SID', `AUTH_TOKEN=${TOKEN}`, [`- ACCOUNT_SID ${noSid}`]],
  ['a short token', `ACCOUNT_SID=${SID}\nAUTH_TOKEN=0123`, [`2 AUTH_TOKEN ${noToken}`]],
  ['no token', `ACCOUNT_SID=${SID}`, [`- AUTH_TOKEN ${noToken}`]],
  ['an empty token', `ACCOUNT_SID=${SID}\nAUTH_TOKEN=`, [`2 AUTH_TOKEN ${noToken}`]],
  [
    'a channel by its name',
    'SLACK_BOT_TOKEN=xoxb-1\nSLACK_CHANNEL=#alerts',
    [
      '2 SLACK_CHANNEL write the ID of the channel, not its name, as in C012AB3CD: channel details, at the very bottom',
    ],
  ],
  [
    'a value that Twilio does not take',
    `MACKEREL_API_KEY=${'k'.repeat(451)}`,
    ['1 MACKEREL_API_KEY is longer than 450 bytes, and Twilio takes no more in one variable; shorten it'],
  ],
  [
    'more than Twilio takes in all',
    Array.from({ length: 8 }, (_, nth) => `ZZ${nth}=${'x'.repeat(400)}`).join('\n'),
    [expect.stringContaining('has more than 3 kB of settings')],
  ],
  [
    'a user token of Slack',
    'SLACK_BOT_TOKEN=xoxp-1\nSLACK_CHANNEL=C012AB3CD',
    ['1 SLACK_BOT_TOKEN write the bot token, which starts with xoxb-'],
  ],
  [
    'a number in its national form',
    'CALLER_ID=050-0000-0142',
    ['1 CALLER_ID write it in E.164: country code first, no leading 0, digits only: "+8150••••••••"'],
  ],
  [
    'a number with the 0 kept',
    'CALLER_ID=+8105000000142',
    ['1 CALLER_ID write it in E.164: country code first, no leading 0, digits only: "+8150••••••••"'],
  ],
  [
    'a number that is too short',
    'CALLER_ID=+8190142',
    [expect.stringContaining('1 CALLER_ID is not a number in any country’s numbering plan')],
  ],
])('%s', (_what, text, faults) => {
  expect(told(text)).toEqual(faults);
  expect(told(text, 'ja').filter((words) => !/[ぁ-んァ-ン]/.test(words))).toEqual([]);
  expect(told(text).join()).not.toMatch(/0142|xoxp-1|0123\b/);
});

describe('what need not be wrong', () => {
  test('a name that is nobody’s', () => {
    expect(doubtsOf(`${account}DEBUG=1`)).toEqual([
      '3 DEBUG is not a setting of mackerel-kaden; it is uploaded all the same',
    ]);
  });

  test('no account yet, as in an example that was copied', () => {
    expect(doubtsOf('ACCOUNT_SID=\nAUTH_TOKEN=\n')).toEqual([
      '- has no ACCOUNT_SID and AUTH_TOKEN yet; npm run deploy needs them',
    ]);
  });
});

describe('together with the list', () => {
  const list = (start: string) =>
    Buffer.from(JSON.stringify({ start, members: [{ name: '佐藤', phone: '+815000000001' }] }));
  const needed = (env: string | null, start = 'webhook') =>
    judge(list(start), env, 'en').faults.map(({ file, place }) => `${file} ${place}`);
  const credentials = 'MACKEREL_WEBHOOK_USER=u\nMACKEREL_WEBHOOK_PASSWORD=p\n';

  test.each<[string, string | null, string[]]>([
    ['no .env', null, ['CALLER_ID', 'MACKEREL_WEBHOOK_USER', 'MACKEREL_WEBHOOK_PASSWORD']],
    ['no number', credentials, ['CALLER_ID']],
    ['a number that is none', `${credentials}CALLER_ID=050`, ['CALLER_ID']],
    ['no password', 'CALLER_ID=+815000000101\nMACKEREL_WEBHOOK_USER=u', ['MACKEREL_WEBHOOK_PASSWORD']],
    ['a number that is exported', `${credentials}export CALLER_ID=+815000000101`, ['undefined', 'CALLER_ID']],
    ['all of it', `${credentials}CALLER_ID=+815000000101`, []],
  ])('"start": "webhook" with %s', (_what, env, names) => {
    expect(needed(env)).toEqual(names.map((name) => `.env ${name}`));
  });

  test('a member cannot be rung from their own number', () => {
    const { faults } = judge(list('call'), 'CALLER_ID=+815000000001', 'en');
    expect(faults).toMatchObject([
      {
        file: '.env',
        place: 'CALLER_ID',
        message: expect.stringContaining('is also the phone of 佐藤'),
      },
    ]);
  });

  test('"start": "call" needs nothing', () => {
    expect(needed(null, 'call')).toEqual([]);
  });
});
