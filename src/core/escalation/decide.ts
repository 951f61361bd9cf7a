import type { DialList } from '../dial-list';
import { answered, confirmed, keyPressed } from './answering';
import { tidied } from './book';
import { ringBackWanted } from './calling-in';
import { alertsClosed, closing } from './closing';
import { type Decision, hangUp, unchanged } from './decision';
import type { Event } from './event';
import { alertsJoined, alertsReported, withAside, withSwept } from './joining';
import { callEnded, pauseOver, placed, ringEnded, unplaced, unreachable } from './ringing';
import { alertNotified, endTold, testStarted } from './starting';
import type { State } from './state';
import type { CallerStep, MemberStep } from './step';

export type MemberEvent = Extract<Event, { kind: 'answered' | 'key-pressed' | 'confirmed' }>;
export type CallerEvent = Exclude<Event, MemberEvent>;

/** The whole of the escalation: what an event makes of a state, what the voice side does, and what people are told. */
export function decide(list: DialList, state: State, event: CallerEvent): Decision<CallerStep>;
export function decide(list: DialList, state: State, event: MemberEvent): Decision<MemberStep>;
export function decide(list: DialList, state: State, event: Event): Decision;
export function decide(list: DialList, state: State, event: Event): Decision {
  const decision = decided(list, state, event);
  return decision.state === state ? decision : { ...decision, state: tidied(decision.state, event.at) };
}

function decided(list: DialList, state: State, event: Event): Decision {
  const own = unplaced(state, event);
  if (own) return unchanged(state, own);
  const { aside, at } = event;
  if (!aside) return decidedAlone(list, state, event);
  const areTold = event.kind === 'alerts-joined' && event.areTold === true;
  const decision = withAside(state, { ...aside, areTold }, at, (known) => decidedAlone(list, known, event));
  return aside.isLast ? { ...decision, state: withSwept(decision.state, aside.page) } : decision;
}

function decidedAlone(list: DialList, state: State, event: Event): Decision {
  switch (event.kind) {
    case 'alert-notified':
      return alertNotified(list, state, event);
    case 'call-missed':
      return alertNotified(list, endTold(state, event.at), event);
    case 'alerts-reported':
      return alertsReported(state, event);
    case 'alerts-joined':
      return alertsJoined(state, event);
    case 'alerts-closed':
      return alertsClosed(state, event);
    case 'closing':
      return closing(state, event);
    case 'unreachable':
      return unreachable(state, event);
    case 'ring-back-wanted':
      return ringBackWanted(list, state, event);
    case 'test-started':
      return testStarted(list, state, event);
    case 'ring-ended':
      return ringEnded(list, state, event);
    case 'pause-over':
      return pauseOver(list, state, event);
    case 'placed':
      return placed(state, event);
    case 'answered':
      return answered(list, state, event);
    case 'key-pressed':
      return keyPressed(state, event);
    case 'confirmed':
      return confirmed(state, event);
    case 'end-told':
      return unchanged(endTold(state, event.at), hangUp);
    case 'call-ended':
      return callEnded(list, state, event);
  }
}
