import type { News } from '../../src/escalation';
import type { NewsBatch, Thread } from '../../src/slack/poster';
import { ALERT, logged, onDuty, PAGE, type PageChanges, stateOf } from './on-duty';

/** News of the page of `on-duty.ts`, in English, to be posted. */
export function batch(news: readonly News[], thread: Thread, changes: PageChanges = {}): NewsBatch {
  const list = onDuty({ language: 'en' });
  const until = Date.now() + 5_000;
  return { list, state: stateOf(changes), page: PAGE.id, news: logged(news), thread, until };
}

const SUBJECT = `:rotating_light: *Mackerel alert \`${ALERT}\`*`;
const ORDER = 'Order: 佐藤 → 鈴木 → Alice (up to 2 rounds)';

/** The page's own message, by the line that changes. */
export const pageMessage = (standing: string) => [SUBJECT, standing, ORDER].join('\n');
