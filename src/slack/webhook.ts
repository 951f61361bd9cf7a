/** With an incoming webhook, which can neither update nor thread: fewer posts, each whole in itself. */
import { IncomingWebhook } from '@slack/webhook';
import type { LoggedNews } from '../core/escalation/news';
import { pageOf } from '../core/escalation/state';
import { limitedFetch, type OnRequest } from './limited-fetch';
import { troubleText, wholePost } from './message';
import { phrasesIn } from './phrases';
import type { Slack } from './poster';

/** What only the thread of a bot's message has room for. */
const UNTOLD: ReadonlySet<LoggedNews['kind']> = new Set(['calling', 'not-reached', 'answered', 'passed-on']);

export function slackWebhook({ url }: { readonly url: string }, onRequest?: OnRequest): Slack {
  const webhook = new IncomingWebhook(url, { fetch: limitedFetch(onRequest), retryConfig: { retries: 0 } });
  return {
    async post(bulletin) {
      // Who joins while people are rung stands in the next post; who joins a page that is over, in no other.
      const isOver = pageOf(bulletin.state, bulletin.page)?.end;
      const told = bulletin.news.filter(({ kind }) => !(UNTOLD.has(kind) || (kind === 'joined' && !isOver)));
      if (told.length > 0) await webhook.send(wholePost({ ...bulletin, news: told }));
      return { thread: null, isTold: true };
    },
    announceConnected: async (language) => void (await webhook.send({ text: phrasesIn(language).connected })),
    announceTrouble: async (language, what) =>
      void (await webhook.send({ text: troubleText(language, what) })),
  };
}
