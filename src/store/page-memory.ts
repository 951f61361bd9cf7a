/**
 * What a warm process remembers of the page that newcomers join, so that an alert of a storm need not read the
 * document: a page that goes on, or one whose taker is still hearing the confirmation.
 *
 * It may be out of date. An alert that joins by it looks for the page's mark, as every alert does.
 */
import type { DialList } from '../dial-list/list';
import { isGoingOn, mayFlap, type Page, type State } from '../escalation';
import { CROWD } from '../platform/budget';

type Remembered = { readonly page: Page; readonly atMs: number; readonly joins: number };

let remembered: Remembered | null = null;

/** Only what the document holds: an alert must not join a page that is never written. */
export function rememberPage(list: DialList, state: State): void {
  const { page } = state;
  const joins = page ? joinsOf(page.id) : 0;
  const isJoinable = page && !page.isTest && Date.now() < joinableUntil(page);
  remembered =
    isJoinable && !mayFlap(list, state, Date.now() / 1000) ? { page, atMs: Date.now(), joins } : null;
}

/** Milliseconds since the epoch; long ago for a page that is over. */
function joinableUntil(page: Page): number {
  return 1000 * (isGoingOn(page) ? page.until : (page.end?.kind === 'taken' && page.hearing?.until) || 0);
}

let hasHeardOfEnd = false;

export function forgetPage(): void {
  remembered = null;
  hasHeardOfEnd = false;
}

/** True once: what this process has saved, it need not save again. */
export function isFirstEndHere(): boolean {
  const isFirst = !hasHeardOfEnd;
  hasHeardOfEnd = true;
  return isFirst;
}

/** An alert has joined that page in this process. */
export function countJoin({ id }: Page): void {
  if (remembered?.page.id === id) remembered = { ...remembered, joins: remembered.joins + 1 };
}

/** How many alerts have joined a page in this process. */
export const joinsOf = (page: string): number => (remembered?.page.id === page ? remembered.joins : 0);

/**
 * The page that newcomers join, as far as is known; null if that may have changed.
 *
 * @param isRefused Sync has just refused to say, so older knowledge will do
 */
export function rememberedPage(isRefused = false): Page | null {
  if (!remembered) return null;
  const { page, atMs } = remembered;
  const age = Date.now() - atMs;
  const isFresh = age >= 0 && (isRefused || age < CROWD.memoryMs);
  return isFresh && Date.now() < joinableUntil(page) ? page : null;
}
