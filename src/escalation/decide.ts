/** What follows from a command. Pure. */
import type { DialList } from '../dial-list/list';
import type { Command, NoteKey } from './command';
import { answer, pressKey } from './decide/answer';
import { beginClosing, closeAll, closedByPhone, moveWatch } from './decide/close';
import { loseCall } from './decide/lose-call';
import { notify } from './decide/notify';
import { endPause, endRing, giveUp, placed, reopened, unavailable } from './decide/ring';
import { ringBack } from './decide/ring-back';
import { startTest } from './decide/start';
import { confirmed } from './decide/take';
import type { Event } from './event';
import { evolveAll } from './evolve';
import type { State } from './state';

export function decide(list: DialList, state: State, command: Command): Event[] {
  switch (command.kind) {
    case 'notify':
      return notify(list, state, command);
    case 'start-test':
      return startTest(list, state, command);
    case 'end-ring': {
      const first = reopened(state, command);
      return [...first, ...endRing(list, evolveAll(state, first), command)];
    }
    case 'end-pause':
      return endPause(list, state, command);
    case 'placed':
      return placed(state, command);
    case 'give-up':
      return giveUp(state, command);
    case 'ring-back':
      return ringBack(list, state, command);
    case 'lose-call':
      return loseCall(list, state, command);
    case 'answer': {
      const first = reopened(state, command);
      return [...first, ...answer(list, evolveAll(state, first), command)];
    }
    case 'press-key':
      return pressKey(state, command);
    case 'confirmed':
      return confirmed(state, command);
    case 'begin-closing':
      return beginClosing(state, command);
    case 'close-all':
      return closeAll(state, command);
    case 'closed-by-phone':
      return closedByPhone(state, command);
    case 'move-watch':
      return moveWatch(state, command);
    case 'note-key':
      return noteKey(state, command);
    case 'note-unavailable': {
      const { page, why, at } = command;
      return state.page?.id === page ? unavailable(state.page, { unavailable: why, at }) : [];
    }
  }
}

function noteKey(state: State, { mayWrite, at }: NoteKey): Event[] {
  if (state.mayWrite === mayWrite) return [];
  const page = state.page?.id ?? '';
  return [mayWrite ? { kind: 'key-tried', mayWrite, page, at } : { kind: 'read-only-key', page, at }];
}
