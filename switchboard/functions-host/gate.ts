import { validateRequest, validateRequestWithBody } from 'twilio';
import type { WireRequest } from '../wire';
import type { RouteFile } from './route-files';

/** Bytes, headers included (docs/serverless/functions-assets/functions/request-flow). */
const MOST_REQUEST_BYTES = 1024 * 1024;
/** Beyond either limit it is 431 (docs/serverless/functions-assets/functions/headers-and-cookies). */
const MOST_HEADER_BYTES = 15 * 1000;
const MOST_HEADERS = 90;
const METHODS = ['GET', 'POST', 'OPTIONS'];

export type Refusal = { readonly status: number; readonly why: string };

/** What the platform refuses before any code of ours runs; undefined if it lets the request in. */
export function refuse(
  request: WireRequest,
  route: RouteFile | undefined,
  house: { authToken: string; publicUrl: URL; refusedSignatureStatus: number },
): Refusal | undefined {
  if (!METHODS.includes(request.method)) return { status: 405, why: 'Method not allowed' };
  const headerBytes = sizeOfHeaders(request);
  if (headerBytes > MOST_HEADER_BYTES || Object.keys(request.headers).length > MOST_HEADERS)
    return { status: 431, why: 'Request header fields too large' };
  if (headerBytes + Buffer.byteLength(request.body) > MOST_REQUEST_BYTES)
    return { status: 413, why: 'Request too large' };
  if (route?.access === 'private') return { status: 403, why: 'Forbidden' };
  // The platform itself answers a browser's preflight, which carries no signature.
  if (route?.access !== 'protected' || request.method === 'OPTIONS') return undefined;
  if (isSigned(request, house.authToken, house.publicUrl)) return undefined;
  return { status: house.refusedSignatureStatus, why: 'Invalid X-Twilio-Signature' };
}

/**
 * As Twilio signs: the public URL with its query, and the parameters of a form. A body of another kind is signed by
 * its digest in the URL, or not at all (docs/usage/security).
 */
function isSigned(request: WireRequest, authToken: string, publicUrl: URL): boolean {
  const signature = header(request, 'x-twilio-signature');
  if (signature === undefined) return false;
  const url = publicUrl.origin + request.url.pathname + request.url.search;
  if (request.url.searchParams.has('bodySHA256'))
    return validateRequestWithBody(authToken, signature, url, request.body);
  if (request.body !== '' && !isForm(request)) return false;
  return validateRequest(authToken, signature, url, paramsOf(request));
}

const isForm = (request: WireRequest) =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(header(request, 'content-type') ?? '');

function paramsOf(request: WireRequest): Record<string, string | string[]> {
  const form = new URLSearchParams(request.body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? (values[0] as string) : values];
    }),
  );
}

function sizeOfHeaders({ headers }: WireRequest): number {
  return Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
}

export function header(request: Pick<WireRequest, 'headers'>, name: string): string | undefined {
  return Object.entries(request.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
