/** What keeps watch: the health page, the log, and the door that strangers find closed. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getExpectedTwilioSignature } from 'twilio';
import { account, accountOfB, functionsIn, type NeighbourName } from '../../switchboard';
import { ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';
import { answerTo } from '../trust/wire';

let story: Story;
afterEach(() => story.close());

/** `GET /health`: what strangers, the clock and the doctor are told, and what it costs to ask. */
describe('health', () => {
  const env = {
    HEALTH_USER: 'doctor',
    HEALTH_PASSWORD: 'stethoscope',
    CLOCK_USER: 'clock',
    CLOCK_PASSWORD: 'tick-tock',
    CALLER_ID: '+815000000101',
  };
  const DOCTOR = basic('doctor', 'stethoscope');
  const CLOCK = basic('clock', 'tick-tock');

  const open = (options: StoryOptions = {}) => {
    story = openStory({ env, ...options });
  };

  function basic(user: string, password: string): string {
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  async function asked(authorization?: string) {
    const before = story.network.log.length;
    const url = new URL(`${story.publicUrl}/health`);
    const headers: Record<string, string> = authorization ? { authorization } : {};
    const { status, body } = await answerTo(story, { method: 'GET', url, headers, body: '' });
    return { status, body: JSON.parse(body), requests: story.network.log.slice(before) };
  }

  test.each([
    ['nobody in particular', undefined],
    ['a wrong password', basic('doctor', 'guess')],
    ['no password', basic('doctor', '')],
    ['the clock’s name and the doctor’s password', basic('clock', 'stethoscope')],
    ['another scheme', 'Bearer tick-tock'],
  ])(
    '%s hears that all is well and nothing else, and nobody is asked anything for it',
    async (_who, shown) => {
      open();
      expect(await asked(shown)).toEqual({ status: 200, body: { ok: true }, requests: [] });
    },
  );

  test('the clock hears no more, and costs one read of Sync', async () => {
    open();
    await story.at(60);
    const { status, body, requests } = await asked(CLOCK);
    expect([status, body]).toEqual([200, { ok: true }]);
    expect(requests.map(({ request }) => `${request.method} ${request.url.host}`)).toEqual([
      'GET sync.twilio.com',
    ]);
  });

  test('a clock hears when Sync cannot be read; a stranger cannot find that out', async () => {
    open();
    story.network.fault('sync', { kind: 'down' });
    expect(await asked(CLOCK)).toMatchObject({ status: 503, body: { ok: false } });
    expect(await asked()).toMatchObject({ status: 200, body: { ok: true }, requests: [] });
  });

  test('without credentials in the settings, nobody has any', async () => {
    open({ env: {} });
    expect(await asked(basic('', ''))).toEqual({ status: 200, body: { ok: true }, requests: [] });
  });

  test('the doctor hears details: the hash of each private Asset, and how the neighbours are', async () => {
    open({ mackerel: { apiKey: 'read' } });
    const { status, body } = await asked(DOCTOR);
    const hashOf = (name: string) =>
      createHash('sha256')
        .update(readFileSync(join(__dirname, '../../src/assets', name)))
        .digest('hex');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ok: true,
      faults: [],
      turn: expect.any(Number),
      runtime: expect.stringMatching(/^v\d/),
      sync: { ok: true, bytes: 0 },
      mackerel: { ok: true },
    });
    expect(body.assets).toEqual({
      '/dial-list.json': expect.stringMatching(/^[0-9a-f]{64}$/),
      '/mackerel.js': hashOf('mackerel.private.ts'),
      '/news.js': hashOf('news.private.ts'),
    });
    // Not a number, not a secret, not a name.
    expect(JSON.stringify(body)).not.toMatch(/\+81|stethoscope|tick-tock|佐藤|key-that/);
  });

  test.each([
    ['Sync is down', 'sync', { sync: { ok: false } }],
    ['Mackerel’s API is down', 'mackerel', { mackerel: { ok: false, why: 'unreachable' } }],
  ] as const)('the doctor is told within 5 s that %s', async (_what, neighbour, body) => {
    open({ mackerel: { apiKey: 'read' } });
    story.network.fault(neighbour, { kind: 'down' });
    const from = story.clock.now();
    expect((await asked(DOCTOR)).body).toMatchObject(body);
    expect(story.clock.now() - from).toBeLessThan(5_000);
  });

  /**
   * Each hangs while there is a taken page that nobody has posted, and an alert has closed that only the API knows
   * of.
   */
  test.each<[string, readonly NeighbourName[], number]>([
    ['Sync', ['sync'], 503],
    ['Mackerel’s API', ['mackerel'], 200],
    ['Slack', ['slack'], 200],
    ['Twilio', ['twilio'], 200],
    ['every neighbour', ['sync', 'mackerel', 'slack', 'twilio'], 503],
  ])('within 5 s the doctor is told what there is, though %s hangs', async (_who, hanging, status) => {
    open({ mackerel: { apiKey: 'read' } });
    story.network.fault('slack', { kind: 'down' });
    story.members({ 佐藤: takes });
    const id = await story.alert();
    story.mackerel.close(id);
    story.network.fault('slack', undefined);
    for (const neighbour of hanging) story.network.fault(neighbour, { kind: 'hang' });
    const from = story.clock.now();
    const { body, status: said } = await asked(DOCTOR);
    expect([said, story.clock.now() - from < 5_000]).toEqual([status, true]);
    expect(body).toMatchObject({
      faults: [],
      runtime: process.version,
      assets: expect.objectContaining({ '/dial-list.json': expect.any(String) }),
      sync: { ok: !hanging.includes('sync') },
      mackerel: { ok: !hanging.includes('mackerel') },
    });
    story.rings();
    story.slackShows();
  });

  test.each<[string, StoryOptions, string]>([
    ['webhooks start pages', { list: { start: 'webhook' }, env: { ...env, CALLER_ID: '' } }, 'CALLER_ID'],
    ['the clock ticks', { env: { ...env, CALLER_ID: '' } }, 'CALLER_ID'],
    [
      'webhooks start pages',
      { list: { start: 'webhook' }, env: { ...env, MACKEREL_WEBHOOK_USER: '' } },
      'MACKEREL_WEBHOOK_USER',
    ],
  ])(
    '%s, and a setting is missing without which nobody rings: 503, for everybody',
    async (_when, options, name) => {
      open(options);
      for (const shown of [undefined, CLOCK])
        expect(await asked(shown)).toMatchObject({ status: 503, body: { ok: false } });
      expect(await asked(DOCTOR)).toMatchObject({ status: 503, body: { ok: false, faults: [name] } });
    },
  );

  test.each(['/dial-list.json', '/mackerel.js', '/news.js'])('%s is not deployed: 503', async (path) => {
    open();
    const { getAssets } = Runtime;
    Runtime.getAssets = () =>
      Object.fromEntries(Object.entries(getAssets()).filter(([name]) => name !== path));
    for (const shown of [undefined, CLOCK, DOCTOR])
      expect(await asked(shown)).toMatchObject({ status: 503, body: { ok: false } });
    Runtime.getAssets = getAssets;
  });
});

