/** `npm run setup` on the switchboard: from an empty account to one in order, and nothing done twice. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BlankPractice, openBlankPractice } from '../../operator/practice/blank';
import { openSetup } from '../../operator/setup/open';
import type { Prompter } from '../../operator/setup/prompter';
import { runSetup } from '../../operator/setup/run';
import type { DialList } from '../../src/dial-list/list';
import { builtList, type WireRequest } from '../../switchboard';

const list = builtList() as DialList;
const project = join(__dirname, '../..');

let practice: BlankPractice;
beforeEach(async () => {
  practice = await openBlankPractice(project, list);
});
afterEach(() => practice.close());

type Manner = {
  readonly language?: 'ja' | 'en';
  readonly isDryRun?: boolean;
  readonly saysReplace?: boolean;
  readonly flags?: Record<string, string>;
  readonly crib?: Record<string, string>;
  readonly prompter?: Prompter;
};

/** Runs it once, and gives its exit code and what it says. */
async function run({
  language = 'en',
  isDryRun = false,
  saysReplace = false,
  flags = {},
  crib,
  prompter,
}: Manner = {}) {
  const said: string[] = [];
  const setup = openSetup({
    root: practice.root,
    list,
    language,
    environment: 'dev',
    flags,
    isDryRun,
    saysYes: !prompter,
    saysReplace,
    prompter: prompter ?? null,
    practice: { ...practice, crib: crib ?? practice.crib },
    write: (line) => void said.push(line.trimEnd()),
  });
  const code = await runSetup(setup);
  return { code, said: said.join('\n'), done: said.filter((line) => /^ {2}\S*\+/.test(line)) };
}

/** All that there is on the other side, and here. */
const everything = () => {
  const { account, slack, mackerel } = practice.board;
  const { channels, groups, monitors } = mackerel.organization;
  return JSON.stringify({
    numbers: account.state.numbers,
    countries: account.state.countries,
    services: account.services.map(({ builds, environments }) => [
      builds.length,
      environments.map(({ variables }) => variables),
    ]),
    messages: slack.messages,
    mackerel: { channels, groups, monitors },
    env: envFile(),
  });
};
const envFile = () => {
  try {
    return readFileSync(join(practice.root, '.env'), 'utf8');
  } catch {
    return '';
  }
};
const setting = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(envFile())?.[1] ?? '';
const voiceUrls = () => practice.board.account.state.numbers.map(({ voiceUrl }) => voiceUrl);

test('from an empty account to one in order; a second time it changes nothing', async () => {
  const first = await run();
  expect([first.code, first.said]).toEqual([0, expect.any(String)]);
  const { account, mackerel, network, slack } = practice.board;
  expect(voiceUrls()).toEqual([
    'https://mackerel-kaden-1234-dev.twil.io/call-in',
    'https://mackerel-kaden-1234-dev.twil.io/hold-music',
  ]);
  expect(account.state.countries).toEqual({ JP: { low: true, high: false, tollFraud: false } });
  expect(slack.messages.map(({ text }) => text)).toEqual([expect.stringContaining('mackerel-kaden')]);
  const { channels, groups, monitors } = mackerel.organization;
  const webhook = channels.find(({ type }) => type === 'webhook');
  const password = setting('MACKEREL_WEBHOOK_PASSWORD');
  expect(webhook?.url).toBe(`https://mackerel:${password}@mackerel-kaden-1234-dev.twil.io/mackerel-webhook`);
  const inDefault = groups.find(({ type }) => type === 'group-default')?.childChannelIds;
  expect(inDefault).not.toContain(webhook?.id);
  expect(monitors).toEqual([
    expect.objectContaining({
      type: 'external',
      expectedStatusCode: 200,
      headers: expect.arrayContaining([
        {
          name: 'Authorization',
          value: `Basic ${Buffer.from(`clock:${setting('CLOCK_PASSWORD')}`).toString('base64')}`,
        },
      ]),
    }),
  ]);
  const watch = groups.find((group) => group.monitors?.some(({ id }) => id === monitors[0]?.id));
  expect(watch?.monitors).toEqual([{ id: monitors[0]?.id, skipDefault: true }]);
  expect(watch?.childChannelIds).not.toContain(webhook?.id);
  expect(statSync(join(practice.root, '.env')).mode & 0o777).toBe(0o600);

  const before = everything();
  const second = await run({ language: 'ja' });
  expect([second.code, second.done]).toEqual([0, []]);
  expect(everything()).toBe(before);
  expect(network.violations).toEqual([]);
  expect(network.unexpected).toEqual([]);

  // Nothing that is secret was shown, whoever quoted it.
  const secrets = [...envFile().matchAll(/^\w*(?:TOKEN|PASSWORD|KEY)=(.+)$/gm)].map(
    ([, value]) => value ?? '',
  );
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(first.said + second.said).not.toContain(secret);
});

test('a dry run says what it would do, and does nothing', async () => {
  const before = everything();
  const { code, done } = await run({ isDryRun: true });
  expect(code).toBe(0);
  expect(done.map((line) => line.replace(/^.*would: /, ''))).toEqual([
    'calls to JP are permitted',
    'the bot joins #kaden',
    'hello in #kaden',
    'MACKEREL_WEBHOOK_PASSWORD in .env',
    'HEALTH_PASSWORD in .env',
    'CLOCK_PASSWORD in .env',
    'deployed to Twilio',
  ]);
  expect(everything()).toBe(before);
});

