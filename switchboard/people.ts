/** How people behave when their phone rings, in the words of a story. */
import { answers, type Reaction } from './exchange';

export const ignores: Reaction = { kind: 'ignore' };
export const isBusy: Reaction = { kind: 'busy' };
export const refuses: Reaction = { kind: 'refuse' };
export const isOff: Reaction = { kind: 'switched-off' };
export const voicemail: Reaction = { kind: 'voicemail' };

/** Listens to the message, and presses keys, each after the last answer has been heard. */
export const presses = (...keys: readonly string[]): Reaction =>
  answers(keys.flatMap((digits) => [{ kind: 'listen' }, { kind: 'press', digits }] as const));
export const takes = presses('1');
export const passes = presses('2');

/** Presses a key so many seconds after picking up, whatever is being said. */
export const pressesAfter = (seconds: number, digits: string): Reaction =>
  answers([
    { kind: 'wait', seconds },
    { kind: 'press', digits },
  ]);
/** Picks up and hangs up so many seconds later, in silence. */
export const hangsUp = (afterSeconds: number): Reaction =>
  answers([{ kind: 'wait', seconds: afterSeconds }, { kind: 'hang-up' }]);
/** Picks up and falls asleep. */
export const picksUp: Reaction = answers([]);
