/** `GET /health`: what strangers, the clock and the doctor are told, and what it costs to ask. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStory, type Story, type StoryOptions } from '../support/story';
import { answerTo } from '../trust/wire';

const env = {
  HEALTH_USER: 'doctor',
  HEALTH_PASSWORD: 'stethoscope',
  CLOCK_USER: 'clock',
  CLOCK_PASSWORD: 'tick-tock',
};
const DOCTOR = basic('doctor', 'stethoscope');
const CLOCK = basic('clock', 'tick-tock');

let story: Story;
afterEach(() => story.close());
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
])('%s hears that all is well and nothing else, and nobody is asked anything for it', async (_who, shown) => {
  open();
  expect(await asked(shown)).toEqual({ status: 200, body: { ok: true }, requests: [] });
});

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
