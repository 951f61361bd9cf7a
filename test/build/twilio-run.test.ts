/** Twilio's own local server on what is built, as `npm run functions` starts it: twilio.com/docs/labs/serverless-toolkit. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { type ProjectCopy, projectCopy } from '../support/project-copy';
import { elementsIn, parseXml } from '../support/xml';

const SID = '0123456789abcdef'.repeat(2);

let project: ProjectCopy;
let nowhere: Nowhere;
let server: ChildProcess;
let url: string;
let said = '';

beforeAll(async () => {
  project = await projectCopy();
  await project.build('--brief');
  nowhere = await openNowhere();
  const port = await freePort();
  url = `http://localhost:${port}`;
  const env = join(project.folder, 'test.env');
  // Twilio's client goes out by HTTP_PROXY, and a Function knows no other environment than this.
  await writeFile(env, `ACCOUNT_SID=AC${SID}\nAUTH_TOKEN=${SID}\nHTTP_PROXY=${nowhere.url}\n`);
  const args = [require.resolve('twilio-run/bin/twilio-run'), 'start', '--port', String(port), '--env', env];
  server = spawn(process.execPath, args, {
    cwd: project.folder,
    // A group of its own: it runs each Function in a child process.
    detached: true,
    env: { PATH: process.env.PATH, HOME: project.folder },
  });
  for (const stream of [server.stdout, server.stderr]) {
    stream?.on('data', (text) => {
      said += text;
    });
  }
  await untilItAnswers();
});

afterAll(async () => {
  if (server?.pid && server.exitCode === null) {
    const ended = once(server, 'exit');
    process.kill(-server.pid, 'SIGTERM');
    await ended;
  }
  nowhere?.close();
  await project?.remove();
});

type Nowhere = { readonly url: string; readonly guests: () => number; close(): void };

/** Accepts whoever comes and never says a word. */
async function openNowhere(): Promise<Nowhere> {
  const sockets: Socket[] = [];
  const listener: Server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
  });
  const port = await listenOn(listener);
  return {
    url: `http://127.0.0.1:${port}`,
    guests: () => sockets.length,
    close() {
      for (const socket of sockets) socket.destroy();
      listener.close();
    },
  };
}

async function listenOn(listener: Server): Promise<number> {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return (listener.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const listener = createServer();
  const port = await listenOn(listener);
  listener.close();
  await once(listener, 'close');
  return port;
}

async function untilItAnswers(): Promise<void> {
  while (server.exitCode === null) {
    const answer = await fetch(`${url}/hold-music.wav`, { method: 'HEAD' }).catch(() => null);
    if (answer?.ok) return;
    await new Promise((over) => setTimeout(over, 100));
  }
  throw new Error(`twilio-run does not start: ${said}`);
}

const verbsOf = (twiml: string) => elementsIn(parseXml(twiml)).map(({ name }) => name);

test('finds the Functions and Assets where the settings say, and nothing else', async () => {
  const answer = await fetch(`${url}/hold-music.wav`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^audio\//);
  for (const path of ['/dial-list.json', '/mackerel.js', '/news.js'])
    expect((await fetch(url + path)).status).toBe(403);
  expect((await fetch(`${url}/assets/dial-list.private.json`)).status).toBe(404);
});

test('/hold-music plays', async () => {
  const answer = await fetch(`${url}/hold-music`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/xml/);
  const twiml = await answer.text();
  expect(verbsOf(twiml)).toEqual(['Response', 'Play']);
  // Absolute, as every URL that Twilio is handed, and by plain HTTP, which is all that this server speaks.
  expect(twiml).toContain(`>${url}/hold-music.wav</Play>`);
  expect((await fetch(`${url}/hold-music.wav`, { method: 'HEAD' })).status).toBe(200);
});

test('/dial-list rings, though Sync never says a word', async () => {
  const call = new URLSearchParams({
    alertId: '2wpLU5fBXbG',
    CallSid: `CA${SID}`,
    From: '+815000000100',
    To: '+815000000101',
    Direction: 'outbound-api',
    CallStatus: 'in-progress',
  });
  const answer = await fetch(`${url}/dial-list?${call}`);
  const twiml = await answer.text();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/xml/);
  expect(verbsOf(twiml)).toEqual(['Response', 'Dial', 'Number']);
  // Sync was asked, or this would tell nothing.
  expect(nowhere.guests()).toBeGreaterThan(0);
});
