/** The forms in which a message can be sent, and which is next if Slack refuses one. */
import { REQUEST } from '../platform/budget';
import { faultOf, type SlackFault } from './fault';

export type Form = {
  /** It may notify everybody in the channel. */
  readonly mention: boolean;
  readonly inThread: boolean;
  /** Everything; the same in few words; or one fixed line without names. */
  readonly words: 'all' | 'few' | 'plain';
};

export const WHOLE: Form = { mention: false, inThread: false, words: 'all' };
/** The last resort. */
export const PLAIN: Form = { mention: false, inThread: false, words: 'plain' };

/** Null if no other form would do. Each step leaves something out, so there are six at most. */
export function plainer(form: Form, { refusal, isAnswer }: SlackFault): Form | null {
  const isPlain = form.words === 'plain';
  if (refusal?.kind === 'message') {
    if (refusal.cure === 'mention') return form.mention ? { ...form, mention: false } : null;
    const isForPlace = refusal.cure !== 'content';
    if (isForPlace && form.inThread) return { ...form, inThread: false };
    if (refusal.cure === 'gone' || refusal.cure === 'fixed') return null;
    if (!isPlain) return { ...form, words: form.words === 'all' ? 'few' : 'plain' };
    return form.inThread ? { ...form, inThread: false } : null;
  }
  // A refusal that we do not know: once more, without anything that Slack could object to.
  return isAnswer && !refusal && !isPlain ? PLAIN : null;
}

type Sending = {
  /** Milliseconds since the epoch by which it should be over; one request is made in any case. */
  readonly until: number;
  readonly warn: (message: string) => void;
  /** The setting now names another channel than the one with the thread. */
  readonly mayLeaveChannel?: boolean;
};

/** Sends in the first form that Slack takes. Fails with a `SlackFault` if it takes none, or not in time. */
export async function sendInSomeForm<T>(
  first: Form,
  sending: Sending,
  send: (form: Form) => Promise<T>,
): Promise<{ readonly sent: T; readonly form: Form }> {
  for (let form = first; ; ) {
    try {
      return { sent: await send(form), form };
    } catch (error) {
      const fault = faultOf(error);
      const next = await nextForm(form, fault, sending);
      if (!next) throw fault;
      const how = fault.retryAfter === undefined ? 'in another form' : `after ${fault.retryAfter} s`;
      sending.warn(`Slack refused a message; posting it again ${how}: ${fault.message}`);
      form = next;
    }
  }
}

async function nextForm(form: Form, fault: SlackFault, sending: Sending): Promise<Form | null> {
  const isTime = (afterMs: number) => Date.now() + afterMs <= sending.until;
  if (fault.retryAfter !== undefined) {
    const waitMs = fault.retryAfter * 1_000;
    if (!isTime(waitMs + REQUEST.slackMs)) return null;
    await pause(waitMs);
    return form;
  }
  const isLeaving = fault.refusal?.kind === 'everybody' && form.inThread && sending.mayLeaveChannel;
  const next = isLeaving ? { ...form, inThread: false } : plainer(form, fault);
  if (!next || !isTime(REQUEST.slackMs)) return null;
  return isTime(2 * REQUEST.slackMs) ? next : PLAIN;
}

const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
