import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, installClock } from '../../switchboard/clock';
import { answers, createExchange } from '../../switchboard/exchange';
import type { FunctionsHost } from '../../switchboard/functions-host';
import { AUTH_TOKEN, get, openSite, PUBLIC_URL, post, siteAssets, siteFunctions } from './site-host';

let clock: Clock;
let host: FunctionsHost;
beforeEach(() => {
  clock = installClock({ startAt: new Date('2026-11-22T00:00:00Z') });
  host = openSite(clock);
});
afterEach(() => clock.uninstall());

test('folders become routes, as the toolkit names them', () => {
  const shown = (files: { path: string; access: string }[]) =>
    files.map(({ path, access }) => `${access} ${path}`);
  expect(shown(siteFunctions())).toEqual([
    'public /broken',
    'public /hello',
    'public /huge',
    'public /late',
    'protected /nested/guarded',
    'protected /ring',
    'public /slow',
    'protected /status',
  ]);
  expect(shown(siteAssets())).toEqual(['public /hello.txt', 'private /list.json', 'public /tone.wav']);
});

test('a Function gets query and form, knows its domain, and answers TwiML', async () => {
  const response = await host.handle(post('/hello?alertId=2bj', { From: '+815000000001' }));
  expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' } });
  expect(response.body).toContain('<Say>example-1234-dev.twil.io /hello +815000000001 2bj</Say>');
  expect(host.invocations).toMatchObject([
    { at: clock.now(), path: '/hello', method: 'POST', status: 200, ms: 0 },
  ]);
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
  const form = {
    From: A,
    To: '+815000000012',
    Url: `${PUBLIC_URL}/ring?n=10&to=${encodeURIComponent(ANN)}`,
    Method: 'GET',
  };
  await exchange.handle({
    method: 'POST',
    url: new URL(`https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Calls.json`),
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${AUTH_TOKEN}`).toString('base64')}` },
    body: new URLSearchParams(form).toString(),
  });
  await clock.run(660);
  expect(exchange.faults).toEqual([]);
  expect(exchange.phone(ANN).rings).toHaveLength(10);
  expect(new Set(host.invocations.map(({ status }) => status))).toEqual(new Set([200]));
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
