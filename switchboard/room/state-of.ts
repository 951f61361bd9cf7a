import type { SlackMessage } from '..';
import type { AlertSeen, PageSeen, RequestSeen, RoomFacts, Settings } from './journal';
import type { Room } from './room';
import { type CallSeen, foldAll, type View } from './view';

export type RoomState = {
  /** Virtual milliseconds since the epoch, as all times here. */
  readonly now: number;
  readonly room?: RoomFacts;
  readonly settings: Settings;
  readonly page: PageSeen | null;
  readonly calls: readonly CallSeen[];
  readonly alerts: readonly AlertSeen[];
  readonly slack: readonly SlackMessage[];
  readonly troubles: View['troubles'];
};

/** The room as a page would show it. */
export function stateOf({ journal, now }: Room): RoomState {
  const { room, settings, page, calls, alerts, messages, troubles } = foldAll(journal.after(0));
  return {
    now: now.board.clock.now(),
    room,
    settings,
    page,
    calls: [...calls.values()],
    alerts: [...alerts.values()],
    slack: [...messages.values()],
    troubles,
  };
}

export const requestsIn = ({ journal }: Room): RequestSeen[] => [
  ...foldAll(journal.after(0)).requests.values(),
];
