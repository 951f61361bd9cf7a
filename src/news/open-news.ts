/** Everything that posts: the delivery, the history and Slack's client. Loaded only when there is news. */

import type { DialList, Language } from '../dial-list/list';
import type { State } from '../escalation';
import { mackerelApiOf } from '../mackerel/api';
import type { ClientOptions } from '../mackerel/client';
import { pageGraph } from '../mackerel/graph';
import { NEWS } from '../platform/budget';
import { configFaults, type Env, type SlackConfig } from '../platform/config';
import { slackOf } from '../slack';
import type { Trouble } from '../slack/poster';
import type { AlertStore } from '../store/alert-store';
import type { History } from '../store/history';
import type { PageStore } from '../store/page-store';
import { CURSOR } from '../store/progress';
import { Conflict, type SyncService, syncDocument } from '../store/sync-document';
import { ignoring, syncMap } from '../store/sync-map';
import type { Cursor } from './cursor';
import { type NewsDelivery, newsDelivery } from './deliver';

export type News = NewsDelivery & {
  /** Says in Slack that Mackerel's webhook works. Does nothing without Slack. Fails if Slack does. */
  announceConnected(language: Language): Promise<void>;
  /** Posts what belongs to no page; an event that was not understood, once a day. Fails if Slack does. */
  announceTrouble(language: Language, what: Trouble): Promise<void>;
};

export type NewsOptions = {
  readonly list: DialList;
  readonly env: Env;
  readonly slack: SlackConfig | null;
  /** Called for each request to Slack. */
  readonly onSlack: () => void;
  readonly mackerel: ClientOptions;
  readonly pages: PageStore;
  readonly alerts: AlertStore;
  readonly listed: (given?: State['alerts']) => Promise<State['alerts'] | null>;
  readonly history: History;
  readonly sync: SyncService;
  /** Milliseconds since the epoch by which posting has to be over. */
  readonly deadline: number;
  readonly warn: (message: string) => void;
};

/** The name in Sync of the events that people were told of. */
const EVENTS = 'mackerel-kaden.events';

export function openNews(options: NewsOptions): News {
  const { list, env, slack: config, onSlack, mackerel, pages, sync, deadline, warn } = options;
  const { alerts, listed, history } = options;
  const noted = (fault: Error) => warn(`Could not record what was posted: ${fault.message}`);
  // Faulty settings are logged here, because the voice Functions do not contain the words for them.
  for (const { name, words } of configFaults(env)) warn(`${name}: ${words.en}`);
  const slack = config && slackOf(config, { onRequest: onSlack, warn });
  const desk = newsDelivery({
    list,
    poster: slack && (() => slack.post),
    refresh: slack?.refresh,
    mackerel: mackerelApiOf(mackerel),
    noteReadOnly: async () => {
      const at = Math.floor(Date.now() / 1000);
      const { state, revision } = await pages.apply({ kind: 'note-key', mayWrite: false, at }, null);
      return revision === null ? null : state;
    },
    graph: env.MACKEREL_SERVICE ? pageGraph(mackerel, env.MACKEREL_SERVICE) : null,
    cursor: syncDocument<Cursor>(sync, CURSOR),
    alerts,
    listed,
    history,
    deadline,
    warn,
  });
  const events = syncMap<object>(sync, EVENTS, NEWS.eventsKeptSeconds);
  return {
    ...desk,
    announceConnected: async (language) => slack?.announceConnected(language),
    async announceTrouble(language, what) {
      const event = what.kind === 'not-understood' ? what.event : null;
      // Rather twice than never: the event is saved only once Slack has the post.
      if (event !== null && (await events.read(event).catch(() => null))) return;
      await slack?.announceTrouble(language, what);
      if (event !== null)
        await events
          .add(event, {})
          .then(() => {}, ignoring(Conflict))
          .catch(noted);
    },
  };
}
