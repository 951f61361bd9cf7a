/** Lets another process use a stand-in: `redirect.cjs`, loaded into that process, sends its requests to Twilio here. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Neighbour, WireRequest } from '../wire';

export type Gateway = {
  /** Environment variables for the other process. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
};

export async function openGateway(neighbour: Neighbour): Promise<Gateway> {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const { status, headers, body } = await neighbour.handle(await requestIn(incoming));
      outgoing.writeHead(status, headers).end(body);
    } catch {
      // A line that breaks off, as whoever waits at its other end sees it.
      incoming.socket.destroy();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      SWITCHBOARD_GATEWAY: `http://127.0.0.1:${port}`,
      NODE_OPTIONS: `--require "${join(__dirname, 'redirect.cjs')}"`,
    },
    close: () => void server.close(),
  };
}

async function requestIn(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { 'x-switchboard-host': host, ...given } = incoming.headers;
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
  // One byte a character: an upload may be music.
  const encoding = /^multipart/.test(headers['content-type'] ?? '') ? 'latin1' : 'utf8';
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', `https://${host}`),
    headers,
    body: Buffer.concat(chunks).toString(encoding),
  };
}
