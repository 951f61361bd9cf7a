/** What Mackerel's webhook channel posts. mackerel.io/docs/entry/howto/alerts/webhook: "items may be added at any time" */
import * as v from 'valibot';
import type { AlertFacts } from '../core/alert';
import { statusOf, trimmed } from './api';

const text = v.optional(v.nullable(v.string()));
const number = v.optional(v.nullable(v.number()));
const named = v.optional(v.nullable(v.object({ name: text })));

/** Only what tells which alert it is has to be there: the documentation's own samples leave out most of the rest. */
const alertEventSchema = v.object({
  event: v.literal('alert'),
  type: text,
  message: text,
  imageUrl: text,
  host: v.optional(
    v.nullable(
      v.object({ name: text, roles: v.optional(v.nullable(v.array(v.object({ fullname: text })))) }),
    ),
  ),
  service: named,
  // The page describes a query's series, but not under which key it comes.
  series: named,
  query: named,
  alert: v.object({
    id: v.string(),
    status: v.string(),
    isOpen: v.boolean(),
    url: text,
    openedAt: number,
    monitorName: text,
    metricLabel: text,
    metricValue: number,
    criticalThreshold: number,
    warningThreshold: number,
    monitorOperator: text,
  }),
});

type AlertEvent = v.InferOutput<typeof alertEventSchema>;

export type Posted =
  | { readonly kind: 'sample' }
  | { readonly kind: 'opened'; readonly alert: AlertFacts }
  | { readonly kind: 'closed'; readonly id: string }
  /** An event that is no alert's: Mackerel sends those to the same URL if they are ticked. */
  | { readonly kind: 'other'; readonly event: string }
  | { readonly kind: 'refused'; readonly field: string; readonly problem: string };

export function readPosted(body: object, heardAt: number): Posted {
  const { event } = body as { event?: unknown };
  if (typeof event !== 'string')
    return { kind: 'refused', field: 'event', problem: 'is missing, or is no text' };
  if (event === 'sample') return { kind: 'sample' };
  if (event !== 'alert') return { kind: 'other', event };
  const parsed = v.safeParse(alertEventSchema, body);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return { kind: 'refused', field: v.getDotPath(issue) ?? 'body', problem: problemOf(issue) };
  }
  const { alert } = parsed.output;
  const isOpen = alert.isOpen && alert.status.toLowerCase() !== 'ok';
  return isOpen
    ? { kind: 'opened', alert: factsOf(parsed.output, heardAt) }
    : { kind: 'closed', id: alert.id };
}

/** Not the library's own words: they repeat what was sent. */
const problemOf = ({ received, expected }: v.BaseIssue<unknown>) =>
  received === 'undefined' ? 'is missing' : `is no ${String(expected).toLowerCase()}`;

function factsOf(posted: AlertEvent, heardAt: number): AlertFacts {
  const { alert, host, service, series, query, message, imageUrl } = posted;
  const status = statusOf(alert.status);
  const [own, other] =
    status === 'warning'
      ? [alert.warningThreshold, alert.criticalThreshold]
      : [alert.criticalThreshold, alert.warningThreshold];
  const facts: AlertFacts = {
    id: alert.id,
    heardAt,
    status,
    monitor: alert.monitorName || undefined,
    target: host?.name || service?.name || series?.name || query?.name || undefined,
    roles: host?.roles?.map(({ fullname }) => fullname ?? '').filter(Boolean),
    metric: alert.metricLabel || undefined,
    value: alert.metricValue ?? undefined,
    threshold: own ?? other ?? undefined,
    operator: alert.monitorOperator === '<' ? '<' : alert.monitorOperator === '>' ? '>' : undefined,
    // Of a metric it only repeats the value and the threshold.
    message: (typeof alert.metricValue !== 'number' && message) || undefined,
    openedAt: alert.openedAt ?? undefined,
    url: httpsOf(alert.url),
    imageUrl: httpsOf(imageUrl),
  };
  return trimmed(facts);
}

/** A link that Slack is to show: of any length it would not fit into the state, and of another kind it is none. */
const httpsOf = (url: string | null | undefined) =>
  url && url.length <= 400 && URL.canParse(url) && new URL(url).protocol === 'https:' ? url : undefined;
