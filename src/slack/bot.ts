/** With a bot: one message a page, updated as it goes, its story in the thread. docs.slack.dev/reference/methods/chat.postMessage */
import { LogLevel, WebClient } from '@slack/web-api';
import { pageOf as pageById } from '../escalation';
import { announcements } from './announcements';
import { faultOf, type SlackFault } from './fault';
import { sendInSomeForm, WHOLE } from './forms';
import { alertsToKeep, fingerprint, headingIn, headingOf } from './heading';
import { limitedFetch } from './limited-fetch';
import type { Message } from './message';
import { headingMessage, isLoud, newsText, openingMessage, pageOf, replyText, wholePost } from './news-text';
import type { Heading, Headings, NewsBatch, Posted, Slack, SlackOptions, Stale } from './poster';
import { isSettled, type Subject, standingOf } from './standing';

type Bot = {
  readonly chat: WebClient['chat'];
  readonly channel: string;
  readonly warn: (message: string) => void;
};

export function slackBot(
  { token, channel }: { readonly token: string; readonly channel: string },
  { onRequest, warn = () => {} }: SlackOptions = {},
): Slack {
  const { chat } = new WebClient(token, {
    fetch: limitedFetch(onRequest),
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const bot: Bot = { chat, channel, warn };
  return {
    post: (batch) => postBatch(bot, batch),
    refresh: (stale) => refresh(bot, stale),
    ...announcements(warn, (text) => send(bot, { text })),
  };
}

/** Where a message stands. Kept as one word between two webhooks. */
type Place = { readonly channel: string; readonly ts: string };

const placed = ({ channel, ts }: Place) => `${channel}/${ts}`;

function placeOf(word: string): Place {
  const [channel = '', ts = ''] = word.split('/');
  return { channel, ts };
}

/** `chat.postMessage` takes a channel's name, and answers with its ID, which is all that `chat.update` takes. */
async function send(bot: Bot, message: Message, thread?: Place, isLoudly = false): Promise<Place> {
  const where = thread
    ? { channel: thread.channel, thread_ts: thread.ts }
    : { channel: bot.channel, unfurl_links: false };
  const request = { ...where, ...message };
  // Nobody notices a loud message that is only in a thread.
  const answer = await bot.chat.postMessage(
    thread && isLoudly ? { ...request, thread_ts: thread.ts, reply_broadcast: true } : request,
  );
  return { channel: answer.channel ?? bot.channel, ts: answer.ts ?? '' };
}

async function postBatch(bot: Bot, batch: NewsBatch): Promise<Posted> {
  const { thread } = batch;
  if (thread.kind === 'known') return postInThread(bot, placeOf(thread.ts), batch);
  if (thread.kind === 'new' && pageOf(batch)) return postNew(bot, batch);
  if (wholePost(batch).text) await open(bot, batch, true);
  return { thread: null, isPosted: true };
}

/** A message of the page's own. */
async function open(bot: Bot, batch: NewsBatch, isWhole: boolean) {
  const first = { ...WHOLE, mention: batch.news.some(isLoud) };
  const { sent, form } = await sendInSomeForm(first, { until: batch.until, warn: bot.warn }, (form) =>
    send(bot, openingMessage(batch, form, isWhole)),
  );
  return { place: sent, isPlain: form.words === 'plain' };
}

async function postNew(bot: Bot, batch: NewsBatch): Promise<Posted> {
  // Loud news goes into the first message: if Slack is slow, a second one might never be sent.
  const isUrgent = batch.news.some(isLoud);
  const { place, isPlain } = await open(bot, batch, isUrgent);
  const posted = { thread: placed(place), ...headingIn(batch, isPlain) };
  if (isUrgent || isPlain) return { ...posted, isPosted: true };
  // The message stands by now: if only the reply fails, the next one comes under it.
  const { fault } = await attempt(reply(bot, place, batch));
  if (fault) bot.warn(`Could not post everything to Slack: ${fault.message}`);
  return { ...posted, isPosted: !fault };
}

async function postInThread(bot: Bot, thread: Place, batch: NewsBatch): Promise<Posted> {
  const { list, state } = batch;
  const page = pageOf(batch);
  const subject = { id: batch.page, page, alerts: batch.alerts };
  const isKnown = standingOf(list, state, subject) !== null;
  const [replied, shown] = await Promise.all([
    attempt(reply(bot, thread, batch)),
    isKnown ? attempt(update(bot, thread, batch, subject)) : null,
  ]);
  if (shown?.fault) bot.warn(`Could not update a page's message: ${shown.fault.message}`);
  if (page && shown?.fault && isToPostAnew(shown.fault, page.end !== null)) {
    const { place } = await open(bot, batch, replied.fault !== undefined);
    return { thread: placed(place), isPosted: true, ...headingIn(batch) };
  }
  if (replied.fault) throw replied.fault;
  return { thread: placed(thread), isPosted: true, ...(shown?.value && { heading: shown.value }) };
}

/** The message was deleted, or it may not be edited and nothing else follows. Otherwise its thread has the news. */
const isToPostAnew = ({ refusal }: SlackFault, isOver: boolean) =>
  refusal?.kind === 'message' && (refusal.cure === 'gone' || (refusal.cure === 'fixed' && isOver));

async function reply(bot: Bot, thread: Place, batch: NewsBatch): Promise<void> {
  const { list, state, news, until } = batch;
  if (!newsText(list, state, news)) return;
  const isLoudly = news.some(isLoud);
  const sending = { until, warn: bot.warn, mayLeaveChannel: thread.channel !== bot.channel };
  await sendInSomeForm({ mention: isLoudly, inThread: true, words: 'all' }, sending, (form) =>
    send(bot, { text: replyText(batch, form) }, form.inThread ? thread : undefined, isLoudly),
  );
}

async function update(
  { chat, warn }: Bot,
  { channel, ts }: Place,
  { list, state, until }: Pick<NewsBatch, 'list' | 'state' | 'until'>,
  subject: Subject,
): Promise<Heading> {
  const show = () =>
    sendInSomeForm(WHOLE, { until, warn }, (form) =>
      chat.update({ channel, ts, ...headingMessage(list, state, subject, form) }),
    );
  await show().catch((fault: SlackFault) => {
    // No later news brings the message of a page that is over up to date.
    if (!subject.page?.end || fault.refusal?.kind === 'message') throw fault;
    warn(`Could not update a page's message, trying again: ${fault.message}`);
    return show();
  });
  return headingOf(list, state, subject);
}

async function refresh(bot: Bot, stale: Stale): Promise<Headings> {
  const known = Object.entries(stale.headings).filter(([page]) => stale.threads[page]);
  const fresh = await Promise.all(
    known.map(async ([page, heading]) => [page, await refreshOne(bot, stale, page, heading)] as const),
  );
  return Object.fromEntries(fresh.filter((entry): entry is [string, Heading] => entry[1] !== null));
}

/** What the message says now; null if it cannot change any more. */
async function refreshOne(bot: Bot, stale: Stale, id: string, heading: Heading): Promise<Heading | null> {
  const { list, state, threads } = stale;
  const subject = { id, page: pageById(state, id), alerts: heading.alerts };
  const says = standingOf(list, state, subject);
  if (says === null || fingerprint(says) === heading.says)
    return isSettled(state, subject) ? null : { ...heading, alerts: alertsToKeep(state, subject) };
  const { value, fault } = await attempt(update(bot, placeOf(threads[id] ?? ''), stale, subject));
  if (value) return isSettled(state, subject) ? null : value;
  bot.warn(`Could not update a page's message: ${fault?.message}`);
  return fault?.refusal?.kind === 'message' ? null : heading;
}

type Attempt<T> = { readonly value?: T; readonly fault?: SlackFault };

const attempt = <T>(doing: Promise<T>): Promise<Attempt<T>> =>
  doing.then(
    (value) => ({ value }),
    (error) => ({ fault: faultOf(error) }),
  );
