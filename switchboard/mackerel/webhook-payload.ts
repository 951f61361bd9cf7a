/**
 * The JSON of Mackerel's webhook channel, field by field as mackerel.io/docs/entry/howto/alerts/webhook has it. Where
 * that is silent, as in real requests: github.com/kmuto/mackerel-webhook-gateway, webhooks/. The status is in small
 * letters, unlike the API's.
 */
import { hasValue, idFor, isAboutHost, isClosed, type MackerelAlert } from './alert';

const orgName = 'switchboard';
const site = `https://mackerel.io/orgs/${orgName}`;

/** The request of the "test" button: mackerel.io/docs/entry/advanced/fluent-plugin-webhook-mackerel */
export const samplePayload = { event: 'sample', message: 'Sample Notification from Mackerel' } as const;

export function webhookPayload(alert: MackerelAlert): object {
  const { type } = alert;
  return {
    orgName,
    event: 'alert',
    type,
    message: message(alert),
    memo: alert.spec.monitorMemo ?? '',
    imageUrl: hasValue(alert) ? `https://mackerel.io/embed/public/graphs/${alert.id}.png` : null,
    user: isClosed(alert) && alert.trigger === 'manual close' ? user : null,
    // The page says "for alerts of host metrics only", but real requests have it for every alert about one host.
    ...(isAboutHost(alert) && { host: host(alert) }),
    ...(type === 'service' && { service: service(alert) }),
    // The page describes this object, but not its key; the alert API calls it `series`.
    ...(type === 'query' && { series: { name: alert.spec.metric, labels: {} } }),
    alert: alertJson(alert),
  };
}

/** Who closed it. */
const user = { id: idFor('2cU', 'user'), screenName: 'operator' };

function alertJson(alert: MackerelAlert): object {
  const { id, trigger, openedAt, closedAt, statusChangedAt, monitorName, spec } = alert;
  return {
    id,
    url: `${site}/alerts/${id}`,
    status: alert.status.toLowerCase(),
    isOpen: !isClosed(alert),
    trigger,
    openedAt,
    closedAt: closedAt ?? null,
    statusChangedAt,
    createdAt: openedAt * 1000,
    monitorName,
    ...(hasValue(alert) && {
      metricLabel: spec.metric,
      metricValue: spec.value,
      ...thresholds(alert),
      monitorOperator: spec.operator,
      duration: measuresOverTime(alert) ? 5 : undefined,
    }),
  };
}

/** An external monitor's thresholds are for the response time. */
function thresholds({ spec }: MackerelAlert) {
  const { critical, warning, responseTimeCritical, responseTimeWarning } = spec;
  return {
    criticalThreshold: responseTimeCritical ?? critical,
    warningThreshold: responseTimeWarning ?? warning,
  };
}

function measuresOverTime({ type }: MackerelAlert): boolean {
  return type === 'host' || type === 'service' || type === 'external' || type === 'expression';
}

function message(alert: MackerelAlert): string {
  const { type, monitorName, spec } = alert;
  const { value, operator = '>', message: given } = spec;
  // The monitor's name comes before a check's message, and replaces a formula.
  if (type === 'check') return `${monitorName} - ${given ?? ''}`;
  if (type === 'anomalyDetection') return `${monitorName} ${given ?? 'cpu.iowait.percentage'}`;
  if (type === 'connectivity') return given ?? 'unreachable';
  if (given !== undefined || !hasValue(alert)) return given ?? '';
  const metric = type === 'expression' ? monitorName : spec.metric;
  const { criticalThreshold, warningThreshold } = thresholds(alert);
  const threshold = alert.status === 'WARNING' ? warningThreshold : criticalThreshold;
  return `${metric ?? 'response time'} ${value} ${operator} ${threshold ?? ''}`.trim();
}

function host({ hostId, spec }: MackerelAlert): object {
  return {
    id: hostId,
    name: spec.host?.name,
    url: `${site}/hosts/${hostId}`,
    type: 'unknown',
    status: 'working',
    memo: '',
    isRetired: false,
    roles: (spec.host?.roles ?? []).map(role),
  };
}

function role(fullname: string): object {
  const [serviceName = '', roleName = ''] = fullname.split(/:\s*/);
  const serviceUrl = `${site}/services/${serviceName}`;
  return {
    fullname: `${serviceName}: ${roleName}`,
    serviceName,
    serviceUrl,
    roleName,
    roleUrl: `${serviceUrl}#role=${roleName}`,
  };
}

function service({ spec }: MackerelAlert): object {
  const name = spec.service ?? '';
  return { id: idFor('2cT', `service ${name}`), memo: '', name, orgId: idFor('2cP', orgName), roles: [] };
}
