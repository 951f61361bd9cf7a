/** A switchboard for what is counted: silent, told directly, the same each time. */
import { dialList, openSwitchboard, type Switchboard, type SwitchboardOptions } from '../../switchboard';

export type BoardOptions = Partial<Omit<SwitchboardOptions, 'list'>> & {
  readonly start?: 'webhook';
  readonly members?: number;
};

export const phoneOf = (nth: number) => `+815000000${String(nth + 1).padStart(3, '0')}`;

/** Three members, one round, no rotation. Its close gives chance and the console back. */
export function openBoard({ start, members = 3, ...options }: BoardOptions): Switchboard {
  const restore = quietly();
  const list = dialList({
    ...(start && { start }),
    rounds: 1,
    rotation: { every: 'never' },
    members: Array.from({ length: members }, (_, nth) => ({
      name: `member-${nth + 1}`,
      phone: phoneOf(nth),
    })),
  });
  const board = openSwitchboard({
    startAt: new Date('2026-11-22T18:00:00Z'),
    transport: 'direct',
    ...options,
    list,
  });
  return {
    ...board,
    close() {
      board.close();
      restore();
    },
  };
}

function quietly(): () => void {
  const { log, warn } = console;
  const { random } = Math;
  let last = 1;
  console.log = console.warn = () => {};
  Math.random = () => {
    last = (last * 16_807) % 2_147_483_647;
    return last / 2_147_483_647;
  };
  return () => {
    Object.assign(console, { log, warn });
    Math.random = random;
  };
}
