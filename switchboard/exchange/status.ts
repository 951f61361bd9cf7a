import type { Desk } from './desk';
import type { Leg } from './leg';
import { rfc2822, standardParams } from './params';
import type { CallEvent, Method } from './twiml/verbs';
import { sendHook } from './webhook';

/** Who is told about a call's progress, and of which events. */
export type StatusSubscription = {
  readonly url: URL;
  readonly method: Method;
  readonly events: readonly CallEvent[];
  /** Counts what has been sent, from 0. */
  next: number;
};

/**
 * Sends the status callback of an event, if somebody asked for it (docs/voice/twiml/number, "statusCallback").
 * Nobody waits for its answer, and callbacks may overtake one another: hence SequenceNumber.
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
  const { url, method } = subscription;
  void sendHook(desk, leg, { hook: { kind: 'status', url, params }, method }).then((reply) => {
    if (reply.kind === 'answer' ? reply.status < 400 : reply.lost) return;
    // Twilio logs these and goes on; they never touch the call.
    const said = reply.kind === 'answer' ? `HTTP ${reply.status}` : reply.why;
    desk.tell({
      kind: 'fault',
      callSid: leg.record.sid,
      // "Call Progress: Warning Response to Callback URL"
      code: reply.kind === 'answer' ? 15003 : reply.code,
      message: `status callback: ${said}`,
      url: url.href,
    });
  });
}
