/** Access, endpoint by endpoint; docs/endpoints.md says the same in a table. Names of intruders are not told apart. */
import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getExpectedTwilioSignature } from 'twilio';
import { isAuthorized } from '../../src/platform/basic-auth';
import { account, accountOfB, functionsIn, type WireRequest } from '../../switchboard';
import { ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';
import { answerTo, FORM, request, signed } from './wire';

let story: Story | null = null;
afterEach(() => {
  story?.close();
  story = null;
});
const open = (options: StoryOptions = {}) => {
  story = openStory(options);
  return story;
};

const endpoints = functionsIn(join(__dirname, '../../src/functions'));
const withAccess = (wanted: string) =>
  endpoints.filter(({ access }) => access === wanted).map(({ path }) => path);
const guarded = withAccess('protected');

test('all but three endpoints are for Twilio only', () => {
  expect(withAccess('public')).toEqual(['/health', '/hold-music', '/mackerel-webhook']);
  expect([...guarded].sort()).toEqual([
    '/answered',
    '/answered-key',
    '/call-ended',
    '/call-in',
    '/dial-ended',
    '/dial-list',
    '/dial-status',
    '/pause',
    '/rehearsal',
  ]);
});

test('the documentation has a row for each of them', () => {
  const table = readFileSync(join(__dirname, '../../docs/endpoints.md'), 'utf8').split('\n');
  const rowOf = (path: string) => table.find((line) => line.startsWith(`| \`${path}\` |`)) ?? '';
  expect(endpoints.map(({ path }) => [path, rowOf(path) !== ''])).toEqual(
    endpoints.map(({ path }) => [path, true]),
  );
  expect(guarded.filter((path) => !/\| Twilio \| signature \|/.test(rowOf(path)))).toEqual([]);
  expect(rowOf('/mackerel-webhook')).toMatch(/\| Mackerel \| Basic auth/);
  expect(rowOf('/health')).toMatch(/\| anybody \| Basic auth/);
  expect(rowOf('/hold-music')).toMatch(/\| anybody \|/);
});

/** docs/usage/security: the URL with its query, then the parameters of a form, signed with the account's token. */
describe('a signature', () => {
  const query = 'page=tox0o0&attempt=0&alertId=2bj1abcdefg';
  const body = new URLSearchParams({
    CallSid: `CA${'0'.repeat(32)}`,
    CallStatus: 'completed',
    Digits: '1',
  }).toString();
  type Forgery = (sound: WireRequest) => WireRequest;
  const without: Forgery = ({ headers, ...rest }) => {
    const { 'x-twilio-signature': _, ...others } = headers;
    return { ...rest, headers: others };
  };
  const withSignature =
    (signature: string): Forgery =>
    (sound) => ({ ...sound, headers: { ...sound.headers, 'x-twilio-signature': signature } });
  const elsewhere =
    (change: (url: URL) => void): Forgery =>
    (sound) => {
      const url = new URL(sound.url);
      change(url);
      return { ...sound, url };
    };
  const toAnother = (url: URL) => {
    url.pathname = url.pathname === '/answered' ? '/answered-key' : '/answered';
  };
  const saying =
    (change: (form: URLSearchParams) => void): Forgery =>
    (sound) => {
      const form = new URLSearchParams(sound.body);
      change(form);
      return { ...sound, body: form.toString() };
    };

  test.each<[string, Forgery]>([
    ['that is missing', without],
    ['that is empty', withSignature('')],
    ['that somebody made up', withSignature('bWFkZSB1cA==')],
    ['that is no base64', withSignature('\u00ff"; --')],
    ['of 10,000 characters', withSignature('A'.repeat(10_000))],
    ['for another endpoint', elsewhere(toAnother)],
    ['for another page', elsewhere((url) => url.searchParams.set('page', 'tox0o1'))],
    ['for another alert', elsewhere((url) => url.searchParams.set('alertId', '2bj2'))],
    ['without what stands in the query now', elsewhere((url) => url.searchParams.append('way', 'direct'))],
    ['with what is missing in the query now', elsewhere((url) => url.searchParams.delete('attempt'))],
    ['for the same in another order', elsewhere((url) => url.searchParams.sort())],
    ['for another key', saying((form) => form.set('Digits', '2'))],
    ['without a parameter that is there', saying((form) => form.set('DialBridged', 'true'))],
    ['with a parameter that is gone', saying((form) => form.delete('CallStatus'))],
    ['for one value where there are two', saying((form) => form.append('Digits', '2'))],
  ])('%s lets nobody in', async (_what, forge) => {
    const { functions, network, log } = open();
    if (!story) throw new Error('No story');
    for (const path of guarded) {
      const answer = await functions.handle(forge(signed(story, { path, query, body })));
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.body).not.toContain('page');
    }
    expect([network.log, log]).toEqual([[], []]);
  });

  test.each([
    ["number B's account", accountOfB.authToken],
    ['nobody, with an empty token', ''],
    ["our account's name in the place of its token", account.sid],
  ])('by %s lets nobody in', async (_who, token) => {
    const board = open();
    const answers = guarded.map((path) =>
      board.functions.handle(signed(board, { path, query, body }, token)),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(guarded.map(() => 403));
  });

  test('of a POST does not let a GET in, nor the other way round', async () => {
    const board = open();
    for (const path of guarded) {
      const post = signed(board, { path, query, body });
      const get = { ...post, method: 'GET', body: '' };
      expect((await board.functions.handle(get)).status).toBe(403);
      const signature = getExpectedTwilioSignature(account.authToken, post.url.href, {});
      expect((await board.functions.handle(withSignature(signature)(post))).status).toBe(403);
    }
  });
});

/** Each endpoint on its own: what holds of one by accident need not hold of the next. */
describe.each(guarded)('%s', (path) => {
  const query = 'page=tox0o0&attempt=0&alertId=2bj1abcdefg';
  const form = { CallSid: `CA${'0'.repeat(32)}`, CallStatus: 'completed', Digits: '1' };
  const body = new URLSearchParams(form).toString();
  type Attempt = (board: Story) => WireRequest;
  const at = (sound: WireRequest, other: string) => ({ ...sound, url: new URL(other, sound.url) });
  const json = (sound: WireRequest, said: string): WireRequest => ({
    ...sound,
    method: 'POST',
    headers: { ...sound.headers, 'content-type': 'application/json' },
    body: said,
  });

  test.each<[string, Attempt]>([
    ['unsigned', (board) => request(board, { path, query, body })],
    ['unsigned, with GET', (board) => request(board, { method: 'GET', path, query })],
    [
      'with a wrong signature',
      (board) => request(board, { path, query, body, headers: { 'x-twilio-signature': 'bm90aGluZw==' } }),
    ],
    [
      'signed with the token of another account',
      (board) => signed(board, { path, query, body }, accountOfB.authToken),
    ],
    [
      'overheard, and sent with another query',
      (board) => at(signed(board, { path, query, body }), `${path}?${query}&again=1`),
    ],
    [
      'overheard on another host',
      (board) => {
        const sound = signed(board, { path, query, body });
        const url = sound.url.href.replace('://', '://evil.');
        const signature = getExpectedTwilioSignature(account.authToken, url, form);
        return { ...sound, headers: { ...sound.headers, 'x-twilio-signature': signature } };
      },
    ],
    [
      'overheard, and sent with another key',
      (board) => ({ ...signed(board, { path, query, body }), body: body.replace('Digits=1', 'Digits=2') }),
    ],
    [
      'overheard, and sent with a parameter more',
      (board) => ({ ...signed(board, { path, query, body }), body: `${body}&close=2bj1` }),
    ],
    [
      'overheard with GET, and sent with JSON',
      (board) => json(signed(board, { method: 'GET', path, query }), JSON.stringify(form)),
    ],
    [
      'overheard with GET, and sent with an empty JSON',
      (board) => json(signed(board, { method: 'GET', path, query }), '{}'),
    ],
    [
      'overheard with GET, and sent with a form',
      (board) => ({
        ...signed(board, { method: 'GET', path, query }),
        method: 'POST',
        body,
        headers: { ...signed(board, { method: 'GET', path, query }).headers, 'content-type': FORM },
      }),
    ],
    [
      'overheard with a form, and sent as JSON',
      (board) => json(signed(board, { path, query, body }), JSON.stringify(form)),
    ],
    [
      'overheard with GET, and sent with JSON and a digest that nobody signed',
      (board) => {
        const said = JSON.stringify(form);
        const digest = crypto.createHash('sha256').update(said).digest('hex');
        return json(
          at(signed(board, { method: 'GET', path, query }), `${path}?${query}&bodySHA256=${digest}`),
          said,
        );
      },
    ],
  ])('%s: 403, and nothing is asked, told or noted', async (_how, attempt) => {
    const board = open();
    const answer = await board.functions.handle(attempt(board));
    expect([answer.status, answer.body]).toEqual([403, 'Invalid X-Twilio-Signature']);
    expect([board.network.log, board.log]).toEqual([[], []]);
  });

  test('signed as Twilio does it: not 403', async () => {
    const board = open();
    for (const asked of [
      { path, query: 'page=tox0o0&attempt=0', body: 'CallStatus=ringing' },
      { method: 'GET', path, query: 'page=tox0o0&attempt=0&CallStatus=ringing' },
    ]) {
      expect([400, 403]).not.toContain((await answerTo(board, signed(board, asked))).status);
    }
  });
});

describe('a body that is no form', () => {
  const query = 'page=tox0o0&attempt=0';
  const said = JSON.stringify({ CallStatus: 'completed', Digits: '1' });
  const types = [
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencodedx',
    '',
  ];

  test.each(types)('does not come in on the signature of a GET without one: %s', async (type) => {
    const board = open();
    for (const path of guarded) {
      const overheard = signed(board, { method: 'GET', path, query });
      for (const method of ['POST', 'GET']) {
        const headers = { ...overheard.headers, ...(type && { 'content-type': type }) };
        const answer = await board.functions.handle({ ...overheard, method, headers, body: said });
        expect([path, method, answer.status]).toEqual([path, method, 403]);
      }
    }
    expect(board.network.log).toEqual([]);
  });

  test('comes in where the signed URL has its digest, and only this body does', async () => {
    const board = open();
    const digest = crypto.createHash('sha256').update(said).digest('hex');
    const asked = { method: 'GET', path: '/answered-key', query: `${query}&bodySHA256=${digest}` };
    const sound = signed(board, asked);
    const headers = { ...sound.headers, 'content-type': 'application/json' };
    const posted = { ...sound, method: 'POST', headers };
    expect((await answerTo(board, { ...posted, body: said })).status).toBe(200);
    expect((await board.functions.handle({ ...posted, body: said.replace('1', '2') })).status).toBe(403);
  });
});

/** A signature has no date: what was overheard once can be sent again as it was, and must come to nothing. */
test('everything that Twilio ever asked, sent once more afterwards, changes nothing', async () => {
  const board = open({ list: { rounds: 2 }, mackerel: { statusCallback: true } });
  board.members({ 佐藤: [ignores, ignores], 鈴木: [ignores, takes] });
  await board.alert();
  const before = {
    rings: board.rings(),
    slack: board.slackShows(),
    history: board.history(),
    page: board.sync.document('mackerel-kaden')?.data,
  };
  const hooks = board.exchange.events.flatMap((event) => (event.kind === 'webhook' ? [event] : []));
  const ours = hooks.filter(({ hook }) => guarded.includes(hook.url.pathname));
  expect(new Set(ours.map(({ hook }) => hook.url.pathname)).size).toBe(6);
  for (const { hook, method } of ours) {
    const query = hook.url.search.slice(1);
    const form = new URLSearchParams(hook.params).toString();
    const path = hook.url.pathname;
    const asked =
      method === 'GET' ? { method, path, query: [query, form].join('&') } : { path, query, body: form };
    const answer = await answerTo(board, signed(board, asked));
    expect(answer.status).toBeLessThan(300);
    expect(answer.body).not.toContain('<Dial');
  }
  await board.untilQuiet();
  expect(board.rings()).toEqual(before.rings);
  expect(board.slackShows()).toEqual(before.slack);
  expect(board.history()).toEqual(before.history);
  expect(board.sync.document('mackerel-kaden')?.data).toEqual(before.page);
});

/** rfc-editor.org/rfc/rfc7617 */
describe("Mackerel's webhook", () => {
  const sample = JSON.stringify({ event: 'sample', message: 'Sample Notification from Mackerel' });
  const posted = (board: Story, authorization?: string) =>
    answerTo(
      board,
      request(board, {
        path: '/mackerel-webhook',
        body: sample,
        headers: {
          'content-type': 'application/json',
          ...(authorization !== undefined && { authorization }),
        },
      }),
    );
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const basic = (text: string) => `Basic ${base64(text)}`;
  const setUp: StoryOptions = { mackerel: { webhook: true } };

  test.each<[string, string | undefined]>([
    ['no credentials', undefined],
    ['an empty header', ''],
    ['the scheme alone', 'Basic'],
    ['another scheme', `Bearer ${base64('mackerel:switchboard')}`],
    ['no base64', 'Basic mackerel:switchboard'],
    ['base64 of nothing', 'Basic ===='],
    ['no colon', basic('mackerelswitchboard')],
    ['a wrong password', basic('mackerel:switchboarD')],
    ['part of the password', basic('mackerel:switch')],
    ['more than the password', basic('mackerel:switchboard:')],
    ['a wrong user', basic('mackere1:switchboard')],
    ['the password of nobody', basic(':switchboard')],
    [
      'a byte that is no UTF-8',
      `Basic ${Buffer.from('mackerel:switchboard\xff', 'latin1').toString('base64')}`,
    ],
    ['two headers in one', `${basic('a:b')}, ${basic('mackerel:switchboard')}`],
    ['the right ones twice', `${basic('mackerel:switchboard')}, ${basic('mackerel:switchboard')}`],
    ['no blank behind the scheme', `Basic${base64('mackerel:switchboard')}`],
    ['a tab behind the scheme', `Basic\t${base64('mackerel:switchboard')}`],
    ['a blank in the middle', `Basic ${base64('mackerel:switchboard').replace(/^..../, '$& ')}`],
    ['a blank of their own at the end', basic('mackerel:switchboard ')],
    ['a blank behind the user', basic('mackerel :switchboard')],
    ['user and password the wrong way round', basic('switchboard:mackerel')],
    ['user and password in capitals', basic('MACKEREL:SWITCHBOARD')],
    ['a user in UTF-8 that looks the same', basic('m\u0430ckerel:switchboard')],
    ['the same in full width', basic('ｍａｃｋｅｒｅｌ:ｓｗｉｔｃｈｂｏａｒｄ')],
    ['UTF-16', `Basic ${Buffer.from('mackerel:switchboard', 'utf16le').toString('base64')}`],
    ['a NUL at the end', basic('mackerel:switchboard\0')],
    ['9,000 characters', basic(`mackerel:${'x'.repeat(6_000)}`)],
  ])('%s: 401, and nothing is asked or told', async (_what, authorization) => {
    const board = open(setUp);
    const answer = await posted(board, authorization);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Basic realm="mackerel-kaden", charset="UTF-8"');
    expect(JSON.parse(answer.body)).toEqual({ error: expect.stringContaining('https://USER:PASSWORD@') });
    expect([answer.body, ...board.log].filter((text) => /switch|mackere1/.test(text))).toEqual([]);
    expect(board.network.log).toEqual([]);
  });

  test('credentials in the body are none', async () => {
    const board = open(setUp);
    const forged = { event: 'sample', request: { headers: { authorization: basic('mackerel:wrong') } } };
    const asked = { path: '/mackerel-webhook', body: JSON.stringify(forged) };
    const answer = await answerTo(
      board,
      request(board, { ...asked, headers: { 'content-type': 'application/json' } }),
    );
    expect(answer.status).toBe(401);
  });

  test.each([
    ['as Mackerel sends them', basic('mackerel:switchboard'), {}],
    ['with the scheme in capitals', `BASIC ${base64('mackerel:switchboard')}`, {}],
    ['with more blanks than one', `Basic  ${base64('mackerel:switchboard')}`, {}],
    [
      'in UTF-8, with colons',
      basic('架電:合い言葉:£'),
      { MACKEREL_WEBHOOK_USER: '架電', MACKEREL_WEBHOOK_PASSWORD: '合い言葉:£' },
    ],
  ])('the right credentials, %s: 200', async (_how, authorization, env: Record<string, string>) => {
    const board = open({ ...setUp, env });
    expect((await posted(board, authorization)).status).toBe(200);
    expect(board.slackShows()).toEqual([':link: Mackerelとつながりました']);
  });

  test.each([
    ['neither', {}],
    ['no password', { MACKEREL_WEBHOOK_USER: 'mackerel' }],
    ['no user', { MACKEREL_WEBHOOK_PASSWORD: 'switchboard' }],
    ['empty ones', { MACKEREL_WEBHOOK_USER: '', MACKEREL_WEBHOOK_PASSWORD: '' }],
  ])('where %s is set, nobody is let in', async (_what, env: Record<string, string>) => {
    const board = open({ env });
    for (const authorization of [undefined, basic(':'), basic('mackerel:switchboard'), basic('mackerel:')]) {
      expect((await posted(board, authorization)).status).toBe(503);
    }
    expect(board.network.log).toEqual([]);
  });

  test('how long a comparison takes tells nothing: always the same length, whole', () => {
    const compare = jest.spyOn(crypto, 'timingSafeEqual');
    const credentials = { user: 'mackerel', password: 'switchboard' };
    const headers = [
      undefined,
      '',
      'Basic',
      basic('m'),
      basic('mackerel:switchboarD'),
      basic('x'.repeat(9_999)),
    ];
    for (const header of headers) expect(isAuthorized(header, credentials)).toBe(false);
    expect(compare).toHaveBeenCalledTimes(headers.length);
    const lengths = compare.mock.calls.map(([one, other]) => [one.byteLength, other.byteLength]);
    expect(new Set(lengths.flat())).toEqual(new Set([32]));
    compare.mockRestore();
  });
});

test('the music says nothing and knows nothing, whoever asks', async () => {
  const board = open();
  for (const query of ['', 'page=tox0o0&attempt=0', 'alertId=2bj1']) {
    const { status, body } = await answerTo(board, request(board, { path: '/hold-music', query }));
    expect([status, body]).toEqual([
      200,
      `<?xml version="1.0" encoding="UTF-8"?><Response><Play loop="0">${board.publicUrl}/hold-music.wav</Play></Response>`,
    ]);
  }
  expect(board.network.log).toEqual([]);
});
