/** The room's API, as `curl` and scripts use it. The clock stands still and is driven by the test. */
import inject, { type InjectOptions } from 'light-my-request';
import { dialList } from '../../../switchboard';
import { sampleAlerts } from '../../../switchboard/drill/alerts';
import { planFor } from '../../../switchboard/drill/scripted-people';
import { serveRoom } from '../../../switchboard/room/api';
import { openRoom, type Room } from '../../../switchboard/room/room';
import type { RoomState } from '../../../switchboard/room/state-of';

const list = dialList({
  language: 'en',
  rotation: { every: 'never' },
  rounds: 1,
  members: [
    { name: 'Sato', phone: '+815000000001' },
    { name: 'Suzuki', phone: '+815000000002' },
  ],
});

let room: Room;
let ask: (
  method: InjectOptions['method'],
  url: string,
  body?: object | string,
) => Promise<{ status: number; body: never }>;
const quiet = [jest.spyOn(console, 'log'), jest.spyOn(console, 'warn')];

beforeEach(() => {
  for (const spy of quiet) spy.mockImplementation(() => undefined);
  room = openRoom({
    list,
    startAt: new Date('2026-11-22T18:00:00Z'),
    speed: 1,
    settings: { mackerel: { webhook: true } },
    from: 'source',
  });
  room.setClock({ isPaused: true });
  const drill = () =>
    room.make({ do: 'drill', alert: sampleAlerts[0] ?? {}, plan: planFor(list, 0) }).ids[0] ?? '';
  const app = serveRoom(room, drill);
  ask = async (method, url, body) => {
    const response = await inject(app, {
      method,
      url,
      headers: { host: 'localhost:3001' },
      payload: typeof body === 'object' ? JSON.stringify(body) : body,
    });
    return { status: response.statusCode, body: JSON.parse(response.payload) as never };
  };
});
afterEach(() => room.close());

const state = async () => (await ask('GET', '/api/state')).body as RoomState;
const pass = (seconds: number) => room.now.board.clock.run(seconds);
const untilQuiet = () => room.now.board.untilQuiet();

test('raise, let ring, pick up the second phone, press 1: taken', async () => {
  const raised = await ask('POST', '/api/alerts', { monitorName: 'disk', type: 'check', message: 'full' });
  expect(raised).toEqual({ status: 201, body: { ids: [expect.any(String)] } });
  await pass(70);
  expect((await ask('POST', '/api/phones/Suzuki/pick-up')).status).toBe(200);
  await pass(3);
  expect((await ask('POST', '/api/phones/m1/press', { digits: '1' })).status).toBe(200);
  await untilQuiet();
  const { page, slack, alerts, calls } = await state();
  expect(page?.end).toMatchObject({ kind: 'taken', by: 1 });
  expect(slack.map(({ text }) => text).join('\n')).toContain('Suzuki took it');
  expect(alerts).toMatchObject([{ monitorName: 'disk', status: 'CRITICAL' }]);
  expect(calls.filter(({ to }) => to.startsWith('m')).map(({ to, status }) => `${to} ${status}`)).toEqual([
    'm0 no-answer',
    'm1 completed',
  ]);
  expect(JSON.stringify(await state())).not.toMatch(/\+81/);
});

test('phones are scripted: for the next ring, or for all', async () => {
  await ask('PUT', '/api/phones/Sato', { next: { kind: 'voicemail', after: 5, records: 10 } });
  await ask('PUT', '/api/phones/Suzuki', { habit: 'takes' });
  await ask('POST', '/api/alerts');
  await untilQuiet();
  const { calls, settings, page } = await state();
  expect(calls.map(({ by }) => by)).toEqual(expect.arrayContaining(['voicemail', 'person']));
  expect(settings.habits).toEqual({ m1: 'takes' });
  expect(page?.end?.kind).toBe('taken');
});

