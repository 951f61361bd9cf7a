/** Somebody tries the line out. It must ring like the real thing, and be told from it by everybody. */
import { numbers } from '../../switchboard';
import { ignores, openStory, passes, phoneOf, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

/** A call that is not Mackerel's, to a URL that somebody wrote. */
const callAbout = (url: string, more: Record<string, string> = {}) =>
  story.placeCall({ From: numbers.a, To: numbers.b, Url: story.publicUrl + url, ...more });

test('from the console: a call without an alert', async () => {
  story = openStory();
  story.members({ 佐藤: passes, 鈴木: takes });
  await callAbout('/dial-list');
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 2', '00:16 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')).toEqual([
    '鈴木さん、架電のテストです。アラートは出ていません。',
    '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    'テストを受け付けました。鈴木さん、ありがとうございました。',
  ]);
  expect(story.slackShows()).toEqual([
    ':test_tube: *架電のテスト* (アラートは出ていません)',
    ':white_check_mark: *鈴木* が応答',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :arrow_right: 佐藤 が次の人に回しました',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 がテストに応答しました* (2回目の呼び出し, 32秒)',
  ]);
  expect(story.history()).toEqual([
    {
      startedAt: '2026-11-22T18:00:00.000Z',
      endedAt: '2026-11-22T18:00:32.000Z',
      end: 'taken',
      takenBy: '鈴木',
      taker: 1,
      turn: 0,
      rings: 2,
      order: ['佐藤', '鈴木', '高橋'],
      alerts: [],
      attempts: expect.any(Array),
      isTest: true,
    },
  ]);
});

test('from a phone: a member calls number A, and presses 5; the others see number A, not the caller', async () => {
  story = openStory();
  story.members({ 佐藤: ignores, 鈴木: takes });
  story.exchange.callIn(phoneOf(3), numbers.a, [{ kind: 'listen' }, { kind: 'press', digits: '5' }]);
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:06 佐藤 no-answer', '01:11 鈴木 answered pressed 1']);
  expect(story.phone('鈴木').rings.map(({ from }) => from)).toEqual([numbers.a]);
  expect(story.slackShows()).toEqual([
    ':test_tube: *架電のテスト* (アラートは出ていません)',
    ':white_check_mark: *鈴木* が応答',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 がテストに応答しました* (2回目の呼び出し, 1分20秒)',
  ]);
});

test('nobody answers a test, for which nobody is called in Slack either', async () => {
  story = openStory({ list: { language: 'en', members: ['Ann', 'Bob'] } });
  await callAbout('/dial-list');
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 Ann no-answer', '01:05 Bob no-answer']);
  expect(story.slackShows()).toEqual([
    ':test_tube: *Escalation test* (no alert is open)',
    ':x: *Nobody has answered*',
    'Order: Ann → Bob (up to 1 round)',
    '→ :telephone_receiver: Calling Ann',
    '→ :mobile_phone_off: Ann: no answer',
    '→ :telephone_receiver: Calling Bob',
    '→ :mobile_phone_off: Bob: no answer',
    '→ :x: *Nobody answered* (1 round, 2 rings)',
  ]);
});

test.each([true, false])(
  'who tries the line hangs up, and the test is over (whether Twilio still asks what to do next: %s)',
  async (actionAfterParentEnds) => {
    story = openStory({
      list: { language: 'en', members: ['Ann', 'Bob', 'Cid'] },
      unconfirmed: { actionAfterParentEnds },
    });
    await callAbout('/dial-list');
    await story.at(70);
    await story.loseCall();
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 Ann no-answer', '01:05 Bob canceled']);
    expect(story.slackShows()).toEqual([
      ':test_tube: *Escalation test* (no alert is open)',
      ':x: *Nobody has answered*',
      'Order: Ann → Bob → Cid (up to 1 round)',
      '→ :telephone_receiver: Calling Ann',
      '→ :mobile_phone_off: Ann: no answer',
      '→ :telephone_receiver: Calling Bob',
      '→ :x: *Nobody answered* (1 round, 2 rings)',
    ]);
  },
);

test('an alert that comes while a test rings makes it a real one', async () => {
  story = openStory();
  story.members({ 佐藤: ignores, 鈴木: takes });
  await callAbout('/dial-list');
  await story.clock.run(30);
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')).toEqual([
    '鈴木さん、マカレルのアラートです。',
    '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    '鈴木さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bje1qym3Fh`',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
  ]);
});

test('a test while an alert rings comes to nothing', async () => {
  story = openStory();
  story.members({ 佐藤: ignores, 鈴木: takes });
  story.mackerel.raise();
  await story.clock.run(30);
  await callAbout('/dial-list');
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
  ]);
});

test('a test leaves the rotation by page as it is', async () => {
  story = openStory({ list: { rotation: { every: 'page' }, awakeMinutes: 0 } });
  for (const name of ['佐藤', '鈴木', '高橋']) story.phone(name).always(takes);
  await story.alert();
  await story.at(60);
  await callAbout('/dial-list');
  await story.at(120);
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 佐藤 answered pressed 1',
    '01:00 鈴木 answered pressed 1',
    '02:00 鈴木 answered pressed 1',
  ]);
  expect(story.slackShows().filter((line) => line.startsWith('順番'))).toEqual([
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '順番: 鈴木 → 高橋 → 佐藤 (1周まで)',
    '順番: 鈴木 → 高橋 → 佐藤 (1周まで)',
  ]);
});

test('an alert whose id was lost, for its TwiML URL has a query of its own, is not taken for a test', async () => {
  story = openStory();
  story.members({ 佐藤: takes });
  await callAbout('/dial-list?team=infra', { Method: 'GET' });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.heard('佐藤')).toEqual([
    '佐藤さん、マカレルのアラートです。',
    '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    '佐藤さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `unknown`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
  ]);
});
