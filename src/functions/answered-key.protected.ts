/** A member pressed a key: 1 takes the page, 2 passes it on, * repeats the message, 9 closes the alert. */
import { memberAt } from '../core/escalation/state';
import { voiceEndpoint } from '../http/endpoint';
import { noteOf } from '../page/note';
import { closeByPhone, makeSureOfTaking } from '../page/taking';
import { fromParams } from '../twilio/continuation';
import { readKey } from '../twilio/requests';
import { hangUpTwiml, memberTwiml } from '../twilio/voice';

export const handler = voiceEndpoint(async (params, services) => {
  const { list, pages, now } = services;
  const carried = fromParams(params);
  const state = carried?.state;
  if (!carried || !state?.page) return { twiml: hangUpTwiml(), note: { event: 'ignored' } };
  const { page, attempt, revision } = carried;
  const key = readKey(params);
  const line = { list, state, revision, now: now() };
  const member = memberAt(state.page, attempt);
  if (params.asked === 'close' && key === 'take') {
    const { step, ...outcome } = await closeByPhone(services, state, carried, member);
    return { twiml: memberTwiml(step, { ...line, ...outcome }), note: { event: 'close', step: step.kind } };
  }
  if (params.asked !== 'close' && (key === 'take' || key === 'pass')) {
    const outcome = await pages.apply({ kind: 'key-pressed', page, attempt, key, at: now() }, carried);
    await makeSureOfTaking(services, outcome, carried, params);
    return { twiml: memberTwiml(outcome.step, { ...line, ...outcome }), note: noteOf(key, outcome) };
  }
  // Hearing it again changes nothing: what the URL carries is said once more, and nobody is asked.
  const asksToClose = params.asked !== 'close' && key === 'close' && state.mayWrite === true;
  const isUnknown = params.asked !== 'close' && key !== 'repeat' && !asksToClose;
  const step = asksToClose
    ? ({ kind: 'ask-to-close', member } as const)
    : ({ kind: 'brief', member } as const);
  return {
    twiml: memberTwiml(step, line, isUnknown ? 'unknown-key' : null),
    note: { event: key, step: step.kind },
  };
}, hangUpTwiml);
