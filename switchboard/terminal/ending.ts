import type { DialList } from '../../src/dial-list/list';
import { type Facts, problemsOf, takerIn } from '../drill/verdict';
import type { Phrases } from './phrases';
import { blank, type Row, span } from './row';

/** How a page ended, in one line, or what is wrong with its end. */
export function endingRows(
  facts: Facts,
  setup: {
    readonly list: Pick<DialList, 'members' | 'answer'>;
    readonly phrases: Phrases;
    /** The page's first alert, and whether somebody has closed it meanwhile. */
    readonly alert: string;
    readonly isClosed: boolean;
    readonly now: number;
    readonly logLines: readonly string[];
  },
): { readonly isGood: boolean; readonly rows: readonly Row[] } {
  const { list, phrases, alert, isClosed, now, logLines } = setup;
  const problems = problemsOf(facts, list);
  const taker = takerIn(facts, list);
  if (problems.length === 0 && taker !== undefined) {
    const spans = [
      span('✓ ', 'good'),
      span(phrases.taken(taker, facts.rings.length, facts.music === 'stopped'), 'good'),
    ];
    return { isGood: true, rows: [blank, { at: now, spans }, blank] };
  }
  if (isClosed && facts.faults.length === 0) {
    const spans = [span('✓ ', 'good'), span(phrases.alertClosed(alert), 'good')];
    return { isGood: false, rows: [blank, { at: now, spans }, blank] };
  }
  const log = logLines.map((line) => ({ spans: [span(line, 'faint')] }));
  return {
    isGood: false,
    rows: [
      ...(log.length > 0 ? [blank, { spans: [span(phrases.logLines, 'faint')] }, ...log] : []),
      blank,
      { at: now, spans: [span(`✗ ${phrases.failed}`, 'bad')] },
      ...problems.map((problem) => ({ margin: '  ', spans: [span(phrases.problem(problem), 'bad')] })),
      blank,
    ],
  };
}
