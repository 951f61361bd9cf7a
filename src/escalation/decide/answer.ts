/** A member, or their voicemail, picks up or presses a key. */
import type { DialList } from '../../dial-list/list';
import { PAGE } from '../../platform/budget';
import type { Answer, PressKey } from '../command';
import type { Event } from '../event';
import { memberAt, type Page } from '../page';
import { presentRing, type State } from '../state';
import { takePage } from './take';

export function answer(list: DialList, state: State, command: Answer): Event[] {
  const page = presentRing(state, command);
  if (!page) return [];
  const { attempt, at } = command;
  const lease: Event = { kind: 'lease-renewed', until: at + PAGE.leaseSeconds, page: page.id, at };
  // A member who repeats the message is still there.
  if (page.leg === 'answered') return page.until - at >= PAGE.leaseSeconds / 2 ? [] : [lease];
  if (page.leg !== 'ringing') return [];
  const member = memberAt(page, attempt);
  const heard: Event[] = [{ kind: 'answered', member, page: page.id, at }, lease];
  return list.answer === 'keypress' ? heard : [...heard, ...takePage(page, member, attempt, at)];
}

/** A member has pressed key 1 or 2. */
export function pressKey(state: State, command: PressKey): Event[] {
  const { attempt, at } = command;
  const page = command.key === 'take' ? freeToTake(state, command) : presentRing(state, command);
  if (!page) return [];
  const member = memberAt(page, attempt);
  if (command.key === 'take') return takePage(page, member, attempt, at);
  return page.leg === 'passed' ? [] : [{ kind: 'passed-on', member, page: page.id, at }];
}

/** The page, if the member can take it: at a later ring as well, unless somebody else is listening there. */
function freeToTake({ page }: State, command: PressKey): Page | null {
  if (page?.id !== command.page || command.attempt > page.attempt) return null;
  const { end, leg, attempt } = page;
  if (end) return end.kind === 'unanswered' && command.at < end.at + PAGE.lateKeySeconds ? page : null;
  const isOurs = leg !== 'answered' || memberAt(page, attempt) === memberAt(page, command.attempt);
  return isOurs ? page : null;
}
