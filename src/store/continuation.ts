/**
 * What a callback's URL carries, so that a page can go on without Sync: the page and the ring, the document as it was
 * when the URL was written, and some of its alerts. Twilio signs the URL, so the content can be trusted.
 *
 * With a revision, the document is what Sync held, and the next write needs no read. Without one, it is only what was
 * last known.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type AlertItem, alertsOf, factsIn, readState, reconcile, type State } from '../escalation';
import { CALLBACK } from '../platform/budget';
import type { Versioned } from './sync-document';

export type Continuation = {
  readonly page: string;
  readonly attempt: number;
  readonly state: State | null;
  readonly revision: string | null;
};

/** The query string of a callback. */
export function toQuery(state: State, revision: string | null): URLSearchParams {
  const { page, alerts: _, ...document } = state;
  const query = new URLSearchParams({ page: page?.id ?? '', attempt: String(page?.attempt ?? 0) });
  const packed = pack({ page, ...document });
  if (packed.length <= CALLBACK.longestState) {
    if (revision !== null) query.set('revision', revision);
    query.set('state', packed);
  } else {
    query.set('state', pack({ page, ...document, news: [], ended: [] }));
  }
  const alerts = spokenOf(state);
  if (alerts.length > 0) query.set('alerts', pack(alerts));
  return query;
}

/** A malformed attempt becomes one that no page reaches: it can neither end nor take a ring. */
const NO_RING = Number.MAX_SAFE_INTEGER;

/** The continuation in a callback's parameters; null for a first call. */
export function fromParams(params: Readonly<Record<string, string | undefined>>): Continuation | null {
  const { page, attempt, state, alerts, revision } = params;
  if (!page) return null;
  const document = state ? readState(unpack(state)) : null;
  const carried = alerts ? alertsIn(unpack(alerts)) : [];
  return {
    page,
    attempt: /^\d{1,9}$/.test(attempt ?? '') ? Number(attempt) : NO_RING,
    state: document && { ...document, alerts: [...document.alerts, ...carried] },
    revision: document && revision ? revision : null,
  };
}

/** Goes on from what was just read, unless the callback knows of something that Sync missed. */
export function caughtUp(stored: Versioned<State>, carried: Continuation, at: number): Continuation {
  const isAll = reconcile(stored.data, carried.state, at) === stored.data;
  const alerts = stored.data.alerts.length > 0 ? stored.data.alerts : (carried.state?.alerts ?? []);
  return isAll
    ? { ...carried, state: { ...stored.data, alerts }, revision: stored.revision || null }
    : carried;
}

/** What is spoken of the first alerts if Sync is down. Links and graphs are only for Slack. */
function spokenOf(state: State): readonly AlertItem[] {
  return alertsOf(state, state.page)
    .slice(0, CALLBACK.alerts)
    .map((alert) => {
      const {
        url: _,
        imageUrl: __,
        roles: ___,
        notes: ____,
        formula: _____,
        message,
        ...facts
      } = factsIn(alert);
      const { page, closedAt } = alert;
      const words = message && { message: message.slice(0, CALLBACK.message).toWellFormed() };
      return { ...facts, ...words, page, ...(closedAt !== undefined && { closedAt }) };
    });
}

function alertsIn(value: unknown): readonly AlertItem[] {
  if (!Array.isArray(value)) return [];
  return value.filter((alert) => typeof alert?.id === 'string' && Number.isFinite(alert.heardAt));
}

const pack = (value: unknown) => deflateRawSync(JSON.stringify(value)).toString('base64url');

function unpack(packed: string): unknown {
  try {
    return JSON.parse(
      inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: 65_536 }).toString(),
    );
  } catch {
    return null;
  }
}
