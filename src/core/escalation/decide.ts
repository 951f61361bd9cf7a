import type { DialList } from '../dial-list';
import { answered, keyPressed } from './answering';
import type { Decision } from './decision';
import type { Event } from './event';
import { callEnded, pauseOver, ringEnded } from './ringing';
import { alertNotified, testStarted } from './starting';
import type { State } from './state';
import type { CallerStep, MemberStep } from './step';

type MemberEvent = Extract<Event, { kind: 'answered' | 'key-pressed' }>;
type CallerEvent = Exclude<Event, MemberEvent>;

/** The whole of the escalation: what an event makes of a state, what the voice side does, and what people are told. */
export function decide(list: DialList, state: State, event: CallerEvent): Decision<CallerStep>;
export function decide(list: DialList, state: State, event: MemberEvent): Decision<MemberStep>;
export function decide(list: DialList, state: State, event: Event): Decision;
export function decide(list: DialList, state: State, event: Event): Decision {
  switch (event.kind) {
    case 'alert-notified':
      return alertNotified(list, state, event);
    case 'test-started':
      return testStarted(list, state, event);
    case 'ring-ended':
      return ringEnded(list, state, event);
    case 'pause-over':
      return pauseOver(list, state, event);
    case 'answered':
      return answered(list, state, event);
    case 'key-pressed':
      return keyPressed(state, event);
    case 'call-ended':
      return callEnded(state, event);
  }
}