/** What the log says of each webhook of a page: what it was about, and what came of it. */
describe('log lines', () => {
  type Line = {
    readonly path: string;
    readonly event?: string;
    readonly step?: string;
    readonly page?: string;
    readonly remembered?: boolean;
  };
  const linesOf = (...paths: string[]): Line[] =>
    story.log
      .filter((line) => line.startsWith('{"path"'))
      .map((line): Line => JSON.parse(line))
      .filter(({ path }) => paths.includes(path));
  const said = (...paths: string[]) =>
    linesOf(...paths).map(({ path, event, step }) => [path, event, step].filter(Boolean).join(' '));

  test('a page on the leg of a call', async () => {
    story = openStory({ mackerel: { webhook: true, apiKey: 'read', statusCallback: true } });
    story.members({ 佐藤: ignores, 鈴木: takes });
    const id = story.mackerel.raise({ monitorName: '決済' });
    await story.at(600);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(2);
    expect(said('/mackerel-webhook')).toEqual([
      '/mackerel-webhook opened kept',
      '/mackerel-webhook closed hang-up',
    ]);
    expect(said('/dial-status')).toEqual([
      '/dial-status leg initiated learned',
      '/dial-status leg initiated told',
      '/dial-status leg no-answer told',
      '/dial-status leg in-progress told',
      '/dial-status leg completed told',
    ]);
    expect(said('/call-ended')).toEqual(['/call-ended call completed hang-up']);
    expect(said('/hold-music')).toEqual(['/hold-music music']);
    const [page] = linesOf('/dial-list').map((line) => line.page);
    expect(
      linesOf('/dial-ended', '/answered', '/answered-key', '/dial-status').map((line) => line.page),
    ).toEqual(Array(10).fill(page));
    expect(story.slackShows().length).toBeGreaterThan(5);
  });

  test('a page by calls of our own', async () => {
    story = openStory({ list: { start: 'webhook' } });
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise({ monitorName: '決済' });
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(2);
    expect(said('/mackerel-webhook')).toEqual(['/mackerel-webhook opened ring']);
    expect(said('/dial-status').filter((line) => /no-answer|completed/.test(line))).toEqual([
      '/dial-status leg no-answer ring',
      '/dial-status leg completed hang-up',
    ]);
    expect(story.slackShows().length).toBeGreaterThan(5);
  });

  test('a call that broke off', async () => {
    story = openStory({ numberB: 'busy', mackerel: { statusCallback: true } });
    story.members({ 佐藤: takes });
    await story.alert();
    expect(story.rings()).toHaveLength(1);
    expect(said('/call-ended')).toEqual(['/call-ended missed call busy ring']);
    const [{ page, remembered } = {}] = linesOf('/call-ended');
    expect({ page, remembered }).toEqual({ page: linesOf('/answered')[0]?.page, remembered: true });
    expect(story.slackShows().length).toBeGreaterThan(3);
  });
});

