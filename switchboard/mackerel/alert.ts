/** An alert as Mackerel keeps it, and the ids it gives out: mackerel.io/api-docs/entry/alerts */

export type MonitorType =
  | 'connectivity'
  | 'host'
  | 'service'
  | 'external'
  | 'check'
  | 'expression'
  | 'anomalyDetection'
  | 'query';
export type OpenStatus = 'CRITICAL' | 'WARNING' | 'UNKNOWN';

export type MackerelAlertSpec = {
  monitorName?: string;
  /** Default `host`. */
  type?: MonitorType;
  /** Default `CRITICAL`. */
  status?: OpenStatus;
  /** `roles` as `Service:Role`. */
  host?: { name: string; displayName?: string; roles?: string[] };
  service?: string;
  /** The alert group that it belongs to. */
  group?: string;
  value?: number;
  critical?: number;
  warning?: number;
  /** Milliseconds, for an external monitor; `value` is then the response time. */
  responseTimeCritical?: number;
  responseTimeWarning?: number;
  operator?: '>' | '<';
  /** An expression monitor's formula, a query monitor's series, or a metric's name. */
  metric?: string;
  message?: string;
  /** The monitor's memo. */
  monitorMemo?: string;
};

/**
 * The cause of the last notification. mackerel.io/docs/entry/howto/alerts/webhook has these words since 2026-01;
 * until then its table had others (`monitoring`, `manual`, …), although its sample had `monitor`.
 */
export type Trigger = 'monitor' | 'manual close' | 'delete monitor' | 'retire host' | 'delete service';

/** Times are epoch seconds. */
export type MackerelAlert = {
  readonly id: string;
  readonly monitorId: string;
  readonly monitorName: string;
  readonly type: MonitorType;
  readonly status: OpenStatus | 'OK';
  readonly trigger: Trigger;
  readonly openedAt: number;
  readonly statusChangedAt: number;
  readonly closedAt?: number;
  readonly reason?: string;
  readonly memo: string;
  readonly hostId?: string;
  readonly spec: MackerelAlertSpec;
};

const aboutHosts: readonly MonitorType[] = ['connectivity', 'host', 'check', 'anomalyDetection'];
const aboutValues: readonly MonitorType[] = ['host', 'service', 'expression', 'query'];

export function openAlert(count: number, given: MackerelAlertSpec, openedAt: number): MackerelAlert {
  const spec = completed(given);
  const { type = 'host', status = 'CRITICAL', monitorName = type, host } = spec;
  return {
    id: idFor('2bj', `alert ${count}`),
    monitorId: idFor('2cS', `monitor ${type} ${monitorName}`),
    monitorName,
    type,
    status,
    trigger: 'monitor',
    openedAt,
    statusChangedAt: openedAt,
    memo: '',
    ...(host && isAboutHost({ type }) && { hostId: idFor('22D', `host ${host.name}`) }),
    spec,
  };
}

/**
 * Whether this alert is about a number that crossed a threshold. An external monitor is, if it measures the response
 * time.
 */
export function hasValue({ type, spec }: MackerelAlert): boolean {
  return aboutValues.includes(type) || (type === 'external' && spec.value !== undefined);
}

export function isClosed({ status }: MackerelAlert): boolean {
  return status === 'OK';
}

/** With the host's id, as expressions have it: mackerel.io/docs/entry/advanced/advanced-graph */
const FORMULA = 'scale(host(22DcQsCBoYQ, loadavg5), 1)';

/** Whether it is about one host: mackerel.io/api-docs/entry/alerts, `hostId` */
export const isAboutHost = ({ type }: Pick<MackerelAlert, 'type'>): boolean => aboutHosts.includes(type);

/** Fills in what every alert of its type has. */
function completed(given: MackerelAlertSpec): MackerelAlertSpec {
  const { type = 'host' } = given;
  const about = aboutHosts.includes(type) ? { host: { name: 'app01', roles: ['shop:app'] } } : {};
  const metric = type === 'expression' ? FORMULA : 'loadavg5';
  const measured = aboutValues.includes(type)
    ? { metric, value: 2.26, critical: 1.96, warning: 1.47, operator: '>' as const }
    : {};
  const owned = type === 'service' ? { service: 'shop' } : {};
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...about, ...measured, ...owned, ...told };
}

const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Eleven letters and digits, like Mackerel's. The same thing always gets the same id. */
export function idFor(prefix: string, thing: string): string {
  let hash = 0x811c9dc5;
  let id = prefix;
  while (id.length < 11) {
    for (const letter of `${thing} ${id.length}`) {
      hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    }
    id += letters[(hash >>> 8) % letters.length];
  }
  return id;
}
