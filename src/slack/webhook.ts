/** With an incoming webhook, which can neither update nor thread: fewer posts, each whole in itself. */
import { IncomingWebhook } from '@slack/webhook';
import type { LoggedNews } from '../core/escalation/news';
import { limitedFetch } from './limited-fetch';
import { wholePost } from './message';
import type { Poster } from './poster';

const TOLD: ReadonlySet<LoggedNews['kind']> = new Set([
  'page-started',
  'taken',
  'nobody-answered',
  'call-lost',
  'resumed',
  'degraded',
]);

export function webhookPoster({ url }: { url: string }): Poster {
  const webhook = new IncomingWebhook(url, { fetch: limitedFetch, retryConfig: { retries: 0 } });
  return async (bulletin) => {
    const told = bulletin.news.filter(({ kind }) => TOLD.has(kind));
    if (told.length === 0) return null;
    await webhook.send({ text: wholePost({ ...bulletin, news: told }) });
    return null;
  };
}
