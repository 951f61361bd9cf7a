/** How Mackerel's API is asked: never for long, and what went wrong is an answer. mackerel.io/api-docs */
import * as v from 'valibot';
import type { Unavailable } from '../escalation';

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Unavailable };

/** With what, and how, Mackerel is asked. */
export type ClientOptions = {
  /** Null where none is set. */
  readonly key: string | null;
  readonly warn: (message: string) => void;
  readonly onRequest?: () => void;
};
type Sending = { readonly method: 'POST' | 'PUT'; readonly body: object };

const BASE = 'https://api.mackerelio.com/api/v0';
/** Milliseconds. Somebody is waiting to be rung. */
const LIMIT_MS = 1_500;

export function mackerelClient({ key, warn, onRequest }: ClientOptions & { readonly key: string }) {
  /** Fails where there is no answer in time. */
  async function asked(path: string, sending?: Sending): Promise<{ status: number; body: unknown }> {
    onRequest?.();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(new Slow()), LIMIT_MS);
    try {
      const response = await fetch(`${BASE}${path}`, {
        method: sending?.method ?? 'GET',
        headers: { 'X-Api-Key': key, 'Content-Type': 'application/json' },
        ...(sending && { body: JSON.stringify(sending.body) }),
        signal: abort.signal,
      });
      const body = await response.json().catch(() => {
        if (abort.signal.aborted) throw abort.signal.reason;
        return null;
      });
      return { status: response.status, body };
    } finally {
      clearTimeout(timer);
    }
  }

  async function read<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<Answer<T>> {
    try {
      const { status, body } = await asked(path);
      if (status !== 200) return noted(path, unavailableFor(status), `HTTP ${status}`);
      const parsed = v.safeParse(schema, body);
      if (parsed.success) return { ok: true, value: parsed.output };
      // Not the library's own words: they repeat what was told.
      return noted(path, 'garbled', 'not of the documented shape');
    } catch (fault) {
      return failed(path, fault);
    }
  }

  /** @param schema what says that it was done: of a status alone, that is no more than likely */
  async function write(
    path: string,
    sending: Sending,
    schema?: v.GenericSchema<unknown, unknown>,
  ): Promise<Answer<null>> {
    try {
      const { status, body } = await asked(path, sending);
      const isDone = status < 300;
      if (isDone && (!schema || v.is(schema, body))) return { ok: true, value: null };
      if (isDone) return noted(path, 'garbled', 'not of the documented shape');
      return noted(path, unavailableFor(status), `HTTP ${status} at ${sending.method}`);
    } catch (fault) {
      return failed(path, fault);
    }
  }

  function noted(path: string, why: Unavailable, detail: string): { ok: false; why: Unavailable } {
    warn(`Mackerel's API, ${path.split('/')[1]}: ${why} (${detail})`);
    return { ok: false, why };
  }

  const failed = (path: string, fault: unknown) =>
    noted(path, fault instanceof Slow ? 'slow' : 'unreachable', String(fault));

  return { asked, read, write };
}

class Slow extends Error {
  constructor() {
    super(`no answer within ${LIMIT_MS} ms`);
  }
}

/** 403 stands for a missing scope and for an IP restriction alike. */
function unavailableFor(status: number): Unavailable {
  if (status === 401) return 'wrong-key';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many';
  return status >= 500 ? 'fault' : 'unexpected';
}
