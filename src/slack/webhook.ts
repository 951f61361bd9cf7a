/** With an incoming webhook, which cannot edit or use threads: fewer posts, each complete in itself. */
import { IncomingWebhook } from '@slack/webhook';
import type { LoggedNews } from '../escalation';
import { announcements } from './announcements';
import { sendInSomeForm, WHOLE } from './forms';
import { limitedFetch } from './limited-fetch';
import { isLoud, openingMessage, pageOf } from './news-text';
import type { Slack, SlackOptions } from './poster';

/** News that only a thread has room for. */
const THREAD_ONLY: ReadonlySet<LoggedNews['kind']> = new Set([
  'calling',
  'not-reached',
  'answered',
  'passed-on',
]);

type Webhook = { readonly url: string };

export function slackWebhook({ url }: Webhook, { onRequest, warn = () => {} }: SlackOptions = {}): Slack {
  const webhook = new IncomingWebhook(url, { fetch: limitedFetch(onRequest), retryConfig: { retries: 0 } });
  return {
    async post(batch) {
      // While people are rung, an alert that joins is in the next post. After the page, no other post would name it.
      const isOver = pageOf(batch)?.end;
      const posted = batch.news.filter(
        ({ kind }) => !(THREAD_ONLY.has(kind) || (kind === 'joined' && !isOver)),
      );
      if (posted.length > 0) {
        const post = { ...batch, news: posted };
        const first = { ...WHOLE, mention: posted.some(isLoud) };
        await sendInSomeForm(first, { until: batch.until, warn }, (form) =>
          webhook.send(openingMessage(post, form, true)),
        );
      }
      return { thread: null, isPosted: true };
    },
    refresh: async () => ({}),
    ...announcements(warn, (text) => webhook.send({ text })),
  };
}
