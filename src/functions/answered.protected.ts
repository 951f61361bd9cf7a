/** A member, or a voicemail, picked up: says what is wrong, and asks for a key. */
import { voiceEndpoint } from '../http/endpoint';
import { makeSureOfTaking } from '../taking';
import { fromParams } from '../twilio/continuation';
import { hangUpTwiml, memberTwiml } from '../twilio/voice';

export const handler = voiceEndpoint(async (params, services) => {
  const { list, pages, now } = services;
  const carried = fromParams(params);
  if (!carried) return { twiml: hangUpTwiml(), note: { step: 'ignored' } };
  const { page, attempt } = carried;
  const outcome = await pages.apply({ kind: 'answered', page, attempt, at: now() }, carried);
  await makeSureOfTaking(services, outcome, params);
  const { step, state, revision } = outcome;
  return {
    twiml: memberTwiml(step, { list, state, revision }),
    note: { step: step.kind, remembered: revision !== null },
  };
}, hangUpTwiml);
