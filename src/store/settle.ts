/**
 * Settles a page that is over: it is marked, so that it takes no newcomers any more, its alerts are listed, and it is
 * put on record. May run twice, or be cut off anywhere: the next webhook does it again.
 */
import type { DialList } from '../dial-list/list';
import {
  type AlertItem,
  type Attempt,
  begunAt,
  isGoingOn,
  isOnPage,
  type Page,
  pageOf,
  type State,
} from '../escalation';
import { ALERTS, PAGE, RETRY } from '../platform/budget';
import { type AlertStore, type StoredAlert, tried } from './alert-store';
import type { History } from './history';

export type SettlingStores = {
  readonly list: DialList;
  readonly alerts: AlertStore;
  readonly history: History;
};

export type Settled = {
  /** All alerts that Sync holds, as they are by now. */
  readonly alerts: readonly AlertItem[];
  /** Open alerts on no page, which nobody sees to. */
  readonly strays: readonly AlertItem[];
  /** Fails if Sync does not take the record. */
  readonly recording: Promise<void>;
};

/** Fails if Sync does. The record may still be on its way. */
export async function settle(
  { list, alerts, history }: SettlingStores,
  state: State,
  page: Page,
  attempts: readonly Attempt[] = [],
): Promise<Settled> {
  if (!page.isTest && !page.isShut) await alerts.shut(page);
  const items = page.isTest ? [] : [...(await alerts.list())];
  await keepFirst(alerts, page, items);
  const strays = await straysIn({ list, history }, state, items);
  const adopted = page.end?.kind === 'closed' || page.isTest ? [] : await adopt(alerts, page, strays);
  const all = items
    .map((item) => adopted.find(({ data }) => data.id === item.data.id) ?? item)
    .map(({ data }) => data);
  const own = all.filter((alert) => isOnPage(alert, page) && isItsOwn(alert, page));
  const ids = own.map(({ id }) => id);
  const late = own.filter(({ isLate }) => isLate).map(({ id }) => id);
  const recording = history.record(list, page, ids, attempts, late);
  recording.catch(() => {});
  await takeOver(alerts, page, items);
  const left = strays.filter(({ data }) => !adopted.some((one) => one.data.id === data.id));
  return { alerts: all, strays: left.map(({ data }) => data), recording };
}

/** An open alert that claims a closed page came after the last list. Its webhook will look for the mark and find it. */
const isItsOwn = ({ closedAt }: AlertItem, { end }: Page) => end?.kind !== 'closed' || closedAt !== undefined;

/**
 * Moves the open alerts of the pages that this one continues to this page. A page names only the last few that it
 * continues, and an alert whose page nobody names any more would not ring, and nobody would know its taker.
 */
async function takeOver(alerts: AlertStore, page: Page, items: readonly StoredAlert[]): Promise<void> {
  const { id, continues = [], end } = page;
  const isContinued = ({ data: { page: label = '', closedAt } }: StoredAlert) =>
    continues.includes(label) && closedAt === undefined;
  const begunWith = ({ data: { page: label = '' } }: StoredAlert) => begunAt(label);
  // The page that will be forgotten first comes first.
  const continued = items.filter(isContinued).sort((one, other) => begunWith(one) - begunWith(other));
  const own = end?.kind === 'closed' ? [] : continued.slice(0, ALERTS.adopted);
  await Promise.all(
    own.map(({ data, revision }) => alerts.replace({ ...data, page: id }, revision).catch(() => null)),
  );
}

/** The webhook that began the page may have been cut off before it wrote the item. */
async function keepFirst(alerts: AlertStore, page: Page, items: StoredAlert[]): Promise<void> {
  const { first, id, startedAt } = page;
  const at = items.findIndex(({ data }) => data.id === first);
  const known = items[at];
  if (
    first === '' ||
    (known && (isOnPage(known.data, page) || (known.data.joinedMs ?? 0) > startedAt * 1000 + 1000))
  )
    return;
  const stored = await alerts
    .change(first, (now) => ({
      heardAt: startedAt,
      ...now,
      id: first,
      page: id,
      joinedMs: startedAt * 1000,
      isWatch: true,
    }))
    .catch(() => null);
  if (stored) items.splice(at < 0 ? items.length : at, at < 0 ? 0 : 1, stored);
}

/**
 * Open alerts without a page that exists, because Sync refused it or their webhooks were cut off. Only those that no
 * Function can still be busy with.
 */
async function straysIn(
  { list, history }: Pick<SettlingStores, 'list' | 'history'>,
  state: State,
  items: readonly StoredAlert[],
): Promise<readonly StoredAlert[]> {
  const old = Date.now() - ALERTS.strayMs;
  const open = items.filter(({ data }) => data.closedAt === undefined && lastTouched(data) < old);
  const unclaimed = open.filter(({ data }) => data.page === undefined);
  const unborn = open.filter(({ data: { page } }) => page !== undefined && mayBeUnborn(state, page));
  const labels = [...new Set(unborn.map(({ data }) => data.page ?? ''))].slice(0, 3);
  const records = await Promise.all(labels.map((label) => history.of(label, list).catch(() => undefined)));
  const isUnborn = ({ data }: StoredAlert) => {
    const nth = labels.indexOf(data.page ?? '');
    const record = records[nth];
    return nth >= 0 && (record === null || record?.alerts.includes(data.id) === false) && !data.isLate;
  };
  return [...unclaimed, ...unborn.filter(isUnborn)];
}

/**
 * Alerts that nobody sees to, and no Function is busy with any more. The end of a page adopts those that are old
 * enough; a younger one waits for the next page or the clock.
 */
export async function findStrays(
  stores: Pick<SettlingStores, 'list' | 'history'>,
  state: State,
  alerts: readonly AlertItem[],
): Promise<readonly AlertItem[]> {
  return (await straysIn(stores, state, alerts.map(asStored))).map(({ data }) => data);
}

const asStored = (data: AlertItem): StoredAlert => ({ data, revision: '' });

const lastTouched = ({ joinedMs, heardAt }: AlertItem) => joinedMs ?? heardAt * 1000;

/** The alert names a page that the document does not know, and that is too young to have been forgotten. */
function mayBeUnborn(state: State, label: string): boolean {
  const page = pageOf(state, label);
  if (page) return page.end?.kind === 'closed';
  const begunAt = Number.parseInt(label, 36);
  const oldest = Math.min(...[state.page, ...state.ended].map((one) => one?.startedAt ?? 0));
  return begunAt >= oldest;
}

/** The first webhook that writes the page's id into the item has it. */
async function adopt(
  alerts: AlertStore,
  page: Page,
  strays: readonly StoredAlert[],
): Promise<readonly StoredAlert[]> {
  const latest = ((page.end?.at ?? 0) + PAGE.joinableSeconds) * 1000;
  const own = strays.filter(({ data }) => lastTouched(data) <= latest).slice(0, ALERTS.adopted);
  const written = await Promise.all(
    own.map(({ data, revision }) =>
      tried({ ...RETRY.item, tries: 1 }, () =>
        alerts.replace({ ...data, page: page.id, joinedMs: Date.now() }, revision),
      ).catch(() => null),
    ),
  );
  return written.filter((stored) => stored !== null);
}

/** Whether a page that is over takes no newcomers any more, and can be put on record. */
export function isToSettle({ end, hearing }: Page, now: number, isOver: boolean): boolean {
  if (!end) return false;
  return isOver || end.kind !== 'taken' || !hearing || now > hearing.until;
}

export const endedPages = ({ page, ended }: State): readonly Page[] =>
  [...ended, ...(page ? [page] : [])].filter((one) => !isGoingOn(one));
