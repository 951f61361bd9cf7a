/** A member, or a voicemail, picked up: says what is wrong, and asks for a key. */
import { voiceEndpoint } from '../platform/endpoint';
import { fromParams } from '../store/continuation';
import { hangUpTwiml } from '../voice/caller';
import { memberTwiml } from '../voice/twiml';
import { answered } from '../webhooks/answered';
import { entryOf } from '../webhooks/steps/log-entry';

export const handler = voiceEndpoint(async (params, services) => {
  const { list, origin, now } = services;
  const carried = fromParams(params);
  if (!carried) return { twiml: hangUpTwiml(), note: { event: 'ignored' } };
  const outcome = await answered(services, carried, params);
  return {
    twiml: memberTwiml(outcome.step, { list, ...outcome, origin, now: now() }),
    note: entryOf('answered', outcome),
  };
}, hangUpTwiml);
