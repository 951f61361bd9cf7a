import type { Desk } from './desk';
import { resolve } from './document';
import type { Leg } from './leg';
import { type Scope, wait, within } from './scope';
import { recordingSeconds, speechSeconds, timesOf } from './speech';
import { type Pause, type Play, type Say, TwimlFault } from './twiml/verbs';
import { signedRequest } from './webhook';

/** Says, plays or pauses on a leg for as long as that takes. The scope can cut it short. */
export async function sound(
  desk: Desk,
  leg: Leg,
  scope: Scope,
  verb: Say | Play | Pause,
  base: URL | undefined,
): Promise<void> {
  const about = { callSid: leg.record.sid, phone: leg.record.to };
  switch (verb.kind) {
    case 'say': {
      const { text, language, voice } = verb;
      desk.tell({ kind: 'says', ...about, text, language, voice });
      leg.far.hear(text);
      return wait(desk.clock, scope, speechSeconds(verb));
    }
    case 'play': {
      const url = resolve(verb.url, base);
      const seconds = await within(scope, lengthOf(desk, leg, url));
      desk.tell({ kind: 'plays', ...about, url: url.href, loop: verb.loop });
      leg.far.hear(`♪ ${url.pathname}`);
      return wait(desk.clock, scope, seconds * timesOf(verb.loop));
    }
    case 'pause':
      leg.far.quiet();
      return wait(desk.clock, scope, verb.length);
  }
}

/** Recordings are fetched once: Twilio caches them, too. */
const lengths = new WeakMap<Desk, Map<string, number>>();

async function lengthOf(desk: Desk, leg: Leg, url: URL): Promise<number> {
  const known = lengths.get(desk) ?? new Map<string, number>();
  lengths.set(desk, known);
  const cached = known.get(url.href);
  if (cached !== undefined) return cached;
  // Music from another host cannot be fetched here, so it plays as long as an unknown recording.
  const seconds = url.host === desk.publicUrl.host ? await fetchLength(desk, leg, url) : recordingSeconds('');
  known.set(url.href, seconds);
  return seconds;
}

async function fetchLength(desk: Desk, leg: Leg, url: URL): Promise<number> {
  const response = await desk.functions.handle(signedRequest(leg, url, 'GET', {})).catch((error) => {
    throw new TwimlFault(11200, `HTTP retrieval failure: ${url.pathname}: ${error}`);
  });
  if (response.status !== 200)
    throw new TwimlFault(11200, `HTTP retrieval failure: ${url.pathname}: status ${response.status}`);
  const type = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (type !== undefined && !type.startsWith('audio/'))
    throw new TwimlFault(13420, `Play: Invalid Content-Type: ${type}`);
  return recordingSeconds(response.body);
}
