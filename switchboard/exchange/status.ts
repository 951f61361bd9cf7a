import type { Desk } from './desk';
import type { Leg } from './leg';
import { rfc2822, standardParams } from './params';
import type { CallEvent, Method } from './twiml/verbs';
import { sendHook } from './webhook';

/** Where a call's progress is reported, and which events. */
export type StatusSubscription = {
  readonly url: URL;
  readonly method: Method;
  readonly events: readonly CallEvent[];
  /** Counts the callbacks from 0. */
  next: number;
  /** Resolves when the latest has been answered. */
  latest?: Promise<void>;
};

/**
 * Sends the status callback of an event, if somebody asked for it (docs/voice/twiml/number, "statusCallback"). Nobody
 * waits for its answer, and callbacks may overtake one another: that is why there is a SequenceNumber.
 */
export function sendStatus(
  desk: Desk,
  leg: Leg,
  event: CallEvent,
  more: Readonly<Record<string, string>> = {},
): void {
  const subscription = leg.status;
  if (!subscription?.events.includes(event)) return;
  const params = {
    ...standardParams(leg),
    ...more,
    Timestamp: rfc2822(desk.clock.now()),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(subscription.next),
  };
  subscription.next += 1;
  const send = () => deliver(desk, leg, subscription, params);
  if (desk.callbackQueue === undefined) return void send();
  const expiresAt = desk.clock.now() + desk.callbackQueue * 1000;
  subscription.latest = (subscription.latest ?? Promise.resolve()).then(() => {
    if (desk.clock.now() <= expiresAt) return send();
    const { href } = subscription.url;
    const message = 'Call Progress: Queue Timeout';
    desk.tell({ kind: 'fault', callSid: leg.record.sid, code: 15002, message, url: href });
  });
}

async function deliver(
  desk: Desk,
  leg: Leg,
  { url, method }: StatusSubscription,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  const reply = await sendHook(desk, leg, { hook: { kind: 'status', url, params }, method });
  if (reply.kind === 'answer' ? reply.status < 400 : reply.lost) return;
  // Twilio logs these and goes on; they do not affect the call.
  const said = reply.kind === 'answer' ? `HTTP ${reply.status}` : reply.why;
  desk.tell({
    kind: 'fault',
    callSid: leg.record.sid,
    // "Call Progress: Warning Response to Callback URL"
    code: reply.kind === 'answer' ? 15003 : reply.code,
    message: `status callback: ${said}`,
    url: url.href,
  });
}
