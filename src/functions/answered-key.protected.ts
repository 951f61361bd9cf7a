/** A member pressed a key: 1 takes the page, 2 passes it on, * repeats the message. */
import { memberAt, type State } from '../core/escalation/state';
import type { MemberStep } from '../core/escalation/step';
import { voiceEndpoint } from '../http/endpoint';
import { makeSureOfTaking } from '../taking';
import { fromParams } from '../twilio/continuation';
import { readKey } from '../twilio/requests';
import { hangUpTwiml, memberTwiml } from '../twilio/voice';

export const handler = voiceEndpoint(async (params, services) => {
  const { list, pages, now } = services;
  const carried = fromParams(params);
  const key = readKey(params);
  if (!carried) return { twiml: hangUpTwiml(), note: { step: 'ignored' } };
  const { page, attempt, state, revision } = carried;
  if (key === 'take' || key === 'pass') {
    const outcome = await pages.apply({ kind: 'key-pressed', page, attempt, key, at: now() }, carried);
    await makeSureOfTaking(services, outcome, params);
    const note = { step: outcome.step.kind, remembered: outcome.revision !== null };
    return { twiml: memberTwiml(outcome.step, { list, ...outcome }), note };
  }
  const step = state && againTo(state, attempt);
  if (!step) return { twiml: hangUpTwiml(), note: { step: 'ignored' } };
  const before = key === 'unknown' ? 'unknown-key' : null;
  return { twiml: memberTwiml(step, { list, state, revision }, before), note: { step: key } };
}, hangUpTwiml);

/** The message once more, as the URL carries it: hearing it again changes nothing, so nothing is asked. */
function againTo({ page }: State, attempt: number): MemberStep | null {
  return page && { kind: 'brief', member: memberAt(page, attempt) };
}
