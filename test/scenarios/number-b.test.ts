/** Mackerel's call gets nowhere: its Status Callback URL notices, and members are rung by calls of our own. */
import { ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const open = (options: StoryOptions) => {
  story = openStory(options);
  story.members({ 佐藤: ignores, 鈴木: takes });
};

const UNKNOWN = [
  ':rotating_light: *Mackerelのアラート `unknown`*',
  ':white_check_mark: *鈴木* が対応中',
  '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
  '→ :telephone_receiver: 佐藤 を呼び出しています',
  '→ :mobile_phone_off: 佐藤: 応答なし',
  '→ :telephone_receiver: 鈴木 を呼び出しています',
  '→ :speech_balloon: 鈴木 が電話に出ました',
  '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
];

test.each([
  ['busy', '00:01', '01:06'],
  ['unanswered', '01:05', '02:10'],
  ['out-of-order', '00:01', '01:06'],
] as const)('number B is %s', async (numberB, first, second) => {
  open({ numberB, mackerel: { statusCallback: true } });
  await story.alert();
  expect(story.rings()).toEqual([`${first} 佐藤 no-answer`, `${second} 鈴木 answered pressed 1`]);
  expect(story.slackShows()).toEqual(UNKNOWN);
});

test.each<[string, StoryOptions['mackerel']]>([
  ['the API', { statusCallback: true, apiKey: 'read' }],
  ['the webhook', { statusCallback: true, webhook: true }],
  ['both', { statusCallback: true, webhook: true, apiKey: 'write' }],
])('which alert it was about, %s knows; another one joins', async (_how, mackerel) => {
  open({ numberB: 'busy', mackerel });
  story.mackerel.raise({ monitorName: '決済' });
  await story.at(30);
  story.mackerel.raise({ monitorName: 'CPU' });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:01 佐藤 no-answer', '01:06 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')[0]).toMatch(
    /^鈴木さん、マカレルのアラートが2件出ています。最も重いものをお伝えします。クリティカル。決済、app01。/,
  );
  const slack = story.slackShows();
  expect(slack[0]).toContain('決済 — app01');
  expect(slack.find((line) => line.startsWith('•'))).toContain('CPU — app01');
  expect(story.history()).toMatchObject([{ alerts: ['2bje1qym3Fh', '2bjFLXPuGjC'] }]);
});

test('a closing ends it, too', async () => {
  open({ numberB: 'busy', mackerel: { statusCallback: true, webhook: true } });
  const id = story.mackerel.raise({ monitorName: '決済' });
  await story.at(20);
  story.mackerel.close(id);
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:01 佐藤 canceled']);
  expect(story.slackShows()).toContain('→ :zzz: *誰かが対応する前に閉じました*');
});

test('without the Status Callback URL nobody can notice', async () => {
  open({ numberB: 'busy' });
  await story.alert();
  expect(story.rings()).toEqual([]);
  expect(story.slackShows()).toEqual([]);
});

test.each([
  ['the first ever', false],
  ['a later one', true],
])('the TwiML could not be fetched, %s', async (_which, isLater) => {
  story = openStory({ faults: [11200], mackerel: { statusCallback: true } });
  story.members({ 佐藤: isLater ? [takes, ignores] : ignores, 鈴木: takes });
  if (isLater) await story.alert();
  await story.at(100);
  story.exchange.delivery = ({ url }) => (url.pathname === '/dial-list' ? [] : [0]);
  await story.alert();
  const rings = story.rings().slice(isLater ? 1 : 0);
  // Twilio waits 15 s for the TwiML, and then says so to number B.
  expect(rings).toEqual([
    expect.stringMatching(/^01:5[89] 佐藤 no-answer$/),
    '03:04 鈴木 answered pressed 1',
  ]);
  expect(story.slackShows().slice(isLater ? 6 : 0)).toEqual(
    UNKNOWN.map((line) => line.replace('1分19秒', '1分20秒')),
  );
});

test.each([
  ['while a phone rings', 70],
  ['between two rounds', 250],
])('it breaks off %s: the page goes on from the next position', async (_when, seconds) => {
  story = openStory({ list: { rounds: 2, pauseSeconds: 90 }, mackerel: { statusCallback: true } });
  story.phone('高橋').next(seconds > 100 ? ignores : takes);
  if (seconds > 100) story.members({ 佐藤: [ignores, takes] });
  story.mackerel.raise();
  await story.at(seconds);
  await story.loseCall();
  await story.untilQuiet();
  expect(story.rings()).toEqual(
    seconds > 100
      ? [
          '00:00 佐藤 no-answer',
          '01:05 鈴木 no-answer',
          '02:10 高橋 no-answer',
          '04:12 佐藤 answered pressed 1',
        ]
      : ['00:00 佐藤 no-answer', '01:05 鈴木 canceled', '01:10 高橋 answered pressed 1'],
  );
  expect(story.slackShows()).toContain('→ :telephone: Mackerelからの通話が切れたため、直接呼び出します');
});

test('a call that joined and was hung up by us is none that got lost', async () => {
  story = openStory({ mackerel: { statusCallback: true } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  story.mackerel.raise();
  await story.at(20);
  story.mackerel.raise();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')[0]).toBe('鈴木さん、マカレルのアラートが2件出ています。');
  expect(story.slackShows().filter((line) => line.startsWith('順番'))).toHaveLength(1);
});
