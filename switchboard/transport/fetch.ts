/**
 * A `fetch` that leads to the stand-ins: one with real `Request`, `Response` and `Headers`, and one with only the
 * parts that callers use.
 */
import { STATUS_CODES } from 'node:http';
import type { Carry } from '../network';
import type { WireResponse } from '../wire';

/** Saved from the start: Twilio's local server replaces `Response`. */
const { Response } = globalThis;

/** Statuses with which `Response` refuses a body (fetch.spec.whatwg.org, "null body status"). */
const bodiless = new Set([101, 103, 204, 205, 304]);

export function standInFetch(carry: Carry): typeof fetch {
  return async (input, init) => {
    // The caller's own signal: a Request holds only a weak copy of it, which may be gone before the time is up.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    const sent = new Request(input, { ...init, signal: null });
    const url = new URL(sent.url);
    const headers = Object.fromEntries(sent.headers);
    const body = await sent.text();

    const carried = await unlessAborted(carry({ method: sent.method, url, headers, body }), signal);
    if (carried.kind === 'refused') throw connectionRefused(url);
    return asResponse(carried.response, sent.url);
  };
}

/** For a URL and a text body, as Slack's client and ours use; everything else goes the real way. */
export function directFetch(carry: Carry): typeof fetch {
  const full = standInFetch(carry);
  return async (input, init = {}) => {
    const { body = '', signal, method = 'GET' } = init;
    const isPlain = typeof body === 'string' || body instanceof URLSearchParams || body === null;
    if (input instanceof Request || !isPlain) return full(input, init);
    signal?.throwIfAborted();
    const url = new URL(String(input));
    const headers = { ...typeOf(body), ...Object.fromEntries(new Headers(init.headers)) };
    const request = { method: method.toUpperCase(), url, headers, body: String(body ?? '') };
    const carried = await unlessAborted(carry(request), signal);
    if (carried.kind === 'refused') throw connectionRefused(url);
    return shortResponse(carried.response, url.href);
  };
}

/** The content type that `fetch` sets if nobody has. */
function typeOf(body: string | URLSearchParams | null): Record<string, string> {
  if (body === null || body === '') return {};
  const type = typeof body === 'string' ? 'text/plain' : 'application/x-www-form-urlencoded';
  return { 'content-type': `${type};charset=UTF-8` };
}

function shortResponse({ status, headers, body }: WireResponse, url: string): Response {
  const response = {
    ok: status >= 200 && status < 300,
    status,
    statusText: STATUS_CODES[status] ?? '',
    url,
    headers: new Headers(headers),
    text: async () => body,
    json: async () => JSON.parse(body),
    arrayBuffer: async () => new TextEncoder().encode(body).buffer,
  };
  return response as unknown as Response;
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    if (signal.aborted) aborted();
    signal.addEventListener('abort', aborted, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}

/** In the words of Node's fetch: a TypeError whose `cause` has the code. */
function connectionRefused(url: URL): TypeError {
  const cause = Object.assign(new Error(`connect ECONNREFUSED ${url.host}:443`), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  });
  return new TypeError('fetch failed', { cause });
}

function asResponse({ status, headers, body }: WireResponse, url: string): Response {
  const statusText = STATUS_CODES[status] ?? '';
  const response = new Response(bodiless.has(status) ? null : body, { status, statusText, headers });
  return Object.defineProperty(response, 'url', { value: url });
}
