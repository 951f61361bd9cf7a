/** What Mackerel's webhook channel posts. mackerel.io/docs/entry/howto/alerts/webhook: "items may be added at any time" */
import type { AlertFacts } from '../core/alert';
import { EXTERNAL, hasCrossed, RESPONSE_TIME, statusOf, trimmed } from './api';
import { type Fields, fieldsOf, isObject, numberOf, operatorOf, textOf, timeOf } from './json';
import { isId } from './notification';

export type Posted =
  | { readonly kind: 'sample' }
  | { readonly kind: 'opened'; readonly alert: AlertFacts }
  | { readonly kind: 'closed'; readonly id: string }
  /** An event that is no alert's: Mackerel sends those to the same URL if they are ticked. */
  | { readonly kind: 'other'; readonly event: string }
  | { readonly kind: 'refused'; readonly field: string; readonly problem: string };

/** Only what tells which alert it is has to be there: the documentation's own samples leave out most of the rest. */
export function readPosted(body: object, heardAt: number): Posted {
  const { event, alert } = body as Fields;
  if (typeof event !== 'string') return refused('event', 'is missing, or is no text');
  if (event === 'sample') return { kind: 'sample' };
  if (event !== 'alert') return { kind: 'other', event: isId(event) ? event : 'another' };
  if (!isObject(alert)) return refused('alert', problemOf(alert, 'object'));
  const { id, status, isOpen } = alert;
  if (!isId(id)) return refused('alert.id', typeof id === 'string' ? 'is no id' : problemOf(id, 'string'));
  if (typeof status !== 'string') return refused('alert.status', problemOf(status, 'string'));
  if (typeof isOpen !== 'boolean') return refused('alert.isOpen', problemOf(isOpen, 'boolean'));
  if (!isOpen || status.toLowerCase() === 'ok') return { kind: 'closed', id };
  return { kind: 'opened', alert: factsOf({ id, heardAt, status: statusOf(status) }, alert, body as Fields) };
}

const refused = (field: string, problem: string): Posted => ({ kind: 'refused', field, problem });
const problemOf = (value: unknown, kind: string) => (value === undefined ? 'is missing' : `is no ${kind}`);

function factsOf(
  known: AlertFacts,
  alert: Fields,
  { type, message, imageUrl, ...about }: Fields,
): AlertFacts {
  const { criticalThreshold, warningThreshold } = alert;
  const [own, other] =
    known.status === 'warning'
      ? [warningThreshold, criticalThreshold]
      : [criticalThreshold, warningThreshold];
  // The page describes a query's series, but not under which key it comes.
  const [target] = [about.host, about.service, about.series, about.query].flatMap(
    (named) => textOf(fieldsOf(named).name) ?? [],
  );
  const { roles } = fieldsOf(about.host);
  const measured = {
    metric: textOf(alert.metricLabel) ?? (type === EXTERNAL ? RESPONSE_TIME : undefined),
    value: numberOf(alert.metricValue),
    threshold: numberOf(own) ?? numberOf(other),
    operator: operatorOf(alert.monitorOperator),
  };
  // Theirs is no repetition of value and threshold.
  const hasWords = type === EXTERNAL || type === 'check';
  return trimmed({
    ...known,
    monitor: textOf(alert.monitorName),
    target,
    roles: Array.isArray(roles) ? roles.flatMap((role) => textOf(fieldsOf(role).fullname) ?? []) : undefined,
    ...((!hasWords || hasCrossed(measured)) && measured),
    message: hasWords || measured.value === undefined ? textOf(message) : undefined,
    openedAt: timeOf(alert.openedAt),
    url: httpsOf(alert.url),
    imageUrl: httpsOf(imageUrl),
  });
}

/** A link that Slack is to show: of any length it would not fit into the state, and of another kind it is none. */
function httpsOf(value: unknown): string | undefined {
  const url = textOf(value);
  return url && url.length <= 400 && URL.canParse(url) && new URL(url).protocol === 'https:'
    ? url
    : undefined;
}
