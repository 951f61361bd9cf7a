import { sourceIn } from './create-call';
import type { Desk } from './desk';
import { conduct } from './execute';
import { drop, isAnswered, isOver, type Leg } from './leg';
import { checkNames, type Form, methodFrom, RestFault, urlFrom } from './rest-form';

const KNOWN = [
  'Url',
  'Method',
  'Twiml',
  'Status',
  'StatusCallback',
  'StatusCallbackMethod',
  'FallbackUrl',
  'FallbackMethod',
];

/**
 * POST …/Calls/{sid}.json. `canceled` ends calls that are queued or ringing and leaves others alone, `completed` also
 * ends live ones; a new document takes over a live call. "To update a StatusCallback on a Call, it is required to set
 * the Url in the same statement": without one it is ignored (docs/voice/api/call-resource#update-a-call-resource).
 */
export function updateCall(desk: Desk, leg: Leg, form: Form): void {
  checkNames(form, KNOWN);
  const status = form.get('Status');
  if (status !== null && status !== 'canceled' && status !== 'completed')
    throw new RestFault(400, 20001, `Invalid Status: ${status}`);
  const source = sourceIn(form);
  if (isOver(leg)) throw new RestFault(400, 21220, 'Call is not in-progress. Cannot redirect.');
  if (source && status === null && !isAnswered(leg))
    throw new RestFault(400, 21220, 'Call is not in-progress. Cannot redirect.');

  const callback = urlFrom(form, 'StatusCallback', 21609);
  if (callback && form.has('Url'))
    leg.status = {
      url: callback,
      method: methodFrom(form, 'StatusCallbackMethod'),
      // Events of the update itself: what was asked for before does not count here.
      events: ['completed'],
      next: leg.status?.next ?? 0,
    };
  const fallback = urlFrom(form, 'FallbackUrl', 21205);
  if (fallback) leg.fallback = { url: fallback, method: methodFrom(form, 'FallbackMethod') };

  if (status === 'completed' || (status === 'canceled' && canBeCanceled(leg))) drop(desk, leg, 'rest');
  else if (source && status === null) {
    desk.tell({
      kind: 'redirected',
      callSid: leg.record.sid,
      phone: leg.record.to,
      status: leg.record.status,
    });
    void conduct(desk, leg, source);
  }
}

/** A call ringing within a Dial counts as in progress here: only `completed` ends it (docs/api/rest/change-call-state). */
const canBeCanceled = (leg: Leg): boolean => !isAnswered(leg) && leg.record.direction !== 'outbound-dial';
