/** Mackerel's API, as far as alerts go. mackerel.io/api-docs/entry/alerts, …/monitors, …/hosts */
import * as v from 'valibot';
import type { AlertFacts, AlertStatus } from '../core/alert';
import type { Blindness } from '../core/escalation/news';

/** What an alert's JSON holds of use to us; everything else in it may be anything. */
const alertSchema = v.object({
  id: v.string(),
  status: v.string(),
  monitorId: v.optional(v.string()),
  hostId: v.optional(v.string()),
  openedAt: v.optional(v.number()),
  closedAt: v.optional(v.nullable(v.number())),
  value: v.optional(v.number()),
  message: v.optional(v.string()),
  memo: v.optional(v.string()),
});
const alertsSchema = v.object({ alerts: v.array(alertSchema), nextId: v.optional(v.nullable(v.string())) });
const monitorSchema = v.object({
  monitor: v.object({
    name: v.optional(v.string()),
    metric: v.optional(v.string()),
    operator: v.optional(v.string()),
    warning: v.optional(v.nullable(v.number())),
    critical: v.optional(v.nullable(v.number())),
    service: v.optional(v.string()),
  }),
});
const hostSchema = v.object({
  host: v.object({
    name: v.optional(v.string()),
    roles: v.optional(v.record(v.string(), v.array(v.string()))),
  }),
});

const orgSchema = v.object({ name: v.string() });

export type ApiAlert = v.InferOutput<typeof alertSchema>;

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Blindness };

/** None of these ever fails: what Mackerel does not tell is said in the answer. */
export type MackerelApi = {
  alert(id: string): Promise<Answer<ApiAlert>>;
  /** All open alerts, the newest first, as far as one request goes. */
  openAlerts(): Promise<Answer<{ readonly alerts: readonly ApiAlert[]; readonly isAll: boolean }>>;
  /** What the alert's monitor and host are called, and what the monitor demands. */
  namesOf(alert: ApiAlert): Promise<Partial<AlertFacts>>;
  /** Where people look at an alert; null where Mackerel does not tell the organization's name. */
  urlOf(id: string): Promise<string | null>;
  close(id: string, reason: string): Promise<boolean>;
  writeMemo(id: string, memo: string): Promise<boolean>;
  /** Whether the key may write; null where Mackerel does not say. Changes nothing. */
  mayWrite(id: string): Promise<boolean | null>;
};

/** With what, and how, Mackerel is asked. */
export type Asking = {
  /** Null where none is set. */
  readonly key: string | null;
  readonly warn: (message: string) => void;
  readonly onRequest?: () => void;
};
type Sending = { readonly method: 'POST' | 'PUT'; readonly body: object };

const BASE = 'https://api.mackerelio.com/api/v0';
/** Milliseconds. Somebody is waiting to be rung. */
const LIMIT_MS = 1_500;

/** Null where no key is set. */
export const mackerelApiOf = (asking: Asking): MackerelApi | null =>
  asking.key === null ? null : mackerelApi({ ...asking, key: asking.key });

