/** What a page's message says stays true after the page: of an alert that is rung for again, taken later, or closed. */
import { ignores, openStory, passes, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const WEBHOOK: StoryOptions = { mackerel: { webhook: true }, resendEverySeconds: 600 };
/** How each page about it stands, by its own message. */
const headings = () => {
  story.slackShows();
  return story.slack.messages
    .filter(({ threadTs, text }) => threadTs === undefined && text.includes('決済'))
    .map(({ text }) => text.split('\n').find((line) => STANDING.test(line)));
};
const STANDING = /^:(x|telephone_receiver|white_check_mark|repeat|zzz|hourglass):/;

const AGAIN = ':repeat: その後、あらためて呼び出しました (新しいメッセージを見てください)';

test('nobody answers, and the re-send rings again, is taken, and closes: the first message says so, too', async () => {
  story = openStory(WEBHOOK);
  story.members({ 佐藤: [ignores, takes] });
  const id = story.mackerel.raise({ monitorName: '決済' });
  await story.untilQuiet();
  expect(headings()).toEqual([':x: *誰も応答していません*']);
  await story.at(605);
  expect(headings()).toEqual([AGAIN, ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)']);
  await story.untilQuiet();
  expect(headings()).toEqual([
    ':white_check_mark: *佐藤* が対応中 (その後の呼び出しで)',
    ':white_check_mark: *佐藤* が対応中',
  ]);
  story.mackerel.close(id);
  await story.untilQuiet();
  expect(headings()).toEqual([':zzz: 閉じました (*佐藤* が対応)', ':zzz: 閉じました (*佐藤* が対応)']);
  expect(story.rings()).toHaveLength(4);
});

test('five pages that nobody answered, and then it closes: all of them say so', async () => {
  story = openStory(WEBHOOK);
  const id = story.mackerel.raise({ monitorName: '決済' });
  await story.at(4 * 600 + 300);
  expect(headings()).toEqual([AGAIN, AGAIN, AGAIN, AGAIN, ':x: *誰も応答していません*']);
  story.mackerel.close(id);
  await story.untilQuiet();
  expect(headings()).toEqual([
    ...Array(4).fill(':zzz: 閉じました (誰も対応していません)'),
    ':zzz: 閉じました (誰も応答していません)',
  ]);
  expect(story.rings()).toHaveLength(15);
});

test('two other pages came in between: the message of the first says that its alert has closed', async () => {
  story = openStory({ mackerel: { webhook: true } });
  story.members({ 佐藤: [ignores, takes, takes] });
  const id = story.mackerel.raise({ monitorName: '決済' });
  await story.untilQuiet();
  for (const monitorName of ['在庫', '配送']) {
    story.mackerel.raise({ monitorName });
    await story.untilQuiet();
  }
  expect(headings()).toEqual([':x: *誰も応答していません*']);
  story.mackerel.close(id);
  await story.untilQuiet();
  expect(headings()).toEqual([':zzz: 閉じました (誰も応答していません)']);
  expect(story.rings()).toHaveLength(5);
});

test('six of eight close, of a page that nobody answered long ago: its message says of none that all are over', async () => {
  story = openStory({
    mackerel: { webhook: true },
    list: { members: ['佐藤'], ringSeconds: 20, awakeMinutes: 0 },
  });
  story.members({ 佐藤: [ignores, takes, takes] });
  const alerts: string[] = [];
  for (let nth = 0; nth < 8; nth++) {
    alerts.push(story.mackerel.raise({ monitorName: `監視${nth}` }));
    await story.clock.run(1);
  }
  await story.untilQuiet();
  // Two pages later, the state knows but the alerts of the first.
  for (const monitorName of ['在庫', '決済']) {
    await story.clock.run(700);
    story.mackerel.raise({ monitorName });
    await story.untilQuiet();
  }
  const first = () => story.slackShows().find((line) => STANDING.test(line));
  const close = async (ids: readonly string[]) => {
    for (const id of ids) {
      story.mackerel.close(id);
      await story.clock.run(20);
    }
  };
  await close(alerts.slice(0, 6));
  expect(first()).toBe(':x: *誰も応答していません*');
  await close(alerts.slice(6));
  expect(first()).toBe(':zzz: 閉じました (誰も応答していません)');
  expect(story.rings()).toHaveLength(3);
  story.slackShows();
});

test('Slack was away as the page ended: the message is brought up to date with the next news', async () => {
  story = openStory({ mackerel: { webhook: true } });
  story.members({ 佐藤: ignores, 鈴木: [takes, takes] });
  story.mackerel.raise({ monitorName: '決済' });
  await story.clock.runUntil(() => story.phone('鈴木').rings[0]?.pressed === '1');
  story.network.fault('slack', ({ url }) =>
    url.pathname.endsWith('chat.update') ? { kind: 'status', status: 503 } : undefined,
  );
  await story.untilQuiet();
  expect(headings()[0]).toMatch(/:telephone_receiver:/);
  story.network.fault('slack', undefined);
  story.mackerel.raise({ monitorName: '在庫' });
  await story.untilQuiet();
  expect(headings()).toEqual([':white_check_mark: *鈴木* が対応中']);
  expect(story.rings()).toHaveLength(3);
  expect(story.log.filter((line) => line.includes('HTTP 503'))).not.toEqual([]);
});

test('messages may not be edited: once the page is over, how it stands is posted anew', async () => {
  story = openStory({ mackerel: { webhook: true } });
  story.slack.workspace.mayEdit = false;
  story.members({ 佐藤: takes });
  story.mackerel.raise({ monitorName: '決済' });
  await story.untilQuiet();
  expect(headings().at(-1)).toBe(':white_check_mark: *佐藤* が対応中');
  expect(story.rings()).toHaveLength(1);
  expect(story.log.filter((line) => line.includes('edit_window_closed'))).not.toEqual([]);
});

describe('all pick up, and none takes it', () => {
  const everybody = { 佐藤: passes, 鈴木: passes, 高橋: passes };

  test('everybody passed, which is loud, and is not that nobody answered', async () => {
    story = openStory();
    story.members(everybody);
    await story.alert();
    expect(story.rings()).toHaveLength(3);
    const shown = story.slackShows();
    expect(shown[1]).toBe(':x: *全員が次の人に回しました*');
    expect(shown.at(-1)).toBe(
      '⇒ <!channel> :x: *全員が次の人に回し、誰も対応していません* (1周, のべ3回)。Mackerelの再通知が来たら、もう一度呼び出します',
    );
    expect(shown.join('\n')).not.toContain('応答しま');
  });

  test('in English', async () => {
    story = openStory({ list: { language: 'en' } });
    story.members(everybody);
    await story.alert();
    expect(story.rings()).toHaveLength(3);
    const shown = story.slackShows();
    expect(shown[1]).toBe(':x: *Everybody passed it on*');
    expect(shown.at(-1)).toBe(
      '⇒ <!channel> :x: *Everybody passed it on, and nobody has it* (1 round, 3 rings). Phones ring again at the next notification from Mackerel',
    );
  });

  test.each([
    [
      'ja',
      ':x: *誰も対応していません*',
      '*誰も対応していません* (1周, のべ3回, うち1回は次の人に回されました)',
    ],
    ['en', ':x: *Nobody has taken it*', '*Nobody took it* (1 round, 3 rings, 1 of them passed on)'],
  ])('some passed, and the others did not answer (%s)', async (language, standing, told) => {
    story = openStory({ list: { language } });
    story.members({ 鈴木: passes });
    await story.alert();
    expect(story.rings()).toHaveLength(3);
    const shown = story.slackShows();
    expect(shown[1]).toBe(standing);
    expect(shown.at(-1)).toContain(`<!channel> :x: ${told}`);
  });
});
