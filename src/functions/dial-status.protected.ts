/** How a member's leg is getting on. No caller waits: here the news is posted, and a dead call is noticed. */
import { statusEndpoint } from '../platform/endpoint';
import { fromParams } from '../store/continuation';
import { isOver } from '../voice/params';
import { legAnswered, legEnded, legStarted } from '../webhooks/dial-status';

export const handler = statusEndpoint(async (params, services) => {
  const carried = fromParams(params);
  const { CallStatus } = params;
  if (!carried || params.settled) return { event: 'ignored' };
  const event = `leg ${CallStatus}`;
  if (CallStatus === 'initiated') return { event, ...(await legStarted(services, carried, params)) };
  if (CallStatus === 'in-progress') return { event, ...(await legAnswered(services)) };
  if (isOver(CallStatus)) return { event, ...(await legEnded(services, carried, params)) };
  return { event };
});
