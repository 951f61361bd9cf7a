/** A member's ring is over: rings the next, or hangs up. */
import { voiceEndpoint } from '../http/endpoint';
import { settleLostCall } from '../lost-call';
import { fromParams } from '../twilio/continuation';
import { readCallerLeg, readDialResult } from '../twilio/requests';
import { askAgainTwiml, callerTwiml, hangUpTwiml } from '../twilio/voice';

export const handler = voiceEndpoint(
  async (params, services) => {
    const { list, pages, news, now } = services;
    const carried = fromParams(params);
    const leg = readCallerLeg(params);
    if (!carried) return { twiml: hangUpTwiml(), note: { step: 'ignored' } };
    const { why, wasBridged } = readDialResult(params);
    if (leg.isOver) {
      await settleLostCall(services, carried, why !== 'no-key');
      return { twiml: hangUpTwiml(), note: { step: 'call-over' } };
    }
    const { page, attempt } = carried;
    const outcome = await pages.apply(
      { kind: 'ring-ended', page, attempt, why, wasBridged, at: now() },
      carried,
    );
    // Nobody waits for a ring any more: the last news must be out before this Function ends.
    if (outcome.step.kind === 'hang-up') await news.tellOutcome(outcome);
    const { step, state, revision } = outcome;
    const twiml = callerTwiml(step, { list, state, revision, callerId: leg.ourNumber });
    return { twiml, note: { step: step.kind, remembered: revision !== null } };
  },
  (params) => (params.again ? hangUpTwiml() : askAgainTwiml('/dial-ended', params)),
);
