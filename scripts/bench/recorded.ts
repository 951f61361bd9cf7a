/** Webhooks of a few nights on the switchboard, with their neighbours' answers. */
import { join } from 'node:path';
import {
  dialList,
  functionsIn,
  type Invocation,
  ignores,
  isOff,
  numbers,
  openSwitchboard,
  type RouteFile,
  type Switchboard,
  type SwitchboardOptions,
  takes,
} from '../../switchboard';

/** One webhook, which can be repeated. */
export type Recorded = Webhook & {
  readonly name: string;
  /** Whether somebody is on the line, nobody is, or a ring is placed. */
  readonly kind: 'voice' | 'other' | 'placing';
};

type Webhook = {
  /** The Function's file. */
  readonly file: string;
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly event: object;
  /** Of the answer. */
  readonly status: number;
  readonly elements: readonly string[];
  /** The requests to neighbours, in order. */
  readonly exchanges: readonly object[];
  readonly env: Readonly<Record<string, string>>;
  readonly list: object;
  readonly assets: readonly RouteFile[];
  readonly url: string;
};

const built = join(__dirname, '../../.twilioserverless');
const functions = functionsIn(join(built, 'functions'));
const assets = ['mackerel', 'news'].map((name) => ({
  path: `/${name}.js`,
  access: 'private' as const,
  filePath: join(built, `assets/${name}.private.js`),
}));

const names = ['佐藤', '鈴木', '高橋'];
const members = names.map((name, nth) => ({ name, phone: `+81500000000${nth + 1}` }));

type Night = Partial<Omit<SwitchboardOptions, 'list'>> & { readonly list?: object };
/** The first webhook of a path for which that is true. */
type Find = (path: string, isIt?: (params: URLSearchParams) => boolean) => Webhook;

/** @param act happens once everything is open; then time passes until all is quiet */
async function night({ list: more, ...options }: Night, act: (board: Switchboard) => unknown): Promise<Find> {
  const list = dialList({ rotation: { every: 'never' }, rounds: 1, pauseSeconds: 0, members, ...more });
  const board = openSwitchboard({ startAt: new Date('2026-11-22T18:00:00Z'), ...options, list });
  try {
    board.person('佐藤').always(ignores);
    board.person('鈴木').always(takes);
    // A page long ago: the very first one also has to make the maps.
    board.mackerel.close(await raisedAndTaken(board));
    await board.clock.run(LONG_AGO_SECONDS);
    const before = board.functions.invocations.length;
    await act(board);
    await board.untilQuiet();
    const { env, publicUrl: url, network } = board;
    const invocations = board.functions.invocations.slice(before);
    return (path, isIt = () => true) => {
      const found = invocations.find((one) => one.path === path && isIt(paramsOf(one)));
      const file = functions.find((one) => one.path === path)?.filePath;
      if (!found || !file) throw new Error(`${path} was not asked that`);
      const { at, status, run } = found;
      const elements = [...found.response.body.matchAll(/<(\w+)/g)].map(([, name = '']) => name);
      const exchanges = network.log
        .filter((one) => one.run === run && one.response)
        .map(({ request: { method, url: asked }, response }) => {
          return { method, host: asked.host, pathname: asked.pathname, response };
        });
      return { file, path, at, status, elements, event: eventOf(found), exchanges, env, list, assets, url };
    };
  } finally {
    board.close();
  }
}

const LONG_AGO_SECONDS = 24 * 60 * 60;

async function raisedAndTaken(board: Switchboard): Promise<string> {
  const alert = board.mackerel.raise();
  await board.untilQuiet();
  return alert;
}

const paramsOf = ({ request: { url, body } }: Invocation) =>
  new URLSearchParams([...url.searchParams, ...new URLSearchParams(body)]);

/** As the runtime-handler reads a request. */
function eventOf(invocation: Invocation): object {
  const { headers, body } = invocation.request;
  const isJson = headers['content-type']?.includes('json');
  const params = isJson ? JSON.parse(body) : Object.fromEntries(paramsOf(invocation));
  return { request: { headers, cookies: {} }, ...params };
}

