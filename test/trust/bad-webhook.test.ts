/** Whatever is posted to Mackerel's webhook: never a 500, and an error that says which field. */
import * as fc from 'fast-check';
import { toQuery } from '../../src/store/continuation';
import { isDeep } from '../support/depth';
import { aDialList } from '../support/dial-list';
import { EVENING } from '../support/event';
import { BASIC, besieged, expectRingFor, UNREADABLE } from './siege';
import { answerTo, expectNoTrace, request, signed } from './wire';

const siege = besieged();

const posts = (body: string, headers = {}) =>
  answerTo(
    siege.board,
    request(siege.board, {
      path: '/mackerel-webhook',
      body,
      headers: { authorization: BASIC, 'content-type': 'application/json', ...headers },
    }),
  );
async function expectSaid(body: string, headers = {}): Promise<number> {
  const answer = await posts(body, headers);
  expect([200, 400, 401]).toContain(answer.status);
  const said = JSON.parse(answer.body);
  expect(answer.status === 200 ? said : typeof said.error).toEqual(
    answer.status === 200 ? { ok: true } : 'string',
  );
  expectNoTrace(answer.body);
  return answer.status;
}
const alert = { id: '2bj1', status: 'critical', isOpen: true, openedAt: 1_795_370_400 };
const anything = fc.anything({ maxDepth: 3, withNullPrototype: false, withBigInt: false });

test('any JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.object({ maxDepth: 4 }), async (body) => {
      await expectSaid(JSON.stringify(body));
    }),
    { numRuns: isDeep ? 60 : 15 },
  );
});

test('a notification with one field of the wrong kind, or left out', async () => {
  const sound: Record<string, unknown> = {
    event: 'alert',
    type: 'host',
    message: '',
    host: { name: 'app01' },
    alert,
  };
  const places = [...Object.keys(sound), ...Object.keys(alert).map((key) => `alert.${key}`), 'request'];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), anything, async (place, value) => {
      const [key = '', inner] = place.split('.');
      const changed = inner ? { ...alert, [inner]: value } : value;
      await expectSaid(JSON.stringify({ ...sound, [key]: changed }));
    }),
    { numRuns: isDeep ? 80 : 20 },
  );
});

test.each([
  ['a list', '[1,2,3]'],
  ['nothing', ''],
  ['an empty object', '{}'],
  ['deep JSON', `{"event":"alert","alert":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ['a key twice', '{"event":"sample","event":"alert"}'],
  ['names of JavaScript’s own', '{"__proto__":{"event":"sample"},"constructor":1,"event":"alert"}'],
  ['a request of its own', '{"request":null,"event":"sample","alert":1}'],
  ['half a megabyte of text', JSON.stringify({ event: 'alert', alert, message: 'あ'.repeat(150_000) })],
])('%s', async (_what, body) => {
  await expectSaid(body);
});

test('what is no JSON is refused, and says nothing of how it is read', async () => {
  // It is Twilio's server that reads it.
  siege.reopen({ transport: 'http' });
  for (const [type, body, status] of UNREADABLE) {
    const answer = await posts(body, { 'content-type': type });
    expect([type, answer.status]).toEqual([type, status]);
    expectNoTrace(answer.body);
  }
  expect(siege.log).toEqual([]);
});

test.each([
  ['a text', 'x'],
  ['a number', 1],
  ['no headers', {}],
  ['headers that are nothing', { headers: null }],
  ['a header that is a list', { headers: { authorization: [BASIC, BASIC] } }],
  ['a header that is no text', { headers: { authorization: { toString: 1, valueOf: 1 } } }],
  ['a header that is a number', { headers: { authorization: 1 } }],
])('a body with a request of its own, %s: 401', async (_what, own) => {
  expect(await expectSaid(JSON.stringify({ event: 'sample', request: own }))).toBe(401);
});

test('GET: no credentials, 401; with them, there is nothing in it', async () => {
  const get = { method: 'GET', path: '/mackerel-webhook' };
  expect((await answerTo(siege.board, request(siege.board, get))).status).toBe(401);
  const answer = await answerTo(
    siege.board,
    request(siege.board, { ...get, headers: { authorization: BASIC } }),
  );
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    400,
    { error: expect.stringContaining('event') },
  ]);
});

const withAlert = (changes: object) =>
  JSON.stringify({
    event: 'alert',
    type: 'host',
    host: { name: 'app01' },
    alert: { ...alert, ...changes },
  });
const inPlaceOf = (id: unknown) => withAlert({ id });

test.each([
  ['empty', '', 400],
  ['a blank', ' ', 400],
  ['markup', '<Say>x</Say>', 400],
  ['SSML', '<break time="9s"/>', 400],
  ['a path', '../Documents', 400],
  ['a list of two', '2bj1,2bj2', 400],
  ['other letters', 'アラート', 400],
  ['a lone surrogate', '\ud800', 400],
  ['a line more', '2bj1\n', 400],
  ['65 characters', 'x'.repeat(65), 400],
  ['9,000 characters', 'x'.repeat(9_000), 400],
  ['a number', 1, 400],
  ['64 characters', 'x'.repeat(64), 200],
  ['a name of JavaScript’s own', '__proto__', 200],
  ['another', 'constructor', 200],
  ['what an alert without a name is called', 'unknown', 200],
])('an alert id that is %s', async (_what, id, status) => {
  expect(await expectSaid(inPlaceOf(id))).toBe(status);
  expect(await expectSaid(withAlert({ id, isOpen: false }))).toBe(status);
});

test.each(['<Say>x</Say>', '', '\ud800', 'x'.repeat(65), "'", ' '])(
  'a call about the alert %j rings for one of unknown name',
  async (alertId) => {
    await expectRingFor(siege, alertId);
    expect(siege.stored()?.page?.first).toBe('unknown');
  },
);

test.each([
  [0],
  [-1],
  [999_999_999],
  [1_795_370_400_000],
  [4_102_444_800],
  [1e308],
  [-1e308],
  [0.5],
  ['2026-11-22'],
  [null],
  [true],
  [{}],
  // Some time of these are possible: a clock of Mackerel's that is ahead, and an alert of long ago.
  [EVENING + 86_400],
  [1e9],
  [1_795_370_400.75],
])('an alert that opened at %j is told in whole words', async (openedAt) => {
  siege.reopen({ list: aDialList({ start: 'webhook', rounds: 1 }) });
  expect(await expectSaid(withAlert({ openedAt }))).toBe(200);
  const state = siege.stored();
  if (!state?.page) throw new Error('There is no page');
  const query = toQuery(state, null).toString();
  const { body } = await answerTo(siege.board, signed(siege.board, { path: '/answered', query }));
  const texts = [body, ...siege.board.slack.messages.map(({ text }) => text)];
  expect(texts.length).toBeGreaterThan(1);
  expect(
    texts.filter((text) => /NaN|Infinity|Invalid|undefined|1970|-\d+(秒|分|時間|日)/.test(text)),
  ).toEqual([]);
});

test('a form in place of JSON', async () => {
  expect(
    await expectSaid('event=sample&alert=1', { 'content-type': 'application/x-www-form-urlencoded' }),
  ).toBe(200);
  expect(
    await expectSaid('event=alert&alert=1', { 'content-type': 'application/x-www-form-urlencoded' }),
  ).toBe(400);
});
