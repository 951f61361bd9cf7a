/** With a bot: one message a page, updated as it goes, its story in the thread. docs.slack.dev/reference/methods/chat.postMessage */
import { LogLevel, WebClient } from '@slack/web-api';
import { limitedFetch } from './limited-fetch';
import { isLoud, newsLines, pageMessage, pageOf, wholePost } from './message';
import type { Bulletin, Poster } from './poster';

export function botPoster({ token, channel }: { token: string; channel: string }): Poster {
  const slack = new WebClient(token, {
    fetch: limitedFetch,
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

  const post = (text: string) => slack.chat.postMessage({ channel, text, unfurl_links: false });

  async function reply(thread: string, { list, news }: Bulletin): Promise<void> {
    const text = newsLines(list, news).join('\n');
    if (!text) return;
    const message = { channel, thread_ts: thread, text };
    // What is loud in a thread alone is heard by nobody.
    await slack.chat.postMessage(news.some(isLoud) ? { ...message, reply_broadcast: true } : message);
  }

  return async (bulletin) => {
    const { list, thread } = bulletin;
    const page = pageOf(bulletin);
    if (thread.kind === 'known') {
      const update = page && slack.chat.update({ channel, ts: thread.ts, text: pageMessage(list, page) });
      await Promise.all([update, reply(thread.ts, bulletin)]);
      return thread.ts;
    }
    if (thread.kind === 'unknown' || !page) {
      const text = wholePost(bulletin);
      if (text) await post(text);
      return null;
    }
    const { ts } = await post(pageMessage(list, page));
    if (ts) await reply(ts, bulletin);
    return ts ?? null;
  };
}
