import type { Desk } from './desk';
import type { Source } from './document';
import { conduct } from './execute';
import { type Leg, openLeg } from './leg';
import { isFull, TOO_MANY } from './limit';
import { checkNames, eventsFrom, type Form, methodFrom, RestFault, urlFrom, wholeFrom } from './rest-form';
import { startRinging } from './ring';
import { phoneNumber } from './twiml/values';

const KNOWN = [
  'To',
  'From',
  'Url',
  'Method',
  'Twiml',
  'FallbackUrl',
  'FallbackMethod',
  'StatusCallback',
  'StatusCallbackEvent',
  'StatusCallbackMethod',
  'Timeout',
  'TimeLimit',
  'CallReason',
];

/** Seconds of ringing (docs/voice/api/call-resource). */
const DEFAULT_TIMEOUT = 60;
const LONGEST_TIMEOUT = 600;
const LONGEST_TWIML = 4000;

/** POST …/Calls.json: the call is queued, and rings when the answer has been sent and its turn has come. */
export function createCall(desk: Desk, form: Form): Leg {
  checkNames(form, KNOWN);
  const { from, to } = partiesIn(desk, form);
  const source = sourceIn(form);
  if (!source) throw new RestFault(400, 21205, 'Url parameter is required');
  const timeout = wholeFrom(form, 'Timeout', LONGEST_TIMEOUT) ?? DEFAULT_TIMEOUT;
  const fallbackUrl = urlFrom(form, 'FallbackUrl', 21205);
  const statusUrl = urlFrom(form, 'StatusCallback', 21609);
  const status = statusUrl && {
    url: statusUrl,
    method: methodFrom(form, 'StatusCallbackMethod'),
    events: eventsFrom(form),
    next: 0,
  };
  const timeLimit = wholeFrom(form, 'TimeLimit', 86400);
  if (desk.beyondLimit === 'refused' && isFull(desk))
    throw new RestFault(429, TOO_MANY.code, TOO_MANY.message);
  const wait = desk.queue.join();
  const leg = openLeg(desk, {
    account: desk.account,
    from,
    to,
    direction: 'outbound-api',
    status,
    timeLimit,
    queueTime: wait * 1000,
  });
  if (fallbackUrl) leg.fallback = { url: fallbackUrl, method: methodFrom(form, 'FallbackMethod') };
  leg.onAnswer.add(() => void conduct(desk, leg, source));
  leg.scope.onOver(desk.clock.after(wait, () => startRinging(desk, leg, timeout)));
  return leg;
}

function partiesIn(desk: Desk, form: Form): { from: string; to: string } {
  const to = form.get('To');
  const from = form.get('From');
  if (to === null || to === '') throw new RestFault(400, 21201, "No 'To' number is specified");
  if (from === null || from === '') throw new RestFault(400, 21213, "No 'From' number is specified");
  if (!phoneNumber(to)) throw new RestFault(400, 21211, "Invalid 'To' Phone Number");
  if (!phoneNumber(from)) throw new RestFault(400, 21212, "Invalid 'From' Phone Number");
  const ours = desk.owned.some(
    ({ number, account }) => number === from && (account?.sid ?? desk.account.sid) === desk.account.sid,
  );
  if (!ours)
    throw new RestFault(
      400,
      21210,
      "'From' phone number not verified: it is not one of the account's numbers",
    );
  return { from, to };
}

/** Url wins over Twiml when both are given. */
export function sourceIn(form: Form): Source | undefined {
  const url = urlFrom(form, 'Url', 21205);
  if (url) return { from: 'url', kind: 'twiml', url, method: methodFrom(form, 'Method') };
  const twiml = form.get('Twiml');
  if (twiml === null) return undefined;
  if (twiml.length > LONGEST_TWIML) throw new RestFault(400, 32018, 'Twiml is longer than 4000 characters');
  return { from: 'text', twiml };
}
