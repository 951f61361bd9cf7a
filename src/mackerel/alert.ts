/**
 * What an alert's JSON from the API says. Apart from its schema, so that a Function that holds an alert need not load
 * the check.
 */
import type { AlertDetails } from '../escalation';
import type { ApiAlert } from './api-alert';
import { EXTERNAL, statusOf, trimmed } from './details';

export const isClosed = ({ status, closedAt }: Pick<ApiAlert, 'status' | 'closedAt'>) =>
  status.toLowerCase() === 'ok' || typeof closedAt === 'number';

/** What an alert's own JSON says of it. */
export function detailsOf(alert: ApiAlert, heardAt: number): AlertDetails {
  const { id, openedAt, value, message, series } = alert;
  return trimmed({
    id,
    heardAt,
    status: statusOf(alert.status),
    openedAt,
    source: alert.monitorId && `${alert.monitorId}/${alert.hostId ?? ''}`,
    // An external monitor's value counts only beyond its threshold, which its monitor knows.
    value: alert.type === EXTERNAL ? undefined : value,
    message: message || undefined,
    formula: series?.name,
  });
}
