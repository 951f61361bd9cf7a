/**
 * What the people of a drill do when their phones ring: enough people to show how a page gets past those who do not
 * take it.
 */
import type { DialList } from '../../src/dial-list/list';
import { answers, listenAndPress, type Reaction } from '..';

export type Act = 'ignore' | 'voicemail' | 'busy' | 'pass' | 'take' | 'pick-up';

/** People who do not take the page. If picking up is enough, a voicemail would take it, so there is none. */
const BEFORE: Record<DialList['answer'], readonly (readonly Act[])[]> = {
  keypress: [
    ['ignore', 'pass'],
    ['voicemail', 'busy'],
  ],
  pickup: [
    ['ignore', 'busy'],
    ['busy', 'ignore'],
  ],
};

/** One action for each phone that is to ring, in the order of ringing. Drills take their scripts in turn, from 0. */
export function planFor({ members, answer }: Pick<DialList, 'members' | 'answer'>, drill: number): Act[] {
  const plans = BEFORE[answer];
  const before = plans[drill % plans.length] ?? [];
  return [...before.slice(0, members.length - 1), answer === 'keypress' ? 'take' : 'pick-up'];
}

/** Early enough for the shortest ring that a list allows. */
const VOICEMAIL_AFTER_SECONDS = 8;

export function reactionOf(act: Act): Reaction {
  switch (act) {
    case 'ignore':
    case 'busy':
      return { kind: act };
    case 'voicemail':
      return { kind: 'voicemail', after: VOICEMAIL_AFTER_SECONDS };
    case 'pass':
      return answers(listenAndPress('2'));
    case 'take':
      return answers(listenAndPress('1'));
    case 'pick-up':
      return answers([]);
  }
}
