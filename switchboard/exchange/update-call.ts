import { sourceIn } from './create-call';
import type { Desk } from './desk';
import { conduct } from './execute';
import { end, isAnswered, isOver, type Leg } from './leg';
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
 * POST …/Calls/{sid}.json. `canceled` ends calls that are queued or ringing, `completed` live ones too; a new
 * document takes a live call over (docs/voice/api/call-resource#update-a-call-resource).
 */
export function updateCall(desk: Desk, leg: Leg, form: Form): void {
  checkNames(form, KNOWN);
  const status = form.get('Status');
  if (status !== null && status !== 'canceled' && status !== 'completed')
    throw new RestFault(400, 20001, `Invalid Status: ${status}`);
  const source = sourceIn(form);
  if (isOver(leg)) throw new RestFault(400, 21220, 'Call is not in-progress. Cannot redirect.');
  if ((source && !isAnswered(leg)) || (status === 'canceled' && isAnswered(leg)))
    throw new RestFault(
      400,
      21220,
      `Call is ${leg.record.status}. Cannot ${source ? 'redirect' : 'cancel'}.`,
    );

  const callback = urlFrom(form, 'StatusCallback', 21609);
  if (callback)
    leg.status = {
      url: callback,
      method: methodFrom(form, 'StatusCallbackMethod'),
      events: leg.status?.events ?? ['completed'],
      next: leg.status?.next ?? 0,
    };
  const fallback = urlFrom(form, 'FallbackUrl', 21205);
  if (fallback) leg.fallback = { url: fallback, method: methodFrom(form, 'FallbackMethod') };

  if (status !== null) end(desk, leg, isAnswered(leg) ? 'completed' : 'canceled', 'rest');
  else if (source) {
    desk.tell({
      kind: 'redirected',
      callSid: leg.record.sid,
      phone: leg.record.to,
      status: leg.record.status,
    });
    void conduct(desk, leg, source);
  }
}
