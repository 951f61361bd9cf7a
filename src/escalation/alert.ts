/** What is known of an alert of the monitoring service. Everything but the id may be unknown. */
export type AlertDetails = {
  readonly id: string;
  /** When we first heard of it, in seconds since the epoch. */
  readonly heardAt: number;
  readonly status?: AlertStatus;
  /** Mackerel's own bundle of alerts: it is notified instead of them, and its API knows nothing of it. */
  readonly isGroup?: true;
  /** The name of the monitor that raised it, or of the group's setting, as people gave it. */
  readonly monitor?: string;
  /** What people noted at the monitor, for whoever looks into it: for Slack. */
  readonly notes?: string;
  /** The monitor and the host that raised it, by Mackerel's ids. */
  readonly source?: string;
  /** The host or service that it is about, as people call it. */
  readonly target?: string;
  /** The target is called as people call it: no machine's name goes over it, and nobody has to be asked. */
  readonly isDisplayName?: true;
  readonly roles?: readonly string[];
  /** The metric that was measured, e.g. `CPU %`. */
  readonly metric?: string;
  /** What was computed, of an expression or a query: for Slack, for nobody could follow it by ear. */
  readonly formula?: string;
  readonly value?: number;
  readonly threshold?: number;
  readonly operator?: '>' | '<';
  /** A check's or an external monitor's own words. */
  readonly message?: string;
  /** Seconds since the epoch. */
  readonly openedAt?: number;
  readonly url?: string;
  /** Of a graph, for Slack. */
  readonly imageUrl?: string;
};

export type AlertStatus = 'critical' | 'unknown' | 'warning';

/** The id under which an alert goes whose own was lost on the way: it may be another one each time. */
export const UNKNOWN_ID = 'unknown';

/** The worst first. Mackerel ranks unknown with critical where it sends notifications: howto/alerts */
const SEVERITY: Readonly<Record<AlertStatus, number>> = { critical: 3, unknown: 2, warning: 1 };

/** An alert of which nothing is known may be the worst of all. */
const severityOf = ({ status }: Pick<AlertDetails, 'status'>) => SEVERITY[status ?? 'critical'];

/** For `sort`: the worst first, and the longest open first among equals. */
export function worstFirst(one: AlertDetails, other: AlertDetails): number {
  return severityOf(other) - severityOf(one) || one.heardAt - other.heardAt;
}

/** Whether an alert got worse: only if both are known, for silence is no news. */
export function isWorse(now: AlertStatus | undefined, before: AlertStatus | undefined): boolean {
  return now !== undefined && before !== undefined && SEVERITY[now] > SEVERITY[before];
}

/** Whether two alerts are of the same monitor and host, as far as anybody has told. Groups bundle others each time. */
export function isSameSource(one: AlertDetails, other: AlertDetails): boolean {
  if (one.isGroup || other.isGroup) return false;
  if (one.source !== undefined && other.source !== undefined) return one.source === other.source;
  return one.monitor !== undefined && one.monitor === other.monitor && one.target === other.target;
}

/** What is newly known over what was known; when it was first heard of stays. */
export function merged<T extends AlertDetails>(known: T, fresh: AlertDetails): T {
  const isMachineName = known.isDisplayName && !fresh.isDisplayName;
  const said = Object.entries(fresh).filter(
    ([name, fact]) => fact !== undefined && !(isMachineName && name === 'target'),
  );
  // Each status has a threshold of its own.
  const isOutdated =
    fresh.status !== undefined && known.status !== undefined && fresh.status !== known.status;
  const outdated = isOutdated && known.threshold !== undefined ? { threshold: undefined } : {};
  return { ...known, ...outdated, ...Object.fromEntries(said), heardAt: known.heardAt };
}
