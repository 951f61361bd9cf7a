/** What people do in the room: everything that the product does not do itself. A night is a list of these. */
import type { DialList } from '../../src/dial-list/list';
import {
  type MackerelAlertSpec,
  numbers,
  type OpenStatus,
  passes,
  type Reaction,
  type Switchboard,
  takes,
} from '..';
import { type Drill, type DrillOptions, startDrill } from '../drill/drill';
import type { Act } from '../drill/scripted-people';
import type { Breakage } from './faults';
import type { Habit, Place } from './journal';
import type { Places } from './places';

export type Gesture = 'pick-up' | 'refuse' | 'hang-up' | 'press';

export type Move =
  | { readonly do: 'raise'; readonly alert: MackerelAlertSpec; readonly count?: number }
  | { readonly do: 'change'; readonly id: string; readonly status: OpenStatus }
  | { readonly do: 'resend'; readonly id: string }
  | { readonly do: 'close'; readonly id: string; readonly reason?: string }
  | { readonly do: 'drill'; readonly alert: MackerelAlertSpec; readonly plan: readonly Act[] }
  | { readonly do: 'habit'; readonly phone: Place; readonly habit: Habit }
  /** Only for the next ring. */
  | { readonly do: 'script'; readonly phone: Place; readonly reaction: Reaction }
  | { readonly do: 'hand'; readonly phone: Place; readonly gesture: Gesture; readonly digits?: string }
  /** From a phone to number A. */
  | { readonly do: 'call'; readonly phone: Place }
  | ({ readonly do: 'break' } & Breakage);

/** Why a move is impossible. A page says it in its reader's language. */
export type Why =
  | 'no-phone'
  | 'no-alert'
  | 'no-request'
  | 'alert-closed'
  | 'phone-in-use'
  | 'not-ringing'
  | 'nobody-there';

/** An impossible move; the message is for users of `curl`. */
export class Impossible extends Error {
  constructor(
    readonly why: Why,
    message: string,
  ) {
    super(message);
  }

  /** The status of the answer: there is no such thing, or not now. */
  get status(): 404 | 409 {
    return this.why.startsWith('no-') ? 404 : 409;
  }
}

const HABITS: Readonly<Record<Habit, Reaction>> = {
  // Rings until somebody takes the phone in hand.
  'by-hand': { kind: 'ignore' },
  ignores: { kind: 'ignore' },
  voicemail: { kind: 'voicemail' },
  busy: { kind: 'busy' },
  'switched-off': { kind: 'switched-off' },
  takes,
  passes,
};

/** A switchboard that people play on. */
export type Game = {
  readonly board: Switchboard;
  readonly list: DialList;
  readonly places: Places;
  /** The latest drill: the next one takes over from it. */
  drill?: Drill;
};

/** Alerts a second in a burst: if all came at one instant, the platform would refuse most of their webhooks. */
const BURST_RATE = 10;

export type Made = { readonly ids: readonly string[]; readonly drill?: Drill };

/** The result: the ids of alerts, a drill. @throws Impossible */
export function make(game: Game, move: Exclude<Move, { do: 'break' }>, options: DrillOptions = {}): Made {
  const { board, list, places } = game;
  const { mackerel, exchange } = board;
  const nothing = { ids: [] };
  switch (move.do) {
    case 'raise':
      for (let later = 1; later < (move.count ?? 1); later += 1)
        board.clock.after(later / BURST_RATE, () => void mackerel.raise(move.alert));
      return { ids: [mackerel.raise(move.alert)] };
    case 'change':
      mackerel.change(openAlert(board, move.id), move.status);
      return nothing;
    case 'resend':
      mackerel.resend(openAlert(board, move.id));
      return nothing;
    case 'close':
      mackerel.close(knownAlert(board, move.id), move.reason);
      return nothing;
    case 'drill': {
      game.drill?.handOver();
      game.drill = startDrill(board, list, move.plan, () => mackerel.raise(move.alert), options);
      return { ids: [game.drill.alert], drill: game.drill };
    }
    case 'habit':
      phoneAt(board, places, move.phone).always(HABITS[move.habit]);
      return nothing;
    case 'script':
      phoneAt(board, places, move.phone).next(move.reaction);
      return nothing;
    case 'hand':
      take(board, places, move);
      return nothing;
    case 'call': {
      const phone = phoneAt(board, places, move.phone);
      if ([...phone.rings, ...phone.calls].some(({ endedAt }) => endedAt === undefined))
        throw new Impossible('phone-in-use', 'That phone is in use: hang up first');
      exchange.callIn(phone.number, numbers.a);
      return nothing;
    }
  }
}

function take(board: Switchboard, places: Places, move: Extract<Move, { do: 'hand' }>): void {
  const { hand } = phoneAt(board, places, move.phone);
  const done = {
    'pick-up': () => hand.pickUp(),
    refuse: () => hand.refuse(),
    'hang-up': () => hand.hangUp(),
    press: () => hand.press(move.digits ?? ''),
  }[move.gesture]();
  if (done) return;
  if (move.gesture === 'pick-up' || move.gesture === 'refuse')
    throw new Impossible('not-ringing', 'That phone is not ringing');
  throw new Impossible('nobody-there', 'That phone has nobody on the line');
}

function phoneAt({ exchange }: Switchboard, places: Places, place: Place) {
  const number = places.numberOf(place);
  if (number === undefined) throw new Impossible('no-phone', `There is no phone ${place}`);
  return exchange.phone(number);
}

function knownAlert({ mackerel }: Switchboard, id: string): string {
  if (!mackerel.alert(id)) throw new Impossible('no-alert', `Mackerel has no alert ${id}`);
  return id;
}

function openAlert(board: Switchboard, id: string): string {
  if (board.mackerel.alert(knownAlert(board, id))?.status === 'OK')
    throw new Impossible('alert-closed', `Alert ${id} is closed`);
  return id;
}
