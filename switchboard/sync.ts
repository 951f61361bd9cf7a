/**
 * Twilio Sync's REST API for the account's default service: documents, maps and map items, with revisions and
 * If-Match, time to live, size and rate limits, and Twilio's error codes (twilio.com/docs/sync/api).
 */
import type { Clock } from './clock';
import { answerDocuments } from './sync/documents';
import { answerItems } from './sync/items';
import { answerMaps } from './sync/maps';
import { problemResponse, Refusal, refuse } from './sync/problems';
import { createRates, type Rates } from './sync/rates';
import type { MissingNameCode, SyncRequest } from './sync/service';
import { serviceOf } from './sync/services';
import { createStore, revisionOf, write } from './sync/store';
import type { Neighbour, WireRequest, WireResponse } from './wire';

export type SyncOptions = {
  clock: Clock;
  accountSid: string;
  authToken: string;
  /** Which error an unknown unique name gives; default `specific` (54100, 54200). */
  missingNameCode?: MissingNameCode;
  /** Rate limits; default on. */
  limits?: boolean;
  /**
   * Whether the account has its default service: from the start (default), once somebody fetches it, or never
   * (unconfirmed).
   */
  defaultService?: 'there' | 'once-fetched' | 'none';
};

/** The rest is for tests, and costs no request. */
export type Sync = Neighbour & {
  document(name: string): { data: unknown; revision: string } | undefined;
  putDocument(name: string, data: unknown): void;
  /** `expiresAt`: virtual ms since epoch. */
  items(map: string): { key: string; data: unknown; expiresAt?: number }[];
  /** Reads and writes that got past the account check, refused or not. */
  readonly counts: { requests: number; reads: number; writes: number };
};

const serviceSid = `IS${'0'.repeat(31)}1`;
const noRates: Rates = { spend: () => {} };

export function createSync(options: SyncOptions): Sync {
  const { clock, accountSid, authToken, missingNameCode = 'specific', limits = true } = options;
  const store = createStore(() => clock.now());
  const rates = limits ? createRates(() => clock.now()) : noRates;
  const owner = { accountSid, serviceSid, url: `https://sync.twilio.com/v1/Services/${serviceSid}` };
  const expectedAuth = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const counts = { requests: 0, reads: 0, writes: 0 };
  /** The names of the one service. */
  const service = serviceOf(owner, options.defaultService ?? 'there');

  function answer({ method, url, headers, body }: WireRequest): WireResponse {
    counts.requests += 1;
    if (headers.authorization !== expectedAuth) refuse('notAuthenticated');
    if (method === 'GET') counts.reads += 1;
    else if (method === 'POST' || method === 'DELETE') counts.writes += 1;
    else refuse('methodNotAllowed');
    const form = new URLSearchParams(body);
    const aboutService = service.answer(method, url);
    if (aboutService) return aboutService;
    return route({ method, url, headers, form, store, rates, owner, missingNameCode });
  }

  return {
    name: 'sync',
    counts,
    async handle(request) {
      try {
        return answer(request);
      } catch (error) {
        if (error instanceof Refusal) return problemResponse(error.problem);
        throw error;
      }
    },
    document(name) {
      const document = store.document(name);
      return document && { data: structuredClone(document.data), revision: revisionOf(document) };
    },
    putDocument(name, data) {
      const document = store.document(name);
      if (document) write(document, clock.now(), { data: structuredClone(data) as object });
      else store.addDocument(name, structuredClone(data) as object);
    },
    items(name) {
      const map = store.map(name);
      if (!map) return [];
      return store.items(map).map(({ key, data, expiresAt }) => ({
        key,
        data: structuredClone(data),
        ...(expiresAt !== undefined && { expiresAt }),
      }));
    },
  };
}

function route(request: SyncRequest): WireResponse {
  const [version, services, service, collection, name, items, key, ...rest] = request.url.pathname
    .slice(1)
    .split('/')
    .map(decodeURIComponent);
  const known = version === 'v1' && services === 'Services' && rest.length === 0;
  if (!known || service === undefined || collection === undefined) refuse('noSuchResource');
  if (request.method === 'DELETE' && (name === undefined || (items !== undefined && key === undefined))) {
    refuse('methodNotAllowed');
  }
  if (collection === 'Documents' && items === undefined) return answerDocuments(request, name);
  if (collection === 'Maps' && items === undefined) return answerMaps(request, name);
  if (collection === 'Maps' && items === 'Items' && name !== undefined)
    return answerItems(request, name, key);
  return refuse('noSuchResource');
}
