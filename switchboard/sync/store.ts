/** What Sync remembers: documents, and maps with their items. An expired object disappears when it is next read. */
import { createHash } from 'node:crypto';

/** Times are virtual ms since epoch. `revision` changes at every write; Twilio's are short hexadecimal numbers. */
type Kept = {
  readonly createdAt: number;
  updatedAt: number;
  expiresAt?: number;
  revision: number;
};
export type Item = Kept & { readonly key: string; data: object };
export type Document = Kept & { readonly sid: string; readonly uniqueName?: string; data: object };
export type SyncMap = Kept & {
  readonly sid: string;
  readonly uniqueName?: string;
  readonly items: Map<string, Item>;
};

export type Store = ReturnType<typeof createStore>;

export function createStore(now: () => number) {
  const documents = new Map<string, Document>();
  const maps = new Map<string, SyncMap>();
  let made = 0;

  const alive = <T extends Kept>(found: Map<string, T>): Map<string, T> => {
    for (const [id, kept] of found) if (isExpired(kept, now())) found.delete(id);
    return found;
  };
  const find = <T extends Document | SyncMap>(found: Map<string, T>, name: string): T | undefined =>
    alive(found).get(name) ?? [...found.values()].find(({ uniqueName }) => uniqueName === name);
  const newSid = (prefix: string): string => {
    made += 1;
    return prefix + createHash('md5').update(`${prefix} ${made}`).digest('hex');
  };

  return {
    now,
    documents: (): Document[] => [...alive(documents).values()],
    document: (name: string) => find(documents, name),
    addDocument(uniqueName: string | undefined, data: object, ttl?: number): Document {
      const document = { sid: newSid('ET'), uniqueName, data, ...fresh(now(), ttl) };
      documents.set(document.sid, document);
      return document;
    },
    removeDocument: (document: Document) => void documents.delete(document.sid),

    maps: (): SyncMap[] => [...alive(maps).values()],
    map: (name: string) => find(maps, name),
    addMap(uniqueName: string | undefined, ttl?: number): SyncMap {
      const map = { sid: newSid('MP'), uniqueName, items: new Map<string, Item>(), ...fresh(now(), ttl) };
      maps.set(map.sid, map);
      return map;
    },
    removeMap: (map: SyncMap) => void maps.delete(map.sid),

    /** In the order of their keys. */
    items: (map: SyncMap): Item[] => [...alive(map.items).values()].sort(byKey),
    item: (map: SyncMap, key: string): Item | undefined => alive(map.items).get(key),
    addItem(map: SyncMap, key: string, data: object, ttl?: number): Item {
      const item = { key, data, ...fresh(now(), ttl) };
      map.items.set(key, item);
      touch(map, now());
      return item;
    },
    removeItem(map: SyncMap, item: Item): void {
      map.items.delete(item.key);
      touch(map, now());
    },
  };
}

/** Writes; a time to live that is left out stays as it was (twilio.com/docs/sync/objects-ttl). */
export function write(kept: Document | Item, now: number, change: { data?: object; ttl?: number }): void {
  if (change.data) kept.data = change.data;
  setTtl(kept, now, change.ttl);
  touch(kept, now);
}

export function setTtl(kept: Kept, now: number, ttl: number | undefined): void {
  if (ttl !== undefined) kept.expiresAt = expiry(now, ttl);
}

export function revisionOf(kept: Kept): string {
  return kept.revision.toString(16);
}

export function touch(kept: Kept, now: number): void {
  kept.revision += 1;
  kept.updatedAt = now;
}

function fresh(now: number, ttl: number | undefined): Kept {
  return { createdAt: now, updatedAt: now, expiresAt: expiry(now, ttl), revision: 0 };
}

function expiry(now: number, ttl: number | undefined): number | undefined {
  return ttl ? now + ttl * 1000 : undefined;
}

function isExpired({ expiresAt }: Kept, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

function byKey(a: Item, b: Item): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
