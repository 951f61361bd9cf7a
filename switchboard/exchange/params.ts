import type { Leg } from './leg';

const API_VERSION = '2010-04-01';

/** What Twilio sends with every request about a call (docs/voice/twiml, "Twilio's request"). */
export function standardParams(leg: Leg): Record<string, string> {
  const { sid, accountSid, parentCallSid, from, to, status, direction } = leg.record;
  return {
    CallSid: sid,
    AccountSid: accountSid,
    ...(parentCallSid === undefined ? {} : { ParentCallSid: parentCallSid }),
    From: from,
    To: to,
    Caller: from,
    Called: to,
    CallStatus: status,
    ApiVersion: API_VERSION,
    Direction: direction,
    ...placeOf('From', from),
    ...placeOf('To', to),
    ...placeOf('Caller', from),
    ...placeOf('Called', to),
  };
}

/** Twilio sends empty place fields for a number that it knows nothing about. */
function placeOf(whose: string, number: string): Record<string, string> {
  const country = number.startsWith('+81') ? 'JP' : number.startsWith('+1') ? 'US' : '';
  return {
    [`${whose}City`]: '',
    [`${whose}State`]: '',
    [`${whose}Zip`]: '',
    [`${whose}Country`]: country,
  };
}

/** "Sun, 22 Nov 2026 01:02:03 +0000": RFC 2822, UTC. */
export const rfc2822 = (milliseconds: number): string =>
  new Date(milliseconds).toUTCString().replace('GMT', '+0000');
