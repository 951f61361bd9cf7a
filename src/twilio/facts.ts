/**
 * What Mackerel's webhook told of alerts that no page has to do with yet: an item each in a Sync map.
 *
 * In a storm each alert comes twice, by webhook and by call. If both wrote to the one document of the list, neither
 * would get on. twilio.com/docs/sync/api/map-item-resource
 */
import type { AlertFacts } from '../core/alert';
import { asked, Conflict, Missing, nullIfMissing, type SyncService } from './sync-document';

export type Facts = {
  /** False where Sync did not take them. */
  keep(alert: AlertFacts): Promise<boolean>;
  /** Null where nothing is known, or Sync does not say. */
  of(alert: string): Promise<AlertFacts | null>;
  /** All that is kept, as far as one request goes; nothing where Sync does not say. */
  all(): Promise<readonly AlertFacts[]>;
};

/** Seconds. By then its call has come, or never will. */
const KEPT_SECONDS = 24 * 60 * 60;
/** A key holds no more: docs/api/errors/54209 */
const LONGEST_KEY = 256;

export function syncFacts(sync: () => SyncService, map: string, warn: (message: string) => void): Facts {
  const items = () => sync().syncMaps(map).syncMapItems;
  const create = (alert: AlertFacts) =>
    asked(() => items().create({ key: alert.id, data: alert, itemTtl: KEPT_SECONDS }));
  const update = (alert: AlertFacts) =>
    asked(() => sync().syncMaps(map).syncMapItems(alert.id).update({ data: alert, itemTtl: KEPT_SECONDS }));

  async function keep(alert: AlertFacts): Promise<void> {
    try {
      await create(alert);
    } catch (fault) {
      if (fault instanceof Conflict) await update(alert);
      else if (fault instanceof Missing) {
        await asked(() => sync().syncMaps.create({ uniqueName: map })).catch(() => {});
        await create(alert);
      } else throw fault;
    }
  }

  const unread = (fault: Error) => {
    warn(`What is known of an alert was not read: ${fault.message}`);
    return null;
  };

  return {
    keep: (alert) =>
      alert.id.length > LONGEST_KEY
        ? Promise.resolve(false)
        : keep(alert).then(
            () => true,
            (fault) => {
              warn(`What is known of an alert was not kept: ${fault.message}`);
              return false;
            },
          ),
    of: async (alert) => {
      const item = await asked(() => sync().syncMaps(map).syncMapItems(alert).fetch())
        .catch(nullIfMissing)
        .catch(unread);
      return item && (item.data as AlertFacts);
    },
    all: async () => {
      const found = await asked(() => items().list({ pageSize: 100, limit: 100 }))
        .catch(nullIfMissing)
        .catch(unread);
      return (found ?? []).map(({ data }) => data as AlertFacts);
    },
  };
}