test('an alert is re-sent, gets worse, and closes; what is closed is left alone', async () => {
  await ask('POST', '/api/alerts', { status: 'WARNING', count: 2 });
  await pass(5);
  const ids = (await state()).alerts.map(({ id }) => id);
  expect(ids).toHaveLength(2);
  expect((await ask('POST', `/api/alerts/${ids[0]}/resend`)).status).toBe(200);
  expect((await ask('PUT', `/api/alerts/${ids[0]}`, { status: 'CRITICAL' })).status).toBe(200);
  for (const id of ids) await ask('POST', `/api/alerts/${id}/close`, { reason: 'mended' });
  await untilQuiet();
  expect((await state()).alerts).toMatchObject([{ status: 'OK', reason: 'mended' }, { status: 'OK' }]);
  expect((await state()).page?.end?.kind).toBe('closed');
  expect(await ask('POST', `/api/alerts/${ids[0]}/resend`)).toEqual({
    status: 409,
    body: { error: `Alert ${ids[0]} is closed`, why: 'alert-closed' },
  });
});

test('a drill is people who act by a plan', async () => {
  expect((await ask('POST', '/api/drills')).status).toBe(201);
  await untilQuiet();
  expect((await state()).page?.end).toMatchObject({ kind: 'taken', by: 1 });
});

test('a call to number A from one’s own phone', async () => {
  expect((await ask('POST', '/api/phones/own/call')).status).toBe(200);
  await pass(2);
  expect((await ask('POST', '/api/phones/own/call')).status).toBe(409);
  expect((await ask('POST', '/api/phones/own/hang-up')).status).toBe(200);
  const [call] = (await state()).calls;
  expect(call).toMatchObject({ from: 'own', to: 'a', direction: 'inbound', endedBy: 'caller' });
});

test('the log has each webhook with what it asked, and either whole', async () => {
  await ask('PUT', '/api/phones/Sato', { habit: 'takes' });
  await ask('POST', '/api/alerts');
  await untilQuiet();
  const log = (await ask('GET', '/api/log')).body as {
    id: string;
    path: string;
    to: string;
    requestCounts?: object;
    run?: number;
  }[];
  const dialList = log.find(({ path }) => path === '/dial-list');
  expect(dialList).toMatchObject({ to: 'functions', requestCounts: { sync: expect.any(Number) } });
  const asked = log.filter(({ to, run }) => to === 'sync' && run === dialList?.run);
  expect(asked.length).toBeGreaterThan(0);
  const whole = (await ask('GET', `/api/log/${dialList?.id}`)).body as {
    request: object;
    response: { body: string };
  };
  expect(whole.request).toMatchObject({ method: 'GET', url: expect.stringContaining('/dial-list?alertId=') });
  expect(whole.response.body).toContain('<Dial');
  expect((await ask('GET', `/api/log/${asked[0]?.id}`)).body).toMatchObject({
    response: { status: expect.any(Number) },
  });
  expect((await ask('GET', '/api/log/f9999')).status).toBe(404);
});

test('what is broken breaks at once, and is mended', async () => {
  expect(
    (await ask('PUT', '/api/faults', { slack: 'down', callbacks: 'twice', account: 'one-a-second' })).status,
  ).toBe(200);
  expect((await state()).settings.faults).toEqual({
    slack: 'down',
    callbacks: 'twice',
    account: 'one-a-second',
  });
  await ask('PUT', '/api/phones/Sato', { habit: 'takes' });
  await ask('POST', '/api/alerts');
  await untilQuiet();
  expect((await state()).slack).toEqual([]);
  expect((await state()).page?.end?.kind).toBe('taken');
  await ask('PUT', '/api/faults', { slack: null, callbacks: null, account: null });
  expect((await state()).settings.faults).toEqual({});
});

test('one step goes on to whatever happens next', async () => {
  await ask('POST', '/api/alerts');
  const before = (await state()).now;
  expect((await ask('POST', '/api/clock/step')).body).toEqual({ happened: true });
  expect((await state()).settings.isPaused).toBe(true);
  expect((await state()).now).toBeGreaterThanOrEqual(before);
});

test('a clean state is as on the first evening', async () => {
  await ask('POST', '/api/alerts');
  await ask('PUT', '/api/faults', { sync: 'down' });
  await pass(10);
  await ask('POST', '/api/reset');
  expect(await state()).toMatchObject({
    alerts: [],
    calls: [],
    slack: [],
    page: null,
    settings: { faults: {}, habits: {} },
  });
});

