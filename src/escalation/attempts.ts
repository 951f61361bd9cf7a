/** Each ring of a page, as the record keeps it: whose, when, and how it ended. It is read from the news. */
import type { LoggedNews, NotReached } from './event';

/** Times are seconds since the epoch. */
export type Attempt = {
  /** How many rings came before it. */
  readonly attempt: number;
  readonly member: number;
  readonly calledAt: number;
  readonly pickedUpAt?: number;
  readonly endedAt?: number;
  /** Absent if nothing reported its end. */
  readonly outcome?: NotReached | 'passed' | 'taken' | 'closed' | 'call-lost';
};

export function attemptsIn(news: readonly LoggedNews[], page: string): readonly Attempt[] {
  const attempts = new Map<number, Attempt>();
  let present = -1;
  const note = (attempt: number, change: Partial<Attempt>) => {
    const known = attempts.get(attempt);
    if (known && known.outcome !== 'taken') attempts.set(attempt, { ...known, ...change });
  };
  /** Only if the ring was not over by then. */
  const noteEnd = (attempt: number, endedAt: number, outcome: Attempt['outcome']) => {
    if (attempts.get(attempt)?.endedAt === undefined) note(attempt, { endedAt, outcome });
  };
  for (const item of news.filter((one) => one.page === page)) {
    const { at } = item;
    switch (item.kind) {
      case 'calling':
        present = item.attempt;
        attempts.set(present, { attempt: present, member: item.member, calledAt: at });
        break;
      case 'answered':
        note(present, { pickedUpAt: at });
        break;
      case 'not-reached':
        note(present, { endedAt: at, outcome: item.why });
        break;
      case 'passed-on':
        note(present, { endedAt: at, outcome: 'passed' });
        break;
      case 'taken':
        note(item.attempt, { endedAt: at, outcome: 'taken' });
        break;
      case 'all-closed':
      case 'closed-by-phone':
        noteEnd(present, at, 'closed');
        break;
      case 'went-direct':
      case 'call-lost':
        noteEnd(present, at, 'call-lost');
        break;
    }
  }
  return [...attempts.values()];
}

/** A ring may be there twice, the second time with its end. */
export function bothAttempts<T extends { readonly attempt: number }>(
  before: readonly T[],
  after: readonly T[],
): readonly T[] {
  const all = new Map([...before, ...after].map((one) => [one.attempt, one]));
  return [...all.values()].sort((one, other) => one.attempt - other.attempt);
}
