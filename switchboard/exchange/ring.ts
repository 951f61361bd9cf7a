import type { Desk, OwnedNumber } from './desk';
import { conduct } from './execute';
import { answer, drop, end, isAnswered, type Leg, openLeg, progress } from './leg';
import { isFull, reject } from './limit';
import { callFrom, holdPhone } from './person';
import type { Gesture } from './phone';

/** Twilio waits this much longer than told (docs/voice/twiml/dial, "timeout"). */
const RING_BUFFER = 5;

/** Dials the number of a leg: a person's phone, or one of our own numbers. `timeout` without the 5 s buffer. */
export function startRinging(desk: Desk, leg: Leg, timeout: number): void {
  progress(desk, leg, 'initiated');
  if (isFull(desk, leg)) return void reject(desk, leg);
  const cancel = desk.clock.after(timeout + RING_BUFFER, () => end(desk, leg, 'no-answer', 'timeout'));
  leg.onAnswer.add(cancel);
  leg.scope.onOver(cancel);
  const number = desk.owned.find((owned) => owned.number === leg.record.to);
  if (number) ringNumber(desk, leg, number);
  else holdPhone(desk, leg, desk.phone(leg.record.to));
}

/** Seconds until the network reports an engaged or dead line. */
const SETUP = 1;

/** The call arrives at one of Twilio's numbers: a leg of its own, in that number's account, with its own document. */
function ringNumber(desk: Desk, outer: Leg, number: OwnedNumber): void {
  if (number.line === 'busy' || number.line === 'out-of-order') {
    const [status, who] =
      number.line === 'busy' ? (['busy', 'callee'] as const) : (['failed', 'network'] as const);
    outer.scope.onOver(desk.clock.after(SETUP, () => end(desk, outer, status, who)));
    return;
  }
  const account = number.account ?? desk.account;
  if (account.sid === desk.account.sid && isFull(desk)) return void reject(desk, outer);
  const { from, to } = outer.record;
  const inner = openLeg(desk, { account, from, to, direction: 'inbound' });
  outer.scope.onOver(() => drop(desk, inner, 'caller'));
  inner.scope.onOver(() => {
    const { status } = inner.record;
    if (isAnswered(outer)) end(desk, outer, 'completed', 'callee');
    else end(desk, outer, status === 'busy' || status === 'no-answer' ? status : 'failed', 'callee');
  });
  inner.onAnswer.add(() => answer(desk, outer, 'number'));
  desk.tell({ kind: 'ringing', callSid: outer.record.sid, phone: to, from });
  progress(desk, outer, 'ringing');
  progress(desk, inner, 'ringing');
  if (number.line === 'unanswered') return;
  if (number.voiceUrl === undefined) end(desk, inner, 'failed', 'network');
  else {
    const url = new URL(number.voiceUrl, desk.publicUrl);
    void conduct(desk, inner, { from: 'url', kind: 'twiml', url, method: 'POST' });
  }
}

/**
 * A person calls one of our numbers from a phone that belongs to nobody here. @throws if the number is not one of
 * ours.
 */
export function callIn(desk: Desk, from: string, to: string, gestures: readonly Gesture[]): Leg {
  const number = desk.owned.find((owned) => owned.number === to);
  if (!number) throw new Error('Nobody here has the number that was called');
  const leg = openLeg(desk, { account: number.account ?? desk.account, from, to, direction: 'inbound' });
  callFrom(desk, leg, desk.phone(from), gestures);
  desk.tell({ kind: 'ringing', callSid: leg.record.sid, phone: to, from });
  progress(desk, leg, 'ringing');
  if (isFull(desk, leg)) reject(desk, leg);
  else if (number.line === 'busy') end(desk, leg, 'busy', 'callee');
  else if (number.line === 'out-of-order' || number.voiceUrl === undefined)
    end(desk, leg, 'failed', 'network');
  else if (number.line !== 'unanswered') {
    const url = new URL(number.voiceUrl, desk.publicUrl);
    void conduct(desk, leg, { from: 'url', kind: 'twiml', url, method: 'POST' });
  }
  return leg;
}
