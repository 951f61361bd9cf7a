/** What keeps watch: the clock, the health page, the log, and the door that strangers find closed. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getExpectedTwilioSignature } from 'twilio';
import { account, accountOfB, functionsIn } from '../../switchboard';
import { deliver, ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';
import { answerTo } from '../trust/wire';

let story: Story;
afterEach(() => story.close());

/** With Mackerel's external monitor of `/health` as the clock, a page comes to an end whatever callback was lost. */
describe('clock', () => {
  const env = { CLOCK_USER: 'clock', CLOCK_PASSWORD: 'tick-tock', CALLER_ID: '+815000000101' };
  const authorization = `Basic ${Buffer.from('clock:tick-tock').toString('base64')}`;

  const open = (options: StoryOptions = {}) => {
    story = openStory({ env, ...options });
  };

  /** One call of the monitor's, so many at the same moment. Gives the statuses. */
  async function tick(times = 1): Promise<number[]> {
    const url = new URL(`${story.publicUrl}/health`);
    const answers = Array.from({ length: times }, () =>
      story.functions.handle({ method: 'GET', url, headers: { authorization }, body: '' }),
    );
    await story.clock.run(10);
    return (await Promise.all(answers)).map(({ status }) => status);
  }

  /** Once a minute, for so long. */
  async function ticking(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      await tick();
      await story.clock.run(50);
    }
  }

  const lost = deliver({ twiml: [], action: [], whisper: [], gather: [], status: [] });
  const whole = deliver({});

  test.each([
    ['bridge', 'call', '00:00', '11200'],
    ['direct', 'webhook', '00:01', ''],
  ] as const)(
    '%s: the callback that ends a ring is lost, and the clock rings the next',
    async (_way, start, _at, fault) => {
      open({
        list: { start, rounds: 1 },
        mackerel: { webhook: true },
        faults: fault ? [Number(fault)] : [],
      });
      story.members({ 佐藤: ignores, 鈴木: takes });
      story.mackerel.raise();
      await story.at(20);
      story.exchange.delivery = lost;
      await story.at(100);
      story.exchange.delivery = whole;
      expect(story.rings()).toHaveLength(1);
      await ticking(4);
      await story.untilQuiet();
      expect(story.rings().map((ring) => ring.replace(/^\S+ /, ''))).toEqual([
        '佐藤 no-answer',
        '鈴木 answered pressed 1',
      ]);
      expect(story.slackShows().at(-1)).toContain('鈴木 が対応します');
    },
  );

  test('the last ring’s callback is lost: with the clock people are told that nobody answered', async () => {
    open({ list: { members: ['佐藤'], start: 'webhook', rounds: 1 }, mackerel: { webhook: true } });
    story.mackerel.raise();
    await story.at(20);
    story.exchange.delivery = lost;
    await story.at(100);
    story.exchange.delivery = whole;
    await ticking(3);
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
    expect(story.slackShows().join('\n')).toContain('<!channel>');
  });

  test.each(['call', 'webhook'] as const)(
    'nobody answers: it rings again every repeatMinutes until it closes (%s)',
    async (start) => {
      open({ list: { members: ['佐藤'], start, rounds: 1, repeatMinutes: 10 }, mackerel: { webhook: true } });
      const id = story.mackerel.raise();
      await ticking(35);
      const rungAt = story.rings().map((ring) => ring.slice(0, 2));
      expect(rungAt).toHaveLength(4);
      expect(rungAt.map((minute, nth) => Math.abs(Number(minute) - nth * 10) <= 2)).toEqual([
        true,
        true,
        true,
        true,
      ]);
      story.mackerel.close(id);
      await ticking(30);
      expect(story.rings()).toHaveLength(4);
      story.slackShows();
    },
  );

  test('a list whose closings nobody tells of is not rung again by the clock', async () => {
    open({ list: { members: ['佐藤'], rounds: 1, repeatMinutes: 10 } });
    story.mackerel.raise();
    await ticking(30);
    expect(story.rings()).toHaveLength(1);
    story.slackShows();
  });

  test('a closing that only the API knows is told at the next tick', async () => {
    open({ mackerel: { apiKey: 'read' } });
    story.members({ 佐藤: takes });
    const id = await story.alert();
    story.mackerel.close(id);
    await story.clock.run(600);
    const [before] = story.slackShows().slice(-1);
    expect(before).toContain('佐藤 が対応します');
    await tick();
    expect(story.slackShows().at(-1)).toContain('閉じました');
    story.rings();
  });

  test('twenty at the same moment, and twice as many while people are rung: one phone rings, once', async () => {
    open({ list: { start: 'webhook', rounds: 1 }, mackerel: { webhook: true } });
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise();
    await story.at(20);
    await tick(20);
    story.exchange.delivery = lost;
    await story.at(130);
    story.exchange.delivery = whole;
    await tick(20);
    await story.untilQuiet();
    await tick(20);
    expect(story.rings().map((ring) => ring.replace(/^\S+ /, ''))).toEqual([
      '佐藤 no-answer',
      '鈴木 answered pressed 1',
    ]);
    story.slackShows();
  });

  /** For so long Sync takes each alert, and refuses to say which page goes on: its webhook gives up before. */
  async function refused(seconds: number): Promise<void> {
    story.network.fault('sync', ({ method, url }) =>
      method === 'GET' && url.pathname.endsWith('/Documents/mackerel-kaden')
        ? { kind: 'status', status: 429, body: '{"code":54009,"status":429}' }
        : undefined,
    );
    await story.clock.run(seconds);
    story.network.fault('sync', undefined);
  }

  test('alerts that Sync refused a page until nobody came any more: the clock rings for one, and its page has all', async () => {
    open({ list: { start: 'webhook' }, mackerel: { webhook: true } });
    story.members({ 佐藤: [takes, takes] });
    const taken = await story.alert();
    const late = [story.mackerel.raise(), story.mackerel.raise()];
    await refused(12);
    expect(story.rings()).toHaveLength(1);
    expect(story.history().flatMap(({ alerts }) => alerts)).toEqual([taken]);
    await ticking(3);
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(2);
    const [, page] = story.history();
    expect([...(page?.alerts ?? [])].sort()).toEqual([...late].sort());
    expect(story.slackShows().filter((line) => line.includes('が対応します'))).toHaveLength(2);
  });

  test('what Sync refused and has closed by then rings nobody', async () => {
    open({ list: { start: 'webhook' }, mackerel: { webhook: true } });
    story.members({ 佐藤: takes });
    await story.alert();
    const late = story.mackerel.raise();
    await refused(12);
    story.mackerel.close(late);
    await ticking(3);
    expect(story.rings()).toHaveLength(1);
    story.slackShows();
  });

  test('with nothing to do, a tick is one read of Sync, before pages and some minutes after them', async () => {
    open({ mackerel: { webhook: true } });
    story.members({ 佐藤: takes });
    const id = await story.alert();
    story.mackerel.close(id);
    await story.untilQuiet();
    await story.clock.run(300);
    const before = story.network.log.length;
    await tick();
    expect(
      story.network.log.slice(before).map(({ request }) => `${request.method} ${request.url.host}`),
    ).toEqual(['GET sync.twilio.com']);
    story.rings();
    story.slackShows();
  });
});

/** `GET /health`: what strangers, the clock and the doctor are told, and what it costs to ask. */
describe('health', () => {
  const env = {
    HEALTH_USER: 'doctor',
    HEALTH_PASSWORD: 'stethoscope',
    CLOCK_USER: 'clock',
    CLOCK_PASSWORD: 'tick-tock',
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
      '/calendar.js': hashOf('calendar.private.ts'),
      '/dial-list.json': expect.stringMatching(/^[0-9a-f]{64}$/),
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

  test('and within 5 s where all of them hang', async () => {
    open({ mackerel: { apiKey: 'read' } });
    for (const neighbour of ['sync', 'mackerel'] as const) story.network.fault(neighbour, { kind: 'hang' });
    const from = story.clock.now();
    expect(await asked(DOCTOR)).toMatchObject({ status: 503, body: { ok: false } });
    expect(story.clock.now() - from).toBeLessThan(5_000);
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
    const names = ['dial-list.json', 'news.js', 'calendar.js'];
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
