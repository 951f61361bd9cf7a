/** Mackerel's call, or somebody's who tries the line out: starts a page. Comes back here after a pause. */
import { voiceEndpoint } from '../http/endpoint';
import { readNotification } from '../mackerel/notification';
import { noteOf } from '../page/note';
import { notified, resumed } from '../page/notified';
import { askAgainTwiml, callerTwiml, hangUpTwiml } from '../twilio/caller';
import { fromParams } from '../twilio/continuation';
import { readCallerLeg } from '../twilio/requests';

export const handler = voiceEndpoint(
  async (params, services) => {
    const { list, calls, news, origin, now } = services;
    const { sid, ourNumber } = readCallerLeg(params);
    const at = now();
    const carried = fromParams(params);
    const outcome = carried
      ? await resumed(services, carried, sid)
      : await notified(services, readNotification(params, at), sid);
    const { step, state, revision } = outcome;
    // What this call is about is closed, and another one rings for it.
    if (step.kind === 'end-call' && step.call !== sid) await calls.complete(step.call);
    // Nobody waits for a ring: what has to be told must be told before this Function ends.
    const isUnknown = revision === null && step.kind === 'hang-up';
    if (state.page?.end !== null || isUnknown) await news.tellOutcome(outcome);
    const twiml = callerTwiml(step, { list, state, revision, origin, callerId: ourNumber, now: at });
    return { twiml, note: noteOf(carried ? 'pause-over' : 'notified', outcome) };
  },
  (params, origin) => (params.again ? hangUpTwiml() : askAgainTwiml(`${origin}/dial-list`, params)),
);
