/**
 * An alert group: opens with the first alert that is affiliated with it, is as bad as the worst of them, and closes with
 * the last. Where group notification is on for a channel, its alerts are no longer notified there one by one
 * (mackerel.io/docs/entry/howto/alert-groups); the Twilio channel knows no groups.
 */
import { idFor, type MackerelAlert, type OpenStatus } from './alert';

export type AlertGroup = {
  readonly id: string;
  /** Of its setting, as people gave it. */
  readonly name: string;
  readonly status: OpenStatus | 'OK';
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly closedAt: number | null;
};

const RANK: Readonly<Record<OpenStatus, number>> = { CRITICAL: 3, UNKNOWN: 2, WARNING: 1 };

/** What the groups come to now that one of a group's alerts has changed; null where that changes nothing. */
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

/** Of an undocumented shape: as github.com/kmuto/mackerel-webhook-gateway reads it. */
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

/** Whether a channel with group notification on is told of this alert itself. */
export const isToldAlone = ({ spec }: MackerelAlert): boolean => spec.group === undefined;
