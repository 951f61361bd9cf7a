/** "start": "webhook": no number B, no hold leg, no Twilio channel. The webhook starts pages, calls of our own ring people. */
import { answers } from '../../switchboard';
import {
  ignores,
  isBusy,
  isOff,
  openStory,
  passes,
  presses,
  type Story,
  type StoryOptions,
  takes,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

const open = ({ list, ...options }: StoryOptions = {}) => {
  story = openStory({ ...options, list: { start: 'webhook', ...list } });
};

const standings = () =>
  story.slackShows().filter((line) => /^:(x|zzz|white_check_mark|telephone_receiver)/.test(line));

test('people are rung one after another, round after round, and nothing else is', async () => {
  open({ list: { rounds: 2 } });
  story.members({ 鈴木: [passes, takes], 高橋: isBusy });
  story.mackerel.raise({ monitorName: '決済' });
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 answered pressed 2',
    expect.stringMatching(/^01:[23]\d 高橋 busy$/),
    expect.stringMatching(/^01:[23]\d 佐藤 no-answer$/),
    expect.stringMatching(/^02:[34]\d 鈴木 answered pressed 1$/),
  ]);
  expect(story.mackerel.calls).toEqual([]);
  expect(story.exchange.calls.filter(({ direction }) => direction !== 'outbound-api')).toEqual([]);
  const [headline, ...others] = story.slackShows();
  expect(headline).toContain('|決済 — app01>');
  expect(others.filter((line) => line.startsWith('→'))).toEqual([
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :arrow_right: 鈴木 が次の人に回しました',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '→ :mobile_phone_off: 高橋: 話し中',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    expect.stringMatching(/^→ :white_check_mark: \*鈴木 が対応します\* \(5回目の呼び出し, [23]分\d+秒\)$/),
  ]);
});

test('another alert joins', async () => {
  open();
  story.members({ 佐藤: ignores, 鈴木: takes });
  story.mackerel.raise({ monitorName: '決済', status: 'WARNING' });
  await story.at(20);
  story.mackerel.raise({ monitorName: 'CPU' });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')[0]).toMatch(
    /アラートが2件出ています。最も重いものをお伝えします。クリティカル。CPU、app01。/,
  );
  expect(story.slackShows().join()).toContain('加わりました');
});

test('it closes while the phone rings: the phone stops', async () => {
  open();
  const id = story.mackerel.raise({ monitorName: '決済' });
  await story.at(30);
  story.mackerel.close(id);
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 canceled']);
  expect(standings()).toEqual([':zzz: アラートは閉じました']);
});

test('it closes while the message is read', async () => {
  open();
  story.members({ 佐藤: presses() });
  const id = story.mackerel.raise({ monitorName: '決済' });
  await story.at(8);
  story.mackerel.close(id);
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered']);
  expect(standings()).toEqual([':zzz: アラートは閉じました']);
});

test('warning, then critical, after it was taken: rung again at once', async () => {
  open();
  story.members({ 佐藤: [takes, takes] });
  const id = story.mackerel.raise({ monitorName: '決済', status: 'WARNING' });
  await story.at(60);
  story.mackerel.change(id, 'CRITICAL');
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '01:00 佐藤 answered pressed 1']);
  expect(story.slackShows()).toContain('→ :chart_with_upwards_trend: 悪化したため、すぐに呼び出します');
});

test('a re-send within 30 minutes of the taking rings nobody', async () => {
  open({ resendEverySeconds: 600 });
  story.members({ 佐藤: takes });
  const id = story.mackerel.raise({ monitorName: '決済' });
  await story.at(700);
  story.mackerel.close(id);
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.slackShows().filter((line) => line.includes(':mute:'))).toHaveLength(1);
});

test('nobody answers: it is rung again every repeatMinutes, as Mackerel sends it again', async () => {
  open({ resendEverySeconds: 600, list: { repeatMinutes: 10 } });
  story.members({ 佐藤: [ignores, takes] });
  const id = story.mackerel.raise({ monitorName: '決済' });
  await story.at(630);
  story.mackerel.close(id);
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 no-answer',
    '02:10 高橋 no-answer',
    '10:00 佐藤 answered pressed 1',
  ]);
  expect(standings()).toEqual([':zzz: 閉じました (*佐藤* が対応)', ':zzz: 閉じました (*佐藤* が対応)']);
});

test('nobody answers: after repeatMinutes the next alert takes it along', async () => {
  open({ list: { repeatMinutes: 10 } });
  story.members({ 佐藤: [ignores, takes] });
  story.mackerel.raise({ monitorName: '決済' });
  await story.at(1_200);
  story.mackerel.raise({ monitorName: 'CPU' });
  await story.untilQuiet();
  expect(story.rings().at(-1)).toBe('20:00 佐藤 answered pressed 1');
  expect(story.heard('佐藤')[0]).toMatch(/アラートが2件出ています/);
  expect(story.slackShows().length).toBeGreaterThan(12);
});

