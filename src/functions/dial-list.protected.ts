/** Mackerel's call, or somebody's who tries the line out: starts a page. Comes back here after a pause. */
import { turnByDate } from '../core/rotation';
import { voiceEndpoint } from '../http/endpoint';
import { readNotification } from '../mackerel/notification';
import { fromParams } from '../twilio/continuation';
import { readCallerLeg } from '../twilio/requests';
import { askAgainTwiml, callerTwiml, hangUpTwiml } from '../twilio/voice';

export const handler = voiceEndpoint(
  async (params, { list, pages, now }) => {
    const leg = readCallerLeg(params);
    const at = now();
    const carried = fromParams(params);
    const alert = readNotification(params, at);
    const starting = { at, call: leg.sid, turn: turnByDate(list, at * 1000) };
    const { step, state, revision } = carried
      ? await pages.apply({ kind: 'pause-over', page: carried.page, attempt: carried.attempt, at }, carried)
      : alert
        ? await pages.apply({ kind: 'alert-notified', alert, ...starting }, null)
        : await pages.apply({ kind: 'test-started', ...starting }, null);
    const twiml = callerTwiml(step, { list, state, revision, callerId: leg.ourNumber });
    return { twiml, note: { page: state.page?.id, step: step.kind, remembered: revision !== null } };
  },
  (params) => (params.again ? hangUpTwiml() : askAgainTwiml('/dial-list', params)),
);
