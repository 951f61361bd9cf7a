/** One Sync map, made at first use. twilio.com/docs/sync/api/map-item-resource */
import { asked, Conflict, held, Missing, nullIfMissing, type SyncService } from './sync-document';

export type SyncMap = {
  /** Makes the map, so that nobody has to who is in a hurry. */
  make(): Promise<void>;
  /** Adds an item. Fails with a Conflict where there is one of that key. */
  add(key: string, data: object): Promise<void>;
  /** Writes over an item, and lets its time begin anew. */
  replace(key: string, data: object): Promise<void>;
  /** Null where there is no such item, or no map yet. */
  read(key: string): Promise<unknown>;
  /** So many items at the most, by key, behind one or from the first. Fails as Missing where there is no map yet. */
  list(most: number, behind?: string): Promise<readonly { readonly key: string; readonly data: unknown }[]>;
};

/** @param itemTtl seconds for which an item is kept; Twilio drops it some time after that: docs/sync/objects-ttl */
export function syncMap(sync: () => SyncService, name: string, itemTtl: number): SyncMap {
  const items = () => sync().syncMaps(name).syncMapItems;
  const item = (key: string) => sync().syncMaps(name).syncMapItems(key);
  const create = (key: string, data: object) =>
    asked(async () => void held((await items().create({ key, data, itemTtl })).key));
  const make = () =>
    asked(() => sync().syncMaps.create({ uniqueName: name }))
      .then(done)
      .catch(ignoring(Conflict));
  return {
    make,
    add: (key, data) =>
      create(key, data).catch(async (fault) => {
        if (!(fault instanceof Missing)) throw fault;
        await make();
        return create(key, data);
      }),
    replace: (key, data) => asked(async () => void held((await item(key).update({ data, itemTtl })).key)),
    read: (key) => asked(async () => held((await item(key).fetch()).data as unknown)).catch(nullIfMissing),
    list: (most, behind) => {
      const from = behind === undefined ? {} : ({ from: behind, bounds: 'exclusive', order: 'asc' } as const);
      return asked(() => items().list({ ...from, pageSize: most, limit: most }));
    },
  };
}

const done = () => {};

/** Swallows one kind of error, and throws the others on. */
export function ignoring(kind: new (message: string) => Error) {
  return (fault: unknown) => {
    if (!(fault instanceof kind)) throw fault;
  };
}
