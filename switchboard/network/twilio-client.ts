/**
 * Changes only the transport under `twilio`'s own RequestClient: its form encoding, its `autoRetry` and its reading
 * of the answer (JSON parsed, anything else a string) stay the real ones.
 */
import RequestClient from 'twilio/lib/base/RequestClient';
import type { Clock } from '../clock';
import { isStopped } from '../functions-host/run';
import type { Carry } from '../network';

type AdapterConfig = {
  url?: string;
  method?: string;
  headers: { toJSON(): Record<string, unknown> };
  data?: unknown;
  timeout?: number;
};
type Adapter = (config: AdapterConfig) => Promise<unknown>;
type Axios = { defaults: { adapter?: unknown }; getUri(config: AdapterConfig): string };

export function rerouteTwilioClients(carry: Carry, clock: Clock): () => void {
  const realRequest = RequestClient.prototype.request;
  const realAdapters = new Map<Axios, unknown>();

  // At the request, not at construction: clients made before the switchboard must not reach the real Twilio either.
  RequestClient.prototype.request = function (this: RequestClient, options) {
    const { axios } = this as unknown as { axios: Axios };
    if (!realAdapters.has(axios)) {
      realAdapters.set(axios, axios.defaults.adapter);
      axios.defaults.adapter = standInAdapter(axios, carry, clock);
    }
    return realRequest.call(this, options);
  } as typeof realRequest;

  return () => {
    RequestClient.prototype.request = realRequest;
    for (const [axios, adapter] of realAdapters) axios.defaults.adapter = adapter;
  };
}

function standInAdapter(axios: Axios, carry: Carry, clock: Clock): Adapter {
  return async (config) => {
    const url = new URL(axios.getUri(config));
    const request = {
      method: (config.method ?? 'get').toUpperCase(),
      url,
      headers: lowerCaseNames(config.headers.toJSON()),
      body: typeof config.data === 'string' ? config.data : '',
    };
    const carried = await within(config.timeout ?? 0, carry(request), clock);
    if (carried === 'too late') {
      if (isStopped()) return new Promise<never>(() => {});
      throw transportError(`timeout of ${config.timeout}ms exceeded`, 'ECONNABORTED', config);
    }
    if (carried.kind === 'refused') {
      throw transportError(`connect ECONNREFUSED ${url.host}:443`, 'ECONNREFUSED', config);
    }
    const { status, headers, body } = carried.response;
    return { data: body, status, statusText: '', headers, config, request: {} };
  };
}

/** `limitMs` 0 = no limit. */
function within<T>(limitMs: number, work: Promise<T>, clock: Clock): Promise<T | 'too late'> {
  if (limitMs === 0) return work;
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs / 1000, () => resolve('too late'));
    work.then(resolve, reject).finally(cancel);
  });
}

/** The shape and words of axios's own errors. */
function transportError(message: string, code: string, config: AdapterConfig): Error {
  return Object.assign(new Error(message), { name: 'AxiosError', isAxiosError: true, code, config });
}

function lowerCaseNames(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
