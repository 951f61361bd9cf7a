/** From a Function's context to the real adapters. Nothing is connected, loaded or asked before it is needed. */
import type { Context } from '@twilio-labs/serverless-runtime-types/types';
import { type Config, type Env, readConfig, type SlackConfig } from './config';
import type { DialList, Language } from './core/dial-list';
import type { State } from './core/escalation/state';
import { warn } from './http/log';
import { type MackerelApi, mackerelApi } from './mackerel/api';
import { type Newsdesk, newsdesk, type Told } from './page/newsdesk';
import type { Slack } from './slack/poster';
import { type Calls, callsApi } from './twilio/calls';
import { syncHistory } from './twilio/history';
import { type Inbox, syncInbox } from './twilio/inbox';
import { type PageStore, pageStore } from './twilio/page-store';
import { syncDocument } from './twilio/sync-document';

export type Services = {
  readonly config: Config;
  readonly list: DialList;
  readonly pages: PageStore;
  readonly inbox: Inbox;
  readonly news: Newsdesk;
  readonly calls: Calls;
  /** Null where no key is set. */
  readonly mackerel: MackerelApi | null;
  /** Where these Functions are reached, without a slash at the end. */
  readonly origin: string;
  /** Says in Slack that Mackerel's webhook works; nothing where Slack is not set up. Fails where Slack does. */
  announceConnected(language: Language): Promise<void>;
  /** Seconds since the epoch. */
  now(): number;
};

/** What Sync calls our documents and maps. One dial list a deployment. */
const NAMES = {
  state: 'mackerel-kaden',
  told: 'mackerel-kaden.told',
  inbox: 'mackerel-kaden.inbox',
  history: 'mackerel-kaden.history',
};

/** Milliseconds from the start of a webhook: Twilio cuts a Function off after 10 s. */
const TELLING_MS = 9_000;

export function servicesOf(context: Context<Env>): Services {
  const { config, faults } = readConfig(context);
  for (const fault of faults) warn(fault);
  const list = readDialList();
  const client = once(() => context.getTwilioClient());
  // The account's default service, as Runtime.getSync() gives it, without the warning that it prints at each webhook.
  const sync = once(() => client().sync.v1.services('default'));
  const inbox = syncInbox(sync, NAMES.inbox, warn);
  const mackerel = config.mackerelApiKey ? mackerelApi({ key: config.mackerelApiKey, warn }) : null;
  const slack = config.slack && once(loadSlack(config.slack));
  return {
    config,
    list,
    pages: pageStore({ list, document: syncDocument<State>(sync, NAMES.state), inbox, warn }),
    inbox,
    news: newsdesk({
      list,
      poster: slack && (() => slack().post),
      mackerel,
      told: syncDocument<Told>(sync, NAMES.told),
      history: syncHistory(sync, NAMES.history),
      deadline: Date.now() + TELLING_MS,
      warn,
    }),
    calls: callsApi(client, warn),
    mackerel,
    origin: `https://${context.DOMAIN_NAME}`,
    announceConnected: async (language) => slack?.().announceConnected(language),
    now: () => Math.floor(Date.now() / 1000),
  };
}

function readDialList(): DialList {
  return JSON.parse(asset('/dial-list.json').open()) as DialList;
}

/** Slack's client is larger than all the rest and lies in an Asset of its own, which only news makes us load. */
const loadSlack = (config: SlackConfig) => (): Slack => {
  const { slackOf } = require(asset('/slack.js').path) as typeof import('./slack');
  return slackOf(config);
};

function asset(path: string) {
  const found = Runtime.getAssets()[path];
  if (!found)
    throw new Error(`The private Asset ${path} is not deployed: run "npm run build" and deploy again`);
  return found;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
