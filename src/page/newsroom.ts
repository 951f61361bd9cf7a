/** All that tells people: the newsdesk, the history and Slack's client. Loaded only when there is news. */

import { configFaults, type Env, type SlackConfig } from '../config';
import type { DialList, Language } from '../core/dial-list';
import { mackerelApiOf } from '../mackerel/api';
import type { Asking } from '../mackerel/asking';
import { slackOf } from '../slack';
import { syncHistory } from '../twilio/history';
import type { PageStore } from '../twilio/page-store';
import { type SyncService, syncDocument } from '../twilio/sync-document';
import { type Newsdesk, newsdesk, type Told } from './newsdesk';

export type Newsroom = Newsdesk & {
  /** Says in Slack that Mackerel's webhook works; nothing where Slack is not set up. Fails where Slack does. */
  announceConnected(language: Language): Promise<void>;
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
const NAMES = { told: 'mackerel-kaden.told', history: 'mackerel-kaden.history' };

export function newsroom(options: NewsroomOptions): Newsroom {
  const { list, env, slack: config, onSlack, mackerel, pages, sync, deadline, warn } = options;
  // The log is where a faulty setting can be told of; said where there is time for words.
  for (const fault of configFaults(env)) warn(fault);
  const slack = config && slackOf(config, onSlack);
  const desk = newsdesk({
    list,
    poster: slack && (() => slack.post),
    mackerel: mackerelApiOf(mackerel),
    noteReadOnly: async () => {
      const at = Math.floor(Date.now() / 1000);
      const reported = { kind: 'alerts-reported', alerts: [], mayWrite: false, at } as const;
      const { state, revision } = await pages.apply(reported, null);
      return revision === null ? null : state;
    },
    told: syncDocument<Told>(sync, NAMES.told),
    history: syncHistory(sync, NAMES.history),
    deadline,
    warn,
  });
  return { ...desk, announceConnected: async (language) => slack?.announceConnected(language) };
}
