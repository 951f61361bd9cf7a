/** One Sync map, made at first use. twilio.com/docs/sync/api/map-item-resource */
import {
  asked,
  Conflict,
  held,
  Missing,
  nullIfMissing,
  type SyncService,
  type Versioned,
  type Watch,
} from './sync-document';

export type Item<T> = Versioned<T> & { readonly key: string };

export type SyncMap<T> = {
  /** Makes the map. */
  make(): Promise<void>;
  /**
   * Adds an item; its revision. Fails with a Conflict if the key exists.
   *
   * @param ifMissing makes the map; only this one if left out
   */
  add(
    key: string,
    data: T,
    keptSeconds?: number,
    ifMissing?: (fault: unknown) => Promise<void>,
  ): Promise<string>;
  /** Writes over an item, or over one revision of it, and restarts its time to live. The new revision. */
  replace(key: string, data: T, over?: string, keptSeconds?: number): Promise<string>;
  /** Null if there is no such item, or no map yet. */
  read(key: string): Promise<Versioned<T> | null>;
  /** A number of items in the order of their keys, from the first or after one; none if there is no map yet. */
  list(most: number, behind?: string): Promise<readonly Item<T>[]>;
};

/** @param kept seconds for which an item is kept; Twilio drops it some time later: docs/sync/objects-ttl */
export function syncMap<T extends object>(sync: SyncService, name: string, kept: number): SyncMap<T> {
  const items = `Maps/${name}/Items`;
  const item = (key: string) => `${items}/${encodeURIComponent(key)}`;
  const create = (Key: string, data: T, ItemTtl: number) =>
    asked(async () => held((await sync(items, { Key, Data: JSON.stringify(data), ItemTtl })).revision));
  const make = () =>
    asked(() => sync('Maps', { UniqueName: name }))
      .then(() => {})
      .catch(ignoring(Conflict));
  const ownMap = (fault: unknown) => {
    if (!(fault instanceof Missing)) throw fault;
    return make();
  };
  return {
    make,
    add: (key, data, itemTtl = kept, ifMissing = ownMap) =>
      create(key, data, itemTtl).catch(async (fault) => {
        await ifMissing(fault);
        return create(key, data, itemTtl);
      }),
    replace: (key, data, over, ItemTtl = kept) =>
      asked(async () =>
        held((await sync(item(key), { Data: JSON.stringify(data), ItemTtl }, over)).revision),
      ),
    read: (key) =>
      asked(async () => {
        const { data, revision } = await sync(item(key));
        return { data: held(data) as T, revision: held(revision) };
      }).catch(nullIfMissing),
    list: (most, behind) =>
      asked(async () => {
        const range = { ...(behind !== undefined && { From: behind, Bounds: 'exclusive', Order: 'asc' }) };
        const found: Item<T>[] = [];
        let query = `?${new URLSearchParams({ ...range, PageSize: String(most) })}`;
        while (query && found.length < most) {
          const { items: some, meta } = await sync(items + query);
          found.push(...held(some));
          query = meta?.next_page_url ? new URL(meta.next_page_url).search : '';
        }
        return found.slice(0, most).map(({ key, data, revision }) => ({ key, data, revision }));
      })
        .catch(nullIfMissing)
        .then((found) => found ?? []),
  };
}

/** Swallows one kind of error, and throws the others. */
export function ignoring(kind: new (message: string) => Error) {
  return (fault: unknown) => {
    if (!(fault instanceof kind)) throw fault;
  };
}

/** The same map, asked through a watch. */
export const watchedMap = <T>(map: SyncMap<T>, watch: Watch): SyncMap<T> => ({
  make: () => watch(() => map.make()),
  add: (...given) => watch(() => map.add(...given)),
  replace: (...given) => watch(() => map.replace(...given)),
  read: (key) => watch(() => map.read(key)),
  list: (...given) => watch(() => map.list(...given)),
});
