/** All that tells people: the newsdesk, the history and Slack's client. Loaded only when there is news. */

import { configFaults, type Env, type SlackConfig } from '../config';
import type { DialList, Language } from '../core/dial-list';
import { mackerelApiOf } from '../mackerel/api';
import type { Asking } from '../mackerel/asking';
import { pageGraph } from '../mackerel/graph';
import { slackOf } from '../slack';
import type { Trouble } from '../slack/poster';
import { syncHistory } from '../twilio/history';
import { syncInbox } from '../twilio/inbox';
import type { PageStore } from '../twilio/page-store';
import { Conflict, type SyncService, syncDocument } from '../twilio/sync-document';
import { ignoring, syncMap } from '../twilio/sync-map';
import { type Newsdesk, newsdesk } from './newsdesk';
import type { Told } from './told';

export type Newsroom = Newsdesk & {
  /** Says in Slack that Mackerel's webhook works; nothing where Slack is not set up. Fails where Slack does. */
  announceConnected(language: Language): Promise<void>;
  /** Tells what belongs to no page; what was not understood, once a day. Fails where Slack does. */
  announceTrouble(language: Language, what: Trouble): Promise<void>;
};

export type NewsroomOptions = {
  readonly list: DialList;
  readonly env: Env;
  readonly slack: SlackConfig | null;
  /** Called for each request to Slack. */
  readonly onSlack: () => void;
  readonly mackerel: Asking;
  readonly pages: PageStore;
  readonly sync: () => SyncService;
  /** Milliseconds since the epoch by which telling has to be over. */
  readonly deadline: number;
  readonly warn: (message: string) => void;
};

/** What Sync calls them. */
const NAMES = {
  told: 'mackerel-kaden.told',
  history: 'mackerel-kaden.history',
  events: 'mackerel-kaden.events',
  inbox: 'mackerel-kaden.inbox',
};

/** Seconds. Twilio drops items some time after that: docs/sync/objects-ttl */
const A_DAY = 24 * 60 * 60;

export function newsroom(options: NewsroomOptions): Newsroom {
  const { list, env, slack: config, onSlack, mackerel, pages, sync, deadline, warn } = options;
  const noted = (fault: Error) => warn(`Could not record what was posted: ${fault.message}`);
  // The log is where a faulty setting can be told of; said where there is time for words.
  for (const { name, words } of configFaults(env)) warn(`${name}: ${words.en}`);
  const slack = config && slackOf(config, { onRequest: onSlack, warn });
  const inbox = syncInbox(sync, NAMES.inbox, warn);
  const desk = newsdesk({
    list,
    poster: slack && (() => slack.post),
    refresh: slack?.refresh,
    mackerel: mackerelApiOf(mackerel),
    noteReadOnly: async () => {
      const at = Math.floor(Date.now() / 1000);
      const reported = { kind: 'alerts-reported', alerts: [], mayWrite: false, at } as const;
      const { state, revision } = await pages.apply(reported, null);
      return revision === null ? null : state;
    },
    told: syncDocument<Told>(sync, NAMES.told),
    history: syncHistory(sync, NAMES.history),
    graph: env.MACKEREL_SERVICE ? pageGraph(mackerel, env.MACKEREL_SERVICE) : null,
    asideOf: async (page) => {
      const { alerts = [], closed = [] } = (await inbox.of(page)) ?? {};
      return [...alerts.map(({ id }) => id), ...closed];
    },
    deadline,
    warn,
  });
  const events = syncMap(sync, NAMES.events, A_DAY);
  return {
    ...desk,
    announceConnected: async (language) => slack?.announceConnected(language),
    async announceTrouble(language, what) {
      const event = what.kind === 'not-understood' ? what.event : null;
      // Rather twice than never: it counts as told once Slack has it.
      if (event !== null && (await events.read(event).catch(() => null))) return;
      await slack?.announceTrouble(language, what);
      if (event !== null) await events.add(event, {}).catch(ignoring(Conflict)).catch(noted);
    },
  };
}