export function mackerelApi({ key, warn, onRequest }: Asking & { readonly key: string }): MackerelApi {
  async function asked(path: string, sending?: Sending): Promise<{ status: number; body: unknown }> {
    onRequest?.();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(new Slow()), LIMIT_MS);
    try {
      const response = await fetch(`${BASE}${path}`, {
        method: sending?.method ?? 'GET',
        headers: { 'X-Api-Key': key, 'Content-Type': 'application/json' },
        ...(sending && { body: JSON.stringify(sending.body) }),
        signal: abort.signal,
      });
      const body = await response.json().catch(() => {
        if (abort.signal.aborted) throw abort.signal.reason;
        return null;
      });
      return { status: response.status, body };
    } finally {
      clearTimeout(timer);
    }
  }

  async function read<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<Answer<T>> {
    try {
      const { status, body } = await asked(path);
      if (status !== 200) return noted(path, blindnessOf(status), `HTTP ${status}`);
      const parsed = v.safeParse(schema, body);
      return parsed.success
        ? { ok: true, value: parsed.output }
        : noted(path, 'garbled', parsed.issues[0].message);
    } catch (fault) {
      return noted(path, fault instanceof Slow ? 'slow' : 'fault', String(fault));
    }
  }

  function noted(path: string, why: Blindness, detail: string): { ok: false; why: Blindness } {
    warn(`Mackerel's API, ${path.split('/')[1]}: ${why} (${detail})`);
    return { ok: false, why };
  }

  async function write(path: string, sending: Sending): Promise<boolean> {
    try {
      const { status } = await asked(path, sending);
      if (status < 300) return true;
      noted(path, blindnessOf(status), `HTTP ${status} at ${sending.method}`);
    } catch (fault) {
      noted(path, fault instanceof Slow ? 'slow' : 'fault', String(fault));
    }
    return false;
  }

  /** Asked at most once a webhook. mackerel.io/api-docs/entry/organizations */
  let organization: Promise<Answer<{ name: string }>> | null = null;
  const monitorOf = async ({ monitorId }: ApiAlert) =>
    monitorId ? read(`/monitors/${encodeURIComponent(monitorId)}`, monitorSchema) : null;
  const hostOf = async ({ hostId }: ApiAlert) =>
    hostId ? read(`/hosts/${encodeURIComponent(hostId)}`, hostSchema) : null;

  return {
    alert: (id) => read(`/alerts/${encodeURIComponent(id)}`, alertSchema),
    openAlerts: async () => {
      const answer = await read('/alerts?limit=100', alertsSchema);
      if (!answer.ok) return answer;
      return { ok: true, value: { alerts: answer.value.alerts, isAll: !answer.value.nextId } };
    },
    namesOf: async (alert) => {
      const [monitor, host] = await Promise.all([monitorOf(alert), hostOf(alert)]);
      return trimmed({
        ...(monitor?.ok && monitorFacts(monitor.value.monitor, statusOf(alert.status))),
        ...(host?.ok && hostFacts(host.value.host)),
      });
    },
    urlOf: async (id) => {
      organization ??= read('/org', orgSchema);
      const answer = await organization;
      return answer.ok
        ? `https://mackerel.io/orgs/${encodeURIComponent(answer.value.name)}/alerts/${id}`
        : null;
    },
    close: (id, reason) =>
      write(`/alerts/${encodeURIComponent(id)}/close`, { method: 'POST', body: { reason } }),
    writeMemo: (id, memo) => write(`/alerts/${encodeURIComponent(id)}`, { method: 'PUT', body: { memo } }),
    mayWrite: async (id) => {
      // Without the memo that it demands, this is refused either way: for the missing right, or for the missing memo.
      const { status } = await asked(`/alerts/${encodeURIComponent(id)}`, { method: 'PUT', body: {} }).catch(
        () => ({
          status: 0,
        }),
      );
      if (status === 403) return false;
      return status === 400 ? true : null;
    },
  };
}

class Slow extends Error {
  constructor() {
    super(`no answer within ${LIMIT_MS} ms`);
  }
}

/** 403 stands for a missing scope and for an IP restriction alike. */
function blindnessOf(status: number): Blindness {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  return status === 429 ? 'too-many' : 'fault';
}

const STATUSES: ReadonlyMap<string, AlertStatus> = new Map(
  (['critical', 'warning', 'unknown'] as const).map((status) => [status, status]),
);

/** The API writes a status in capitals, the webhook in small letters. OK is none: the alert is closed. */
export const statusOf = (status: string): AlertStatus | undefined => STATUSES.get(status.toLowerCase());

export const isClosed = ({ status, closedAt }: Pick<ApiAlert, 'status' | 'closedAt'>) =>
  status.toLowerCase() === 'ok' || typeof closedAt === 'number';

/** What is known of an alert from its own JSON. */
export function factsOf(alert: ApiAlert, heardAt: number): AlertFacts {
  const { id, openedAt, value, message } = alert;
  return trimmed({
    id,
    heardAt,
    status: statusOf(alert.status),
    openedAt,
    value,
    message: message || undefined,
  });
}

type Monitor = v.InferOutput<typeof monitorSchema>['monitor'];

function monitorFacts(monitor: Monitor, status: AlertStatus | undefined): Partial<AlertFacts> {
  const { name, metric, operator, warning, critical, service } = monitor;
  const threshold = (status === 'warning' ? warning : critical) ?? warning ?? undefined;
  return {
    monitor: name,
    metric,
    threshold,
    operator: operator === '<' ? '<' : operator === '>' ? '>' : undefined,
    ...(service && { target: service }),
  };
}

function hostFacts({ name, roles = {} }: v.InferOutput<typeof hostSchema>['host']): Partial<AlertFacts> {
  const names = Object.entries(roles).flatMap(([service, ofService]) =>
    ofService.map((role) => `${service}: ${role}`),
  );
  return { target: name, roles: names };
}

const LONGEST = { monitor: 120, target: 120, metric: 120, message: 1_500, role: 120 };
const MOST_ROLES = 6;

/** Names and messages may be of any length; the state that they are kept in may not. */
export function trimmed<T extends Partial<AlertFacts>>(facts: T): T {
  const texts = (['monitor', 'target', 'metric', 'message'] as const).flatMap((name) => {
    const text = facts[name];
    return text === undefined ? [] : [[name, cut(text, LONGEST[name])]];
  });
  const roles = facts.roles?.slice(0, MOST_ROLES).map((role) => cut(role, LONGEST.role));
  return { ...facts, ...Object.fromEntries(texts), ...(roles && { roles }) };
}

const cut = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most).replace(/\p{Cs}$/u, '')}…` : text;
