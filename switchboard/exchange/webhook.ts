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
  | { readonly kind: 'none'; readonly why: string };

/** Seconds Twilio waits for a document (docs/api/errors/11205). */
const PATIENCE = 15;
const MOST_REDIRECTS = 5;

/**
 * Asks a webhook, signed, and gives the first answer. The request is on its way whether or not the call goes
 * on, so what the caller does about waiting is the caller's business.
 */
export function sendHook(desk: Desk, leg: Leg, asked: { hook: Hook; method: Method }): Promise<Reply> {
  const { hook, method } = asked;
  const delays = desk.delivery(hook);
  desk.tell({ kind: 'webhook', callSid: leg.record.sid, hook, method, delays });
  return new Promise((resolve) => {
    const giveUp = desk.clock.after(PATIENCE, () => resolve({ kind: 'none', why: 'no answer within 15 s' }));
    for (const delay of delays) {
      const deliver = async () => {
        const reply = await request(desk, leg, hook, method);
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
    if (asked.url.host !== desk.publicUrl.host)
      return { kind: 'none', why: `no such host here: ${asked.url.host}` };
    let response: WireResponse;
    try {
      response = await desk.functions.handle(signedRequest(leg, asked.url, asked.method, asked.params));
    } catch (error) {
      return { kind: 'none', why: String(error) };
    }
    const location = header(response.headers, 'location');
    if (response.status < 300 || response.status >= 400 || location === undefined) {
      const type = header(response.headers, 'content-type') ?? '';
      return { kind: 'answer', status: response.status, type, body: response.body, url: asked.url };
    }
    asked = { url: new URL(location, asked.url), method: 'GET', params: {} };
  }
  return { kind: 'none', why: 'too many redirects' };
}

/** Parameters go into the query of a GET and the form of a POST; the signature covers both (docs/usage/security). */
export function signedRequest(
  leg: Leg,
  target: URL,
  method: Method,
  params: Readonly<Record<string, string>>,
): WireRequest {
  const encoded = new URLSearchParams(params).toString();
  const url = new URL(target);
  url.hash = '';
  // The query that was there stays as it was written: re-encoding it would change what is signed.
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
