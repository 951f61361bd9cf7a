/** One phone at a time: whatever Mackerel says while people are rung joins what is going on. */
import { ignores, openStory, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

test("Mackerel's re-send of an alert that is being rung about rings nobody anew", async () => {
  story = openStory({ list: { rounds: 4 }, resendEverySeconds: 600 });
  story.members({ 佐藤: [ignores, ignores, ignores, ignores], 鈴木: [ignores, ignores, ignores, takes] });
  await story.alert();
  expect(story.mackerel.calls).toHaveLength(2);
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 no-answer',
    '02:10 高橋 no-answer',
    '03:15 佐藤 no-answer',
    '04:20 鈴木 no-answer',
    '05:25 高橋 no-answer',
    '06:30 佐藤 no-answer',
    '07:35 鈴木 no-answer',
    '08:40 高橋 no-answer',
    '09:45 佐藤 no-answer',
    '10:50 鈴木 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (4周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :mobile_phone_off: 鈴木: 応答なし',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '→ :mobile_phone_off: 高橋: 応答なし',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :mobile_phone_off: 鈴木: 応答なし',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '→ :mobile_phone_off: 高橋: 応答なし',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :mobile_phone_off: 鈴木: 応答なし',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '→ :mobile_phone_off: 高橋: 応答なし',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (11回目の呼び出し, 11分4秒)',
  ]);
});

test("Mackerel's re-sends of an alert that somebody took ring nobody for the quiet time, and then again", async () => {
  story = openStory({ list: { quietMinutes: 25 }, resendEverySeconds: 600 });
  story.members({ 佐藤: [takes, ignores], 鈴木: takes });
  await story.alert();
  await story.at(29 * 60);
  expect(story.mackerel.calls).toHaveLength(3);
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
    '→ :mute: 再通知: 佐藤が対応中のため、あと16分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
    '→ :mute: 再通知: 佐藤が対応中のため、あと6分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
  ]);
  await story.at(30 * 60);
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 answered pressed 1',
    '30:00 佐藤 no-answer',
    '31:05 鈴木 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中 (その後の呼び出しで)',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
    '→ :mute: 再通知: 佐藤が対応中のため、あと16分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
    '→ :mute: 再通知: 佐藤が対応中のため、あと6分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :repeat: まだ閉じていないため、対応中の佐藤から呼び出します',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
  ]);
});

test("without a quiet time, Mackerel's re-send of an alert that somebody took rings again", async () => {
  story = openStory({ list: { quietMinutes: 0 }, resendEverySeconds: 600 });
  story.members({ 佐藤: [takes, ignores], 鈴木: takes });
  await story.alert();
  await story.at(600);
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 answered pressed 1',
    '10:00 佐藤 no-answer',
    '11:05 鈴木 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中 (その後の呼び出しで)',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :repeat: まだ閉じていないため、対応中の佐藤から呼び出します',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
  ]);
});

test('another alert joins the page, and is taken with it', async () => {
  story = openStory();
  story.members({ 佐藤: ignores, 鈴木: takes });
  const first = story.mackerel.raise();
  await story.clock.run(20);
  const second = story.mackerel.raise();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')).toEqual([
    '鈴木さん、マカレルのアラートが2件出ています。',
    '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    '2件まとめて、鈴木さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    '• Mackerelのアラート `2bjFLXPuGjC`',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjFLXPuGjC`',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分20秒)',
  ]);
  expect(story.history()).toMatchObject([{ alerts: [first, second], takenBy: '鈴木' }]);
});

test('an alert that comes while somebody listens is theirs as well', async () => {
  story = openStory();
  story.members({ 佐藤: takes });
  story.mackerel.raise();
  await story.clock.run(8);
  story.mackerel.raise();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.heard('佐藤')).toEqual([
    '佐藤さん、マカレルのアラートです。',
    '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    'お聞きの間に1件増えました。2件まとめて、佐藤さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    '• Mackerelのアラート `2bjFLXPuGjC`',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjFLXPuGjC`',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
  ]);
});

test('five alerts of the same moment make one page', async () => {
  story = openStory();
  story.members({ 佐藤: takes });
  for (let alerts = 0; alerts < 5; alerts++) story.mackerel.raise();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    '• Mackerelのアラート `2bjFLXPuGjC`',
    '• Mackerelのアラート `2bjThSUhDmf`',
    '• Mackerelのアラート `2bjiySb88tb`',
    '• Mackerelのアラート `2bjxsnMuo1v`',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjFLXPuGjC`',
    '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjThSUhDmf`',
    '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjiySb88tb`',
    '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjxsnMuo1v`',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 15秒)',
  ]);
});

test.each([10, 20, 30])('of %d alerts of the same moment none is lost', async (count) => {
  story = openStory();
  story.members({ 佐藤: takes });
  const alerts = Array.from({ length: count }, () => story.mackerel.raise());
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  const [page] = story.history();
  expect([...(page?.alerts ?? [])].sort()).toEqual(alerts.sort());
  const shown = story.slackShows().join('\n');
  expect(alerts.filter((alert) => !shown.includes(alert))).toEqual([]);
});

test('an alert after the page is over makes a page of its own', async () => {
  story = openStory();
  story.members({ 佐藤: [takes, takes] });
  await story.alert();
  await story.at(60);
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '01:00 佐藤 answered pressed 1']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
    ':rotating_light: *Mackerelのアラート `2bjFLXPuGjC`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
  ]);
});
