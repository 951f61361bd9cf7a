/** Mackerel's API, as far as alerts go. mackerel.io/api-docs/entry/alerts, …/monitors, …/check-monitoring, …/hosts */
import * as v from 'valibot';
import type { AlertDetails, AlertStatus } from '../escalation';
import { type Answer, type ClientOptions, mackerelClient } from './client';
import { named, number, operator, text, time, told, words } from './fields';
import { withoutSecrets } from './secrets';

/** What an alert's JSON holds of use to us; everything else in it may be anything. */
const alertSchema = v.object({
  id: v.string(),
  status: v.string(),
  type: text,
  monitorId: text,
  hostId: text,
  openedAt: time,
  /** Null, or not told, while it is open. */
  closedAt: told(v.custom<number | null>(Number.isFinite)),
  value: number,
  message: text,
  /** Empty where nobody wrote one; none where Mackerel does not show it. */
  memo: told(v.string()),
  /** What a query's alert is about. */
  series: named,
});

/** Of a list that is not wholly understood nothing is believed: what is missing in it would count as closed. */
const alertsSchema = v.object({ alerts: v.array(alertSchema), nextId: v.optional(v.unknown()) });

/** An external monitor has thresholds of other names, and no operator. */
const monitorSchema = v.object({
  monitor: v.object({
    type: text,
    name: text,
    memo: text,
    metric: text,
    service: text,
    operator,
    warning: number,
    critical: number,
    responseTimeWarning: number,
    responseTimeCritical: number,
  }),
});
/** A check is configured on its host: Mackerel has its name elsewhere, and no thresholds. */
const noted = { name: text, memo: text };
const checkSchema = v.object({ ...noted, check: told(v.object(noted)) });
const hostSchema = v.object({
  host: v.object({
    name: text,
    displayName: text,
    /** Lists by service. `v.record` would say so, in 900 bytes more of each Function. */
    roles: v.optional(v.unknown()),
  }),
});
const rolesOfService = v.array(v.string());
const organizationSchema = v.object({ name: words });

export type ApiAlert = v.InferOutput<typeof alertSchema>;
type Monitor = v.InferOutput<typeof monitorSchema>['monitor'];
type Host = v.InferOutput<typeof hostSchema>['host'];

/** None of these ever fails: what Mackerel does not tell is said in the answer. */
export type MackerelApi = {
  alert(id: string): Promise<Answer<ApiAlert>>;
  /** All open alerts, the newest first, as far as one request goes. */
  openAlerts(): Promise<Answer<{ readonly alerts: readonly ApiAlert[]; readonly isAll: boolean }>>;
  /** What the alert's monitor and host are called, and what the monitor demands. */
  namesOf(alert: ApiAlert): Promise<Partial<AlertDetails>>;
  /** Where people look at an alert; null where Mackerel does not tell the organization's name. */
  urlOf(id: string): Promise<string | null>;
  close(id: string, reason: string): Promise<Answer<null>>;
  writeMemo(id: string, memo: string): Promise<Answer<null>>;
  /** Whether the key may write; null where Mackerel does not say. Changes nothing. */
  mayWrite(): Promise<boolean | null>;
};

/** Null where no key is set. */
export const mackerelApiOf = ({ key, ...how }: ClientOptions): MackerelApi | null =>
  key === null ? null : mackerelApi({ ...how, key });

export function mackerelApi(how: ClientOptions & { readonly key: string }): MackerelApi {
  const { asked, read, write } = mackerelClient(how);
  /** Asked at most once a webhook. mackerel.io/api-docs/entry/organizations */
  let organization: Promise<Answer<{ name: string }>> | null = null;
  const monitorOf = async (alert: ApiAlert): Promise<Partial<AlertDetails>> => {
    const { monitorId, type } = alert;
    if (!monitorId) return {};
    if (type === 'check') {
      const check = await read(`/monitoring/checks/${inUrl(monitorId)}`, checkSchema);
      return check.ok ? checkFacts(check.value) : {};
    }
    const monitor = await read(`/monitors/${inUrl(monitorId)}`, monitorSchema);
    return monitor.ok ? monitorFacts(monitor.value.monitor, alert) : {};
  };
  const hostOf = async ({ hostId }: ApiAlert) =>
    hostId ? read(`/hosts/${inUrl(hostId)}`, hostSchema) : null;

  return {
    alert: (id) => read(`/alerts/${inUrl(id)}`, alertSchema),
    openAlerts: async () => {
      const answer = await read('/alerts?limit=100', alertsSchema);
      if (!answer.ok) return answer;
      const { alerts, nextId } = answer.value;
      return { ok: true, value: { alerts, isAll: !nextId } };
    },
    namesOf: async (alert) => {
      const [monitor, host] = await Promise.all([monitorOf(alert), hostOf(alert)]);
      return trimmed({
        ...monitor,
        ...(host?.ok && hostFacts(host.value.host)),
      });
    },
    urlOf: async (id) => {
      organization ??= read('/org', organizationSchema);
      const answer = await organization;
      return answer.ok ? `https://mackerel.io/orgs/${inUrl(answer.value.name)}/alerts/${inUrl(id)}` : null;
    },
    close: (id, reason) =>
      write(`/alerts/${inUrl(id)}/close`, { method: 'POST', body: { reason } }, alertSchema),
    writeMemo: (id, memo) => write(`/alerts/${inUrl(id)}`, { method: 'PUT', body: { memo } }),
    mayWrite: async () => {
      // Refused either way: for the missing right, or for there being no such alert, or none of such an id.
      const nowhere = { method: 'PUT', body: { memo: '' } } as const;
      const { status } = await asked(`/alerts/${NO_ALERT}`, nowhere).catch(() => ({ status: 0 }));
      if (status === 403) return false;
      return status === 404 || status === 400 ? true : null;
    },
  };
}

