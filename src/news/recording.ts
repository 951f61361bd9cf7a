/** Puts pages on record: at their end, again if more is known of them later, and in the middle of a long page. */
import type { DialList } from '../dial-list/list';
import { type Attempt, attemptsIn, bothAttempts, isGoingOn, type Page, type State } from '../escalation';
import type { PageGraph } from '../mackerel/graph';
import { HISTORY, NEWS } from '../platform/budget';
import type { AlertStore } from '../store/alert-store';
import type { History } from '../store/history';
import { countOf, type Recorded } from '../store/progress';
import { settle } from '../store/settle';
import { pagesIn } from './alert-news';
import { figuresOf } from './figures';

/** The rings of pages that are not on record yet, by page. The news of them is soon forgotten. */
export type Rings = Readonly<Record<string, readonly Attempt[]>>;

export type RecordingOptions = {
  readonly list: DialList;
  readonly alerts: AlertStore;
  readonly history: History;
  /** Shows on Mackerel's graphs what a page was like. Null if no service is named. */
  readonly graph?: PageGraph | null;
  readonly warn: (message: string) => void;
};

export type Recording = {
  /** Each page once it is on record; null if Sync failed. */
  readonly pages: readonly Promise<Page | null>[];
  /** All alerts as Sync holds them, if they had to be listed; else null. */
  readonly alerts: State['alerts'] | null;
};

/** Settles pages that are over, and begins to record what is due. Never fails. */
export async function record(
  options: RecordingOptions,
  state: State,
  due: readonly Page[],
  recorded: readonly Recorded[] | undefined,
  rings: Rings,
): Promise<Recording> {
  const { list, history, graph, warn } = options;
  const failed = (fault: unknown): null => {
    warn(`Could not write the page's record: ${(fault as Error).message}`);
    return null;
  };
  const pages: Promise<Page | null>[] = [];
  let alerts: State['alerts'] | null = null;
  for (const page of due) {
    try {
      const settled = await settle(options, state, page, rings[page.id]);
      alerts = settled.alerts;
      const figures = isEndNew(recorded, page) && state.mayWrite !== false ? figuresOf(list, page) : null;
      const shown = figures && graph?.(figures);
      pages.push(Promise.all([settled.recording, shown]).then(() => page, failed));
    } catch (fault) {
      failed(fault);
    }
  }
  const long = longPage(state, rings);
  if (long) pages.push(history.record(list, long, [], rings[long.id] ?? []).then(() => long, failed));
  return { pages, alerts };
}

/** The end is recorded for the first time, and not again because more is known of it. */
const isEndNew = (recorded: readonly Recorded[] = [], { id, end }: Page): boolean =>
  end !== null && !recorded.some((one) => one.id === id);

/** Adds the ends that were just recorded, and keeps only the latest pages. */
export function withRecorded(
  known: readonly Recorded[] = [],
  state: State,
  pages: readonly Page[],
): readonly Recorded[] {
  const fresh = pages.flatMap((page) =>
    page.end ? { id: page.id, kind: page.end.kind, count: countOf(state, page) } : [],
  );
  return [...new Map([...known, ...fresh].map((one) => [one.id, one])).values()].slice(-NEWS.recorded);
}

/** The rings in the news, and those that the news has forgotten. */
export function unrecordedRings(state: State, known: Rings = {}): Rings {
  const entries = pagesIn(state).map(
    ({ id }) => [id, bothAttempts(known[id] ?? [], attemptsIn(state.news, id))] as const,
  );
  return Object.fromEntries(entries.filter(([, attempts]) => attempts.length > 0));
}

/** A page that goes on, and has more rings than the cursor has room for. */
function longPage({ page }: State, rings: Rings): Page | null {
  return isGoingOn(page) && (rings[page.id]?.length ?? 0) > HISTORY.ringsKept ? page : null;
}
