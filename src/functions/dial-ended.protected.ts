/** A member's ring is over: rings the next, or hangs up. */
import { voiceEndpoint } from '../http/endpoint';
import { closedAlerts } from '../page/lookups';
import { settleLostCall } from '../page/lost-call';
import { noteOf } from '../page/note';
import { toldAndSaved } from '../page/saving';
import { askAgainTwiml, callerTwiml, hangUpTwiml } from '../twilio/caller';
import { fromParams, sinceThen } from '../twilio/continuation';
import { readCallerLeg, readDialResult } from '../twilio/requests';

export const handler = voiceEndpoint(
  async (params, services) => {
    const { list, pages, origin, now } = services;
    const carried = fromParams(params);
    const { sid, ourNumber, isOver } = readCallerLeg(params);
    if (!carried) return { twiml: hangUpTwiml(), note: { event: 'ignored' } };
    const { why, wasBridged } = readDialResult(params);
    if (isOver) {
      // The leg's own status callback tells the same; without memory only one of the two may go on.
      const stored = await pages.read();
      const settled = stored && (await settleLostCall(services, sid, carried, false, ourNumber ?? null));
      return { twiml: hangUpTwiml(), note: { event: 'call-over', ...settled } };
    }
    const { page, attempt } = carried;
    const { look, latest } = await closedAlerts(services, sinceThen(carried, why, services.facts !== null));
    const ended = { kind: 'ring-ended', page, attempt, call: sid, why, wasBridged, at: now() } as const;
    const outcome = await pages.apply({ ...ended, ...look }, latest);
    // Nobody waits for a ring, neither at the end nor in a pause: the news must be out before this Function ends.
    if (outcome.step.kind !== 'ring') {
      await toldAndSaved(services, outcome, (state) =>
        pages.apply({ ...ended, at: now() }, { page, attempt, state, revision: null }),
      );
    }
    const { step, state, revision } = outcome;
    const twiml = callerTwiml(step, { list, state, revision, origin, callerId: ourNumber, now: now() });
    return { twiml, note: noteOf('ring-ended', outcome) };
  },
  (params, origin) => (params.again ? hangUpTwiml() : askAgainTwiml(`${origin}/dial-ended`, params)),
);
