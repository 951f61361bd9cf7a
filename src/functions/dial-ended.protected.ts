/** A member's ring is over: rings the next, or hangs up. */
import { voiceEndpoint } from '../platform/endpoint';
import { fromParams } from '../store/continuation';
import { askAgainTwiml, callerTwiml, hangUpTwiml } from '../voice/caller';
import { readCallerLeg, readDialResult } from '../voice/params';
import { dialEnded, dialEndedTooLate } from '../webhooks/dial-ended';
import { entryOf } from '../webhooks/steps/log-entry';

export const handler = voiceEndpoint(
  async (params, services) => {
    const { list, origin, now } = services;
    const carried = fromParams(params);
    const { sid, ourNumber, isOver } = readCallerLeg(params);
    if (!carried) return { twiml: hangUpTwiml(), note: { event: 'ignored' } };
    if (isOver)
      return {
        twiml: hangUpTwiml(),
        note: await dialEndedTooLate(services, carried, sid, ourNumber ?? null),
      };
    const outcome = await dialEnded(services, carried, { call: sid, ...readDialResult(params) });
    const { step, state, revision } = outcome;
    const twiml = callerTwiml(step, { list, state, revision, origin, callerId: ourNumber, now: now() });
    return { twiml, note: entryOf('ring-ended', outcome) };
  },
  (params, origin) => (params.again ? hangUpTwiml() : askAgainTwiml(`${origin}/dial-ended`, params)),
);
