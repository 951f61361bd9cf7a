/** A member pressed a key: 1 takes the page, 2 passes it on, * repeats the message, 9 closes the alert. Or heard it all. */
import { voiceEndpoint } from '../http/endpoint';
import { afterKey } from '../page/keys';
import { noteOf } from '../page/note';
import { hangUpTwiml } from '../twilio/caller';
import { fromParams } from '../twilio/continuation';
import { readKey } from '../twilio/requests';
import { memberTwiml } from '../twilio/voice';

export const handler = voiceEndpoint(async (params, services) => {
  const { list, origin, now } = services;
  const carried = fromParams(params);
  if (!carried) return { twiml: hangUpTwiml(), note: { event: 'ignored' } };
  const outcome = await afterKey(services, carried, params);
  // Neither the URL nor Sync tells of the page: nothing can be said of it, not even that it is over.
  const isKnown = outcome.state.page !== null;
  const twiml = isKnown ? memberTwiml(outcome.step, { list, ...outcome, origin, now: now() }) : hangUpTwiml();
  return { twiml, note: noteOf(params.confirmed ? 'confirmed' : readKey(params), outcome) };
}, hangUpTwiml);
