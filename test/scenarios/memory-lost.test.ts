/** Twilio Sync fails: the phones ring all the same, for the callbacks' URLs carry what is needed to go on. */
import type { Fault, FaultRule } from '../../switchboard';
import { ignores, openStory, passes, picksUp, type Story, takes, voicemail } from '../support/story';

let story: Story;
afterEach(() => story.close());

const down: Fault = { kind: 'down' };
const hanging: Fault = { kind: 'hang' };
const slow = (seconds: number): Fault => ({ kind: 'slow', seconds });
const broken: Fault = { kind: 'status', status: 503 };
/** twilio.com/docs/api/errors/54009 */
const tooMany: Fault = { kind: 'status', status: 429, body: '{"code":54009,"status":429}' };

const firstFew = (count: number, fault: Fault): FaultRule => {
  let left = count;
  return () => (left-- > 0 ? fault : undefined);
};

/** Who ended Mackerel's call, and how. */
const endOfCall = () => {
  const [call] = story.exchange.calls;
  return story.exchange.events.flatMap((event) =>
    event.kind === 'hung-up' && event.callSid === call?.sid ? [`${event.status} by ${event.who}`] : [],
  );
};

test.each([
  ['refuses connections', down, '00:00', '01:05', '1分19秒'],
  ['answers 503', broken, '00:00', '01:06', '1分21秒'],
  ['answers 429', tooMany, '00:00', '01:06', '1分22秒'],
  ['hangs', hanging, '00:01', '01:07', '1分23秒'],
])('from the start, Sync %s: people are rung, and 1 ends it', async (_how, fault, first, second, time) => {
  story = openStory();
  story.network.fault('sync', fault);
  story.members({ 佐藤: ignores, 鈴木: takes });
  await story.alert();
  expect(story.rings()).toEqual([`${first} 佐藤 no-answer`, `${second} 鈴木 answered pressed 1`]);
  expect(endOfCall()).toEqual(['completed by rest']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    ':telephone_receiver: 佐藤 を呼び出しています',
    ':warning: Twilio Syncが応答しません。ここにないアラートや記録があるかもしれません。Mackerelも見てください (呼び出しは続けます)',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 鈴木 を呼び出し中 (3人中2人目・1周目)',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    ':mobile_phone_off: 佐藤: 応答なし',
    ':telephone_receiver: 鈴木 を呼び出しています',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    `:white_check_mark: *鈴木 が対応します* (2回目の呼び出し, ${time})`,
    '2026-11-22 18:01 UTC · Mackerelのアラート `2bje1qym3Fh` · :grey_question: 通話が終わりました。対応すると言った人がいなければ、まだ誰も対応していません',
  ]);
});

test('from the start, and nobody answers in two rounds: the channel is called', async () => {
  story = openStory({ list: { members: ['佐藤', '鈴木'], rounds: 2, pauseSeconds: 30 } });
  story.network.fault('sync', down);
  story.members({ 佐藤: [ignores, voicemail] });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 no-answer',
    '02:40 佐藤 answered',
    '03:35 鈴木 no-answer',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 佐藤 を呼び出し中 (2人中1人目・1周目)',
    '順番: 佐藤 → 鈴木 (2周まで)',
    ':telephone_receiver: 佐藤 を呼び出しています',
    ':warning: Twilio Syncが応答しません。ここにないアラートや記録があるかもしれません。Mackerelも見てください (呼び出しは続けます)',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 鈴木 を呼び出し中 (2人中2人目・1周目)',
    '順番: 佐藤 → 鈴木 (2周まで)',
    ':mobile_phone_off: 佐藤: 応答なし',
    ':telephone_receiver: 鈴木 を呼び出しています',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':hourglass: 次の周まで休止中',
    '順番: 佐藤 → 鈴木 (2周まで)',
    ':mobile_phone_off: 鈴木: 応答なし',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 佐藤 を呼び出し中 (2人中1人目・2周目)',
    '順番: 佐藤 → 鈴木 (2周まで)',
    ':telephone_receiver: 佐藤 を呼び出しています',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 鈴木 を呼び出し中 (2人中2人目・2周目)',
    '順番: 佐藤 → 鈴木 (2周まで)',
    ':telephone_receiver: 鈴木 を呼び出しています',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':x: *誰も応答していません*',
    '順番: 佐藤 → 鈴木 (2周まで)',
    ':mobile_phone_off: 鈴木: 応答なし',
    '<!channel> :x: *誰も応答しませんでした* (2周, のべ4回)。Mackerelの再通知が来たら、もう一度呼び出します',
  ]);
});

