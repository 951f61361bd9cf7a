/**
 * Which fields Mackerel's posts and answers have: names alone, none of the text.
 *
 * - The tables of mackerelio/documents: content/docs/entry/howto/alerts/webhook.md,
 *   content/api-docs/entry/{alerts,monitors,hosts,check-monitoring}.md
 * - Where the table of the webhook is silent, posts that were really sent: kmuto/mackerel-webhook-gateway at 1cacf0a,
 *   webhooks/alert.json. It has `user`, `closedAt: null`, and `host` for all that is about one host.
 * - `CheckMonitor` of mackerelio/mackerel-client-go at 09b29eb, checks.go
 */
import type { MonitorType } from '../../switchboard/mackerel/alert';

type Fields = { readonly always: readonly string[]; readonly sometimes: readonly string[] };

const EVENT = {
  always: ['orgName', 'event', 'type', 'message', 'memo', 'imageUrl', 'alert', 'user'],
  sometimes: [],
};
const onHost: Fields = { ...EVENT, always: [...EVENT.always, 'host'] };

export const EVENTS: Readonly<Record<MonitorType, Fields>> = {
  host: onHost,
  connectivity: onHost,
  check: onHost,
  anomalyDetection: onHost,
  service: { ...EVENT, always: [...EVENT.always, 'service'] },
  external: { ...EVENT, sometimes: ['service'] },
  expression: EVENT,
  /** The table describes an object of `name` and `labels`, but not its key. */
  query: { ...EVENT, sometimes: ['series'] },
};

const ALERT = [
  ...['id', 'url', 'status', 'isOpen', 'trigger', 'openedAt', 'closedAt', 'createdAt'],
  ...['statusChangedAt', 'monitorName'],
];
const MEASURED = ['metricLabel', 'metricValue', 'criticalThreshold', 'warningThreshold', 'monitorOperator'];
const measured: Fields = { always: [...ALERT, ...MEASURED], sometimes: ['duration'] };
const unmeasured: Fields = { always: ALERT, sometimes: [] };

/** The alert within a post that it has opened. */
export const ALERTS: Readonly<Record<MonitorType, Fields>> = {
  host: measured,
  service: measured,
  expression: measured,
  query: measured,
  external: { always: ALERT, sometimes: [...MEASURED, 'duration'] },
  connectivity: unmeasured,
  check: unmeasured,
  anomalyDetection: unmeasured,
};

/** `type` stands in the sample, not in the table. */
export const HOST: Fields = {
  always: ['id', 'name', 'url', 'status', 'memo', 'isRetired', 'roles'],
  sometimes: ['type'],
};
export const ROLE: Fields = {
  always: ['fullname', 'serviceName', 'serviceUrl', 'roleName', 'roleUrl'],
  sometimes: [],
};
export const SERVICE: Fields = { always: ['id', 'memo', 'name', 'orgId', 'roles'], sometimes: [] };
export const SERIES: Fields = { always: ['name', 'labels'], sometimes: [] };
export const USER: Fields = { always: ['id', 'screenName'], sometimes: [] };

export const WORDS = {
  status: ['ok', 'warning', 'critical', 'unknown'],
  /** Since 2026-01-29. */
  trigger: ['monitor', 'manual close', 'delete monitor', 'retire host', 'delete service'],
  operator: ['>', '<'],
} as const;

const API_ALERT = ['id', 'status', 'monitorId', 'type', 'openedAt'];
const ofApi = (...always: string[]): Fields => ({
  always: [...API_ALERT, ...always],
  sometimes: ['memo', 'reason', 'closedAt'],
});

/** `GET /api/v0/alerts/<id>` */
export const API_ALERTS: Readonly<Record<MonitorType, Fields>> = {
  host: ofApi('hostId', 'value'),
  connectivity: ofApi('hostId'),
  check: ofApi('hostId', 'message'),
  anomalyDetection: ofApi('hostId'),
  service: ofApi('value'),
  external: { ...ofApi('message'), sometimes: ['value', 'memo', 'reason', 'closedAt'] },
  expression: ofApi(),
  query: ofApi('series', 'value'),
};

const thresholds = ['operator', 'warning', 'critical'];

/** `GET /api/v0/monitors/<id>`, as far as the stand-in goes; checks are not among them. */
export const MONITORS: Readonly<Record<Exclude<MonitorType, 'check'>, Fields>> = {
  host: { always: ['id', 'type', 'name', 'metric', ...thresholds], sometimes: ['memo', 'duration'] },
  service: {
    always: ['id', 'type', 'name', 'service', 'metric', ...thresholds],
    sometimes: ['memo', 'duration'],
  },
  external: {
    always: ['id', 'type', 'name', 'url'],
    sometimes: ['memo', 'service', 'responseTimeWarning', 'responseTimeCritical', 'responseTimeDuration'],
  },
  expression: { always: ['id', 'type', 'name', 'expression', ...thresholds], sometimes: ['memo'] },
  query: { always: ['id', 'type', 'name', 'query', ...thresholds], sometimes: ['memo', 'legend'] },
  connectivity: { always: ['id', 'type'], sometimes: ['name', 'memo'] },
  anomalyDetection: { always: ['id', 'type', 'name'], sometimes: ['memo'] },
};

/** `GET /api/v0/hosts/<id>` */
export const API_HOST: Fields = {
  always: ['id', 'name', 'createdAt', 'meta', 'interfaces', 'type', 'status', 'memo', 'isRetired', 'roles'],
  sometimes: ['displayName', 'customIdentifier', 'retiredAt'],
};

/** `GET /api/v0/monitoring/checks/<id>` */
export const API_CHECK: Fields = { always: ['id', 'name'], sometimes: ['memo'] };
