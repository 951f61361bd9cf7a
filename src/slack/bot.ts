/** With a bot: one message a page, updated as it goes, its story in the thread. docs.slack.dev/reference/methods/chat.postMessage */
import { LogLevel, WebClient } from '@slack/web-api';
import type { Page } from '../core/escalation/state';
import { limitedFetch, type OnRequest } from './limited-fetch';
import { isLoud, type Message, newsText, pageMessage, pageOf, troubleText, wholePost } from './message';
import { phrasesIn } from './phrases';
import type { Bulletin, Posted, Slack } from './poster';

type Bot = { readonly token: string; readonly channel: string };

export function slackBot({ token, channel }: Bot, onRequest?: OnRequest): Slack {
  const slack = new WebClient(token, {
    fetch: limitedFetch(onRequest),
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

  const post = (message: Message) => slack.chat.postMessage({ channel, unfurl_links: false, ...message });

  async function reply(thread: string, { list, state, news }: Bulletin): Promise<void> {
    const text = newsText(list, state, news);
    if (!text) return;
    const message = { channel, thread_ts: thread, text };
    // What is loud in a thread alone is heard by nobody.
    await slack.chat.postMessage(news.some(isLoud) ? { ...message, reply_broadcast: true } : message);
  }

  /** Of no consequence if it fails: the next one brings the message up to date as well. */
  async function update(ts: string, { list, state }: Bulletin, page: Page | null): Promise<void> {
    if (!page) return;
    const message = { channel, ts, ...pageMessage(list, state, page) };
    await slack.chat.update(message).catch(() => page.end && slack.chat.update(message).catch(() => {}));
  }

  async function tell(bulletin: Bulletin): Promise<Posted> {
    const { list, state, thread } = bulletin;
    const page = pageOf(bulletin);
    if (thread.kind === 'known') {
      const [replied] = await Promise.allSettled([
        reply(thread.ts, bulletin),
        update(thread.ts, bulletin, page),
      ]);
      if (replied.status === 'rejected') throw replied.reason;
      return { thread: thread.ts, isTold: true };
    }
    if (thread.kind === 'unknown' || !page) {
      const message = wholePost(bulletin);
      if (message.text) await post(message);
      return { thread: null, isTold: true };
    }
    // What is loud goes into the first message: where Slack is slow, a second one might never be sent.
    const isUrgent = bulletin.news.some(isLoud);
    const { ts } = await post(isUrgent ? wholePost(bulletin) : pageMessage(list, state, page));
    if (!ts || isUrgent) return { thread: ts ?? null, isTold: true };
    // The message stands by now: if only the reply fails, the next one comes under the same.
    const isTold = await reply(ts, bulletin).then(
      () => true,
      () => false,
    );
    return { thread: ts, isTold };
  }

  return {
    post: tell,
    announceConnected: async (language) => void (await post({ text: phrasesIn(language).connected })),
    announceTrouble: async (language, what) => void (await post({ text: troubleText(language, what) })),
  };
}