test.each([true, false])(
  'from the middle: the page goes on from the URL (asked after the end of the call: %s)',
  async (actionAfterParentEnds) => {
    story = openStory({ unconfirmed: { actionAfterParentEnds }, forgetsEnd: true });
    story.members({ 佐藤: ignores, 鈴木: ignores, 高橋: takes });
    story.mackerel.raise();
    await story.clock.run(30);
    story.network.fault('sync', down);
    await story.untilQuiet();
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 no-answer',
      '02:10 高橋 answered pressed 1',
    ]);
    expect(endOfCall()).toEqual(['completed by rest']);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':telephone_receiver: 鈴木 を呼び出し中 (3人中2人目・1周目)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      ':mobile_phone_off: 佐藤: 応答なし',
      ':telephone_receiver: 鈴木 を呼び出しています',
      ':warning: Twilio Syncが応答しません。ここにないアラートや記録があるかもしれません。Mackerelも見てください (呼び出しは続けます)',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':telephone_receiver: 高橋 を呼び出し中 (3人中3人目・1周目)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      ':mobile_phone_off: 鈴木: 応答なし',
      ':telephone_receiver: 高橋 を呼び出しています',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *高橋* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      ':white_check_mark: *高橋 が対応します* (3回目の呼び出し, 2分24秒)',
      '2026-11-22 18:02 UTC · Mackerelのアラート `2bje1qym3Fh` · :grey_question: 通話が終わりました。対応すると言った人がいなければ、まだ誰も対応していません',
    ]);
  },
);

test.each([true, false])(
  'while somebody listens: their 1 still ends it (asked after the end of the call: %s)',
  async (actionAfterParentEnds) => {
    story = openStory({ unconfirmed: { actionAfterParentEnds }, forgetsEnd: true });
    story.members({ 佐藤: takes });
    story.mackerel.raise();
    await story.clock.run(8);
    story.network.fault('sync', down);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(endOfCall()).toEqual(['completed by rest']);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *佐藤* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      ':white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
      ':warning: Twilio Syncが応答しません。ここにないアラートや記録があるかもしれません。Mackerelも見てください (呼び出しは続けます)',
      '2026-11-22 18:00 UTC · Mackerelのアラート `2bje1qym3Fh` · :grey_question: 通話が終わりました。対応すると言った人がいなければ、まだ誰も対応していません',
    ]);
  },
);

