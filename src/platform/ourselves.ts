/**
 * Requests to a Function of our own, signed with the account's token as Twilio signs (docs/usage/security), since the
 * platform refuses all others.
 */
import { REQUEST } from './budget';

export type Ourselves = {
  /**
   * Hands something over to another invocation, which begins while this one goes on. Whether it arrived, as far as we
   * know: its answer is not awaited. Never fails.
   */
  handOver(path: string, params: Readonly<Record<string, string>>): Promise<boolean>;
};

type Options = {
  readonly origin: string;
  readonly authToken: string | undefined;
  /** Milliseconds since the epoch by which everything has to be over. */
  readonly deadline?: number;
  readonly warn: (message: string) => void;
};

export function ourselves({ origin, authToken = '', deadline = Infinity, warn }: Options): Ourselves {
  const sendingMs = () =>
    Math.max(REQUEST.leastSentMs, Math.min(REQUEST.sentMs, deadline - REQUEST.postingMs - Date.now()));

  async function asked(path: string, params: Readonly<Record<string, string>>): Promise<void> {
    // Few webhooks need it.
    const { getExpectedTwilioSignature } =
      require('twilio/lib/webhooks/webhooks') as typeof import('twilio/lib/webhooks/webhooks');
    const url = `${origin}${path}`;
    const { ok, status } = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'X-Twilio-Signature': getExpectedTwilioSignature(authToken, url, params),
      },
      body: new URLSearchParams(params).toString(),
      signal: AbortSignal.timeout(sendingMs()),
    });
    if (!ok) throw new Error(`HTTP ${status}`);
  }

  return {
    handOver: (path, params) =>
      asked(path, params).then(
        () => true,
        (fault: Error) => {
          if (fault.name === 'TimeoutError') return true;
          warn(`Could not ask ${path}: ${fault.message}`);
          return false;
        },
      ),
  };
}
