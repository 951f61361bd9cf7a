/** `npm start` stays up until it is ended; what else it does: start.deep.test.ts */
import { freePort, started, until } from './starting';

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