/** Only Twilio gets an answer, and only for calls of number A's account. The music is for everyone. */
describe('strangers', () => {
  const protectedPaths = functionsIn(join(__dirname, '../../src/functions'))
    .filter(({ access }) => access === 'protected')
    .map(({ path }) => path);
  const form = { CallSid: 'CA00000000000000000000000000000000', CallStatus: 'in-progress', Digits: '1' };

  type Signing = (url: string) => string | undefined;

  const asks = (path: string, method: 'GET' | 'POST', sign: Signing) => {
    const url = new URL(`${story.publicUrl}${path}?page=x&attempt=0&alertId=2bj1`);
    const signature = sign(url.href);
    return story.functions.handle({
      method,
      url,
      headers: {
        ...(signature !== undefined && { 'x-twilio-signature': signature }),
        ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: method === 'POST' ? new URLSearchParams(form).toString() : '',
    });
  };
  const params = (method: 'GET' | 'POST') => (method === 'POST' ? form : {});

  test('the endpoints of a call are all among them', () => {
    story = openStory();
    expect(protectedPaths).toEqual(
      expect.arrayContaining(['/dial-list', '/dial-ended', '/dial-status', '/answered', '/answered-key']),
    );
  });

  describe.each([400, 403] as const)('refused with %d', (refusedSignatureStatus) => {
    test.each([
      ['nobody', () => () => undefined],
      ['somebody who made it up', () => () => 'bWFkZSB1cA=='],
      [
        "number B's account",
        (method: 'GET' | 'POST') => (url: string) =>
          getExpectedTwilioSignature(accountOfB.authToken, url, params(method)),
      ],
      [
        'our account, for another URL',
        (method: 'GET' | 'POST') => () =>
          getExpectedTwilioSignature(account.authToken, `${story.publicUrl}/`, params(method)),
      ],
    ])('a request signed by %s', async (_who, sign) => {
      story = openStory({ unconfirmed: { refusedSignatureStatus } });
      for (const method of ['GET', 'POST'] as const) {
        const answers = await Promise.all(protectedPaths.map((path) => asks(path, method, sign(method))));
        expect(answers.map(({ status }) => status)).toEqual(protectedPaths.map(() => refusedSignatureStatus));
      }
      expect(story.network.log).toEqual([]);
      expect(story.log).toEqual([]);
    });
  });

  test('the same requests, signed by our account, are let in', async () => {
    story = openStory();
    const sign: Signing = (url) => getExpectedTwilioSignature(account.authToken, url, form);
    const answers = protectedPaths.map((path) => asks(path, 'POST', sign));
    await story.clock.run(10);
    // Let in, `/rehearsal` says that nobody can be called without CALLER_ID.
    const isRefused = ({ status, body }: { status: number; body: string }) =>
      status >= 300 && !body.includes('Set CALLER_ID');
    expect((await Promise.all(answers)).filter(isRefused)).toEqual([]);
  });

  test('a stranger cannot read the dial list, nor any other private file', async () => {
    story = openStory();
    const names = ['dial-list.json', 'mackerel.js', 'news.js'];
    const files = names.flatMap((name) => [`/${name}`, `/${name.replace('.', '.private.')}`]);
    const answers = await Promise.all(files.map((file) => asks(file, 'GET', () => undefined)));
    expect(answers.map(({ status }) => status)).toEqual(names.flatMap(() => [403, 404]));
  });

  test('the hold music is public, for number B may be in another account', async () => {
    story = openStory();
    const unsigned = await asks('/hold-music', 'POST', () => undefined);
    expect([unsigned.status, unsigned.body]).toEqual([
      200,
      `<?xml version="1.0" encoding="UTF-8"?><Response><Play loop="0">${story.publicUrl}/hold-music.wav</Play></Response>`,
    ]);
    expect(await asks('/hold-music.wav', 'GET', () => undefined)).toMatchObject({ status: 200 });
    story.members({ 佐藤: takes });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.slackShows()).toHaveLength(6);
  });
});
