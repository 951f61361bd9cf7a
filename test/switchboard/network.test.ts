import twilio from 'twilio';
import { type Clock, installClock } from '../../switchboard/clock';
import { type Fault, installNetwork, type Network } from '../../switchboard/network';
import type { Neighbour, WireRequest, WireResponse } from '../../switchboard/wire';
import { failureOf, inTime } from './in-time';

let clock: Clock;
let network: Network;
let asked: WireRequest[];
let answer: WireResponse;

const accountSid = `AC${'0'.repeat(32)}`;
const neighbour = (name: string): Neighbour => ({
  name,
  handle: async (request) => {
    asked.push(request);
    return answer;
  },
});

beforeEach(() => {
  asked = [];
  answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"sid":"CA1","ok":true}' };
  clock = installClock({ startAt: new Date('2026-11-22T09:00:00Z') });
  network = installNetwork(
    {
      twilio: neighbour('twilio'),
      sync: neighbour('sync'),
      slack: neighbour('slack'),
      mackerel: neighbour('mackerel'),
    },
    clock,
  );
});

afterEach(() => {
  network.restore();
  clock.uninstall();
});

const newCall = { from: '+815000000001', to: '+815000000002', url: 'https://example.com/x?a=1' };

describe('the twilio client', () => {
  const client = () => twilio(accountSid, 'token');

  test('asks the stand-in as it asks Twilio: form, basic auth, and reads the answer', async () => {
    const events = ['initiated', 'answered'];
    const call = await inTime(clock, client().calls.create({ ...newCall, statusCallbackEvent: events }));
    expect(call.sid).toBe('CA1');
    const [request] = asked;
    expect(request?.method).toBe('POST');
    expect(request?.url.href).toBe(`https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Calls.json`);
    expect(request?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${accountSid}:token`).toString('base64')}`,
    );
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    const form = new URLSearchParams(request?.body);
    expect(form.getAll('StatusCallbackEvent')).toEqual(events);
    expect(form.get('Url')).toBe(newCall.url);
  });

  test('puts query parameters into the URL', async () => {
    answer = { ...answer, body: '{"calls":[],"meta":{}}' };
    await inTime(clock, client().calls.list({ status: 'in-progress', limit: 20 }));
    expect(asked[0]?.url.search).toBe('?Status=in-progress&PageSize=20');
  });

  test.each([
    ['its own default of 30 s', undefined, 30_000],
    ['the time limit it was given', 2500, 2500],
  ])('gives up a request that hangs after %s', async (_, timeout, expected) => {
    network.fault('twilio', { kind: 'hang' });
    const before = clock.now();
    const impatient = twilio(accountSid, 'token', timeout === undefined ? {} : { timeout });
    const error = await failureOf(clock, impatient.calls.create(newCall));
    expect(error).toMatchObject({ message: `timeout of ${expected}ms exceeded`, code: 'ECONNABORTED' });
    expect(clock.now() - before).toBe(expected);
  });

  test('does its own retries when told to', async () => {
    const answers = [429, 429, undefined];
    network.fault('twilio', () => {
      const status = answers.shift();
      return status === undefined ? undefined : { kind: 'status', status };
    });
    const patient = twilio(accountSid, 'token', { autoRetry: true });
    expect((await inTime(clock, patient.calls.create(newCall))).sid).toBe('CA1');
    expect(network.log).toHaveLength(3);
  });

  test('reports a refused connection', async () => {
    network.fault('twilio', { kind: 'down' });
    expect(await failureOf(clock, client().calls.create(newCall))).toMatchObject({ code: 'ECONNREFUSED' });
    expect(asked).toEqual([]);
  });

  test('a client that is older than the switchboard is rerouted too, and let go again', async () => {
    network.restore();
    const old = client();
    network = installNetwork(
      { twilio: neighbour('t'), sync: neighbour('s'), slack: neighbour('k'), mackerel: neighbour('m') },
      clock,
    );
    await inTime(clock, old.calls.create(newCall));
    const { axios } = old.httpClient as unknown as { axios: { defaults: { adapter: unknown } } };
    expect(axios.defaults.adapter).toBeInstanceOf(Function);
    network.restore();
    expect(axios.defaults.adapter).not.toBeInstanceOf(Function);
  });
});

