import type { DialList } from '../../src/dial-list/list';
import { type Text, text } from '../text';
import type { Patient } from './patient';

/** Right, wrong, or impossible to know from here. */
export type Mark = 'right' | 'wrong' | 'unknown';

export type Verdict = {
  readonly mark: Mark;
  readonly found: Text;
  /** What to do about it. */
  readonly remedy?: Text;
};

export const right = (found: Text): Verdict => ({ mark: 'right', found });
export const wrong = (found: Text, remedy: Text): Verdict => ({ mark: 'wrong', found, remedy });
export const unknown = (found: Text, remedy?: Text): Verdict => ({
  mark: 'unknown',
  found,
  ...(remedy && { remedy }),
});

/** What the history of pages would have shown. */
export const NO_HISTORY = unknown(
  text('the history cannot be read', '履歴を読めません'),
  text('See what is said of Sync.', 'Sync の項目を確認してください。'),
);

/** One line of the doctor's table. */
export type Check = {
  /** Stable, for scripts: `numbers.caller-id`. */
  readonly id: string;
  readonly what: Text;
  /** Null if there is nothing to check in this set-up. An exception means that it could not be checked. */
  readonly look: (patient: Patient) => Promise<Verdict | null> | Verdict | null;
};

/** Who is asked, and where they publish their troubles. */
export type Neighbour = { readonly name: string; readonly status: string };

export type Chapter = {
  readonly title: Text;
  readonly neighbour: Neighbour;
  /** One line for each thing that exists, so some depend on the list. */
  readonly checks: (list: DialList) => readonly Check[];
};

export type Finding = Verdict & {
  readonly id: string;
  readonly what: Text;
  /** Not checked: the neighbour failed, or did not answer in time. */
  readonly isUnchecked?: true;
};
