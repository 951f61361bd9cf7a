import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import twilio from 'twilio';
import { type Clock, installClock } from '../../switchboard/clock';
import { answers, createExchange } from '../../switchboard/exchange';
import { assetsIn, type FunctionsHost, functionsIn, openFunctions } from '../../switchboard/functions-host';
import type { WireRequest } from '../../switchboard/wire';

const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';
const PUBLIC_URL = 'https://example-1234-dev.twil.io';
const SITE = join(__dirname, 'site');

let clock: Clock;
let host: FunctionsHost;
const open = (refusedSignatureStatus?: 400 | 403) =>
  openFunctions({
    clock,
    baseDir: resolve(__dirname, '../..'),
    publicUrl: PUBLIC_URL,
    env: { ACCOUNT_SID: `AC${'0'.repeat(32)}`, AUTH_TOKEN },
    functions: functionsIn(join(SITE, 'functions')),
    assets: assetsIn(join(SITE, 'assets')),
    refusedSignatureStatus,
  });
beforeEach(() => {
  clock = installClock({ startAt: new Date('2026-11-22T00:00:00Z') });
  host = open();
});
afterEach(() => clock.uninstall());

const get = (path: string, headers: Record<string, string> = {}): WireRequest => ({
  method: 'GET',
  url: new URL(path, PUBLIC_URL),
  headers,
  body: '',
});

function post(path: string, form: Record<string, string>, token?: string): WireRequest {
  const url = new URL(path, PUBLIC_URL);
  const signature = twilio.getExpectedTwilioSignature(token ?? AUTH_TOKEN, url.href, form);
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'X-Twilio-Signature': signature },
    body: new URLSearchParams(form).toString(),
  };
}

test('folders become routes, as the toolkit names them', () => {
  const shown = (files: { path: string; access: string }[]) =>
    files.map(({ path, access }) => `${access} ${path}`);
  expect(shown(functionsIn(join(SITE, 'functions')))).toEqual([
    'public /broken',
    'public /hello',
    'public /huge',
    'protected /nested/guarded',
    'protected /ring',
    'public /slow',
    'protected /status',
  ]);
  expect(shown(assetsIn(join(SITE, 'assets')))).toEqual([
    'public /hello.txt',
    'private /list.json',
    'public /tone.wav',
  ]);
});

test('a Function gets query and form, knows its domain, and answers TwiML', async () => {
  const response = await host.handle(post('/hello?alertId=2bj', { From: '+815000000001' }));
  expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' } });
  expect(response.body).toContain('<Say>example-1234-dev.twil.io /hello +815000000001 2bj</Say>');
  expect(host.invocations).toEqual([{ at: clock.now(), path: '/hello', method: 'POST', status: 200, ms: 0 }]);
});

/** Twilio: docs/serverless/functions-assets/visibility, docs/usage/security. */
describe('a protected Function', () => {
  test('answers a request that our account has signed, and can open private Assets', async () => {
    const response = await host.handle(post('/nested/guarded?page=1', { Digits: '1' }));
    expect(response.status).toBe(200);
    expect(JSON.parse(response.body)).toEqual({ Digits: '1', list: '["Ann"]\n' });
  });

  test('answers a signed GET', async () => {
    const signature = twilio.getExpectedTwilioSignature(
      AUTH_TOKEN,
      `${PUBLIC_URL}/nested/guarded?Digits=2`,
      {},
    );
    const response = await host.handle(get('/nested/guarded?Digits=2', { 'x-twilio-signature': signature }));
    expect(response.status).toBe(200);
  });

  test.each([
    ['no signature', () => get('/nested/guarded')],
    ['another account’s token', () => post('/nested/guarded', { Digits: '1' }, 'somebody else’s')],
    ['a changed parameter', () => ({ ...post('/nested/guarded', { Digits: '1' }), body: 'Digits=2' })],
    [
      'a changed query',
      () => ({ ...post('/nested/guarded?page=1', {}), url: new URL('/nested/guarded?page=2', PUBLIC_URL) }),
    ],
  ])('refuses %s before it runs', async (_why, request) => {
    expect(await host.handle(request())).toMatchObject({ status: 403 });
    expect(await open(400).handle(request())).toMatchObject({ status: 400 });
  });
});

