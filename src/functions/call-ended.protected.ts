/** Mackerel's call is over (its Status Callback URL): a page that was going on in it goes on by calls of our own. */
import { statusEndpoint } from '../http/endpoint';
import { settleLostCall } from '../page/lost-call';
import { startMissed } from '../page/missed-call';
import { isOver, readCallerLeg } from '../twilio/requests';

export const handler = statusEndpoint(async (params, services) => {
  const { CallStatus } = params;
  const { sid, ourNumber } = readCallerLeg(params);
  if (!isOver(CallStatus) || !ourNumber) return { event: 'ignored' };
  if (await services.inbox.knowsCall(sid)) return { event: `call ${CallStatus}` };
  const stored = await services.pages.read();
  if (stored?.data.page?.call === sid) {
    await settleLostCall(services, sid, null, false, ourNumber);
    return { event: `call ${CallStatus}`, page: stored.data.page.id };
  }
  const started = await startMissed(services, {
    call: sid,
    from: ourNumber,
    wasAnswered: CallStatus === 'completed',
  });
  return { event: `missed call ${CallStatus}`, step: started };
});
