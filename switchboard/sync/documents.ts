/** /Documents and /Documents/{Sid or unique name}: twilio.com/docs/sync/api/document-resource */
import type { WireResponse } from '../wire';
import { readData, readIfMatch, readTtl, readUniqueName } from './fields';
import { pageOf } from './pages';
import { jsonResponse, refuse } from './problems';
import { documentJson } from './resources';
import { missing, type SyncRequest } from './service';
import { type Document, revisionOf, write } from './store';

export function answerDocuments(request: SyncRequest, name: string | undefined): WireResponse {
  if (name === undefined) return request.method === 'POST' ? create(request) : list(request);
  const document = request.store.document(name) ?? missing(request, name, 'documentNotFound');
  if (request.method === 'POST') return update(request, document);
  return request.method === 'DELETE' ? remove(request, document) : fetchOne(request, document);
}

function create(request: SyncRequest): WireResponse {
  const { form, store, rates } = request;
  const uniqueName = readUniqueName(form);
  const { data, bytes } = readData(form, 'invalidDocumentData') ?? { data: {}, bytes: 2 };
  const ttl = readTtl(form, 'Ttl');
  if (uniqueName !== undefined && store.document(uniqueName)) refuse('uniqueNameExists');
  const document = store.addDocument(uniqueName, data, ttl);
  rates.spend(document.sid, 'write', bytes);
  return answer(request, 201, document);
}

function update(request: SyncRequest, document: Document): WireResponse {
  const { form, headers, store, rates } = request;
  const given = readData(form, 'invalidDocumentData');
  const ttl = readTtl(form, 'Ttl');
  if (!given && ttl === undefined) refuse('noParameters');
  const expected = readIfMatch(headers);
  rates.spend(document.sid, 'write', given?.bytes);
  if (expected !== undefined && expected !== revisionOf(document)) refuse('documentRevisionMismatch');
  write(document, store.now(), { data: given?.data, ttl });
  return answer(request, 200, document);
}

/** Takes no If-Match: the API has none here. */
function remove({ store, rates }: SyncRequest, document: Document): WireResponse {
  rates.spend(document.sid, 'write');
  store.removeDocument(document);
  return { status: 204, headers: {}, body: '' };
}

function fetchOne(request: SyncRequest, document: Document): WireResponse {
  request.rates.spend(document.sid, 'read');
  return answer(request, 200, document);
}

function list({ store, url, owner }: SyncRequest): WireResponse {
  const page = pageOf(store.documents(), 'documents', url, (document) => documentJson(document, owner));
  return jsonResponse(200, page);
}

function answer({ owner }: SyncRequest, status: number, document: Document): WireResponse {
  return jsonResponse(status, documentJson(document, owner), { etag: revisionOf(document) });
}
