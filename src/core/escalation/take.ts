import { takenBy } from './closing';
import { changed, type Decision } from './decision';
import type { Page, State } from './state';
import type { MemberStep } from './step';

/** A member takes the page, and with it all its alerts: the only way in which a page ends well. */
export function take(state: State, page: Page, member: number, at: number): Decision<MemberStep> {
  const taken: Page = { ...page, end: { kind: 'taken', at, by: member } };
  const news = {
    kind: 'taken',
    member,
    attempt: page.attempt,
    // Functions run on more than one machine, and their clocks may differ.
    seconds: Math.max(0, at - page.startedAt),
    ...(page.isTest && { isTest: true }),
  } as const;
  return changed(takenBy(state, page, member, at), taken, at, { kind: 'confirm-taken', member }, news);
}
