/** A saved night: what people did and when, and what happened. Such a file can be played again, and is a test. */
import type { DialList } from '../../src/dial-list/list';
import { numbers, openSwitchboard, type Switchboard, type SwitchboardOptions } from '..';
import { type Broken, breakOn } from './faults';
import { type Game, type Move, make } from './moves';
import { placesIn } from './places';

export const FORMAT = 'mackerel-kaden night 1';

/** `at` = milliseconds after the beginning. */
export type Moved = { readonly at: number } & Move;

export type Night = {
  readonly format: typeof FORMAT;
  /** With made-up phone numbers, so that the file may be shared. */
  readonly list: DialList;
  readonly startAt: string;
  readonly settings: Pick<SwitchboardOptions, 'mackerel' | 'slack' | 'resendEverySeconds'>;
  readonly moves: readonly Moved[];
  readonly happened: Happened;
};

export type Happened = {
  /** `mm:ss name outcome pressed 1`, in the order of ringing. */
  readonly rings: readonly string[];
  /** What stands in Slack, line by line; replies behind an arrow. */
  readonly slack: readonly string[];
};

/** A night as it is saved: with the list as people write it, from which the build counts its handoffs. */
export type SavedNight = Omit<Night, 'list'> & { readonly list: object };

/** A list as people write it, with everything except whom to call. */
export function withoutNumbers(list: DialList): object {
  const phones = [...new Set(list.members.map(({ phone }) => phone))];
  const madeUp = (phone: string) => `+8150000000${String(phones.indexOf(phone) + 1).padStart(2, '0')}`;
  const { handoffs: _handoffs, ...rotation } = list.rotation;
  const members = list.members.map((member) => ({ ...member, phone: madeUp(member.phone) }));
  return { ...list, rotation, members };
}

export function happenedOn(board: Switchboard, list: DialList, startedAt: number): Happened {
  const names = new Map(list.members.map(({ phone, name }) => [phone, name]));
  const rings = [...names.keys()]
    .flatMap((phone) =>
      board.exchange.phone(phone).rings.map((ring) => ({ ...ring, name: names.get(phone) })),
    )
    .sort((one, other) => one.at - other.at);
  const { messages } = board.slack;
  return {
    rings: rings.map(({ at, name, outcome, pressed }) =>
      [minutesAndSeconds(at - startedAt), name, outcome, pressed && `pressed ${pressed}`]
        .filter(Boolean)
        .join(' '),
    ),
    slack: messages
      .filter(({ threadTs }) => threadTs === undefined)
      .flatMap(({ ts, text }) => [
        ...text.split('\n'),
        ...messages
          .filter(({ threadTs }) => threadTs === ts)
          .flatMap((reply) => reply.text.split('\n').map((line) => `→ ${line}`)),
      ]),
  };
}

/** Makes the moves at their times, on a clock that the caller drives. */
export function schedule(
  board: Switchboard,
  moves: readonly Moved[],
  makeMove: (move: Move) => unknown,
  startedAt: number,
): void {
  for (const { at, ...move } of moves) {
    board.clock.after((startedAt + at - board.clock.now()) / 1000, () => makeMove(move as Move));
  }
}

/**
 * A switchboard for playing a night: a `CALLER_ID` allows calls of our own, and random numbers repeat, so that second
 * tries come at the same moments each time.
 */
export function openFor(
  { list, settings, startAt }: Pick<Night, 'list' | 'settings' | 'startAt'>,
  more: Pick<SwitchboardOptions, 'from' | 'onSlack'>,
): Switchboard {
  const env = { CALLER_ID: numbers.a };
  const board = openSwitchboard({ ...settings, ...more, list, startAt: new Date(startAt), env });
  const { random } = Math;
  Math.random = chance();
  return {
    ...board,
    close() {
      Math.random = random;
      board.close();
    },
  };
}

/** Lehmer's generator. */
function chance(): () => number {
  let seed = 1;
  return () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}

/** Plays a night through in virtual time, and returns what happened. */
export async function playNight(night: Night, from: 'source' | 'build' = 'build'): Promise<Happened> {
  const { list, moves } = night;
  const board = openFor(night, { from });
  const startedAt = board.clock.now();
  const game: Game = { board, list, places: placesIn(list) };
  let broken: Broken = {};
  const makeMove = (move: Move) => {
    if (move.do === 'break') broken = breakOn(board, broken, move);
    else make(game, move);
  };
  try {
    schedule(board, moves, makeMove, startedAt);
    await board.clock.run((moves.at(-1)?.at ?? 0) / 1000);
    await board.untilQuiet();
    return happenedOn(board, list, startedAt);
  } finally {
    board.close();
  }
}

function minutesAndSeconds(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