test.each([
  ['POST', '/api/alerts', { status: 'BAD' }, 400, 'status'],
  ['POST', '/api/alerts', { monitor: 'x' }, 400, 'monitor'],
  ['POST', '/api/alerts', { count: 0 }, 400, 'count'],
  ['POST', '/api/alerts', '{', 400, 'not JSON'],
  ['POST', '/api/alerts/2bj9/close', {}, 404, 'no alert 2bj9'],
  ['POST', '/api/phones/Nobody/pick-up', {}, 404, 'no phone Nobody'],
  ['POST', '/api/phones/Sato/pick-up', {}, 409, 'is not ringing'],
  ['POST', '/api/phones/Sato/press', { digits: 'x' }, 400, 'digits'],
  ['PUT', '/api/phones/Sato', { next: { kind: 'fly' } }, 400, 'kind'],
  ['PUT', '/api/faults', { slack: 'sad' }, 400, 'slack'],
  ['PUT', '/api/clock', { speed: 0 }, 400, 'speed'],
  ['POST', '/api/night', {}, 400, 'format'],
  ['GET', '/api/alerts', '', 405, 'Use POST'],
  ['GET', '/api/nothing', '', 404, 'nothing at'],
] as const)('%s %s %j: %i', async (method, url, body, status, why) => {
  const answer = await ask(method, url, body === '' ? undefined : body);
  expect(answer).toMatchObject({ status, body: { error: expect.stringContaining(why) } });
});

test.each([
  [{ host: 'example.com' }, 403],
  [{ host: 'localhost:3001', origin: 'https://example.com' }, 403],
  [{ host: 'localhost:3001', origin: 'http://localhost:3001' }, 200],
  [{ host: '127.0.0.1:3001' }, 200],
])('another site’s page may not ask: %j', async (headers, status) => {
  const app = serveRoom(room, () => '');
  expect((await inject(app, { method: 'POST', url: '/api/reset', headers })).statusCode).toBe(status);
});

test('a night that was saved is played again, and comes to the same', async () => {
  await ask('PUT', '/api/phones/Sato', { habit: 'voicemail' });
  await ask('POST', '/api/alerts', { monitorName: 'loadavg5' });
  await pass(100.25);
  await ask('POST', '/api/phones/Suzuki/pick-up');
  await pass(4);
  await ask('POST', '/api/phones/Suzuki/press', { digits: '1' });
  await untilQuiet();
  const saved = (await ask('GET', '/api/night')).body as { happened: { rings: string[] } };
  expect(saved.happened.rings).toEqual([
    '00:00 Sato answered',
    expect.stringMatching(/^01:\d\d Suzuki answered pressed 1$/),
  ]);

  expect((await ask('POST', '/api/night', saved)).status).toBe(200);
  expect((await state()).settings.isPlaying).toBe(true);
  await pass(110);
  await untilQuiet();
  expect((await state()).settings.isPlaying).toBe(false);
  expect((await ask('GET', '/api/night')).body).toEqual(saved);
});

test('what cannot be done any more when a night is played is told, and the night goes on', async () => {
  await ask('POST', '/api/alerts', { monitorName: 'loadavg5' });
  await pass(5);
  await ask('POST', '/api/phones/Sato/pick-up');
  await pass(3);
  await ask('POST', '/api/phones/Sato/press', { digits: '1' });
  const saved = (await ask('GET', '/api/night')).body as { moves: { do: string }[] };
  const moves = saved.moves.filter(({ do: what }) => what !== 'raise');
  expect((await ask('POST', '/api/night', { ...saved, moves })).status).toBe(200);
  await pass(20);
  expect((await state()).troubles).toMatchObject([
    { message: 'hand: That phone is not ringing' },
    { message: 'hand: That phone has nobody on the line' },
  ]);
});

test('a night with a faulty list is refused in words', async () => {
  const saved = (await ask('GET', '/api/night')).body as object;
  const answer = await ask('POST', '/api/night', {
    ...saved,
    list: { members: [{ name: 'Sato', phone: '1' }] },
  });
  expect(answer).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('phone'), why: 'bad-body' },
  });
});
