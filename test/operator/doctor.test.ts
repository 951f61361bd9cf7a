/** `npm run doctor`: each line with an account that has just that fault, and all of them with one that has none. */
import { join } from 'node:path';
import type { Finding } from '../../operator/doctor/check';
import { checksOf, examine, isWell } from '../../operator/doctor/examine';
import { openPatient } from '../../operator/doctor/open';
import { asJson, report } from '../../operator/doctor/report';
import { openPractice, type Practice } from '../../operator/practice/in-order';
import type { DialList } from '../../src/dial-list/list';
import { builtList } from '../../switchboard';
import { inVirtualTime } from '../support/in-virtual-time';
import { remembered } from '../support/restored';
import { FAULTS, type Manner } from './faults';

const root = join(__dirname, '../..');
const list = builtList() as DialList;
const NEIGHBOURS = ['twilio', 'sync', 'slack', 'mackerel', 'functions'] as const;

let practice: Practice;
let restore: () => void;
beforeAll(async () => {
  practice = await openPractice(root, list);
  const { account, exchange, mackerel, slack } = practice.board;
  restore = remembered(
    account.state,
    account.services,
    mackerel.organization,
    slack.workspace,
    exchange.calls.at(-1) ?? {},
  );
});
afterEach(() => {
  restore();
  for (const name of NEIGHBOURS) practice.board.network.fault(name, undefined);
});
afterAll(() => practice?.close());

async function chapters(
  { env = {}, isReal = false, list: changed, ...manner }: Manner = {},
  isWanted?: (id: string) => boolean,
) {
  const patient = openPatient({
    root,
    env: { ...practice.env, ...env },
    list: changed ? changed(list) : list,
    environment: 'dev',
    voicemailSeconds: manner.voicemailSeconds ?? 70,
    looksUpCarriers: manner.looksUpCarriers ?? false,
    isPractice: !isReal,
  });
  return inVirtualTime(practice.board.clock, examine(patient, isWanted));
}

const lines = async (manner?: Manner, isWanted?: (id: string) => boolean) =>
  (await chapters(manner, isWanted)).flatMap(({ findings }): readonly Finding[] => findings);
const short = ({ id, mark }: Finding) => `${mark} ${id}`;

test('an account in order: nothing is wrong, and what cannot be known says so', async () => {
  const { log } = practice.board.network;
  const before = log.length;
  const all = await lines({ looksUpCarriers: true });
  expect(all.filter(({ mark }) => mark !== 'right').map(short)).toEqual([
    'unknown account.calls-per-second',
    'unknown unknowable.channel',
    'unknown unknowable.do-not-disturb',
  ]);
  expect(all.map(({ id }) => id)).toEqual(checksOf(list).map(({ id }) => id));
  expect(all.find(({ id }) => id === 'people.carriers')?.found.en).toContain('mobile, Switchboard Mobile');
  // It changes nothing, so it asks for nothing but reads; one write cannot come to pass.
  const writes = log
    .slice(before)
    .filter(
      ({ neighbour, request, run }) =>
        run === undefined && neighbour !== 'functions' && request.method !== 'GET',
    )
    .map(({ request }) => `${request.method} ${request.url.pathname}`)
    .filter((line) => !/auth\.test|conversations\.info/.test(line));
  expect([...new Set(writes)]).toEqual(['PUT /api/v0/channels/none-such']);
  expect(practice.board.network.violations).toEqual([]);
});

/** The switchboard's own prices: 0.10 a minute to call, 0.01 to be called. Three members, 65 s each, and 30 s of talk: 4 minutes. */
test.each<[string, Manner, string]>([
  ['the bridge way', {}, '7.40'],
  ['the bridge way, number B in another account', { env: { NUMBER_B: '+815000000142' } }, '7.00'],
  ['the direct way', { list: (given) => ({ ...given, start: 'webhook' }) }, '3.00'],
])('a month of ten pages costs in %s: %j', async (_what, manner, amount) => {
  if (manner.env) practice.board.account.state.numbers.splice(1, 1);
  const [found] = await lines(manner, (id) => id === 'account.balance');
  expect(found?.found.en).toBe(`50.00 USD; 10 pages a month take about ${amount} of calls`);
});

