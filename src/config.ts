/** The environment of the Functions, as a typed value; every fault of it at once. */
export type Env = {
  readonly SLACK_BOT_TOKEN?: string;
  readonly SLACK_CHANNEL?: string;
  readonly SLACK_WEBHOOK_URL?: string;
};

export type SlackConfig =
  | { readonly kind: 'bot'; readonly token: string; readonly channel: string }
  | { readonly kind: 'webhook'; readonly url: string };

export type Config = { readonly slack: SlackConfig | null };

export type Configured = { readonly config: Config; readonly faults: readonly string[] };

/** A faulty setting counts as not set, for a phone has to ring all the same; its fault says what to write instead. */
export function readConfig(env: Env): Configured {
  const { slack, faults } = readSlack(env);
  return { config: { slack }, faults };
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