/** Twilio: docs/serverless/functions-assets/functions/request-flow, …/faq. */
describe('the platform’s limits', () => {
  test.each([
    ['10 s of running', get('/slow'), 504, 10],
    ['a throwing handler', get('/broken'), 500, 0],
    ['an answer over 4 MB', get('/huge'), 502, 0],
    ['a request over 1 MB', { ...get('/hello'), method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) }, 413, 0],
    ['another method', { ...get('/hello'), method: 'PUT' }, 405, 0],
    ['a preflight', { ...get('/nested/guarded'), method: 'OPTIONS' }, 204, 0],
    ['an unknown path', get('/nothing'), 404, 0],
    ['a private Asset', get('/list.json'), 403, 0],
  ])('%s', async (_why, request, status, seconds) => {
    const answer = host.handle(request);
    await clock.run(60);
    expect(await answer).toMatchObject({ status });
    expect(host.invocations).toMatchObject([{ status, ms: seconds * 1000 }]);
  });

  test('a handler that answers in time is waited for', async () => {
    const answer = host.handle(get('/slow?seconds=9'));
    await clock.run(60);
    expect(await answer).toMatchObject({ status: 200, body: 'done' });
  });

  test('of 31 at once one is refused with 429', async () => {
    const answers = Array.from({ length: 31 }, () => host.handle(get('/slow?seconds=5')));
    await clock.run(10);
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
  });
});

test('public Assets are served, recordings byte by byte', async () => {
  expect(await host.handle(get('/hello.txt'))).toMatchObject({ status: 200, body: 'hello' });
  const tone = await host.handle(get('/tone.wav'));
  expect(tone.headers['content-type']).toMatch(/^audio\//);
  expect(Buffer.from(tone.body, 'latin1')).toEqual(Buffer.from([0x52, 0x49, 0x46, 0x46, 0xff, 0xfe, 0x80]));
});

test('exchange and Functions together: ten minutes, ten rings, every request let in by its signature', async () => {
  const [A, ANN] = ['+815000000001', '+815000000011'];
  const accountSid = `AC${'0'.repeat(32)}`;
  const exchange = createExchange({
    clock,
    accountSid,
    authToken: AUTH_TOKEN,
    owned: [{ number: A }],
    functions: host,
    publicUrl: PUBLIC_URL,
  });
  exchange.phone('+815000000012').always(answers([]));
  const tell = async () => {
    const form = {
      From: A,
      To: '+815000000012',
      Url: `${PUBLIC_URL}/ring?n=10&to=${encodeURIComponent(ANN)}`,
      Method: 'GET',
    };
    const started = performance.now();
    await exchange.handle({
      method: 'POST',
      url: new URL(`https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Calls.json`),
      headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${AUTH_TOKEN}`).toString('base64')}` },
      body: new URLSearchParams(form).toString(),
    });
    await clock.run(660);
    return performance.now() - started;
  };
  const times = [await tell(), await tell(), await tell()];
  expect(exchange.faults).toEqual([]);
  expect(exchange.phone(ANN).rings).toHaveLength(30);
  expect(new Set(host.invocations.map(({ status }) => status))).toEqual(new Set([200]));
  if (process.env.SHOW_TIMES) console.log(times);
  expect(Math.min(...times)).toBeLessThan(500);
});

test('on a real port the same gate stands in front', async () => {
  const server = createServer(host.app);
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect((await fetch(`${base}/nested/guarded`)).status).toBe(403);
    const { headers, body } = post('/nested/guarded', { Digits: '１' });
    const signed = await fetch(`${base}/nested/guarded`, { method: 'POST', headers, body });
    expect(await signed.json()).toMatchObject({ Digits: '１' });
    const tone = await fetch(`${base}/tone.wav`);
    expect(Buffer.from(await tone.arrayBuffer())).toHaveLength(7);
  } finally {
    await new Promise((done) => void server.close(done));
  }
});
