/** Serves the room on a port of this computer: its API, and the page that uses it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { BadBody } from './bodies';
import { Impossible } from './moves';
import { pageFile } from './page-files';
import type { Room } from './room';
import { type Answer, routes } from './routes';

/** Bytes: enough for a night of a thousand moves. */
const MOST_BYTES = 4 * 1024 * 1024;

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

export function serveRoom(room: Room, drill: () => string): RequestListener {
  const boot = randomUUID().slice(0, 8);
  return async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      if (error instanceof BadBody) json(response, 400, { error: error.message, why: 'bad-body' });
      else if (error instanceof Impossible)
        json(response, error.status, { error: error.message, why: error.why });
      else json(response, 500, { error: String(error) });
    }
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOfThisComputer(request))
      return json(response, 403, { error: 'Only pages of this computer may ask' });
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith('/api/')) return sendFile(request, response, pathname);
    const matching = routes.filter(({ path }) => path.test(pathname));
    const route = matching.find(({ method }) => method === request.method);
    if (!route)
      return refuse(
        response,
        pathname,
        matching.map(({ method }) => method),
      );
    const asked = { room, boot, body: await bodyOf(request), lastEventId: header(request), response, drill };
    const [, ...parts] = route.path.exec(pathname) ?? [];
    const answered: Answer = await route.answer(asked, ...parts);
    if (answered !== 'streams') json(response, answered.status, answered.body);
  }
}

const header = ({ headers }: IncomingMessage): string | undefined => {
  const id = headers['last-event-id'];
  return Array.isArray(id) ? id[0] : id;
};

/** No page of another site may raise alerts here, whatever name it uses for this computer. */
function isOfThisComputer({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  return LOCAL.test(host) && (origin === undefined || origin === `http://${host}`);
}

function refuse(response: ServerResponse, pathname: string, methods: readonly string[]): void {
  const isKnown = methods.length > 0;
  if (isKnown) response.setHeader('allow', methods.join(', '));
  const error = isKnown
    ? `Use ${methods.join(' or ')} ${pathname}`
    : `There is nothing at ${pathname}: see docs/switchboard.md`;
  json(response, isKnown ? 405 : 404, { error });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new BadBody(`The body is longer than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function sendFile(
  { method }: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  const file = await pageFile(pathname);
  if (!file) return refuse(response, pathname, []);
  if (method !== 'GET' && method !== 'HEAD') return refuse(response, pathname, ['GET']);
  response.writeHead(200, {
    'content-type': file.type,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(file.body);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(`${JSON.stringify(body)}\n`);
}
