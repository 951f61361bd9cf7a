import type { Desk } from './desk';
import type { Leg } from './leg';
import { Interrupted, openScope, type Scope, wait } from './scope';
import { sound } from './sound';
import type { Gather } from './twiml/verbs';

/**
 * Speaks the nested prompts, which the first key cuts short, and then waits for keys: `timeout` seconds of silence,
 * `numDigits` or a `finishOnKey` end it (docs/voice/twiml/gather). Returns the keys, '' for none.
 */
export async function gather(
  desk: Desk,
  leg: Leg,
  run: Scope,
  verb: Gather,
  base: URL | undefined,
): Promise<string> {
  let digits = '';
  let finished = false;
  const prompting = openScope(run);
  let silence: Scope | undefined;
  const onKey = (key: string) => {
    if (finished) return;
    finished = verb.finishOnKey.includes(key);
    if (!finished) digits += key;
    if (digits.length === verb.numDigits) finished = true;
    prompting.end('key');
    silence?.end('key');
  };
  leg.keys.push(onKey);
  try {
    await unlessKey(run, async () => {
      for (const prompt of verb.prompts) await sound(desk, leg, prompting, prompt, base);
    });
    leg.far.quiet();
    while (!finished) {
      silence = openScope(run);
      const pressed = await unlessKey(run, () => wait(desk.clock, silence as Scope, verb.timeout));
      silence.end('done');
      if (!pressed) break;
    }
    return digits;
  } finally {
    prompting.end('done');
    leg.keys.splice(leg.keys.indexOf(onKey), 1);
  }
}

/** True if a key cut the work short. An interruption of the whole run reaches whoever waits for that run. */
async function unlessKey(run: Scope, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (!(error instanceof Interrupted) || run.over) throw error;
    return true;
  }
}
