/** Mackerel's Twilio channel of the kind "TwiML endpoint": mackerel.io/docs/entry/howto/alerts/twilio */
import { isClosed, type MackerelAlert } from './alert';

export type TwilioChannel = {
  /** Number A. */
  from: string;
  /** Number B. */
  to: string;
  twimlUrl: string;
  statusCallback?: string;
  /** The monitor's re-send interval, 600 or more; without it nothing is re-sent. */
  resendEverySeconds?: number;
  /** `all` = Warning & Critical, the form's default. */
  level?: 'all' | 'critical';
};

/**
 * Never on ok. UNKNOWN counts as at least Critical, as it does for notification groups. The documentation does not
 * say whether that holds for this channel's "Critical only".
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

/** Nothing is added to a URL that has a query of its own. */
function twimlUrl(configured: string, alertId: string): string {
  return configured.includes('?') ? configured : `${configured}?alertId=${alertId}`;
}
