/** The forms in which a message can be told, and which is next where Slack refuses one. */
import { faultOf, type SlackFault } from './fault';
import { LIMIT_MS } from './limited-fetch';

export type Form = {
  /** It calls everybody in the channel, as it wants to. */
  readonly mention: boolean;
  readonly inThread: boolean;
  /** All that there is to say; the same in few words; or one line of ours, in which nothing of anybody's is. */
  readonly words: 'all' | 'few' | 'plain';
};

/** What is tried at last. */
export const PLAIN: Form = { mention: false, inThread: false, words: 'plain' };

/** Null where no other form would do. Each step leaves something out, so that there are six of them at the most. */
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
  // A word that we do not know: once more, with nothing in it that anybody could object to.
  return isAnswer && !refusal && !isPlain ? PLAIN : null;
}

type Sending = {
  /** Milliseconds since the epoch by which it should be over; one request is made in any case. */
  readonly until: number;
  readonly warn: (message: string) => void;
  /** Another channel is meant by now than the one in which the thread is. */
  readonly mayLeaveChannel?: boolean;
};

/** Sends in the first form that Slack takes. Fails with a `SlackFault` where it takes none, or not in time. */
export async function sendInSomeForm<T>(
  first: Form,
  { until, warn, mayLeaveChannel = false }: Sending,
  send: (form: Form) => Promise<T>,
): Promise<{ readonly sent: T; readonly form: Form }> {
  for (let form = first; ; ) {
    try {
      return { sent: await send(form), form };
    } catch (error) {
      const fault = faultOf(error);
      const next = await nextForm(form, fault, until, mayLeaveChannel);
      if (!next) throw fault;
      const how = fault.retryAfter === undefined ? 'in another form' : `after ${fault.retryAfter} s`;
      warn(`Slack refused a message; posting it again ${how}: ${fault.message}`);
      form = next;
    }
  }
}

async function nextForm(
  form: Form,
  fault: SlackFault,
  until: number,
  mayLeaveChannel: boolean,
): Promise<Form | null> {
  const isTime = (afterMs: number) => Date.now() + afterMs <= until;
  if (fault.retryAfter !== undefined) {
    const waitMs = fault.retryAfter * 1_000;
    if (!isTime(waitMs + LIMIT_MS)) return null;
    await pause(waitMs);
    return form;
  }
  const isLeaving = fault.refusal?.kind === 'everybody' && form.inThread && mayLeaveChannel;
  const next = isLeaving ? { ...form, inThread: false } : plainer(form, fault);
  if (!next || !isTime(LIMIT_MS)) return null;
  return isTime(2 * LIMIT_MS) ? next : PLAIN;
}

const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