test('what answers a number now is named, and stays unless it may be replaced', async () => {
  const [a] = practice.board.account.state.numbers;
  if (a) a.voiceUrl = 'https://example.com/reception';
  const kept = await run();
  expect(kept.code).toBe(0);
  expect(kept.said).toContain(
    'Number A (…0101) stays as it is, in the place of https://example.com/reception',
  );
  expect(kept.said).toContain(
    '[ ] Set the voice URL of Number A (…0101) to https://mackerel-kaden-1234-dev.twil.io/call-in',
  );
  expect(voiceUrls()[0]).toBe('https://example.com/reception');
  await run({ saysReplace: true });
  expect(voiceUrls()[0]).toBe('https://mackerel-kaden-1234-dev.twil.io/call-in');
});

test.each<[string, (practice: BlankPractice) => Manner | undefined, RegExp]>([
  [
    'a wrong token',
    ({ crib }) => ({ crib: { ...crib, AUTH_TOKEN: 'f'.repeat(32) } }),
    /Twilio refuses this SID and token/,
  ],
  ['no SID', ({ crib: { ACCOUNT_SID: _, ...crib } }) => ({ crib }), /ACCOUNT_SID is missing/],
  [
    'a suspended account',
    ({ board }) => {
      board.account.state.status = 'suspended';
      return undefined;
    },
    /The account is suspended/,
  ],
  ['no number', ({ board }) => void board.account.state.numbers.splice(0), /The account has no number yet/],
  [
    'a SIP trunk on number A',
    ({ board }) => {
      const [a] = board.account.state.numbers;
      if (a) a.trunkSid = `TK${'0'.repeat(32)}`;
      return undefined;
    },
    /number A \(…0101\) is answered by a SIP trunk or a TwiML App/,
  ],
  [
    'a number that is not the account’s',
    () => ({ flags: { 'number-a': '+815000000199' } }),
    /is none of these/,
  ],
  [
    'a token that Slack refuses',
    ({ crib }) => ({ crib: { ...crib, SLACK_BOT_TOKEN: 'xoxb-wrong' } }),
    /Slack refuses the token: invalid_auth/,
  ],
  ['a channel that is not there', () => ({ flags: { 'slack-channel': 'nowhere' } }), /No channel nowhere/],
  [
    'a key that Mackerel refuses',
    ({ crib }) => ({ crib: { ...crib, MACKEREL_API_KEY: 'nonsense' } }),
    /Mackerel refuses the key/,
  ],
])('%s stops it, with what to do', async (_what, spoil, said) => {
  const result = await run(spoil(practice) ?? {});
  expect(result.code).toBe(1);
  expect(result.said).toMatch(said);
  expect(result.said).toMatch(/Then run npm run setup again/);
  expect(practice.board.account.services).toEqual([]);
});

test('an account without a default Sync service gets one of its own', async () => {
  practice.close();
  practice = await openBlankPractice(project, list, { syncService: 'none' });
  const { code, said } = await run();
  expect([code, said]).toEqual([0, expect.stringContaining('a Sync service of its own')]);
  expect(setting('SYNC_SERVICE_SID')).toMatch(/^IS[0-9a-f]{32}$/);
});

test('Mackerel’s free plan has no external monitors: said, and all else is done', async () => {
  practice.board.mackerel.organization.hasExternalMonitors = false;
  const { code, said } = await run();
  expect(code).toBe(0);
  expect(said).toContain('external monitoring is not available on your plan');
  expect(said).toContain('[ ] External monitors are for Mackerel’s paid plan');
});

/** What changes something on the other side, the deploy's own requests apart: they are another process's. */
const isChange = ({ method, url: { host, pathname } }: WireRequest) =>
  method !== 'GET' &&
  !/auth\.test|conversations\.(info|list)|none-such/.test(pathname) &&
  host !== 'sync.twilio.com';

test('cut off at each thing that it changes, and run again, it comes to the same end', async () => {
  const { mackerel, network, slack } = practice.board;
  const cutAt: string[] = [];
  let result = { code: 1, said: '' };
  for (let runs = 1; result.code !== 0 && runs < 20; runs++) {
    // One more change each time gets through: the next one finds nobody there.
    let isCut = false;
    const cut = (request: WireRequest) => {
      const name = `${request.method} ${request.url.pathname.split('/').slice(-2).join('/')} ${request.body.length}`;
      if (!isChange(request) || isCut || cutAt.includes(name)) return undefined;
      isCut = true;
      cutAt.push(name);
      return { kind: 'down' } as const;
    };
    for (const neighbour of ['twilio', 'slack', 'mackerel'] as const) network.fault(neighbour, cut);
    result = await run();
    if (result.code !== 0) expect(result.said).toMatch(/Then run npm run setup again/);
  }
  expect(result.code).toBe(0);
  expect(cutAt.length).toBeGreaterThan(5);
  for (const neighbour of ['twilio', 'slack', 'mackerel'] as const) network.fault(neighbour, undefined);
  expect((await run()).done).toEqual([]);
  const { channels, groups, monitors } = mackerel.organization;
  const own = ({ name }: { name: string }) => name.startsWith('mackerel-kaden');
  expect([channels, groups, monitors].map((each) => each.filter(own).length)).toEqual([1, 2, 1]);
  expect(voiceUrls().map((url) => url?.replace(/^.*\//, ''))).toEqual(['call-in', 'hold-music']);
  expect(practice.board.account.services).toHaveLength(1);
  expect(slack.workspace.channels[0]?.isWithoutBot).toBe(false);
  expect(slack.messages).toHaveLength(1);
});
