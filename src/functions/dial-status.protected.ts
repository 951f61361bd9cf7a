/** How a member's leg is getting on. Off the voice path: here the news is told, and a dead call is noticed. */
import { statusEndpoint } from '../http/endpoint';
import { settleLostCall } from '../lost-call';
import { fromParams } from '../twilio/continuation';
import { isOver } from '../twilio/requests';

export const handler = statusEndpoint(async (params, services) => {
  const { pages, news, calls } = services;
  const { CallStatus, ParentCallSid } = params;
  const carried = fromParams(params);
  if (!carried) return { step: 'ignored' };
  const stored = CallStatus === 'initiated' && carried.revision ? carried.state : (await pages.read())?.data;
  if (stored) await news.tell(stored);
  else if (carried.state && CallStatus === 'initiated') await news.tellLatest(carried.state);
  if (isOver(CallStatus) && ParentCallSid && (await calls.isOver(ParentCallSid))) {
    await settleLostCall(services, carried, CallStatus !== 'completed');
  }
  return { status: CallStatus, remembered: stored !== undefined };
});
