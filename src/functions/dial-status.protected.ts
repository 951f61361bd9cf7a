/** How a member's leg is getting on. Off the voice path: here the news is told, and a dead call is noticed. */
import { statusEndpoint } from '../http/endpoint';
import { legEnded, legStarted } from '../page/leg-status';
import { fromParams } from '../twilio/continuation';
import { isOver } from '../twilio/requests';

export const handler = statusEndpoint(async (params, services) => {
  const carried = fromParams(params);
  if (!carried || params.settled) return { step: 'ignored' };
  if (params.CallStatus === 'initiated') await legStarted(services, carried);
  else if (isOver(params.CallStatus)) await legEnded(services, carried, params);
  else await tellStored();
  return { status: params.CallStatus };

  async function tellStored(): Promise<void> {
    const stored = await services.pages.read();
    if (stored) await services.news.tell(stored.data);
  }
});
