/**
 * The alerts of a dial list: an item each, in one of a few maps, chosen by a hash of the alert's id.
 *
 * No alert gets lost between joining a page and that page's end. An alert that joins is written first, and looks for
 * the page's mark afterwards; a webhook that ends a page writes the mark into each map first, and lists the alerts
 * afterwards. One of the two sees the other. If both do, the page's record decides.
 */

import type { AlertItem } from '../escalation';
import { ALERTS, RETRY } from '../platform/budget';
import { sleep } from '../platform/time';
import { shardOf } from './shards';
import { Conflict, Missing, SyncFailure, type Versioned } from './sync-document';
import { type Item, ignoring, type SyncMap } from './sync-map';

export type StoredAlert = Versioned<AlertItem>;

export type AlertStore = {
  /**
   * Creates an item, but no map; without a map there is no revision, since nobody who waits for a ring should wait
   * for a map. Fails with a Conflict if the alert is known.
   */
  create(alert: AlertItem): Promise<StoredAlert>;
  /** Creates an item, and the maps if there are none. Fails with a Conflict if the alert is known. */
  add(alert: AlertItem): Promise<StoredAlert>;
  /** Null if the alert is unknown. */
  read(id: string): Promise<StoredAlert | null>;
  /** Writes over that revision. */
  replace(alert: AlertItem, over: string): Promise<StoredAlert>;
  /** Changes an item, whatever else writes to it; creates it if there is none. Null if `change` gives null. */
  change(
    id: string,
    change: (known: AlertItem | null) => AlertItem | null,
    patience?: Patience,
  ): Promise<StoredAlert | null>;
  /** All alerts that are kept, in the order in which they joined. Fails if Sync does. */
  list(): Promise<readonly StoredAlert[]>;
  /** Whether a lap of a page takes no newcomers any more, as far as the map says that this alert looks into. */
  isShut(alert: string, lap: Lap): Promise<boolean>;
  /** Shuts a lap of a page, in each map of marks. */
  shut(lap: Lap): Promise<void>;
};

/** A page that nearly closed and goes on has another lap. */
export type Lap = { readonly id: string; readonly lap: number };

const markOf = ({ id, lap }: Lap) => `${id}.${lap}`;
/** An earlier form kept marks beside the alerts; in the order of keys they come before every id of Mackerel's. */
const BEHIND_MARKS = '"';

/** @param marks maps of their own, for each alert that joins reads a mark, and each that closes its item */
export function alertStore(
  maps: readonly SyncMap<AlertItem>[],
  marks: readonly SyncMap<object>[],
): AlertStore {
  const mapOf = (id: string) => shardOf(maps, id);
  const keptFor = ({ closedAt }: AlertItem) =>
    closedAt === undefined ? ALERTS.openKeptSeconds : ALERTS.closedKeptSeconds;

  /** The first alert ever makes all maps: the webhook that ends its page needs each of them. */
  const made = async (fault: unknown) => {
    if (!(fault instanceof Missing)) throw fault;
    await Promise.all(maps.map((map) => map.make()));
  };

  async function create(alert: AlertItem, ifMissing: typeof made): Promise<StoredAlert> {
    return { data: alert, revision: await mapOf(alert.id).add(alert.id, alert, keptFor(alert), ifMissing) };
  }

  async function replace(alert: AlertItem, over: string): Promise<StoredAlert> {
    return { data: alert, revision: await mapOf(alert.id).replace(alert.id, alert, over, keptFor(alert)) };
  }

  const read = (id: string) => mapOf(id).read(id);

  async function listed(map: SyncMap<AlertItem>): Promise<StoredAlert[]> {
    const found: Item<AlertItem>[] = [];
    for (let [last, startedAt] = [BEHIND_MARKS, Date.now()]; ; ) {
      const behind = last;
      const items = await tried(RETRY.item, () => map.list(ALERTS.listed, behind));
      found.push(...items);
      last = items.at(-1)?.key ?? last;
      if (items.length < ALERTS.listed || Date.now() - startedAt > ALERTS.listingMs) break;
    }
    return found;
  }

  const unmade = (alert: AlertItem) => (fault: unknown) => {
    if (!(fault instanceof Missing)) throw fault;
    return { data: alert, revision: '' };
  };

  return {
    create: (alert) => create(alert, (fault) => Promise.reject(fault)).catch(unmade(alert)),
    add: (alert) => create(alert, made),
    read,
    replace,
    change: (id, change, patience = RETRY.item) => {
      let known: StoredAlert | null | undefined;
      return tried(patience, async () => {
        if (known === undefined) known = await read(id);
        const changed = change(known?.data ?? null);
        if (!changed) return null;
        return (known ? replace(changed, known.revision) : create(changed, made)).catch((fault) => {
          // A write that Sync refused has changed nothing, so there is nothing new to read.
          if (fault instanceof Conflict) known = undefined;
          throw fault;
        });
      });
    },
    list: async () => (await Promise.all(maps.map(listed))).flat().sort(firstFirst),
    isShut: async (alert, lap) => (await shardOf(marks, alert).read(markOf(lap))) !== null,
    shut: async (lap) => {
      const mark = (map: SyncMap<object>) => map.add(markOf(lap), {}).catch(ignoring(Conflict));
      await Promise.all(marks.map((map) => tried(RETRY.settling, () => mark(map))));
    },
  };
}

const since = ({ data: { joinedMs, heardAt } }: StoredAlert) => joinedMs ?? heardAt * 1000;
const firstFirst = (one: StoredAlert, other: StoredAlert) => since(one) - since(other);

export type Patience = { readonly tries: number; readonly patienceMs: number; readonly jitterMs: number };

/** Tries again after another webhook was faster or Sync refused, but not after a missing answer. */
export async function tried<T>(patience: Patience, request: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  for (let tries = 1; ; tries++) {
    try {
      return await request();
    } catch (fault) {
      const isPassing = fault instanceof Conflict || (fault instanceof SyncFailure && fault.isPassing);
      if (!isPassing || tries >= patience.tries || Date.now() - startedAt > patience.patienceMs) throw fault;
      await sleep(Math.random() * tries * patience.jitterMs);
    }
  }
}