test('nobody answers: once it is due, whatever Mackerel tells of is the occasion to ring again', async () => {
  open({ list: { repeatMinutes: 10 }, resendEverySeconds: undefined });
  story.members({ 佐藤: [takes, ignores, takes] });
  const first = story.mackerel.raise({ monitorName: '決済' });
  await story.at(60);
  story.mackerel.raise({ monitorName: 'CPU' });
  await story.at(700);
  story.mackerel.close(first);
  await story.untilQuiet();
  expect(story.rings().at(-1)).toBe('11:40 佐藤 answered pressed 1');
  expect(story.heard('佐藤')[0]).toContain('CPU');
  expect(story.slackShows().length).toBeGreaterThan(12);
});

test('nobody answers, and its closing is lost: the API is asked before it rings again', async () => {
  open({ list: { repeatMinutes: 10 }, mackerel: { apiKey: 'read' }, resendEverySeconds: undefined });
  story.members({ 佐藤: [ignores, takes, takes] });
  const first = story.mackerel.raise({ monitorName: '決済' });
  await story.at(300);
  const second = story.mackerel.raise({ monitorName: 'CPU' });
  await story.at(400);
  const { handle } = story.functions;
  Object.assign(story.functions, { handle: () => Promise.reject(new Error('lost')) });
  story.mackerel.close(first);
  await story.at(401);
  Object.assign(story.functions, { handle });
  await story.at(1_000);
  story.mackerel.close(second);
  await story.untilQuiet();
  expect(story.rings().at(-1)).toBe('05:00 佐藤 answered pressed 1');
  expect(story.slackShows().join('\n')).toMatch(/:zzz: .*決済|:zzz: \*誰かが対応する前に閉じました\*/);
});

test('what nobody answered is not forgotten, whatever was rung about in between', async () => {
  open({ list: { repeatMinutes: 10 } });
  story.members({ 佐藤: [ignores, ignores, takes] });
  story.mackerel.raise({ monitorName: '決済' });
  await story.at(300);
  story.mackerel.raise({ monitorName: 'CPU' });
  await story.at(1_500);
  story.mackerel.raise({ monitorName: 'ディスク' });
  await story.untilQuiet();
  expect(story.rings().at(-1)).toBe('25:00 佐藤 answered pressed 1');
  expect(story.heard('佐藤')[0]).toMatch(/アラートが3件出ています/);
  expect(story.slackShows().length).toBeGreaterThan(12);
});

test.each([
  ['a voicemail that never hangs up', { kind: 'voicemail', after: 20, records: 3_600 }],
  [
    'a sleeper with a thumb on the star',
    answers(
      Array.from(
        { length: 100 },
        () =>
          [
            { kind: 'wait', seconds: 5 },
            { kind: 'press', digits: '*' },
          ] as const,
      ).flat(),
    ),
  ],
] as const)('%s costs three minutes at most, and the next is rung', async (_who, reaction) => {
  open();
  story.members({ 佐藤: reaction, 鈴木: takes });
  story.mackerel.raise({ monitorName: '決済' });
  await story.untilQuiet();
  expect(story.rings()[1]).toMatch(/^0[1-3]:\d\d 鈴木 answered pressed 1$/);
  const [leg] = story.exchange.calls;
  expect((Number(leg?.endedAt) - Number(leg?.answeredAt)) / 1000).toBeLessThanOrEqual(180);
  expect(story.slackShows().join('\n')).toContain('佐藤: 電話には出たがキー操作なし(留守番電話など)');
});

test('phones that are off are passed over within moments', async () => {
  open();
  story.members({ 佐藤: isOff, 鈴木: isOff, 高橋: takes });
  story.mackerel.raise({ monitorName: '決済' });
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 failed',
    expect.stringMatching(/ 鈴木 failed$/),
    expect.stringMatching(/^00:0\d 高橋 answered pressed 1$/),
  ]);
  expect(story.slackShows().join('\n')).toContain('鈴木: つながらず');
});

test('CALLER_ID is not set: nobody can be rung, which Mackerel, the channel and the log are told', async () => {
  open({ list: { repeatMinutes: 30 }, env: { CALLER_ID: '' }, resendEverySeconds: 600 });
  story.mackerel.raise({ monitorName: '決済' });
  await story.at(700);
  // Sent again, it is not due to ring again yet: that it could not is told all the same.
  expect(story.mackerel.deliveries.map(({ status }) => status)).toEqual([503, 503]);
  expect(story.rings()).toEqual([]);
  expect(story.slackShows().join('\n')).toContain('<!channel>');
  expect(story.log.join()).toContain('CALLER_ID is not set');
});

test('Twilio takes no call: that nobody was rung is told to Mackerel and the channel', async () => {
  open();
  story.network.fault('twilio', { kind: 'down' });
  story.mackerel.raise({ monitorName: '決済' });
  await story.untilQuiet();
  expect(story.rings()).toEqual([]);
  expect(story.mackerel.deliveries.map(({ status }) => status)).toEqual([503]);
  expect(story.slackShows().join('\n')).toContain('<!channel>');
});
