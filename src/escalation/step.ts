/** What the phone does next, by the state. */
import type { DialList } from '../dial-list/list';
import { PAGE } from '../platform/budget';
import type { At, CallerCommand, Command, Confirmed, MemberCommand } from './command';
import { isGoingOn, memberAt, type Page, ringBackAt } from './page';
import { type OfRing, pageOf, presentRing, type State } from './state';

export type Step = CallerStep | MemberStep;

/** On the leg of the incoming call, or in the direct way over the REST API. */
export type CallerStep =
  /** `insteadOf`: the call in which another phone rings, or whose leg is to ring this one. */
  | { readonly kind: 'ring'; readonly attempt: number; readonly member: number; readonly insteadOf?: string }
  | { readonly kind: 'pause'; readonly attempt: number; readonly seconds: number }
  /** Sync refuses, so the call comes back in a moment. `times`: how often it has come back. */
  | { readonly kind: 'wait'; readonly seconds: number; readonly times: number }
  /** This leg has nothing more to do. */
  | { readonly kind: 'hang-up' }
  /** Nobody needs this other call any more. */
  | { readonly kind: 'end-call'; readonly call: string };

/** On the leg of the member who picked up. */
export type MemberStep =
  | { readonly kind: 'brief'; readonly member: number }
  /** The full message, after `*`. */
  | { readonly kind: 'tell-all'; readonly member: number }
  /** The message again, after an unknown key. */
  | { readonly kind: 'unknown-key'; readonly member: number }
  /** `endCall`: the key came late, and this call is to be ended; empty if none is known. */
  | { readonly kind: 'confirm-taken'; readonly member: number; readonly endCall?: string }
  /** Alerts came while they heard the confirmation. They are theirs as well. */
  | { readonly kind: 'confirm-more'; readonly member: number; readonly alerts: readonly string[] }
  /** They have heard everything. */
  | { readonly kind: 'let-go'; readonly member: number }
  | { readonly kind: 'confirm-passed'; readonly member: number }
  | { readonly kind: 'ask-to-close'; readonly member: number }
  /** All that they were asked about are closed. `goesOn`: the page has others by now, which they hear next. */
  | {
      readonly kind: 'confirm-closed';
      readonly member: number;
      readonly alerts: number;
      readonly goesOn: boolean;
    }
  | {
      readonly kind: 'close-failed';
      readonly member: number;
      readonly closed: number;
      readonly failed: number;
    }
  /** The page does not need this member any more: another one took it. */
  | { readonly kind: 'dismiss'; readonly member: number; readonly why: 'taken'; readonly by: number }
  /** The same: the page has gone on to the next member, or is over. */
  | { readonly kind: 'dismiss'; readonly member: number; readonly why: 'gone-on' | 'over' };

export const hangUp: CallerStep = { kind: 'hang-up' };

/** @param state after the command's events */
export function stepFor(list: DialList, state: State, command: MemberCommand): MemberStep;
export function stepFor(list: DialList, state: State, command: CallerCommand): CallerStep;
export function stepFor(list: DialList, state: State, command: Command): Step;
export function stepFor(list: DialList, state: State, command: Command): Step {
  switch (command.kind) {
    case 'answer':
      return heard(state, command);
    case 'press-key': {
      const page = command.key === 'pass' ? presentRing(state, command) : null;
      return page?.leg === 'passed'
        ? { kind: 'confirm-passed', member: memberAt(page, command.attempt) }
        : lastWord(state, command);
    }
    case 'confirmed':
      return afterConfirmation(state, command);
    case 'notify':
    case 'start-test':
      return onLeg(list, state.page, command.call, command);
    case 'ring-back': {
      const back = state.page?.id === command.page ? ringBackAt(state.page, state.page.attempt) : undefined;
      const isRinging =
        isGoingOn(state.page) && state.page.leg === 'ringing' && back?.member === command.member;
      return isRinging ? { kind: 'ring', attempt: back.attempt, member: back.member } : hangUp;
    }
    case 'end-ring':
    case 'end-pause':
      return state.page?.id === command.page ? onLeg(list, state.page, command.call, command) : hangUp;
    case 'placed':
      return presentRing(state, command) ? hangUp : { kind: 'end-call', call: command.call };
    case 'close-all': {
      const page = pageOf(state, command.page);
      // The member who closed it by phone hears so in that very call.
      const isByPhone = command.by !== undefined || page?.closing === page?.attempt;
      return page?.end?.kind === 'closed' && page.call && !isByPhone
        ? { kind: 'end-call', call: page.call }
        : hangUp;
    }
    default:
      return own(state.page, command) ?? hangUp;
  }
}

/** What a call's leg should be doing now. A callback that comes twice or late gets the same answer. */
function onLeg(list: DialList, page: Page | null, call: string, command: At): CallerStep {
  const mine = own(page, command);
  if (mine) return mine;
  if (!isGoingOn(page) || page.way === 'direct' || page.call !== call) return hangUp;
  return page.leg === 'pausing'
    ? { kind: 'pause', attempt: page.attempt, seconds: list.pauseSeconds }
    : { kind: 'ring', attempt: page.attempt, member: memberAt(page, page.attempt) };
}

/** In the direct way, the webhook that decided a ring or a pause carries it out, and no other does. */
function own(page: Page | null, { webhookId, at }: At): CallerStep | null {
  const isOpen = isGoingOn(page) && page.way === 'direct' && page.call === '';
  if (!isOpen || webhookId === undefined || page.placedBy !== webhookId) return null;
  const { attempt } = page;
  if (page.leg === 'ringing') return { kind: 'ring', attempt, member: memberAt(page, attempt) };
  const seconds = page.until - PAGE.ringMarginSeconds - at;
  return page.leg === 'pausing' && seconds > 0 ? { kind: 'pause', attempt, seconds } : null;
}

/** @param state after the confirmation */
function afterConfirmation(state: State, { page: id, attempt, newcomers }: Confirmed): MemberStep {
  const page = pageOf(state, id);
  const member = page ? memberAt(page, attempt) : 0;
  const isHearing = page === state.page && page?.hearing?.attempt === attempt;
  return isHearing && newcomers.length > 0
    ? { kind: 'confirm-more', member, alerts: newcomers }
    : { kind: 'let-go', member };
}

function heard(state: State, ring: OfRing): MemberStep {
  const page = presentRing(state, ring);
  return page ? { kind: 'brief', member: memberAt(page, ring.attempt) } : lastWord(state, ring);
}

/** A member's ring is over for the page: they hear why. */
export function lastWord(state: State, { page: id, attempt }: OfRing): MemberStep {
  const page = pageOf(state, id);
  const member = page ? memberAt(page, attempt) : 0;
  if (page?.end?.kind !== 'taken') {
    return { kind: 'dismiss', member, why: isGoingOn(page) ? 'gone-on' : 'over' };
  }
  const { by } = page.end;
  // The taker's key arrived twice: they hear the confirmation once more.
  if (by === member) return confirmTaken(page, attempt);
  return { kind: 'dismiss', member, why: 'taken', by };
}

/** If the key came late, another phone may ring by now, or people believe that nobody has the page. */
function confirmTaken(page: Page, attempt: number): MemberStep {
  const isElsewhere = attempt < page.attempt && page.leg !== 'answered';
  const wasUnanswered = page.end?.kind === 'taken' && page.end.wasUnanswered;
  const endCall = wasUnanswered ? '' : isElsewhere ? page.call : undefined;
  return {
    kind: 'confirm-taken',
    member: memberAt(page, attempt),
    ...(endCall !== undefined && { endCall }),
  };
}
