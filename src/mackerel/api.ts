/** Mackerel's API, as far as alerts go. mackerel.io/api-docs/entry/alerts, …/monitors, …/hosts */
import type { AlertFacts, AlertStatus } from '../core/alert';
import type { Blindness } from '../core/escalation/news';
import { type Fields, fieldsOf, isObject, listOf, numberOf, operatorOf, textOf, timeOf } from './json';

/** What an alert's JSON holds of use to us; everything else in it may be anything. */
export type ApiAlert = {
  readonly id: string;
  readonly status: string;
  readonly type?: string;
  readonly monitorId?: string;
  readonly hostId?: string;
  /** Seconds since the epoch, as is `closedAt`. */
  readonly openedAt?: number;
  readonly closedAt?: number | null;
  readonly value?: number;
  readonly message?: string;
  /** None where Mackerel does not show it. */
  readonly memo?: string;
  /** What a query's alert is about. */
  readonly series?: string;
};

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
  close(id: string, reason: string): Promise<Answer<null>>;
  writeMemo(id: string, memo: string): Promise<Answer<null>>;
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

  /** @param parse gives null where the answer is not what was asked for */
  async function read<T>(path: string, parse: (json: unknown) => T | null): Promise<Answer<T>> {
    try {
      const { status, body } = await asked(path);
      if (status !== 200) return noted(path, blindnessOf(status), `HTTP ${status}`);
      const value = parse(body);
      return value === null ? noted(path, 'garbled', 'not of the documented shape') : { ok: true, value };
    } catch (fault) {
      return failed(path, fault);
    }
  }

  function noted(path: string, why: Blindness, detail: string): { ok: false; why: Blindness } {
    warn(`Mackerel's API, ${path.split('/')[1]}: ${why} (${detail})`);
    return { ok: false, why };
  }

  const failed = (path: string, fault: unknown) =>
    noted(path, fault instanceof Slow ? 'slow' : 'unreachable', String(fault));

  async function write(path: string, sending: Sending): Promise<Answer<null>> {
    try {
      const { status } = await asked(path, sending);
      if (status < 300) return { ok: true, value: null };
      return noted(path, blindnessOf(status), `HTTP ${status} at ${sending.method}`);
    } catch (fault) {
      return failed(path, fault);
    }
  }

  /** Asked at most once a webhook. mackerel.io/api-docs/entry/organizations */
  let organization: Promise<Answer<string>> | null = null;
  const monitorOf = async ({ monitorId }: ApiAlert) =>
    monitorId ? read(`/monitors/${inUrl(monitorId)}`, objectIn('monitor')) : null;
  const hostOf = async ({ hostId }: ApiAlert) =>
    hostId ? read(`/hosts/${inUrl(hostId)}`, objectIn('host')) : null;

  return {
    alert: (id) => read(`/alerts/${inUrl(id)}`, alertIn),
    openAlerts: () => read('/alerts?limit=100', alertsIn),
    namesOf: async (alert) => {
      const [monitor, host] = await Promise.all([monitorOf(alert), hostOf(alert)]);
      return trimmed({
        ...(monitor?.ok && monitorFacts(monitor.value, alert)),
        ...(host?.ok && hostFacts(host.value)),
      });
    },
    urlOf: async (id) => {
      organization ??= read('/org', (json) => textOf(fieldsOf(json).name) ?? null);
      const answer = await organization;
      return answer.ok ? `https://mackerel.io/orgs/${inUrl(answer.value)}/alerts/${inUrl(id)}` : null;
    },
    close: (id, reason) => write(`/alerts/${inUrl(id)}/close`, { method: 'POST', body: { reason } }),
    writeMemo: (id, memo) => write(`/alerts/${inUrl(id)}`, { method: 'PUT', body: { memo } }),
    mayWrite: async (id) => {
      // Without the memo that it demands, this is refused either way: for the missing right, or for the missing memo.
      const { status } = await asked(`/alerts/${inUrl(id)}`, { method: 'PUT', body: {} }).catch(() => ({
        status: 0,
      }));
      if (status === 403) return false;
      return status === 400 ? true : null;
    },
  };
}

/** Half a character, as JSON may hold it, would fail. */
const inUrl = (text: string) => encodeURIComponent(text.toWellFormed());

class Slow extends Error {
  constructor() {
    super(`no answer within ${LIMIT_MS} ms`);
  }
}

/** 403 stands for a missing scope and for an IP restriction alike. */
function blindnessOf(status: number): Blindness {
  if (status === 401) return 'wrong-key';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many';
  return status >= 500 ? 'fault' : 'unexpected';
}

