/**
 * An alert as Mackerel's API returns it, and the names of its monitor and host. mackerel.io/api-docs/entry/alerts,
 * …/monitors, …/hosts
 */
import * as v from 'valibot';
import type { AlertDetails } from '../escalation';
import { EXTERNAL, hasCrossed, RESPONSE_TIME, statusOf } from './details';
import { anything, named, number, operator, optional, text, time } from './fields';

/** Only what we use: everything else in it may be anything. */
export const alertSchema = v.object({
  id: v.string(),
  status: v.string(),
  type: text,
  monitorId: text,
  hostId: text,
  openedAt: time,
  /** Null or missing while it is open. */
  closedAt: optional(v.custom<number | null>(Number.isFinite)),
  value: number,
  message: text,
  /** Empty if nobody wrote one; missing if Mackerel does not show it. */
  memo: optional(v.string()),
  /** What a query's alert is about. */
  series: named,
});

/** If one entry of a list is not understood, the whole list is refused: a missing alert would count as closed. */
export const alertsSchema = v.object({ alerts: v.array(alertSchema), nextId: optional(anything) });

/** An external monitor has other names for its thresholds, and no operator. */
export const monitorSchema = v.object({
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

const noted = { name: text, memo: text };
/** The documentation shows no answer: the check may come bare, as an alert does, or under a key, as a monitor does. */
export const checkSchema = v.object({ ...noted, check: optional(v.object(noted)) });

export const hostSchema = v.object({
  host: v.object({
    name: text,
    displayName: text,
    /** Lists by service. `v.record` would check that, but adds 900 bytes to each Function. */
    roles: optional(anything),
  }),
});
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

export type ApiAlert = v.InferOutput<typeof alertSchema>;

export function monitorDetails(
  { monitor }: v.InferOutput<typeof monitorSchema>,
  { status, value }: ApiAlert,
): Partial<AlertDetails> {
  const { name, memo, service, metric, operator } = monitor;
  const warning = monitor.warning ?? monitor.responseTimeWarning;
  const critical = monitor.critical ?? monitor.responseTimeCritical;
  const threshold = (statusOf(status) === 'warning' ? warning : critical) ?? warning;
  const names = { monitor: name, notes: memo, target: service };
  if (monitor.type !== EXTERNAL) return { ...names, metric, threshold, operator };
  const timed = { metric: RESPONSE_TIME, value, threshold, operator: '>' } as const;
  return hasCrossed(timed) ? { ...names, ...timed } : names;
}

export const checkDetails = ({ name, memo, check }: v.InferOutput<typeof checkSchema>) => ({
  monitor: check?.name ?? name,
  notes: check?.memo ?? memo,
});

export function hostDetails({ host }: v.InferOutput<typeof hostSchema>): Partial<AlertDetails> {
  const roles = Object.entries(host.roles ?? {}).flatMap(([service, ofService]) =>
    isTexts(ofService) ? ofService.map((role) => `${service}: ${role}`) : [],
  );
  return { target: host.displayName ?? host.name, isDisplayName: true, roles };
}
