/** Alerts that come while people are rung: they join the page, and whoever takes it takes them all. */
import { answers } from '../../switchboard';
import { ignores, openStory, passes, pressesAfter, type Story, takes, voicemail } from '../support/story';

let story: Story;
afterEach(() => story.close());

const KEYS = '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。';
const MEASURED = 'loadavg5は2.26で、しきい値の1.96を上回っています。';
const LINK = (id: string, title: string) => `<https://mackerel.io/orgs/switchboard/alerts/${id}|${title}>`;

/** Of Mackerel's calls, each with its seconds. */
const callsOfMackerel = () =>
  story.exchange.calls
    .filter(({ direction }) => direction === 'outbound-api')
    .map(({ status, createdAt, endedAt }) => [status, Math.round((Number(endedAt) - createdAt) / 1000)]);

test('its own call is hung up at once, and the one rung next hears of all', async () => {
  story = openStory();
  story.members({ 佐藤: ignores, 鈴木: takes });
  story.mackerel.raise();
  await story.at(20);
  story.mackerel.raise();
  await story.at(30);
  story.mackerel.raise();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(callsOfMackerel()).toEqual([
    ['completed', expect.any(Number)],
    ['completed', 0],
    ['completed', 0],
  ]);
  expect(story.heard('鈴木')).toEqual([
    '鈴木さん、マカレルのアラートが3件出ています。',
    KEYS,
    '3件まとめて、鈴木さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    '• Mackerelのアラート `2bjFLXPuGjC`',
    '• Mackerelのアラート `2bjxsnMuo1v`',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjFLXPuGjC`',
    '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjxsnMuo1v`',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分20秒)',
  ]);
  expect(story.history()).toMatchObject([{ alerts: ['2bje1qym3Fh', '2bjFLXPuGjC', '2bjxsnMuo1v'] }]);
});

test('the worst is told first, whichever came first; of many the rest is a number', async () => {
  story = openStory({ mackerel: { webhook: true } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  const statuses = [
    'WARNING',
    'UNKNOWN',
    'WARNING',
    'CRITICAL',
    'WARNING',
    'WARNING',
    'UNKNOWN',
    'WARNING',
  ] as const;
  for (const [index, status] of statuses.entries()) {
    story.mackerel.raise({ status, monitorName: `監視${index + 1}` });
    await story.clock.run(3);
  }
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')[0]).toBe(
    `鈴木さん、マカレルのアラートが8件出ています。最も重いものをお伝えします。クリティカル。監視4、app01。${MEASURED}1分前から続いています。続いて、状態不明、監視2、app01。ほか6件です。`,
  );
  const slack = story.slackShows();
  const standing = slack.indexOf(':white_check_mark: *鈴木* が対応中');
  expect(slack.slice(0, standing).filter((line) => !line.startsWith('>'))).toEqual([
    expect.stringContaining(
      'CRITICAL *<https://mackerel.io/orgs/switchboard/alerts/2bjThSUhDmf|監視4 — app01>*',
    ),
    expect.stringContaining('監視2'),
    expect.stringContaining('監視7'),
    expect.stringContaining('監視1'),
    expect.stringContaining('監視3'),
    expect.stringContaining('監視5'),
    'ほか2件',
  ]);
});

test('and in English: "and 2 more"', async () => {
  story = openStory({ list: { language: 'en', members: ['Ann', 'Bob'] } });
  story.members({ Ann: ignores, Bob: takes });
  for (let alert = 0; alert < 8; alert++) {
    story.mackerel.raise();
    await story.clock.run(3);
  }
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 Ann no-answer', '01:05 Bob answered pressed 1']);
  expect(story.heard('Bob')).toEqual([
    'Bob, Mackerel has 8 alerts.',
    'Press 1 to take it, 2 to pass it on, star to hear this again.',
    'All 8 alerts are yours, Bob. Thank you.',
  ]);
  expect(story.slackShows()).toContain('and 2 more');
});

test('while somebody listens: told after key 1, and in Slack', async () => {
  story = openStory({ mackerel: { webhook: true } });
  story.members({ 佐藤: pressesAfter(10, '1') });
  story.mackerel.raise({ monitorName: 'ディスク' });
  await story.at(8);
  story.mackerel.raise({ monitorName: '決済' });
  await story.at(10);
  story.mackerel.raise({ monitorName: 'CPU' });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.heard('佐藤')).toEqual([
    `佐藤さん、マカレルのアラートです。クリティカル。ディスク、app01。${MEASURED}いま発生しました。`,
    'お聞きの間に2件増えました。そのうち最も重いものは、クリティカル、決済、app01です。3件まとめて、佐藤さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(
    story
      .slackShows()
      .filter((line) => line.includes('加わりました'))
      .join(),
  ).toMatch(/決済.*CPU/s);
  expect(story.history()).toMatchObject([{ alerts: ['2bje1qym3Fh', '2bjFLXPuGjC', '2bjxsnMuo1v'] }]);
});

test('while somebody listens who passes it on: the next one hears of both', async () => {
  story = openStory();
  story.members({ 佐藤: passes, 鈴木: takes });
  story.mackerel.raise();
  await story.at(9);
  story.mackerel.raise();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 2', '00:15 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')[0]).toBe('鈴木さん、マカレルのアラートが2件出ています。');
  expect(story.slackShows()).toContain('→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjFLXPuGjC`');
});

test('while it waits for the next round: the one rung next hears of both', async () => {
  story = openStory({ list: { members: ['佐藤', '鈴木'], rounds: 2, pauseSeconds: 120 } });
  story.members({ 佐藤: [voicemail, takes] });
  story.mackerel.raise();
  await story.at(180);
  story.mackerel.raise();
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 answered',
    '00:55 鈴木 no-answer',
    '04:00 佐藤 answered pressed 1',
  ]);
  expect(story.heard('佐藤')[0]).toBe('佐藤さん、マカレルのアラートが2件出ています。');
  expect(story.slackShows()).toContain('• Mackerelのアラート `2bjFLXPuGjC`');
});

