/** That the check against Twilio's published description bites, and that what is right passes it. */
import twilio from 'twilio';
import { type Clock, installClock } from '../../switchboard/clock';
import { createExchange } from '../../switchboard/exchange';
import { installNetwork, type Network } from '../../switchboard/network';
import { operations, requestFaults, responseFaults } from '../../switchboard/openapi';
import calls from '../../switchboard/openapi/calls.json';
import type { Schema } from '../../switchboard/openapi/operations';
import sync from '../../switchboard/openapi/sync.json';
import { createSync } from '../../switchboard/sync';
import type { Neighbour, WireRequest, WireResponse } from '../../switchboard/wire';
import { failureOf, inTime } from '../switchboard/in-time';
import { A, ACCOUNT, ANN, PUBLIC_URL, twiml } from './stage';

const CALLS = `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT.sid}/Calls`;
const SYNC = 'https://sync.twilio.com/v1/Services/default';

const ask = (method: string, url: string, form: Record<string, string> | string = ''): WireRequest => ({
  method,
  url: new URL(url),
  headers: method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {},
  body: new URLSearchParams(form).toString(),
});
const call = (form: Record<string, string>) =>
  ask('POST', `${CALLS}.json`, { To: ANN, From: A, Url: PUBLIC_URL, ...form });
const without = (name: string) => {
  const request = call({});
  const form = new URLSearchParams(request.body);
  form.delete(name);
  return { ...request, body: form.toString() };
};
const item = (form: Record<string, string>) => ask('POST', `${SYNC}/Maps/history/Items`, form);

describe('twilio-oai spec/json: a request', () => {
  test.each<[string, WireRequest]>([
    ['a call', call({ Timeout: '60', TimeLimit: '120', StatusCallback: PUBLIC_URL })],
    ['a call with one event', call({ StatusCallbackEvent: 'answered' })],
    [
      'a call with several events',
      { ...call({}), body: `${call({}).body}&StatusCallbackEvent=answered&StatusCallbackEvent=completed` },
    ],
    ['a call with its TwiML', ask('POST', `${CALLS}.json`, { To: ANN, From: A, Twiml: twiml('<Hangup/>') })],
    ['the end of a call', ask('POST', `${CALLS}/CA${'0'.repeat(32)}.json`, { Status: 'completed' })],
    ['a look at a call', ask('GET', `${CALLS}/CA${'0'.repeat(32)}.json`)],
    ['a document', ask('POST', `${SYNC}/Documents`, { UniqueName: 'page', Data: '{"a":1}', Ttl: '60' })],
    ['a document without anything', ask('POST', `${SYNC}/Documents`)],
    ['a page of items', ask('GET', `${SYNC}/Maps/history/Items?Order=desc&From=a&PageSize=100`)],
    [
      'an update with If-Match',
      { ...ask('POST', `${SYNC}/Documents/page`, { Data: '{}' }), headers: { 'if-match': '1a' } },
    ],
  ])('right: %s', (_what, request) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...request.headers };
    expect(requestFaults({ ...request, headers })).toEqual([]);
  });

  test.each<[string, WireRequest, string]>([
    ['no To', without('To'), "CreateCall: must have required property 'To'"],
    ['neither Url nor Twiml', without('Url'), 'CreateCall: must match a schema in anyOf'],
    [
      'an unknown parameter',
      call({ TimeOut: '60' }),
      'CreateCall: must NOT have additional properties (TimeOut)',
    ],
    [
      'one that only updates know',
      call({ Status: 'completed' }),
      'CreateCall: must NOT have additional properties (Status)',
    ],
    ['a text for a number', call({ Timeout: 'soon' }), 'CreateCall: Timeout must be integer'],
    ['a fraction', call({ Timeout: '1.5' }), 'CreateCall: Timeout must be integer'],
    ['nothing for a number', call({ Timeout: '' }), 'CreateCall: Timeout must be integer'],
    ['a truth that is none', call({ Record: 'yes' }), 'CreateCall: Record must be boolean'],
    ['a relative Url', call({ Url: '/dial-list' }), 'CreateCall: Url must match format "uri"'],
    ['a To that is no number', call({ To: '050-0000' }), 'CreateCall: To must match format "endpoint"'],
    [
      'another method',
      call({ Method: 'PUT' }),
      'CreateCall: Method must be equal to one of the allowed values (GET, POST)',
    ],
    ['TwiML that is none', call({ Twiml: 'Hello' }), 'CreateCall: Twiml must match format "twiml"'],
    [
      'one given twice',
      { ...call({}), body: `${call({}).body}&Timeout=1&Timeout=2` },
      'CreateCall: Timeout must be integer',
    ],
    [
      'a Status that does not exist',
      ask('POST', `${CALLS}/CA${'0'.repeat(32)}.json`, { Status: 'hangup' }),
      'UpdateCall: Status must be equal to one of the allowed values (canceled, completed)',
    ],
    [
      'a SID that is none',
      ask('GET', `${CALLS}/CA123.json`),
      `FetchCall: path/Sid must NOT have fewer than 34 characters`,
    ],
    [
      'JSON instead of a form',
      { ...call({}), headers: { 'content-type': 'application/json' } },
      'CreateCall: a body of type "application/json", where there is a form',
    ],
    ['Data that is no JSON', item({ Key: 'a', Data: 'x' }), 'CreateSyncMapItem: Data must be object'],
    ['Data that is a list', item({ Key: 'a', Data: '[]' }), 'CreateSyncMapItem: Data must be object'],
    ['no Key', item({ Data: '{}' }), "CreateSyncMapItem: must have required property 'Key'"],
    [
      'camel case',
      item({ Key: 'a', Data: '{}', itemTtl: '6' }),
      'CreateSyncMapItem: must NOT have additional properties (itemTtl)',
    ],
    [
      'an unknown query',
      ask('GET', `${SYNC}/Maps/history/Items?Sort=desc`),
      'ListSyncMapItem: query must NOT have additional properties (Sort)',
    ],
    [
      'an order that does not exist',
      ask('GET', `${SYNC}/Maps/history/Items?Order=down`),
      'ListSyncMapItem: query/Order must be equal to one of the allowed values (asc, desc)',
    ],
    [
      'pages too large',
      ask('GET', `${SYNC}/Documents?PageSize=101`),
      'ListDocument: query/PageSize must be <= 100',
    ],
    [
      'If-Match where it is not heeded',
      { ...ask('DELETE', `${SYNC}/Documents/page`), headers: { 'If-Match': '1a' } },
      'DeleteDocument: header must NOT have additional properties (If-Match)',
    ],
    [
      'a body where there is none',
      { ...ask('GET', `${SYNC}/Documents/page`), body: 'a=1' },
      'FetchDocument: a body, where there is none',
    ],
    ['another method', ask('PUT', `${SYNC}/Documents/page`), 'PUT sync.twilio.com: no such operation'],
    ['another place', ask('GET', `${SYNC}/Lists`), 'GET sync.twilio.com: no such operation'],
    [
      'another host',
      ask('GET', 'https://api.twilio.com/v1/Services/default/Documents'),
      'GET api.twilio.com: no such operation',
    ],
  ])('wrong: %s', (_what, request, fault) => {
    expect(requestFaults(request)).toContain(fault);
  });
});

