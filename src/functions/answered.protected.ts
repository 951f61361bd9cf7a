/** A member, or a voicemail, picked up: says what is wrong, and asks for a key. */
import { isGoingOn } from '../core/escalation/state';
import { voiceEndpoint } from '../http/endpoint';
import { withJoined } from '../page/joining';
import { noteOf } from '../page/note';
import { makeSureOfTaking } from '../page/taking';
import { fromParams } from '../twilio/continuation';
import { hangUpTwiml, memberTwiml } from '../twilio/voice';

export const handler = voiceEndpoint(async (params, services) => {
  const { list, pages, inbox, now } = services;
  const carried = fromParams(params);
  if (!carried) return { twiml: hangUpTwiml(), note: { event: 'ignored' } };
  const { page, attempt } = carried;
  const [outcome, aside] = await Promise.all([
    pages.apply({ kind: 'answered', page, attempt, at: now() }, carried),
    inbox.of(page),
  ]);
  await makeSureOfTaking(services, outcome, carried, params);
  const whole = isGoingOn(outcome.state.page) ? await withJoined(services, outcome, aside) : outcome;
  return { twiml: memberTwiml(whole.step, { list, ...whole, now: now() }), note: noteOf('answered', whole) };
}, hangUpTwiml);
