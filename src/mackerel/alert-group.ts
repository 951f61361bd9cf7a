/**
 * An alert group, as Mackerel's webhook channel posts it if group notification is on for the channel. The channel
 * then gets nothing about the alerts in the group (mackerel.io/docs/entry/howto/alert-groups).
 *
 * Mackerel documents no JSON for it. This is the shape that a public receiver of Mackerel's reads:
 * github.com/kmuto/mackerel-webhook-gateway
 */
import * as v from 'valibot';
import type { AlertDetails } from '../escalation';
import { statusOf, trimmed } from './details';
import { link, optional, text, time } from './fields';
import { isId } from './notification';

const groupEventSchema = v.object({
  alertGroup: v.object({
    id: v.custom<string>(isId),
    status: v.string(),
    url: link,
    createdAt: time,
    /** Null while it is open. */
    closedAt: optional(v.custom<number | null>(Number.isFinite)),
  }),
  alertGroupSetting: optional(v.object({ name: text, memo: text })),
});

export type PostedGroup =
  | { readonly kind: 'opened'; readonly alert: AlertDetails }
  | { readonly kind: 'closed'; readonly id: string };

/** Null if it does not have that shape. */
export function readGroup(body: object, heardAt: number): PostedGroup | null {
  const parsed = v.safeParse(groupEventSchema, body);
  if (!parsed.success) return null;
  const { alertGroup, alertGroupSetting } = parsed.output;
  const { id, status, closedAt, createdAt, url } = alertGroup;
  if (status.toLowerCase() === 'ok' || typeof closedAt === 'number') return { kind: 'closed', id };
  const alert = trimmed<AlertDetails>({
    id,
    heardAt,
    isGroup: true,
    status: statusOf(status),
    monitor: alertGroupSetting?.name,
    notes: alertGroupSetting?.memo,
    openedAt: createdAt,
    url,
  });
  return { kind: 'opened', alert };
}
