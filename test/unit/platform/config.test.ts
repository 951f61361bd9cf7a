import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, configFaults, type Env, readConfig, SETTINGS } from '../../../src/platform/config';

const faultsOf = (env: Env) => configFaults(env).map(({ name, words }) => `${name}: ${words.en}`);

const bot = { kind: 'bot', token: 'xoxb-1', channel: 'C012AB3CD' } as const;
const webhookUrl = 'https://hooks.slack.com/services/T0/B0/secret';
/** With an empty environment. */
const nothing: Config = {
  slack: null,
  mackerelApiKey: null,
  webhookCredentials: null,
  callerId: null,
  healthCredentials: null,
  clockCredentials: null,
  syncService: null,
};
const webhook = { kind: 'webhook', url: webhookUrl } as const;

test.each<[string, Env, unknown]>([
  [
    'empty values, as in a copied example',
    { SLACK_BOT_TOKEN: '', SLACK_CHANNEL: '', SLACK_WEBHOOK_URL: '' },
    null,
  ],
  ['a bot', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CHANNEL: 'C012AB3CD' }, bot],
  ['a webhook', { SLACK_WEBHOOK_URL: webhookUrl }, webhook],
  [
    'both: the bot, which can do more',
    { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CHANNEL: 'C012AB3CD', SLACK_WEBHOOK_URL: webhookUrl },
    bot,
  ],
])('%s', (_, env, slack) => {
  expect(readConfig(env)).toEqual({ ...nothing, slack });
  expect(faultsOf(env)).toEqual([]);
});

const noToken = 'SLACK_BOT_TOKEN: write the bot token, which starts with xoxb-';
const noChannel = 'SLACK_CHANNEL: write the ID of the channel that the bot posts to, as in C012AB3CD';
const lonelyChannel = 'SLACK_BOT_TOKEN: is missing; SLACK_CHANNEL does nothing without it';
const channelName =
  'SLACK_CHANNEL: write the ID of the channel, not its name, as in C012AB3CD: channel details, at the very bottom';
const noUrl = 'SLACK_WEBHOOK_URL: write the whole URL, https://hooks.slack.com/services/…';

test.each<[string, Env, unknown, string[]]>([
  ['a user token', { SLACK_BOT_TOKEN: 'xoxp-1', SLACK_CHANNEL: 'C012AB3CD' }, null, [noToken]],
  ['a token without a channel', { SLACK_BOT_TOKEN: 'xoxb-1' }, null, [noChannel]],
  ['a channel without a token', { SLACK_CHANNEL: 'C012AB3CD' }, null, [lonelyChannel]],
  ['half a URL', { SLACK_WEBHOOK_URL: 'hooks.slack.com/services/T0' }, null, [noUrl]],
  [
    'a URL that anybody on the way could read',
    { SLACK_WEBHOOK_URL: 'http://hooks.slack.com/x' },
    null,
    [noUrl],
  ],
  [
    'all wrong: all told at once',
    { SLACK_BOT_TOKEN: 'secret', SLACK_WEBHOOK_URL: 'x' },
    null,
    [noToken, noChannel, noUrl],
  ],
  [
    'a faulty bot beside a webhook',
    { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_WEBHOOK_URL: webhookUrl },
    webhook,
    [noChannel],
  ],
  [
    'a faulty webhook beside a bot',
    { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CHANNEL: 'C012AB3CD', SLACK_WEBHOOK_URL: 'x' },
    bot,
    [noUrl],
  ],
])('%s counts as not set, and is told', (_, env, slack, faults) => {
  expect(readConfig(env)).toEqual({ ...nothing, slack });
  expect(faultsOf(env)).toEqual(faults);
});

test('a channel by its name is posted to as long as it is called so, and told', () => {
  const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CHANNEL: '#alerts' };
  expect(readConfig(env).slack).toEqual({ ...bot, channel: '#alerts' });
  expect(faultsOf(env)).toEqual([channelName]);
});

test('nothing is needed', () => {
  expect(readConfig({})).toEqual(nothing);
  expect(faultsOf({})).toEqual([]);
});

describe('beside Slack', () => {
  const credentials = { user: 'mackerel', password: 'secret' };
  const noCallerId = 'CALLER_ID: write a number of your Twilio account in E.164, as in +815000000101';

  test.each<[string, Env, Partial<Config>, string[]]>([
    ['a key for Mackerel', { MACKEREL_API_KEY: 'key' }, { mackerelApiKey: 'key' }, []],
    [
      'what the webhook has to show',
      { MACKEREL_WEBHOOK_USER: 'mackerel', MACKEREL_WEBHOOK_PASSWORD: 'secret' },
      { webhookCredentials: credentials },
      [],
    ],
    [
      'a user without a password',
      { MACKEREL_WEBHOOK_USER: 'mackerel' },
      {},
      ['MACKEREL_WEBHOOK_PASSWORD: is missing; MACKEREL_WEBHOOK_USER does nothing without it'],
    ],
    [
      'a password without a user',
      { MACKEREL_WEBHOOK_PASSWORD: 'secret' },
      {},
      ['MACKEREL_WEBHOOK_USER: is missing; MACKEREL_WEBHOOK_PASSWORD does nothing without it'],
    ],
    [
      'a user that Basic authentication cannot hold',
      { MACKEREL_WEBHOOK_USER: 'a:b', MACKEREL_WEBHOOK_PASSWORD: 'secret' },
      {},
      ['MACKEREL_WEBHOOK_USER: write a user name without a colon'],
    ],
    [
      'a clock without a number to ring from',
      { CLOCK_USER: 'mackerel', CLOCK_PASSWORD: 'secret' },
      { clockCredentials: credentials },
      [
        'CALLER_ID: is missing; with CLOCK_USER, the clock rings people from it: write a number of your Twilio account in E.164, as in +815000000101',
      ],
    ],
    ['a number of ours', { CALLER_ID: '+815000000101' }, { callerId: '+815000000101' }, []],
    ['a national number', { CALLER_ID: '050-0000-0101' }, {}, [noCallerId]],
    ['a number with spaces', { CALLER_ID: '+81 50 0000 0101' }, {}, [noCallerId]],
  ])('%s', (_, env, config, faults) => {
    expect(readConfig(env)).toEqual({ ...nothing, ...config });
    expect(faultsOf(env)).toEqual(faults);
  });
});

test('a fault does not quote what was written: it may be a secret, or a number', () => {
  const faults = configFaults({
    SLACK_BOT_TOKEN: 'xoxp-secret',
    SLACK_WEBHOOK_URL: 'http://x/secret',
    MACKEREL_WEBHOOK_PASSWORD: 'secret',
    CALLER_ID: '050-0000-0199',
  });
  expect(JSON.stringify(faults)).not.toMatch(/secret|0199/);
});

test('.env.example has an entry for each setting, and for no others but the account and number B', () => {
  const example = readFileSync(join(__dirname, '../../../.env.example'), 'utf8');
  const names = [...example.matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  expect(names).toEqual(['ACCOUNT_SID', 'AUTH_TOKEN', ...SETTINGS, 'NUMBER_B']);
});
