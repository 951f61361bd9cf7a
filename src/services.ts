/** From a Function's context to the real adapters. Nothing is connected, loaded or asked before it is needed. */
import type { Context } from '@twilio-labs/serverless-runtime-types/types';
import { type Env, readConfig, type SlackConfig } from './config';
import type { DialList } from './core/dial-list';
import type { State } from './core/escalation/state';
import { warn } from './http/log';
import { type Newsdesk, newsdesk, type Told } from './newsdesk';
import type { Poster } from './slack/poster';
import { type Calls, callsApi } from './twilio/calls';
import { syncHistory } from './twilio/history';
import { type PageStore, pageStore } from './twilio/page-store';
import { syncDocument } from './twilio/sync-document';

export type Services = {
  readonly list: DialList;
  readonly pages: PageStore;
  readonly news: Newsdesk;
  readonly calls: Calls;
  /** Seconds since the epoch. */
  now(): number;
};

/** What Sync calls our document and maps. One dial list a deployment. */
const NAMES = { state: 'mackerel-kaden', told: 'mackerel-kaden.told', history: 'mackerel-kaden.history' };

export function servicesOf(context: Context<Env>): Services {
  const { config, faults } = readConfig(context);
  for (const fault of faults) warn(fault);
  const list = readDialList();
  const client = once(() => context.getTwilioClient());
  // The account's default service, as Runtime.getSync() gives it, without the warning that it prints at each webhook.
  const sync = once(() => client().sync.v1.services('default'));
  return {
    list,
    pages: pageStore({ list, document: syncDocument<State>(sync, NAMES.state), warn }),
    news: newsdesk({
      list,
      poster: config.slack && once(loadPoster(config.slack)),
      told: syncDocument<Told>(sync, NAMES.told),
      history: syncHistory(sync, NAMES.history),
      warn,
    }),
    calls: callsApi(client, warn),
    now: () => Math.floor(Date.now() / 1000),
  };
}

function readDialList(): DialList {
  return JSON.parse(asset('/dial-list.json').open()) as DialList;
}

/** Slack's client is larger than all the rest and lies in an Asset of its own, which only news makes us load. */
const loadPoster = (slack: SlackConfig) => (): Poster => {
  const { posterTo } = require(asset('/slack.js').path) as typeof import('./slack');
  return posterTo(slack);
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
