/** What can be done to the switchboard from another terminal. */
import type { RequestListener, ServerResponse } from 'node:http';

export type Ways = {
  /** What `GET /` says. */
  readonly about: string;
  /** Gives the alert's id. */
  raise(): string;
  /** False if there is no such alert. */
  close(alert: string): boolean;
};

export function controlOf(ways: Ways): RequestListener {
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const way = wayTo(pathname, ways);
    if (!way) json(response, 404, { error: `There is nothing at ${pathname}` });
    else if (request.method === way.method) way.answer(response);
    else {
      response.setHeader('allow', way.method);
      json(response, 405, { error: `Use ${way.method} ${pathname}` });
    }
  };
}

type Way = { readonly method: 'GET' | 'POST'; answer(response: ServerResponse): void };

function wayTo(pathname: string, { about, raise, close }: Ways): Way | undefined {
  if (pathname === '/') return { method: 'GET', answer: (response) => text(response, about) };
  if (pathname === '/alerts')
    return { method: 'POST', answer: (response) => json(response, 201, { id: raise() }) };
  const id = /^\/alerts\/([^/]+)\/close$/.exec(pathname)?.[1];
  if (id === undefined) return undefined;
  return {
    method: 'POST',
    answer: (response) =>
      close(id)
        ? json(response, 200, { id, status: 'OK' })
        : json(response, 404, { error: `There is no alert ${id}` }),
  };
}

function text(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
}

function json(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(`${JSON.stringify(body)}\n`);
}
