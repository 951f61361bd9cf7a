/** Somebody takes the alert: the one way in which a page ends well. */
import { answers, numbers } from '../../switchboard';
import {
  deliver,
  ignores,
  openStory,
  passes,
  presses,
  pressesAfter,
  type Story,
  takes,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

const MESSAGE = (name: string) => [
  `${name}さん、マカレルのアラートです。`,
  '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
];

test.each(['specific', 'unique-name'] as const)(
  'one member ignores the phone, the next takes the alert (of a missing name Sync says: %s)',
  async (missingNameCode) => {
    story = openStory({ unconfirmed: { missingNameCode } });
    story.members({ 佐藤: ignores, 鈴木: takes });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    expect(story.heard('鈴木')).toEqual([
      ...MESSAGE('鈴木'),
      '鈴木さんが対応することになりました。よろしくお願いします。',
    ]);
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
    expect(story.history()).toEqual([
      {
        startedAt: '2026-11-22T18:00:00.000Z',
        endedAt: '2026-11-22T18:01:19.000Z',
        end: 'taken',
        takenBy: '鈴木',
        taker: 1,
        turn: 0,
        rings: 2,
        order: ['佐藤', '鈴木', '高橋'],
        alerts: ['2bje1qym3Fh'],
        attempts: expect.any(Array),
        isTest: false,
      },
    ]);
  },
);

test('a member passes the alert on with 2, and the next is rung at once', async () => {
  story = openStory();
  story.members({ 佐藤: passes, 鈴木: takes });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 2', '00:15 鈴木 answered pressed 1']);
  expect(story.heard('佐藤')).toEqual([...MESSAGE('佐藤'), '次の人に回します。']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :arrow_right: 佐藤 が次の人に回しました',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 29秒)',
  ]);
});

test('a wrong key is called one, and the message comes again', async () => {
  story = openStory();
  story.members({ 佐藤: presses('7', '1') });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 71']);
  expect(story.heard('佐藤')).toEqual([
    ...MESSAGE('佐藤'),
    'そのキーには割り当てがありません。',
    ...MESSAGE('佐藤'),
    '佐藤さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 25秒)',
  ]);
});

test('the star repeats the message, as often as one likes', async () => {
  story = openStory();
  story.members({ 佐藤: presses('*', '*', '1') });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed **1']);
  expect(story.heard('佐藤')).toEqual([
    ...MESSAGE('佐藤'),
    ...MESSAGE('佐藤'),
    ...MESSAGE('佐藤'),
    '佐藤さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 32秒)',
  ]);
});

test('a key pressed into the middle of the message counts', async () => {
  story = openStory();
  story.members({ 佐藤: pressesAfter(1, '1') });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.heard('佐藤')).toEqual([
    '佐藤さん、マカレルのアラートです。',
    '佐藤さんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 6秒)',
  ]);
});

test('on the display stands the number that Mackerel calls from, so that people can save it under a name', async () => {
  story = openStory();
  story.members({ 高橋: takes });
  await story.alert();
  const shown = ['佐藤', '鈴木', '高橋'].map((name) => story.phone(name).rings.map(({ from }) => from));
  expect(shown).toEqual([[numbers.a], [numbers.a], [numbers.a]]);
  expect(story.rings()).toHaveLength(3);
  expect(story.slackShows()).toHaveLength(10);
});

test('the hold music plays for as long as people are rung, and stops when the alert is taken', async () => {
  story = openStory();
  story.members({ 鈴木: takes });
  story.mackerel.raise();
  await story.clock.run(70);
  const [legOfB] = story.exchange.calls.filter(({ direction }) => direction === 'inbound');
  const music = story.exchange.events.filter(({ kind }) => kind === 'plays');
  expect(music).toMatchObject([{ phone: numbers.b, loop: 0, url: `${story.publicUrl}/hold-music.wav` }]);
  expect(legOfB).toMatchObject({ to: numbers.b, status: 'in-progress' });
  await story.untilQuiet();
  const after = story.exchange.calls.find(({ sid }) => sid === legOfB?.sid);
  const seconds = (Number(after?.endedAt) - Number(after?.answeredAt)) / 1000;
  expect([after?.status, Math.round(seconds)]).toEqual(['completed', 85]);
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.slackShows()).toHaveLength(8);
});

test('a list of one rings the same phone until it is answered', async () => {
  story = openStory({ list: { members: ['佐藤'], rounds: 3 } });
  story.members({ 佐藤: [ignores, ignores, takes] });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 佐藤 no-answer',
    '02:10 佐藤 answered pressed 1',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *佐藤* が対応中',
    '順番: 佐藤 (3周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :white_check_mark: *佐藤 が対応します* (3回目の呼び出し, 2分24秒)',
  ]);
});

describe('somebody presses 1 and hangs up, and the key is the slower of the two', () => {
  const inAHurry = answers([
    { kind: 'wait', seconds: 2 },
    { kind: 'press', digits: '1' },
    { kind: 'wait', seconds: 0.1 },
    { kind: 'hang-up' },
  ]);
  const told = (name: string) => story.slackShows().filter((line) => line.includes(`*${name}`));

  test('the phone that rings by then stops', async () => {
    story = openStory();
    story.exchange.delivery = deliver({ gather: [1] });
    story.members({ 佐藤: inAHurry });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '00:07 鈴木 canceled']);
    expect(told('佐藤')).toEqual([
      ':white_check_mark: *佐藤* が対応中',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 8秒)',
    ]);
    expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '佐藤', alerts: ['2bje1qym3Fh'] }]);
  });

  test('so does a call of our own', async () => {
    story = openStory({ list: { start: 'webhook' } });
    story.exchange.delivery = deliver({ gather: [1] });
    story.members({ 佐藤: inAHurry });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '00:07 鈴木 canceled']);
    expect(told('佐藤')).toHaveLength(2);
  });

  test('nobody answered, as it seemed: people are told who has it', async () => {
    story = openStory({ list: { members: ['佐藤'], rounds: 1 } });
    story.exchange.delivery = deliver({ gather: [1] });
    story.members({ 佐藤: inAHurry });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.slackShows().filter((line) => /:x:|check_mark/.test(line))).toEqual([
      ':white_check_mark: *佐藤* が対応中',
      '⇒ <!channel> :x: *誰も応答しませんでした* (1周, のべ1回)。Mackerelの再通知が来たら、もう一度呼び出します',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 8秒)',
    ]);
  });
});
