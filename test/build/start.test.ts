/** `npm start` as a person has it: another process, real ports, what the build made. */
import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { slowdown } from '../support/slowdown';

const root = join(__dirname, '../..');

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

function started(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'switchboard/start.ts', ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, LC_ALL: 'en_US.UTF-8' },
  });
  const told = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    told.out += data;
  });
  child.stderr.on('data', (data) => {
    told.err += data;
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...told })));
  return { child, told, ended };
}

async function listening(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return server;
}

const closed = (server: Server) => new Promise((resolve) => server.close(resolve));

/** Two in a row. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = await listening(0);
    const { port } = server.address() as { port: number };
    const next = await listening(port + 1).catch(() => undefined);
    await closed(server);
    if (next) {
      await closed(next);
      return port;
    }
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('--once tells one drill, and ends well', async () => {
  const port = await freePort();
  const { code, out, err } = await started('--once', '--speed', '200', '--port', String(port)).ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`http://localhost:${port}`);
  expect(out).toContain('200 times real speed');
  const story = [
    'Mackerel   alert',
    'the hold music starts',
    'rings (60 s',
    'does not answer in 65 s',
    'answers after 5 s',
    'this is an alert from Mackerel.',
    'presses 2',
    'presses 1',
    'the hold music stops',
    '✓',
  ];
  const places = story.map((line) => out.indexOf(line));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(out).toMatch(/│ +↳ ✅/);
  expect(out).not.toContain('\x1b');
  expect(out).not.toMatch(/\+\d{6}/);
  expect(out).not.toContain('{"');
});

/** Seconds from the command to the first phone, on a machine that has nothing else to do. */
const RINGS_WITHIN = 5;

test(`npm start rings within ${RINGS_WITHIN} s`, async () => {
  const port = await freePort();
  const busy = slowdown();
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--', '--lang', 'en', '--port', String(port)], {
    cwd: root,
    detached: true,
  });
  let out = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  await until(() => out.includes('rings (') || child.exitCode !== null);
  const seconds = (performance.now() - startedAt) / 1000;
  const ended = new Promise((resolve) => child.on('close', resolve));
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  await ended;
  expect(out).toContain('rings (');
  expect(seconds / Math.max(busy, slowdown())).toBeLessThan(RINGS_WITHIN);
}, 30_000);

test('a port that is taken is named, whichever of the two', async () => {
  const port = await freePort();
  for (const taken of [port, port + 1]) {
    const other = await listening(taken);
    const { code, err } = await started('--once', '--port', String(port)).ended;
    await closed(other);
    expect(code).toBe(1);
    expect(err).toContain(`Port ${taken} is in use`);
    expect(err).toContain('--port');
  }
});

test('an argument that there is not', async () => {
  const { code, err } = await started('--onse').ended;
  expect(code).toBe(1);
  expect(err).toContain('"--onse"');
});

test('stays up: the gate is shut, the phone room is open, and SIGTERM ends it', async () => {
  const port = await freePort();
  const { child, told, ended } = started('--speed', '200', '--port', String(port));
  await until(() => told.out.includes('curl -X POST') || child.exitCode !== null);
  const functions = `http://127.0.0.1:${port}`;
  const room = `http://127.0.0.1:${port + 1}`;
  expect((await fetch(`${functions}/dial-list?alertId=2bj1`)).status).toBe(403);
  const music = await fetch(`${functions}/hold-music`, { method: 'POST' });
  expect([music.status, await music.text()]).toEqual([200, expect.stringContaining('<Play loop="0">')]);
  expect(told.out).toContain(`http://localhost:${port + 1}`);
  const page = await fetch(room);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);

  const before = told.out.length;
  const raised = await fetch(`${room}/api/drills`, { method: 'POST' });
  expect(raised.status).toBe(201);
  const { id } = (await raised.json()) as { id: string };
  await until(() => told.out.slice(before).includes('✓') || child.exitCode !== null);
  expect(told.out.slice(before)).toContain(`alert ${id}`);
  expect(told.out.slice(before)).toContain('a voicemail answers');
  expect((await fetch(`${room}/api/alerts/${id}/close`, { method: 'POST' })).status).toBe(200);

  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});
