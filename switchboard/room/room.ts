/** The room: a switchboard that people play on, with a clock that they drive and a journal of what happened. */
import type { DialList } from '../../src/dial-list/list';
import { dialOrder } from '../../src/dial-list/order';
import { turnByDate } from '../../src/dial-list/rotation';
import type { SlackMessage, SwitchboardOptions } from '..';
import type { DrillOptions } from '../drill/drill';
import { type Broken, breakOn } from './faults';
import { type Habit, type Journal, openJournal, type Place, type RoomFacts } from './journal';
import { type Game, Impossible, type Made, type Move, make } from './moves';
import {
  FORMAT,
  happenedOn,
  type Moved,
  type Night,
  openFor,
  type SavedNight,
  schedule,
  withoutNumbers,
} from './night';
import { placesIn } from './places';
import { recordInto } from './recorder';

export type RoomOptions = {
  readonly list: DialList;
  readonly startAt: Date;
  /** Virtual seconds in one of the wall clock's. */
  readonly speed: number;
  readonly settings: Night['settings'];
  readonly from?: SwitchboardOptions['from'];
};

export type Opened = Game & { readonly startedAt: number };

export type Room = {
  /** The present switchboard: a clean state opens another. */
  readonly now: Opened;
  readonly journal: Journal;
  readonly speed: number;
  readonly isPaused: boolean;
  /** How often somebody has had a phone in hand, or changed what one does, since it was opened. */
  readonly hands: number;
  /** Hears of the present switchboard, and of each that is opened later. */
  onOpen(listener: (opened: Opened) => void): void;
  onSlack(listener: (message: SlackMessage, kind: 'posted' | 'updated') => void): void;
  /** @throws Impossible */
  make(move: Move, options?: DrillOptions): Made;
  setClock(setting: { readonly speed?: number; readonly isPaused?: boolean }): void;
  /** Goes on to the next event on the lines, and pauses there; false if nothing happens for a quarter of an hour. */
  step(): Promise<boolean>;
  /** A clean state: as on the first evening. */
  reset(): void;
  night(): SavedNight;
  play(night: Night): void;
  close(): void;
};

/** Seconds: more than Mackerel's shortest re-send interval. */
const LONGEST_STEP = 900;

const HANDS: ReadonlySet<Move['do']> = new Set(['hand', 'habit', 'script', 'break']);

export function openRoom(options: RoomOptions): Room {
  const journal = openJournal();
  const openListeners: ((opened: Opened) => void)[] = [];
  const slackListeners: Parameters<Room['onSlack']>[0][] = [];
  let { speed } = options;
  let isPaused = false;
  let isPlaying = false;
  let habits: Readonly<Record<Place, Habit>> = {};
  let broken: Broken = {};
  let moves: Moved[] = [];
  let stopClock = () => {};
  let setting: Pick<Night, 'list' | 'settings' | 'startAt'> = {
    list: options.list,
    settings: options.settings,
    startAt: options.startAt.toISOString(),
  };
  let now = open();

  function open(): Opened {
    const { list } = setting;
    journal.clear();
    [habits, broken, moves, isPlaying] = [{}, {}, [], false];
    const board = openFor(setting, {
      from: options.from,
      onSlack(message, kind) {
        journal.write(board.clock.now(), { kind: 'slack', message: structuredClone(message) });
        for (const listener of slackListeners) listener(message, kind);
      },
    });
    const opened = { board, list, places: placesIn(list), startedAt: board.clock.now() };
    journal.write(opened.startedAt, { kind: 'opened', room: factsOf(opened) });
    recordInto(journal, board, list, opened.places);
    stopClock = isPaused ? () => {} : board.clock.pace(speed);
    for (const listener of openListeners) listener(opened);
    return opened;
  }

  function tellSettings(): void {
    const settings = { speed, isPaused, habits, faults: broken, isPlaying };
    journal.write(now.board.clock.now(), { kind: 'settings', settings });
  }

  function reopen(next: typeof setting): void {
    stopClock();
    now.board.close();
    setting = next;
    now = open();
    tellSettings();
  }

  function makeMove(move: Move, options?: DrillOptions): Made {
    const { board, startedAt } = now;
    moves.push({ at: board.clock.now() - startedAt, ...move });
    if (move.do === 'break') {
      broken = breakOn(board, broken, move);
      tellSettings();
      return { ids: [] };
    }
    const made = make(now, move, options);
    if (move.do === 'habit') {
      habits = { ...habits, [move.phone]: move.habit };
      tellSettings();
    }
    return made;
  }

  /** An impossible move is not part of the night. */
  function tryMove(move: Move, options?: DrillOptions): Made {
    const before = moves.length;
    try {
      return makeMove(move, options);
    } catch (error) {
      moves.splice(before);
      throw error;
    }
  }

  /**
   * A played night may go otherwise than the saved one: a move that is impossible now is reported, and the night goes
   * on.
   */
  function replay(move: Move): void {
    try {
      tryMove(move);
    } catch (error) {
      if (!(error instanceof Impossible)) throw error;
      journal.write(now.board.clock.now(), {
        kind: 'trouble',
        code: 0,
        message: `${move.do}: ${error.message}`,
      });
    }
  }

  function setClock(wanted: { readonly speed?: number; readonly isPaused?: boolean }): void {
    speed = wanted.speed ?? speed;
    isPaused = wanted.isPaused ?? isPaused;
    stopClock();
    stopClock = isPaused ? () => {} : now.board.clock.pace(speed);
    tellSettings();
  }

  tellSettings();
  return {
    get now() {
      return now;
    },
    journal,
    get speed() {
      return speed;
    },
    get isPaused() {
      return isPaused;
    },
    get hands() {
      return moves.filter((move) => HANDS.has(move.do)).length;
    },
    onOpen(listener) {
      openListeners.push(listener);
      listener(now);
    },
    onSlack: (listener) => void slackListeners.push(listener),
    make: tryMove,
    setClock,
    async step() {
      setClock({ isPaused: true });
      const { clock, exchange } = now.board;
      const before = exchange.events.length;
      const happened = await clock.runUntil(() => exchange.events.length > before, LONGEST_STEP);
      tellSettings();
      return happened;
    },
    reset: () => reopen({ list: options.list, settings: options.settings, startAt: setting.startAt }),
    night: () => ({
      format: FORMAT,
      ...setting,
      list: withoutNumbers(now.list),
      moves,
      happened: happenedOn(now.board, now.list, now.startedAt),
    }),
    play(night) {
      reopen({ list: night.list, settings: night.settings, startAt: night.startAt });
      isPlaying = true;
      const playing = now;
      schedule(now.board, night.moves, (move) => playing === now && replay(move), now.startedAt);
      now.board.clock.after((night.moves.at(-1)?.at ?? 0) / 1000, () => {
        isPlaying = false;
        tellSettings();
      });
      tellSettings();
    },
    close() {
      stopClock();
      now.board.close();
    },
  };
}

function factsOf({ list, places, startedAt }: Opened): RoomFacts {
  const { language, timeZone, rounds, answer, start } = list;
  const order = dialOrder(list.members.length, turnByDate(list, startedAt));
  return { members: places.members, order, language, timeZone, rounds, answer, start, startedAt };
}
