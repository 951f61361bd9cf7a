/**
 * What Mackerel's webhook told of alerts that no page has to do with yet: an item each in a Sync map.
 *
 * In a storm each alert comes twice, by webhook and by call. If both wrote to the one document of the list, neither
 * would get on. twilio.com/docs/sync/api/map-item-resource
 */
import type { AlertFacts } from '../core/alert';
import { Conflict, nullIfMissing, type SyncService } from './sync-document';
import { syncMap } from './sync-map';

export type Facts = {
  /** Whether something had been told of the alert before; null where Sync did not take it. */
  keep(alert: AlertFacts): Promise<'new' | 'known' | null>;
  /** Null where nothing is known, or Sync does not say. */
  of(alert: string): Promise<AlertFacts | null>;
  /** All that is kept, as far as one request goes; nothing where Sync does not say. */
  all(): Promise<readonly AlertFacts[]>;
};

/** Seconds. By then its call has come, or never will. */
const KEPT_SECONDS = 24 * 60 * 60;
/** The most that one request lists. */
const MOST = 100;
/** A key holds no more: docs/api/errors/54209 */
const LONGEST_KEY = 256;

export function syncFacts(sync: () => SyncService, name: string, warn: (message: string) => void): Facts {
  const map = syncMap(sync, name, KEPT_SECONDS);

  const keep = (alert: AlertFacts) =>
    map.add(alert.id, alert).then(
      () => 'new' as const,
      async (fault) => {
        if (!(fault instanceof Conflict)) throw fault;
        await map.replace(alert.id, alert);
        return 'known' as const;
      },
    );

  const unread = (fault: Error) => {
    warn(`Could not read what is known of an alert: ${fault.message}`);
    return null;
  };

  return {
    async keep(alert) {
      if (alert.id.length > LONGEST_KEY) return null;
      try {
        return await keep(alert);
      } catch (fault) {
        warn(`Could not keep what is known of an alert: ${(fault as Error).message}`);
        return null;
      }
    },
    of: async (alert) => (await map.read(alert).catch(unread)) as AlertFacts | null,
    all: async () => {
      const found = await map.list(MOST).catch(nullIfMissing).catch(unread);
      return (found ?? []).map(({ data }) => data as AlertFacts);
    },
  };
}