test('for a while in the middle: what happened meanwhile is written down afterwards', async () => {
  story = openStory();
  story.members({ 佐藤: ignores, 鈴木: ignores, 高橋: takes });
  story.mackerel.raise();
  await story.clock.run(30);
  story.network.fault('sync', down);
  await story.clock.run(60);
  story.network.fault('sync', undefined);
  await story.untilQuiet();
  expect(story.rings()).toEqual([
    '00:00 佐藤 no-answer',
    '01:05 鈴木 no-answer',
    '02:10 高橋 answered pressed 1',
  ]);
  expect(endOfCall()).toEqual(['completed by twiml']);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *高橋* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :warning: Twilio Syncが応答しません。ここにないアラートや記録があるかもしれません。Mackerelも見てください (呼び出しは続けます)',
    '→ :mobile_phone_off: 鈴木: 応答なし',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '→ :speech_balloon: 高橋 が電話に出ました',
    '→ :white_check_mark: *高橋 が対応します* (3回目の呼び出し, 2分24秒)',
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':telephone_receiver: 鈴木 を呼び出し中 (3人中2人目・1周目)',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    ':mobile_phone_off: 佐藤: 応答なし',
    ':telephone_receiver: 鈴木 を呼び出しています',
    ':warning: Twilio Syncが応答しません。ここにないアラートや記録があるかもしれません。Mackerelも見てください (呼び出しは続けます)',
  ]);
  expect(story.history()).toEqual([
    {
      startedAt: '2026-11-22T18:00:00.000Z',
      endedAt: '2026-11-22T18:02:24.000Z',
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

test.each([
  ['hangs', hanging],
  ['takes 1 s for an answer', slow(1)],
  ['takes 1.3 s for an answer', slow(1.3)],
  ['takes 2 s for an answer', slow(2)],
  ['answers 429', tooMany],
])('Sync %s: whoever waits for a ring or a message waits 3 s at most', async (_how, fault) => {
  story = openStory();
  story.network.fault('sync', fault);
  story.members({ 佐藤: ignores, 鈴木: ignores, 高橋: takes });
  await story.alert();
  expect(story.rings()).toHaveLength(3);
  expect(story.slackShows().join('\n')).toMatch(/高橋 が対応します/);
  const waits = story.answers().filter(({ step }) => step === 'ring' || step === 'brief');
  expect(waits.map(({ path }) => path)).toEqual(['/dial-list', '/dial-ended', '/dial-ended', '/answered']);
  expect(Math.max(...waits.map(({ ms }) => ms))).toBeLessThan(3000);
});

test.each([
  ['429', 3, tooMany],
  ['503', 3, broken],
] as const)('Sync answers %s, %d times: nothing is lost', async (_status, times, fault) => {
  story = openStory();
  story.members({ 佐藤: ignores, 鈴木: takes });
  story.network.fault('sync', firstFew(times, fault));
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(endOfCall()).toEqual(['completed by twiml']);
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

test('somebody else keeps writing the document at the same time: it is read and decided anew', async () => {
  story = openStory();
  story.members({ 佐藤: passes, 鈴木: takes });
  let writes = 0;
  story.network.fault('sync', ({ method, url }) => {
    const isUpdate = method === 'POST' && url.pathname.endsWith('/Documents/mackerel-kaden');
    const document = story.sync.document('mackerel-kaden');
    if (isUpdate && document && writes++ % 2 === 0) story.sync.putDocument('mackerel-kaden', document.data);
    return undefined;
  });
  await story.alert();
  expect(story.network.log.filter(({ response }) => response?.status === 412).length).toBeGreaterThan(2);
  expect(story.rings()).toEqual([
    '00:00 佐藤 answered pressed 2',
    expect.stringMatching(/^00:1[56] 鈴木 answered pressed 1$/),
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :arrow_right: 佐藤 が次の人に回しました',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 30秒)',
  ]);
});

describe('by calls of our own, where no call can be ended that carries the page', () => {
  const openDirect = (list = {}) => openStory({ list: { start: 'webhook', ...list }, forgetsEnd: true });

  test.each([
    ['from the start', 0, down],
    ['from the start, and it hangs', 0, hanging],
    ['while it rings', 3, down],
    ['while the member listens', 8, down],
    ['while the member listens, and it hangs', 8, hanging],
  ])('Sync is away %s: key 1 ends it, and its member hears so', async (_when, from, fault) => {
    story = openDirect({ rounds: 3 });
    story.members({ 佐藤: takes });
    story.mackerel.raise();
    if (from > 0) await story.at(from);
    story.network.fault('sync', fault);
    await story.untilQuiet();
    expect(story.rings()).toEqual([expect.stringMatching(/^00:0\d 佐藤 answered pressed 1$/)]);
    expect(story.heard('佐藤').at(-1)).toBe('佐藤さんが対応することになりました。よろしくお願いします。');
    expect(story.slackShows().join('\n')).toMatch(/佐藤 が対応します/);
    expect(story.slackShows().join('\n')).not.toMatch(/誰も応答しませんでした|通話が終わりました/);
  });

  test('who takes it by picking up hears what it is about, and nobody else is rung', async () => {
    story = openDirect({ answer: 'pickup' });
    story.members({ 佐藤: picksUp });
    story.network.fault('sync', down);
    story.mackerel.raise({ monitorName: '決済' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered']);
    expect(story.heard('佐藤').join()).toMatch(/決済.*佐藤さんが対応することになりました/);
    expect(story.slackShows().join('\n')).toMatch(/佐藤 が対応します/);
  });
});