test('while a phone rings, which is then picked up: by the API alone, it has its name', async () => {
  story = openStory({ mackerel: { apiKey: 'read' } });
  story.members({ 佐藤: answers([{ kind: 'listen' }, { kind: 'press', digits: '1' }], 30) });
  story.mackerel.raise({ monitorName: 'ディスク', status: 'WARNING' });
  await story.at(20);
  story.mackerel.raise({ monitorName: '決済' });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.heard('佐藤')[0]).toMatch(
    /クリティカル。決済、app01。.*続いて、ワーニング、ディスク、app01。/,
  );
  expect(story.slackShows().join('\n')).toMatch(/加わりました: .*決済/);
});

test('while somebody listens, another one closes: what came is told all the same', async () => {
  story = openStory({ mackerel: { webhook: true } });
  story.members({ 佐藤: pressesAfter(10, '1') });
  story.mackerel.raise({ monitorName: 'ディスク' });
  const second = story.mackerel.raise({ monitorName: '決済' });
  await story.at(6);
  story.mackerel.close(second);
  story.mackerel.raise({ monitorName: 'CPU' });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.heard('佐藤').at(-1)).toBe(
    'お聞きの間に1件増えました。クリティカル、CPU、app01です。2件まとめて、佐藤さんが対応することになりました。よろしくお願いします。',
  );
  expect(story.slackShows().join('\n')).toMatch(/加わりました: .*CPU/);
});

test.each([13.4, 13.9, 14, 14.02, 14.05, 14.1, 14.15, 14.2])(
  'at the very moment of the 1 (%d s): it is taken along, and told in the confirmation',
  async (seconds) => {
    story = openStory();
    story.members({ 佐藤: takes });
    story.mackerel.raise();
    await story.at(seconds);
    story.mackerel.raise();
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.heard('佐藤').at(-1)).toMatch(/^お聞きの間に1件増えました。2件まとめて/);
    expect(story.history()).toMatchObject([{ alerts: ['2bje1qym3Fh', '2bjFLXPuGjC'] }]);
    expect(story.slackShows().join('\n')).toContain('2bjFLXPuGjC');
  },
);

test('once it has been taken, the next alert is another page', async () => {
  story = openStory();
  story.members({ 佐藤: [takes, takes] });
  story.mackerel.raise();
  await story.at(20);
  story.mackerel.raise();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '00:20 佐藤 answered pressed 1']);
  expect(story.history()).toMatchObject([{ alerts: ['2bje1qym3Fh'] }, { alerts: ['2bjFLXPuGjC'] }]);
  expect(story.slackShows()).toHaveLength(12);
});

test('a page whose call has gone silent is taken over by the next notification, from the next position', async () => {
  story = openStory();
  story.members({ 高橋: takes });
  // From the second ring on, nothing that would tell of the call's end arrives.
  story.exchange.delivery = ({ kind }) => (story.clock.now() > START + 66_000 && kind !== 'twiml' ? [] : [0]);
  story.mackerel.raise();
  await story.at(70);
  await story.loseCall();
  story.exchange.delivery = () => [0];
  await story.at(180);
  story.mackerel.raise();
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 canceled',
    '03:00 高橋 answered pressed 1',
  ]);
  expect(story.heard('高橋')[0]).toBe('高橋さん、マカレルのアラートが2件出ています。');
  expect(story.slackShows()).toContain('→ :repeat: 途切れた呼び出しを次の人から再開します');
});

const START = Date.parse('2026-11-22T18:00:00Z');

test('an alert joins twice by its webhook and its call, and counts once', async () => {
  story = openStory({ mackerel: { webhook: true } });
  story.members({
    佐藤: answers([
      { kind: 'listen' },
      { kind: 'press', digits: '*' },
      { kind: 'listen' },
      { kind: 'press', digits: '1' },
    ]),
  });
  story.mackerel.raise({ monitorName: 'ディスク' });
  await story.at(2);
  story.mackerel.raise({ monitorName: '決済' });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed *1']);
  expect(story.heard('佐藤')[0]).toContain('アラートが2件出ています');
  expect(story.heard('佐藤').at(-1)).toBe(
    '2件まとめて、佐藤さんが対応することになりました。よろしくお願いします。',
  );
  expect(story.slackShows().join('\n')).toContain(LINK('2bjFLXPuGjC', '決済 — app01'));
});
