import type { IncomingMessage, RequestListener } from 'node:http';
import type { WireRequest, WireResponse } from '../wire';

/** More than the gate lets in, so that the gate refuses it; beyond this the server stops reading. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Serves an HTTP port with a wire handler; requests count as requests to `publicUrl`. */
export function listener(
  publicUrl: URL,
  handle: (request: WireRequest) => Promise<WireResponse>,
): RequestListener {
  return async (incoming, outgoing) => {
    try {
      const response = await handle(await read(publicUrl, incoming));
      // One byte a character for binaries, UTF-8 for text: the content type tells which.
      const encoding = /^(audio|image|video|font)\//.test(response.headers['content-type'] ?? '')
        ? 'latin1'
        : 'utf8';
      const { 'content-length': _length, 'transfer-encoding': _chunks, ...headers } = response.headers;
      outgoing.writeHead(response.status, headers).end(Buffer.from(response.body, encoding));
    } catch (error) {
      outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    }
  };
}

async function read(publicUrl: URL, incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', publicUrl),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
