/**
 * Alerts that came while a page was going on, put aside in a Sync map, an item each.
 *
 * In a storm, everybody writes to the one document of the list, and nearly all lose. An item of one's own is lost
 * by nobody. twilio.com/docs/sync/api/map-item-resource
 */
import type { AlertFacts } from '../core/alert';
import { ignoring } from './history';
import { asked, Conflict, Missing, nullIfMissing, type SyncService } from './sync-document';

export type PutAside = { readonly alert: AlertFacts; readonly call: string };

export type Inbox = {
  /** Makes the map, so that a storm finds it there. */
  prepare(): Promise<void>;
  put(page: string, aside: PutAside): Promise<void>;
  /** What was put aside for a page; nothing where Sync does not say. Never fails. */
  of(page: string): Promise<readonly PutAside[]>;
};

/** Seconds. A page lasts hours at the most, for a call does: docs/voice/twiml/dial#timelimit */
const KEPT_SECONDS = 6 * 60 * 60;
/** The most that one request lists. */
const MOST = 100;

export function syncInbox(sync: () => SyncService, map: string, warn: (message: string) => void): Inbox {
  const create = (key: string, data: PutAside) =>
    asked(() => sync().syncMaps(map).syncMapItems.create({ key, data, itemTtl: KEPT_SECONDS }));
  const prepare = () =>
    asked(() => sync().syncMaps.create({ uniqueName: map }))
      .then(() => {})
      .catch(ignoring(Conflict));

  return {
    prepare: () => prepare().catch((fault) => warn(`The inbox was not made: ${fault.message}`)),
    async put(page, aside) {
      const key = `${page}:${aside.alert.id}`;
      await create(key, aside)
        .catch(async (fault) => {
          if (!(fault instanceof Missing)) throw fault;
          await prepare();
          return create(key, aside);
        })
        .catch(ignoring(Conflict));
    },
    async of(page) {
      try {
        const from = {
          from: `${page}:`,
          bounds: 'inclusive',
          order: 'asc',
          pageSize: MOST,
          limit: MOST,
        } as const;
        const items = await asked(() => sync().syncMaps(map).syncMapItems.list(from)).catch(nullIfMissing);
        return (items ?? [])
          .filter(({ key }) => key.startsWith(`${page}:`))
          .map(({ data }) => data as PutAside);
      } catch (fault) {
        warn(`The inbox was not read: ${(fault as Error).message}`);
        return [];
      }
    },
  };
}
