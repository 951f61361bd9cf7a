import { takenBy } from './closing';
import { changed, type Decision } from './decision';
import { memberAt, type Page, type PageEnd, type State } from './state';
import type { MemberStep } from './step';

/** Seconds that a confirmation takes, named alerts included; the end of it is told to us, unless a callback is lost. */
const HEARS_SECONDS = 15;

/**
 * A member takes the page, and with it all its alerts: the only way in which a page ends well.
 *
 * @param attempt the ring at which they did; an earlier one than the present where their key came late
 */
export function take(
  state: State,
  page: Page,
  member: number,
  at: number,
  attempt = page.attempt,
): Decision<MemberStep> {
  const ended: Page = { ...page, end: { kind: 'taken', at, by: member } };
  const taken = page.isTest ? ended : hearingOn(ended, attempt, at);
  const news = {
    kind: 'taken',
    member,
    attempt,
    // Functions run on more than one machine, and their clocks may differ.
    seconds: Math.max(0, at - page.startedAt),
    ...(page.isTest && { isTest: true }),
  } as const;
  return changed(takenBy(state, page, member, at), taken, at, confirmTaken(page, attempt), news);
}

/** They hear what is said now: what comes meanwhile is theirs as well. */
export const hearingOn = (page: Page, attempt: number, at: number): Page => ({
  ...page,
  hearing: { attempt, until: at + HEARS_SECONDS },
});

/** They have put the phone down, or are about to. */
export function heardOut(page: Page): Page {
  const { hearing: _, ...quiet } = page;
  return quiet;
}

/** Whether somebody has just taken the page, and is still at the phone. */
export const isJustTaken = (page: Page | null, at: number): page is Page & { readonly end: TakenEnd } =>
  page?.end?.kind === 'taken' && page.hearing !== undefined && at <= page.hearing.until;

type TakenEnd = Extract<PageEnd, { kind: 'taken' }>;

/** What the one who took it hears. If it came late, another phone may ring by now, or people believe that nobody has it. */
export function confirmTaken(page: Page, attempt: number): MemberStep {
  const isElsewhere = attempt < page.attempt && page.leg !== 'answered';
  const endCall = page.end?.kind === 'unanswered' ? '' : isElsewhere ? page.call : undefined;
  return { kind: 'confirm-taken', member: memberAt(page, attempt), endCall };
}
