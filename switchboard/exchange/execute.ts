import type { Desk } from './desk';
import { type Dialing, dial } from './dial';
import { type Document, obtain, resolve, type Source, type Where } from './document';
import { gather } from './gather';
import { answer, end, isAnswered, type Leg } from './leg';
import { Interrupted, openScope, type Scope } from './scope';
import { sound } from './sound';
import { type Say, TwimlFault, type Verb } from './twiml/verbs';

/** What a caller hears if a document cannot be fetched or is refused. */
const APPLICATION_ERROR: Say = {
  kind: 'say',
  text: 'We are sorry. An application error has occurred. Goodbye.',
  language: 'en-US',
  loop: 1,
};

/** The number of documents in one instant that proves a loop without a wait. */
const MOST_AT_ONCE = 100;

/** Carries out documents on a call until they or the call end; ends the call when they do. */
export async function conduct(desk: Desk, leg: Leg, source: Source): Promise<void> {
  leg.run?.end('redirected');
  const run = openScope(leg.scope);
  leg.run = run;
  try {
    await execute(desk, leg, run, source, 'call');
    end(desk, leg, 'completed', 'twiml');
  } catch (error) {
    if (error instanceof Interrupted) return;
    const message = `the switchboard itself failed: ${error instanceof Error ? error.stack : error}`;
    desk.tell({ kind: 'fault', callSid: leg.record.sid, code: 0, message });
    end(desk, leg, 'failed', 'network');
  }
}

/** `ended`: the last document had no more verbs. `hung-up`: told to hang up, or failed. */
export async function execute(
  desk: Desk,
  leg: Leg,
  run: Scope,
  first: Source,
  where: Where,
): Promise<'ended' | 'hung-up'> {
  let source = first;
  let fallback = where === 'call' ? leg.fallback : undefined;
  let instant = desk.clock.now();
  for (let documents = 1; ; documents += 1) {
    try {
      if (desk.clock.now() !== instant) documents = 1;
      instant = desk.clock.now();
      if (documents > MOST_AT_ONCE) throw new TwimlFault(12200, 'documents lead to one another without end');
      const step = await perform(desk, leg, run, await obtain(desk, leg, run, source, where));
      if (step === 'ended' || step === 'hung-up') return step;
      source = step;
    } catch (error) {
      if (!(error instanceof TwimlFault)) throw error;
      const url = source.from === 'url' ? source.url : undefined;
      const { code, message } = error;
      desk.tell({ kind: 'fault', callSid: leg.record.sid, code, message, url: url?.href });
      if (fallback) {
        const params = { ErrorCode: String(code), ErrorUrl: url?.href ?? '' };
        source = { from: 'url', kind: 'twiml', ...fallback, params };
        fallback = undefined;
        continue;
      }
      // Twilio's documentation does not say what happens to the parties if a whisper cannot be fetched.
      if (where === 'whisper' && desk.whisperFailure === 'bridge') return 'ended';
      answerIfInbound(desk, leg);
      await sound(desk, leg, run, APPLICATION_ERROR, undefined);
      return 'hung-up';
    }
  }
}

type Step = 'ended' | 'hung-up' | Source;

async function perform(desk: Desk, leg: Leg, run: Scope, document: Document): Promise<Step> {
  for (const verb of document.verbs) {
    const step = await carryOut(desk, leg, run, verb, document.url);
    if (step !== 'next') return step;
  }
  answerIfInbound(desk, leg);
  leg.far.quiet();
  return 'ended';
}

async function carryOut(
  desk: Desk,
  leg: Leg,
  run: Scope,
  verb: Verb,
  base: URL | undefined,
): Promise<'next' | Step> {
  if (!leavesUnanswered(verb)) answerIfInbound(desk, leg);
  switch (verb.kind) {
    case 'say':
    case 'play':
    case 'pause':
      await sound(desk, leg, run, verb, base);
      return 'next';
    case 'gather': {
      const digits = await gather(desk, leg, run, verb, base);
      if (digits === '' && !verb.actionOnEmptyResult) return 'next';
      const url = verb.action === undefined && base ? base : resolve(verb.action ?? '', base);
      return { from: 'url', kind: 'gather', url, method: verb.method, params: { Digits: digits } };
    }
    case 'dial': {
      leg.far.quiet();
      const dialing: Dialing = {
        verb,
        base,
        whisper: (child, line, asked) => execute(desk, child, line, asked, 'whisper'),
      };
      return (await dial(desk, leg, run, dialing)) ?? 'next';
    }
    case 'redirect':
      return { from: 'url', kind: 'twiml', url: resolve(verb.url, base), method: verb.method };
    case 'hangup':
      return 'hung-up';
    case 'reject':
      if (isAnswered(leg)) throw new TwimlFault(12200, 'Reject on a call that has been answered');
      end(desk, leg, verb.reason === 'busy' ? 'busy' : 'no-answer', 'twiml');
      return 'hung-up';
  }
}

/** First verbs that do not pick up an incoming call (docs/voice/twiml/{pause,reject,dial}). */
function leavesUnanswered(verb: Verb): boolean {
  return (
    verb.kind === 'pause' ||
    verb.kind === 'reject' ||
    verb.kind === 'redirect' ||
    (verb.kind === 'dial' && verb.answerOnBridge)
  );
}

function answerIfInbound(desk: Desk, leg: Leg): void {
  if (leg.record.direction === 'inbound') answer(desk, leg, 'number');
}
