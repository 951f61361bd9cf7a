/** `npm run doctor`: each line with an account that has just that fault, and all of them with one that has none. */
import { join } from 'node:path';
import { examine, isWell } from '../../operator/doctor/examine';
import type { Finding } from '../../operator/doctor/finding';
import { openPatient } from '../../operator/doctor/open';
import { asJson, report } from '../../operator/doctor/report';
import { openPractice, type Practice } from '../../operator/practice/in-order';
import type { DialList } from '../../src/dial-list/list';
import { builtList } from '../../switchboard';

const root = join(__dirname, '../..');
const list = builtList() as DialList;

let practice: Practice;
beforeEach(async () => {
  practice = await openPractice(root, list);
});
afterEach(() => practice.close());

type Manner = { readonly env?: Record<string, string>; readonly list?: DialList; readonly isReal?: boolean };

async function chapters({ env = {}, isReal = false, ...more }: Manner = {}) {
  const patient = await openPatient({
    root,
    env: { ...practice.env, ...env },
    list: more.list ?? list,
    environment: 'dev',
    voicemailSeconds: 70,
    isPractice: !isReal,
  });
  return examine(patient);
}
const lines = async (manner?: Manner) =>
  (await chapters(manner)).flatMap(({ findings }): readonly Finding[] => findings);
const short = ({ id, mark }: Finding) => `${mark} ${id}`;

test('an account in order: nothing is wrong, and what cannot be known says so', async () => {
  const all = await lines();
  expect(all.filter(({ mark }) => mark !== 'right').map(short)).toEqual([
    'unknown account.calls-per-second',
    'unknown unknowable.channel',
    'unknown unknowable.do-not-disturb',
  ]);
  expect(all.length).toBeGreaterThan(30);
  // It changes nothing, so it asks for nothing but reads; one write cannot come to pass.
  const writes = practice.board.network.log
    .filter(
      ({ neighbour, request, run }) =>
        run === undefined && neighbour !== 'functions' && request.method !== 'GET',
    )
    .map(({ request }) => `${request.method} ${request.url.pathname}`)
    .filter((line) => !/auth\.test|conversations\.info/.test(line));
  expect([...new Set(writes)]).toEqual(['PUT /api/v0/channels/none-such']);
  expect(practice.board.network.violations).toEqual([]);
});

type Spoil = (board: Practice['board']) => Manner | undefined | Promise<Manner | undefined>;

/** Assigns, and says nothing of it. */
const set = <T extends object>(target: T | undefined, change: Partial<T>) => {
  if (target) Object.assign(target, change);
  return undefined;
};
const variables = ({ account }: Practice['board']) => account.services[0]?.environments[0]?.variables ?? [];
const build = ({ account }: Practice['board']) => account.services[0]?.environments[0]?.build ?? undefined;

