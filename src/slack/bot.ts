/** With a bot: one message a page, updated as it goes, its story in the thread. docs.slack.dev/reference/methods/chat.postMessage */
import { createHash } from 'node:crypto';
import { LogLevel, WebClient } from '@slack/web-api';
import type { DialList } from '../dial-list/list';
import { pageOf as pageById, type State } from '../escalation';
import { announcements } from './announcements';
import { faultOf, type SlackFault } from './fault';
import { type Form, sendInSomeForm } from './forms';
import { limitedFetch } from './limited-fetch';
import { type Message, subjectOf } from './message';
import { headingMessage, isLoud, newsText, openingMessage, pageOf, replyText, wholePost } from './news-text';
import { type Place, placed, placeOf } from './place';
import type { Heading, Headings, NewsBatch, Posted, Slack, SlackOptions, Stale } from './poster';
import { isSettled, recordsOf, type Subject, standingOf } from './standing';

type Bot = { readonly token: string; readonly channel: string };

export function slackBot({ token, channel }: Bot, { onRequest, warn = () => {} }: SlackOptions = {}): Slack {
  const slack = new WebClient(token, {
    fetch: limitedFetch(onRequest),
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

  /** Where a message came to stand, and whether under the one that it was meant for. */
  type Sent = { readonly place: Place; readonly isReply: boolean };

  /** `chat.postMessage` takes a channel's name, and answers with its ID, which is all that `chat.update` takes. */
  async function post(message: Message, thread?: Place, isLoudly = false): Promise<Sent> {
    const where = thread
      ? { channel: thread.channel, thread_ts: thread.ts }
      : { channel, unfurl_links: false };
    // What is loud in a thread alone is heard by nobody.
    const request = { ...where, ...message };
    const answer = await slack.chat.postMessage(
      thread && isLoudly ? { ...request, thread_ts: thread.ts, reply_broadcast: true } : request,
    );
    const place = { channel: answer.channel ?? channel, ts: answer.ts ?? '' };
    return { place, isReply: answer.message?.thread_ts !== undefined };
  }

  async function reply(thread: Place, batch: NewsBatch): Promise<Sent | null> {
    const { list, state, news } = batch;
    if (!newsText(list, state, news)) return null;
    const isLoudly = news.some(isLoud);
    const first: Form = { mention: isLoudly, inThread: true, words: 'all' };
    const sending = { until: batch.until, warn, mayLeaveChannel: thread.channel !== channel };
    const { sent } = await sendInSomeForm(first, sending, (form) =>
      post({ text: replyText(batch, form) }, form.inThread ? thread : undefined, isLoudly),
    );
    return sent;
  }

  /** A message of the page's own. */
  async function open(batch: NewsBatch, isWhole: boolean): Promise<{ sent: Sent; isPlain: boolean }> {
    const first: Form = { mention: batch.news.some(isLoud), inThread: false, words: 'all' };
    const { sent, form } = await sendInSomeForm(first, { until: batch.until, warn }, (form) =>
      post(openingMessage(batch, form, isWhole)),
    );
    return { sent, isPlain: form.words === 'plain' };
  }

  async function update(
    { channel, ts }: Place,
    { list, state, until }: Pick<NewsBatch, 'list' | 'state' | 'until'>,
    subject: Subject,
  ): Promise<Heading> {
    const show = () =>
      sendInSomeForm({ mention: false, inThread: false, words: 'all' }, { until, warn }, (form) =>
        slack.chat.update({ channel, ts, ...headingMessage(list, state, subject, form) }),
      );
    await show().catch((fault: SlackFault) => {
      // Nobody else may bring the message of a page that is over up to date.
      if (!subject.page?.end || fault.refusal?.kind === 'message') throw fault;
      warn(`Could not update a page's message, trying again: ${fault.message}`);
      return show();
    });
    return headingOf(list, state, subject);
  }

  async function tellInThread(thread: Place, batch: NewsBatch): Promise<Posted> {
    const { list, state } = batch;
    const page = pageOf(batch);
    const subject = { id: batch.page, page, alerts: batch.alerts };
    const isKnown = standingOf(list, state, subject) !== null;
    const [replied, shown] = await Promise.all([
      attempt(reply(thread, batch)),
      isKnown ? attempt(update(thread, batch, subject)) : null,
    ]);
    if (shown?.fault) warn(`Could not update a page's message: ${shown.fault.message}`);
    if (page && shown?.fault && isToPostAnew(shown.fault, page.end !== null)) {
      return openAnew(batch, !replied.fault);
    }
    if (replied.fault) throw replied.fault;
    return { thread: placed(thread), isTold: true, ...(shown?.value && { heading: shown.value }) };
  }

  /** The page's message is no more, or may not be edited. */
  async function openAnew(batch: NewsBatch, isTold: boolean): Promise<Posted> {
    const { sent } = await open(batch, !isTold);
    return { thread: placed(sent.place), isTold: true, ...headingIn(batch) };
  }

  async function tellNew(batch: NewsBatch): Promise<Posted> {
    // What is loud goes into the first message: where Slack is slow, a second one might never be sent.
    const isUrgent = batch.news.some(isLoud);
    const { sent, isPlain } = await open(batch, isUrgent);
    const posted = { thread: placed(sent.place), ...headingIn(batch, isPlain) };
    if (isUrgent || isPlain) return { ...posted, isTold: true };
    // The message stands by now: if only the reply fails, the next one comes under the same.
    const { fault } = await attempt(reply(sent.place, batch));
    if (fault) warn(`Could not post everything to Slack: ${fault.message}`);
    return { ...posted, isTold: !fault };
  }

  async function tell(batch: NewsBatch): Promise<Posted> {
    const { thread } = batch;
    if (thread.kind === 'known') return tellInThread(placeOf(thread.ts, channel), batch);
    if (thread.kind === 'new' && pageOf(batch)) return tellNew(batch);
    if (wholePost(batch).text) await open(batch, true);
    return { thread: null, isTold: true };
  }

  async function refreshOne(stale: Stale, id: string, heading: Heading): Promise<Heading | null> {
    const { list, state, threads } = stale;
    const subject = { id, page: pageById(state, id), alerts: heading.alerts };
    const says = standingOf(list, state, subject);
    if (says === null || fingerprint(says) === heading.says)
      return isSettled(state, subject) ? null : { ...heading, alerts: toKeep(state, subject) };
    const { value, fault } = await attempt(update(placeOf(threads[id] ?? '', channel), stale, subject));
    if (value) return isSettled(state, subject) ? null : value;
    warn(`Could not update a page's message: ${fault?.message}`);
    return fault?.refusal?.kind === 'message' ? null : heading;
  }

  async function refresh(stale: Stale): Promise<Headings> {
    const known = Object.entries(stale.headings).filter(([page]) => stale.threads[page]);
    const fresh = await Promise.all(
      known.map(async ([page, heading]) => [page, await refreshOne(stale, page, heading)] as const),
    );
    return Object.fromEntries(fresh.filter((entry): entry is [string, Heading] => entry[1] !== null));
  }

  return {
    post: tell,
    refresh,
    ...announcements(warn, (text) => post({ text })),
  };
}

type Attempt<T> = { readonly value?: T; readonly fault?: SlackFault };

const attempt = <T>(doing: Promise<T>): Promise<Attempt<T>> =>
  doing.then(
    (value) => ({ value }),
    (error) => ({ fault: faultOf(error) }),
  );

/** What may not be edited is posted anew once nothing else will follow, for until then its thread tells. */
const isToPostAnew = ({ refusal }: SlackFault, isOver: boolean) =>
  refusal?.kind === 'message' && (refusal.cure === 'gone' || (refusal.cure === 'fixed' && isOver));

function headingOf(list: DialList, state: State, subject: Subject): Heading {
  return { alerts: toKeep(state, subject), says: fingerprint(standingOf(list, state, subject) ?? '') };
}

/** The alerts by which a page's message is brought up to date later on, when they may be another page's business. */
function toKeep(state: State, subject: Subject): readonly string[] {
  const known = recordsOf(state, subject).map(({ id }) => id);
  return (known.length > 0 ? known : (subject.alerts ?? [])).slice(0, ALERTS_KEPT);
}

/** Twenty of them stand in a document that must not grow. */
const fingerprint = (says: string) => createHash('sha256').update(says).digest('base64url').slice(0, 8);

/** Ids of 11 characters, of each of twenty pages. */
const ALERTS_KEPT = 6;

/** @param isPlain it says nothing of how the page stands */
function headingIn(batch: NewsBatch, isPlain = false): { heading?: Heading } {
  const page = pageOf(batch);
  if (!page) return {};
  const heading = headingOf(batch.list, batch.state, subjectOf(page, batch.alerts));
  return { heading: isPlain ? { ...heading, says: '' } : heading };
}
