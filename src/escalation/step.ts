/** What the voice side does now, by what the state has come to. */
import type { DialList } from '../dial-list/list';
import { PAGE } from '../platform/budget';
import type { At, CallerCommand, Command, Confirmed, MemberCommand } from './command';
import { presentRing } from './decide/answer';
import { isGoingOn, memberAt, type Page, ringBackAt } from './page';
import { pageOf, type State } from './state';

export type Step = CallerStep | MemberStep;

/** On the leg of the call that came in, or in the direct way over the REST API. */
export type CallerStep =
  /** `insteadOf`: the call in which another phone rings by now, or whose leg is to ring this one. */
  | { readonly kind: 'ring'; readonly attempt: number; readonly member: number; readonly insteadOf?: string }
  | { readonly kind: 'pause'; readonly attempt: number; readonly seconds: number }
  /** Sync refuses: the call comes back in a moment. `times` is how often it has done so by then. */
  | { readonly kind: 'wait'; readonly seconds: number; readonly times: number }
  /** Nothing more to do for this leg. */
  | { readonly kind: 'hang-up' }
  /** A call that nobody needs any more is under way elsewhere. */
  | { readonly kind: 'end-call'; readonly call: string };

/** On the leg of the member who picked up. */
export type MemberStep =
  | { readonly kind: 'brief'; readonly member: number }
  /** All of the message, on `*`. */
  | { readonly kind: 'tell-all'; readonly member: number }
  /** The message again, after a key that does nothing. */
  | { readonly kind: 'unknown-key'; readonly member: number }
  /** `endCall` if it came late, so that nobody else says so: the call that is to be ended, if one is known. */
  | { readonly kind: 'confirm-taken'; readonly member: number; readonly endCall?: string }
  /** Alerts that came while they heard the confirmation: theirs as well. */
  | { readonly kind: 'confirm-more'; readonly member: number; readonly alerts: readonly string[] }
  /** They have heard all that there is. */
  | { readonly kind: 'let-go'; readonly member: number }
  | { readonly kind: 'confirm-passed'; readonly member: number }
  | { readonly kind: 'ask-to-close'; readonly member: number }
  /** All that they were asked about; `goesOn` if the page has others by now, of which they hear next. */
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
  /** The page needs this member no more: `by` took it. */
  | { readonly kind: 'dismiss'; readonly member: number; readonly why: 'taken'; readonly by: number }
  /** The same: it has gone on to the next, or is over. */
  | { readonly kind: 'dismiss'; readonly member: number; readonly why: 'gone-on' | 'over' };

export const hangUp: CallerStep = { kind: 'hang-up' };

/** @param state after the events that the command led to */
export function stepFor(list: DialList, state: State, command: MemberCommand): MemberStep;
export function stepFor(list: DialList, state: State, command: CallerCommand): CallerStep;
export function stepFor(list: DialList, state: State, command: Command): Step;
export function stepFor(list: DialList, state: State, command: Command): Step {
  switch (command.kind) {
    case 'answer':
      return heard(state, command);
    case 'press-key':
      return command.key === 'pass' && presentRing(state, command)?.leg === 'passed'
        ? { kind: 'confirm-passed', member: memberAt(presentRing(state, command) as Page, command.attempt) }
        : lastWord(state, command);
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
      // Somebody who closed it by phone hears so in that very call.
      const isByPhone = command.by !== undefined || page?.closing === page?.attempt;
      return page?.end?.kind === 'closed' && page.call && !isByPhone
        ? { kind: 'end-call', call: page.call }
        : hangUp;
    }
    default:
      return own(state.page, command) ?? hangUp;
  }
}

/**
 * What the leg of a call ought to be doing now: the same answer to a callback that comes twice or too late. In the direct
 * way, a ring is placed by the webhook that decided it, and by no other.
 */
function onLeg(list: DialList, page: Page | null, call: string, command: At): CallerStep {
  const mine = own(page, command);
  if (mine) return mine;
  if (!isGoingOn(page) || page.way === 'direct' || page.call !== call) return hangUp;
  return page.leg === 'pausing'
    ? { kind: 'pause', attempt: page.attempt, seconds: list.pauseSeconds }
    : { kind: 'ring', attempt: page.attempt, member: memberAt(page, page.attempt) };
}

/** What this webhook has decided in the direct way, and has to do. */
function own(page: Page | null, { webhookId, at }: At): CallerStep | null {
  const isOpen = isGoingOn(page) && page.way === 'direct' && page.call === '';
  if (!isOpen || webhookId === undefined || page.placedBy !== webhookId) return null;
  const { attempt } = page;
  if (page.leg === 'ringing') return { kind: 'ring', attempt, member: memberAt(page, attempt) };
  const seconds = page.until - PAGE.ringMarginSeconds - at;
  return page.leg === 'pausing' && seconds > 0 ? { kind: 'pause', attempt, seconds } : null;
}

/** @param state after the confirmation: whoever is heard out by now has no newcomers */
function afterConfirmation(state: State, { page: id, attempt, newcomers }: Confirmed): MemberStep {
  const page = pageOf(state, id);
  const member = page ? memberAt(page, attempt) : 0;
  const isHearing = page === state.page && page?.hearing?.attempt === attempt;
  return isHearing && newcomers.length > 0
    ? { kind: 'confirm-more', member, alerts: newcomers }
    : { kind: 'let-go', member };
}

type OfRing = { readonly page: string; readonly attempt: number };

function heard(state: State, ring: OfRing): MemberStep {
  const page = presentRing(state, ring);
  return page ? { kind: 'brief', member: memberAt(page, ring.attempt) } : lastWord(state, ring);
}

/** What is left to say to a member whose ring is over for the page. */
export function lastWord(state: State, { page: id, attempt }: OfRing): MemberStep {
  const page = pageOf(state, id);
  const member = page ? memberAt(page, attempt) : 0;
  if (page?.end?.kind !== 'taken') {
    return { kind: 'dismiss', member, why: isGoingOn(page) ? 'gone-on' : 'over' };
  }
  const { by } = page.end;
  // Whoever took it, and whose key arrived twice, hears the confirmation once more.
  if (by === member) return confirmTaken(page, attempt);
  return { kind: 'dismiss', member, why: 'taken', by };
}

/** If it came late, another phone may ring by now, or people believe that nobody has it. */
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
