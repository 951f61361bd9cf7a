import type { DialList } from '../dial-list';
import type { LoggedNews, News } from './news';
import { isGoingOn, memberAt, type Page, type State } from './state';
import type { CallerStep, Step } from './step';

/** What an event comes to. `state` is the very object that went in where nothing changed: then nothing is written. */
export type Decision<S extends Step = Step> = {
  readonly state: State;
  readonly step: S;
  readonly news: readonly LoggedNews[];
};

/** Older news have long been told; a document of over 10 KiB may be written only twice a second: docs/sync/limits */
const NEWS_KEPT = { items: 40, bytes: 5_000 };

export const hangUp: CallerStep = { kind: 'hang-up' };

export function unchanged<S extends Step>(state: State, step: S): Decision<S> {
  return { state, step, news: [] };
}

/** The state with its page changed and the news of it logged. */
export function changed<S extends Step>(
  state: State,
  page: Page,
  at: number,
  step: S,
  ...news: readonly News[]
): Decision<S> {
  return told({ ...state, page }, page.id, at, step, ...news);
}

/** The state with news of a page logged. */
export function told<S extends Step>(
  state: State,
  page: string,
  at: number,
  step: S,
  ...news: readonly News[]
): Decision<S> {
  const logged = news.map((item) => ({ ...item, page, at }));
  return { state: withNews(state, logged), step, news: logged };
}

/** A decision that goes on from another: its state came of it, and its news come behind. */
export function after<S extends Step>(first: Decision, second: Decision<S>): Decision<S> {
  return { ...second, news: [...first.news, ...second.news] };
}

export function withNews(state: State, news: readonly LoggedNews[]): State {
  if (news.length === 0) return state;
  return {
    ...state,
    news: latest([...state.news, ...news]),
    newsCount: state.newsCount + news.length,
  };
}

/** As many as are kept, the last one in any case. */
function latest(news: readonly LoggedNews[]): readonly LoggedNews[] {
  const sizes = news.map((item) => Buffer.byteLength(JSON.stringify(item)));
  let first = Math.max(0, news.length - NEWS_KEPT.items);
  let size = sizes.slice(first).reduce((sum, bytes) => sum + bytes, 0);
  for (; size > NEWS_KEPT.bytes && first < news.length - 1; first++) size -= sizes[first] ?? 0;
  return news.slice(first);
}

/** What the caller's leg ought to be doing now: the answer to a callback that came twice or too late. */
export function presentStep(list: DialList, state: State): CallerStep {
  const { page } = state;
  if (!isGoingOn(page) || page.way === 'direct') return hangUp;
  return page.leg === 'pausing'
    ? { kind: 'pause', attempt: page.attempt, seconds: list.pauseSeconds }
    : { kind: 'ring', attempt: page.attempt, member: memberAt(page, page.attempt) };
}
