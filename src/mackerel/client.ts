/** Requests to Mackerel's API, with a time limit. A failure is an answer, too. mackerel.io/api-docs */
import * as v from 'valibot';
import type { Unavailable } from '../escalation';
import { REQUEST } from '../platform/budget';

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Unavailable };

export type ClientOptions = {
  /** Null if none is set. */
  readonly key: string | null;
  readonly warn: (message: string) => void;
  readonly onRequest?: () => void;
};
type Options = ClientOptions & { readonly key: string };

export type Sending = { readonly method: 'POST' | 'PUT'; readonly body: object };

/** Sends a request, and accepts only an answer of this shape. Never fails. */
export type MackerelClient = <T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  sending?: Sending,
) => Promise<Answer<T>>;

export function mackerelClient(options: Options): MackerelClient {
  const unavailable = (path: string, why: Unavailable, detail: string) => {
    options.warn(`Mackerel's API, ${path.split('/')[1]}: ${why} (${detail})`);
    return { ok: false, why } as const;
  };
  return async (path, schema, sending) => {
    try {
      const { status, body } = await request(options, path, sending);
      if (status >= 300)
        return unavailable(path, unavailableFor(status), `HTTP ${status} at ${sending?.method ?? 'GET'}`);
      const parsed = v.safeParse(schema, body);
      // The library's own words would repeat what was sent.
      if (!parsed.success) return unavailable(path, 'garbled', 'not of the documented shape');
      return { ok: true, value: parsed.output };
    } catch (fault) {
      return unavailable(path, fault instanceof Slow ? 'slow' : 'unreachable', String(fault));
    }
  };
}

const BASE = 'https://api.mackerelio.com/api/v0';

/** One request. Fails if there is no answer in time. */
export async function request({ key, onRequest }: Options, path: string, sending?: Sending) {
  onRequest?.();
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Slow()), REQUEST.mackerelMs);
  try {
    const response = await fetch(`${BASE}${path}`, {
      method: sending?.method ?? 'GET',
      headers: { 'X-Api-Key': key, 'Content-Type': 'application/json' },
      ...(sending && { body: JSON.stringify(sending.body) }),
      signal: abort.signal,
    });
    const body: unknown = await response.json().catch(() => {
      if (abort.signal.aborted) throw abort.signal.reason;
      return null;
    });
    return { status: response.status, body };
  } finally {
    clearTimeout(timer);
  }
}

class Slow extends Error {
  constructor() {
    super(`no answer within ${REQUEST.mackerelMs} ms`);
  }
}

/** 403 means a missing scope or an IP restriction. */
function unavailableFor(status: number): Unavailable {
  if (status === 401) return 'wrong-key';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many';
  return status >= 500 ? 'fault' : 'unexpected';
}
