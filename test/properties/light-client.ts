/** Twilio's own client, but for its HTTP: what it asks for goes straight to the stand-ins. */
import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import Response from 'twilio/lib/http/response';
import type { WireRequest, WireResponse } from '../../switchboard/wire';

/** Null where the connection is refused. */
export type Ask = (neighbour: 'sync' | 'twilio', request: WireRequest) => Promise<WireResponse | null>;

type Asked = Parameters<RequestClient['request']>[0];

export function lightClient(ask: Ask, account: { readonly sid: string; readonly authToken: string }) {
  class LightRequests extends RequestClient {
    override async request<TData>(asked: Asked): Promise<Response<TData>> {
      const { method, uri, params, data, headers = {}, username, password } = asked;
      const url = new URL(uri);
      for (const [name, value] of pairs(params ?? {})) url.searchParams.append(name, value);
      const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
      const ifMatch = Object.entries(headers).find(([name]) => name.toLowerCase() === 'if-match')?.[1];
      const response = await ask(url.host.startsWith('sync') ? 'sync' : 'twilio', {
        method: method.toUpperCase(),
        url,
        headers: {
          authorization,
          ...(method.toUpperCase() === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...(ifMatch !== undefined && { 'if-match': String(ifMatch) }),
        },
        body: new URLSearchParams(pairs(data ?? {})).toString(),
      });
      if (!response) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      return new Response(response.status, parsed(response.body) as TData, response.headers);
    }
  }
  return twilio(account.sid, account.authToken, { httpClient: new LightRequests() });
}

/** A field of several values comes once for each of them. */
function pairs(fields: object): [string, string][] {
  return Object.entries(fields).flatMap(([name, given]) =>
    (Array.isArray(given) ? given : [given])
      .filter((value) => value !== undefined)
      .map((value): [string, string] => [name, String(value)]),
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
