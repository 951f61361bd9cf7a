/**
 * What a callback URL carries, so that a page needs no memory to go on: which page and ring it is about, and the
 * state as it was when the URL was written. Twilio signs the URL, so what comes back can be trusted.
 *
 * With a revision, the state is what Sync held, and perhaps names that were heard since: the next write can be made
 * without reading first. Without one it is only what was last known.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { alertsOf } from '../core/escalation/book';
import { isState } from '../core/escalation/is-state';
import { reconcile } from '../core/escalation/memory';
import type { NotReached } from '../core/escalation/news';
import type { State } from '../core/escalation/state';
import type { Versioned } from './sync-document';

export type Continuation = {
  readonly page: string;
  readonly attempt: number;
  readonly state: State | null;
  readonly revision: string | null;
};

/** Characters. A state that packs to more is carried in outline; Twilio states no limit for a callback's URL. */
const LONGEST_STATE = 1_800;

/** The most that an outline tells of the alerts of a page. */
const ALERTS_IN_OUTLINE = 2;
const MESSAGE_IN_OUTLINE = 120;

/** The query string of a callback, to be put behind a path. */
export function toQuery(state: State, revision: string | null): URLSearchParams {
  const { page } = state;
  const query = new URLSearchParams({ page: page?.id ?? '', attempt: String(page?.attempt ?? 0) });
  const packed = pack(state);
  if (packed.length <= LONGEST_STATE) {
    if (revision !== null) query.set('revision', revision);
    query.set('state', packed);
  } else {
    query.set('state', pack(outline(state)));
  }
  return query;
}

/** What is no number of a ring is about none: no page ever comes so far, so that it can neither end one nor take it. */
const NO_RING = Number.MAX_SAFE_INTEGER;

/** The continuation in a callback's parameters; nothing of it where the call is a first one. */
export function fromParams(params: Readonly<Record<string, string | undefined>>): Continuation | null {
  const { page, attempt, state, revision } = params;
  if (!page) return null;
  const unpacked = state ? unpack(state) : null;
  return {
    page,
    attempt: /^\d{1,9}$/.test(attempt ?? '') ? Number(attempt) : NO_RING,
    state: unpacked,
    revision: unpacked && revision ? revision : null,
  };
}

/**
 * A continuation that was handed out when a ring began, now that somebody has picked up: at the first ring, what the
 * webhook told has been noted since then, and writing over its revision would be refused, and cost a round trip in
 * somebody's ear.
 */
export const atPickup = (carried: Continuation, hasWebhook: boolean): Continuation =>
  hasWebhook && carried.attempt === 0 ? { ...carried, revision: null } : carried;

/** The same, now that the ring is over: perhaps a pickup has been noted, too. */
export const sinceThen = (carried: Continuation, why: NotReached, hasWebhook: boolean): Continuation =>
  why === 'no-key' ? { ...carried, revision: null } : atPickup(carried, hasWebhook);

/** To go on from what was just read, unless the callback knows of what Sync could not be told. */
export function caughtUp(stored: Versioned<State>, carried: Continuation, at: number): Continuation {
  const isAll = reconcile(stored.data, carried.state, at) === stored.data;
  return isAll ? { ...carried, state: stored.data, revision: stored.revision } : carried;
}

/** What is spoken, as far as it fits; links and graphs are Slack's, which is not told from a URL. */
function outline(state: State): State {
  const alerts = alertsOf(state, state.page)
    .slice(0, ALERTS_IN_OUTLINE)
    .map(({ url: _, imageUrl: __, roles: ___, notes: ____, formula: _____, message, ...alert }) => ({
      ...alert,
      ...(message && { message: message.slice(0, MESSAGE_IN_OUTLINE).toWellFormed() }),
    }));
  return { ...state, news: [], calls: [], alerts };
}

const pack = (state: State) => deflateRawSync(JSON.stringify(state)).toString('base64url');

function unpack(packed: string): State | null {
  try {
    const state = JSON.parse(
      inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: 65_536 }).toString(),
    );
    return isState(state) ? state : null;
  } catch {
    return null;
  }
}
