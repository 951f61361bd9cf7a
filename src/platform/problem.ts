import type { Entry } from './log';

/** What a webhook gets as an answer, if it does not come from the telephone. */
export type Reply = {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly note: Entry;
};

/** Says what was wrong, and what to do instead. */
export const problem = (status: number, error: string): Reply => ({
  status,
  body: { error },
  note: { event: 'refused', status, error },
});

/** A 401 says how to log in: rfc-editor.org/rfc/rfc7617#section-2 */
export const unauthorized = (error: string): Reply => ({
  ...problem(401, error),
  headers: { 'WWW-Authenticate': 'Basic realm="mackerel-kaden", charset="UTF-8"' },
});

export const accepted = (note: Entry): Reply => ({
  status: 200,
  body: { ok: true },
  note: { status: 200, ...note },
});

/** The request was understood and saved, but with the present settings we cannot do what it is for. */
export const failed = (error: string, note: Entry): Reply => ({
  status: 503,
  body: { error },
  note: { ...note, status: 503, error },
});
