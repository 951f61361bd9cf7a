/** Requests to Mackerel's API, with a time limit. A failure is an answer, too. mackerel.io/api-docs */
import RequestClient from 'twilio/lib/base/RequestClient';
import * as v from 'valibot';
import type { Unavailable } from '../escalation';
import { REQUEST, WEBHOOK } from '../platform/budget';
import { Late, within } from '../platform/time';

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

export type Sending = { readonly method: 'post' | 'put'; readonly body: object };

/** Sends a request, and accepts only an answer of this shape. Never fails. */
export type MackerelClient = <T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  sending?: Sending,
) => Promise<Answer<T>>;

export function mackerelClient(options: Options): MackerelClient {
  // Its connection serves a few requests, one after another.
  const http = new RequestClient();
  const unavailable = (path: string, why: Unavailable, detail: string) => {
    options.warn(`Mackerel's API, ${path.split('/')[1]}: ${why} (${detail})`);
    return { ok: false, why } as const;
  };
  return async (path, schema, sending) => {
    try {
      const { status, body } = await request(options, path, sending, http);
      if (status >= 300)
        return unavailable(
          path,
          unavailableFor(status),
          `HTTP ${status} at ${(sending?.method ?? 'get').toUpperCase()}`,
        );
      const parsed = v.safeParse(schema, body);
      // The library's own words would repeat what was sent.
      if (!parsed.success) return unavailable(path, 'garbled', 'not of the documented shape');
      return { ok: true, value: parsed.output };
    } catch (fault) {
      return unavailable(path, fault instanceof Late ? 'slow' : 'unreachable', (fault as Error).message);
    }
  };
}

const BASE = 'https://api.mackerelio.com/api/v0';

/**
 * One request. Fails if there is no answer in time.
 *
 * By `twilio`'s HTTP client, because it is loaded already: the first `fetch` of a process takes 20 ms of its processor, where
 * loading all of `twilio` takes 113, and a phone waits for that.
 */
export async function request(
  { key, onRequest }: Options,
  path: string,
  sending?: Sending,
  http = new RequestClient(),
): Promise<{ readonly status: number; readonly body: unknown }> {
  onRequest?.();
  const asked = http.request<object>({
    method: sending?.method ?? 'get',
    uri: `${BASE}${path}`,
    headers: { 'X-Api-Key': key, 'Content-Type': 'application/json' },
    ...(sending && { data: sending.body }),
    timeout: WEBHOOK.platformMs,
  });
  const { statusCode, body } = await within(REQUEST.mackerelMs, SLOW, asked);
  return { status: statusCode, body };
}

const SLOW = `no answer within ${REQUEST.mackerelMs} ms`;

/** 403 means a missing scope or an IP restriction. */
function unavailableFor(status: number): Unavailable {
  if (status === 401) return 'wrong-key';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many';
  return status >= 500 ? 'fault' : 'unexpected';
}
