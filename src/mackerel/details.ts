/** The details that we keep of an alert, from Mackerel's API or its webhook. */
import type { AlertDetails, AlertStatus } from '../escalation';
import { withoutSecrets } from './secrets';

const STATUSES: ReadonlyMap<string, AlertStatus> = new Map(
  (['critical', 'warning', 'unknown'] as const).map((status) => [status, status]),
);

/** The API writes a status in capitals, the webhook in small letters. OK is none: the alert is closed. */
export const statusOf = (status: string): AlertStatus | undefined => STATUSES.get(status.toLowerCase());

export const EXTERNAL = 'external';
/** Milliseconds; Mackerel's API has no name for it. */
export const RESPONSE_TIME = 'response time (ms)';

/** Whether the value is what is wrong: an external monitor gives the response time of a wrong answer as well. */
export function hasCrossed({ value, threshold, operator }: Partial<AlertDetails>): boolean {
  if (value === undefined || threshold === undefined) return false;
  return operator === '<' ? value < threshold : value > threshold;
}

/** Characters. A check's message has 1,024 at most: mackerel.io/api-docs/entry/check-monitoring */
const LONGEST = {
  monitor: 120,
  target: 120,
  metric: 120,
  formula: 120,
  notes: 240,
  message: 1_200,
} as const;
const LONGEST_ROLE = 120;
const MOST_ROLES = 6;

/** Shortens texts so that they fit into the state, hides what may be a secret, and leaves out unknown fields. */
export function trimmed<T extends Partial<AlertDetails>>(details: T): T {
  const known = Object.entries(details).filter(([, value]) => value !== undefined);
  const short = known.map(([name, value]) => [name, shortened(name, value)]);
  return Object.fromEntries(short) as T;
}

function shortened(name: string, value: unknown): unknown {
  if (name === 'roles')
    return (value as readonly string[]).slice(0, MOST_ROLES).map((role) => cut(role, LONGEST_ROLE));
  return name in LONGEST ? cut(value as string, LONGEST[name as keyof typeof LONGEST]) : value;
}

function cut(text: string, most: number): string {
  const safe = withoutSecrets(text);
  return safe.length > most ? `${safe.slice(0, most).replace(/\p{Cs}$/u, '')}…` : safe;
}
