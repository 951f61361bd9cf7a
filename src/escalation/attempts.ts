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
  for (const item of news.filter((one) => one.page === page)) {
    if (item.kind === 'calling') {
      present = item.attempt;
      attempts.set(present, { attempt: present, member: item.member, calledAt: item.at });
      continue;
    }
    const known = attempts.get(item.kind === 'taken' ? item.attempt : present);
    if (known && known.outcome !== 'taken')
      attempts.set(known.attempt, { ...known, ...changedBy(item, known) });
  }
  return [...attempts.values()];
}

function changedBy(item: LoggedNews, { endedAt }: Attempt): Partial<Attempt> {
  const { at } = item;
  const ended = (outcome: Attempt['outcome']) => ({ endedAt: at, outcome });
  switch (item.kind) {
    case 'answered':
      return { pickedUpAt: at };
    case 'not-reached':
      return ended(item.why);
    case 'passed-on':
      return ended('passed');
    case 'taken':
      return ended('taken');
    case 'all-closed':
    case 'closed-by-phone':
      return endedAt === undefined ? ended('closed') : {};
    case 'went-direct':
    case 'call-lost':
      return endedAt === undefined ? ended('call-lost') : {};
    default:
      return {};
  }
}

/** A ring may be there twice, the second time with its end. */
export function bothAttempts<T extends { readonly attempt: number }>(
  before: readonly T[],
  after: readonly T[],
): readonly T[] {
  const all = new Map([...before, ...after].map((one) => [one.attempt, one]));
  return [...all.values()].sort((one, other) => one.attempt - other.attempt);
}
