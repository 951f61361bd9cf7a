/** What comes again: re-sends of Mackerel, callbacks of Twilio. */

import type { HookKind } from '../../switchboard';
import {
  deliver,
  ignores,
  openStory,
  passes,
  type Story,
  type StoryOptions,
  takes,
  voicemail,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

/** Somebody took the alert, it stays open, and Mackerel says so again: quiet for a while, then the taker first. */
describe('re-sent after it was taken', () => {
  /** An alert that is re-sent until it closes. */
  async function openUntil(seconds: number): Promise<void> {
    const id = story.mackerel.raise({ monitorName: '決済' });
    await story.at(seconds);
    story.mackerel.close(id);
    await story.untilQuiet();
  }

  const thread = () => story.slackShows().filter((line) => /:(mute|repeat|chart)/.test(line));

  test('for 30 minutes a re-send rings nobody, and Slack says for how much longer', async () => {
    story = openStory({ resendEverySeconds: 600 });
    story.members({ 佐藤: takes });
    await openUntil(1_750);
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.mackerel.calls).toHaveLength(3);
    expect(thread()).toEqual([
      '→ :mute: 再通知: 佐藤が対応中のため、あと21分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
      '→ :mute: 再通知: 佐藤が対応中のため、あと11分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
    ]);
  });

  test('31 minutes after it was taken, the taker is rung first, then the rest', async () => {
    story = openStory({ resendEverySeconds: 1_939 });
    story.members({ 佐藤: [ignores, ignores], 鈴木: [takes, ignores], 高橋: takes });
    await openUntil(2_200);
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 answered pressed 1',
      '32:19 鈴木 no-answer',
      '33:24 佐藤 no-answer',
      '34:29 高橋 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *高橋* が対応中 (その後の呼び出しで)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *高橋* が対応中',
      '順番: 鈴木 → 佐藤 → 高橋 (1周まで)',
      '→ :repeat: まだ閉じていないため、対応中の鈴木から呼び出します',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '→ :speech_balloon: 高橋 が電話に出ました',
      '→ :white_check_mark: *高橋 が対応します* (3回目の呼び出し, 2分24秒)',
    ]);
  });

  test("the rest comes in the order of the alert's first date, though the duty has changed hands meanwhile", async () => {
    const rotation = { every: 'day', at: '03:10', since: '2026-11-23' };
    story = openStory({ resendEverySeconds: 1_860, list: { rotation } });
    story.members({ 高橋: [passes, ignores], 佐藤: [takes, ignores], 鈴木: takes });
    await openUntil(2_100);
    expect(story.rings()).toEqual([
      '00:00 高橋 answered pressed 2',
      '00:15 佐藤 answered pressed 1',
      '31:00 佐藤 no-answer',
      '32:05 高橋 no-answer',
      '33:10 鈴木 answered pressed 1',
    ]);
    expect(thread()).toEqual(['→ :repeat: まだ閉じていないため、対応中の佐藤から呼び出します']);
  });

  test('the taker takes it again, and it is quiet again', async () => {
    story = openStory({ resendEverySeconds: 600, list: { quietMinutes: 15 } });
    story.members({ 佐藤: [takes, takes] });
    await openUntil(1_850);
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '20:00 佐藤 answered pressed 1']);
    expect(thread()).toEqual([
      '→ :mute: 再通知: 佐藤が対応中のため、あと6分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
      '→ :repeat: まだ閉じていないため、対応中の佐藤から呼び出します',
      '→ :mute: 再通知: 佐藤が対応中のため、あと6分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
    ]);
  });

  test('0 minutes: never quiet', async () => {
    story = openStory({ resendEverySeconds: 600, list: { quietMinutes: 0 } });
    story.members({ 佐藤: [takes, takes] });
    await openUntil(650);
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '10:00 佐藤 answered pressed 1']);
    expect(thread()).toEqual(['→ :repeat: まだ閉じていないため、対応中の佐藤から呼び出します']);
  });

  test('nobody took it: a re-send rings from the top', async () => {
    story = openStory({ resendEverySeconds: 600 });
    story.members({ 佐藤: [ignores, takes] });
    await openUntil(700);
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 no-answer',
      '02:10 高橋 no-answer',
      '10:00 佐藤 answered pressed 1',
    ]);
    expect(thread()).toEqual([]);
    expect(story.slackShows().length).toBeGreaterThan(12);
  });

  const sources: [string, StoryOptions['mackerel']][] = [
    ['by the API', { apiKey: 'read' }],
    ['by the webhook', { webhook: true }],
    ['by both', { apiKey: 'write', webhook: true }],
  ];

  test.each(sources)('warning, then critical (told %s): rung again at once', async (_how, mackerel) => {
    story = openStory({ mackerel });
    story.members({ 佐藤: [takes, takes] });
    const id = story.mackerel.raise({ status: 'WARNING', monitorName: '決済' });
    await story.at(60);
    story.mackerel.change(id, 'CRITICAL');
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '01:00 佐藤 answered pressed 1']);
    expect(story.heard('佐藤')[0]).toBe(
      '佐藤さん、マカレルのアラートです。クリティカル。決済、app01。loadavg5は2.26で、しきい値の1.96を上回っています。1分前から続いています。',
    );
    expect(thread()).toEqual(['→ :chart_with_upwards_trend: 悪化したため、すぐに呼び出します']);
  });

  test.each(sources)('critical, then warning (told %s): nobody is woken for it', async (_how, mackerel) => {
    story = openStory({ mackerel });
    story.members({ 佐藤: takes });
    const id = story.mackerel.raise({ status: 'CRITICAL', monitorName: '決済' });
    await story.at(60);
    story.mackerel.change(id, 'WARNING');
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(thread()).toEqual([
      expect.stringMatching(/^→ :mute: 再通知: 佐藤が対応中のため、あと30分は呼び出しません/),
    ]);
  });

  describe('the Twilio channel alone, which does not tell how bad an alert is', () => {
    const CHANGED =
      '→ :chart_with_upwards_trend: 再通知より早くMackerelから電話が来ました。状態が変わり、悪化したかもしれないため、すぐに呼び出します';

    test('taken as a warning, critical five minutes later: it rings at once, the taker first', async () => {
      story = openStory({ resendEverySeconds: 600 });
      story.members({ 佐藤: ignores, 鈴木: [takes, takes] });
      const id = story.mackerel.raise({ status: 'WARNING', monitorName: '決済' });
      await story.at(300);
      story.mackerel.change(id, 'CRITICAL');
      await story.at(400);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual([
        '00:00 佐藤 no-answer',
        '01:05 鈴木 answered pressed 1',
        '05:00 鈴木 answered pressed 1',
      ]);
      expect(thread()).toEqual([CHANGED]);
    });

    test('three minutes after a re-send: the same', async () => {
      story = openStory({ resendEverySeconds: 600 });
      story.members({ 佐藤: [takes, takes] });
      const id = story.mackerel.raise({ status: 'WARNING', monitorName: '決済' });
      await story.at(780);
      story.mackerel.change(id, 'CRITICAL');
      await story.at(900);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '13:00 佐藤 answered pressed 1']);
      expect(thread()).toEqual([expect.stringMatching(/^→ :mute:/), CHANGED]);
    });

    test('later than that it may be a re-send, and is taken for one', async () => {
      story = openStory();
      story.members({ 佐藤: takes });
      const id = story.mackerel.raise({ status: 'WARNING', monitorName: '決済' });
      await story.at(700);
      story.mackerel.change(id, 'CRITICAL');
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
      expect(thread()).toEqual([expect.stringMatching(/^→ :mute:/)]);
    });
  });

  test.each(sources)(
    'warning, then critical while people are rung (told %s): it is said',
    async (_how, mackerel) => {
      story = openStory({ mackerel });
      story.members({ 佐藤: ignores, 鈴木: takes });
      const id = story.mackerel.raise({ status: 'WARNING', monitorName: '決済' });
      await story.at(30);
      story.mackerel.change(id, 'CRITICAL');
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(story.heard('鈴木')[0]).toContain('クリティカル。決済、app01。');
      expect(thread()).toEqual([
        expect.stringMatching(/^→ :chart_with_upwards_trend: 悪化しました: .*決済 — app01/),
      ]);
    },
  );

  test('an alert whose id was lost is never taken for a re-send', async () => {
    story = openStory({ numberB: 'busy', mackerel: { statusCallback: true } });
    story.members({ 佐藤: [takes, takes] });
    story.mackerel.raise();
    await story.at(300);
    story.mackerel.raise();
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:01 佐藤 answered pressed 1', '05:01 佐藤 answered pressed 1']);
    expect(thread()).toEqual([]);
    expect(story.slackShows()).toHaveLength(12);
  });
});

/** Callbacks that come twice, late, out of order or not at all change nothing of who is rung. */
describe('callbacks', () => {
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

  test.each([0, 1, 20])(
    'Mackerel’s call about what somebody has asks twice, %d s apart: it is said once',
    async (apart) => {
      story = openStory({ resendEverySeconds: 600 });
      story.members({ 佐藤: takes });
      const id = story.mackerel.raise();
      await story.at(590);
      story.exchange.delivery = deliver({ twiml: [0, apart] });
      await story.at(700);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(1);
      expect(story.slackShows().filter((line) => line.includes(':mute:'))).toHaveLength(1);
    },
  );

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
});
