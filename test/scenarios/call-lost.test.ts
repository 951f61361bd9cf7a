/** The call that carries the page breaks off: members are rung by calls of our own instead, where anybody notices. */
import { ignores, openStory, picksUp, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

/** What Twilio's documentation leaves open, and by how many seconds later it is noticed then, while it rings and while somebody listens. */
const ways = [
  ['Twilio still asks what to do next', { actionAfterParentEnds: true }, [0, 0]],
  [
    'it asks, and tells of calls as they were 3 s ago',
    { actionAfterParentEnds: true, staleFetch: 3 },
    [2, 0],
  ],
  ['Twilio asks nothing more', { actionAfterParentEnds: false }, [0, 0]],
  ['it asks nothing, and tells of calls late', { actionAfterParentEnds: false, staleFetch: 3 }, [3, 1]],
] as const;

/** The line of who took it, a second sooner or later. */
const taken = (name: string, ring: number, minutes: string, seconds: number) =>
  new RegExp(
    `^→ :white_check_mark: \\*${name} が対応します\\* \\(${ring}回目の呼び出し, ${minutes}(${seconds}|${seconds + 1})秒\\)$`,
  );

test.each(ways)('it breaks off while a phone rings (%s)', async (_what, unconfirmed, [late]) => {
  story = openStory({ unconfirmed });
  story.members({ 高橋: takes });
  story.mackerel.raise();
  await story.at(70);
  await story.loseCall();
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 canceled',
    `01:${10 + late} 高橋 answered pressed 1`,
  ]);
  expect(story.heard('高橋')).toEqual([
    '高橋さん、マカレルのアラートです。',
    '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    '高橋さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *高橋* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :telephone: Mackerelからの通話が切れたため、直接呼び出します',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '→ :speech_balloon: 高橋 が電話に出ました',
    expect.stringMatching(taken('高橋', 3, '1分', 24 + late)),
  ]);
  expect(story.history()).toEqual([
    {
      startedAt: '2026-11-22T18:00:00.000Z',
      endedAt: expect.stringMatching(new RegExp(`^2026-11-22T18:01:(${24 + late}|${25 + late})`)),
      end: 'taken',
      takenBy: '高橋',
      taker: 2,
      turn: 0,
      rings: 3,
      order: ['佐藤', '鈴木', '高橋'],
      alerts: ['2bje1qym3Fh'],
      attempts: expect.any(Array),
      isTest: false,
    },
  ]);
});

test.each(ways)(
  'it breaks off a second after a ring began: the same phone rings again (%s)',
  async (_what, unconfirmed) => {
    story = openStory({ unconfirmed });
    story.mackerel.raise();
    await story.at(66);
    await story.loseCall();
    await story.untilQuiet();
    expect(story.rings().map((ring) => ring.slice(6))).toEqual([
      '佐藤 no-answer',
      '鈴木 canceled',
      '鈴木 no-answer',
      '高橋 no-answer',
    ]);
    expect(story.history()).toMatchObject([{ end: 'unanswered', rings: 4 }]);
    story.slackShows();
  },
);

test.each(ways)('it breaks off while somebody listens (%s)', async (_what, unconfirmed, [, late]) => {
  story = openStory({ unconfirmed });
  story.members({ 佐藤: picksUp, 鈴木: takes });
  story.mackerel.raise();
  await story.at(8);
  await story.loseCall();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered', `00:${10 + late} 鈴木 answered pressed 1`]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :telephone: Mackerelからの通話が切れたため、直接呼び出します',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    expect.stringMatching(taken('鈴木', 2, '', 24 + late)),
  ]);
});

test.each(ways)('and nobody answers then either (%s)', async (_what, unconfirmed) => {
  story = openStory({ list: { rounds: 2 }, unconfirmed });
  story.mackerel.raise();
  await story.at(70);
  await story.loseCall();
  await story.untilQuiet();
  expect(story.rings().map((ring) => ring.split(' ').slice(1).join(' '))).toEqual([
    '佐藤 no-answer',
    '鈴木 canceled',
    '高橋 no-answer',
    '佐藤 no-answer',
    '鈴木 no-answer',
    '高橋 no-answer',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':x: *誰も応答していません*',
    '順番: 佐藤 → 鈴木 → 高橋 (2周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :telephone: Mackerelからの通話が切れたため、直接呼び出します',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '→ :mobile_phone_off: 高橋: 応答なし',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :mobile_phone_off: 鈴木: 応答なし',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '⇒ :mobile_phone_off: 高橋: 応答なし',
    '⇒ <!channel> :x: *誰も応答しませんでした* (2周, のべ6回)。Mackerelの再通知が来たら、もう一度呼び出します',
  ]);
});

test('it breaks off between two rounds: only the re-send notices, and goes on from there', async () => {
  story = openStory({
    list: { members: ['佐藤', '鈴木'], rounds: 3, pauseSeconds: 60 },
    resendEverySeconds: 600,
  });
  story.members({ 佐藤: [ignores, takes] });
  story.mackerel.raise();
  await story.clock.run(140);
  await story.loseCall();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 no-answer']);
  await story.clock.run(600);
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 no-answer',
    '10:00 佐藤 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 (3周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :mobile_phone_off: 鈴木: 応答なし',
    '→ :repeat: 途切れた呼び出しを次の人から再開します',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (3回目の呼び出し, 10分14秒)',
  ]);
});
