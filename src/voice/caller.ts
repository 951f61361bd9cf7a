/**
 * TwiML for the caller's leg, which carries a page, and the input for the TwiML of both legs. Without speech, which
 * is large.
 */
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { DialList, Member } from '../dial-list/list';
import type { CallerStep, State } from '../escalation';
import { PAGE } from '../platform/budget';
import { toQuery } from '../store/continuation';

/** The input for a page's TwiML. */
export type Line = {
  readonly list: DialList;
  readonly state: State;
  readonly revision: string | null;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Where our Functions are reached: src/platform/origin */
  readonly origin: string;
  /** Our number, which the member sees; undefined if the request did not show it. */
  readonly callerId?: string;
  /** The alert that this call is about, for when the call comes back. */
  readonly alertId?: string;
  /** What the member has heard so far. */
  readonly briefed?: Briefed;
  /** What the member will have heard after this answer, if that is more. */
  readonly heard?: Briefed;
};

/** When a member heard the message, in milliseconds since the epoch, and how many alerts it was about. */
export type Briefed = { readonly atMs: number; readonly alerts: number };

/** The paths of a page's callbacks. */
type Callback = '/dial-list' | '/dial-ended' | '/dial-status' | '/answered' | '/answered-key';

/** The URLs of a page's callbacks: the state is packed once for all of them. */
export function callbacks({ origin, state, revision }: Line): (path: Callback) => string {
  const query = toQuery(state, revision);
  return (path) => `${origin}${path}?${query}`;
}

/** On the caller's leg: ring a member, wait, or hang up. */
export function callerTwiml(step: CallerStep, line: Line): string {
  const response = new VoiceResponse();
  if (step.kind === 'ring') addDial(response, memberOf(line.list, step.member), line);
  if (step.kind === 'pause') {
    response.pause({ length: step.seconds });
    response.redirect({ method: 'POST' }, callbacks(line)('/dial-list'));
  }
  if (step.kind === 'wait') {
    response.pause({ length: step.seconds });
    const query = new URLSearchParams({
      ...(line.alertId && { alertId: line.alertId }),
      waited: String(step.times),
    });
    response.redirect({ method: 'POST' }, `${line.origin}/dial-list?${query}`);
  }
  if (step.kind === 'hang-up' || step.kind === 'end-call') response.hangup();
  return response.toString();
}

function addDial(response: VoiceResponse, member: Member, line: Line): void {
  const callback = callbacks(line);
  const dial = response.dial({
    ...(line.callerId && { callerId: line.callerId }),
    timeout: member.ringSeconds,
    // If Twilio cannot fetch the message, it connects the member to the hold music, which has no end.
    timeLimit: PAGE.talkSeconds,
    action: callback('/dial-ended'),
    method: 'POST',
  });
  dial.number(
    {
      url: callback('/answered'),
      method: 'POST',
      statusCallback: callback('/dial-status'),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['initiated', 'answered', 'completed'],
    },
    member.phone,
  );
}

/** If the member was removed from the list during a page, another one is rung: some phone must ring. */
export function memberOf({ members }: DialList, index: number): Member {
  const member = members[index % members.length];
  if (!member) throw new RangeError('The dial list has no members');
  return member;
}

/** Ends the leg, and the calls that it dialled. */
export function hangUpTwiml(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

/**
 * Asks the same webhook again in a moment, after an unforeseen fault.
 *
 * @param url absolute
 */
export function askAgainTwiml(url: string, params: Readonly<Record<string, string | undefined>>): string {
  const { page, attempt, revision, state, alerts, alertId, waited, DialCallStatus, DialBridged } = params;
  const query = new URLSearchParams({ again: '1' });
  for (const [name, value] of Object.entries({
    page,
    attempt,
    revision,
    state,
    alerts,
    alertId,
    waited,
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
