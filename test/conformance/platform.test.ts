import { createHash } from 'node:crypto';
import twilio from 'twilio';
import { type Clock, installClock } from '../../switchboard/clock';
import type { FunctionsHost } from '../../switchboard/functions-host';
import { installNetwork } from '../../switchboard/network';
import { createSync } from '../../switchboard/sync';
import type { Neighbour } from '../../switchboard/wire';
import { ACCOUNT_SID, AUTH_TOKEN, get, openSite, PUBLIC_URL, post } from '../switchboard/site-host';

let clock: Clock;
let host: FunctionsHost;
beforeEach(() => {
  clock = installClock({ startAt: new Date('2026-11-22T00:00:00Z') });
  host = openSite(clock);
});
afterEach(() => clock.uninstall());

/** Signed with our account's token, as every kind of webhook is. */
function signedGet(path: string) {
  const url = new URL(path, PUBLIC_URL);
  const signature = twilio.getExpectedTwilioSignature(AUTH_TOKEN, url.href, {});
  return get(path, { 'x-twilio-signature': signature });
}

describe('docs/serverless/functions-assets/visibility: a protected Function', () => {
  test('answers a request that our account has signed, and can open private Assets', async () => {
    const response = await host.handle(post('/nested/guarded?page=1', { Digits: '1' }));
    expect(response.status).toBe(200);
    expect(JSON.parse(response.body)).toEqual({ Digits: '1', list: '["Ann"]\n' });
  });

  test('is asked by nobody else', async () => {
    expect((await host.handle(get('/nested/guarded'))).status).toBe(403);
    expect(host.invocations).toMatchObject([{ status: 403 }]);
  });

  test.each([
    ['a public Function needs no signature', get('/hello'), 200],
    ['a private Asset is not served', get('/list.json'), 403],
    ['an unknown path', get('/nothing'), 404],
  ])('%s', async (_what, request, status) => {
    expect(await host.handle(request)).toMatchObject({ status });
  });
});

describe('docs/usage/security: a signature covers the URL with its query, and the form', () => {
  const QUERIES = [
    ['a query', '?page=1&Digits=2'],
    ['Japanese, as written', '?name=佐藤&title=サーバー ダウン'],
    ['Japanese, encoded', '?name=%E4%BD%90%E8%97%A4'],
    ['empty values', '?round=&attempt=0&last='],
    ['signs of all sorts', "?state=%7B%22a%22%3A1%7D&x=~*'()!.-_%2B%26%3D"],
  ] as const;

  test.each(QUERIES)('of a GET: %s', async (_what, query) => {
    expect(await host.handle(signedGet(`/nested/guarded${query}`))).toMatchObject({ status: 200 });
  });

  test.each(QUERIES)('of a POST: %s', async (_what, query) => {
    const form = { Digits: '1', FromCity: '', Name: '佐藤 太郎', Text: 'a+b & c=d' };
    expect(await host.handle(post(`/nested/guarded${query}`, form))).toMatchObject({ status: 200 });
  });

  describe('where the body is no form, its SHA-256 is in the query', () => {
    const json = (body: string, hashed = body) => {
      const sha256 = createHash('sha256').update(hashed).digest('hex');
      const request = signedGet(`/nested/guarded?bodySHA256=${sha256}`);
      return {
        ...request,
        method: 'POST',
        body,
        headers: { ...request.headers, 'content-type': 'application/json' },
      };
    };

    test.each([
      ['the body it was made of', json('{"Digits":"1"}'), 200],
      ['another body', json('{"Digits":"2"}', '{"Digits":"1"}'), 403],
      ['no such sum at all', { ...json('{"Digits":"1"}'), url: new URL('/nested/guarded', PUBLIC_URL) }, 403],
    ])('%s: %3$i', async (_what, request, status) => {
      expect(await host.handle(request)).toMatchObject({ status });
    });
  });

  test.each([
    ['another account’s token', () => post('/nested/guarded', { Digits: '1' }, 'somebody else’s')],
    ['a changed parameter', () => ({ ...post('/nested/guarded', { Digits: '1' }), body: 'Digits=2' })],
    ['one parameter more', () => ({ ...post('/nested/guarded', { Digits: '1' }), body: 'Digits=1&a=' })],
    [
      'a changed query',
      () => ({ ...post('/nested/guarded?page=1', {}), url: new URL('/nested/guarded?page=2', PUBLIC_URL) }),
    ],
    ['a form signed as a GET', () => ({ ...signedGet('/nested/guarded'), ...formOf('Digits=1') })],
  ])('refused: %s', async (_why, request) => {
    expect(await host.handle(request())).toMatchObject({ status: 403 });
  });
});

