import type { Entry } from './log';

/** What a webhook that is no telephone's gets for an answer. */
export type Reply = { readonly status: number; readonly body: object; readonly note: Entry };

/** Says what was wrong, and what to do instead. */
export const problem = (status: number, error: string): Reply => ({
  status,
  body: { error },
  note: { status, error },
});

export const accepted = (note: Entry): Reply => ({
  status: 200,
  body: { ok: true },
  note: { status: 200, ...note },
});
