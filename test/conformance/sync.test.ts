import twilio from 'twilio';
import { type Clock, installClock } from '../../switchboard/clock';
import { installNetwork, type Network } from '../../switchboard/network';
import { requestFaults } from '../../switchboard/openapi';
import { createSync, type Sync, type SyncOptions } from '../../switchboard/sync';
import type { Neighbour } from '../../switchboard/wire';
import { failureOf, inTime } from '../switchboard/in-time';

const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'token';
const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
const nobody: Neighbour = { name: 'nobody', handle: async () => ({ status: 500, headers: {}, body: '' }) };

let clock: Clock;
let network: Network;
let sync: Sync;

function open(options: Partial<SyncOptions> = {}): void {
  sync = createSync({ clock, accountSid, authToken, ...options });
  network?.restore();
  network = installNetwork({ twilio: nobody, sync, slack: nobody, mackerel: nobody }, clock);
}

beforeEach(() => {
  clock = installClock({ startAt: new Date('2026-11-22T09:00:00Z') });
  open();
});
afterEach(() => {
  network.restore();
  clock.uninstall();
  // The requests may be wrong on purpose; the answers never are.
  expect(network.violations.filter((violation) => violation.includes(' answered '))).toEqual([]);
});

const service = (token = authToken) => twilio(accountSid, token).sync.v1.services('default');
const soon = <T>(promise: Promise<T>) => inTime(clock, promise);
const failure = (promise: Promise<unknown>) => failureOf(clock, promise);
const documents = () => service().documents;
/** Data of so many bytes, as JSON. */
const bytes = (size: number) => ({ filler: 'x'.repeat(size - 13) });
const kib = (size: number) => bytes(size * 1024);

// Each with its own page: docs/api/errors/<number>; the HTTP statuses are the usual ones, for no page names them.
describe('docs/api/errors: documents', () => {
  test.each<[string, () => Promise<unknown>, number, number]>([
    ['fetching nothing', () => service().documents('none').fetch(), 404, 54100],
    ['updating nothing', () => service().documents('none').update({ data: {} }), 404, 54100],
    ['removing nothing', () => service().documents('none').remove(), 404, 54100],
    ['more than 16 KiB', () => documents().create({ data: bytes(16 * 1024 + 1) }), 413, 54006],
    ['data that is no object', () => documents().create({ data: '[1]' }), 400, 54101],
    ['data that is no JSON', () => documents().create({ data: '{' }), 400, 54008],
    ['a negative time to live', () => documents().create({ data: {}, ttl: -1 }), 400, 54011],
    ['more than a year to live', () => documents().create({ data: {}, ttl: 31_536_001 }), 400, 54011],
    ['an empty name', () => documents().create({ uniqueName: '' }), 400, 54302],
    ['a name like a SID', () => documents().create({ uniqueName: `ET${'a'.repeat(32)}` }), 400, 54302],
    ['a name of 257 characters', () => documents().create({ uniqueName: 'x'.repeat(257) }), 400, 54302],
    ['the wrong token', () => service('wrong').documents('none').fetch(), 401, 20003],
    [
      'another service',
      () => twilio(accountSid, authToken).sync.v1.services('x').documents('y').fetch(),
      404,
      54050,
    ],
  ])('%s is refused', async (_, act, status, code) => {
    const error = await failure(act());
    expect(error).toMatchObject({ status, code, moreInfo: `https://www.twilio.com/docs/errors/${code}` });
    expect(error.message).not.toBe('');
  });

  test('an update without anything in it is refused', async () => {
    sync.putDocument('page', {});
    expect(await failure(service().documents('page').update({}))).toMatchObject({ code: 54010 });
  });

  test('an empty If-Match is refused', async () => {
    sync.putDocument('page', {});
    const update = service().documents('page').update({ data: {}, ifMatch: '""' });
    expect(await failure(update)).toMatchObject({ code: 54003 });
  });

  test.each<[string, () => Promise<unknown>]>([
    ['16 KiB', () => documents().create({ data: bytes(16 * 1024) })],
    ['a name of 256 characters', () => documents().create({ uniqueName: 'x'.repeat(256) })],
    ['a year to live', () => documents().create({ data: {}, ttl: 31_536_000 })],
  ])('%s is not refused', async (_, act) => {
    expect(await soon(act())).toBeDefined();
    expect(network.violations).toEqual([]);
  });

  test('16 KiB are bytes, not characters', async () => {
    const data = { filler: 'あ'.repeat(5462) };
    expect(await failure(documents().create({ data }))).toMatchObject({ code: 54006 });
  });
});

