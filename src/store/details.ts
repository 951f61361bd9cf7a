/**
 * What Mackerel's webhook reported about alerts that also come by call: an item each, in a Sync map of its own.
 *
 * In a storm each alert comes twice, by webhook and by call, and Sync limits the requests to each map.
 * twilio.com/docs/sync/limits
 */
import type { AlertDetails } from '../escalation';
import { ALERTS } from '../platform/budget';
import { Conflict, type SyncService } from './sync-document';
import { syncMap } from './sync-map';

export type Details = {
  /** Whether the alert had been reported before; null if Sync failed. */
  keep(alert: AlertDetails): Promise<'new' | 'known' | null>;
  /** Null if nothing is known, or Sync does not say. */
  of(alert: string): Promise<AlertDetails | null>;
  /** What is known of some alerts: of a few each by itself, of many by one list of all. */
  among(alerts: readonly string[]): Promise<readonly AlertDetails[]>;
  /** All that is kept, up to one request's worth; empty if Sync does not say. */
  all(): Promise<readonly AlertDetails[]>;
};

export function syncDetails(sync: SyncService, name: string, warn: (message: string) => void): Details {
  const map = syncMap<AlertDetails>(sync, name, ALERTS.detailsKeptSeconds);

  const keep = (alert: AlertDetails) =>
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

  const of = async (alert: string) => (await map.read(alert).catch(unread))?.data ?? null;

  const all = async () => {
    const found = await map.list(ALERTS.listed).catch(unread);
    return (found ?? []).map(({ data }) => data);
  };

  return {
    async keep(alert) {
      if (alert.id.length > ALERTS.longestKey) return null;
      try {
        return await keep(alert);
      } catch (fault) {
        warn(`Could not save what is known of an alert: ${(fault as Error).message}`);
        return null;
      }
    },
    of,
    among: async (alerts) => {
      if (alerts.length > ALERTS.few) return all();
      return (await Promise.all(alerts.map(of))).filter((known) => known !== null);
    },
    all,
  };
}
