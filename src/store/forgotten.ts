/**
 * Unanswered alerts of a page that the document has forgotten, since it keeps only the latest few. Only the record
 * says that the page has to ring again.
 */
import type { DialList } from '../dial-list/list';
import { type AlertItem, begunAt, isTimeToRepeat, latestPageOf, type State } from '../escalation';
import { ALERTS } from '../platform/budget';
import type { History } from './history';

type Stores = { readonly list: DialList; readonly history: History };

/** @param at seconds since the epoch */
export async function findForgotten(
  { list, history }: Stores,
  state: State,
  alerts: readonly AlertItem[],
  at: number,
): Promise<readonly AlertItem[]> {
  const isForgotten = ({ closedAt, page }: AlertItem) =>
    closedAt === undefined &&
    page !== undefined &&
    latestPageOf(state, page) === null &&
    isTimeToRepeat(list, begunAt(page), at);
  const forgotten = alerts.filter(isForgotten);
  const pages = [...new Set(forgotten.map(({ page = '' }) => page))]
    .sort((one, other) => begunAt(other) - begunAt(one))
    .slice(0, ALERTS.forgotten);
  const records = await Promise.all(pages.map((page) => history.of(page, list).catch(() => null)));
  const unanswered = new Map(
    pages.flatMap((page, nth) => {
      const record = records[nth];
      // The page that took the alerts over does not know all of them: somebody may have the others.
      const isWhole = (record?.alerts.length ?? 0) <= ALERTS.adopted;
      return record?.end.kind === 'unanswered' && isWhole ? [[page, record.alerts] as const] : [];
    }),
  );
  return forgotten.filter(({ id, page = '' }) => unanswered.get(page)?.includes(id));
}
