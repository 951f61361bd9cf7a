/** All alerts, with what Mackerel's webhook reported about them. */
import { type AlertItem, merged, type State, type TrackedAlert } from '../escalation';
import type { AlertStore } from './alert-store';
import type { Details } from './details';

type Stores = { readonly alerts: AlertStore; readonly details: Details | null };

/**
 * Null if Sync does not say.
 *
 * @param given all alerts, if they have just been listed
 */
export async function listAlerts(
  { alerts, details }: Stores,
  given?: readonly AlertItem[],
): Promise<readonly TrackedAlert[] | null> {
  const items = given ?? (await alerts.list().catch(() => null))?.map(({ data }) => data) ?? null;
  const nameless = items?.filter(({ monitor }) => monitor === undefined) ?? [];
  const told = details && nameless.length > 0 ? await details.among(nameless.map(({ id }) => id)) : [];
  const detailsOf = new Map(told.map((alert) => [alert.id, alert]));
  const named = (alert: AlertItem): TrackedAlert => {
    const fresh = alert.monitor === undefined ? detailsOf.get(alert.id) : undefined;
    return fresh ? { ...merged(alert, fresh), isUnsaved: true } : alert;
  };
  return items?.map(named) ?? null;
}

/** The state with all alerts, or with its own if Sync does not say. */
export const withListed = (state: State, alerts: readonly TrackedAlert[] | null): State =>
  alerts ? { ...state, alerts } : state;
