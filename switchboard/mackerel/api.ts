/**
 * The part of Mackerel's API that is about alerts:
 * mackerel.io/api-docs/entry/{alerts,monitors,check-monitoring,hosts}
 */
import type { WireRequest, WireResponse } from '../wire';
import { hasValue, isClosed, type MackerelAlert } from './alert';
import { answerOrganization, type Organization, organizationInOrder } from './organization';

export type ApiKey = { key: string; write: boolean };

/** Whether an alert's JSON has its memo: the documentation lists none, mackerel-client-go has one. */
export type Showing = { readonly memo: boolean };

/** What the API may do to the alerts. */
export type Alerts = {
  newestFirst(): readonly MackerelAlert[];
  find(id: string): MackerelAlert | undefined;
  close(id: string, reason: string): MackerelAlert;
  writeMemo(id: string, memo: string): void;
};

const maxMemoBytes = 80 * 1024;
const mostAlerts = 100;

export function answerApi(
  request: WireRequest,
  alerts: Alerts,
  keys: readonly ApiKey[],
  showing: Showing,
  organization: Organization = organizationInOrder(),
): WireResponse {
  const key = keys.find((one) => one.key === request.headers['x-api-key']);
  if (!key) return problem(403, 'Authentication failed. Please try with valid Api Key.');
  const reads = request.method === 'GET';
  if (!reads && !key.write) return problem(403, 'The API key does not have the required permissions.');

  const [api, version, collection, id, action, ...rest] = request.url.pathname.slice(1).split('/');
  if (api !== 'api' || version !== 'v0') return notFound;
  const ofOrganization = answerOrganization(organization, request);
  if (ofOrganization) return ofOrganization;
  if (rest.length > 0) return notFound;
  if (reads && action === undefined) {
    if (collection === 'alerts') {
      return id ? one(alerts.find(id), showing) : list(request.url.searchParams, alerts, showing);
    }
    if (collection === 'monitors' && id) return monitor(id, alerts);
    if (collection === 'hosts' && id) return host(id, alerts);
  }
  if (reads && collection === 'monitoring' && id === 'checks' && action) return check(action, alerts);
  if (collection !== 'alerts' || !id) return notFound;
  if (request.method === 'POST' && action === 'close') return close(id, request, alerts, showing);
  if (request.method === 'PUT' && action === undefined) return writeMemo(id, request, alerts);
  return notFound;
}

function list(query: URLSearchParams, alerts: Alerts, showing: Showing): WireResponse {
  const limit = Number(query.get('limit') ?? mostAlerts);
  if (!(limit >= 1 && limit <= mostAlerts)) return problem(400, 'limit must be between 1 and 100');
  const wanted = alerts
    .newestFirst()
    .filter((alert) => query.get('withClosed') === 'true' || !isClosed(alert));
  const nextId = query.get('nextId');
  // The alert that `nextId` names may have closed since, so its place is looked up among all.
  const older = nextId === null ? wanted : olderThan(nextId, alerts.newestFirst(), wanted);
  const page = older.slice(0, limit);
  const last = page.at(-1);
  return json(200, {
    alerts: page.map((alert) => alertJson(alert, showing)),
    ...(last && older.length > page.length && { nextId: last.id }),
  });
}

function olderThan(
  id: string,
  all: readonly MackerelAlert[],
  wanted: readonly MackerelAlert[],
): MackerelAlert[] {
  const place = all.findIndex((alert) => alert.id === id);
  const older = new Set(place === -1 ? [] : all.slice(place + 1));
  return wanted.filter((alert) => older.has(alert));
}

function one(alert: MackerelAlert | undefined, showing: Showing): WireResponse {
  return alert ? json(200, alertJson(alert, showing)) : notFound;
}

function close(id: string, request: WireRequest, alerts: Alerts, showing: Showing): WireResponse {
  if (!alerts.find(id)) return notFound;
  const reason = field(request.body, 'reason');
  return reason === undefined ? problem(400, 'reason is required') : one(alerts.close(id, reason), showing);
}

/** Replaces the memo that is there: the Japanese page has "write", the English one "append". */
function writeMemo(id: string, request: WireRequest, alerts: Alerts): WireResponse {
  if (!alerts.find(id)) return notFound;
  const memo = field(request.body, 'memo');
  if (memo === undefined) return problem(400, 'memo is required');
  if (Buffer.byteLength(memo) > maxMemoBytes) return problem(413, 'memo is too large');
  alerts.writeMemo(id, memo);
  return json(200, { id, memo });
}

/** A check monitor: mackerel-client-go, `CheckMonitor`. It has no thresholds, and is not under `/monitors`. */
function check(id: string, alerts: Alerts): WireResponse {
  const alert = alerts.newestFirst().find(({ monitorId, type }) => monitorId === id && type === 'check');
  return alert ? json(200, { id, name: alert.monitorName, memo: alert.spec.monitorMemo ?? '' }) : notFound;
}

function monitor(id: string, alerts: Alerts): WireResponse {
  const alert = alerts.newestFirst().find(({ monitorId, type }) => monitorId === id && type !== 'check');
  if (!alert) return notFound;
  const { type, monitorName: name, spec } = alert;
  const { operator, warning, critical, service, responseTimeCritical, responseTimeWarning } = spec;
  const measured =
    type === 'external'
      ? { url: 'https://example.com/', responseTimeCritical, responseTimeWarning, responseTimeDuration: 5 }
      : hasValue(alert) && { ...about(alert), operator, warning, critical };
  const memo = spec.monitorMemo ?? '';
  return json(200, { monitor: { id, type, name, memo, service, ...measured } });
}

/** The measured value has another key in each kind of monitor. */
function about({ type, spec: { metric } }: MackerelAlert): object {
  if (type === 'expression') return { expression: metric };
  return type === 'query' ? { query: metric, legend: '' } : { metric };
}

function host(id: string, alerts: Alerts): WireResponse {
  const alert = alerts.newestFirst().find(({ hostId }) => hostId === id);
  if (!alert?.spec.host) return notFound;
  const { name, displayName, roles = [] } = alert.spec.host;
  const byService: Record<string, string[]> = {};
  for (const role of roles) {
    const [service = '', roleName = ''] = role.split(/:\s*/);
    byService[service] = [...(byService[service] ?? []), roleName];
  }
  const fixed = { type: 'agent', status: 'working', memo: '', isRetired: false, meta: {}, interfaces: [] };
  return json(200, {
    host: { id, name, displayName, createdAt: alert.openedAt, ...fixed, roles: byService },
  });
}

function alertJson(alert: MackerelAlert, showing: Showing): object {
  const { id, status, monitorId, type, hostId, spec, reason, openedAt, closedAt, memo } = alert;
  return {
    id,
    status,
    monitorId,
    type,
    hostId,
    openedAt,
    ...(showing.memo && { memo }),
    ...(hasValue(alert) && type !== 'expression' && { value: spec.value }),
    ...(type === 'query' && { series: { name: spec.metric, labels: {} } }),
    ...((type === 'check' || type === 'external') && { message: spec.message ?? '' }),
    ...(closedAt !== undefined && { reason: reason ?? '', closedAt }),
  };
}

function field(body: string, name: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body)?.[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function json(status: number, body: object): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** mackerel-client-go reads both this and a bare string as `error`; the pages show neither. */
function problem(status: number, message: string): WireResponse {
  return json(status, { error: { message } });
}

const notFound = problem(404, 'not found');