/** Every schema in a description, with where it stands. */
function schemasIn(value: unknown, path = ''): [path: string, schema: Schema][] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    ['example', 'examples'].includes(key) ? [] : schemasIn(child, `${path}/${key}`),
  );
  return [[path, value as Schema], ...inner];
}

// What would let a wrong request pass, unnoticed: switchboard/openapi/README.md
describe('twilio-oai spec/json: the descriptions as they are kept here', () => {
  const forms = operations.flatMap(({ id, form }) => (form ? [[id, form] as const] : []));

  test.each(Object.entries({ calls, sync }))(
    '%s: nothing is nullable without a type',
    (_name, description) => {
      const schemas = schemasIn(description);
      expect(schemas.length).toBeGreaterThan(100);
      const typeless = schemas.filter(
        ([, { nullable, type }]) => nullable !== undefined && type === undefined,
      );
      expect(typeless.map(([path]) => path)).toEqual([]);
    },
  );

  test.each(forms)('%s: the form is closed', (_id, { schema }) => {
    expect(Object.keys(schema.properties ?? {})).not.toEqual([]);
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  });

  test.each(forms)('%s: lists and objects say how they are written', (_id, { schema, encoding }) => {
    const structured = Object.entries(schema.properties ?? {}).filter(
      ([, { type, items, properties }]) => type === 'array' || type === 'object' || items || properties,
    );
    for (const [name, { type }] of structured) {
      const wanted = type === 'array' ? { explode: true } : { contentType: 'application/json' };
      expect({ name, ...encoding[name] }).toMatchObject({ name, ...wanted });
    }
  });
});

