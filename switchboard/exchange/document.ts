import type { Desk } from './desk';
import type { HookKind } from './events';
import type { Leg } from './leg';
import { standardParams } from './params';
import { type Scope, within } from './scope';
import { readTwiml } from './twiml/read';
import { type Method, type Say, TwimlFault, type Verb } from './twiml/verbs';
import { sendHook } from './webhook';

/** Where the next document comes from. */
export type Source =
  | {
      readonly from: 'url';
      readonly kind: HookKind;
      readonly url: URL;
      readonly method: Method;
      readonly params?: Readonly<Record<string, string>>;
    }
  | { readonly from: 'text'; readonly twiml: string };

/** `url` is the base for relative URLs in it; absent for TwiML that came by REST. */
export type Document = { readonly verbs: readonly Verb[]; readonly url?: URL };

/** A whisper, and the document after its Gather, may hold only certain verbs. */
export type Where = 'call' | 'whisper';

/** Content types that are read as TwiML (docs/voice/twiml#twilio-understands-mime-types). */
const XML_TYPES = ['text/xml', 'application/xml', 'text/html'];

/** Fetches and reads a document. Throws `TwimlFault` (11200, 11770, 12300, 12100 …) or `Interrupted`. */
export async function obtain(
  desk: Desk,
  leg: Leg,
  run: Scope,
  source: Source,
  where: Where,
): Promise<Document> {
  if (source.from === 'text') return { verbs: readTwiml(source.twiml, where) };
  const params = { ...standardParams(leg), ...source.params };
  const hook = { kind: source.kind, url: source.url, params };
  const reply = await within(run, sendHook(desk, leg, { hook, method: source.method }));
  if (reply.kind === 'none') throw new TwimlFault(reply.code, `HTTP retrieval failure: ${reply.why}`);
  if (reply.status < 200 || reply.status >= 300)
    throw new TwimlFault(11200, `HTTP retrieval failure: status ${reply.status}`);
  const type = reply.type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type.startsWith('audio/'))
    return {
      verbs: [{ kind: 'play', url: reply.url.href, loop: 1 }, { kind: 'hangup' }],
      url: reply.url,
    };
  if (reply.body === '') throw new TwimlFault(11770, 'Empty response body');
  if (type === 'text/plain') return { verbs: plainText(reply.body, where), url: reply.url };
  if (!XML_TYPES.includes(type)) throw new TwimlFault(12300, `Invalid Content-Type: ${type || 'none'}`);
  return { verbs: readTwiml(reply.body, where), url: reply.url };
}

/** TwiML is carried out whatever its content type says; anything else is read aloud, and ends the call. */
function plainText(body: string, where: Where): readonly Verb[] {
  try {
    return readTwiml(body, where);
  } catch (fault) {
    if (!(fault instanceof TwimlFault)) throw fault;
    const say: Say = { kind: 'say', text: body, language: 'en-US', loop: 1 };
    return [say, { kind: 'hangup' }];
  }
}

/** A URL in a document: absolute, or relative to where the document came from. */
export function resolve(text: string, base: URL | undefined): URL {
  try {
    return new URL(text, base);
  } catch {
    throw new TwimlFault(11100, `Invalid URL format: ${text}`);
  }
}
