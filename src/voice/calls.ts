/** Calls over the REST API. twilio.com/docs/voice/api/call-resource */

import { REQUEST } from '../platform/budget';
import { Late, within } from '../platform/time';
import type { Answer, TwilioClient } from '../platform/twilio-client';
import { isOver } from './params';

/** A call of our own to a member. */
export type Placement = {
  readonly to: string;
  readonly from: string;
  /** Where its TwiML and its status callbacks go. Absolute. */
  readonly url: string;
  readonly statusCallback: string;
  /** Seconds. */
  readonly ringSeconds: number;
  readonly talkSeconds: number;
};

/**
 * The call that was placed, or why there is none. `silent`: Twilio did not answer in time, so the call may ring all
 * the same.
 */
export type Placed = { readonly sid: string } | { readonly refused: Refusal };

type Refusal = 'failed' | 'too-many-calls' | 'silent';

/** None of these ever fails; a fault is logged, and is an answer. */
export type Calls = {
  place(placement: Placement): Promise<Placed>;
  /** Ends a call, and with it the calls that it dialled. */
  complete(sid: string): Promise<boolean>;
  /** Gives a call another document. */
  move(sid: string, url: string): Promise<boolean>;
  /** Whether a call is over; null if Twilio does not say. */
  isOver(sid: string): Promise<boolean | null>;
  /** Gives a call another document and another status callback: Twilio accepts the callback only with the document. */
  divert(sid: string, elsewhere: Pick<Placement, 'url' | 'statusCallback'>): Promise<boolean>;
};

/** The account has as many calls up as it may: docs/api/errors/10004 */
const TOO_MANY_CALLS = 10_004;

/**
 * Requests that change a call are sent only once: a phone must not ring twice for one decision, and a call that is
 * moved twice would begin its document again.
 *
 * @param deadline milliseconds since the epoch by which everything has to be over
 */
export function callsApi(
  twilio: TwilioClient,
  warn: (message: string) => void,
  deadline = Number.POSITIVE_INFINITY,
): Calls {
  const inTime = (most: number, least: number = REQUEST.shortestMs, afterwards: number = REQUEST.postingMs) =>
    Math.max(least, Math.min(most, deadline - afterwards - Date.now()));

  const uriOf = (call = '') =>
    `https://api.twilio.com/2010-04-01/Accounts/${twilio.accountSid}/Calls${call && `/${call}`}.json`;

  async function asked<T>(
    what: string,
    request: Promise<T>,
    milliseconds = inTime(REQUEST.twilioMs),
  ): Promise<{ readonly answer: T } | { readonly fault: unknown }> {
    try {
      return { answer: await within(milliseconds, 'Twilio did not answer in time', request) };
    } catch (fault) {
      warn(`${what}: ${(fault as Error).message}`);
      return { fault };
    }
  }

  const changed = async (what: string, sid: string, form: Readonly<Record<string, string>>) =>
    'answer' in (await asked(what, twilio.askOnce({ uri: uriOf(sid), form })));

  return {
    async place(placement) {
      const request = twilio.askOnce({ uri: uriOf(), form: formOf(placement) }).then(sidIn);
      // If no call was placed, there has to be time to hand a pause on to another Function.
      const afterwards = REQUEST.postingMs + REQUEST.handingOnMs;
      const time = inTime(REQUEST.placingMs, REQUEST.shortestPlacingMs, afterwards);
      const placed = await asked('Could not place a call', request, time);
      return 'answer' in placed ? { sid: placed.answer } : { refused: refusalIn(placed.fault) };
    },
    complete: (sid) => changed('Could not end a call', sid, { Status: 'completed' }),
    move: (sid, url) => changed('Could not move a call', sid, { Url: url, Method: 'POST' }),
    isOver: async (sid) => {
      const request = twilio.askAgain({ uri: uriOf(sid) }).then(({ status }) => isOver(status));
      const known = await asked('Could not look a call up', request);
      return 'answer' in known ? known.answer : null;
    },
    divert: (sid, elsewhere) => changed('Could not divert a call', sid, documentsOf(elsewhere)),
  };
}

const documentsOf = ({ url, statusCallback }: Pick<Placement, 'url' | 'statusCallback'>) => ({
  Url: url,
  Method: 'POST',
  StatusCallback: statusCallback,
  StatusCallbackMethod: 'POST',
});

const formOf = ({ to, from, ringSeconds, talkSeconds, ...documents }: Placement) => ({
  To: to,
  From: from,
  ...documentsOf(documents),
  StatusCallbackEvent: ['initiated', 'answered', 'completed'],
  Timeout: ringSeconds,
  // A voicemail that never hangs up must not cost hours.
  TimeLimit: talkSeconds,
});

function sidIn({ sid }: Answer): string {
  if (!sid) throw new Error('Twilio answered without a SID');
  return sid;
}

function refusalIn(fault: unknown): Refusal {
  if (fault instanceof Late) return 'silent';
  return (fault as { readonly code?: unknown }).code === TOO_MANY_CALLS ? 'too-many-calls' : 'failed';
}