describe('docs/sync/api/document-resource', () => {
  test('are created, fetched by name or SID, updated and removed', async () => {
    const made = await soon(documents().create({ uniqueName: 'page', data: { step: 1, 名: '甲' } }));
    expect(made.sid).toMatch(/^ET[0-9a-f]{32}$/);
    expect(made).toMatchObject({
      uniqueName: 'page',
      accountSid,
      data: { step: 1, 名: '甲' },
      revision: '0',
    });
    expect(made.dateCreated.getTime()).toBeLessThanOrEqual(clock.now());
    expect(made.dateExpires).toBeNull();

    const updated = await soon(
      service()
        .documents('page')
        .update({ data: { step: 2 } }),
    );
    expect(updated.revision).not.toBe(made.revision);
    const fetched = await soon(service().documents(made.sid).fetch());
    expect(fetched).toMatchObject({ data: { step: 2 }, revision: updated.revision });
    expect(sync.document('page')).toEqual({ data: { step: 2 }, revision: updated.revision });

    expect(await soon(service().documents('page').remove())).toBe(true);
    expect(sync.document('page')).toBeUndefined();
  });

  test('only one of two creators gets the name', async () => {
    const claims = [1, 2].map((n) => documents().create({ uniqueName: 'page', data: { n } }));
    const results = await soon(Promise.allSettled(claims));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: { status: 409, code: 54301 } });
  });

  test('only one of two writers with the same revision gets through', async () => {
    const { revision } = await soon(documents().create({ uniqueName: 'page', data: { n: 0 } }));
    const writes = [1, 2].map((n) => service().documents('page').update({ data: { n }, ifMatch: revision }));
    const [first, second] = await soon(Promise.allSettled(writes));
    expect(first).toMatchObject({ status: 'fulfilled', value: { data: { n: 1 } } });
    expect(second).toMatchObject({ status: 'rejected', reason: { status: 412, code: 54103 } });
    expect(sync.document('page')?.data).toEqual({ n: 1 });
  });

  test('the revision is the ETag, and may be quoted as one', async () => {
    const created = await soon(documents().createWithHttpInfo({ uniqueName: 'page', data: {} }));
    expect(created.headers).toMatchObject({ etag: created.body.revision });
    const ifMatch = `"${created.body.revision}"`;
    expect(await soon(service().documents('page').update({ data: {}, ifMatch }))).toBeDefined();
  });

  test('live as long as their time to live, which a write does not renew', async () => {
    const made = await soon(documents().create({ uniqueName: 'page', data: { n: 1 }, ttl: 100 }));
    expect(made.dateExpires.getTime() - made.dateCreated.getTime()).toBe(100_000);
    await clock.run(60);
    await soon(
      service()
        .documents('page')
        .update({ data: { n: 2 } }),
    );
    await clock.run(39);
    expect(sync.document('page')).toBeDefined();
    await clock.run(1);
    expect(sync.document('page')).toBeUndefined();
    expect(await failure(service().documents('page').fetch())).toMatchObject({ status: 404 });
  });

  test('a write with a new time to live sets it, 0 means for ever', async () => {
    await soon(documents().create({ uniqueName: 'page', data: {}, ttl: 10 }));
    const kept = await soon(service().documents('page').update({ ttl: 0 }));
    expect(kept.dateExpires).toBeNull();
    await clock.run(3600);
    expect(sync.document('page')).toBeDefined();
  });

  test('removal takes no If-Match, so that nobody may believe it was heeded', async () => {
    sync.putDocument('page', {});
    const url = new URL('https://sync.twilio.com/v1/Services/default/Documents/page');
    const request = { method: 'DELETE', url, headers: { authorization, 'if-match': 'f' }, body: '' };
    expect(requestFaults(request)).toEqual([
      'DeleteDocument: header must NOT have additional properties (If-Match)',
    ]);
  });

  test('are listed 50 to a page, and at most 100', async () => {
    for (let n = 0; n < 120; n += 1) sync.putDocument(`page-${n}`, { n });
    await soon(documents().list());
    expect(sync.counts.requests).toBe(3);
    await soon(documents().list({ pageSize: 100 }));
    expect(sync.counts.requests).toBe(5);
    expect(network.violations).toEqual([]);
    await soon(documents().list({ pageSize: 1000 }));
    expect(sync.counts.requests).toBe(7);
    expect(network.violations).toEqual(['ListDocument: query/PageSize must be <= 100']);
  });

  test('are listed page by page', async () => {
    for (let n = 0; n < 5; n += 1) sync.putDocument(`page-${n}`, { n });
    const listed = await soon(documents().list({ pageSize: 2 }));
    expect(listed.map(({ uniqueName }) => uniqueName)).toEqual([
      'page-0',
      'page-1',
      'page-2',
      'page-3',
      'page-4',
    ]);
    expect(sync.counts).toEqual({ requests: 3, reads: 3, writes: 0 });
  });
});

