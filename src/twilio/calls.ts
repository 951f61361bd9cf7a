/** Calls over the REST API. twilio.com/docs/voice/api/call-resource */
import pTimeout from 'p-timeout';

export type Calls = {
  /** Ends a call, and with it the calls that it dialled. False where Twilio did not do it. Never fails. */
  complete(sid: string): Promise<boolean>;
  /** Whether a call is over; null where Twilio does not say. Never fails. */
  isOver(sid: string): Promise<boolean | null>;
};

/** Milliseconds for one request. */
const REQUEST_LIMIT_MS = 2_500;

/** The statuses from which no call comes back. */
const OVER = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

type Client = ReturnType<import('@twilio-labs/serverless-runtime-types/types').Context['getTwilioClient']>;

export function callsApi(client: () => Client, warn: (message: string) => void): Calls {
  async function asked<T>(what: string, request: () => Promise<T>): Promise<T | null> {
    try {
      return await pTimeout(request(), {
        milliseconds: REQUEST_LIMIT_MS,
        message: 'Twilio did not answer in time',
      });
    } catch (fault) {
      warn(`${what}: ${(fault as Error).message}`);
      return null;
    }
  }

  return {
    complete: async (sid) =>
      (await asked('A call was not ended', () => client().calls(sid).update({ status: 'completed' }))) !==
      null,
    isOver: async (sid) => {
      const call = await asked('A call was not found', () => client().calls(sid).fetch());
      return call && OVER.has(call.status);
    },
  };
}
