/** A page in figures; null for a test, or a page that goes on. */
import type { DialList } from '../dial-list/list';
import { type Page, ringsMade } from '../escalation';
import type { PageFigures } from '../mackerel/graph';

export function figuresOf(list: DialList, page: Page): PageFigures | null {
  const { end, isTest, startedAt } = page;
  if (end === null || isTest) return null;
  return {
    from: startedAt,
    to: end.at,
    rings: ringsMade(page),
    isTaken: end.kind === 'taken',
    isUnanswered: end.kind === 'unanswered',
    title: `mackerel-kaden: ${titleOf(list, end)}`,
  };
}

function titleOf({ language, members }: DialList, end: NonNullable<Page['end']>): string {
  const isJapanese = language === 'ja';
  switch (end.kind) {
    case 'taken': {
      const name = members[end.by]?.name ?? `#${end.by + 1}`;
      return isJapanese ? `${name} が対応` : `taken by ${name}`;
    }
    case 'closed':
      return isJapanese ? '対応前に解決' : 'closed before anybody took it';
    case 'unanswered':
      return isJapanese ? '誰も応答せず' : 'nobody answered';
  }
}
