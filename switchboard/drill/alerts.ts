import type { MackerelAlertSpec } from '..';

/** What goes wrong in the drills, in turn. */
export const sampleAlerts: readonly MackerelAlertSpec[] = [
  { monitorName: 'loadavg5' },
  { type: 'external', monitorName: 'shop.example', message: '503 Service Unavailable' },
  { type: 'check', monitorName: 'disk', message: 'DISK CRITICAL: /var 97 %' },
];

/** What an alert is about, in a few words. */
export function aboutAlert({
  monitorName,
  host,
  metric,
  value,
  operator,
  critical,
  message,
}: MackerelAlertSpec): string {
  const measured = value === undefined ? message : `${metric} ${value} ${operator} ${critical}`;
  return [host?.name ?? monitorName, measured].filter(Boolean).join(' ');
}
