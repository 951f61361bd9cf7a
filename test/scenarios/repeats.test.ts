/** Callbacks that come twice, late, out of order or not at all change nothing of who is rung. */
import type { HookKind } from '../../switchboard';
import { deliver, ignores, openStory, passes, type Story, takes, voicemail } from '../support/story';

let story: Story;
afterEach(() => story.close());

const KINDS: readonly HookKind[] = ['twiml', 'action', 'whisper', 'gather', 'status'];
const all = (copies: readonly number[]) => deliver(Object.fromEntries(KINDS.map((kind) => [kind, copies])));

/** Everything that can come of a ring: no answer, a voicemail, a pass, and at last somebody. */
async function tellStory(): Promise<void> {
  story.members({ 佐藤: [ignores, takes], 鈴木: voicemail, 高橋: passes });
  await story.alert();
  await story.clock.run(120);
}

const slackShows = (time: string) => [
  ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
  ':white_check_mark: *佐藤* が対応中',
  '順番: 佐藤 → 鈴木 → 高橋 (2周まで)',
  '→ :telephone_receiver: 佐藤 を呼び出しています',
  '→ :mobile_phone_off: 佐藤: 応答なし',
  '→ :telephone_receiver: 鈴木 を呼び出しています',
  '→ :speech_balloon: 鈴木 が電話に出ました',
  '→ :mobile_phone_off: 鈴木: 電話には出たがキー操作なし(留守番電話など)',
  '→ :telephone_receiver: 高橋 を呼び出しています',
  '→ :speech_balloon: 高橋 が電話に出ました',
  '→ :arrow_right: 高橋 が次の人に回しました',
  '→ :telephone_receiver: 佐藤 を呼び出しています',
  '→ :speech_balloon: 佐藤 が電話に出ました',
  `→ :white_check_mark: *佐藤 が対応します* (4回目の呼び出し, ${time})`,
];

test.each([
  ['twice at once', all([0, 0])],
  ['twice, the second 3 s late', all([0, 3])],
  ['twice, the second 20 s late', all([0, 20])],
  ['twice, the second 100 s late', all([0, 100])],
  ['three times', all([0, 0.2, 1])],
  ['never, if they only tell', deliver({ status: [] })],
  ['late, if they only tell', deliver({ status: [14] })],
  ['behind the question what to do next, if they only tell', deliver({ status: [1] })],
])('callbacks come %s: nobody notices', async (_how, delivery) => {
  story = openStory({ list: { rounds: 2 } });
  story.exchange.delivery = delivery;
  await tellStory();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 answered',
    '02:00 高橋 answered pressed 2',
    '02:15 佐藤 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual(slackShows('2分29秒'));
});

test('the question what to do next comes a second behind all else', async () => {
  story = openStory({ list: { rounds: 2 } });
  story.exchange.delivery = deliver({ action: [1] });
  await tellStory();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:06 鈴木 answered',
    '02:02 高橋 answered pressed 2',
    '02:18 佐藤 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual(slackShows('2分32秒'));
});

test('every callback comes 3 s late: everything takes longer, and nothing else changes', async () => {
  story = openStory({ list: { rounds: 2 } });
  story.exchange.delivery = all([3]);
  await tellStory();
  expect(story.rings()).toEqual([
    '00:06 佐藤 no-answer',
    '01:14 鈴木 answered',
    '02:15 高橋 answered pressed 2',
    '02:39 佐藤 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual(slackShows('2分53秒'));
});

test("the first callbacks come 20 s late, when Twilio has given the call up: Mackerel's re-send rings", async () => {
  story = openStory({ resendEverySeconds: 600, faults: [11200] });
  story.exchange.delivery = all([20]);
  story.members({ 佐藤: takes, 鈴木: takes });
  await story.alert();
  expect(story.rings()).toEqual([]);
  story.exchange.delivery = all([0]);
  await story.clock.run(600);
  await story.untilQuiet();
  expect(story.rings()).toEqual(['10:00 鈴木 answered pressed 1']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :repeat: 途切れた呼び出しを次の人から再開します',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 9分39秒)',
  ]);
});
