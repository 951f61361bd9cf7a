/** From a Function's context to the real adapters. Nothing is connected, loaded or asked before it is needed. */
import type { Context } from '@twilio-labs/serverless-runtime-types/types';
import { type Config, type Env, readConfig } from './config';
import type { DialList } from './core/dial-list';
import type { State } from './core/escalation/state';
import { warn } from './http/log';
import { originOf } from './http/origin';
import { type MackerelApi, mackerelApiOf } from './mackerel/api';
import type { Newsroom, NewsroomOptions } from './page/newsroom';
import { type Calls, callsApi } from './twilio/calls';
import { type Facts, syncFacts } from './twilio/facts';
import { type Inbox, syncInbox } from './twilio/inbox';
import { type Ourselves, ourselves } from './twilio/ourselves';
import { type PageStore, pageStore } from './twilio/page-store';
import { processMemory } from './twilio/process-memory';
import { askedInTime, syncDocument } from './twilio/sync-document';

export type Services = {
  readonly config: Config;
  readonly list: DialList;
  readonly pages: PageStore;
  readonly inbox: Inbox;
  /** Null where Mackerel's webhook is not set up, and where it starts pages: there it comes with each alert. */
  readonly facts: Facts | null;
  readonly news: Newsroom;
  readonly calls: Calls;
  readonly ourselves: Ourselves;
  /** Null where no key is set. */
  readonly mackerel: MackerelApi | null;
  /** Where these Functions are reached, without a slash at the end. */
  readonly origin: string;
  /** Requests made so far, by whom they went to. */
  readonly trips: Readonly<Record<Neighbour, number>>;
  /** Milliseconds since the epoch by which everything has to be over. */
  readonly deadline: number;
  /** How many turns the date has brought by then, in seconds since the epoch. */
  turnAt(seconds: number): number;
  /** Seconds since the epoch. */
  now(): number;
};

type Neighbour = 'sync' | 'twilio' | 'mackerel' | 'slack';

/** What Sync calls our documents and maps. One dial list a deployment. */
const NAMES = {
  state: 'mackerel-kaden',
  inbox: 'mackerel-kaden.inbox',
  facts: 'mackerel-kaden.facts',
};

/** Milliseconds from the start of a webhook: Twilio cuts a Function off after 10 s. */
export const TELLING_MS = 9_000;
/** A status callback that is answered late costs those that are queued behind it: docs/api/errors/15002 */
export const STATUS_MS = 4_900;
/** What telling takes, with a slow Sync and a slow Slack. */
const LAST_MS = 3_000;

/** @param milliseconds after which everything has to be over */
export function servicesOf(context: Context<Env>, milliseconds = TELLING_MS): Services {
  const config = readConfig(context);
  const list = readDialList();
  const trips = { sync: 0, twilio: 0, mackerel: 0, slack: 0 };
  const client = once(() => context.getTwilioClient());
  // The account's default service, unless another is named: as Runtime.getSync() gives it, without the warning that it prints at each webhook.
  const service = once(() => client().sync.v1.services(config.syncService ?? 'default'));
  const sync = counted(trips, 'sync', service);
  const inbox = syncInbox(sync, NAMES.inbox, warn);
  const asking = { key: config.mackerelApiKey, warn, onRequest: () => trips.mackerel++ };
  const deadline = Date.now() + milliseconds;
  const origin = originOf(context);
  const document = askedInTime(syncDocument<State>(sync, NAMES.state), deadline - LAST_MS);
  const memory = processMemory(`${context.ENVIRONMENT_SID} ${context.PATH}`);
  const pages = pageStore({ list, document, inbox, memory, hurryAt: deadline - LAST_MS, warn });
  const room = once(() =>
    loadNewsroom({
      list,
      env: context,
      slack: config.slack,
      onSlack: () => trips.slack++,
      mackerel: asking,
      pages,
      sync,
      deadline,
      warn,
    }),
  );
  return {
    config,
    list,
    pages,
    inbox,
    facts: list.start === 'call' && config.webhookCredentials ? syncFacts(sync, NAMES.facts, warn) : null,
    news: lazily(room, warn),
    calls: callsApi(counted(trips, 'twilio', client), warn, deadline),
    ourselves: ourselves({ origin, authToken: context.AUTH_TOKEN, deadline, warn }),
    mackerel: mackerelApiOf(asking),
    origin,
    trips,
    deadline,
    turnAt: (seconds) => turnOf(list, seconds * 1000),
    now: () => Math.floor(Date.now() / 1000),
  };
}

function readDialList(): DialList {
  return JSON.parse(asset('/dial-list.json').open()) as DialList;
}

/** Time zones take more than all else that decides, and only a page that begins has to know the date. */
function turnOf(list: DialList, now: number): number {
  try {
    const { turnByDate } = require(asset('/calendar.js').path) as typeof import('./core/rotation');
    return turnByDate(list, now);
  } catch (fault) {
    warn(
      `Could not find out whose turn it is, so the first of the list is called: ${(fault as Error).message}`,
    );
    return 0;
  }
}

/** Slack's client is larger than all the rest: what tells people lies in an Asset, which only news makes us load. */
function loadNewsroom(options: NewsroomOptions): Newsroom {
  const { newsroom } = require(asset('/news.js').path) as typeof import('./page/newsroom');
  return newsroom(options);
}

/** Whoever tells goes on telephoning, even if the Asset cannot be loaded. */
function lazily(room: () => Newsroom, warn: (message: string) => void): Newsroom {
  const told = (tell: () => Promise<void>) =>
    Promise.resolve()
      .then(tell)
      .catch((fault: Error) => warn(`Could not post the news: ${fault.message}`));
  return {
    tell: (state) => told(() => room().tell(state)),
    tellOutcome: (outcome) => told(() => room().tellOutcome(outcome)),
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

/** Each request begins with asking for the client: that is where it is counted. */
function counted<T>(trips: Record<Neighbour, number>, whom: Neighbour, client: () => T): () => T {
  return () => {
    trips[whom] += 1;
    return client();
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
