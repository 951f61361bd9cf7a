/**
 * Twilio's REST API by `twilio`'s own client, but without its classes for each resource: loading those takes as long
 * as loading all the rest of `twilio`.
 */
import type { Context } from '@twilio-labs/serverless-runtime-types/types';
import RestException from 'twilio/lib/base/RestException';
import { REQUEST, WEBHOOK } from './budget';
import type { Env } from './config';

export type TwilioRequest = {
  /** Absolute. */
  readonly uri: string;
  /** The fields of a form to post, without undefined ones. Without fields, it is a GET. */
  readonly form?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Both give Twilio's JSON, and fail with `status`, `code` and `message` if it refuses. */
export type TwilioClient = {
  /**
   * Asks over a connection that is kept for later webhooks, since a new one costs three more round trips. The other
   * end may have just closed it: if it is reset before it answers, the request is sent again over a new one. So this
   * is only for requests that may be done twice.
   */
  askAgain(request: TwilioRequest): Promise<Answer>;
  /** Asks once, over a connection of its own, which nobody can have closed. */
  askOnce(request: TwilioRequest): Promise<Answer>;
  readonly accountSid: string;
};

// biome-ignore lint/suspicious/noExplicitAny: whoever asks knows what is answered, and checks what matters.
export type Answer = Record<string, any>;

type Client = ReturnType<Context['getTwilioClient']>;

/** One a process: credentials change only with a deployment, which has new processes. */
let kept: { readonly client: Client; readonly whose: string; usedAt: number } | null = null;

/** @param onRequest called for each request, with its target */
export function twilioClient(
  context: Context<Env>,
  onRequest: (uri: string) => void = () => {},
): TwilioClient {
  const whose = [context.ENVIRONMENT_SID, context.ACCOUNT_SID, context.AUTH_TOKEN].join(' ');

  function keptClient(): Client {
    const isFresh = kept?.whose === whose && Date.now() - kept.usedAt < REQUEST.keptMs;
    if (!kept || !isFresh) kept = { client: context.getTwilioClient(), whose, usedAt: 0 };
    kept.usedAt = Date.now();
    return kept.client;
  }

  async function asked(client: Client, { uri, form, headers }: TwilioRequest): Promise<Answer> {
    onRequest(uri);
    const response = await client.request({
      method: form ? 'post' : 'get',
      uri,
      data: form,
      headers: { ...headers },
      timeout: WEBHOOK.platformMs,
    });
    if (response.statusCode >= 300) throw new RestException(response);
    // `twilio` leaves an answer that it could not parse as text.
    return typeof response.body === 'string' ? JSON.parse(response.body) : response.body;
  }

  return {
    async askAgain(request) {
      const client = keptClient();
      try {
        return await asked(client, request);
      } catch (fault) {
        if (!wasReset(fault as Unanswered)) throw fault;
        if (kept?.client === client) kept = null;
        return asked(keptClient(), request);
      }
    },
    askOnce: async (request) => asked(context.getTwilioClient({ keepAlive: false }), request),
    accountSid: context.ACCOUNT_SID ?? '',
  };
}

type Unanswered = { readonly code?: string; readonly request?: { readonly reusedSocket?: boolean } };

const wasReset = ({ code, request }: Unanswered): boolean =>
  request?.reusedSocket === true && (code === 'ECONNRESET' || code === 'EPIPE');
