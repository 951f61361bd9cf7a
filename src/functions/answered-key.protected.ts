/**
 * A member pressed a key: 1 takes the page, 2 passes it on, * repeats the message, 9 closes the alerts. Or the
 * confirmation is over.
 */
import { voiceEndpoint } from '../platform/endpoint';
import { fromParams } from '../store/continuation';
import { hangUpTwiml } from '../voice/caller';
import { readKey } from '../voice/params';
import { memberTwiml } from '../voice/twiml';
import { answeredKey } from '../webhooks/answered-key';
import { entryOf } from '../webhooks/steps/log-entry';

export const handler = voiceEndpoint(async (params, services) => {
  const { list, origin, now } = services;
  const carried = fromParams(params);
  if (!carried) return { twiml: hangUpTwiml(), note: { event: 'ignored' } };
  const outcome = await answeredKey(services, carried, params);
  // Neither the URL nor Sync knows the page, so there is nothing to say about it.
  const isKnown = outcome.state.page !== null;
  const twiml = isKnown ? memberTwiml(outcome.step, { list, ...outcome, origin, now: now() }) : hangUpTwiml();
  return { twiml, note: entryOf(params.confirmed ? 'confirmed' : readKey(params), outcome) };
}, hangUpTwiml);
