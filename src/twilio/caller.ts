/** TwiML for the caller's leg, which carries a page; and what both legs are written from. No words: those are large. */
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { DialList, Member } from '../core/dial-list';
import { TALK_SECONDS } from '../core/escalation/answering';
import type { State } from '../core/escalation/state';
import type { CallerStep } from '../core/escalation/step';
import { toQuery } from './continuation';

/** What the TwiML of a page is written from. */
export type Line = {
  readonly list: DialList;
  readonly state: State;
  readonly revision: string | null;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Where our Functions are reached: src/http/origin */
  readonly origin: string;
  /** The number shown to the member, of ours; none where the request gave none. */
  readonly callerId?: string;
};

/** The paths that a page comes back to. */
type Callback = '/dial-list' | '/dial-ended' | '/dial-status' | '/answered' | '/answered-key';

export const callback = (path: Callback, { origin, state, revision }: Line) =>
  `${origin}${path}?${toQuery(state, revision)}`;

/** On the caller's leg: ring a member, wait, or hang up. */
export function callerTwiml(step: CallerStep, line: Line): string {
  const response = new VoiceResponse();
  if (step.kind === 'ring') addDial(response, memberOf(line.list, step.member), line);
  if (step.kind === 'pause') {
    response.pause({ length: step.seconds });
    response.redirect({ method: 'POST' }, callback('/dial-list', line));
  }
  if (step.kind === 'hang-up' || step.kind === 'end-call') response.hangup();
  return response.toString();
}

function addDial(response: VoiceResponse, member: Member, line: Line): void {
  const dial = response.dial({
    ...(line.callerId && { callerId: line.callerId }),
    timeout: member.ringSeconds,
    // Whom Twilio connects to the hold music for want of a message would listen to it for hours.
    timeLimit: TALK_SECONDS,
    action: callback('/dial-ended', line),
    method: 'POST',
  });
  dial.number(
    {
      url: callback('/answered', line),
      method: 'POST',
      statusCallback: callback('/dial-status', line),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['initiated', 'answered', 'completed'],
    },
    member.phone,
  );
}

/** Who has left the list while a page was ringing is stood in for: some phone must ring. */
export function memberOf({ members }: DialList, index: number): Member {
  const member = members[index % members.length];
  if (!member) throw new RangeError('The dial list has no members');
  return member;
}

/** Ends the leg, and with it whatever hangs on it. */
export function hangUpTwiml(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

/**
 * Asks the same webhook once more in a moment: for a fault that nobody foresaw.
 *
 * @param url absolute
 */
export function askAgainTwiml(url: string, params: Readonly<Record<string, string | undefined>>): string {
  const { page, attempt, revision, state, alertId, DialCallStatus, DialBridged } = params;
  const query = new URLSearchParams({ again: '1' });
  for (const [name, value] of Object.entries({
    page,
    attempt,
    revision,
    state,
    alertId,
    DialCallStatus,
    DialBridged,
  })) {
    if (value !== undefined) query.set(name, value);
  }
  const response = new VoiceResponse();
  response.pause({ length: 2 });
  response.redirect({ method: 'POST' }, `${url}?${query}`);
  return response.toString();
}
