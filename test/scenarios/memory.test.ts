/** Sync: what it holds, how often it is asked, and what happens without it. */
import type { Fault, FaultRule } from '../../switchboard';
import {
  deliver,
  ignores,
  isBusy,
  openStory,
  passes,
  phoneOf,
  picksUp,
  pressesAfter,
  type Story,
  type StoryOptions,
  takes,
  voicemail,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

/** Twilio Sync fails: the phones ring all the same, for the callbacks' URLs carry what is needed to go on. */
describe('Sync fails', () => {
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
    ['answers 429', tooMany, '00:00', '01:07', '1分22秒'],
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
});

/** How often Sync is asked while somebody waits for a ring: every request is a silence in somebody's ear. */
describe('requests', () => {
  /** Nobody else asks at the same time: no Slack, and the callbacks that tell it are lost. */
  const openQuietStory = (list: StoryOptions['list'] = {}, mackerel: StoryOptions['mackerel'] = {}) => {
    story = openStory({ slack: 'none', list, mackerel });
    story.exchange.delivery = deliver({ status: [] });
    return story;
  };

  /** The requests to Sync while an endpoint was at its nth answer, counted from 1. */
  const requestsDuring = (path: string, nth = 1) => {
    const run = story.functions.invocations.filter((invocation) => invocation.path === path)[nth - 1];
    if (!run) throw new Error(`${path} was not asked ${nth} times`);
    return story.network.log
      .filter(({ neighbour, at }) => neighbour === 'sync' && at >= run.at && at < run.at + run.ms)
      .map(({ request, response }) => `${request.method} ${response?.status}`);
  };

  /** How many of them came one after another. */
  const tripsDuring = (path: string, nth = 1) => {
    const run = story.functions.invocations.filter((invocation) => invocation.path === path)[nth - 1];
    return Math.round((run?.ms ?? 0) / story.network.latency.sync);
  };

  test('the first ring ever asks twice, one after another; a ring that nobody answers asks once', async () => {
    openQuietStory({ rounds: 2 });
    story.members({ 佐藤: [ignores, takes] });
    await story.alert();
    expect(story.rings()).toHaveLength(4);
    expect(requestsDuring('/dial-list')).toEqual(['POST 404', 'GET 404', 'POST 201']);
    // The next ring is written while the alert that stands for the page is looked at.
    for (const ring of [1, 2, 3])
      expect(requestsDuring('/dial-ended', ring)).toEqual(['POST 200', 'GET 404']);
    expect(tripsDuring('/dial-ended')).toBe(1);
    // Beside the pickup, the alerts that came meanwhile: a list of each map.
    expect(requestsDuring('/answered')).toEqual(['GET 404', 'GET 404', 'POST 200']);
    expect(tripsDuring('/answered')).toBe(1);
  });

  test.each<[string, StoryOptions, most: number]>([
    ['the Twilio channel alone', {}, 36],
    ['the status callback beside it', { mackerel: { statusCallback: true } }, 41],
    ['all of it', { mackerel: { apiKey: 'write', webhook: true, statusCallback: true } }, 52],
    ['the webhook starts pages', { list: { start: 'webhook' } }, 43],
  ])(
    'a later page of one alert, told in Slack and taken: requests in all (%s)',
    async (_what, options, most) => {
      story = openStory(options);
      story.members({ 佐藤: [takes, takes] });
      const requests = () => story.network.log.filter(({ neighbour }) => neighbour === 'sync').length;
      await story.alert();
      await story.clock.run(700);
      const before = requests();
      await story.alert();
      expect(requests() - before).toBeLessThanOrEqual(most);
      expect(story.rings()).toHaveLength(2);
      story.slackShows();
    },
  );

  test('the first ring of a later page asks twice, one after another', async () => {
    openQuietStory();
    story.members({ 佐藤: [takes, takes] });
    await story.alert();
    await story.alert();
    expect(story.rings()).toHaveLength(2);
    expect(requestsDuring('/dial-list', 2)).toEqual(['POST 201', 'GET 200', 'POST 200', 'POST 200']);
    expect(tripsDuring('/dial-list', 2)).toBe(2);
  });

  test.each([0, 200])(
    'key 1 is confirmed after one round trip, and the next ring comes after one, whatever is remembered (%d alerts)',
    async (past) => {
      openQuietStory({ members: Array.from({ length: 500 }, (_, nth) => `${nth}番`) });
      story.members({ '1番': takes });
      for (let nth = 0; nth <= past; nth++) {
        story.mackerel.raise();
        if (past > 0) await story.clock.run(0.1);
      }
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 0番 no-answer', '01:05 1番 answered pressed 1']);
      for (const path of ['/dial-ended', '/answered', '/answered-key']) {
        // A list comes by the hundred.
        const lists = path === '/dial-ended' ? 1 : 1 + Math.floor(past / 2 / 100);
        expect(tripsDuring(path)).toBeLessThanOrEqual(lists);
      }
    },
  );

  test('a ring after a pause between rounds looks at its alert, and writes', async () => {
    openQuietStory({ members: ['佐藤'], rounds: 2, pauseSeconds: 60 });
    story.members({ 佐藤: [ignores, takes] });
    await story.alert();
    expect(story.rings()).toHaveLength(2);
    expect(requestsDuring('/dial-list', 2)).toEqual(['GET 404', 'POST 200']);
  });

  test('a ring after somebody picked up reads first: the state in the URL is of before the pickup', async () => {
    openQuietStory();
    story.members({ 佐藤: passes, 鈴木: takes });
    await story.alert();
    expect(story.rings()).toHaveLength(2);
    expect(requestsDuring('/answered-key')).toEqual(['POST 200']);
    expect(tripsDuring('/dial-ended')).toBe(2);
  });

  test('with an API, each ring reads while Mackerel is asked, and then writes', async () => {
    openQuietStory({}, { apiKey: 'read' });
    story.members({ 鈴木: takes });
    await story.alert();
    expect(story.rings()).toHaveLength(2);
    expect(requestsDuring('/dial-ended')).toEqual(['GET 404', 'GET 200', 'POST 200']);
    const [waited] = story.answers().filter(({ path }) => path === '/dial-ended');
    // One trip to Mackerel, beside which Sync is read, and one to Sync.
    const { mackerel, sync } = story.network.latency;
    expect(waited?.ms).toBeLessThan(mackerel + sync + 5);
  });
});

/** The record of a page: every alert that it was ever about, and each ring with its times and how it ended. */
describe('history', () => {
  type Attempt = { readonly attempt: number; readonly member: string; readonly outcome?: string };
  type Record = { readonly alerts: readonly string[]; readonly attempts: readonly Attempt[] };

  /** The items of the only page on record. */
  const parts = () => story.history() as unknown as readonly Record[];
  const alertsOf = () => parts().flatMap(({ alerts }) => alerts);
  const attemptsOf = () => parts().flatMap(({ attempts }) => attempts);

  function read() {
    story.rings();
    story.slackShows();
  }

  test('each ring: whose, when they were called and picked up, when it ended and how', async () => {
    story = openStory({ list: { members: ['佐藤', '鈴木', '高橋', '田中', '伊藤'] } });
    story.members({ 佐藤: ignores, 鈴木: isBusy, 高橋: voicemail, 田中: passes, 伊藤: takes });
    await story.alert();
    expect(attemptsOf().map(({ member, outcome }) => `${member} ${outcome}`)).toEqual([
      '佐藤 no-answer',
      '鈴木 busy',
      '高橋 no-key',
      '田中 passed',
      '伊藤 taken',
    ]);
    expect(attemptsOf()[0]).toEqual({
      attempt: 0,
      member: '佐藤',
      calledAt: '2026-11-22T18:00:00.000Z',
      endedAt: '2026-11-22T18:01:05.000Z',
      outcome: 'no-answer',
    });
    expect(attemptsOf()[4]).toMatchObject({ pickedUpAt: expect.any(String), endedAt: expect.any(String) });
    read();
  });

  test('an alert that joined and has closed by the end stays on record', async () => {
    story = openStory({ mackerel: { webhook: true } });
    story.members({ 佐藤: ignores, 鈴木: takes });
    const first = story.mackerel.raise({ monitorName: '決済' });
    await story.at(10);
    const second = story.mackerel.raise({ monitorName: 'CPU' });
    await story.at(30);
    story.mackerel.close(second);
    await story.untilQuiet();
    expect([...alertsOf()].sort()).toEqual([first, second].sort());
    read();
  });

  test('an alert that comes while the taker hears that it is theirs is on record, and in Mackerel’s memo', async () => {
    story = openStory({ mackerel: { webhook: true, apiKey: 'write' } });
    story.members({ 佐藤: takes });
    const first = story.mackerel.raise({ monitorName: '決済' });
    const isTaken = () => story.exchange.phone(phoneOf(1)).rings[0]?.pressed === '1';
    await story.clock.runUntil(isTaken, 120);
    await story.clock.run(1);
    const second = story.mackerel.raise({ monitorName: 'CPU' });
    await story.untilQuiet();
    expect([...alertsOf()].sort()).toEqual([first, second].sort());
    expect(story.mackerel.alert(second)?.memo).toBe(story.mackerel.alert(first)?.memo);
    expect(story.mackerel.alert(second)?.memo).toContain('佐藤が対応');
    expect(story.rings()).toHaveLength(1);
    story.slackShows();
  });

  test('key 1 after "nobody answered": the record says who took it', async () => {
    story = openStory({ list: { members: ['佐藤'] } });
    story.members({ 佐藤: pressesAfter(4, '1') });
    story.exchange.delivery = ({ kind, url }) =>
      kind === 'twiml' && url.pathname === '/answered-key' ? [25] : [0];
    await story.alert();
    await story.clock.run(60);
    expect(story.history().at(-1)).toMatchObject({ end: 'taken', takenBy: '佐藤' });
    read();
  });

  test('a page of 75 rings: none is forgotten', async () => {
    const members = Array.from({ length: 25 }, (_, nth) => ({
      name: `${nth + 1}番`,
      phone: phoneOf(nth + 1),
    }));
    story = openStory({ list: { members, rounds: 3, ringSeconds: 5 } });
    await story.alert();
    expect(attemptsOf().map(({ attempt }) => attempt)).toEqual(Array.from({ length: 75 }, (_, nth) => nth));
    expect(attemptsOf().every(({ outcome }) => outcome === 'no-answer')).toBe(true);
    expect(new Set(attemptsOf().map(({ member }) => member)).size).toBe(25);
    read();
  });

  test('of 60 alerts, of which the state names 30, each is on record', async () => {
    story = openStory({ list: { start: 'webhook' } });
    story.members({ 佐藤: ignores, 鈴木: takes });
    const ids = new Set<string>();
    for (let nth = 0; nth < 60; nth++) {
      ids.add(story.mackerel.raise({ monitorName: `監視${nth}` }));
      await story.clock.run(0.3);
    }
    await story.untilQuiet();
    expect(new Set(alertsOf())).toEqual(ids);
    read();
  });

  test('it closes while a phone rings, and the call that carried another breaks off: that is their outcome', async () => {
    story = openStory({ mackerel: { webhook: true, statusCallback: true } });
    const id = story.mackerel.raise();
    await story.at(20);
    await story.loseCall();
    await story.at(40);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(attemptsOf().map(({ outcome }) => outcome)).toEqual(['call-lost', 'closed']);
    read();
  });
});