describe('fetch', () => {
  const alerts = 'https://api.mackerelio.com/api/v0/alerts';

  test('gives a real Response', async () => {
    const response = await inTime(clock, fetch(alerts, { headers: { 'X-Api-Key': 'k' } }));
    expect(response).toBeInstanceOf(Response);
    expect([response.status, response.ok, response.url]).toEqual([200, true, alerts]);
    expect(await response.json()).toEqual({ sid: 'CA1', ok: true });
    expect(asked[0]?.headers['x-api-key']).toBe('k');
  });

  test('sends forms and text, with their content type', async () => {
    await inTime(clock, fetch(alerts, { method: 'POST', body: new URLSearchParams({ a: 'あ' }) }));
    await inTime(clock, fetch(new Request(alerts, { method: 'PUT', body: 'text' })));
    expect(asked.map(({ method, body }) => [method, body])).toEqual([
      ['POST', 'a=%E3%81%82'],
      ['PUT', 'text'],
    ]);
    expect(asked[0]?.headers['content-type']).toMatch('application/x-www-form-urlencoded');
  });

  test('can answer without a body', async () => {
    answer = { status: 204, headers: {}, body: '' };
    const response = await inTime(clock, fetch(alerts, { method: 'DELETE' }));
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  test('fails as Node does when the connection is refused', async () => {
    network.fault('mackerel', { kind: 'down' });
    const error = await failureOf(clock, fetch(alerts));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } });
  });

  test('heeds the time limit of its caller', async () => {
    network.fault('mackerel', { kind: 'hang' });
    const before = clock.now();
    const error = await failureOf(clock, fetch(alerts, { signal: AbortSignal.timeout(1500) }));
    expect(error.name).toBe('TimeoutError');
    expect(clock.now() - before).toBe(1500);
  });

  test('heeds a signal that was given up before', async () => {
    const error = await failureOf(clock, fetch(alerts, { signal: AbortSignal.abort() }));
    expect(error.name).toBe('AbortError');
    expect(network.log).toEqual([]);
  });
});

describe('faults and time', () => {
  const post = () => fetch('https://slack.com/api/chat.postMessage', { method: 'POST', body: '{}' });

  test('a request takes the latency of its neighbour, there and back', async () => {
    const before = clock.now();
    await inTime(clock, post());
    expect(clock.now() - before).toBe(120);
    expect(network.log).toEqual([
      { at: before, neighbour: 'slack', request: asked[0], response: answer, ms: 120 },
    ]);
  });

  test('a slow one has done its work before its answer comes', async () => {
    network.fault('slack', { kind: 'slow', seconds: 8 });
    const error = await failureOf(
      clock,
      fetch('https://slack.com/api/chat.postMessage', { signal: AbortSignal.timeout(3000) }),
    );
    expect(error.name).toBe('TimeoutError');
    expect(asked).toHaveLength(1);
  });

  test.each<[string, Fault, number, string]>([
    ['a rate limit', { kind: 'status', status: 429, headers: { 'retry-after': '3' } }, 429, ''],
    ['an error page', { kind: 'status', status: 500, body: '<html>oops' }, 500, '<html>oops'],
  ])('%s is answered in its place', async (_, fault, status, body) => {
    network.fault('slack', fault);
    const response = await inTime(clock, post());
    expect([response.status, await response.text()]).toEqual([status, body]);
    expect(asked).toEqual([]);
    expect(network.log[0]?.fault).toEqual(fault);
  });

  test('a rule may look at the request, and undefined mends', async () => {
    network.fault('slack', ({ url }) => (url.host === 'hooks.slack.com' ? { kind: 'down' } : undefined));
    expect((await inTime(clock, post())).status).toBe(200);
    const webhook = () => fetch('https://hooks.slack.com/services/x', { method: 'POST' });
    expect((await failureOf(clock, webhook())).message).toBe('fetch failed');
    network.fault('slack', undefined);
    expect((await inTime(clock, webhook())).status).toBe(200);
  });

  test('a host that nobody stands in for is refused loudly and remembered', async () => {
    const error = await failureOf(clock, fetch('https://example.com/?secret'));
    expect(error.message).toMatch('example.com');
    expect(network.unexpected).toEqual(['GET example.com']);
    expect(network.log).toEqual([]);
  });

  test('restore gives the real fetch back', () => {
    const standIn = globalThis.fetch;
    network.restore();
    expect(globalThis.fetch).not.toBe(standIn);
  });
});
