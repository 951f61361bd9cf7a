/** A list with `"answer": "pickup"`: picking up takes the alert, whatever picks up. */
import { hangsUp, ignores, openStory, picksUp, type Story, voicemail } from '../support/story';

let story: Story;
afterEach(() => story.close());

test.each([
  ['somebody', picksUp, '1分10秒'],
  ['a voicemail, which counts here', voicemail, '1分25秒'],
])('%s picks up, and that is that', async (_who, reaction, time) => {
  story = openStory({ list: { answer: 'pickup' } });
  story.members({ 佐藤: ignores, 鈴木: reaction });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered']);
  expect(story.heard('鈴木')).toEqual([
    '鈴木さん、マカレルのアラートです。',
    '鈴木さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    `→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, ${time})`,
  ]);
});

const withoutMessage = ({ url }: { url: URL }) =>
  url.pathname === '/answered' && url.searchParams.get('attempt') === '0' ? [] : [0];

test('the message cannot be had, and Twilio hangs up: nobody has taken the alert', async () => {
  story = openStory({
    list: { answer: 'pickup' },
    unconfirmed: { whisperFailure: 'hang-up' },
    faults: [11200],
  });
  story.exchange.delivery = withoutMessage;
  story.members({ 佐藤: picksUp, 鈴木: picksUp });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered', '00:23 鈴木 answered']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 電話には出たがキー操作なし(留守番電話など)',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 28秒)',
  ]);
});

test('the message cannot be had, and Twilio connects the two: picking up has taken the alert', async () => {
  story = openStory({
    list: { answer: 'pickup' },
    unconfirmed: { whisperFailure: 'bridge' },
    faults: [11200],
  });
  story.exchange.delivery = withoutMessage;
  story.members({ 佐藤: hangsUp(30) });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 35秒)',
  ]);
});
