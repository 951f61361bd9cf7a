/** Maps that share their items by a hash of the key: Sync takes 20 reads and 20 writes a second of each (docs/sync/limits). */
import { ALERTS } from '../platform/budget';
import type { SyncService } from './sync-document';
import { type SyncMap, syncMap } from './sync-map';

/** @param kept seconds for which an item is kept */
export const shards = <T extends object>(sync: SyncService, name: string, kept: number): SyncMap<T>[] =>
  Array.from({ length: ALERTS.maps }, (_, nth) => syncMap<T>(sync, `${name}.${nth}`, kept));

/** The map that an item is in. */
export function shardOf<M>(maps: readonly M[], key: string): M {
  let hash = 7;
  for (const character of key) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0;
  return maps[hash % maps.length] as M;
}
