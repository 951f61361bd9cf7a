/** Whether a page ended as its drill meant it to, judged by the lines and Slack, not by what the Functions say. */
import type { DialList } from '../../src/dial-list/list';
import type { RingOutcome } from '..';

export type Facts = {
  /** Every call had ended when the time was up. */
  readonly isOver: boolean;
  /** The number of rings in the drill's script. */
  readonly planned: number;
  readonly rings: readonly {
    readonly phone: string;
    readonly outcome: RingOutcome;
    readonly pressed: string;
  }[];
  /** The phone of the previous page's taker, who is awake and so may be rung before the others. */
  readonly awake?: string;
  /** None is due if nobody has called number B. */
  readonly music: 'not-due' | 'never' | 'playing' | 'stopped';
  /** The page's own messages as they stand in the channel. */
  readonly slack: readonly string[];
  /** Faults in words: of the exchange, of the network, and of Functions that failed. */
  readonly faults: readonly string[];
};

export type Problem =
  | { readonly kind: 'endless' | 'not-taken' | 'not-in-slack' | 'no-music' | 'music-plays' | 'wrong-order' }
  | { readonly kind: 'rings'; readonly planned: number; readonly counted: number }
  | { readonly kind: 'fault'; readonly message: string };

export function problemsOf(facts: Facts, list: Pick<DialList, 'members' | 'answer'>): Problem[] {
  const { isOver, planned, rings, music, slack, faults } = facts;
  const taker = takerIn(facts, list);
  const problems: (Problem | false)[] = [
    !isOver && { kind: 'endless' },
    !taker && { kind: 'not-taken' },
    taker !== undefined && !slack.some((text) => saysTaken(text, taker)) && { kind: 'not-in-slack' },
    music === 'never' && { kind: 'no-music' },
    music === 'playing' && { kind: 'music-plays' },
    rings.length !== planned && { kind: 'rings', planned, counted: rings.length },
    !isInOrder(facts, list) && { kind: 'wrong-order' },
    ...faults.map((message) => ({ kind: 'fault', message }) as const),
  ];
  return problems.filter((problem) => problem !== false);
}

/** The name of the member who took it, at the last ring only. */
export function takerIn(
  { rings }: Pick<Facts, 'rings'>,
  { members, answer }: Pick<DialList, 'members' | 'answer'>,
): string | undefined {
  const last = rings.at(-1);
  if (last?.outcome !== 'answered') return undefined;
  if (answer === 'keypress' && last.pressed !== '1') return undefined;
  return members.find(({ phone }) => phone === last.phone)?.name;
}

const saysTaken = (text: string, taker: string) =>
  text.split('\n').some((line) => line.includes(':white_check_mark:') && unescaped(line).includes(taker));

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Down the list from whoever is first that day, then from the top again; a member who is awake comes first. */
function isInOrder({ rings, awake }: Facts, { members }: Pick<DialList, 'members'>): boolean {
  const [first, ...others] = rings;
  const isAhead = first !== undefined && first.phone === awake;
  return (
    goesDown(rings, members) ||
    (isAhead &&
      goesDown(
        others,
        members.filter(({ phone }) => phone !== awake),
      ))
  );
}

function goesDown(rings: Facts['rings'], members: DialList['members']): boolean {
  const isFrom = (first: number) =>
    rings.every(({ phone }, ring) => phone === members[(first + ring) % members.length]?.phone);
  return rings.length === 0 || members.some((_, first) => isFrom(first));
}