describe('docs/sync/api/map-resource and …/map-item-resource', () => {
  const maps = () => service().syncMaps;
  const items = () => service().syncMaps('history').syncMapItems;
  const item = (key: string) => service().syncMaps('history').syncMapItems(key);
  const history = () => soon(maps().create({ uniqueName: 'history' }));

  test('are created, fetched and removed with all they hold', async () => {
    const made = await history();
    expect(made).toMatchObject({ uniqueName: 'history', accountSid });
    expect(made.sid).toMatch(/^MP[0-9a-f]{32}$/);
    await soon(items().create({ key: 'a', data: { n: 1 } }));
    expect((await soon(maps()(made.sid).fetch())).uniqueName).toBe('history');
    expect((await soon(maps().list())).map(({ sid }) => sid)).toEqual([made.sid]);
    await soon(maps()('history').remove());
    expect(sync.items('history')).toEqual([]);
    expect(await failure(item('a').fetch())).toMatchObject({ status: 404, code: 54200 });
  });

  test('items are created, fetched, updated and removed', async () => {
    const { sid } = await history();
    const made = await soon(items().create({ key: 'a', data: { n: 1 } }));
    expect(made).toMatchObject({ key: 'a', mapSid: sid, data: { n: 1 }, revision: '0' });
    const updated = await soon(item('a').update({ data: { n: 2 }, ifMatch: made.revision }));
    expect((await soon(item('a').fetch())).revision).toBe(updated.revision);
    expect(await soon(item('a').remove({ ifMatch: updated.revision }))).toBe(true);
    expect(sync.items('history')).toEqual([]);
  });

  test('items live as long as their time to live', async () => {
    await history();
    await soon(items().create({ key: 'a', data: {}, itemTtl: 60 }));
    await soon(items().create({ key: 'b', data: {}, ttl: 120 }));
    await soon(items().create({ key: 'c', data: {} }));
    expect(sync.items('history').map(({ expiresAt }) => expiresAt !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
    await clock.run(61);
    expect(sync.items('history').map(({ key }) => key)).toEqual(['b', 'c']);
    await clock.run(60);
    expect(sync.items('history').map(({ key }) => key)).toEqual(['c']);
  });

  test('a map lives as long as its collection’s time to live, which an item may set', async () => {
    await history();
    await soon(items().create({ key: 'a', data: {}, collectionTtl: 60 }));
    expect((await soon(maps()('history').fetch())).dateExpires.getTime()).toBe(
      Math.floor(clock.now() / 1000) * 1000 + 60_000,
    );
    await soon(item('a').update({ data: {}, collectionTtl: 120 }));
    await clock.run(100);
    expect(sync.items('history')).toHaveLength(1);
    await clock.run(21);
    expect(await failure(maps()('history').fetch())).toMatchObject({ status: 404, code: 54200 });
  });

  test.each<[string, () => Promise<unknown>, number, number]>([
    ['a map that is not there', () => maps()('none').fetch(), 404, 54200],
    ['an item of a map that is not there', () => maps()('none').syncMapItems('a').fetch(), 404, 54200],
    ['an item that is not there', () => item('none').fetch(), 404, 54201],
    ['a map that is there', () => maps().create({ uniqueName: 'history' }), 409, 54301],
    ['an item that is there', () => items().create({ key: 'a', data: {} }), 409, 54208],
    ['an old revision at update', () => item('a').update({ data: {}, ifMatch: 'f' }), 412, 54205],
    ['an old revision at removal', () => item('a').remove({ ifMatch: 'f' }), 412, 54205],
    ['no key', () => items().create({ key: '', data: {} }), 400, 54209],
    ['a long key', () => items().create({ key: 'k'.repeat(257), data: {} }), 400, 54209],
    ['more than 16 KiB', () => items().create({ key: 'b', data: bytes(16 * 1024 + 1) }), 413, 54006],
    ['data that is no object', () => items().create({ key: 'b', data: '[1]' }), 400, 54206],
    ['data that is no object, at update', () => item('a').update({ data: 'null' }), 400, 54206],
    ['data that is no JSON', () => items().create({ key: 'b', data: '{' }), 400, 54008],
  ])('%s is refused', async (_, act, status, code) => {
    await history();
    await soon(items().create({ key: 'a', data: {} }));
    expect(await failure(act())).toMatchObject({ status, code });
  });

  test('an item without data is refused', async () => {
    await history();
    const request = {
      method: 'POST',
      url: new URL('https://sync.twilio.com/v1/Services/default/Maps/history/Items'),
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Key=b',
    };
    const { status, body } = await sync.handle(request);
    expect({ status, code: JSON.parse(body).code }).toEqual({ status: 400, code: 54206 });
    expect(requestFaults(request)).toEqual(["CreateSyncMapItem: must have required property 'Data'"]);
  });

  test('items are listed 50 to a page, and at most 100', async () => {
    await history();
    for (let n = 0; n < 120; n += 1) {
      await soon(items().create({ key: `${n}`.padStart(3, '0'), data: { n } }));
      await clock.run(0.1);
    }
    const requestsFor = async (options: { pageSize?: number }) => {
      const before = sync.counts.requests;
      expect(await soon(items().list(options))).toHaveLength(120);
      return sync.counts.requests - before;
    };
    expect(await requestsFor({})).toBe(3);
    expect(await requestsFor({ pageSize: 100 })).toBe(2);
    expect(network.violations).toEqual([]);
    expect(await requestsFor({ pageSize: 1000 })).toBe(2);
    expect(network.violations).toEqual(['ListSyncMapItem: query/PageSize must be <= 100']);
  });

  test('a key of 256 characters is one, and stands in a URL as any other', async () => {
    await history();
    const key = '2026-11-22T18:00:00Z 佐藤'.padEnd(256, '.');
    await soon(items().create({ key, data: {} }));
    expect((await soon(item(key).fetch())).key).toBe(key);
    expect(network.violations).toEqual([]);
  });

  test.each([
    ['in the order of their keys', {}, ['a', 'b', 'c', 'd']],
    ['backwards', { order: 'desc' as const }, ['d', 'c', 'b', 'a']],
    ['from a key on', { from: 'c' }, ['c', 'd']],
    ['after a key', { from: 'b', bounds: 'exclusive' as const }, ['c', 'd']],
    ['backwards from a key', { order: 'desc' as const, from: 'b' }, ['b', 'a']],
    ['page by page', { pageSize: 1 }, ['a', 'b', 'c', 'd']],
    ['only the first few', { order: 'desc' as const, limit: 3, pageSize: 2 }, ['d', 'c', 'b']],
  ])('items are listed %s', async (_, options, keys) => {
    await history();
    for (const key of ['c', 'a', 'd', 'b']) await soon(items().create({ key, data: { key } }));
    expect((await soon(items().list(options))).map(({ key }) => key)).toEqual(keys);
  });
});

describe('docs/sync/limits: rates', () => {
  const many = (times: number, act: () => Promise<unknown>) =>
    soon(Promise.allSettled(Array.from({ length: times }, act)));
  const refused = (results: PromiseSettledResult<unknown>[]) =>
    results.filter(({ status }) => status === 'rejected').length;

  test('large documents: 2 writes a second over 10 s, then 429 until the burst is past', async () => {
    sync.putDocument('page', {});
    const update = () =>
      service()
        .documents('page')
        .update({ data: kib(12) });
    const results = await many(25, update);
    expect(refused(results)).toBe(5);
    expect(results.at(-1)).toMatchObject({ reason: { status: 429, code: 54009 } });
    await clock.run(10);
    expect(await soon(update())).toBeDefined();
  });

  const refusedOf = async (count: number, size: number) => {
    const name = `of ${size} KiB`;
    sync.putDocument(name, {});
    const document = service().documents(name);
    return refused(await many(count, () => document.update({ data: kib(size) })));
  };

  test.each([
    [1, 200],
    [10, 20],
  ])('writes of %i KiB: %i in 10 s', async (size, allowed) => {
    expect(await refusedOf(allowed + 7, size)).toBe(7);
  });

  test('between them there are the fewer, the larger they are', async () => {
    const four = await refusedOf(200, 4);
    const seven = await refusedOf(200, 7);
    expect([0 < four, four < seven, seven < 180]).toEqual([true, true, true]);
  });

  test('20 reads and 20 writes a second over 10 s, counted apart, for each object', async () => {
    sync.putDocument('page', {});
    sync.putDocument('other', {});
    expect(refused(await many(201, () => service().documents('page').fetch()))).toBe(1);
    expect(refused(await many(1, () => service().documents('page').update({ data: {} })))).toBe(0);
    expect(refused(await many(1, () => service().documents('other').fetch()))).toBe(0);
  });

  test('a map is one object with all its items', async () => {
    await soon(service().syncMaps.create({ uniqueName: 'history' }));
    const { syncMapItems } = service().syncMaps('history');
    let n = 0;
    const create = () => {
      n += 1;
      return syncMapItems.create({ key: `k${n}`, data: kib(11) });
    };
    expect(refused(await many(25, create))).toBe(6);
  });
});
