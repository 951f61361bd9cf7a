/**
 * The part of Mackerel's API that we use. mackerel.io/api-docs/entry/alerts, …/monitors, …/check-monitoring, …/hosts
 */
import * as v from 'valibot';
import type { AlertDetails } from '../escalation';
import {
  type ApiAlert,
  alertSchema,
  alertsSchema,
  checkDetails,
  checkSchema,
  hostDetails,
  hostSchema,
  monitorDetails,
  monitorSchema,
} from './api-alert';
import { type Answer, type ClientOptions, type MackerelClient, mackerelClient, request } from './client';
import { trimmed } from './details';
import { anything, words } from './fields';

/** None of these ever fails: an answer without a value says why. */
export type MackerelApi = {
  alert(id: string): Promise<Answer<ApiAlert>>;
  /** The newest open alerts, as many as one request returns, and whether these are all. */
  openAlerts(): Promise<Answer<{ readonly alerts: readonly ApiAlert[]; readonly isAll: boolean }>>;
  /** What the alert's monitor and host are called, and the monitor's threshold. */
  namesOf(alert: ApiAlert): Promise<Partial<AlertDetails>>;
  /** The alert's page; null without the organization's name. */
  urlOf(id: string): Promise<string | null>;
  close(id: string, reason: string): Promise<Answer<unknown>>;
  writeMemo(id: string, memo: string): Promise<Answer<unknown>>;
  /** Whether the key may write; null if Mackerel does not say. Changes nothing. */
  mayWrite(): Promise<boolean | null>;
};

/** Null if no key is set. */
export const mackerelApiOf = ({ key, ...how }: ClientOptions): MackerelApi | null =>
  key === null ? null : mackerelApi({ ...how, key });

const organizationSchema = v.object({ name: words });

export function mackerelApi(options: ClientOptions & { readonly key: string }): MackerelApi {
  const ask = mackerelClient(options);
  /** Asked at most once a webhook. mackerel.io/api-docs/entry/organizations */
  let organization: Promise<Answer<{ name: string }>> | null = null;
  return {
    alert: (id) => ask(`/alerts/${inUrl(id)}`, alertSchema),
    openAlerts: async () => {
      const answer = await ask('/alerts?limit=100', alertsSchema);
      if (!answer.ok) return answer;
      const { alerts, nextId } = answer.value;
      return { ok: true, value: { alerts, isAll: !nextId } };
    },
    namesOf: async (alert) => {
      const [monitor, host] = await Promise.all([monitorOf(ask, alert), hostOf(ask, alert)]);
      return trimmed({ ...monitor, ...host });
    },
    urlOf: async (id) => {
      organization ??= ask('/org', organizationSchema);
      const answer = await organization;
      return answer.ok ? `https://mackerel.io/orgs/${inUrl(answer.value.name)}/alerts/${inUrl(id)}` : null;
    },
    // A status alone does not show that the alert has closed: Mackerel answers with the alert.
    close: (id, reason) =>
      ask(`/alerts/${inUrl(id)}/close`, alertSchema, { method: 'post', body: { reason } }),
    writeMemo: (id, memo) => ask(`/alerts/${inUrl(id)}`, anything, { method: 'put', body: { memo } }),
    mayWrite: async () => {
      // Refused in any case: for the missing right, or because there is no such alert.
      const nowhere = { method: 'put', body: { memo: '' } } as const;
      const { status } = await request(options, `/alerts/${NO_ALERT}`, nowhere).catch(() => ({ status: 0 }));
      if (status === 403) return false;
      return status === 404 || status === 400 ? true : null;
    },
  };
}

async function monitorOf(ask: MackerelClient, alert: ApiAlert): Promise<Partial<AlertDetails>> {
  const { monitorId, type } = alert;
  if (!monitorId) return {};
  if (type === 'check') {
    const check = await ask(`/monitoring/checks/${inUrl(monitorId)}`, checkSchema);
    return check.ok ? checkDetails(check.value) : {};
  }
  const monitor = await ask(`/monitors/${inUrl(monitorId)}`, monitorSchema);
  return monitor.ok ? monitorDetails(monitor.value, alert) : {};
}

async function hostOf(ask: MackerelClient, { hostId }: ApiAlert): Promise<Partial<AlertDetails>> {
  if (!hostId) return {};
  const host = await ask(`/hosts/${inUrl(hostId)}`, hostSchema);
  return host.ok ? hostDetails(host.value) : {};
}

/** An id that no alert has. */
const NO_ALERT = 'mackerel-kaden';

/** JSON may hold half a character, on which encoding would fail. */
const inUrl = (text: string) => encodeURIComponent(text.toWellFormed());
