/** /Maps and /Maps/{Sid or unique name}: twilio.com/docs/sync/api/map-resource */
import type { WireResponse } from '../wire';
import { readTtl, readUniqueName } from './fields';
import { pageOf } from './pages';
import { jsonResponse, refuse } from './problems';
import { mapJson } from './resources';
import { missing, type SyncRequest } from './service';
import { revisionOf, type SyncMap, setTtl, touch } from './store';

export function findMap(request: SyncRequest, name: string): SyncMap {
  return request.store.map(name) ?? missing(request, name, 'mapNotFound');
}

export function answerMaps(request: SyncRequest, name: string | undefined): WireResponse {
  if (name === undefined) return request.method === 'POST' ? create(request) : list(request);
  const map = findMap(request, name);
  request.rates.spend(map.sid, request.method === 'GET' ? 'read' : 'write');
  if (request.method === 'DELETE') {
    request.store.removeMap(map);
    return { status: 204, headers: {}, body: '' };
  }
  if (request.method === 'POST') {
    setTtl(map, request.store.now(), readTtl(request.form, 'Ttl', 'CollectionTtl'));
    touch(map, request.store.now());
  }
  return answer(request, 200, map);
}

function create(request: SyncRequest): WireResponse {
  const { form, store, rates } = request;
  const uniqueName = readUniqueName(form);
  const ttl = readTtl(form, 'Ttl', 'CollectionTtl');
  if (uniqueName !== undefined && store.map(uniqueName)) refuse('uniqueNameExists');
  const map = store.addMap(uniqueName, ttl);
  rates.spend(map.sid, 'write');
  return answer(request, 201, map);
}

function list({ store, url, owner }: SyncRequest): WireResponse {
  return jsonResponse(
    200,
    pageOf(store.maps(), 'maps', url, (map) => mapJson(map, owner)),
  );
}

function answer({ owner }: SyncRequest, status: number, map: SyncMap): WireResponse {
  return jsonResponse(status, mapJson(map, owner), { etag: revisionOf(map) });
}
