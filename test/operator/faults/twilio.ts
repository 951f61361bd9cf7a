/** What can be wrong at Twilio. */
import { answers, type Board, type FaultCase, fault, isAt, onDetails, set } from './case';

const variables = ({ account }: Board) => account.services[0]?.environments[0]?.variables ?? [];
const build = ({ account }: Board) => account.services[0]?.environments[0]?.build;
const version = (board: Board, wanted: string) => build(board)?.versions.find(({ path }) => path === wanted);

const DEPLOYED: readonly FaultCase[] = [
  fault('nothing deployed', 'wrong deployed.build', 'nothing is deployed', ({ account }) =>
    account.services.splice(0),
  ),
  fault(
    'another Function than here',
    'wrong deployed.functions',
    'different from here: /dial-list',
    (board) => set(version(board, '/dial-list'), { content: Buffer.from('old') }),
  ),
  fault('a stray Function', 'wrong deployed.functions', 'not ours: /yesterday', (board) => {
    const versions = build(board)?.versions as unknown as object[];
    versions.push({ ...version(board, '/dial-list'), path: '/yesterday' });
  }),
  fault('no password for /health', 'unknown deployed.assets', 'HEALTH_USER', undefined, {
    env: { HEALTH_PASSWORD: '' },
  }),
  fault('/health that is broken', 'unknown deployed.assets', 'HTTP 500', ({ network }) =>
    network.fault('functions', onDetails({ kind: 'status', status: 500 })),
  ),
  fault('a stray variable', 'wrong deployed.variables', 'not ours: OLD_TOKEN', (board) =>
    variables(board).push({ sid: `ZV${'9'.repeat(32)}`, key: 'OLD_TOKEN', value: 'x' }),
  ),
  fault(
    'a variable that differs',
    'wrong deployed.variables',
    'different from here: SLACK_CHANNEL',
    (board) =>
      set(
        variables(board).find(({ key }) => key === 'SLACK_CHANNEL'),
        { value: 'C0OTHER' },
      ),
  ),
  fault('an old runtime', 'wrong deployed.runtime', 'node18', (board) =>
    set(build(board), { runtime: 'node18' }),
  ),
  fault(
    'a protected Function that lets anybody in',
    'wrong deployed.locked',
    'not refused at /answered',
    ({ network }) =>
      network.fault('functions', (request) =>
        isAt('/answered')(request) ? { kind: 'status', status: 200 } : undefined,
      ),
  ),
  fault('an endpoint that does not answer', 'wrong deployed.answers', '/hold-music (–)', ({ network }) =>
    network.fault('functions', (request) => (isAt('/hold-music')(request) ? { kind: 'down' } : undefined)),
  ),
];

const ACCOUNT: readonly FaultCase[] = [
  fault('a suspended account', 'wrong account.status', 'suspended', ({ account }) =>
    set(account.state, { status: 'suspended' }),
  ),
  fault('a wrong token', 'wrong account.status', 'refuses these credentials', undefined, {
    env: { AUTH_TOKEN: 'f'.repeat(32) },
  }),
  fault('a trial', 'wrong account.type', 'trial: it blocks', ({ account }) =>
    set(account.state, { type: 'Trial' }),
  ),
  fault('no money', 'wrong account.balance', '0.42 USD', ({ account }) =>
    set(account.state, { balance: { amount: '0.42', currency: 'USD' } }),
  ),
  fault('a subaccount', 'unknown account.balance', 'none of its own', ({ account }) =>
    set(account.state, { ownerSid: `AC${'9'.repeat(32)}`, balance: null }),
  ),
  fault('no approved profile', 'unknown account.concurrency', '10004', ({ account }) =>
    set(account.state, { hasApprovedProfile: false }),
  ),
  fault('a call that waited in the queue', 'wrong account.calls-per-second', 'waited 12 s', ({ exchange }) =>
    set(exchange.calls.at(-1), { queueTime: 12_000 }),
  ),
  fault('an alert in the debugger', 'wrong account.debugger', '11200 ×1', ({ account, clock, publicUrl }) =>
    account.state.alerts.push({
      sid: `NO${'0'.repeat(32)}`,
      at: clock.now() - 60_000,
      code: '11200',
      level: 'error',
      text: '',
      url: `${publicUrl}/dial-list`,
      resource: `CA${'0'.repeat(32)}`,
    }),
  ),
];

const NUMBERS: readonly FaultCase[] = [
  fault('a number that is no longer ours', 'wrong numbers.caller-id', '21210', ({ account }) =>
    account.state.numbers.splice(0, 1),
  ),
  fault('no CALLER_ID', 'unknown numbers.caller-id', 'not set', undefined, { env: { CALLER_ID: '' } }),
  fault('another voice URL on A', 'wrong numbers.a', 'https://example.com/', ({ account }) =>
    set(account.state.numbers[0], { voiceUrl: 'https://example.com/' }),
  ),
  fault('an A without voice', 'wrong numbers.a', 'cannot do calls', ({ account }) =>
    set(account.state.numbers[0], { voice: false }),
  ),
  fault('an A that receives fax', 'wrong numbers.a', 'fax', ({ account }) =>
    set(account.state.numbers[0], { receiveMode: 'fax' }),
  ),
  fault('a trunk on B', 'wrong numbers.b', 'SIP trunk', ({ account }) =>
    set(account.state.numbers[1], { trunkSid: `TK${'0'.repeat(32)}` }),
  ),
  fault('an application on B', 'wrong numbers.b', 'TwiML App', ({ account }) =>
    set(account.state.numbers[1], { applicationSid: `AP${'0'.repeat(32)}` }),
  ),
  fault(
    'a B that is known to be another account’s',
    'unknown numbers.b',
    '…0142 is another account',
    ({ account }) => account.state.numbers.splice(1, 1),
    { env: { NUMBER_B: '+815000000142' } },
  ),
  fault('a B in another account', 'unknown numbers.b', 'another account', ({ account }) =>
    account.state.numbers.splice(1, 1),
  ),
  fault('an A that is routed to Ireland', 'wrong numbers.region', 'ie1', ({ account }) =>
    set(account.state.numbers[0], { region: 'ie1' }),
  ),
  fault('no permission for Japan', 'wrong numbers.permission.jp', '21215', ({ account }) =>
    set(account.state, { countries: {} }),
  ),
];

const SYNC: readonly FaultCase[] = [
  fault('a Sync service that is not there', 'wrong sync.service', 'no such service', undefined, {
    env: { SYNC_SERVICE_SID: `IS${'9'.repeat(32)}` },
  }),
  fault('a state that has grown too large', 'wrong sync.state', 'KiB', ({ network }) =>
    network.fault('sync', ({ method, url }) =>
      method === 'GET' && url.pathname.endsWith('/Documents/mackerel-kaden')
        ? answers({ data: { page: 'x'.repeat(11 * 1024) } })
        : undefined,
    ),
  ),
];

export const AT_TWILIO: readonly FaultCase[] = [...DEPLOYED, ...ACCOUNT, ...NUMBERS, ...SYNC];
