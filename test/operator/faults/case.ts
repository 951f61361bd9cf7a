/** A fault of an account that is being examined, alone, and the line that has to say so. */
import type { Practice } from '../../../operator/practice/in-order';
import type { DialList } from '../../../src/dial-list/list';
import type { Fault, WireRequest } from '../../../switchboard';

export type Board = Practice['board'];
/** How the doctor is asked, where the fault is here and not on the other side. */
export type Manner = {
  readonly env?: Readonly<Record<string, string>>;
  readonly list?: (list: DialList) => DialList;
  readonly isReal?: boolean;
  readonly looksUpCarriers?: boolean;
  readonly voicemailSeconds?: number;
};
export type FaultCase = {
  readonly what: string;
  readonly spoil?: (board: Board) => unknown;
  readonly manner?: Manner;
  /** Mark and id of the line. */
  readonly line: string;
  /** In English, among what was found. */
  readonly words: string;
};

export const fault = (
  what: string,
  line: string,
  words: string,
  spoil?: (board: Board) => unknown,
  manner?: Manner,
): FaultCase => ({ what, line, words, spoil, manner });

export const set = <T extends object>(target: T | null | undefined, change: Partial<T>) => {
  if (!target) throw new Error('There is nothing to spoil');
  Object.assign(target, change);
};
export const answers = (body: object) =>
  ({
    kind: 'status',
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }) as const;
export const isAt = (path: string) => (request: { url: URL }) => request.url.pathname.endsWith(path);
/** What /health says to whoever shows the password. */
export const onDetails = (fault: Fault) => (request: WireRequest) =>
  isAt('/health')(request) && request.headers.authorization ? fault : undefined;
