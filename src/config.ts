/** The environment of the Functions, as a typed value; and every fault of it at once. */
import type { Credentials } from './http/basic-auth';

export type Env = {
  readonly SLACK_BOT_TOKEN?: string;
  readonly SLACK_CHANNEL?: string;
  readonly SLACK_WEBHOOK_URL?: string;
  readonly MACKEREL_API_KEY?: string;
  readonly MACKEREL_WEBHOOK_USER?: string;
  readonly MACKEREL_WEBHOOK_PASSWORD?: string;
  readonly CALLER_ID?: string;
};

export type SlackConfig =
  | { readonly kind: 'bot'; readonly token: string; readonly channel: string }
  | { readonly kind: 'webhook'; readonly url: string };

export type Config = {
  readonly slack: SlackConfig | null;
  readonly mackerelApiKey: string | null;
  /** What Mackerel's webhook has to show; without them it is refused. */
  readonly webhookCredentials: Credentials | null;
  /** The number of ours that calls of our own are made from. E.164. */
  readonly callerId: string | null;
};

/** A faulty setting counts as not set, for a phone has to ring all the same. What is wrong with it: `configFaults`. */
export function readConfig(env: Env): Config {
  const { MACKEREL_WEBHOOK_USER: user, MACKEREL_WEBHOOK_PASSWORD: password, CALLER_ID: callerId } = env;
  return {
    slack: readSlack(env),
    mackerelApiKey: env.MACKEREL_API_KEY || null,
    webhookCredentials: user && password && isUser(user) ? { user, password } : null,
    callerId: callerId && isE164(callerId) ? callerId : null,
  };
}

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
const isHttps = (url: string) => URL.canParse(url) && new URL(url).protocol === 'https:';

/**
 * What is wrong with an environment, all of it, and what to write instead. Apart from reading it, because it is words
 * that no Function needs in order to let a phone ring.
 */
export function configFaults(env: Env): string[] {
  const { SLACK_BOT_TOKEN: token, SLACK_WEBHOOK_URL: url } = env;
  const { MACKEREL_WEBHOOK_USER: user, CALLER_ID: callerId } = env;
  const lonely = (name: keyof Env, partner: keyof Env) =>
    env[name] && !env[partner] ? `${partner}: is missing; ${name} is of no use without it` : false;
  return [
    token && !isBotToken(token) && 'SLACK_BOT_TOKEN: write the bot token, which starts with xoxb-',
    token &&
      !env.SLACK_CHANNEL &&
      'SLACK_CHANNEL: write the ID of the channel that the bot posts to, as in C012AB3CD',
    lonely('SLACK_CHANNEL', 'SLACK_BOT_TOKEN'),
    url && !isHttps(url) && 'SLACK_WEBHOOK_URL: write the whole URL, https://hooks.slack.com/services/…',
    user && !isUser(user) && 'MACKEREL_WEBHOOK_USER: write a user name without a colon',
    lonely('MACKEREL_WEBHOOK_USER', 'MACKEREL_WEBHOOK_PASSWORD'),
    lonely('MACKEREL_WEBHOOK_PASSWORD', 'MACKEREL_WEBHOOK_USER'),
    callerId &&
      !isE164(callerId) &&
      'CALLER_ID: write a number of your Twilio account in E.164, as in +815000000101',
  ].filter((fault): fault is string => Boolean(fault));
}
