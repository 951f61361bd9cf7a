/**
 * The JSON of Mackerel's webhook channel, field by field as mackerel.io/docs/entry/howto/alerts/webhook has it. Its
 * status is in small letters, unlike the API's.
 */
import { hasValue, idFor, isClosed, type MackerelAlert } from './alert';

const orgName = 'switchboard';
const site = `https://mackerel.io/orgs/${orgName}`;

/** What the "test" button sends: mackerel.io/docs/entry/advanced/fluent-plugin-webhook-mackerel */
export const samplePayload = { event: 'sample', message: 'Sample Notification from Mackerel' } as const;

export function webhookPayload(alert: MackerelAlert): object {
  const { type } = alert;
  return {
    orgName,
    event: 'alert',
    type,
    message: message(alert),
    memo: '',
    imageUrl: hasValue(alert) ? `https://mackerel.io/embed/public/graphs/${alert.id}.png` : null,
    // "output for alerts of host metrics only": a check or connectivity alert names no host here.
    ...(type === 'host' && { host: host(alert) }),
    ...(type === 'service' && { service: service(alert) }),
    // The page describes this object but not its key; the alert API calls it `series`.
    ...(type === 'query' && { series: { name: alert.spec.metric, labels: {} } }),
    alert: alertJson(alert),
  };
}

function alertJson(alert: MackerelAlert): object {
  const { id, trigger, openedAt, closedAt, statusChangedAt, monitorName, spec } = alert;
  return {
    id,
    url: `${site}/alerts/${id}`,
    status: alert.status.toLowerCase(),
    isOpen: !isClosed(alert),
    trigger,
    openedAt,
    ...(closedAt !== undefined && { closedAt }),
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

/** An external monitor's are of the response time. */
function thresholds({ spec }: MackerelAlert) {
  const { critical, warning, responseTimeCritical, responseTimeWarning } = spec;
  return {
    criticalThreshold: responseTimeCritical ?? critical,
    warningThreshold: responseTimeWarning ?? warning,
  };
}

/** Expression and query monitors have no duration to set: mackerel.io/api-docs/entry/monitors */
function measuresOverTime({ type }: MackerelAlert): boolean {
  return type === 'host' || type === 'service' || type === 'external';
}

function message(alert: MackerelAlert): string {
  const { metric, value, operator = '>', message: given } = alert.spec;
  if (given !== undefined || !hasValue(alert)) return given ?? '';
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
