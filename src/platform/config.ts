/** The Functions' environment as a typed value, and all its faults. */
import type { Words } from '../dial-list/list';
import type { Credentials } from './basic-auth';

/** The variables that the Functions read. */
export const SETTINGS = [
  'SLACK_BOT_TOKEN',
  'SLACK_CHANNEL',
  'SLACK_WEBHOOK_URL',
  'MACKEREL_API_KEY',
  'MACKEREL_WEBHOOK_USER',
  'MACKEREL_WEBHOOK_PASSWORD',
  'CALLER_ID',
  'HEALTH_USER',
  'HEALTH_PASSWORD',
  'CLOCK_USER',
  'CLOCK_PASSWORD',
  'SYNC_SERVICE_SID',
  'MACKEREL_SERVICE',
] as const;

type Setting = (typeof SETTINGS)[number];
/** Three come from the platform: docs/serverless/functions-assets/functions/variables */
export type Env = { readonly [name in Setting | 'ACCOUNT_SID' | 'AUTH_TOKEN' | 'ENVIRONMENT_SID']?: string };

export type SlackConfig =
  | { readonly kind: 'bot'; readonly token: string; readonly channel: string }
  | { readonly kind: 'webhook'; readonly url: string };

export type Config = {
  readonly slack: SlackConfig | null;
  readonly mackerelApiKey: string | null;
  /** The credentials of Mackerel's webhook; without them every request is refused. */
  readonly webhookCredentials: Credentials | null;
  /** Our number, from which our own calls are made. E.164. */
  readonly callerId: string | null;
  /** The credentials that make `/health` show details; without them it shows none. */
  readonly healthCredentials: Credentials | null;
  /**
   * The credentials that make `/health` do what is due, and say whether all is well, but show no details: a reader of
   * the monitor's settings learns nothing.
   */
  readonly clockCredentials: Credentials | null;
  /** SID of the Sync service, if it is not the account's default one. */
  readonly syncService: string | null;
};

/**
 * A faulty setting counts as not set, because a phone has to ring all the same. `configFaults` says what is wrong
 * with it.
 */
export function readConfig(env: Env): Config {
  const { CALLER_ID: callerId, SYNC_SERVICE_SID: service } = env;
  return {
    // Only news needs it.
    get slack() {
      return readSlack(env);
    },
    mackerelApiKey: env.MACKEREL_API_KEY || null,
    webhookCredentials: credentials(env.MACKEREL_WEBHOOK_USER, env.MACKEREL_WEBHOOK_PASSWORD),
    callerId: callerId && isE164(callerId) ? callerId : null,
    healthCredentials: credentials(env.HEALTH_USER, env.HEALTH_PASSWORD),
    clockCredentials: credentials(env.CLOCK_USER, env.CLOCK_PASSWORD),
    syncService: service && isSyncSid(service) ? service : null,
  };
}

const credentials = (user = '', password = ''): Credentials | null =>
  user && password && isUser(user) ? { user, password } : null;

function readSlack({
  SLACK_BOT_TOKEN: token,
  SLACK_CHANNEL: channel,
  SLACK_WEBHOOK_URL: url,
}: Env): SlackConfig | null {
  if (token && isBotToken(token) && channel) return { kind: 'bot', token, channel };
  return url && isHttps(url) ? { kind: 'webhook', url } : null;
}

const isUser = (user: string) => !user.includes(':');
const isE164 = (number: string) => /^\+[1-9]\d{6,14}$/.test(number);
const isBotToken = (token: string) => token.startsWith('xoxb-');
const isSyncSid = (sid: string) => /^IS[0-9a-f]{32}$/.test(sid);
const isHttps = (url: string) => URL.canParse(url) && new URL(url).protocol === 'https:';

const PAIRS = [
  ['MACKEREL_WEBHOOK_USER', 'MACKEREL_WEBHOOK_PASSWORD'],
  ['HEALTH_USER', 'HEALTH_PASSWORD'],
  ['CLOCK_USER', 'CLOCK_PASSWORD'],
] as const;

