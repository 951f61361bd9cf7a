import type { Page } from './page';
import { emptyState, type State } from './state';

type Unknown<T> = Partial<Record<keyof T, unknown>>;

/**
 * A document as the brain reads it; null if this version cannot go on from it. Deciding on what a person or another
 * version wrote might fail, and then nobody would be rung.
 */
export function readState(value: unknown): State | null {
  const { version } = fieldsOf<{ version: number }>(value);
  if (version === 1) return upgraded(value);
  return isState(value) ? { ...value, alerts: [] } : null;
}

function isState(value: unknown): value is State {
  const state = fieldsOf<State>(value);
  return (
    state.version === 2 &&
    isCount(state.pagesStarted) &&
    isCount(state.newsCount) &&
    isListOf(state.ended, isPage) &&
    isListOf(state.news, (news) => typeof fieldsOf<State['news'][number]>(news).kind === 'string') &&
    (state.page === null || isPage(state.page))
  );
}

function isPage(value: unknown): value is Page {
  const page = fieldsOf<Page>(value);
  const isEnd = (end: unknown) => end === null || typeof fieldsOf<{ kind: string }>(end).kind === 'string';
  return (
    ['id', 'call', 'first', 'watch'].every((name) => typeof page[name as keyof Page] === 'string') &&
    [page.attempt, page.startedAt, page.until, page.lap, page.turn, page.members].every(isCount) &&
    (page.members as number) > 0 &&
    isEnd(page.end)
  );
}

/**
 * The form before this one: alerts in the document, and the order as a list. A page that is going on must not be lost
 * in an upgrade.
 */
function upgraded(value: unknown): State | null {
  const old = fieldsOf<State>(value);
  if (!isCount(old.pagesStarted) || !isCount(old.newsCount) || !Array.isArray(old.news)) return null;
  const alerts = Array.isArray((value as { alerts?: unknown }).alerts)
    ? (value as { alerts: OldAlert[] }).alerts
    : [];
  const known = alerts.filter((alert) => typeof fieldsOf<OldAlert>(alert).id === 'string');
  const page = old.page === null ? null : upgradedPage(old.page, known);
  const news = old.news
    .filter((item) => typeof fieldsOf<{ kind: string }>(item).kind === 'string')
    .map(renamed);
  return {
    ...emptyState,
    ...(isCount(old.begun) && { begun: old.begun as number }),
    ...(typeof old.mayWrite === 'boolean' && { mayWrite: old.mayWrite }),
    pagesStarted: old.pagesStarted as number,
    newsCount: old.newsCount as number,
    news,
    page,
    alerts: known.map(({ taken: _, isNewcomer: __, ...alert }) => alert),
  };
}

type OldAlert = {
  readonly id: string;
  readonly heardAt: number;
  readonly page?: string;
  readonly closedAt?: number;
  readonly taken?: unknown;
  readonly isNewcomer?: true;
};
type OldPage = Page & { readonly order: readonly number[]; readonly isBlind: boolean };

const renamed = (news: State['news'][number]): State['news'][number] =>
  (news.kind as string) === 'blind' ? ({ ...news, kind: 'unavailable' } as State['news'][number]) : news;

function upgradedPage(value: unknown, alerts: readonly OldAlert[]): Page | null {
  const { order, isBlind, ...old } = fieldsOf<OldPage>(value) as Partial<OldPage>;
  if (!isListOf(order, isCount) || order === undefined || order.length === 0) return null;
  const first = order[0] ?? 0;
  const isTurned = order.every((member, position) => member === (first + position) % order.length);
  const mine = alerts.filter(({ page, closedAt }) => page === old.id && closedAt === undefined);
  const watch = mine[0]?.id ?? '';
  const page = {
    ...old,
    members: order.length,
    turn: isCount(old.turn) ? (old.turn as number) : first,
    ...(!isTurned && { taker: first }),
    lap: 1,
    first: watch,
    watch,
    isUnavailable: isBlind === true,
  };
  return isPage(page) ? page : null;
}

const fieldsOf = <T>(value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Unknown<T>;
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isListOf = (value: unknown, isOne: (one: unknown) => boolean) =>
  Array.isArray(value) && value.every(isOne);
