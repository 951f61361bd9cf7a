import type { MackerelAlertSpec } from '../..';

/** The alert to ask for; emptied text fields are not sent. */
export type Wanted = MackerelAlertSpec;

/** What goes wrong at night, one for each kind of monitor. */
export const presets: readonly { readonly alert: Wanted }[] = [
  { alert: { type: 'host', monitorName: 'loadavg5', status: 'CRITICAL' } },
  { alert: { type: 'external', monitorName: 'shop.example', message: '503 Service Unavailable' } },
  { alert: { type: 'check', monitorName: 'disk', message: 'DISK CRITICAL: /var 97 %' } },
  {
    alert: { type: 'connectivity', monitorName: 'db01', host: { name: 'db01', roles: ['shop:db'] } },
  },
  {
    alert: {
      type: 'service',
      monitorName: 'orders per minute',
      service: 'shop',
      metric: 'orders.per_minute',
      value: 0,
      critical: 5,
      warning: 20,
      operator: '<',
    },
  },
  {
    alert: {
      type: 'expression',
      monitorName: 'error rate',
      metric: 'divide(sum(role(shop:app, custom.errors)), sum(role(shop:app, custom.requests)))',
      value: 0.12,
      critical: 0.1,
      warning: 0.05,
    },
  },
  { alert: { type: 'anomalyDetection', monitorName: 'anomalies of shop:app', status: 'WARNING' } },
  {
    alert: {
      type: 'query',
      monitorName: 'p99 latency',
      metric: 'http.server.duration.p99',
      value: 4.2,
      critical: 3,
      warning: 1.5,
    },
  },
];