/** An id that no alert has. */
const NO_ALERT = 'mackerel-kaden';

/** Half a character, as JSON may hold it, would fail. */
const inUrl = (text: string) => encodeURIComponent(text.toWellFormed());

const STATUSES: ReadonlyMap<string, AlertStatus> = new Map(
  (['critical', 'warning', 'unknown'] as const).map((status) => [status, status]),
);

/** The API writes a status in capitals, the webhook in small letters. OK is none: the alert is closed. */
export const statusOf = (status: string): AlertStatus | undefined => STATUSES.get(status.toLowerCase());

export const isClosed = ({ status, closedAt }: Pick<ApiAlert, 'status' | 'closedAt'>) =>
  status.toLowerCase() === 'ok' || typeof closedAt === 'number';

/** What is known of an alert from its own JSON. */
export function factsOf(alert: ApiAlert, heardAt: number): AlertDetails {
  const { id, openedAt, value, message, series } = alert;
  return trimmed({
    id,
    heardAt,
    status: statusOf(alert.status),
    openedAt,
    source: alert.monitorId && `${alert.monitorId}/${alert.hostId ?? ''}`,
    // Of an external monitor only its threshold tells whether that is what is wrong.
    value: alert.type === EXTERNAL ? undefined : value,
    message: message || undefined,
    formula: series?.name,
  });
}

export const EXTERNAL = 'external';
/** Milliseconds; Mackerel's API has no name for it. */
export const RESPONSE_TIME = 'response time (ms)';

/** Whether it is the value that is wrong: an external monitor tells the response time of a wrong answer as well. */
export function hasCrossed({ value, threshold, operator }: Partial<AlertDetails>): boolean {
  if (value === undefined || threshold === undefined) return false;
  return operator === '<' ? value < threshold : value > threshold;
}

function monitorFacts(monitor: Monitor, { status, value }: ApiAlert): Partial<AlertDetails> {
  const { name, memo, service, metric, operator, responseTimeWarning, responseTimeCritical } = monitor;
  const [warning, critical] = [
    monitor.warning ?? responseTimeWarning,
    monitor.critical ?? responseTimeCritical,
  ];
  const threshold = (statusOf(status) === 'warning' ? warning : critical) ?? warning;
  const named = { monitor: name, notes: memo, target: service };
  if (monitor.type === EXTERNAL) {
    const timed = { metric: RESPONSE_TIME, value, threshold, operator: '>' } as const;
    return hasCrossed(timed) ? { ...named, ...timed } : named;
  }
  return { ...named, metric, threshold, operator };
}

/** The page shows no answer: it may come bare, as an alert does, or under a key, as a monitor does. */
const checkFacts = ({ name, memo, check }: v.InferOutput<typeof checkSchema>): Partial<AlertDetails> => ({
  monitor: check?.name ?? name,
  notes: check?.memo ?? memo,
});

function hostFacts({ name, displayName, roles }: Host): Partial<AlertDetails> {
  const names = Object.entries(roles ?? {}).flatMap(([service, ofService]) =>
    v.is(rolesOfService, ofService) ? ofService.map((role) => `${service}: ${role}`) : [],
  );
  return { target: displayName ?? name, isDisplayName: true, roles: names };
}

/** Characters. A check's message has 1,024 at most: mackerel.io/api-docs/entry/check-monitoring */
const LONGEST = {
  monitor: 120,
  target: 120,
  metric: 120,
  formula: 120,
  notes: 240,
  message: 1_200,
  role: 120,
};
const TEXTS = ['monitor', 'target', 'metric', 'formula', 'notes', 'message'] as const;
const MOST_ROLES = 6;

/**
 * Names and messages may be of any length; the state that they are kept in may not. What is not known is left out, and
 * what may be a secret goes no further.
 */
export function trimmed<T extends Partial<AlertDetails>>(facts: T): T {
  const known = Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as T;
  const texts = TEXTS.flatMap((name) => {
    const text = facts[name];
    return text === undefined ? [] : [[name, cut(withoutSecrets(text), LONGEST[name])]];
  });
  const roles = facts.roles?.slice(0, MOST_ROLES).map((role) => cut(withoutSecrets(role), LONGEST.role));
  return { ...known, ...Object.fromEntries(texts), ...(roles && { roles }) };
}

const cut = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most).replace(/\p{Cs}$/u, '')}…` : text;
