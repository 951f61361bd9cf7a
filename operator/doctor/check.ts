import type { DialList } from '../../src/dial-list/list';
import { type Text, text } from '../text';
import type { Patient } from './patient';

/** Right, wrong, or not to be known from here. */
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

/** What the history of pages would have told. */
export const NO_HISTORY = unknown(
  text('the history cannot be read', '履歴を読めません'),
  text('See what is said of Sync.', 'Sync の項目を確認してください。'),
);

/** One line of the doctor's table. */
export type Check = {
  /** Stable, for scripts: `numbers.caller-id`. */
  readonly id: string;
  readonly what: Text;
  /** Null where this set-up has nothing to look at. What is thrown means that it could not be looked at. */
  readonly look: (patient: Patient) => Promise<Verdict | null> | Verdict | null;
};

/** Who is asked, and where they say that they have trouble. */
export type Neighbour = { readonly name: string; readonly status: string };

export type Chapter = {
  readonly title: Text;
  readonly neighbour: Neighbour;
  /** One line for each thing that there is, so some depend on the list. */
  readonly checks: (list: DialList) => readonly Check[];
};

export type Finding = Verdict & {
  readonly id: string;
  readonly what: Text;
  /** Nobody looked: whoever was asked failed, or did not answer in time. */
  readonly isUnchecked?: true;
};
