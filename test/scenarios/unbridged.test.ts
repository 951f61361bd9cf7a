/**
 * Whoever picks up is never bridged, and what Twilio then says of the Dial is not settled: it may sound as if nobody
 * had picked up. What people hear and read is the same.
 */
import { hangsUp, openStory, passes, type Story, takes, voicemail } from '../support/story';

let story: Story;
afterEach(() => story.close());

const ways = ['completed', 'no-answer'] as const;
const NO_KEY = ':mobile_phone_off: 佐藤: 電話には出たがキー操作なし(留守番電話など)';

test.each(
  ways.flatMap((unbridged) => [
    [unbridged, 'presses 2', passes, '00:15', ':arrow_right: 佐藤 が次の人に回しました'] as const,
    [unbridged, 'hangs up in the message', hangsUp(3), '00:08', NO_KEY] as const,
    [unbridged, 'is a voicemail', voicemail, '00:55', NO_KEY] as const,
  ]),
)('Twilio says %s: one %s, and the next is rung', async (unbridged, _what, reaction, next, told) => {
  story = openStory({ unconfirmed: { unbridged } });
  story.members({ 佐藤: reaction, 鈴木: takes });
  await story.alert();
  expect(story.rings()).toEqual([
    `00:00 佐藤 answered${reaction === passes ? ' pressed 2' : ''}`,
    `${next} 鈴木 answered pressed 1`,
  ]);
  expect(story.slackShows().slice(3, -1)).toEqual([
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    `→ ${told}`,
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
  ]);
  expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '鈴木', rings: 2 }]);
});

test.each(ways)('Twilio says %s: who presses 1 has taken it, and nobody else is rung', async (unbridged) => {
  story = openStory({ unconfirmed: { unbridged } });
  story.members({ 佐藤: takes });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.slackShows().at(-1)).toBe('→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)');
  expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '佐藤', rings: 1 }]);
});

describe('Sync is down', () => {
  test.each(ways)('and Twilio says %s: after 2 the next is rung, after 1 nobody', async (unbridged) => {
    story = openStory({ unconfirmed: { unbridged } });
    story.network.fault('sync', { kind: 'down' });
    story.members({ 佐藤: passes, 鈴木: takes });
    await story.alert();
    expect(story.rings().map((ring) => ring.slice(6))).toEqual([
      '佐藤 answered pressed 2',
      '鈴木 answered pressed 1',
    ]);
    expect(story.slackShows().join('\n')).toContain('*鈴木 が対応します*');
  });
});

test.each(ways)('picking up is enough, and Twilio says %s: nobody else is rung', async (unbridged) => {
  story = openStory({ list: { answer: 'pickup' }, unconfirmed: { unbridged } });
  story.members({ 佐藤: hangsUp(1) });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered']);
  expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '佐藤' }]);
  expect(story.slackShows().at(-1)).toContain('*佐藤 が対応します*');
});
