/**
 * Alerts close. One alert, the watch, stands for each page: only when that one closes are the others listed.
 *
 * A page never counts as closed before its mark is written and a list after that shows none open. So an alert that
 * joined without seeing the mark is in that list.
 */
import {
  type AlertItem,
  type CallerStep,
  isGoingOn,
  isOnPage,
  type Page,
  pageOf,
  type State,
  withAlerts,
} from '../escalation';
import { ALERTS, RETRY } from '../platform/budget';
import { type AlertStore, type Patience, tried } from './alert-store';
import type { Outcome, PageStore, Stored } from './page-store';

export type ClosingStores = {
  readonly pages: PageStore;
  readonly alerts: AlertStore;
  readonly warn: (message: string) => void;
};

/** Saves that an alert has closed. The item as it is then; null if Sync failed. */
export async function noteClosed(
  { alerts, warn }: ClosingStores,
  id: string,
  at: number,
  { by, patience }: { readonly by?: number; readonly patience?: Patience } = {},
): Promise<{ readonly alert: AlertItem; readonly isNew: boolean } | null> {
  let isNew = true;
  const close = (known: AlertItem | null): AlertItem | null => {
    isNew = known?.closedAt === undefined;
    const byPhone = by === undefined ? {} : { closedBy: by };
    return isNew || (by !== undefined && known?.closedBy === undefined)
      ? { ...(known ?? { id, heardAt: at }), closedAt: known?.closedAt ?? at, ...byPhone }
      : null;
  };
  try {
    const stored = await alerts.change(id, close, patience);
    return { alert: stored?.data ?? { id, heardAt: at, closedAt: at }, isNew };
  } catch (fault) {
    warn(`Could not save a closing: ${(fault as Error).message}`);
    return null;
  }
}

/** An alert has closed: if it stood for a page, another one does now, or the page is over. Null if nothing followed. */
export async function afterClosing(
  stores: ClosingStores,
  id: string,
  at: number,
  given?: Stored | null,
): Promise<Outcome<CallerStep> | null> {
  const stored = given ?? (await readByAll(stores.pages));
  const page = stored && watchedBy(stored.data, id);
  return page ? rewatch(stores, page, at) : null;
}

/** Null if Sync does not say. A refusal because of too many requests is tried again. */
export const readByAll = (pages: PageStore): Promise<Stored | null> =>
  tried(RETRY.background, pages.get).catch(() => null);

function watchedBy({ page, ended }: State, id: string): Page | null {
  const isOpen = (one: Page | null): one is Page =>
    one !== null && one.watch === id && one.end?.kind !== 'closed' && one.closedAt === undefined;
  return [page, ...ended].find(isOpen) ?? null;
}

/** Who closed them, if it was by phone; and a ring that was decided, but not placed yet. */
export type Closing = {
  readonly byPhone?: { readonly by: number; readonly alerts: number };
  readonly unrung?: number;
};

/** The alert that stood for a page has closed. What followed; null if Sync does not say. */
export async function rewatch(
  stores: ClosingStores,
  page: Page,
  at: number,
  closing: Closing = {},
): Promise<Outcome<CallerStep> | null> {
  try {
    let current: Page | null = page;
    for (let turn = 0; current && turn < ALERTS.turns; turn++) {
      const moved = await lookOnce(stores, current, at, closing);
      if ('outcome' in moved) return moved.outcome;
      current = moved.page;
    }
  } catch (fault) {
    stores.warn(`Could not find out whether a page is over: ${(fault as Error).message}`);
  }
  return null;
}

type Turn = { readonly outcome: Outcome<CallerStep> } | { readonly page: Page | null };

async function lookOnce(
  { pages, alerts }: ClosingStores,
  page: Page,
  at: number,
  { byPhone, unrung }: Closing,
): Promise<Turn> {
  const { id, lap, watch } = page;
  let found = await itemsOf(alerts, page);
  let shutLap: number | undefined;
  if (openIn(found).length === 0 && isGoingOn(page)) {
    await alerts.shut(page);
    found = await itemsOf(alerts, page);
    shutLap = lap;
  }
  const [next] = openIn(found);
  if (!next) {
    const outcome = await pages.apply(
      {
        kind: 'close-all',
        page: id,
        alerts: byPhone?.alerts ?? found.length,
        by: byPhone?.by,
        unrung,
        watch,
        lap,
        at,
      },
      null,
    );
    const now = pageOf(outcome.state, id);
    const isOver = now === null || now.end?.kind === 'closed' || now.closedAt !== undefined;
    return isOver ? { outcome: { ...outcome, state: withAlerts(outcome.state, found) } } : { page: now };
  }
  const outcome = await pages.apply(
    { kind: 'move-watch', page: id, from: watch, to: next.id, ...(shutLap !== undefined && { shutLap }), at },
    null,
  );
  const state = withAlerts(outcome.state, found);
  const now = pageOf(state, id);
  const isClosed = await nowStands(alerts, now?.watch ?? next.id);
  return isClosed ? { page: now } : { outcome: { ...outcome, state } };
}

/** From now on, the webhook that closes the alert sees that it stands for a page. Whether it had closed before. */
async function nowStands(alerts: AlertStore, id: string): Promise<boolean> {
  let isClosed = false;
  await alerts.change(id, (known) => {
    isClosed = known?.closedAt !== undefined;
    return known && !isClosed && !known.isWatch ? { ...known, isWatch: true } : null;
  });
  return isClosed;
}

async function itemsOf(alerts: AlertStore, page: Page): Promise<readonly AlertItem[]> {
  return (await alerts.list()).map(({ data }) => data).filter((alert) => isOnPage(alert, page));
}

/**
 * The alert that came last, because alerts tend to close in the order in which they came, and each change of the
 * watch costs a list.
 */
const openIn = (alerts: readonly AlertItem[]) =>
  alerts
    .filter(({ closedAt }) => closedAt === undefined)
    .sort((a, b) => (b.joinedMs ?? 0) - (a.joinedMs ?? 0));
