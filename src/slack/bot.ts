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
import type { Bulletin, Heading, Headings, Posted, Slack, SlackOptions, Stale } from './poster';
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

  async function reply(thread: Place, bulletin: Bulletin): Promise<Sent | null> {
    const { list, state, news } = bulletin;
    if (!newsText(list, state, news)) return null;
    const isLoudly = news.some(isLoud);
    const first: Form = { mention: isLoudly, inThread: true, words: 'all' };
    const sending = { until: bulletin.until, warn, mayLeaveChannel: thread.channel !== channel };
    const { sent } = await sendInSomeForm(first, sending, (form) =>
      post({ text: replyText(bulletin, form) }, form.inThread ? thread : undefined, isLoudly),
    );
    return sent;
  }

  /** A message of the page's own. */
  async function open(bulletin: Bulletin, isWhole: boolean): Promise<{ sent: Sent; isPlain: boolean }> {
    const first: Form = { mention: bulletin.news.some(isLoud), inThread: false, words: 'all' };
    const { sent, form } = await sendInSomeForm(first, { until: bulletin.until, warn }, (form) =>
      post(openingMessage(bulletin, form, isWhole)),
    );
    return { sent, isPlain: form.words === 'plain' };
  }

  async function update(
    { channel, ts }: Place,
    { list, state, until }: Pick<Bulletin, 'list' | 'state' | 'until'>,
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

  async function tellInThread(thread: Place, bulletin: Bulletin): Promise<Posted> {
    const { list, state } = bulletin;
    const page = pageOf(bulletin);
    const subject = { id: bulletin.page, page, alerts: bulletin.alerts };
    const isKnown = standingOf(list, state, subject) !== null;
    const [replied, shown] = await Promise.all([
      attempt(reply(thread, bulletin)),
      isKnown ? attempt(update(thread, bulletin, subject)) : null,
    ]);
    if (shown?.fault) warn(`Could not update a page's message: ${shown.fault.message}`);
    if (page && shown?.fault && isToPostAnew(shown.fault, page.end !== null)) {
      return openAnew(bulletin, !replied.fault);
    }
    if (replied.fault) throw replied.fault;
    return { thread: placed(thread), isTold: true, ...(shown?.value && { heading: shown.value }) };
  }

  /** The page's message is no more, or may not be edited. */
  async function openAnew(bulletin: Bulletin, isTold: boolean): Promise<Posted> {
    const { sent } = await open(bulletin, !isTold);
    return { thread: placed(sent.place), isTold: true, ...headingIn(bulletin) };
  }

  async function tellNew(bulletin: Bulletin): Promise<Posted> {
    // What is loud goes into the first message: where Slack is slow, a second one might never be sent.
    const isUrgent = bulletin.news.some(isLoud);
    const { sent, isPlain } = await open(bulletin, isUrgent);
    const posted = { thread: placed(sent.place), ...headingIn(bulletin, isPlain) };
    if (isUrgent || isPlain) return { ...posted, isTold: true };
    // The message stands by now: if only the reply fails, the next one comes under the same.
    const { fault } = await attempt(reply(sent.place, bulletin));
    if (fault) warn(`Could not post everything to Slack: ${fault.message}`);
    return { ...posted, isTold: !fault };
  }

  async function tell(bulletin: Bulletin): Promise<Posted> {
    const { thread } = bulletin;
    if (thread.kind === 'known') return tellInThread(placeOf(thread.ts, channel), bulletin);
    if (thread.kind === 'new' && pageOf(bulletin)) return tellNew(bulletin);
    if (wholePost(bulletin).text) await open(bulletin, true);
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
function headingIn(bulletin: Bulletin, isPlain = false): { heading?: Heading } {
  const page = pageOf(bulletin);
  if (!page) return {};
  const heading = headingOf(bulletin.list, bulletin.state, subjectOf(page, bulletin.alerts));
  return { heading: isPlain ? { ...heading, says: '' } : heading };
}
