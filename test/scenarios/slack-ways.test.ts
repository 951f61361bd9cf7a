/** The other two ways of having Slack: by an incoming webhook, and not at all. */
import { ignores, openStory, passes, type Story, takes, voicemail } from '../support/story';

let story: Story;
afterEach(() => story.close());

test('an incoming webhook: few posts, each whole in itself', async () => {
  story = openStory({ slack: 'webhook' });
  story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 answered pressed 2',
    '01:20 高橋 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *高橋* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    ':white_check_mark: *高橋 が対応します* (3回目の呼び出し, 1分34秒)',
  ]);
  expect(story.slack.messages.map(({ via }) => via)).toEqual(['webhook', 'webhook']);
});

test('an incoming webhook, and nobody answers', async () => {
  story = openStory({ slack: 'webhook', list: { rounds: 2 } });
  story.members({ 佐藤: voicemail });
  await story.alert();
  expect(story.rings()).toHaveLength(6);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)',
    '順番: 佐藤 → 鈴木 → 高橋 (2周まで)',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':x: *誰も応答していません*',
    '順番: 佐藤 → 鈴木 → 高橋 (2周まで)',
    '<!channel> :x: *誰も応答しませんでした* (2周, のべ6回)。Mackerelの再通知が来たら、もう一度呼び出します',
  ]);
});

test('an incoming webhook, and the call breaks off', async () => {
  story = openStory({ slack: 'webhook' });
  story.mackerel.raise();
  await story.clock.run(70);
  await story.loseCall();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 canceled', '01:10 高橋 no-answer']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 高橋 を呼び出し中 (3人中3人目・1周目)',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    ':telephone: Mackerelからの通話が切れたため、直接呼び出します',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':x: *誰も応答していません*',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '<!channel> :x: *誰も応答しませんでした* (1周, のべ3回)。Mackerelの再通知が来たら、もう一度呼び出します',
  ]);
});

test('no Slack: nobody is told, the page is on record', async () => {
  story = openStory({ slack: 'none' });
  story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 answered pressed 2',
    '01:20 高橋 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([]);
  expect(story.network.log.filter(({ neighbour }) => neighbour === 'slack')).toEqual([]);
  expect(story.history()).toEqual([
    {
      startedAt: '2026-11-22T18:00:00.000Z',
      endedAt: '2026-11-22T18:01:34.000Z',
      end: 'taken',
      takenBy: '高橋',
      taker: 2,
      turn: 0,
      rings: 3,
      order: ['佐藤', '鈴木', '高橋'],
      alerts: ['2bje1qym3Fh'],
      attempts: expect.any(Array),
      isTest: false,
    },
  ]);
});

test('a faulty Slack setting counts as none, and the log says what to write instead', async () => {
  story = openStory({ slack: 'none', env: { SLACK_WEBHOOK_URL: 'hooks.slack.com/services/T0/B0/X0' } });
  story.members({ 佐藤: takes });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect([...new Set(story.log.filter((line) => line.includes('"warn"')))]).toEqual([
    '{"level":"warn","message":"SLACK_WEBHOOK_URL: write the whole URL, https://hooks.slack.com/services/…"}',
  ]);
});
