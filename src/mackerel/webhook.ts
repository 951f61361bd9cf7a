/**
 * The requests of Mackerel's webhook channel. mackerel.io/docs/entry/howto/alerts/webhook: "items may be added at any
 * time"
 */
import * as v from 'valibot';
import type { AlertDetails } from '../escalation';
import { readGroup } from './alert-group';
import { EXTERNAL, hasCrossed, RESPONSE_TIME, statusOf, trimmed } from './details';
import { link, named, number, operator, optional, text, time } from './fields';
import { isId } from './notification';

/** Required are only the fields that identify the alert: the documentation's own samples lack most others. */
const alertEventSchema = v.object({
  alert: v.object({
    id: v.custom<string>(isId),
    status: v.string(),
    isOpen: v.boolean(),
    url: link,
    openedAt: time,
    monitorName: text,
    metricLabel: text,
    metricValue: number,
    criticalThreshold: number,
    warningThreshold: number,
    monitorOperator: operator,
  }),
  type: text,
  message: text,
  /** The monitor's memo. */
  memo: text,
  imageUrl: link,
  host: optional(
    v.object({
      name: text,
      displayName: text,
      roles: optional(v.array(optional(v.object({ fullname: text })))),
    }),
  ),
  service: named,
  /** The documentation describes a query's series, but not its key. */
  series: named,
  query: named,
});

type AlertEvent = v.InferOutput<typeof alertEventSchema>;

export type Posted =
  | { readonly kind: 'sample' }
  | { readonly kind: 'opened'; readonly alert: AlertDetails }
  | { readonly kind: 'closed'; readonly id: string }
  /** An event that wakes nobody: Mackerel sends it to the same URL if its box is ticked. */
  | { readonly kind: 'other'; readonly event: string }
  /** An event that we do not know; it may mean trouble. */
  | { readonly kind: 'not-understood'; readonly event: string }
  | { readonly kind: 'refused'; readonly field: string; readonly problem: string };

/** Events about hosts and monitors, which mean no trouble: mackerel.io/docs/entry/howto/alerts/webhook */
const HARMLESS: ReadonlySet<string> = new Set(['hostStatus', 'hostRegister', 'hostRetire', 'monitor']);

export function readPosted(body: object, heardAt: number): Posted {
  const { event } = body as { readonly event?: unknown };
  if (typeof event !== 'string')
    return { kind: 'refused', field: 'event', problem: 'is missing or not a text' };
  if (event === 'sample') return { kind: 'sample' };
  if (event === 'alertGroup') return readGroup(body, heardAt) ?? { kind: 'not-understood', event };
  if (HARMLESS.has(event)) return { kind: 'other', event };
  if (event !== 'alert') return { kind: 'not-understood', event: isId(event) ? event : 'another' };
  const parsed = v.safeParse(alertEventSchema, body);
  if (!parsed.success) return refused(parsed.issues[0]);
  const { id, status, isOpen } = parsed.output.alert;
  if (!isOpen || status.toLowerCase() === 'ok') return { kind: 'closed', id };
  return { kind: 'opened', alert: detailsOf(parsed.output, heardAt) };
}

/** The library's own words would repeat what was sent. */
function refused(issue: v.BaseIssue<unknown>): Posted {
  const { type, received, expected } = issue;
  const problem = received === 'undefined' ? 'is missing' : `is not of the type ${expected?.toLowerCase()}`;
  return {
    kind: 'refused',
    field: v.getDotPath(issue) ?? 'body',
    problem: type === 'custom' && received !== 'undefined' ? 'is not an id' : problem,
  };
}

function detailsOf(
  { alert, type, message, memo, imageUrl, ...about }: AlertEvent,
  heardAt: number,
): AlertDetails {
  const { host, service, series, query } = about;
  const { criticalThreshold, warningThreshold } = alert;
  const status = statusOf(alert.status);
  const [own, other] =
    status === 'warning' ? [warningThreshold, criticalThreshold] : [criticalThreshold, warningThreshold];
  const measured = {
    ...labelled(alert.metricLabel ?? (series ?? query)?.name, isNamed(type, about)),
    ...(type === EXTERNAL && { metric: RESPONSE_TIME }),
    value: alert.metricValue,
    threshold: own ?? other,
    operator: alert.monitorOperator,
  };
  // The messages of these two say more than value and threshold.
  const hasWords = type === EXTERNAL || type === 'check';
  return trimmed({
    id: alert.id,
    heardAt,
    status,
    monitor: alert.monitorName,
    notes: memo,
    target: host?.displayName ?? host?.name ?? service?.name,
    ...(host?.displayName && { isDisplayName: true }),
    roles: host?.roles?.flatMap((role) => role?.fullname ?? []),
    ...((!hasWords || hasCrossed(measured)) && measured),
    message: hasWords || measured.value === undefined ? ownWords(message, alert.monitorName) : undefined,
    openedAt: alert.openedAt,
    url: alert.url,
    imageUrl,
  });
}

/** The label names the metric only for a host or a service; otherwise it is the expression that was computed. */
const isNamed = (type: string | undefined, { host, service }: Pick<AlertEvent, 'host' | 'service'>) =>
  type === 'host' || type === 'service' || (type === undefined && (host ?? service) !== undefined);

const labelled = (label: string | undefined, isName: boolean) =>
  isName ? { metric: label } : { formula: label };

/** A check's message begins with the monitor's name, `disk - DISK CRITICAL: …`; so does an anomaly's. */
function ownWords(message = '', monitor = ''): string | undefined {
  const isRepeated = monitor !== '' && message.startsWith(`${monitor} `);
  return (isRepeated ? message.slice(monitor.length).replace(/^\s+(?:-\s+)?/, '') : message) || undefined;
}
