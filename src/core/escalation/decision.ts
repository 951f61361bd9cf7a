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
const NEWS_KEPT = 40;

export function unchanged<S extends Step>(state: State, step: S): Decision<S> {
  return { state, step, news: [] };
}

/** The state with its page changed and the news of it logged. */
export function changed<S extends Step>(
  state: State,
  page: Page,
  at: number,
  step: S,
  ...news: News[]
): Decision<S> {
  const logged = news.map((item) => ({ ...item, page: page.id, at }));
  return { state: withNews({ ...state, page }, logged), step, news: logged };
}

export function withNews(state: State, news: readonly LoggedNews[]): State {
  return {
    ...state,
    news: [...state.news, ...news].slice(-NEWS_KEPT),
    newsCount: state.newsCount + news.length,
  };
}

/** What the caller's leg ought to be doing now: the answer to a callback that came twice or too late. */
export function presentStep(list: DialList, state: State): CallerStep {
  const { page } = state;
  if (!isGoingOn(page)) return { kind: 'hang-up' };
  return page.leg === 'pausing'
    ? { kind: 'pause', attempt: page.attempt, seconds: list.pauseSeconds }
    : { kind: 'ring', attempt: page.attempt, member: memberAt(page, page.attempt) };
}