const formOf = (body: string) => ({
  method: 'POST',
  body,
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': twilio.getExpectedTwilioSignature(AUTH_TOKEN, `${PUBLIC_URL}/nested/guarded`, {}),
  },
});

describe('docs/serverless/functions-assets/functions/request-flow', () => {
  const MIB = 1024 * 1024;
  /** Twenty bytes of headers, and so many of a body. */
  const headed = (bytes: number) => ({
    ...get('/hello', { 'x-ten-long': '0123456789' }),
    method: 'POST',
    body: 'x'.repeat(bytes),
  });

  test.each([
    ['9.9 s of running', get('/slow?seconds=9.9'), 200, 9.9],
    ['10 s of running: ended, and 504 in its place', get('/slow'), 504, 10],
    ['a throwing handler', get('/broken'), 500, 0],
    ['an answer of 4 MB', get(`/huge?bytes=${4 * MIB}`), 200, 0],
    ['an answer over 4 MB', get(`/huge?bytes=${4 * MIB + 1}`), 502, 0],
    ['a request of nearly 1 MB', { ...get('/hello'), method: 'POST', body: 'x'.repeat(MIB - 100) }, 200, 0],
    ['a request over 1 MB', { ...get('/hello'), method: 'POST', body: 'x'.repeat(MIB + 1) }, 413, 0],
    ['one of 1 MB, its headers included', headed(MIB - 20), 200, 0],
    ['one of more, for its headers', headed(MIB - 19), 413, 0],
    ['another method', { ...get('/hello'), method: 'PUT' }, 405, 0],
    ['a preflight, which the platform answers', { ...get('/nested/guarded'), method: 'OPTIONS' }, 204, 0],
  ])('%s', async (_why, request, status, seconds) => {
    const answer = host.handle(request);
    await clock.run(60);
    expect(await answer).toMatchObject({ status });
    expect(host.invocations).toMatchObject([{ status, ms: seconds * 1000 }]);
  });
});

/**
 * What it has not waited for may, by the FAQ, go on in a later invocation: nobody can rely on that, so here it never does.
 */
describe('docs/serverless/functions-assets/{faq,functions/request-flow}: nothing of a Function goes on', () => {
  test.each([
    ['once it has called back; nor does what was on its way', 'faq', '?seconds=0', 200, 0],
    ['once it has called back in the middle of its work', 'faq', '?seconds=5', 200, 2],
    ['once its 10 s are over', 'functions/request-flow', '', 504, 3],
  ])('%s (%s)', async (_when, _page, query, status, requests) => {
    const sync = createSync({ clock, accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN });
    sync.putDocument('page', {});
    const nobody: Neighbour = { name: 'nobody', handle: () => Promise.reject(new Error('nobody')) };
    const network = installNetwork({ twilio: nobody, sync, slack: nobody, mackerel: nobody }, clock);
    try {
      const answer = host.handle(get(`/late${query}`));
      await clock.run(60);
      expect(await answer).toMatchObject({ status });
      expect(sync.counts.requests).toBe(requests);
      expect(network.log.filter(({ response }) => response)).toHaveLength(requests);
      expect(network.log.length).toBeLessThanOrEqual(Math.max(requests, 1));
    } finally {
      network.restore();
    }
  });
});

describe('docs/serverless/functions-assets/functions/headers-and-cookies', () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, 'x']));

  test.each([
    ['14 kB of headers', { 'x-long': 'x'.repeat(14_000) }, 200],
    ['more than 15 kB', { 'x-long': 'x'.repeat(15_000) }, 431],
    ['90 headers', many(90), 200],
    ['91 headers', many(91), 431],
  ])('%s', async (_what, headers, status) => {
    expect(await host.handle(get('/hello', headers))).toMatchObject({ status });
  });
});

describe('docs/serverless/functions-assets/faq', () => {
  test('of 31 invocations at once one is refused with 429, and none once there is room again', async () => {
    const answers = Array.from({ length: 31 }, () => host.handle(get('/slow?seconds=5')));
    await clock.run(10);
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
    expect(await host.handle(get('/hello'))).toMatchObject({ status: 200 });
  });

  test('what has run out of time makes room', async () => {
    for (let count = 0; count < 30; count += 1) void host.handle(get('/slow'));
    await clock.run(9);
    expect(await host.handle(get('/hello'))).toMatchObject({ status: 429 });
    await clock.run(2);
    expect(await host.handle(get('/hello'))).toMatchObject({ status: 200 });
  });
});