test.each(FAULTS)('$what: $line', async ({ spoil, manner, line, words }) => {
  spoil?.(practice.board);
  const [found] = await lines(manner, (id) => id === line.split(' ')[1]);
  expect([found && short(found), found?.found]).toEqual([
    line,
    { en: expect.stringContaining(words), ja: expect.stringMatching(/./) },
  ]);
  expect(found?.isUnchecked).toBeUndefined();
  if (found?.mark === 'wrong')
    expect(found.remedy).toEqual({ en: expect.stringMatching(/./), ja: expect.stringMatching(/./) });
});

test('there is no line without a fault that shows it, but for those that only tell', () => {
  const shown = new Set(FAULTS.map(({ line }) => line.split(' ')[1]));
  expect(
    checksOf(list)
      .map(({ id }) => id)
      .filter((id) => !shown.has(id)),
  ).toEqual([
    // Pages create them: none can be missing.
    'sync.objects',
    // It is right for all of them.
    'people.duty',
    'unknowable.channel',
    'unknowable.do-not-disturb',
  ]);
});

/** Which lines cannot be known while somebody is silent: by their chapters, and those that need somebody else as well. */
const SILENCED: Readonly<Record<(typeof NEIGHBOURS)[number], RegExp>> = {
  twilio: /^(deployed|account|numbers)\.|^mackerel\.(?!key|ip)|^arrived\.call|^people\.valid/,
  sync: /^sync\.|^arrived\.|^people\.proven/,
  slack: /^slack\./,
  mackerel: /^mackerel\./,
  functions: /^deployed\.(assets|locked|answers)|^mackerel\.from|^arrived\.call/,
};

test.each(NEIGHBOURS)(
  '%s never answers: the others’ lines are there, and all of it within 15 s',
  async (silent) => {
    practice.board.network.fault(silent, { kind: 'hang' });
    const { clock } = practice.board;
    const began = clock.now();
    const found = await chapters();
    expect(clock.now() - began).toBeLessThan(15_000);
    expect(isWell(found)).toBe(false);
    const all = found.flatMap(({ findings }): readonly Finding[] => findings);
    const hidden = all.filter(({ mark, id }) => mark !== 'right' && !/^unknowable|calls-per-second/.test(id));
    for (const { remedy, isUnchecked, found: said } of hidden) {
      expect(remedy).toBeDefined();
      if (isUnchecked)
        expect(said).toEqual({
          en: expect.stringMatching(/did not answer within 10 s$/),
          ja: expect.stringMatching(/ 10 秒以内に応答しません$/),
        });
    }
    const missing = hidden.map(({ id }) => id).filter((id) => !SILENCED[silent].test(id));
    expect(missing).toEqual([]);
    expect(hidden.length).toBeGreaterThan(2);
  },
);

/** Twilio is many services, and each may be down alone. */
test.each([
  ['pricing.twilio.com', ['account.balance']],
  ['trusthub.twilio.com', ['account.concurrency']],
  ['monitor.twilio.com', ['account.debugger']],
  ['routes.twilio.com', ['numbers.region']],
  ['voice.twilio.com', ['numbers.permission.jp']],
  ['lookups.twilio.com', ['people.valid']],
])('%s alone never answers: %j', async (host, expected) => {
  practice.board.network.fault('twilio', ({ url }) => (url.host === host ? { kind: 'hang' } : undefined));
  const unchecked = (await lines({}, (id) => !id.startsWith('deployed'))).filter(
    ({ isUnchecked }) => isUnchecked,
  );
  expect(unchecked.map(({ id }) => id)).toEqual(expected);
  expect(unchecked[0]?.found.en).toBe('Twilio did not answer within 10 s');
  expect(unchecked[0]?.remedy?.en).toContain('https://status.twilio.com');
});

test('neither a secret nor a member’s number is shown, in no language and not in JSON', async () => {
  const found = await chapters({ env: { SLACK_BOT_TOKEN: 'xoxb-another-one' }, looksUpCarriers: true });
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
    id: 'deployed.build',
    mark: 'right',
    what: 'Deployment',
    found: 'mackerel-kaden-1234-dev.twil.io',
  });
});
