import { takenBy } from './closing';
import { changed, type Decision } from './decision';
import { memberAt, type Page, type State } from './state';
import type { MemberStep } from './step';

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
  const taken: Page = { ...page, end: { kind: 'taken', at, by: member } };
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

/** What the one who took it hears. If it came late, another phone may ring by now, or people believe that nobody has it. */
export function confirmTaken(page: Page, attempt: number): MemberStep {
  const isElsewhere = attempt < page.attempt && page.leg !== 'answered';
  const endCall = page.end?.kind === 'unanswered' ? '' : isElsewhere ? page.call : undefined;
  return { kind: 'confirm-taken', member: memberAt(page, attempt), endCall };
}
