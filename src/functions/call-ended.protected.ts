/** Mackerel's call is over (its Status Callback URL): a page that was going on in it goes on by calls of our own. */
import { statusEndpoint } from '../http/endpoint';
import { heardOfEnd, settleLostCall } from '../page/lost-call';
import { startMissed, wasHere } from '../page/missed-call';
import { isOver, readCallerLeg } from '../twilio/requests';

export const handler = statusEndpoint(async (params, services) => {
  const { CallStatus } = params;
  const { sid, ourNumber } = readCallerLeg(params);
  if (!isOver(CallStatus) || !ourNumber) return { event: 'ignored' };
  const event = `call ${CallStatus}`;
  if (await services.inbox.knowsCall(sid)) return { event, step: 'known' };
  // No document yet is an empty state; null stands for a Sync that does not say.
  const stored = await services.pages.reading().catch(() => null);
  const { page } = stored?.data ?? {};
  if (stored && page?.call === sid) {
    const { data: state, revision } = await heardOfEnd(services, stored);
    const carried = { page: page.id, attempt: page.attempt, state, revision };
    return { event, page: page.id, ...(await settleLostCall(services, sid, carried, false, ourNumber)) };
  }
  const call = { call: sid, from: ourNumber, wasAnswered: CallStatus === 'completed' };
  if (wasHere(call, stored, services.now())) return { event, step: 'known' };
  return { event: `missed ${event}`, ...(await startMissed(services, call, stored)) };
});
