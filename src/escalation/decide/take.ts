import { PAGE } from '../../platform/budget';
import type { Confirmed } from '../command';
import type { Event } from '../event';
import type { Page, PageEnd } from '../page';
import type { State } from '../state';

/**
 * A member takes the page, and with it all its alerts.
 *
 * @param attempt the ring at which they did; an earlier one than the present if their key came late
 */
export function takePage(page: Page, member: number, attempt: number, at: number): Event[] {
  const { id, startedAt, isTest } = page;
  // Functions run on several machines, whose clocks may differ.
  const seconds = Math.max(0, at - startedAt);
  const taken: Event = {
    kind: 'taken',
    member,
    attempt,
    seconds,
    ...(isTest && { isTest: true }),
    page: id,
    at,
  };
  return isTest ? [taken] : [taken, hearing(id, attempt, at)];
}

/** The taker is hearing the confirmation. Alerts that come meanwhile are theirs as well. */
const hearing = (page: string, attempt: number, at: number): Event => ({
  kind: 'hearing',
  attempt,
  until: at + PAGE.joinableSeconds,
  page,
  at,
});

/** The confirmation is over. The taker hears which alerts joined meanwhile; if none did, it is too late to join. */
export function confirmed({ page }: State, { page: id, attempt, newcomers, isShut, at }: Confirmed): Event[] {
  if (page?.id !== id || page.hearing?.attempt !== attempt) return [];
  if (newcomers.length > 0) return [hearing(id, attempt, at)];
  return [{ kind: 'heard-out', ...(isShut && { isShut }), page: id, at }];
}

/** Whether a member has just taken the page and is still on the phone. */
export const isJustTaken = (page: Page | null, at: number): page is Page & { readonly end: TakenEnd } =>
  page?.end?.kind === 'taken' && page.hearing !== undefined && at <= page.hearing.until;

type TakenEnd = Extract<PageEnd, { kind: 'taken' }>;
