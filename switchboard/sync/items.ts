/** /Maps/{}/Items and /Maps/{}/Items/{Key}: twilio.com/docs/sync/api/map-item-resource */
import type { WireResponse } from '../wire';
import { readData, readIfMatch, readKey, readTtl } from './fields';
import { findMap } from './maps';
import { pageOf } from './pages';
import { jsonResponse, refuse } from './problems';
import { itemJson } from './resources';
import type { SyncRequest } from './service';
import { type Item, revisionOf, type SyncMap, setTtl, touch, write } from './store';

export function answerItems(request: SyncRequest, mapName: string, key: string | undefined): WireResponse {
  const map = findMap(request, mapName);
  if (key === undefined) return request.method === 'POST' ? create(request, map) : list(request, map);
  if (request.method === 'GET') request.rates.spend(map.sid, 'read');
  const item = request.store.item(map, key) ?? refuse('itemNotFound');
  if (request.method === 'POST') return update(request, map, item);
  return request.method === 'DELETE' ? remove(request, map, item) : answer(request, 200, map, item);
}

function create(request: SyncRequest, map: SyncMap): WireResponse {
  const { form, store, rates } = request;
  const key = readKey(form);
  const { data, bytes } = readData(form, 'invalidItemData') ?? refuse('invalidItemData');
  const ttl = readTtl(form, 'ItemTtl', 'Ttl');
  rates.spend(map.sid, 'write', bytes);
  if (store.item(map, key)) refuse('itemExists');
  setTtl(map, store.now(), readTtl(form, 'CollectionTtl'));
  return answer(request, 201, map, store.addItem(map, key, data, ttl));
}

function update(request: SyncRequest, map: SyncMap, item: Item): WireResponse {
  const { form, store, rates } = request;
  const given = readData(form, 'invalidItemData');
  const ttl = readTtl(form, 'ItemTtl', 'Ttl');
  const collectionTtl = readTtl(form, 'CollectionTtl');
  if (!given && ttl === undefined && collectionTtl === undefined) refuse('noParameters');
  rates.spend(map.sid, 'write', given?.bytes);
  insistOnRevision(request, item);
  write(item, store.now(), { data: given?.data, ttl });
  touch(map, store.now());
  setTtl(map, store.now(), collectionTtl);
  return answer(request, 200, map, item);
}

function remove(request: SyncRequest, map: SyncMap, item: Item): WireResponse {
  request.rates.spend(map.sid, 'write');
  insistOnRevision(request, item);
  request.store.removeItem(map, item);
  return { status: 204, headers: {}, body: '' };
}

/** `From` names the key to begin at, in the order asked for. */
function list({ url, store, rates, owner }: SyncRequest, map: SyncMap): WireResponse {
  rates.spend(map.sid, 'read');
  const query = url.searchParams;
  const descending = query.get('Order') === 'desc';
  const ordered = descending ? store.items(map).reverse() : store.items(map);
  const from = query.get('From');
  const inclusive = query.get('Bounds') !== 'exclusive';
  const wanted = ordered.filter(
    ({ key }) => from === null || (key === from ? inclusive : descending ? key < from : key > from),
  );
  return jsonResponse(
    200,
    pageOf(wanted, 'items', url, (item) => itemJson(item, map, owner)),
  );
}

function insistOnRevision({ headers }: SyncRequest, item: Item): void {
  const expected = readIfMatch(headers);
  if (expected !== undefined && expected !== revisionOf(item)) refuse('itemRevisionMismatch');
}

function answer({ owner }: SyncRequest, status: number, map: SyncMap, item: Item): WireResponse {
  return jsonResponse(status, itemJson(item, map, owner), { etag: revisionOf(item) });
}
