/** Mackerel's call is over (its Status Callback URL): a page that was going on in it goes on by calls of our own. */
import { statusEndpoint } from '../platform/endpoint';
import { isOver, readCallerLeg } from '../voice/params';
import { callEnded } from '../webhooks/call-ended';

export const handler = statusEndpoint(async (params, services) => {
  const { CallStatus } = params;
  const { sid, ourNumber } = readCallerLeg(params);
  if (!isOver(CallStatus) || !sid || !ourNumber) return { event: 'ignored' };
  const ended = { call: sid, from: ourNumber, wasAnswered: CallStatus === 'completed' };
  const { missed, ...entry } = await callEnded(services, ended);
  return { event: `${missed ? 'missed ' : ''}call ${CallStatus}`, ...entry };
});
