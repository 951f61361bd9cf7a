import type { Continuation } from '../../store/continuation';
import type { Outcome } from '../../store/page-store';

/** Goes on from an outcome as if a callback had carried it. */
export function carriedFrom({ state, revision }: Pick<Outcome, 'state' | 'revision'>): Continuation {
  return { page: state.page?.id ?? '', attempt: state.page?.attempt ?? 0, state, revision };
}

/** One outcome after another, as one. */
export const inTurn = <O extends Outcome>(first: Pick<Outcome, 'news'>, second: O): O => ({
  ...second,
  news: [...first.news, ...second.news],
});