test.each<[string, Spoil, string, string]>([
  [
    'nothing deployed',
    ({ account }) => void account.services.splice(0) as undefined,
    'wrong deployed.build',
    'nothing is deployed',
  ],
  [
    'a Function other than here',
    (board) =>
      set(
        build(board)?.versions.find(({ path }) => path === '/dial-list'),
        { content: Buffer.from('old') },
      ),
    'wrong deployed.functions',
    'different from here: /dial-list',
  ],
  [
    'a stray Function',
    (board) => {
      const versions = build(board)?.versions as unknown as { path: string }[];
      versions.push({ ...(versions[0] as { path: string }), path: '/yesterday' });
      return undefined;
    },
    'wrong deployed.functions',
    'not ours: /yesterday',
  ],
  [
    'no password for /health',
    () => ({ env: { HEALTH_PASSWORD: '' } }),
    'unknown deployed.assets',
    'HEALTH_USER',
  ],
  [
    'a stray variable',
    (board) =>
      void variables(board).push({ sid: `ZV${'9'.repeat(32)}`, key: 'OLD_TOKEN', value: 'x' }) as undefined,
    'wrong deployed.variables',
    'not ours: OLD_TOKEN',
  ],
  [
    'a variable that differs',
    (board) =>
      set(
        variables(board).find(({ key }) => key === 'SLACK_CHANNEL'),
        { value: 'C0OTHER' },
      ),
    'wrong deployed.variables',
    'different from here: SLACK_CHANNEL',
  ],
  ['an old runtime', (board) => set(build(board), { runtime: 'node18' }), 'wrong deployed.runtime', 'node18'],
  [
    'a suspended account',
    ({ account }) => set(account.state, { status: 'suspended' }),
    'wrong account.status',
    'suspended',
  ],
  [
    'a trial',
    ({ account }) => set(account.state, { type: 'Trial' }),
    'wrong account.type',
    'trial: it blocks',
  ],
  [
    'no money',
    ({ account }) => set(account.state, { balance: { amount: '0.42', currency: 'USD' } }),
    'wrong account.balance',
    '0.42 USD',
  ],
  [
    'no approved profile',
    ({ account }) => set(account.state, { hasApprovedProfile: false }),
    'unknown account.concurrency',
    '10004',
  ],
  [
    'an alert in the debugger',
    ({ account, clock, publicUrl }) =>
      void account.state.alerts.push({
        sid: `NO${'0'.repeat(32)}`,
        at: clock.now() - 60_000,
        code: '11200',
        level: 'error',
        text: '',
        url: `${publicUrl}/dial-list`,
        resource: `CA${'0'.repeat(32)}`,
      }) as undefined,
    'wrong account.debugger',
    '11200 ×1',
  ],
  [
    'a number that is no longer ours',
    ({ account }) => void account.state.numbers.splice(0, 1) as undefined,
    'wrong numbers.caller-id',
    '21210',
  ],
  [
    'another voice URL on A',
    ({ account }) => set(account.state.numbers[0], { voiceUrl: 'https://example.com/' }),
    'wrong numbers.a',
    'https://example.com/',
  ],
  [
    'a trunk on B',
    ({ account }) => set(account.state.numbers[1], { trunkSid: `TK${'0'.repeat(32)}` }),
    'wrong numbers.b',
    'SIP trunk',
  ],
  [
    'an application on B',
    ({ account }) => set(account.state.numbers[1], { applicationSid: `AP${'0'.repeat(32)}` }),
    'wrong numbers.b',
    'TwiML App',
  ],
  [
    'no permission for Japan',
    ({ account }) => set(account.state, { countries: {} }),
    'wrong numbers.permission.jp',
    '21215',
  ],
  [
    'Sync away',
    ({ network }) => void network.fault('sync', { kind: 'down' }) as undefined,
    'wrong sync.service',
    'ECONNREFUSED',
  ],
  [
    'a token that Slack refuses',
    () => ({ env: { SLACK_BOT_TOKEN: 'xoxb-old' } }),
    'wrong slack.token',
    'invalid_auth',
  ],
  ['no Slack at all', () => ({ env: { SLACK_BOT_TOKEN: '' } }), 'wrong slack.token', 'nothing is posted'],
  [
    'a missing scope',
    ({ slack }) => set(slack.workspace, { scopes: ['channels:read'] }),
    'wrong slack.scopes',
    'channels:read',
  ],
  [
    'a channel without the bot',
    ({ slack }) => set(slack.workspace.channels[0], { isWithoutBot: true }),
    'wrong slack.channel',
    'not in #kaden',
  ],
  [
    'an archived channel',
    ({ slack }) => set(slack.workspace.channels[0], { isArchived: true }),
    'wrong slack.channel',
    'archived',
  ],
  [
    'a wrong API key',
    () => ({ env: { MACKEREL_API_KEY: 'nonsense' } }),
    'wrong mackerel.key',
    'Mackerel answered 40',
  ],
  [
    'an IP restriction',
    ({ mackerel }) => set(mackerel.organization, { apiRestriction: ['192.0.2.0/24'] }),
    'wrong mackerel.ip-restriction',
    'no fixed address',
  ],
  [
    'a suspended channel',
    ({ mackerel }) =>
      set(
        mackerel.organization.channels.find(({ type }) => type === 'twilio'),
        { suspendedAt: 1 },
      ),
    'wrong mackerel.channels',
    'suspended: mackerel-kaden',
  ],
  [
    'the phone in the default group',
    ({ mackerel }) =>
      void mackerel.organization.groups
        .find(({ type }) => type === 'group-default')
        ?.childChannelIds.push('2chTwilio000') as undefined,
    'wrong mackerel.group',
    'every alert is a phone call',
  ],
  [
    'a monitor that does not re-send',
    ({ mackerel }) =>
      void mackerel.organization.monitors.push({
        id: '2moMemory000',
        type: 'host',
        name: 'memory',
      }) as undefined,
    'wrong mackerel.resends',
    'memory',
  ],
  [
    'a webhook that is not told of alerts',
    ({ mackerel }) =>
      set(
        mackerel.organization.channels.find(({ type }) => type === 'webhook'),
        { events: ['hostStatus'] },
      ),
    'wrong mackerel.events',
    'alerts are not among them',
  ],
  [
    'no clock',
    ({ mackerel }) => void mackerel.organization.monitors.splice(1, 1) as undefined,
    'wrong mackerel.clock',
    'no clock',
  ],
  [
    'a clock that takes any answer for good',
    ({ mackerel }) =>
      set(mackerel.organization.monitors[1] as { expectedStatusCode?: number }, {
        expectedStatusCode: undefined,
      }),
    'wrong mackerel.clock',
    'any answer below 400',
  ],
  [
    'a member who never answered',
    () => ({
      list: { ...list, members: list.members.map((one, at) => (at === 0 ? { ...one, name: '新人' } : one)) },
    }),
    'wrong people.proven',
    '新人',
  ],
  [
    'a phone that stands there twice',
    () => ({
      list: {
        ...list,
        members: list.members.map((one, at) =>
          at === 1 ? { ...one, phone: list.members[0]?.phone ?? '' } : one,
        ),
      },
    }),
    'unknown people.doubles',
    'more than once',
  ],
  ['made-up numbers, for real', () => ({ isReal: true }), 'wrong people.1', 'any numbering plan'],
])('%s', async (_what, spoil, expected, words) => {
  const manner = await spoil(practice.board);
  const all = await lines(manner ?? {});
  const found = all.find((finding) => short(finding) === expected);
  expect(
    all
      .filter(({ mark }) => mark === 'wrong')
      .map(short)
      .concat(found ? short(found) : []),
  ).toContain(expected);
  expect(found?.found.en).toContain(words);
  expect(found?.found.ja).toBeTruthy();
  if (found?.mark === 'wrong') expect(found.remedy?.en && found.remedy.ja).toBeTruthy();
});

test('neither a secret nor a member’s number is shown, in no language and not in JSON', async () => {
  practice.board.account.state.alerts.length = 0;
  const found = await chapters({ env: { SLACK_BOT_TOKEN: 'xoxb-another-one' } });
  expect(isWell(found)).toBe(false);
  const secrets = Object.entries(practice.env)
    .filter(([name]) => /TOKEN|PASSWORD|KEY/.test(name))
    .map(([, value]) => value)
    // The organization is called so.
    .filter((value) => value !== 'switchboard');
  expect(secrets.length).toBeGreaterThan(3);
  for (const language of ['ja', 'en'] as const) {
    const shown = report(found, { language, width: 100, hasColour: false }) + asJson(found, language);
    for (const hidden of [...secrets, 'xoxb-another-one', ...list.members.map(({ phone }) => phone)])
      expect(shown).not.toContain(hidden);
  }
});

test('JSON has an object a line, and says whether all is well', async () => {
  const { ok, findings } = JSON.parse(asJson(await chapters(), 'en'));
  expect(ok).toBe(true);
  expect(findings[0]).toEqual({
    id: 'deployed.functions',
    mark: 'right',
    what: 'Functions',
    found: expect.any(String),
  });
});
