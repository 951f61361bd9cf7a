/** The wizard and the doctor in a real terminal, in both languages: what somebody sees. */
import { join } from 'node:path';
import stringWidth from 'string-width';
import { CTRL_C, DOWN, ENTER, inTerminal, SPACE, type Turn } from '../support/terminal';

// A terminal lives by the clock on the wall, and a busy machine may miss a moment that the answers wait for.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const root = join(__dirname, '../..');
const inPractice =
  (command: string) =>
  (...args: string[]) => [
    process.execPath,
    require.resolve('tsx/cli'),
    join(root, `operator/${command}.ts`),
    '--practice',
    ...args,
  ];
const setup = inPractice('setup');
const doctor = inPractice('doctor');
const inLanguage = (LC_ALL: string, columns?: number) => ({ cwd: root, env: { LC_ALL }, columns });

test('in English, from the first question to a service that answers', async () => {
  const turns: Turn[] = [
    ['Twilio Account SID', ENTER],
    ['Its Auth Token', ENTER],
    ['How are people to be rung?', ENTER],
    ['Number A: which one', ENTER],
    ['Number B: where does', ENTER],
    ['Permit calls to JP?', ENTER],
    ['Set SLACK_BOT_TOKEN up now?', ENTER],
    ['Slack bot token', ENTER],
    ['Which Slack channel', ENTER],
    ['Let the bot join #kaden?', ENTER],
    ['Post hello to #kaden?', ENTER],
    ['Set MACKEREL_API_KEY up now?', ENTER],
    ['Mackerel API key', ENTER],
    ['Which service of Mackerel’s should have', DOWN + ENTER],
    ['Deploy to Twilio now?', ENTER],
    ['be answered by /hold-music?', ENTER],
    ['be answered by /call-in?', ENTER],
    ['Create the webhook channel', ENTER],
    ['services’ alerts should ring', SPACE + ENTER],
    ['Create the notification group mackerel-kaden?', ENTER],
    ['Create the external monitor', ENTER],
    ['Let its alert go to all channels', ENTER],
  ];
  const { code, screen } = await inTerminal(setup(), turns, inLanguage('en_US.UTF-8'));
  expect([code, screen]).toEqual([0, expect.stringContaining('it answers and is healthy')]);
  expect(screen).toContain('[ ] Add the Twilio channel in Mackerel');
  expect(screen).not.toContain('put services or monitors into');
  expect(screen).toContain('each page’s figures go to shop');
  // What is made up for the practice is as secret as what is real.
  expect(screen).not.toMatch(/[^a-z]d{32}|xoxb-switchboard|key-that-writes/);
});

test('in Japanese; a wrong answer is asked again, and a refusal is kept', async () => {
  const turns: Turn[] = [
    ['Twilio の Account SID', `\u0015AC123${ENTER}`],
    ['AC と 0〜f の 32 桁です', ''],
    ['Twilio の Account SID', ENTER],
    ['その Auth Token', `${'0'.repeat(32)}${ENTER}`],
    ['拒否されました', ''],
    ['その Auth Token', ENTER],
    ['どのように呼び出しますか', ENTER],
    ['番号 A: ', ENTER],
    ['番号 B: ', ENTER],
    ['JP への発信を許可しますか', `${DOWN}${ENTER}`],
    ['SLACK_BOT_TOKEN を今設定しますか', `${DOWN}${ENTER}`],
    ['MACKEREL_API_KEY を今設定しますか', `${DOWN}${ENTER}`],
    ['Twilio にデプロイしますか', `${DOWN}${ENTER}`],
  ];
  const { code, screen } = await inTerminal(setup(), turns, inLanguage('ja_JP.UTF-8'));
  expect([code, screen]).toEqual([1, expect.stringContaining('デプロイされていないため、電話は鳴りません')]);
  expect(screen).toContain('もう一度 npm run setup を実行すると');
});

test('whoever goes away in the middle keeps what is done', async () => {
  const turns: Turn[] = [
    ['Twilio Account SID', ENTER],
    ['Its Auth Token', CTRL_C],
  ];
  const { code, screen } = await inTerminal(setup(), turns, inLanguage('en_US.UTF-8'));
  expect([code, screen]).toEqual([130, expect.stringContaining('Stopped. What is done stays.')]);
});

test.each([
  ['en_US.UTF-8', 'not to be known from here.'],
  ['ja_JP.UTF-8', 'ここからは分からないもの'],
])('the doctor, 80 columns wide, in %s', async (locale, words) => {
  const { code, screen } = await inTerminal(doctor(), [], inLanguage(locale, 80));
  expect([code, screen]).toEqual([0, expect.stringContaining(words)]);
  const tooWide = screen.split(/\r?\n/).filter((line) => stringWidth(line) > 80);
  expect(tooWide).toEqual([]);
});
