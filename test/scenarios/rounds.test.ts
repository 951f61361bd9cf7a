/** Nobody answers: everyone is rung again, and at the end Slack is told so that nobody can miss it. */
import { ignores, openStory, phoneOf, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

test('nobody answers in any round: the call ends, and the channel is called', async () => {
  story = openStory({ list: { rounds: 3, pauseSeconds: 30 } });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 no-answer',
    '02:10 高橋 no-answer',
    '03:45 佐藤 no-answer',
    '04:50 鈴木 no-answer',
    '05:55 高橋 no-answer',
    '07:30 佐藤 no-answer',
    '08:35 鈴木 no-answer',
    '09:40 高橋 no-answer',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':x: *誰も応答していません*',
    '順番: 佐藤 → 鈴木 → 高橋 (3周まで)',
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
    '⇒ :mobile_phone_off: 高橋: 応答なし',
    '⇒ <!channel> :x: *誰も応答しませんでした* (3周, のべ9回)。Mackerelの再通知が来たら、もう一度呼び出します',
  ]);
  const [call] = story.exchange.calls;
  const end = story.exchange.events.find((event) => event.kind === 'hung-up' && event.callSid === call?.sid);
  expect(end).toMatchObject({ who: 'twiml', status: 'completed' });
  expect(story.history()).toEqual([
    {
      startedAt: '2026-11-22T18:00:00.000Z',
      endedAt: '2026-11-22T18:10:45.000Z',
      end: 'unanswered',
      takenBy: null,
      turn: 0,
      rings: 9,
      order: ['佐藤', '鈴木', '高橋'],
      alerts: ['2bje1qym3Fh'],
      attempts: expect.any(Array),
      isTest: false,
    },
  ]);
});

test('while it waits for the next round, the page says so', async () => {
  story = openStory({ list: { members: ['佐藤', '鈴木'], rounds: 2, pauseSeconds: 120 } });
  story.members({ 佐藤: [ignores, takes] });
  story.mackerel.raise();
  await story.at(135);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':hourglass: 次の周まで休止中',
    '順番: 佐藤 → 鈴木 (2周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :mobile_phone_off: 鈴木: 応答なし',
  ]);
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 no-answer',
    '04:10 佐藤 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 (2周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :mobile_phone_off: 鈴木: 応答なし',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (3回目の呼び出し, 4分24秒)',
  ]);
});

test('the last one of a list of 25, with one member in it twice, takes the alert', async () => {
  const names = Array.from({ length: 25 }, (_, index) => (index === 20 ? '1番' : `${index + 1}番`));
  const members = names.map((name) => ({ name, phone: phoneOf(Number.parseInt(name, 10)) }));
  const [last, others] = ['25番', names.slice(0, -1)];
  story = openStory({ list: { members, ringSeconds: 15 } });
  story.members({ [last]: takes });
  await story.alert();
  const at = (ring: number) =>
    `${String(Math.floor(ring / 3)).padStart(2, '0')}:${String((ring % 3) * 20).padStart(2, '0')}`;
  expect(story.rings()).toEqual([
    ...others.map((name, ring) => `${at(ring)} ${name} no-answer`),
    '08:00 25番 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *25番* が対応中',
    `順番: ${names.join(' → ')} (1周まで)`,
    ...others.flatMap((name) => [
      `→ :telephone_receiver: ${name} を呼び出しています`,
      `→ :mobile_phone_off: ${name}: 応答なし`,
    ]),
    '→ :telephone_receiver: 25番 を呼び出しています',
    '→ :speech_balloon: 25番 が電話に出ました',
    '→ :white_check_mark: *25番 が対応します* (25回目の呼び出し, 8分15秒)',
  ]);
});

test('each member is rung for as long as the list says', async () => {
  story = openStory({
    list: { ringSeconds: 20, members: ['佐藤', { name: '鈴木', ringSeconds: 45 }, '高橋'] },
  });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '00:25 鈴木 no-answer', '01:15 高橋 no-answer']);
  expect(story.slackShows().at(-1)).toBe(
    '⇒ <!channel> :x: *誰も応答しませんでした* (1周, のべ3回)。Mackerelの再通知が来たら、もう一度呼び出します',
  );
});
