import type { WireRequest, WireResponse } from '../wire';
import { callJson } from './call-json';
import { callPage } from './call-page';
import { asItWas } from './calls';
import { createCall } from './create-call';
import type { Desk } from './desk';
import { type Form, RestFault } from './rest-form';
import { updateCall } from './update-call';

const PATH = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/Calls(?:\/(CA[0-9a-f]{32}))?\.json$/;

export const isOfCalls = ({ host, pathname }: URL): boolean =>
  host === 'api.twilio.com' && /^\/2010-04-01\/Accounts\/[^/]+\/Calls(\/|\.json$)/.test(pathname);

/** The Calls resource: create, list, fetch, update (docs/voice/api/call-resource). Nothing else is served. */
export async function answerRest(desk: Desk, request: WireRequest): Promise<WireResponse> {
  const { method, url } = request;
  let response: WireResponse;
  let code: number | undefined;
  try {
    response = route(desk, request);
  } catch (error) {
    if (!(error instanceof RestFault)) throw error;
    response = json(error.status, error.body());
    code = error.code;
  }
  desk.tell({ kind: 'rest', method, path: url.pathname, status: response.status, code });
  return response;
}

function route(desk: Desk, request: WireRequest): WireResponse {
  authorize(desk, request.headers);
  const [, accountSid, callSid] = PATH.exec(request.url.pathname) ?? [];
  const notFound = new RestFault(404, 20404, `The requested resource ${request.url.pathname} was not found`);
  if (accountSid !== desk.account.sid) throw notFound;
  const form: Form = new URLSearchParams(request.body);
  if (callSid === undefined) {
    if (request.method === 'GET') return json(200, callPage(desk, request.url));
    if (request.method !== 'POST') throw new RestFault(405, 20004, 'Method not allowed');
    return json(201, callJson(createCall(desk, form).record));
  }
  const leg = desk.legs.get(callSid);
  if (!leg || leg.record.accountSid !== accountSid) throw notFound;
  if (request.method === 'GET') {
    const seenAt = desk.clock.now() - desk.staleFetch * 1000;
    return json(200, callJson(asItWas(leg.record, seenAt)));
  }
  if (request.method !== 'POST') throw new RestFault(405, 20004, 'Method not allowed');
  updateCall(desk, leg, form);
  return json(200, callJson(leg.record));
}

function authorize(desk: Desk, headers: Readonly<Record<string, string>>): void {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const { sid, authToken } = desk.account;
  if (given !== `Basic ${Buffer.from(`${sid}:${authToken}`).toString('base64')}`)
    throw new RestFault(401, 20003, 'Authenticate');
}

function json(status: number, body: unknown): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
