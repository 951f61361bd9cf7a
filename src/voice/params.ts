/** Twilio's parameters, in our words. twilio.com/docs/voice/twiml, …/dial#action, …/number */
import type { NotReached } from '../escalation';
import type { Params } from '../platform/params';

/** The call on whose leg TwiML is being fetched. */
export type CallerLeg = {
  readonly sid: string;
  /** Our number in this call, to show as caller ID, so that people can save it. E.164. */
  readonly ourNumber?: string;
  /** The call ended before Twilio asked us, so nobody hears our answer. */
  readonly isOver: boolean;
};

const E164 = /^\+[1-9]\d{6,14}$/;

/** Mackerel calls *from* our number; a person who tests the line calls *to* it. */
export function readCallerLeg({ CallSid, From, To, Direction, CallStatus }: Params): CallerLeg {
  const ours = Direction === 'inbound' ? To : From;
  return {
    sid: CallSid ?? '',
    ...(ours && E164.test(ours) && { ourNumber: ours }),
    isOver: isOver(CallStatus),
  };
}

/** The final statuses: docs/voice/api/call-resource#call-status-values */
const OVER: ReadonlySet<string | undefined> = new Set([
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
]);

export const isOver = (callStatus: string | undefined): boolean => OVER.has(callStatus);

/** How a `<Dial>` ended. Neither parameter says that somebody took the page: docs/voice/twiml/dial#action */
export function readDialResult({ DialCallStatus, DialBridged }: Params): {
  why: NotReached;
  wasBridged: boolean;
} {
  return { why: NOT_REACHED[DialCallStatus ?? ''] ?? 'failed', wasBridged: DialBridged === 'true' };
}

/** How the leg of an own call ended that nobody took: docs/voice/api/call-resource#call-status-values */
export const readLegResult = ({ CallStatus }: Params): NotReached =>
  NOT_REACHED[CallStatus ?? ''] ?? 'failed';

const NOT_REACHED: Readonly<Record<string, NotReached>> = {
  completed: 'no-key',
  answered: 'no-key',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  canceled: 'canceled',
};

export type Key = 'take' | 'pass' | 'repeat' | 'close' | 'unknown';

const KEYS: Readonly<Record<string, Key>> = { '1': 'take', '2': 'pass', '*': 'repeat', '9': 'close' };

/**
 * The time up to which alerts had joined when a member was asked whether to close them, in milliseconds; null if
 * nobody was asked.
 */
export const readToClose = ({ close }: Params): number | null =>
  close === undefined ? null : /^\d{1,15}$/.test(close) ? Number(close) : 0;

/** When a member heard the message, and how many alerts it was about; null if the URL does not say. */
export function readBriefed({ briefed }: Params): { readonly atMs: number; readonly alerts: number } | null {
  const [, atMs, alerts] = /^(\d{1,15})\.(\d{1,6})$/.exec(briefed ?? '') ?? [];
  return atMs === undefined ? null : { atMs: Number(atMs), alerts: Number(alerts) };
}

/** How often a call has come back because Sync refused. */
export const readWaited = ({ waited }: Params): number =>
  /^\d{1,3}$/.test(waited ?? '') ? Number(waited) : 0;

export const readKey = ({ Digits }: Params): Key => KEYS[Digits ?? ''] ?? 'unknown';
