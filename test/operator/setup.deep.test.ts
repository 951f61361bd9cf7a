/** `npm run setup` on the switchboard: from an empty account to one in order, and nothing done twice. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BlankPractice } from '../../operator/practice/blank';
import { envFile, everything, type Manner, openBlank, setting, setUp, voiceUrls } from './setting-up';

let practice: BlankPractice;
beforeEach(async () => {
  practice = await openBlank();
});
afterEach(() => practice.close());
const run = (manner?: Manner) => setUp(practice, manner);

test('from an empty account to one in order; a second time it changes nothing', async () => {
  const first = await run();
  expect([first.code, first.said]).toEqual([0, expect.any(String)]);
  const { account, mackerel, network, slack } = practice.board;
  expect(voiceUrls(practice)).toEqual([
    'https://mackerel-kaden-1234-dev.twil.io/call-in',
    'https://mackerel-kaden-1234-dev.twil.io/hold-music',
  ]);
  expect(account.state.countries).toEqual({ JP: { low: true, high: false, tollFraud: false } });
  expect(slack.messages.map(({ text }) => text)).toEqual([expect.stringContaining('mackerel-kaden')]);
  const { channels, groups, monitors } = mackerel.organization;
  const webhook = channels.find(({ type }) => type === 'webhook');
  const password = setting(practice, 'MACKEREL_WEBHOOK_PASSWORD');
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
          value: `Basic ${Buffer.from(`clock:${setting(practice, 'CLOCK_PASSWORD')}`).toString('base64')}`,
        },
      ]),
    }),
  ]);
  const watch = groups.find((group) => group.monitors?.some(({ id }) => id === monitors[0]?.id));
  expect(watch?.monitors).toEqual([{ id: monitors[0]?.id, skipDefault: true }]);
  expect(watch?.childChannelIds).not.toContain(webhook?.id);
  expect(statSync(join(practice.root, '.env')).mode & 0o777).toBe(0o600);

  const before = everything(practice);
  const second = await run({ language: 'ja' });
  expect([second.code, second.done]).toEqual([0, []]);
  expect(everything(practice)).toBe(before);
  expect(network.violations).toEqual([]);
  expect(network.unexpected).toEqual([]);

  // Nothing that is secret was shown, whoever quoted it.
  const secrets = [...envFile(practice).matchAll(/^\w*(?:TOKEN|PASSWORD|KEY)=(.+)$/gm)].map(
    ([, value]) => value ?? '',
  );
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(first.said + second.said).not.toContain(secret);
});

test('a dry run says what it would do, and does nothing', async () => {
  const before = everything(practice);
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
  expect(everything(practice)).toBe(before);
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
  expect(voiceUrls(practice)[0]).toBe('https://example.com/reception');
  await run({ saysReplace: true });
  expect(voiceUrls(practice)[0]).toBe('https://mackerel-kaden-1234-dev.twil.io/call-in');
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
    /The token: refused: invalid_auth/,
  ],
  ['a number B that is number A', () => ({ flags: { 'number-b': '+815000000101' } }), /Number B is number A/],
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
  practice = await openBlank({ syncService: 'none' });
  const { code, said } = await run();
  expect([code, said]).toEqual([0, expect.stringContaining('a Sync service of its own')]);
  expect(setting(practice, 'SYNC_SERVICE_SID')).toMatch(/^IS[0-9a-f]{32}$/);
});

test('Mackerel’s free plan has no external monitors: said, and all else is done', async () => {
  practice.board.mackerel.organization.hasExternalMonitors = false;
  const { code, said } = await run();
  expect(code).toBe(0);
  expect(said).toContain('external monitoring is not available on your plan');
  expect(said).not.toContain('external monitor of /health, once a minute');
  expect(said).toContain('[ ] External monitors are for Mackerel’s paid plan');
});

test('the way is asked for in words, and stands in the list', async () => {
  const { code, said } = await run({ flags: { way: 'direct' } });
  expect([code, said]).toEqual([0, expect.stringContaining('no number B is needed')]);
  const file = readFileSync(join(practice.root, 'src/assets/dial-list.private.json'), 'utf8');
  expect(JSON.parse(file).start).toBe('webhook');
  expect(await run({ flags: { way: 'call' } })).toMatchObject({
    code: 1,
    said: expect.stringContaining('--way call is none of these: bridge, direct'),
  });
});

test('a service of Mackerel’s that gets each page’s figures has to be there', async () => {
  expect(await run({ flags: { service: 'nowhere' }, isDryRun: true })).toMatchObject({ code: 1 });
  const { code, said } = await run({ flags: { service: 'shop' } });
  expect([code, said]).toEqual([0, expect.stringContaining('each page’s figures go to shop')]);
  expect(setting(practice, 'MACKEREL_SERVICE')).toBe('shop');
});
