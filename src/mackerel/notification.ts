/** The parameters that Mackerel's Twilio channel adds to its call. mackerel.io/docs/entry/howto/alerts/twilio */
import { type AlertDetails, UNKNOWN_ID } from '../escalation';
import type { Params } from '../platform/params';

/** Mackerel's ids are short and plain; any other text is not an id. */
const ID = /^[\w-]{1,64}$/;
export const isId = (id: unknown): id is string => typeof id === 'string' && ID.test(id);

/**
 * The alert that a call is about; null if somebody only tests the line.
 *
 * Mackerel adds `alertId` to the TwiML URL unless the URL has a query of its own. So an outgoing call without it, to
 * a URL with another query, is about an alert whose id got lost, and is not a test.
 */
export function readNotification(params: Params, heardAt: number): AlertDetails | null {
  const { alertId, Direction } = params;
  if (isId(alertId)) return { id: alertId, heardAt };
  const hasOtherQuery = Object.keys(params).some((name) => !TWILIOS_OWN.test(name));
  const isLost = alertId !== undefined || (Direction === 'outbound-api' && hasOtherQuery);
  return isLost ? { id: UNKNOWN_ID, heardAt } : null;
}

/** Twilio's parameters are in PascalCase; ours, and those that people write into URLs, hardly ever are. */
const TWILIOS_OWN = /^[A-Z]/;
