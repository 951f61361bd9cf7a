/** Mackerel's Twilio channel of the kind "TwiML endpoint": mackerel.io/docs/entry/howto/alerts/twilio */
import { isClosed, type MackerelAlert } from './alert';

export type TwilioChannel = {
  /** Number A. */
  from: string;
  /** Number B. */
  to: string;
  twimlUrl: string;
  statusCallback?: string;
  /** The monitor's re-send interval, 600 or more; without it nothing is sent again. */
  resendEverySeconds?: number;
  /** `all` = Warning & Critical, as the form has it by default. */
  level?: 'all' | 'critical';
};

/**
 * Never on ok. UNKNOWN counts as at least Critical, as it does for notification groups; for this channel's own
 * "Critical only" the page does not say.
 */
export function isToCall({ level = 'all' }: TwilioChannel, alert: MackerelAlert): boolean {
  return !isClosed(alert) && (level === 'all' || alert.status !== 'WARNING');
}

/** The form of POST /Calls. */
export function callForm(channel: TwilioChannel, alertId: string): URLSearchParams {
  const { from, to, statusCallback } = channel;
  return new URLSearchParams({
    From: from,
    To: to,
    Url: twimlUrl(channel.twimlUrl, alertId),
    Method: 'GET',
    ...(statusCallback !== undefined && { StatusCallback: statusCallback }),
  });
}

/** A URL that has a query of its own gets nothing added. */
function twimlUrl(configured: string, alertId: string): string {
  return configured.includes('?') ? configured : `${configured}?alertId=${alertId}`;
}
