import type { DialList } from '../dial-list';
import { countOf, unheardOf, withNoNewcomer, withRecords } from './book';
import { after, changed, type Decision, unchanged } from './decision';
import type { Answered, Confirmed, KeyPressed } from './event';
import { isGoingOn, memberAt, type Page, type State } from './state';
import type { MemberStep } from './step';
import { confirmTaken, heardOut, hearingOn, take } from './take';

/** The longest that a member's leg lives after the pickup: the message twice, the keys, and time to think. */
export const TALK_SECONDS = 180;

/** Somebody who has the message repeated a few times is still there. */
const LEASE_SECONDS = 2 * TALK_SECONDS;

/** A member, or a member's voicemail, has picked up. */
export function answered(list: DialList, state: State, event: Answered): Decision<MemberStep> {
  const page = presentRing(state, event);
  if (!page) return dismissed(state, event);
  const member = memberAt(page, page.attempt);
  if (page.leg === 'answered') return heardAgain(state, page, member, event.at);
  if (page.leg !== 'ringing') return unchanged(state, { kind: 'brief', member });
  const told = countOf(state, page);
  const talking: Page = { ...page, leg: 'answered', told, until: event.at + LEASE_SECONDS };
  const heard = changed<MemberStep>(
    withNoNewcomer(state),
    talking,
    event.at,
    { kind: 'brief', member },
    { kind: 'answered', member },
  );
  if (list.answer === 'keypress') return heard;
  return after(heard, take(heard.state, talking, member, event.at));
}

/**
 * Somebody has the message repeated: they hear of all that there is by now, and are still there, so that the page must
 * not count as silent.
 */
function heardAgain(state: State, page: Page, member: number, at: number): Decision<MemberStep> {
  const told = countOf(state, page);
  const heard = withNoNewcomer(state);
  const isLeaseLong = page.until - at >= LEASE_SECONDS / 2;
  if (told === page.told && heard === state && isLeaseLong)
    return unchanged(state, { kind: 'brief', member });
  const talking: Page = { ...page, told, until: at + LEASE_SECONDS };
  return changed(heard, talking, at, { kind: 'brief', member });
}

/** A member has pressed a key that changes the page. */
export function keyPressed(state: State, event: KeyPressed): Decision<MemberStep> {
  const page = event.key === 'take' ? freeToTake(state, event) : presentRing(state, event);
  if (!page) return dismissed(state, event);
  const member = memberAt(page, event.attempt);
  if (event.key === 'take') return take(state, page, member, event.at, event.attempt);
  if (page.leg === 'passed') return unchanged(state, { kind: 'confirm-passed', member });
  const passed: Page = { ...page, leg: 'passed', passes: (page.passes ?? 0) + 1 };
  return changed(state, passed, event.at, { kind: 'confirm-passed', member }, { kind: 'passed-on', member });
}

/** The confirmation is over: what joined meanwhile is heard of now, and after that it is too late to join. */
export function confirmed(state: State, { page: id, attempt, at }: Confirmed): Decision<MemberStep> {
  const { page } = state;
  const member = page ? memberAt(page, attempt) : 0;
  const leave: MemberStep = { kind: 'let-go', member };
  if (page?.id !== id || page.hearing?.attempt !== attempt) return unchanged(state, leave);
  const alerts = unheardOf(state, page);
  if (alerts.length === 0) return changed(state, heardOut(page), at, leave);
  const heard = withRecords(state, ({ isUnheard: _, ...alert }) => alert);
  return changed(heard, hearingOn(page, attempt, at), at, { kind: 'confirm-more', member, alerts });
}

type OfRing = { readonly page: string; readonly attempt: number };

/** The page, if it is still at the ring that the event is about. */
export function presentRing({ page }: State, event: OfRing): Page | null {
  return isGoingOn(page) && page.id === event.page && page.attempt === event.attempt ? page : null;
}

/** What is left to say to a member at whose ring the page is no more. */
export const lastWord = (state: State, event: OfRing): MemberStep => dismissed(state, event).step;

/** Seconds. Somebody presses 1 and hangs up: the end of the call may come before the key, and be the end of the page. */
const KEY_LATE = 60;

/** The page, if it is for the asking: also at a later ring, unless somebody else listens there by now. */
function freeToTake({ page }: State, event: KeyPressed): Page | null {
  if (page?.id !== event.page || event.attempt > page.attempt) return null;
  const { end, leg, attempt } = page;
  if (end) return end.kind === 'unanswered' && event.at < end.at + KEY_LATE ? page : null;
  const isOurs = leg !== 'answered' || memberAt(page, attempt) === memberAt(page, event.attempt);
  return isOurs ? page : null;
}

/** Too late: this page is over, or has gone on without this member. */
function dismissed(state: State, event: OfRing): Decision<MemberStep> {
  const page = state.page?.id === event.page ? state.page : null;
  const member = page ? memberAt(page, event.attempt) : 0;
  if (page?.end?.kind !== 'taken') {
    return unchanged(state, { kind: 'dismiss', member, why: isGoingOn(page) ? 'gone-on' : 'over' });
  }
  const { by } = page.end;
  // The one who took it, whose key arrived twice, hears the confirmation once more.
  if (by === member) return unchanged(state, confirmTaken(page, event.attempt));
  return unchanged(state, { kind: 'dismiss', member, why: 'taken', by });
}
