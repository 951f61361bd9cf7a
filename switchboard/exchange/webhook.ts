import { getExpectedTwilioSignature } from 'twilio';
import type { WireRequest, WireResponse } from '../wire';
import type { Desk } from './desk';
import type { Hook } from './events';
import type { Leg } from './leg';
import type { Method } from './twiml/verbs';

export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly type: string;
      readonly body: string;
      readonly url: URL;
    }
  /** `code` is Twilio's error number; `lost` = the delivery was told to lose it. */
  | { readonly kind: 'none'; readonly code: number; readonly why: string; readonly lost?: boolean };

/**
 * Seconds Twilio waits for an answer from the moment it asks (docs/usage/webhooks/webhooks-connection-overrides,
 * total timeout).
 */
const PATIENCE = 15;
/** docs/voice/twiml#twilio-is-a-well-behaved-http-client */
const MOST_REDIRECTS = 10;
/** Status codes of redirects that Twilio follows (docs/api/errors/11216). */
const FOLLOWED = [301, 302, 303, 307];

/**
 * Sends a signed request to a webhook, and gives the first answer. The request is on its way whether or not the call
 * goes on, so the caller decides how to wait.
 */
export function sendHook(desk: Desk, leg: Leg, asked: { hook: Hook; method: Method }): Promise<Reply> {
  const { hook, method } = asked;
  const delivery = desk.delivery(hook);
  const isUnheard = 'unheard' in delivery;
  const delays = isUnheard ? delivery.unheard : delivery;
  desk.tell({
    kind: 'webhook',
    callSid: leg.record.sid,
    hook,
    method,
    delays,
    ...(isUnheard && { isUnheard }),
  });
  return new Promise((resolve) => {
    // A call waits for its document whatever delays it; a status callback that starts late has its own time.
    const setsOff = hook.kind === 'status' && delays.length > 0 ? Math.min(...delays) : 0;
    const giveUp = desk.clock.after(setsOff + PATIENCE, () =>
      resolve({ ...none(11200, 'no answer within 15 s'), lost: delays.length === 0 }),
    );
    for (const delay of delays) {
      const deliver = async () => {
        const answer = await request(desk, leg, hook, method);
        const reply = isUnheard ? none(11200, 'the answer was lost') : answer;
        const [status, body] = reply.kind === 'answer' ? [reply.status, reply.body] : [0, reply.why];
        desk.tell({ kind: 'webhook-answered', callSid: leg.record.sid, hook, status, body });
        giveUp();
        resolve(reply);
      };
      if (delay === 0) void deliver();
      else desk.clock.after(delay, () => void deliver());
    }
  });
}

async function request(desk: Desk, leg: Leg, hook: Hook, method: Method): Promise<Reply> {
  let asked = { url: hook.url, method, params: hook.params };
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    if (asked.url.host !== desk.publicUrl.host) return none(11210, `no such host here: ${asked.url.host}`);
    let response: WireResponse;
    try {
      response = await desk.functions.handle(signedRequest(leg, asked.url, asked.method, asked.params));
    } catch (error) {
      return none(11200, String(error));
    }
    if (response.status < 300 || response.status >= 400) {
      const type = header(response.headers, 'content-type') ?? '';
      return { kind: 'answer', status: response.status, type, body: response.body, url: asked.url };
    }
    const location = header(response.headers, 'location');
    if (
      !FOLLOWED.includes(response.status) ||
      location === undefined ||
      !URL.canParse(location, asked.url.href)
    )
      return none(11216, `invalid redirect: status ${response.status}`);
    const url = new URL(location, asked.url);
    // 307 asks for the same request again; after the others it is a plain GET.
    asked = response.status === 307 ? { ...asked, url } : { url, method: 'GET', params: {} };
  }
  return none(11215, 'too many redirects');
}

const none = (code: number, why: string) => ({ kind: 'none', code, why }) as const;

/** Parameters go into the query of a GET or the form of a POST; the signature covers both (docs/usage/security). */
export function signedRequest(
  leg: Leg,
  target: URL,
  method: Method,
  params: Readonly<Record<string, string>>,
): WireRequest {
  const encoded = new URLSearchParams(params).toString();
  const url = new URL(target);
  url.hash = '';
  // The original query stays as it was written: re-encoding it would change what is signed.
  if (method === 'GET' && encoded !== '')
    url.search = [url.search.slice(1), encoded].filter(Boolean).join('&');
  const form = method === 'POST' ? params : {};
  return {
    method,
    url,
    headers: {
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      'x-twilio-signature': getExpectedTwilioSignature(leg.account.authToken, url.href, form),
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } : {}),
    },
    body: method === 'POST' ? encoded : '',
  };
}

function header(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
