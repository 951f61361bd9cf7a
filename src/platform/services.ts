/** From a Function's context to the real adapters. Nothing is connected, loaded or asked before it is needed. */
import type { Context } from '@twilio-labs/serverless-runtime-types/types';
import type { DialList } from '../dial-list/list';
import { turnByDate } from '../dial-list/rotation';
import type { MackerelApi } from '../mackerel/api';
import type { ClientOptions } from '../mackerel/client';
import type { News, NewsOptions } from '../news/open-news';
import { type AlertStore, alertStore, type StoredAlert } from '../store/alert-store';
import { type CallLog, callLog, type NotedCall } from '../store/call-log';
import { type Details, syncDetails } from '../store/details';
import { type History, historyMap, syncHistory } from '../store/history';
import { listAlerts } from '../store/list-alerts';
import { type PageStore, pageStore } from '../store/page-store';
import { type ProcessMemory, processMemory } from '../store/process-memory';
import { CURSOR, type Progress } from '../store/progress';
import { shards } from '../store/shards';
import {
  SYNC,
  type SyncDocument,
  type SyncService,
  syncDocument,
  syncService,
  watched,
  watchUntil,
} from '../store/sync-document';
import { watchedMap } from '../store/sync-map';
import { type Calls, callsApi } from '../voice/calls';
import { ALERTS, WEBHOOK } from './budget';
import { type Config, type Env, readConfig } from './config';
import { warn } from './log';
import { originOf } from './origin';
import { type Ourselves, ourselves } from './ourselves';
import { twilioClient } from './twilio-client';

export type Services = {
  readonly config: Config;
  readonly list: DialList;
  readonly pages: PageStore;
  readonly alerts: AlertStore;
  readonly history: History;
  readonly memory: ProcessMemory;
  /** Calls that asked us, and that no page shows. */
  readonly callLog: CallLog;
  /** Null if Mackerel's webhook is not set up, or starts pages, and so comes with each alert. */
  readonly details: Details | null;
  readonly news: News;
  /** How far people have been told. Only the news writes it. */
  readonly cursor: Pick<SyncDocument<Progress>, 'read'>;
  readonly calls: Calls;
  readonly ourselves: Ourselves;
  /** Null if no key is set. */
  readonly mackerel: MackerelApi | null;
  /** Where these Functions are reached, without a slash at the end. */
  readonly origin: string;
  /** Requests made so far, by neighbour. */
  readonly requests: Readonly<Record<Neighbour, number>>;
  /** Milliseconds since the epoch by which everything has to be over. */
  readonly deadline: number;
  warn(message: string): void;
  /** The number of turns by the date, at a time in seconds since the epoch. */
  turnAt(seconds: number): number;
  /** Seconds since the epoch. */
  now(): number;
};

type Neighbour = 'sync' | 'twilio' | 'mackerel' | 'slack';

/** Our document's name in Sync; a map has a word more. One dial list a deployment. */
const NAME = 'mackerel-kaden';
const named = (map: string) => `${NAME}.${map}`;

/** @param milliseconds after which everything has to be over */
export function servicesOf(context: Context<Env>, milliseconds: number = WEBHOOK.wholeMs): Services {
  const config = readConfig(context);
  const list = readDialList();
  const requests = { sync: 0, twilio: 0, mackerel: 0, slack: 0 };
  const twilio = twilioClient(context, (uri) => {
    requests[uri.startsWith(SYNC) ? 'sync' : 'twilio'] += 1;
  });
  const deadline = Date.now() + milliseconds;
  const origin = originOf(context);
  // The account's default service, unless another is named.
  const sync = syncService(twilio, config.syncService ?? 'default');
  const stores = storesIn(sync, list, config, deadline);
  const mackerel = { key: config.mackerelApiKey, warn, onRequest: () => requests.mackerel++ };
  const api = once(() => loadMackerel(mackerel));
  const news = once(() =>
    loadNews({
      ...stores,
      list,
      env: context,
      slack: config.slack,
      onSlack: () => requests.slack++,
      mackerel,
      listed: (given) => listAlerts(stores, given),
      sync,
      deadline,
      warn,
    }),
  );
  return {
    ...stores,
    config,
    list,
    memory: processMemory(`${context.ENVIRONMENT_SID} ${context.PATH}`),
    warn,
    news: lazily(news, warn),
    calls: callsApi(twilio, warn, deadline),
    ourselves: ourselves({ origin, authToken: context.AUTH_TOKEN, deadline, warn }),
    get mackerel() {
      return api();
    },
    origin,
    requests,
    deadline,
    turnAt: (seconds) => turnByDate(list, seconds * 1000),
    now: () => Math.floor(Date.now() / 1000),
  };
}

type Stores = Pick<Services, 'pages' | 'alerts' | 'history' | 'callLog' | 'details' | 'cursor'>;

/** What is kept in Sync. */
function storesIn(sync: SyncService, list: DialList, config: Config, deadline: number): Stores {
  const watch = watchUntil(deadline - WEBHOOK.lastSyncMs);
  const shared = <T extends object>(name: string, kept: number) =>
    shards<T>(sync, named(name), kept).map((map) => watchedMap(map, watch));
  const alerts = alertStore(
    shared<StoredAlert['data']>('alerts', ALERTS.openKeptSeconds),
    shared('marks', ALERTS.marksKeptSeconds),
  );
  const hasDetails = list.start === 'call' && config.webhookCredentials !== null;
  return {
    pages: pageStore({ list, document: watched(syncDocument<object>(sync, NAME), watch), alerts, warn }),
    alerts,
    history: syncHistory(watchedMap(historyMap(sync, named('history')), watch)),
    callLog: callLog(shared<NotedCall>('calls', ALERTS.callsKeptSeconds), warn),
    details: hasDetails ? syncDetails(sync, named('details'), warn) : null,
    cursor: syncDocument(sync, CURSOR),
  };
}

function readDialList(): DialList {
  return JSON.parse(asset('/dial-list.json').open()) as DialList;
}

/** The code for Mackerel's API is loaded only if there is a key; phones ring without it. */
function loadMackerel(options: ClientOptions): MackerelApi | null {
  if (options.key === null) return null;
  try {
    const { mackerelApiOf } = require(asset('/mackerel.js').path) as typeof import('../mackerel/api');
    return mackerelApiOf(options);
  } catch (fault) {
    warn(`Mackerel's API cannot be asked: ${(fault as Error).message}`);
    return null;
  }
}

/** Slack's client is larger than everything else, so all that posts lies in an Asset, which only news loads. */
function loadNews(options: NewsOptions): News {
  const { openNews } = require(asset('/news.js').path) as typeof import('../news/open-news');
  return openNews(options);
}

/** If the Asset cannot be loaded, phones ring all the same. */
function lazily(room: () => News, warn: (message: string) => void): News {
  const told = (tell: () => Promise<void>) =>
    Promise.resolve()
      .then(tell)
      .catch((fault: Error) => warn(`Could not post the news: ${fault.message}`));
  return {
    tell: (state, telling) => told(() => room().tell(state, telling)),
    tellOutcome: (outcome, isOver) => told(() => room().tellOutcome(outcome, isOver)),
    tellLatest: (state) => told(() => room().tellLatest(state)),
    announceConnected: async (language) => room().announceConnected(language),
    announceTrouble: async (language, what) => room().announceTrouble(language, what),
  };
}

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