const legIs = (status: string) => (params: URLSearchParams) => params.get('CallStatus') === status;

/** In the order of the table. */
export async function recordedWebhooks(): Promise<Recorded[]> {
  const { log, warn } = console;
  console.log = console.warn = () => {};
  try {
    return [...(await inBridgeWay()), ...(await besideIt()), ...(await inDirectWay())];
  } finally {
    Object.assign(console, { log, warn });
  }
}

async function inBridgeWay(): Promise<Recorded[]> {
  const raises = (board: Switchboard) => void board.mackerel.raise();
  const plain = await night({ mackerel: { statusCallback: true } }, raises);
  const weekly = await night(
    { list: { rotation: { every: 'week', at: '09:00', since: '2026-01-05' } } },
    raises,
  );
  const [voice, other] = ['voice', 'other'] as const;
  return [
    { kind: voice, name: 'hold-music', ...plain('/hold-music') },
    { kind: voice, name: 'dial-list: rings the first', ...plain('/dial-list') },
    { kind: voice, name: 'dial-list: the same, by a weekly rotation', ...weekly('/dial-list') },
    { kind: voice, name: 'dial-ended: rings the next', ...plain('/dial-ended') },
    { kind: voice, name: 'answered: says what is wrong', ...plain('/answered') },
    { kind: voice, name: 'answered-key: 1', ...plain('/answered-key') },
    { kind: other, name: 'dial-status: posts the page', ...plain('/dial-status', legIs('initiated')) },
    { kind: other, name: 'dial-status: nobody picked up', ...plain('/dial-status', legIs('no-answer')) },
    { kind: other, name: 'dial-status: posts who took it', ...plain('/dial-status', legIs('completed')) },
    { kind: other, name: 'call-ended: the page is over', ...plain('/call-ended') },
  ];
}

async function besideIt(): Promise<Recorded[]> {
  const webhook = await night({ mackerel: { webhook: true } }, (board) => board.mackerel.raise());
  const closing = await night({ mackerel: { webhook: true } }, async ({ mackerel, clock }) => {
    mackerel.close(mackerel.raise());
    await clock.run(1);
  });
  const watched = await night({ env: { CLOCK_USER: 'clock', CLOCK_PASSWORD: 'secret' } }, async (board) => {
    board.mackerel.raise();
    await board.clock.run(300);
    const authorization = `Basic ${Buffer.from('clock:secret').toString('base64')}`;
    const url = new URL(`${board.publicUrl}/health`);
    void board.functions.handle({ method: 'GET', url, headers: { authorization }, body: '' });
    board.exchange.callIn('+815000000001', numbers.a, []);
  });
  const isClosing = (params: URLSearchParams) => `${params}`.includes('isOpen%22%3Afalse');
  return [
    { kind: 'voice', name: 'call-in: how things stand', ...watched('/call-in') },
    { kind: 'other', name: 'mackerel-webhook: beside the call', ...webhook('/mackerel-webhook') },
    { kind: 'other', name: 'mackerel-webhook: an alert closes', ...closing('/mackerel-webhook', isClosing) },
    { kind: 'other', name: 'health: the clock ticks', ...watched('/health') },
  ];
}

async function inDirectWay(): Promise<Recorded[]> {
  const busy = await night({ numberB: 'busy', mackerel: { statusCallback: true, apiKey: 'read' } }, (board) =>
    board.mackerel.raise(),
  );
  const direct = await night({ list: { start: 'webhook' } }, (board) => board.mackerel.raise());
  const paused = await night({ list: { start: 'webhook', rounds: 2, pauseSeconds: 30 } }, (board) => {
    for (const name of names) board.person(name).always(isOff);
    board.mackerel.raise();
  });
  const placing = 'placing';
  return [
    { kind: 'other', name: 'pause: waits', ...paused('/pause') },
    { kind: placing, name: 'mackerel-webhook: rings the first', ...direct('/mackerel-webhook') },
    { kind: placing, name: 'dial-status: rings the next', ...direct('/dial-status', legIs('no-answer')) },
    { kind: placing, name: 'call-ended: number B was busy', ...busy('/call-ended') },
  ];
}
