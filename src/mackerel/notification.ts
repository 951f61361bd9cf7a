/** What Mackerel's Twilio channel tells with its call. mackerel.io/docs/entry/howto/alerts/twilio */
import { type AlertDetails, UNKNOWN_ID } from '../escalation';
import type { Params } from '../platform/params';

/** Mackerel's ids are short and plain; anything else in that place is none. */
const ID = /^[\w-]{1,64}$/;
export const isId = (id: unknown): id is string => typeof id === 'string' && ID.test(id);

/**
 * The alert that a call is about; null where somebody only tries the line out.
 *
 * Mackerel adds `alertId` to the TwiML URL unless the URL has a query of its own. So an outgoing call without it,
 * to a URL with some other query, is an alert whose id got lost, and must not be taken for a test.
 */
export function readNotification(params: Params, heardAt: number): AlertDetails | null {
  const { alertId, Direction } = params;
  if (isId(alertId)) return { id: alertId, heardAt };
  const hasOtherQuery = Object.keys(params).some((name) => !TWILIOS_OWN.test(name));
  const isLost = alertId !== undefined || (Direction === 'outbound-api' && hasOtherQuery);
  return isLost ? { id: UNKNOWN_ID, heardAt } : null;
}

/** Twilio's parameters are in PascalCase; ours, and those that people put into URLs, are hardly ever. */
const TWILIOS_OWN = /^[A-Z]/;