describe('twilio-oai spec/json: an answer', () => {
  type Operation = (typeof operations)[number];
  const asked = ({ method, path, host }: Operation): WireRequest => {
    const sids = path.source.replaceAll('\\', '').slice(1, -1);
    const [account, sid] = [ACCOUNT.sid, `CA${'0'.repeat(32)}`];
    const filled = sids.replace('([^/]+)', account).replaceAll('([^/]+)', sid);
    return { method, url: new URL(`https://${host}${filled}`), headers: {}, body: '' };
  };
  const json = (status: number, body: unknown): WireResponse => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

  // By host as well: Sync and Serverless have services of their own.
  const examples = operations.flatMap((operation) =>
    Object.entries(operation.examples).map(
      ([status, example]) =>
        [`${operation.id} at ${operation.host}`, Number(status), example as object, operation] as const,
    ),
  );

  test('there are examples of all but removals', () => {
    const without = operations.filter(({ examples }) => Object.keys(examples).length === 0);
    expect(without.map(({ id }) => id)).toEqual([
      'DeleteDocument',
      'DeleteSyncMap',
      'DeleteSyncMapItem',
      'DeleteVariable',
    ]);
  });

  test.each(examples)('right: Twilio’s own of %s %i', (_, status, example, operation) => {
    expect(responseFaults(asked(operation), json(status, example))).toEqual([]);
  });

  const fetchCall = operations.find(({ id }) => id === 'FetchCall') as Operation;
  const [, , aCall = {}] = examples.find(([, , , { id }]) => id === 'FetchCall') ?? [];
  test.each<[string, WireResponse, string]>([
    ['a status that is none', json(200, { ...aCall, status: 'initiated' }), 'status must be equal to one of'],
    ['another type', json(200, { ...aCall, duration: 15 }), 'duration must be string'],
    [
      'something unknown',
      json(200, { ...aCall, colour: 'red' }),
      'must NOT have additional properties (colour)',
    ],
    ['something missing', json(200, { ...aCall, sid: undefined }), "must have required property 'sid'"],
    [
      'a date of another kind',
      json(200, { ...aCall, date_created: '2026-11-22T00:00:00Z' }),
      'date_created must match format',
    ],
    ['null for everything that may be', json(200, { ...aCall, status: null }), 'status must be string'],
    ['another success', json(202, aCall), 'no such status'],
    ['no JSON', { ...json(200, {}), body: '<html>' }, 'must be object'],
    ['another content type', { ...json(200, aCall), headers: {} }, 'not of type application/json'],
    [
      'an error without its code',
      json(404, { message: 'x', status: 404 }),
      "must have required property 'code'",
    ],
    [
      'an error with more in it',
      json(400, { code: 1, message: 'x', more_info: 'https://x', status: 400, data: {} }),
      '(data)',
    ],
  ])('wrong: %s', (_what, response, fault) => {
    expect(responseFaults(asked(fetchCall), response)).toContainEqual(expect.stringContaining(fault));
  });
});

describe('twilio-oai spec/json: on the network', () => {
  const nobody: Neighbour = { name: 'nobody', handle: async () => ({ status: 500, headers: {}, body: '' }) };
  let clock: Clock;
  let network: Network;
  const open = (sync?: Neighbour) => {
    const { sid: accountSid, authToken } = ACCOUNT;
    clock = installClock({ startAt: new Date('2026-11-22T00:00:00Z') });
    const exchange = createExchange({
      clock,
      accountSid,
      authToken,
      owned: [{ number: A }],
      functions: nobody,
      publicUrl: PUBLIC_URL,
    });
    network = installNetwork(
      {
        twilio: exchange,
        sync: sync ?? createSync({ clock, accountSid, authToken }),
        slack: nobody,
        mackerel: nobody,
      },
      clock,
    );
    return twilio(accountSid, authToken);
  };
  afterEach(() => {
    network.restore();
    clock.uninstall();
  });

  test('what the real client and the stand-ins say to one another is right', async () => {
    const client = open();
    const { calls, sync } = client;
    const events = ['initiated', 'answered'];
    const { sid } = await inTime(
      clock,
      calls.create({
        to: ANN,
        from: A,
        url: PUBLIC_URL,
        timeout: 30,
        statusCallback: PUBLIC_URL,
        statusCallbackEvent: events,
      }),
    );
    await inTime(clock, calls(sid).fetch());
    await inTime(clock, calls(sid).update({ status: 'completed' }));
    await failureOf(clock, calls(sid).update({ url: PUBLIC_URL }));
    const { documents, syncMaps } = sync.v1.services('default');
    await inTime(clock, documents.create({ uniqueName: 'page', data: { a: 1 }, ttl: 60 }));
    await failureOf(clock, documents('page').update({ data: {}, ifMatch: 'f' }));
    await inTime(clock, documents('page').remove());
    await inTime(clock, syncMaps.create({ uniqueName: 'history' }));
    const { syncMapItems } = syncMaps('history');
    await inTime(clock, syncMapItems.create({ key: 'a', data: {}, itemTtl: 60 }));
    await inTime(clock, syncMapItems.list({ order: 'desc', limit: 3 }));
    await inTime(clock, syncMapItems('a').remove({ ifMatch: '0' }));
    expect(network.violations).toEqual([]);
    expect(network.log).toHaveLength(11);
  });

  test('a wrong request is noted, whoever sends it and whatever comes of it', async () => {
    const client = open();
    network.fault('twilio', { kind: 'status', status: 200, body: '<html>' });
    await failureOf(clock, client.calls.create({ to: '050', from: A, url: PUBLIC_URL }));
    await network.askTwilio(call({ Colour: 'red' }));
    expect(network.violations).toEqual([
      'CreateCall: To must match format "endpoint"',
      'CreateCall: must NOT have additional properties (Colour)',
    ]);
  });

  test('a wrong answer is noted; one that was arranged is not', async () => {
    const wrong = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"sid":1}' };
    const client = open({ name: 'sync', handle: async () => wrong });
    const page = () => inTime(clock, client.sync.v1.services('default').documents('page').fetch());
    network.fault('sync', { kind: 'status', ...wrong });
    await page();
    expect(network.violations).toEqual([]);
    network.fault('sync', undefined);
    await page();
    expect(network.violations).toContain('FetchDocument answered 200: sid must be string');
  });
});