/** C: a channel; G: an old private one; D: a direct message. */
const isChannelId = (channel: string) => /^[CGD][A-Z0-9]{6,}$/.test(channel);

/** A wrong setting, and what to write instead. It never shows what was written, which may be a secret or a number. */
export type ConfigFault = { readonly name: Setting; readonly words: Words };

/** All faults of an environment. Separate from reading it, because no ringing Function needs these words. */
export function configFaults(env: Env): ConfigFault[] {
  const { SLACK_BOT_TOKEN: token, SLACK_CHANNEL: channel, SLACK_WEBHOOK_URL: url } = env;
  const { CALLER_ID: callerId, SYNC_SERVICE_SID: service } = env;
  const lonely = (name: Setting, partner: Setting) =>
    env[name] && !env[partner] ? { name: partner, words: isMissingBeside(name) } : false;
  return [
    token && !isBotToken(token) && { name: 'SLACK_BOT_TOKEN' as const, words: NO_BOT_TOKEN },
    token && !channel && { name: 'SLACK_CHANNEL' as const, words: NO_CHANNEL },
    channel && !isChannelId(channel) && { name: 'SLACK_CHANNEL' as const, words: A_CHANNEL_NAME },
    lonely('SLACK_CHANNEL', 'SLACK_BOT_TOKEN'),
    url && !isHttps(url) && { name: 'SLACK_WEBHOOK_URL' as const, words: NO_HTTPS },
    ...PAIRS.flatMap(([user, password]) => [
      env[user]?.includes(':') && { name: user, words: A_COLON },
      lonely(user, password),
      lonely(password, user),
    ]),
    callerId && !isE164(callerId) && { name: 'CALLER_ID' as const, words: NO_E164 },
    env.CLOCK_USER && !callerId && { name: 'CALLER_ID' as const, words: NONE_TO_RING_FROM },
    service && !isSyncSid(service) && { name: 'SYNC_SERVICE_SID' as const, words: NO_SYNC_SID },
  ].filter((fault): fault is ConfigFault => Boolean(fault));
}

const isMissingBeside = (name: string): Words => ({
  en: `is missing; ${name} does nothing without it`,
  ja: `書かれていません。${name} はこれがないと使われません`,
});
const NO_BOT_TOKEN = {
  en: 'write the bot token, which starts with xoxb-',
  ja: 'xoxb- で始まるボットトークンを書いてください',
};
const NO_CHANNEL = {
  en: 'write the ID of the channel that the bot posts to, as in C012AB3CD',
  ja: 'ボットが投稿するチャンネルのIDを書いてください。例: C012AB3CD',
};
const A_CHANNEL_NAME = {
  en: 'write the ID of the channel, not its name, as in C012AB3CD: channel details, at the very bottom',
  ja: 'チャンネル名ではなくIDを書いてください。例: C012AB3CD(チャンネル詳細のいちばん下にあります)',
};
const NO_HTTPS = {
  en: 'write the whole URL, https://hooks.slack.com/services/…',
  ja: 'https://hooks.slack.com/services/… のURL全体を書いてください',
};
const A_COLON = { en: 'write a user name without a colon', ja: 'コロンを含まないユーザー名を書いてください' };
const NO_E164 = {
  en: 'write a number of your Twilio account in E.164, as in +815000000101',
  ja: 'Twilioアカウントの電話番号をE.164の形で書いてください。例: +815000000101',
};
const NONE_TO_RING_FROM = {
  en: 'is missing; with CLOCK_USER, the clock rings people from it: write a number of your Twilio account in E.164, as in +815000000101',
  ja: '書かれていません。CLOCK_USER があると、時計がこの番号から発信します。Twilioアカウントの電話番号をE.164の形で書いてください。例: +815000000101',
};
const NO_SYNC_SID = {
  en: 'write the SID of a Sync service: IS and 32 digits from 0 to f',
  ja: 'SyncサービスのSIDを書いてください。ISと、0からfまでの32桁です',
};
