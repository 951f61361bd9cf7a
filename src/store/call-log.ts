/**
 * Calls of Mackerel's that asked us, an item each in a Sync map. A call that ended without having asked can then be
 * made up for.
 */
import { ALERTS } from '../platform/budget';
import { isFirstEndHere } from './page-memory';
import { Conflict, type SyncService, type Watch } from './sync-document';
import { ignoring, syncMap, watchedMap } from './sync-map';

export type CallLog = {
  /** Records a call that asked us and that the page does not show. Never fails. */
  note(call: string): Promise<void>;
  /** Whether a call is among those; null if Sync does not say. */
  has(call: string): Promise<boolean | null>;
  /** Records that we are told of calls that end. Never fails. */
  heardOfEnd(at: number): Promise<void>;
  /** Since when that is so, in seconds since the epoch; null if it is not. */
  endsToldSince(): Promise<number | null>;
};

/** No call has this SID. */
const ENDS = '!ends';

export function callLog(
  sync: SyncService,
  name: string,
  watch: Watch,
  warn: (message: string) => void,
): CallLog {
  const map = watchedMap(syncMap<{ readonly at?: number }>(sync, name, ALERTS.callsKeptSeconds), watch);
  return {
    note: (call) =>
      map
        .add(call, {})
        .then(() => {}, ignoring(Conflict))
        .catch((fault) => warn(`Could not save a call: ${(fault as Error).message}`)),
    has: (call) =>
      map.read(call).then(
        (found) => found !== null,
        () => null,
      ),
    heardOfEnd: async (at) =>
      isFirstEndHere()
        ? map
            .add(ENDS, { at }, ALERTS.historyKeptSeconds)
            .then(() => {}, ignoring(Conflict))
            .catch(() => {})
        : undefined,
    endsToldSince: () =>
      map.read(ENDS).then(
        (found) => found?.data.at ?? null,
        () => null,
      ),
  };
}
