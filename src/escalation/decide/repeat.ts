/** Unanswered alerts that are to ring again. */
import type { DialList } from '../../dial-list/list';
import { PAGE } from '../../platform/budget';
import { isGoingOn, type Page } from '../page';
import { pageOf, type State } from '../state';

/** When a page began, read from its id. The document forgets pages sooner than their alerts are forgotten. */
export const begunAt = (page: string) => Number.parseInt(page, 36);

/** Whether it is time to ring again for unanswered alerts, counted from the start of their page. */
export const isTimeToRepeat = ({ repeatMinutes }: DialList, begun: number, at: number) =>
  at >= begun + repeatMinutes * 60 - PAGE.earlySeconds;

const CONTINUED = 4;

/**
 * Unanswered pages that a new page takes over. Only a list that learns of every closing may do so: another would wake
 * people for alerts that have closed long ago.
 *
 * @param isClock the clock asks, which rings again in both ways
 */
export function continuedBy(
  list: DialList,
  { page, ended }: State,
  at: number,
  isClock = false,
): readonly string[] {
  if (list.start === 'call' && !isClock) return [];
  const before = [...ended, ...(page ? [page] : [])];
  const isHandedOn = (id: string) => before.some(({ continues = [] }) => continues.includes(id));
  const isDue = (one: Page) =>
    one.end?.kind === 'unanswered' &&
    one.closedAt === undefined &&
    !isHandedOn(one.id) &&
    isTimeToRepeat(list, one.startedAt, at);
  const due = before.filter(isDue);
  return due.flatMap(({ id, continues = [] }) => [...continues, id]).slice(-CONTINUED);
}

/** The page that is due to be rung again, if nothing else rings. */
export function dueAgain(list: DialList, state: State, at: number, isClock = false): Page | null {
  if (isGoingOn(state.page)) return null;
  const [id] = continuedBy(list, state, at, isClock).slice(-1);
  return id === undefined ? null : pageOf(state, id);
}