function alertIn(json: unknown): ApiAlert | null {
  const { id, status, memo, ...others } = fieldsOf(json);
  if (typeof id !== 'string' || typeof status !== 'string') return null;
  return {
    id,
    status,
    type: textOf(others.type),
    monitorId: textOf(others.monitorId),
    hostId: textOf(others.hostId),
    openedAt: timeOf(others.openedAt),
    closedAt: numberOf(others.closedAt),
    value: numberOf(others.value),
    message: textOf(others.message),
    memo: typeof memo === 'string' ? memo : undefined,
    series: textOf(fieldsOf(others.series).name),
  };
}

/** Of a list that is not wholly understood nothing is believed: what is missing in it would count as closed. */
function alertsIn(json: unknown): { readonly alerts: readonly ApiAlert[]; readonly isAll: boolean } | null {
  const { alerts: list, nextId } = fieldsOf(json);
  const alerts = listOf(list).flatMap((one) => alertIn(one) ?? []);
  return Array.isArray(list) && alerts.length === list.length ? { alerts, isAll: !nextId } : null;
}

const objectIn =
  (name: string) =>
  (json: unknown): Fields | null => {
    const value = fieldsOf(json)[name];
    return isObject(value) ? value : null;
  };

const STATUSES: ReadonlyMap<string, AlertStatus> = new Map(
  (['critical', 'warning', 'unknown'] as const).map((status) => [status, status]),
);

/** The API writes a status in capitals, the webhook in small letters. OK is none: the alert is closed. */
export const statusOf = (status: string): AlertStatus | undefined => STATUSES.get(status.toLowerCase());

export const isClosed = ({ status, closedAt }: Pick<ApiAlert, 'status' | 'closedAt'>) =>
  status.toLowerCase() === 'ok' || typeof closedAt === 'number';

/** What is known of an alert from its own JSON. */
export function factsOf(alert: ApiAlert, heardAt: number): AlertFacts {
  const { id, openedAt, value, message, series } = alert;
  return trimmed({
    id,
    heardAt,
    status: statusOf(alert.status),
    openedAt,
    // Of an external monitor only its threshold tells whether that is what is wrong.
    value: alert.type === EXTERNAL ? undefined : value,
    message: message || undefined,
    target: series,
  });
}

export const EXTERNAL = 'external';
/** Milliseconds; Mackerel's API has no name for it. */
export const RESPONSE_TIME = 'response time';

/** Whether it is the value that is wrong: an external monitor tells the response time of a wrong answer as well. */
export function hasCrossed({ value, threshold, operator }: Partial<AlertFacts>): boolean {
  if (value === undefined || threshold === undefined) return false;
  return operator === '<' ? value < threshold : value > threshold;
}

/** mackerel.io/api-docs/entry/monitors: an external monitor has thresholds of other names, and no operator. */
function monitorFacts(monitor: Fields, { status, value }: ApiAlert): Partial<AlertFacts> {
  const { responseTimeWarning, responseTimeCritical } = monitor;
  const name = { monitor: textOf(monitor.name), target: textOf(monitor.service) };
  const [warning, critical] = [
    monitor.warning ?? responseTimeWarning,
    monitor.critical ?? responseTimeCritical,
  ];
  const own = numberOf(statusOf(status) === 'warning' ? warning : critical);
  const threshold = own ?? numberOf(warning);
  if (monitor.type === EXTERNAL) {
    const timed = { metric: RESPONSE_TIME, value, threshold, operator: '>' } as const;
    return hasCrossed(timed) ? { ...name, ...timed } : name;
  }
  return { ...name, metric: textOf(monitor.metric), threshold, operator: operatorOf(monitor.operator) };
}

function hostFacts({ name, roles }: Fields): Partial<AlertFacts> {
  const names = Object.entries(fieldsOf(roles)).flatMap(([service, ofService]) =>
    listOf(ofService).map((role) => `${service}: ${role}`),
  );
  return { target: textOf(name), roles: names };
}

const LONGEST = { monitor: 120, target: 120, metric: 120, message: 1_500, role: 120 };
const MOST_ROLES = 6;

/** Names and messages may be of any length; the state that they are kept in may not. What is not known is left out. */
export function trimmed<T extends Partial<AlertFacts>>(facts: T): T {
  const known = Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as T;
  const texts = (['monitor', 'target', 'metric', 'message'] as const).flatMap((name) => {
    const text = facts[name];
    return text === undefined ? [] : [[name, cut(text, LONGEST[name])]];
  });
  const roles = facts.roles?.slice(0, MOST_ROLES).map((role) => cut(role, LONGEST.role));
  return { ...known, ...Object.fromEntries(texts), ...(roles && { roles }) };
}

const cut = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most).replace(/\p{Cs}$/u, '')}…` : text;
