/** `npm run setup`: what is secret stands in `.env` alone, and what is another account's stands nowhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BlankPractice } from '../../operator/practice/blank';
import { accountInOrder, accountOfB, numbers } from '../../switchboard';
import { envFile, type Manner, openBlank, setting, setUp } from './setting-up';

let practice: BlankPractice;
afterEach(() => practice?.close());

const ofB = () => accountInOrder(accountOfB.sid, accountOfB.authToken, [numbers.b]);
const CREDENTIALS = { NUMBER_B_ACCOUNT_SID: accountOfB.sid, NUMBER_B_AUTH_TOKEN: accountOfB.authToken };
const RECORDER = join(__dirname, '../support/record-process.cjs');

/** All processes that were started meanwhile, with their arguments and surroundings; Node's own, however deep. */
async function recorded(manner: Manner): Promise<{ code: number; said: string; processes: readonly Ran[] }> {
  const file = join(practice.root, 'processes.jsonl');
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = `--require "${RECORDER}"`;
  process.env.RECORDED_IN = file;
  // As if somebody had exported them.
  Object.assign(process.env, manner.surroundings);
  try {
    const childEnv = {
      ...practice.childEnv,
      NODE_OPTIONS: `${practice.childEnv.NODE_OPTIONS} ${process.env.NODE_OPTIONS}`,
    };
    const { code, said } = await setUp(practice, { ...manner, childEnv });
    const processes = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line): Ran => JSON.parse(line));
    return { code, said, processes };
  } finally {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
    delete process.env.RECORDED_IN;
    for (const name of Object.keys(manner.surroundings ?? {})) delete process.env[name];
  }
}
type Ran = { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> };

test('no process gets a secret among its arguments, and none is shown', async () => {
  practice = await openBlank();
  const { code, said, processes } = await recorded({});
  expect([code, said]).toEqual([0, expect.any(String)]);
  const secrets = [...envFile(practice).matchAll(/^\w*(?:TOKEN|PASSWORD|KEY)=(.+)$/gm)].map(
    ([, value]) => value ?? '',
  );
  expect(secrets.length).toBeGreaterThan(5);
  // The build and the deploy, and what they start in turn.
  const commands = processes.map(({ argv }) => argv.join(' '));
  expect(commands.filter((line) => line.includes('build.ts')).length).toBeGreaterThan(0);
  expect(commands.filter((line) => line.includes('twilio-run')).length).toBeGreaterThan(0);
  for (const secret of secrets) for (const line of [...commands, said]) expect(line).not.toContain(secret);
});

test('number B in another account: its credentials are used once, and are nowhere afterwards', async () => {
  const state = ofB();
  practice = await openBlank({ accountOfB: state });
  const { code, said, processes } = await recorded({
    flags: { 'number-b': numbers.b },
    surroundings: CREDENTIALS,
  });
  expect([code, said]).toEqual([0, expect.stringContaining('Number B (…0102) is answered by /hold-music')]);
  expect(state.numbers.map(({ voiceUrl }) => voiceUrl)).toEqual([
    'https://mackerel-kaden-1234-dev.twil.io/hold-music',
  ]);
  expect(said.replace(/ +/g, ' ')).toContain(`To ${numbers.b}`);
  expect(setting(practice, 'NUMBER_B')).toBe(numbers.b);
  const traces = [said, envFile(practice), ...processes.map((ran) => JSON.stringify(ran))];
  for (const trace of traces)
    for (const secret of Object.values(CREDENTIALS)) expect(trace).not.toContain(secret);

  // The next run knows whose it is, without its credentials, and changes nothing.
  const second = await setUp(practice);
  expect([second.code, second.done]).toEqual([0, []]);
  expect(second.said).toContain('number B (…0102) is another account’s, and was not looked at');
});

test('whoever is asked for them types them, and they are not shown', async () => {
  practice = await openBlank({ accountOfB: ofB() });
  const typed: Record<string, string> = {
    'Account SID of number B': accountOfB.sid,
    'Its Auth Token (not': accountOfB.authToken,
  };
  const asked: string[] = [];
  const prompter = {
    text: async (_question: string, initial = '') => initial,
    secret: async (question: string, otherwise = '') => {
      asked.push(question);
      return Object.entries(typed).find(([begins]) => question.startsWith(begins))?.[1] ?? otherwise;
    },
    yes: async () => true,
    one: async (question: string, _options: unknown, initial = '') =>
      question.startsWith('Number B') ? 'other' : initial,
    several: async () => [],
  };
  const { code, said } = await setUp(practice, { prompter });
  expect([code, said]).toEqual([0, expect.stringContaining('Number B (…0102) is answered by /hold-music')]);
  expect(asked.filter((question) => /not kept/.test(question))).toHaveLength(2);
  expect(said).not.toContain(accountOfB.authToken);
});

test.each<[string, Manner, RegExp]>([
  ['nobody has its credentials', { flags: { 'number-b': numbers.b } }, /its account is not known/],
  [
    'Twilio refuses them',
    {
      flags: { 'number-b': numbers.b },
      surroundings: { ...CREDENTIALS, NUMBER_B_AUTH_TOKEN: 'f'.repeat(32) },
    },
    /refuses the credentials of number B’s account/,
  ],
  [
    'the account has another number',
    { flags: { 'number-b': '+815000000199' }, surroundings: CREDENTIALS },
    /That account does not have number B/,
  ],
])('%s: said, with what to do, before anything is deployed', async (_what, manner, words) => {
  practice = await openBlank({ accountOfB: ofB() });
  const { code, said } = await setUp(practice, manner);
  expect([code, said]).toEqual([1, expect.stringMatching(words)]);
  expect(said).toMatch(/→ .+\n.*Then run npm run setup again/);
  expect(practice.board.account.services).toEqual([]);
});
