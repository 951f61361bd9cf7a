/** Whoever does not press 1 has not taken the alert, and the next member is rung. */
import {
  hangsUp,
  ignores,
  isBusy,
  isOff,
  openStory,
  picksUp,
  refuses,
  type Story,
  takes,
  voicemail,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

test.each([
  ['ignores it', ignores, '00:00 佐藤 no-answer', '応答なし', '01:05', '1分19秒'],
  ['is busy', isBusy, '00:00 佐藤 busy', '話し中', '00:01', '15秒'],
  ['refuses the call', refuses, '00:00 佐藤 busy', '話し中', '00:03', '17秒'],
  ['has it switched off', isOff, '00:00 佐藤 failed', 'つながらず', '00:01', '15秒'],
])('the phone rings and its owner %s', async (_how, reaction, ring, why, next, time) => {
  story = openStory();
  story.members({ 佐藤: reaction, 鈴木: takes });
  await story.alert();
  expect(story.rings()).toEqual([ring, `${next} 鈴木 answered pressed 1`]);
  expect(story.slackShows().slice(3)).toEqual([
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    `→ :mobile_phone_off: 佐藤: ${why}`,
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    `→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, ${time})`,
  ]);
});

test.each([
  ['a voicemail', voicemail, '00:55', '1分9秒'],
  ['somebody who falls asleep', picksUp, '00:40', '54秒'],
  ['somebody who hangs up in the middle of the message', hangsUp(3), '00:08', '22秒'],
  ['somebody who hangs up at once', hangsUp(0), '00:05', '19秒'],
])('%s picks up, which takes nothing', async (_who, reaction, next, time) => {
  story = openStory();
  story.members({ 佐藤: reaction, 鈴木: takes });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered', `${next} 鈴木 answered pressed 1`]);
  expect(story.slackShows().slice(3)).toEqual([
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :mobile_phone_off: 佐藤: 電話には出たがキー操作なし(留守番電話など)',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    `→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, ${time})`,
  ]);
});

test('a voicemail hears the message twice, is not connected to the hold music, and the ring moves on', async () => {
  story = openStory();
  story.members({ 佐藤: voicemail, 鈴木: takes });
  await story.alert();
  expect(story.heard('佐藤')).toEqual([
    '佐藤さん、マカレルのアラートです。',
    '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    '佐藤さん、マカレルのアラートです。',
    '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    '次の人に回します。',
  ]);
  expect(story.exchange.events.filter(({ kind }) => kind === 'bridged')).toEqual([]);
  expect(story.rings()).toEqual(['00:00 佐藤 answered', '00:55 鈴木 answered pressed 1']);
  expect(story.slackShows()).toHaveLength(9);
});

test.each([
  ['hangs up on the member', 'hang-up', hangsUp(30), '00:23', '38秒'],
  ['connects the member to the hold music', 'bridge', hangsUp(30), '00:35', '49秒'],
  ['connects somebody who falls asleep over it', 'bridge', picksUp, '03:05', '3分19秒'],
  ['connects a voicemail', 'bridge', voicemail, '01:20', '1分34秒'],
] as const)(
  'the message cannot be had, and Twilio %s',
  async (_what, whisperFailure, reaction, next, time) => {
    story = openStory({ unconfirmed: { whisperFailure }, faults: [11200] });
    story.exchange.delivery = ({ url }) =>
      url.pathname === '/answered' && url.searchParams.get('attempt') === '0' ? [] : [0];
    story.members({ 佐藤: reaction, 鈴木: takes });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered', `${next} 鈴木 answered pressed 1`]);
    expect(story.slackShows().slice(3)).toEqual([
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 電話には出たがキー操作なし(留守番電話など)',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      `→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, ${time})`,
    ]);
  },
);
