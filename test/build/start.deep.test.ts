/** `npm start`: one drill and no more, how soon it rings, and what it cannot do. */
import { spawn } from 'node:child_process';
import { slowdown } from '../support/slowdown';
import { closed, freePort, listening, root, started, until } from './starting';

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
