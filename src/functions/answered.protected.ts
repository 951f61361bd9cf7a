/** A member, or a voicemail, picked up: says what is wrong, and asks for a key. */
import { voiceEndpoint } from '../http/endpoint';
import { briefed } from '../page/keys';
import { noteOf } from '../page/note';
import { hangUpTwiml } from '../twilio/caller';
import { fromParams } from '../twilio/continuation';
import { memberTwiml } from '../twilio/voice';

export const handler = voiceEndpoint(async (params, services) => {
  const { list, origin, now } = services;
  const carried = fromParams(params);
  if (!carried) return { twiml: hangUpTwiml(), note: { event: 'ignored' } };
  const outcome = await briefed(services, carried, params);
  return {
    twiml: memberTwiml(outcome.step, { list, ...outcome, origin, now: now() }),
    note: noteOf('answered', outcome),
  };
}, hangUpTwiml);
