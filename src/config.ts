/** The environment of the Functions, as a typed value; every fault of it at once. */
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

export type Configured = { readonly config: Config; readonly faults: readonly string[] };

/** A faulty setting counts as not set, for a phone has to ring all the same; its fault says what to write instead. */
export function readConfig(env: Env): Configured {
  const slack = readSlack(env);
  const webhook = readCredentials(env);
  const caller = readCallerId(env);
  return {
    config: {
      slack: slack.slack,
      mackerelApiKey: env.MACKEREL_API_KEY || null,
      webhookCredentials: webhook.credentials,
      callerId: caller.callerId,
    },
    faults: [...slack.faults, ...webhook.faults, ...caller.faults],
  };
}

function readCredentials(env: Env): { credentials: Credentials | null; faults: string[] } {
  const { MACKEREL_WEBHOOK_USER: user, MACKEREL_WEBHOOK_PASSWORD: password } = env;
  if (user?.includes(':'))
    return { credentials: null, faults: ['MACKEREL_WEBHOOK_USER: write a user name without a colon'] };
  if (user && password) return { credentials: { user, password }, faults: [] };
  const missing = user ? 'MACKEREL_WEBHOOK_PASSWORD' : 'MACKEREL_WEBHOOK_USER';
  const other = user ? 'MACKEREL_WEBHOOK_USER' : 'MACKEREL_WEBHOOK_PASSWORD';
  return {
    credentials: null,
    faults: user || password ? [`${missing}: is missing; ${other} is of no use without it`] : [],
  };
}

function readCallerId({ CALLER_ID: callerId }: Env): { callerId: string | null; faults: string[] } {
  if (!callerId) return { callerId: null, faults: [] };
  if (/^\+[1-9]\d{6,14}$/.test(callerId)) return { callerId, faults: [] };
  return {
    callerId: null,
    faults: ['CALLER_ID: write a number of your Twilio account in E.164, as in +815000000101'],
  };
}

function readSlack(env: Env): { slack: SlackConfig | null; faults: string[] } {
  const { SLACK_BOT_TOKEN: token, SLACK_CHANNEL: channel, SLACK_WEBHOOK_URL: url } = env;
  const faults: string[] = [];
  if (token && !token.startsWith('xoxb-'))
    faults.push('SLACK_BOT_TOKEN: write the bot token, which starts with xoxb-');
  if (token && !channel)
    faults.push('SLACK_CHANNEL: write the ID of the channel that the bot posts to, as in C012AB3CD');
  if (channel && !token) faults.push('SLACK_BOT_TOKEN: is missing; SLACK_CHANNEL is of no use without it');
  if (url && !isHttps(url))
    faults.push('SLACK_WEBHOOK_URL: write the whole URL, https://hooks.slack.com/services/…');
  if (token?.startsWith('xoxb-') && channel) return { slack: { kind: 'bot', token, channel }, faults };
  if (url && isHttps(url)) return { slack: { kind: 'webhook', url }, faults };
  return { slack: null, faults };
}

const isHttps = (url: string) => URL.canParse(url) && new URL(url).protocol === 'https:';
