/** When the record of a page is due: at its end, again if more is known of it then, and in the middle of a long page. */
import {
  type Attempt,
  attemptsIn,
  bothAttempts,
  isGoingOn,
  isOnPage,
  type Page,
  type State,
} from '../escalation';
import { HISTORY, NEWS } from '../platform/budget';
import { endedPages, isToSettle } from '../store/settle';

/** The rings of pages that are not on record yet, by page. The news that tell of them are soon forgotten. */
export type Rings = Readonly<Record<string, readonly Attempt[]>>;

/** What has been recorded of a page: how it ended, and how many alerts it had by then. */
type Mark = { readonly id: string; readonly kind: string; readonly count: number };

const readMark = (mark: string): Mark => {
  const [id = '', kind = '', count = ''] = mark.split(':');
  return { id, kind, count: Number(count) };
};

const countOf = (state: State, page: Page) => state.alerts.filter((alert) => isOnPage(alert, page)).length;

export const markOf = (state: State, page: Page) => [page.id, page.end?.kind, countOf(state, page)].join(':');

/**
 * Pages that are over, and not on record as they are.
 *
 * @param isOver the present page is joined no more
 */
export function unrecorded(state: State, recorded: readonly string[] = [], isOver = false): readonly Page[] {
  const marks = recorded.map(readMark);
  const isKnown = (page: Page) =>
    marks.some(
      ({ id, kind, count }) => id === page.id && kind === page.end?.kind && count >= countOf(state, page),
    );
  const isDue = (page: Page) => isToSettle(page, Date.now() / 1000, isOver && page.id === state.page?.id);
  return endedPages(state).filter((page) => isDue(page) && !isKnown(page));
}

/** Nothing is on record of its end: it may be recorded again when more is known of it. */
export const isEndNew = (recorded: readonly string[] = [], { id, end }: Page): boolean =>
  end !== null && !recorded.map(readMark).some((one) => one.id === id);

/** The latest mark of each of the latest pages. */
export function withMarks(known: readonly string[] = [], fresh: readonly string[]): readonly string[] {
  const latest = new Map([...known, ...fresh].map((mark) => [readMark(mark).id, mark]));
  return [...latest.values()].slice(-NEWS.recorded);
}

/** The rings that the news tells of, with those that it has forgotten. */
export function ringsOf(state: State, known: Rings = {}): Rings {
  const pages = [...state.ended, ...(state.page ? [state.page] : [])];
  const entries = pages.map(
    ({ id }) => [id, bothAttempts(known[id] ?? [], attemptsIn(state.news, id))] as const,
  );
  return Object.fromEntries(entries.filter(([, attempts]) => attempts.length > 0));
}

/** A page that goes on, and has more rings than the cursor has room for. */
export function longPage({ page }: State, rings: Rings): Page | null {
  return isGoingOn(page) && (rings[page.id]?.length ?? 0) > HISTORY.ringsKept ? page : null;
}
