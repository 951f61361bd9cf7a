/** Functions and Assets as Twilio's local server has them, without Express. */
import { readFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { parse } from 'node:querystring';
import twilio from 'twilio';
import type { RouteFile } from '../functions-host/route-files';
import type { Ask, Deployed, Deployment } from '../transport';
import type { WireRequest, WireResponse } from '../wire';
import { openProcesses } from './processes';

type Callback = (fault: unknown, payload?: unknown) => void;
type Handler = (context: object, event: object, callback: Callback) => unknown;

/** The class of `callback`'s argument, taken from the local server, whose package exports only the server. */
type PlatformResponse = {
  readonly statusCode: number;
  readonly headers: Record<string, string | readonly string[]>;
  readonly body: unknown;
};
const { Response: PlatformResponse } = require(
  join(dirname(require.resolve('@twilio/runtime-handler/dev')), 'internal/response'),
) as { Response: new () => PlatformResponse };

/** What the platform hides from Functions (docs/serverless/functions-assets/functions/headers-and-cookies). */
const RESTRICTED =
  /^(i-twilio-|i-t-|ot-|x-amz|x-forwarded-|x-accel-)|^(via|referer|transfer-encoding|proxy-authorization|proxy-authenticate|x-real-ip|connection|proxy-connection|expect|trailer|upgrade)$/;

/** A browser's preflight, which the platform answers itself. */
const PREFLIGHT: WireResponse = {
  status: 204,
  headers: {
    'access-control-allow-origin': '*',
    'access-control-allow-headers':
      'Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, User-Agent',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-expose-headers': 'ETag',
    'access-control-max-age': '86400',
    'access-control-allow-credentials': 'true',
    'content-type': 'text/plain; charset=UTF-8',
  },
  body: '',
};

const TYPES: Readonly<Record<string, string>> = { '.wav': 'audio/wav', '.json': 'application/json' };

export function directFunctions(deployment: Deployment): Deployed {
  const { env, publicUrl, functions, assets } = deployment;
  const house = deployment.hasProcesses ? manyProcesses(deployment.baseDir) : oneProcess;
  const files = new Map(functions.map(({ path, filePath }) => [path, filePath]));
  const served = new Map(assets.map((asset) => [asset.path, asset]));
  const opened = Object.fromEntries(
    assets.filter(({ access }) => access === 'private').map((asset) => [asset.path, opening(asset)]),
  );
  const client = () => twilio(env.ACCOUNT_SID, env.AUTH_TOKEN, { lazyLoading: true });
  const context = { ...env, DOMAIN_NAME: publicUrl.host, getTwilioClient: client };
  Object.assign(globalThis, {
    Twilio: Object.assign(Object.create(twilio), { Response: PlatformResponse }),
    Runtime: { getAssets: () => opened },
  });

  const ask: Ask = async (request) => {
    const path = request.url.pathname;
    const file = files.get(path);
    const asset = served.get(path);
    if (request.method === 'OPTIONS' && (file || asset)) return PREFLIGHT;
    if (asset) return whole(asset.filePath);
    const event = eventOf(request, publicUrl);
    if (typeof event === 'number') return plain(event);
    if (!file) return plain(404);
    const { handler, leave } = house.enter(file);
    return new Promise((resolve) => {
      const callback: Callback = (fault, payload) => {
        leave();
        resolve(fault ? failed(fault) : answerOf(payload));
      };
      try {
        void handler({ ...context, PATH: path }, event, callback);
      } catch (fault) {
        callback(fault);
      }
    });
  };
  return { ask, processes: house.count };
}

const opening = (asset: RouteFile) => ({
  get path() {
    return asset.filePath;
  },
  open: () => asset.text ?? readFileSync(asset.filePath, 'utf8'),
});

type House = {
  enter(file: string): { readonly handler: Handler; readonly leave: () => void };
  count(): number;
};

const oneProcess: House = {
  enter: (file) => ({ handler: require(file).handler as Handler, leave: () => {} }),
  count: () => 1,
};

function manyProcesses(baseDir: string): House {
  const processes = openProcesses(join(baseDir, '.twilioserverless'));
  return {
    enter(file) {
      const process = processes.take();
      return { handler: process.load(file).handler as Handler, leave: () => processes.giveBack(process) };
    },
    count: () => processes.count,
  };
}

/** Query and body in one, and the headers that the platform passes on. */
function eventOf({ url, headers, body }: WireRequest, { host }: URL): object | number {
  const passed = Object.entries({ host, ...headers }).filter(([name]) => !RESTRICTED.test(name));
  const given = parsedBody(headers['content-type'] ?? '', body);
  if (typeof given === 'number') return given;
  return {
    request: { headers: Object.fromEntries(passed), cookies: {} },
    ...parse(url.search.slice(1)),
    ...given,
  };
}

/** What the body says, or with which status it is refused, as body-parser does it. */
function parsedBody(type: string, body: string): object | number {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  const isJson = /^application\/json\b/i.test(type);
  if (body === '' || !(isForm || isJson)) return {};
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(type) ?? [];
  if (!/^utf-8$/i.test(charset)) return 415;
  return isForm ? parse(body) : parsedJson(body);
}

function parsedJson(body: string): object | number {
  try {
    const given: unknown = JSON.parse(body);
    return typeof given === 'object' && given !== null ? given : 400;
  } catch {
    return 400;
  }
}

function answerOf(payload: unknown): WireResponse {
  if (payload instanceof PlatformResponse) return written(payload.statusCode, payload.body, payload.headers);
  if (payload instanceof twilio.twiml.VoiceResponse)
    return written(200, payload.toString(), { 'content-type': 'text/xml' });
  return written(200, payload, typeof payload === 'string' ? { 'content-type': 'text/plain' } : {});
}

const failed = (fault: unknown): WireResponse =>
  written(500, fault instanceof Error ? { message: fault.message, name: fault.name } : fault, {});

/** As Express sends it: an object as JSON, a text with its charset. */
function written(status: number, body: unknown, given: PlatformResponse['headers']): WireResponse {
  const headers = Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value.length > 0)
      .map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const isText = typeof body === 'string';
  const type = headers['content-type'] ?? (isText ? 'text/html' : 'application/json');
  headers['content-type'] = /charset/i.test(type) ? type : `${type}; charset=utf-8`;
  return { status, headers, body: isText ? body : JSON.stringify(body ?? '') };
}

const whole = (filePath: string): WireResponse => {
  const type = TYPES[extname(filePath)] ?? 'application/octet-stream';
  return { status: 200, headers: { 'content-type': type }, body: readFileSync(filePath, 'latin1') };
};

const plain = (status: number): WireResponse => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body: STATUS_CODES[status] ?? '',
});
