/** Slack fails: the phones ring all the same, nobody waits for it, and it is told late rather than never. */
import type { Fault } from '../../switchboard';
import { ignores, openStory, passes, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const down: Fault = { kind: 'down' };
const faults: [string, Fault][] = [
  ['refuses connections', down],
  ['hangs', { kind: 'hang' }],
  ['takes 8 s for an answer', { kind: 'slow', seconds: 8 }],
  ['answers 500', { kind: 'status', status: 500 }],
  ['answers 429', { kind: 'status', status: 429, headers: { 'retry-after': '30' } }],
  [
    'says that it is archived',
    {
      kind: 'status',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"ok":false,"error":"is_archived"}',
    },
  ],
];

/** Virtual milliseconds for which a Function awaited each request to Slack. */
function timeRequests(): number[] {
  const times: number[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = async (...request) => {
    const at = Date.now();
    try {
      return await fetch(...request);
    } finally {
      times.push(Date.now() - at);
    }
  };
  return times;
}

test.each(faults)('throughout, Slack %s: the ringing does not suffer', async (_how, fault) => {
  story = openStory();
  story.network.fault('slack', fault);
  const requests = timeRequests();
  story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 answered pressed 2',
    '01:20 高橋 answered pressed 1',
  ]);
  expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '高橋', rings: 3 }]);

  const spoken = story.answers().filter(({ path }) => path !== '/dial-status');
  const heard = spoken.filter(({ step }) => step !== undefined && step !== 'hang-up');
  expect(heard.map(({ path, step }) => `${path} ${step}`)).toEqual([
    '/dial-list ring',
    '/dial-ended ring',
    '/answered brief',
    '/answered-key confirm-passed',
    '/dial-ended ring',
    '/answered brief',
    '/answered-key confirm-taken',
    '/answered-key let-go',
  ]);
  expect(Math.max(...heard.map(({ ms }) => ms))).toBeLessThan(500);
  expect(Math.max(...requests)).toBeLessThanOrEqual(2_000);
  expect(Math.max(...story.functions.invocations.map(({ ms }) => ms))).toBeLessThan(5_000);
  // What is slow, not down, has done its work unknown to us: it was told again.
  expect(story.slackShows()).toHaveLength(fault.kind === 'slow' ? 27 : 0);
});

test('at first, and back later: the news is told late, in order, once', async () => {
  story = openStory();
  story.network.fault('slack', down);
  story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
  story.mackerel.raise();
  await story.clock.run(75);
  story.network.fault('slack', undefined);
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 answered pressed 2',
    '01:20 高橋 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *高橋* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :arrow_right: 鈴木 が次の人に回しました',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '→ :speech_balloon: 高橋 が電話に出ました',
    '→ :white_check_mark: *高橋 が対応します* (3回目の呼び出し, 1分34秒)',
  ]);
});

test('back just before the end: all of it is told at the end', async () => {
  story = openStory();
  story.network.fault('slack', down);
  story.members({ 佐藤: ignores, 鈴木: passes, 高橋: ignores });
  story.mackerel.raise();
  await story.clock.run(130);
  story.network.fault('slack', undefined);
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 answered pressed 2',
    '01:20 高橋 no-answer',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':x: *誰も対応していません*',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :arrow_right: 鈴木 が次の人に回しました',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '⇒ :mobile_phone_off: 高橋: 応答なし',
    '⇒ <!channel> :x: *誰も対応していません* (1周, のべ3回, うち1回は次の人に回されました)。Mackerelの再通知が来たら、もう一度呼び出します',
  ]);
});

test('until after the end: the next page brings the news along, and says what it was about', async () => {
  story = openStory();
  story.network.fault('slack', down);
  story.members({ 佐藤: [takes, ignores], 鈴木: takes });
  await story.alert();
  story.network.fault('slack', undefined);
  await story.at(60);
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 佐藤 answered pressed 1',
    '01:00 佐藤 no-answer',
    '02:05 鈴木 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
    ':rotating_light: *Mackerelのアラート `2bjFLXPuGjC`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
  ]);
});

test('every third request: still everything is told once', async () => {
  story = openStory({ list: { rounds: 2 } });
  let requests = 0;
  story.network.fault('slack', () => (requests++ % 3 === 1 ? down : undefined));
  story.members({ 佐藤: [ignores, passes], 鈴木: [passes, takes] });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 answered pressed 2',
    '01:20 高橋 no-answer',
    '02:25 佐藤 answered pressed 2',
    '02:41 鈴木 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (2周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :arrow_right: 鈴木 が次の人に回しました',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '→ :mobile_phone_off: 高橋: 応答なし',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :arrow_right: 佐藤 が次の人に回しました',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (5回目の呼び出し, 2分55秒)',
  ]);
});

test('and Sync as well: the phones still ring, and 1 still ends it', async () => {
  story = openStory();
  story.network.fault('slack', { kind: 'hang' });
  story.network.fault('sync', { kind: 'hang' });
  story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:01 佐藤 no-answer',
    '01:07 鈴木 answered pressed 2',
    '01:27 高橋 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([]);
  const heard = story.answers().filter(({ step }) => step === 'ring' || step === 'brief');
  expect(Math.max(...heard.map(({ ms }) => ms))).toBeLessThan(3_000);
  expect(Math.max(...story.functions.invocations.map(({ ms }) => ms))).toBeLessThan(8_000);
});
