/** One of Mackerel's alerts: what is known of it, how Sync holds it, and how a decision sees it. */

/** What is known of an alert. Everything except the id and the time of the first report may be unknown. */
export type AlertDetails = {
  readonly id: string;
  /** When it was first reported to us, in seconds since the epoch. */
  readonly heardAt: number;
  readonly status?: AlertStatus;
  /** Mackerel notifies of a group instead of its alerts. Its API does not know groups. */
  readonly isGroup?: true;
  /** The name that people gave the monitor, or the group's setting. */
  readonly monitor?: string;
  /** The monitor's memo, for Slack. */
  readonly notes?: string;
  /** The ids of the monitor and the host that raised it. */
  readonly source?: string;
  /** The host or service that it is about, under the name that people use. */
  readonly target?: string;
  /** The target's name is the one that people use: no machine's name replaces it. */
  readonly isDisplayName?: true;
  readonly roles?: readonly string[];
  /** The metric that was measured, e.g. `CPU %`. */
  readonly metric?: string;
  /** The expression or query, for Slack: nobody could follow it by ear. */
  readonly formula?: string;
  readonly value?: number;
  readonly threshold?: number;
  readonly operator?: '>' | '<';
  /** The message of a check or an external monitor. */
  readonly message?: string;
  /** Seconds since the epoch. */
  readonly openedAt?: number;
  readonly url?: string;
  /** The graph's image, for Slack. */
  readonly imageUrl?: string;
};

export type AlertStatus = 'critical' | 'unknown' | 'warning';

/** An alert as Sync holds it. */
export type AlertItem = AlertDetails & {
  /** The page that it claims to be on. That page's record decides. */
  readonly page?: string;
  /** When that claim began, in milliseconds since the epoch. */
  readonly joinedMs?: number;
  /** The call that brought the alert last. If that call asks again, it gets the same answer, and nothing changes. */
  readonly call?: string;
  /** When Mackerel last called about it, if nothing says how bad it is; if absent, when it was first reported. */
  readonly notifiedAt?: number;
  /** It stands, or stood, for its page, so its closing has to be followed up. */
  readonly isWatch?: true;
  /** It came after its page was taken and recorded, and is still the taker's. */
  readonly isLate?: true;
  /** The latest statuses that it had, oldest first, and since when. */
  readonly statuses?: readonly (readonly [AlertStatus, number])[];
  /** Seconds since the epoch. Mackerel never reopens an alert; it raises another one. */
  readonly closedAt?: number;
  /** The member who closed it by phone. */
  readonly closedBy?: number;
};

/** An alert as a decision sees it. */
export type TrackedAlert = AlertItem & {
  /** The member who has it, by the end of its page. Derived when the alert is looked up. */
  readonly taken?: Taken;
  /** Holds details that are not in its item yet. */
  readonly isUnsaved?: boolean;
};

type Taken = {
  readonly by: number;
  readonly at: number;
  /** Its status then: if it gets worse, it rings again. */
  readonly status?: AlertStatus;
  /** Whose turn it was when its page started: it rings again in that order. */
  readonly turn: number;
};

/** Stands for an id that was lost on the way. Each time it may be another alert. */
export const UNKNOWN_ID = 'unknown';

/** The worst first. Mackerel ranks unknown with critical in its notifications: howto/alerts */
const SEVERITY: Readonly<Record<AlertStatus, number>> = { critical: 3, unknown: 2, warning: 1 };

/** An alert that nobody knows about may be the worst of all. */
const severityOf = ({ status }: Pick<AlertDetails, 'status'>) => SEVERITY[status ?? 'critical'];

/** For `sort`: the worst first; among equals, the one that has been open longest. */
export function worstFirst(one: AlertDetails, other: AlertDetails): number {
  return severityOf(other) - severityOf(one) || one.heardAt - other.heardAt;
}

/** Whether an alert got worse. An unknown status is not a change. */
export function isWorse(now: AlertStatus | undefined, before: AlertStatus | undefined): boolean {
  return now !== undefined && before !== undefined && SEVERITY[now] > SEVERITY[before];
}

/** Whether two alerts come from the same monitor and host, as far as is known. A group bundles other alerts each time. */
export function isSameSource(one: AlertDetails, other: AlertDetails): boolean {
  if (one.isGroup || other.isGroup) return false;
  if (one.source !== undefined && other.source !== undefined) return one.source === other.source;
  return one.monitor !== undefined && one.monitor === other.monitor && one.target === other.target;
}

/** Adds what is newly known; the time of the first report stays. */
export function merged<T extends AlertDetails>(known: T, fresh: AlertDetails): T {
  const isMachineName = known.isDisplayName && !fresh.isDisplayName;
  const said = Object.entries(fresh).filter(
    ([name, fact]) => fact !== undefined && !(isMachineName && name === 'target'),
  );
  // Each status has its own threshold.
  const isOutdated =
    fresh.status !== undefined && known.status !== undefined && fresh.status !== known.status;
  const outdated = isOutdated && known.threshold !== undefined ? { threshold: undefined } : {};
  return { ...known, ...outdated, ...Object.fromEntries(said), heardAt: known.heardAt };
}

/** The details of an alert without the rest of its item or decision. */
export function factsIn(alert: TrackedAlert): AlertDetails {
  const { page, joinedMs, call, isLate, isWatch, statuses, closedAt, closedBy, ...tracked } = alert;
  const { notifiedAt, taken, isUnsaved, ...details } = tracked;
  return details;
}

const STATUSES_KEPT = 4;

/** An item with newly known details. */
export function withFacts(known: AlertItem, fresh: AlertDetails, at: number): AlertItem {
  const alert = merged(known, fresh);
  if (fresh.status === undefined || fresh.status === known.status) return alert;
  const statuses = [...(known.statuses ?? []), [fresh.status, at] as const].slice(-STATUSES_KEPT);
  return { ...alert, statuses };
}

/** The alert's status at a time, or its first known status if that came later. */
export function statusAt({ statuses = [], status }: AlertItem, at: number): AlertStatus | undefined {
  const [, ...later] = statuses;
  const last = later.filter(([, since]) => since <= at).at(-1);
  return (last ?? statuses[0])?.[0] ?? status;
}
