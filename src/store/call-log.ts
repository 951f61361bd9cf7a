/** Calls of Mackerel's that asked us, an item each: one that ended without having asked is made good. */
import { ALERTS, RETRY } from '../platform/budget';
import { tried } from './alert-store';
import { isFirstEndHere } from './page-memory';
import { shardOf } from './shards';
import { Conflict } from './sync-document';
import { ignoring, type SyncMap } from './sync-map';

/** What is noted of a call: nothing, but that it was here. */
export type NotedCall = { readonly at?: number };

export type CallLog = {
  /** Records a call that asked us and that the page does not show. Never fails. */
  note(call: string): Promise<void>;
  /** Whether a call is among those; null if Sync does not say. */
  has(call: string): Promise<boolean | null>;
  /** Records that Mackerel's calls report their end. Never fails. */
  heardOfEnd(at: number): Promise<void>;
  /** Since when that is so, in seconds since the epoch; null if it is not. */
  endsToldSince(): Promise<number | null>;
};

/** No call has this SID. */
const ENDS = '!ends';

export function callLog(maps: readonly SyncMap<NotedCall>[], warn: (message: string) => void): CallLog {
  const note = (call: string, noted: NotedCall, keptSeconds?: number) =>
    shardOf(maps, call)
      .add(call, noted, keptSeconds)
      .then(() => {}, ignoring(Conflict));
  const read = (call: string) => shardOf(maps, call).read(call);
  return {
    // Its end would be taken for that of a call that never asked: a refusal is tried again.
    note: (call) =>
      tried(RETRY.item, () => note(call, {})).catch((fault: Error) =>
        warn(`Could not save a call: ${fault.message}`),
      ),
    has: (call) =>
      read(call).then(
        (found) => found !== null,
        () => null,
      ),
    heardOfEnd: async (at) => {
      if (isFirstEndHere()) await note(ENDS, { at }, ALERTS.historyKeptSeconds).catch(() => {});
    },
    endsToldSince: () =>
      read(ENDS).then(
        (found) => found?.data.at ?? null,
        () => null,
      ),
  };
}
