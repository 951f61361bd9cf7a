/** A member, or their voicemail, picks up or presses a key. */
import type { DialList } from '../../dial-list/list';
import { PAGE } from '../../platform/budget';
import type { Answer, PressKey } from '../command';
import type { Event } from '../event';
import { isGoingOn, memberAt, type Page } from '../page';
import type { State } from '../state';
import { takePage } from './take';

export function answer(list: DialList, state: State, { page: id, attempt, at }: Answer): Event[] {
  const page = presentRing(state, { page: id, attempt });
  if (!page) return [];
  const lease: Event = { kind: 'lease-renewed', until: at + PAGE.leaseSeconds, page: id, at };
  // Having the message repeated renews the lease, once half of it is over.
  if (page.leg === 'answered') return page.until - at >= PAGE.leaseSeconds / 2 ? [] : [lease];
  if (page.leg !== 'ringing') return [];
  const member = memberAt(page, attempt);
  const heard: Event[] = [{ kind: 'answered', member, page: id, at }, lease];
  return list.answer === 'keypress' ? heard : [...heard, ...takePage(page, member, attempt, at)];
}

/** A member has pressed a key that changes the page. */
export function pressKey(state: State, command: PressKey): Event[] {
  const { attempt, at } = command;
  const page = command.key === 'take' ? freeToTake(state, command) : presentRing(state, command);
  if (!page) return [];
  const member = memberAt(page, attempt);
  if (command.key === 'take') return takePage(page, member, attempt, at);
  return page.leg === 'passed' ? [] : [{ kind: 'passed-on', member, page: page.id, at }];
}

type OfRing = { readonly page: string; readonly attempt: number };

/** The page, if it is still at the ring that a command is about. */
export function presentRing({ page }: State, ring: OfRing): Page | null {
  return isGoingOn(page) && page.id === ring.page && page.attempt === ring.attempt ? page : null;
}

/** The page, if it is for the asking: also at a later ring, unless somebody else listens there by now. */
function freeToTake({ page }: State, command: PressKey): Page | null {
  if (page?.id !== command.page || command.attempt > page.attempt) return null;
  const { end, leg, attempt } = page;
  if (end) return end.kind === 'unanswered' && command.at < end.at + PAGE.lateKeySeconds ? page : null;
  const isOurs = leg !== 'answered' || memberAt(page, attempt) === memberAt(page, command.attempt);
  return isOurs ? page : null;
}
