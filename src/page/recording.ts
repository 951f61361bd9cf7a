/** When the record of a page is due: at its end, again where more is known of it then, and in the middle of a long page. */
import { isGoingOn, type Page, type State } from '../core/escalation/state';

/** What has been recorded of a page: how it stood, and how many alerts or rings it had by then. */
type Mark = { readonly id: string; readonly standing: string; readonly count: number };

/** The state keeps the latest 40 news, and a ring makes two to four: what is nearly forgotten is written down. */
const NEWS_OF_LONG = 25;
const MARKS_KEPT = 8;

/** @param known the marks of what has been recorded */
export function dueForRecord(
  state: State,
  known: readonly string[],
): readonly { readonly page: Page; readonly mark: string }[] {
  const marks = known.map(readMark);
  return [state.previous, state.page].flatMap((page) => {
    if (!page || (isGoingOn(page) && !isLong(state, page))) return [];
    const { id, standing, count } = markOf(state, page);
    const isKnown = marks.some((one) => one.id === id && one.standing === standing && one.count >= count);
    return isKnown ? [] : [{ page, mark: [id, standing, count].join(':') }];
  });
}

const isLong = ({ news }: State, { id }: Page) =>
  news.filter(({ page }) => page === id).length >= NEWS_OF_LONG;

/** Of a page that is over, an alert may come along late, or key 1. */
function markOf({ alerts }: State, { id, end, attempt, more = 0 }: Page): Mark {
  if (!end) return { id, standing: 'going-on', count: attempt };
  return { id, standing: end.kind, count: alerts.filter(({ page }) => page === id).length + more };
}

function readMark(mark: string): Mark {
  const [id = '', standing = '', count = ''] = mark.split(':');
  return { id, standing, count: Number(count) };
}

/** Nothing is on record of its end: it may be told again when more is known of it. */
export const isEndNew = (known: readonly string[], { id, end }: Page): boolean =>
  end !== null && !known.map(readMark).some((one) => one.id === id && one.standing !== 'going-on');

/** The latest mark of each of the latest pages. */
export function withMarks(known: readonly string[], fresh: readonly string[]): readonly string[] {
  const latest = new Map([...known, ...fresh].map((mark) => [readMark(mark).id, mark]));
  return [...latest.values()].slice(-MARKS_KEPT);
}
