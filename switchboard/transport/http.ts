/** Twilio's own local server, without a socket, and the real clients down to their last step. */
import { type ServerResponse as Responding, STATUS_CODES } from 'node:http';
import { LocalDevelopmentServer } from '@twilio/runtime-handler/dev';
import inject, { type DispatchFunc, type InjectOptions } from 'light-my-request';
import type { RouteFile } from '../functions-host/route-files';
import type { Ask, Deployment, Transport } from '../transport';
import { standInFetch } from './fetch';
import { rerouteTwilioClients } from './twilio-client';

/** Content types that are answered as `BYTES`; all others are text. */
const BINARY = /^(audio|image|video|font)\/|^application\/(octet-stream|zip|gzip|pdf)/;

export const http: Transport = {
  openFunctions(deployment) {
    const app = localServer(deployment);
    return { ask: (request) => ask(app, request), processes: () => 1 };
  },
  reroute(carry, clock) {
    const restoreTwilio = rerouteTwilioClients(carry, clock);
    const realFetch = globalThis.fetch;
    globalThis.fetch = standInFetch(carry);
    return () => {
      restoreTwilio();
      globalThis.fetch = realFetch;
    };
  },
};

function localServer({ baseDir, env, publicUrl, functions, assets }: Deployment): DispatchFunc {
  const resource = (route: RouteFile) => ({ ...route, name: route.path, content: '' });
  const app = new LocalDevelopmentServer(0, {
    baseDir,
    env,
    port: 0,
    // DOMAIN_NAME is made from this: no slash at the end.
    url: publicUrl.origin,
    routes: { functions: functions.map(resource), assets: assets.map(resource) },
    appName: 'switchboard',
    detailedLogs: false,
    live: false,
    logs: false,
    legacyMode: false,
    forkProcess: false,
    enableDebugLogs: false,
  }).getApp();
  // Express would answer a body that it cannot read with its own error page, which shows where it runs. The
  // platform's answer is not documented. The four parameters tell Express that this handles faults.
  app.use(
    ({ status = 500 }: { status?: number }, _request: unknown, response: Responding, _next: unknown) => {
      response.writeHead(status, { 'content-type': 'text/plain' }).end(STATUS_CODES[status]);
    },
  );
  return app as unknown as DispatchFunc;
}

async function ask(app: DispatchFunc, request: Parameters<Ask>[0]): ReturnType<Ask> {
  const { pathname, search } = request.url;
  const response = await inject(app, {
    method: request.method as InjectOptions['method'],
    url: pathname + search,
    headers: request.headers,
    payload: request.body === '' ? undefined : request.body,
    remoteAddress: '127.0.0.1',
  });
  const type = String(response.headers['content-type'] ?? '');
  return {
    status: response.statusCode,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: BINARY.test(type) ? response.rawPayload.toString('latin1') : response.payload,
  };
}
