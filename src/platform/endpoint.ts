/** The only place that knows how Twilio calls a Function, and how it answers: `handler(context, event, callback)`. */
import type { Context, ServerlessCallback } from '@twilio-labs/serverless-runtime-types/types';
import { WEBHOOK } from './budget';
import type { Env } from './config';
import { type Entry, log, plain } from './log';
import { originOf } from './origin';
import { type Params, readParams } from './params';
import type { Reply } from './problem';
import { type Services, servicesOf } from './services';

export type Handler = (context: Context<Env>, event: object, callback: ServerlessCallback) => Promise<void>;

/** A voice endpoint's answer, and its log entry. */
export type Spoken = { readonly twiml: string; readonly note?: Entry };

/**
 * A webhook that Twilio fetches TwiML from. Answers 200 with TwiML whatever happens.
 *
 * @param ifBroken the TwiML that keeps the page going when the handler itself fails
 */
export function voiceEndpoint(
  handle: (params: Params, services: Services) => Promise<Spoken>,
  ifBroken: (params: Params, origin: string) => string,
): Handler {
  return webhook(
    async (params, services) => {
      const { twiml, note } = await handle(params, services);
      return { response: xml(twiml), note };
    },
    (params, origin) => xml(ifBroken(params, origin)),
  );
}

/**
 * A webhook that only reports something. It answers within 5 s even if a neighbour hangs.
 *
 * @param milliseconds that it may take, if nothing is queued behind it
 */
export function statusEndpoint(
  handle: (params: Params, services: Services) => Promise<Entry>,
  milliseconds: number = WEBHOOK.statusMs,
): Handler {
  return webhook(
    async (params, services) => ({ response: empty(204), note: await handle(params, services) }),
    () => empty(500),
    { milliseconds },
  );
}

/** The JSON body of a webhook. */
export type JsonRequest = { readonly authorization: string | undefined; readonly body: object };

const BROKEN: Omit<Reply, 'note'> = {
  status: 500,
  body: { error: 'Something went wrong here; the log says what. Send it again.' },
};

/**
 * A webhook that posts JSON and gets JSON.
 *
 * @param ifBroken the answer if the handler itself fails
 */
export function jsonEndpoint(
  handle: (request: JsonRequest, services: Services) => Promise<Reply>,
  ifBroken = BROKEN,
): Handler {
  return webhook(
    async (_params, services, event) => {
      const { request, ...body } = event as { request?: { headers?: Record<string, unknown> } };
      // Untrusted: a body may contain a key `request`, which would replace the request's own.
      const given = request?.headers?.authorization;
      const authorization = typeof given === 'string' ? given : undefined;
      const { note, ...reply } = await handle({ authorization, body }, services);
      return { response: json(reply), note };
    },
    () => json(ifBroken),
    // Anybody can send a body, with anything in it.
    { subjectOf: () => ({}) },
  );
}

type Answer = { readonly response: object; readonly note?: Entry };

type Manner = {
  /** What the log line is about. */
  readonly subjectOf?: (params: Params) => Entry;
  /** How long it may take. */
  readonly milliseconds?: number;
};

const pageIn = ({ page, attempt }: Params): Entry => ({ page: plain(page), attempt: plain(attempt) });

function webhook(
  handle: (params: Params, services: Services, event: object) => Promise<Answer>,
  ifBroken: (params: Params, origin: string) => object,
  { subjectOf = pageIn, milliseconds }: Manner = {},
): Handler {
  return async (context, event, callback) => {
    const startedAt = Date.now();
    const params = readParams(event);
    const about = { path: context.PATH, ...subjectOf(params) };
    let services: Services | undefined;
    const cost = () => ({ ...(services?.requests ?? NO_REQUESTS), ms: Date.now() - startedAt });
    try {
      services = servicesOf(context, milliseconds);
      const { response, note } = await handle(params, services, event);
      log(about, UNDECIDED, note, cost());
      callback(null, response);
    } catch (fault) {
      log(about, UNDECIDED, { level: 'error', event: 'failed', fault: String(fault) }, cost());
      callback(null, ifBroken(params, originOf(context)));
    }
  };
}

/** The result of a webhook that reports none. */
const UNDECIDED: Entry = { step: 'none' };
const NO_REQUESTS: Services['requests'] = { sync: 0, twilio: 0, mackerel: 0, slack: 0 };

const xml = (twiml: string) => new Twilio.Response().setBody(twiml).appendHeader('Content-Type', 'text/xml');
const empty = (status: number) => new Twilio.Response().setStatusCode(status).setBody('');
function json({ status, body, headers = {} }: Omit<Reply, 'note'>) {
  const response = new Twilio.Response().setStatusCode(status).setBody(body);
  for (const [name, value] of Object.entries({ ...headers, 'Content-Type': 'application/json' }))
    response.appendHeader(name, value);
  return response;
}
