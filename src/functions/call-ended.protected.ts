/** Mackerel's call is over (its Status Callback URL): a page that was going on in it goes on by calls of our own. */
import { hasBeenHere } from '../core/escalation/starting';
import { statusEndpoint } from '../http/endpoint';
import { settleLostCall } from '../page/lost-call';
import { startMissed } from '../page/missed-call';
import { isOver, readCallerLeg } from '../twilio/requests';

export const handler = statusEndpoint(async (params, services) => {
  const { CallStatus } = params;
  const { sid, ourNumber } = readCallerLeg(params);
  if (!isOver(CallStatus) || !ourNumber) return { event: 'ignored' };
  const event = `call ${CallStatus}`;
  if (await services.inbox.knowsCall(sid)) return { event, step: 'known' };
  // No document yet is an empty state; null stands for a Sync that does not say.
  const stored = await services.pages.reading().catch(() => null);
  if (stored?.data.page?.call === sid) {
    const { id: page, attempt } = stored.data.page;
    const carried = { page, attempt, state: stored.data, revision: stored.revision };
    return { event, page, ...(await settleLostCall(services, sid, carried, false, ourNumber)) };
  }
  if (stored && hasBeenHere(stored.data, sid)) return { event, step: 'known' };
  const call = { call: sid, from: ourNumber, wasAnswered: CallStatus === 'completed' };
  const started = await startMissed(services, call, stored);
  return { event: `missed ${event}`, step: started };
});
