/** Over real sockets: what a kept connection is worth, and what becomes of a request if the other end has closed it. */
import { Agent, createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Context } from '@twilio-labs/serverless-runtime-types/types';
import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import { twilioClient } from '../../../src/platform/twilio-client';
import { Conflict, syncDocument, syncService } from '../../../src/store/sync-document';

type Asked = { readonly connection: number; readonly headers: object; readonly what: string };
/** `reset`: the connection breaks off before anything is answered. */
type Answer = { readonly status?: number; readonly body?: string } | 'reset';

let server: Server;
let connections: Socket[];
let asked: Asked[];
let answer: (request: Asked) => Answer;

beforeEach(async () => {
  [connections, asked] = [[], []];
  answer = () => ({});
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      const connection = connections.indexOf(request.socket) + 1;
      const what = [request.method, request.url, body].filter(Boolean).join(' ');
      const one = { connection, headers: request.headers, what };
      asked.push(one);
      const given = answer(one);
      if (given === 'reset') return request.socket.resetAndDestroy();
      response.writeHead(given.status ?? 200, { 'content-type': 'application/json' });
      return response.end(given.body ?? '{"sid":"ET1"}');
    });
  });
  server.on('connection', (socket) => void connections.push(socket));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(async () => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

/** Twilio's own, with its own agent's options, but without TLS, and to the server here. */
class LocalRequests extends RequestClient {
  override request<T>(options: Parameters<typeof RequestClient.prototype.request<T>>[0]) {
    const { axios } = this as unknown as { axios: { defaults: Record<string, unknown> } };
    const { options: ofAgent } = axios.defaults.httpsAgent as { options: object };
    axios.defaults.httpAgent ??= new Agent(ofAgent);
    const { pathname, search } = new URL(options.uri);
    const { port } = server.address() as AddressInfo;
    return super.request<T>({ ...options, uri: `http://127.0.0.1:${port}${pathname}${search}` });
  }
}

let deployments = 0;
const deployment = (): Record<string, string> => ({
  ENVIRONMENT_SID: `ZE${++deployments}`,
  ACCOUNT_SID: 'AC1',
  AUTH_TOKEN: 'token',
});

/** As each webhook makes it. */
function webhook(env: Record<string, string>) {
  const getTwilioClient = (options?: object) =>
    twilio(env.ACCOUNT_SID, env.AUTH_TOKEN, { ...options, httpClient: new LocalRequests(options) });
  return twilioClient({ ...env, getTwilioClient } as unknown as Context);
}

const document = { uri: 'https://sync.twilio.com/v1/Services/default/Documents/page' };
const call = {
  uri: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Calls.json',
  form: { To: '+815000000001' },
};
const usedConnections = () => asked.map(({ connection }) => connection);

test('webhooks of one process share a connection', async () => {
  const env = deployment();
  for (let nth = 0; nth < 3; nth++) expect(await webhook(env).askAgain(document)).toEqual({ sid: 'ET1' });
  expect(usedConnections()).toEqual([1, 1, 1]);
});

test.each([
  ['deployment', 'ENVIRONMENT_SID', 'ZE0'],
  ['account', 'ACCOUNT_SID', 'AC2'],
  ['token', 'AUTH_TOKEN', 'another'],
])('those of another %s do not', async (_, name, value) => {
  const env = deployment();
  const other = { ...env, [name]: value };
  for (const one of [env, other]) await webhook(one).askAgain(document);
  expect(usedConnections()).toEqual([1, 2]);
  const basic = ({ ACCOUNT_SID, AUTH_TOKEN }: Record<string, string>) =>
    `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;
  expect(asked.map(({ headers }) => headers)).toMatchObject(
    [env, other].map((one) => ({ authorization: basic(one) })),
  );
});

test('a connection that was idle for long is not used again: a frozen process does not hear that it was closed', async () => {
  const env = deployment();
  const startedAt = Date.now();
  for (const seconds of [0, 20, 40, 70]) {
    jest.spyOn(Date, 'now').mockReturnValue(startedAt + seconds * 1000);
    await webhook(env).askAgain(document);
  }
  expect(usedConnections()).toEqual([1, 1, 1, 2]);
});

describe('a kept connection is reset before it answers', () => {
  const write = { ...document, form: { Data: '{"ring":2}' }, headers: { 'If-Match': '7' } };
  const afterFirst = async () => {
    const env = deployment();
    await webhook(env).askAgain(document);
    const seen = new Set<number>();
    answer = ({ connection }) => (connection === 1 && seen.add(connection) ? 'reset' : {});
    return webhook(env);
  };

  test.each([
    ['a read', document],
    ['a write over a revision', write],
  ])('%s is asked once more over a new one', async (_, request) => {
    const client = await afterFirst();
    expect(await client.askAgain(request)).toEqual({ sid: 'ET1' });
    expect(usedConnections()).toEqual([1, 1, 2]);
    expect(asked[2]?.what).toBe(asked[1]?.what);
    expect(asked[2]?.headers).toEqual(asked[1]?.headers);
  });

  test('and the webhooks after that go over the new one', async () => {
    const client = await afterFirst();
    await client.askAgain(document);
    await client.askAgain(document);
    expect(usedConnections()).toEqual([1, 1, 2, 2]);
  });

  test('a write that was done all the same counts as contested: whoever decided it reads, and decides anew', async () => {
    const client = await afterFirst();
    const mismatch = '{"code":54103,"status":412,"message":"The revision does not match"}';
    answer = ({ connection }) => (connection === 1 ? 'reset' : { status: 412, body: mismatch });
    const page = syncDocument<object>(syncService(client, 'default'), 'page');
    await expect(page.write({ ring: 2 }, '7')).rejects.toBeInstanceOf(Conflict);
    expect(asked.slice(1)).toMatchObject([
      { headers: { 'if-match': '7' } },
      { headers: { 'if-match': '7' } },
    ]);
  });

  test('if the new one is reset too, that is a failure', async () => {
    const client = await afterFirst();
    answer = () => 'reset';
    await expect(client.askAgain(document)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(usedConnections()).toEqual([1, 1, 2]);
  });
});

test('a call is placed over a connection of its own, and never twice', async () => {
  const env = deployment();
  await webhook(env).askAgain(document);
  await webhook(env).askOnce(call);
  answer = () => 'reset';
  await expect(webhook(env).askOnce(call)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(usedConnections()).toEqual([1, 2, 3]);
  expect(asked[1]?.what).toBe('POST /2010-04-01/Accounts/AC1/Calls.json To=%2B815000000001');
  expect(asked[1]?.headers).toMatchObject({ connection: 'close' });
});

// twilio.com/docs/usage/twilios-response#response-formats-exceptions
test.each([
  [
    'Twilio’s own words',
    { status: 404, body: '{"code":54100,"message":"Document not found","status":404}' },
    { status: 404, code: 54100, message: 'Document not found' },
  ],
  [
    'a gateway’s',
    { status: 502, body: '<html>' },
    { status: 502, message: '[HTTP 502] Failed to execute request' },
  ],
  ['no words at all', { status: 429, body: '' }, { status: 429 }],
  ['nonsense', { status: 200, body: '<html>' }, { name: 'SyntaxError' }],
] as const)('a refusal says what Twilio says: %s', async (_, given, fault) => {
  answer = () => given;
  await expect(webhook(deployment()).askAgain(document)).rejects.toMatchObject(fault);
});

test('without credentials it fails as any request does', async () => {
  const context = {
    getTwilioClient: () => {
      throw new Error('no credentials');
    },
  };
  const client = twilioClient(context as unknown as Context);
  await expect(client.askAgain(document)).rejects.toThrow('no credentials');
  await expect(client.askOnce(call)).rejects.toThrow('no credentials');
});
