/**
 * An alert group: it opens with its first alert, is as bad as its worst one, and closes with the last. If group
 * notification is on for a channel, that channel gets no notifications about its alerts
 * (mackerel.io/docs/entry/howto/alert-groups). The Twilio channel knows no groups.
 */
import { idFor, type MackerelAlert, type OpenStatus } from './alert';

export type AlertGroup = {
  readonly id: string;
  /** The name that people gave to its setting. */
  readonly name: string;
  readonly status: OpenStatus | 'OK';
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly closedAt: number | null;
};

const RANK: Readonly<Record<OpenStatus, number>> = { CRITICAL: 3, UNKNOWN: 2, WARNING: 1 };

/** The groups after one of a group's alerts has changed; null if that changes nothing. */
export function regrouped(
  groups: readonly AlertGroup[],
  alerts: readonly MackerelAlert[],
  name: string,
  at: number,
): AlertGroup | null {
  const open = groups.find((group) => group.name === name && group.closedAt === null);
  const [worst] = alerts
    .filter(({ spec }) => spec.group === name)
    .flatMap(({ status }) => (status === 'OK' ? [] : [status]))
    .sort((one, other) => RANK[other] - RANK[one]);
  if (!open) {
    const id = idFor('3gr', `group ${name} ${groups.length}`);
    return worst ? { id, name, status: worst, createdAt: at, closedAt: null } : null;
  }
  if (!worst) return { ...open, status: 'OK', closedAt: at };
  return worst === open.status ? null : { ...open, status: worst };
}

/** The shape is undocumented: as github.com/kmuto/mackerel-webhook-gateway reads it. */
export function groupPayload({ id, name, status, createdAt, closedAt }: AlertGroup): object {
  const site = 'https://mackerel.io/orgs/switchboard';
  return {
    orgName: 'switchboard',
    event: 'alertGroup',
    imageUrl: null,
    alertGroup: { id, url: `${site}/alert-groups/${id}`, status, createdAt, closedAt },
    alertGroupSetting: {
      id: idFor('3gs', `group setting ${name}`),
      name,
      url: `${site}/alert-group-settings`,
    },
  };
}

export const isGroupOpen = ({ closedAt }: AlertGroup): boolean => closedAt === null;

/** Whether a channel with group notification gets this alert itself. */
export const isToldAlone = ({ spec }: MackerelAlert): boolean => spec.group === undefined;
