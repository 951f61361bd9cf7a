import type { State } from './state';

type Unknown<T> = Partial<Record<keyof T, unknown>>;

/**
 * Whether it is a state as this version writes them. What another version wrote, or a person, is as good as nothing:
 * deciding on it might fail, and then nobody would be rung.
 */
export function isState(value: unknown): value is State {
  const state = fieldsOf<State>(value);
  return (
    state.version === 1 &&
    isCount(state.pagesStarted) &&
    isCount(state.newsCount) &&
    isListOf(state.alerts, (alert) => typeof fieldsOf<State['alerts'][number]>(alert).id === 'string') &&
    isListOf(state.calls, (call) => typeof call === 'string') &&
    isListOf(state.news, (news) => typeof fieldsOf<State['news'][number]>(news).kind === 'string') &&
    [state.page, state.previous].every((page) => page === null || page === undefined || isPage(page)) &&
    state.page !== undefined
  );
}

function isPage(value: unknown): boolean {
  const page = fieldsOf<NonNullable<State['page']>>(value);
  const isEnd = (end: unknown) => end === null || typeof fieldsOf<{ kind: string }>(end).kind === 'string';
  return (
    typeof page.id === 'string' &&
    typeof page.call === 'string' &&
    isListOf(page.order, isCount) &&
    (page.order as unknown[]).length > 0 &&
    isCount(page.attempt) &&
    isCount(page.startedAt) &&
    isCount(page.until) &&
    isEnd(page.end)
  );
}

const fieldsOf = <T>(value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Unknown<T>;
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isListOf = (value: unknown, isOne: (one: unknown) => boolean) =>
  Array.isArray(value) && value.every(isOne);
