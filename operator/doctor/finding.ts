import type { Text } from '../text';

/** Right, wrong, or not to be known from here. */
export type Mark = 'right' | 'wrong' | 'unknown';

/** One line of the doctor's table. */
export type Finding = {
  /** Stable, for scripts: `numbers.voice-url`. */
  readonly id: string;
  readonly mark: Mark;
  readonly what: Text;
  readonly found: Text;
  /** What to do about it. */
  readonly remedy?: Text;
};

/** What all findings about one thing have in common. */
export function about(id: string, what: Text) {
  const finding =
    (mark: Mark) =>
    (found: Text, remedy?: Text): Finding => ({ id, mark, what, found, ...(remedy && { remedy }) });
  return { right: finding('right'), wrong: finding('wrong'), unknown: finding('unknown') };
}
