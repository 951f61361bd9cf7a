/** What a rehearsal shows at its end: what stands in Slack, and whether the music stopped. From the real APIs. */
import { join } from 'node:path';
import twilio from 'twilio';
import { openPractice, type Practice } from '../../operator/practice/in-order';
import { musicAtTheEnd } from '../../operator/rehearsal/music';
import { slackShows } from '../../operator/rehearsal/slack';
import { records } from '../../operator/service/history';
import type { DialList } from '../../src/dial-list/list';
import { answers, builtList } from '../../switchboard';
import { inVirtualTime } from '../support/in-virtual-time';
import { remembered } from '../support/restored';

const list = builtList() as DialList;

let practice: Practice;
let restore: () => void;
beforeAll(async () => {
  practice = await openPractice(join(__dirname, '../..'), list);
  restore = remembered(practice.board.slack.workspace);
});
afterEach(() => restore());
afterAll(() => practice?.close());

const client = () => twilio(practice.env.ACCOUNT_SID, practice.env.AUTH_TOKEN);

async function shown(env: Record<string, string> = {}, since = 0): Promise<string> {
  const work = async () => {
    const [latest] = await records(client());
    const page = latest?.page ?? '';
    return slackShows({ client: client(), list, env: { ...practice.env, ...env }, since, page });
  };
  return (await inVirtualTime(practice.board.clock, work())).map(({ en }) => en).join('\n');
}

test('with a bot that may read: the message and its thread, as they stand there', async () => {
  const said = await shown();
  const [heading, ...replies] = practice.board.slack.messages;
  expect(heading?.threadTs).toBeUndefined();
  expect(said).toMatch(/^Slack shows:\n {2}\S/);
  // Names are what both spellings have in common.
  for (const { name } of list.members) expect(said).toContain(name);
  expect(said.split('\n').filter((line) => line.startsWith('    ')).length).toBeGreaterThanOrEqual(
    Math.min(replies.length, 5),
  );
  expect(said).not.toMatch(/:\w+:/);
});

test('a bot that may not read: which scope it lacks, and where the message is', async () => {
  practice.board.slack.workspace.scopes = ['chat:write'];
  const said = await shown();
  expect(said).toContain('channels:history (groups:history for a private channel)');
  const [heading] = practice.board.slack.messages;
  expect(said).toContain(`https://switchboard.slack.com/archives/C0KADEN/p${heading?.ts.replace('.', '')}`);
});

test('nothing was posted: that is said', async () => {
  expect(await shown({}, practice.board.clock.now() + 60_000)).toBe('✗ Slack shows nothing of it');
});

test.each([
  ['a token that is refused', { SLACK_BOT_TOKEN: 'xoxb-old' }, 'Slack cannot be read: refused: invalid_auth'],
  [
    'an incoming webhook, which cannot read',
    { SLACK_BOT_TOKEN: '', SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/X0' },
    'Look into Slack',
  ],
  ['no Slack', { SLACK_BOT_TOKEN: '' }, 'nobody was told'],
])('%s', async (_what, env, words) => {
  expect(await shown(env)).toContain(words);
});

describe('the music', () => {
  const music = (call: string) =>
    inVirtualTime(practice.board.clock, musicAtTheEnd(client(), { kind: 'bridge', call, at: 0 }));

  test('stopped with the page', async () => {
    const carrier = practice.board.exchange.calls.find(({ direction }) => direction === 'outbound-api');
    const end = await music(carrier?.sid ?? '');
    expect(end?.isOver).toBe(true);
    expect(end?.words.en).toMatch(/^The music stopped: the call to number B lasted \d+ s$/);
  });

  test('that goes on is told, with where to end it', async () => {
    const { board } = practice;
    const [first] = list.members;
    board.person(first?.name ?? '').always(answers([]));
    const answer = await inVirtualTime(
      practice.board.clock,
      board.placeCall({
        From: practice.env.CALLER_ID ?? '',
        To: first?.phone ?? '',
        Twiml: '<Response><Pause length="600"/></Response>',
      }),
    );
    await board.clock.run(10);
    const { sid } = JSON.parse(answer.body);
    const end = await music(sid);
    expect(end).toMatchObject({
      isOver: false,
      words: { en: expect.stringContaining('The music still plays') },
    });
    await inVirtualTime(practice.board.clock, board.endCall(sid));
  });

  test('there is none in the direct way', async () => {
    expect(await musicAtTheEnd(client(), { kind: 'direct', at: 0 })).toBeNull();
  });
});
