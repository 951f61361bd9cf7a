import type { Entry } from './log';

/** What a webhook that is no telephone's gets for an answer. */
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

/** A 401 names how to come in: rfc-editor.org/rfc/rfc7617#section-2 */
export const unauthorized = (error: string): Reply => ({
  ...problem(401, error),
  headers: { 'WWW-Authenticate': 'Basic realm="mackerel-kaden", charset="UTF-8"' },
});

export const accepted = (note: Entry): Reply => ({
  status: 200,
  body: { ok: true },
  note: { status: 200, ...note },
});

/** It was understood, and looked after as far as that goes; but what it is for cannot be done as we are set up. */
export const failed = (error: string, note: Entry): Reply => ({
  status: 503,
  body: { error },
  note: { ...note, status: 503, error },
});
