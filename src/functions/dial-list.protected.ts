/** Mackerel's call, or a test of the line: starts a page. Comes back here after a pause. */
import { readNotification } from '../mackerel/notification';
import { voiceEndpoint } from '../platform/endpoint';
import { fromParams } from '../store/continuation';
import { askAgainTwiml, callerTwiml, hangUpTwiml } from '../voice/caller';
import { readCallerLeg, readWaited } from '../voice/params';
import { dialList, pauseEnded } from '../webhooks/dial-list';
import { entryOf } from '../webhooks/steps/log-entry';

export const handler = voiceEndpoint(
  async (params, services) => {
    const { list, news, origin, now } = services;
    const { sid, ourNumber } = readCallerLeg(params);
    const at = now();
    const carried = fromParams(params);
    const alert = carried ? null : readNotification(params, at);
    const outcome = carried
      ? await pauseEnded(services, carried, sid)
      : await dialList(services, alert, sid, readWaited(params));
    const { step, state, revision } = outcome;
    // This call's alert has closed, and another call rings for it.
    if (step.kind === 'end-call' && step.call !== sid) await services.calls.complete(step.call);
    // Nobody is rung, so the news is posted before this Function ends.
    const isUnknown = revision === null && step.kind === 'hang-up';
    const isToTell = state.page?.end !== null || isUnknown;
    if (isToTell && step.kind !== 'wait') await news.tellOutcome(outcome);
    const line = { list, state, revision, origin, callerId: ourNumber, now: at };
    const twiml = callerTwiml(step, { ...line, ...(alert && { alertId: alert.id }) });
    return { twiml, note: entryOf(carried ? 'pause-over' : 'notified', outcome) };
  },
  (params, origin) => (params.again ? hangUpTwiml() : askAgainTwiml(`${origin}/dial-list`, params)),
);
