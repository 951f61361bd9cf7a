/** Somebody takes it: the keys, what is heard after them, and picking up as an answer. */
import { answers, numbers, type Reaction } from '../../switchboard';
import {
  deliver,
  hangsUp,
  ignores,
  openStory,
  passes,
  picksUp,
  presses,
  pressesAfter,
  type Story,
  type StoryOptions,
  takes,
  voicemail,
} from '../support/story';
import { answerTo, signed } from '../trust/wire';

let story: Story;
afterEach(() => story.close());

/** Somebody takes the alert: the one way in which a page ends well. */
describe('taking', () => {
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
});

/** What a key is answered with is what is known by then: of many alerts the callback's URL carries but an outline. */
describe('keys', () => {
  /** Alerts, a second apart. */
  async function raise(count: number): Promise<void> {
    for (let nth = 1; nth <= count; nth++) {
      story.mackerel.raise({ monitorName: `監視${nth}` });
      await story.clock.run(1);
    }
  }

  const counts = (name: string) =>
    story.heard(name).flatMap((text) => /アラートが(\d+)件出ています/.exec(text)?.[1] ?? []);

  test.each(['*', '7'])('of eight alerts, key %s tells eight once more', async (key) => {
    story = openStory();
    story.members({ 佐藤: ignores, 鈴木: presses(key, key, '1') });
    await raise(8);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', `01:05 鈴木 answered pressed ${key}${key}1`]);
    expect(counts('鈴木')).toEqual(['8', '8', '8']);
    expect(story.heard('鈴木').at(-1)).toMatch(/^8件まとめて、鈴木さんが/);
    expect(story.slackShows().length).toBeGreaterThan(5);
  });

  test('what joined while somebody listened is told on repeat, and not called new when they take it', async () => {
    story = openStory();
    story.members({ 佐藤: presses('*', '1') });
    await raise(1);
    await story.clock.runUntil(() => story.heard('佐藤').length > 0);
    await raise(1);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed *1']);
    expect(counts('佐藤')).toEqual(['2']);
    expect(story.heard('佐藤').at(-1)).toBe(
      '2件まとめて、佐藤さんが対応することになりました。よろしくお願いします。',
    );
    expect(story.slackShows().length).toBeGreaterThan(5);
  });

  test('what joined after the last message is', async () => {
    story = openStory();
    story.members({
      佐藤: answers([
        { kind: 'listen' },
        { kind: 'press', digits: '*' },
        { kind: 'wait', seconds: 3 },
        { kind: 'press', digits: '1' },
      ]),
    });
    await raise(1);
    await story.clock.runUntil(() => story.phone('佐藤').rings[0]?.pressed === '*');
    await story.clock.run(1);
    await raise(1);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed *1']);
    expect(story.heard('佐藤').at(-1)).toMatch(/^お聞きの間に1件増えました。2件まとめて、/);
    expect(story.slackShows().length).toBeGreaterThan(5);
  });

  test('who has it repeated again and again is still there: another alert rings nobody else', async () => {
    story = openStory();
    const repeating = Array.from({ length: 5 }, () => [
      { kind: 'wait', seconds: 25 } as const,
      { kind: 'press', digits: '*' } as const,
    ]);
    story.members({
      佐藤: answers([...repeating.flat(), { kind: 'listen' }, { kind: 'press', digits: '1' }]),
    });
    await raise(1);
    await story.at(2 * 60);
    await raise(1);
    await story.untilQuiet();
    expect(story.rings()).toEqual([`00:00 佐藤 answered pressed ${'*'.repeat(5)}1`]);
    expect(story.history()).toMatchObject([{ takenBy: '佐藤', rings: 1 }]);
    expect(story.slackShows().length).toBeGreaterThan(5);
  });

  test('Sync is down: what the URL carries is told again', async () => {
    story = openStory({ forgetsEnd: true });
    story.members({ 佐藤: presses('*', '1') });
    await raise(1);
    await story.clock.runUntil(() => story.heard('佐藤').length > 0);
    story.network.fault('sync', { kind: 'down' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed *1']);
    expect(story.heard('佐藤').filter((text) => text.startsWith('佐藤さん、マカレルの'))).toHaveLength(2);
    expect(story.slackShows().join()).toContain('*佐藤 が対応します*');
  });

  describe('the URL is of before a deploy, and what it carries cannot be read', () => {
    /** What is said when the one who listens presses a key, its URL being such. */
    async function saidTo(digits: string): Promise<string> {
      const query = new URLSearchParams(story.exchange.events.flatMap(whisperOf)[0]?.search);
      query.set('state', 'of-another-version');
      const path = '/answered-key';
      const { body } = await answerTo(
        story,
        signed(story, { path, query: `${query}`, body: `Digits=${digits}` }),
      );
      return body;
    }
    const whisperOf = (event: Story['exchange']['events'][number]) =>
      event.kind === 'webhook' && event.hook.kind === 'whisper' ? [event.hook.url] : [];

    test('Sync knows the rest: 1 takes it', async () => {
      story = openStory();
      story.members({ 佐藤: answers([]) });
      await raise(1);
      await story.clock.runUntil(() => story.heard('佐藤').length > 0);
      expect(await saidTo('1')).toContain('佐藤さんが対応することになりました。');
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered']);
      expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '佐藤' }]);
      expect(story.slackShows().length).toBeGreaterThan(5);
    });

    test('Sync is down as well: nothing can be said', async () => {
      story = openStory({ forgetsEnd: true });
      story.members({ 佐藤: answers([]) });
      await raise(1);
      await story.clock.runUntil(() => story.heard('佐藤').length > 0);
      story.network.fault('sync', { kind: 'down' });
      for (const digits of ['1', '*'])
        expect(await saidTo(digits)).toMatch(/<Response><Hangup\/><\/Response>$/);
      story.network.fault('sync', undefined);
      await story.untilQuiet();
      expect(story.rings().length).toBeGreaterThan(0);
      expect(story.slackShows().length).toBeGreaterThan(5);
    });
  });
});

/** An alert that comes while somebody still hears that the page is theirs: their phone is in use, and nobody else is woken. */
describe('just taken', () => {
  const cpu = { monitorName: 'CPU', host: { name: 'app01' } };
  const disk = { monitorName: 'ディスク', host: { name: 'db01' } };

  /** Presses 1, and is gone before the confirmation is heard. */
  const takesAndRuns: Reaction = answers([
    { kind: 'listen' },
    { kind: 'press', digits: '1' },
    { kind: 'wait', seconds: 1 },
    { kind: 'hang-up' },
  ]);

  const takenAt = async (limit = 120) => {
    const isTaken = () => story.phone('佐藤').rings.at(-1)?.pressed === '1';
    await story.clock.runUntil(isTaken, limit);
  };

  const WAYS: readonly [string, StoryOptions][] = [
    ['on the leg of the call', { mackerel: { webhook: true } }],
    ['by calls of our own', { list: { start: 'webhook' } }],
  ];

  describe.each(WAYS)('%s', (_way, options) => {
    test.each([1, 3])('%s s after key 1: it joins, and they hear of it on the same call', async (seconds) => {
      story = openStory(options);
      story.members({ 佐藤: takes });
      story.mackerel.raise(cpu);
      await takenAt();
      await story.clock.run(seconds);
      story.mackerel.raise(disk);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
      expect(story.heard('佐藤').slice(-2)).toEqual([
        '佐藤さんが対応することになりました。よろしくお願いします。',
        expect.stringMatching(/^お聞きの間に1件増えました。.*これもお願いします。$/),
      ]);
      expect(story.slackShows().filter((line) => line.includes('佐藤 が対応を引き受けた'))).toEqual([
        expect.stringMatching(/^→ :heavy_plus_sign: 加わりました: .*ため、あわせて対応します\)$/),
      ]);
    });

    test('they have hung up by then: they are rung, for they are awake', async () => {
      story = openStory(options);
      story.members({ 佐藤: [takesAndRuns, takes] });
      story.mackerel.raise(cpu);
      await takenAt();
      await story.clock.run(3);
      story.mackerel.raise(disk);
      await story.untilQuiet();
      expect(story.rings()).toEqual([
        '00:00 佐藤 answered pressed 1',
        expect.stringMatching(/^00:\d\d 佐藤 answered pressed 1$/),
      ]);
      story.slackShows();
    });
  });

  describe('a new alert soon after somebody took one', () => {
    const two = { list: { members: ['佐藤', '鈴木', '高橋'] } };

    test.each([
      [
        9,
        '鈴木',
        [
          '順番: 鈴木 → 佐藤 → 高橋 (1周まで)',
          '→ :eyes: 先ほど別のアラートの対応を引き受けた鈴木から呼び出します',
        ],
      ],
      [12, '佐藤', ['順番: 佐藤 → 鈴木 → 高橋 (1周まで)']],
    ])('%d minutes: %s is rung first', async (minutes, first, told) => {
      story = openStory(two);
      story.members({ 鈴木: takes });
      await story.alert();
      await story.at(minutes * 60);
      story.members({ [first]: takes });
      await story.alert();
      expect(story.rings().slice(2)).toEqual([expect.stringContaining(`${first} answered pressed 1`)]);
      const [, ...second] = story.slackShows().join('\n').split('順番');
      for (const line of told) expect(`順番${second.at(-1)}`).toContain(line);
    });

    test('they do not pick up: the rest in the order of the date, and nobody twice in a round', async () => {
      story = openStory(two);
      story.members({ 鈴木: takes });
      await story.alert();
      await story.at(300);
      await story.alert();
      expect(story.rings().slice(2)).toEqual([
        '05:00 鈴木 no-answer',
        '06:05 佐藤 no-answer',
        '07:10 高橋 no-answer',
      ]);
      story.slackShows();
    });

    test('"awakeMinutes": 0: the order of the date', async () => {
      story = openStory({ list: { awakeMinutes: 0 } });
      story.members({ 鈴木: takes });
      await story.alert();
      await story.at(300);
      story.members({ 佐藤: takes });
      await story.alert();
      expect(story.rings().slice(2)).toEqual(['05:00 佐藤 answered pressed 1']);
      story.slackShows();
    });

    test('a test of the line tells nobody to be at it', async () => {
      story = openStory(two);
      story.members({ 佐藤: ignores, 鈴木: takes });
      await story.placeCall({ From: numbers.a, To: numbers.b, Url: `${story.publicUrl}/dial-list` });
      await story.untilQuiet();
      story.members({ 佐藤: takes });
      await story.alert();
      expect(story.rings().at(-1)).toContain('佐藤 answered pressed 1');
      story.slackShows();
    });
  });
});

/** A webhook of somebody who picked up comes when the page needs them no more: they hear why. */
describe('too late', () => {
  /** What the first who picked up hears if that is told once more, now. */
  async function firstHearsNow(): Promise<readonly string[]> {
    const [hook] = story.exchange.events.flatMap((event) =>
      event.kind === 'webhook' && event.hook.kind === 'whisper' ? [event.hook] : [],
    );
    if (!hook) throw new Error('Nobody has picked up');
    const { pathname: path, search: query } = hook.url;
    const { body } = await answerTo(story, signed(story, { path, query }));
    return [...body.matchAll(/<Say[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
  }

  test.each<[string, StoryOptions['list'], string, string, string[]]>([
    [
      'in Japanese',
      { members: ['佐藤', '鈴木'] },
      '佐藤',
      '鈴木',
      ['すでに次の人に回っています。', '鈴木さんがすでに対応しています。', 'この呼び出しは終わっています。'],
    ],
    [
      'in English',
      { language: 'en', members: ['Ann', 'Bob'] },
      'Ann',
      'Bob',
      ['It has already gone on to the next person.', 'Bob has already taken it.', 'It is already over.'],
    ],
  ])('%s: it has gone on; another has it; it is over', async (_what, list, first, second, heard) => {
    const [goneOn, taken, over] = heard;
    story = openStory({ list: { ...list, awakeMinutes: 0 } });
    story.members({ [first]: [passes, takes], [second]: takes });
    story.mackerel.raise();
    await story.clock.runUntil(() => story.phone(second).rings.length > 0);
    expect(await firstHearsNow()).toEqual([goneOn]);
    await story.untilQuiet();
    expect(await firstHearsNow()).toEqual([taken]);
    await story.alert();
    expect(await firstHearsNow()).toEqual([taken]);
    expect(story.rings()).toHaveLength(3);
    expect(story.slackShows().length).toBeGreaterThan(10);
    story.close();

    story = openStory({ list: { ...list, awakeMinutes: 0 }, mackerel: { webhook: true } });
    story.members({ [first]: passes });
    const id = story.mackerel.raise();
    await story.clock.runUntil(() => story.phone(second).rings.length > 0);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(await firstHearsNow()).toEqual([over]);
    expect(story.rings()).toHaveLength(2);
    expect(story.slackShows().length).toBeGreaterThan(5);
  });
});

/** A list with `"answer": "pickup"`: picking up takes the alert, whatever picks up. */
describe('picking up takes it', () => {
  test.each([
    ['somebody', picksUp, '1分10秒'],
    ['a voicemail, which counts here', voicemail, '1分25秒'],
  ])('%s picks up, and that is that', async (_who, reaction, time) => {
    story = openStory({ list: { answer: 'pickup' } });
    story.members({ 佐藤: ignores, 鈴木: reaction });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered']);
    expect(story.heard('鈴木')).toEqual([
      '鈴木さん、マカレルのアラートです。',
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
      `→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, ${time})`,
    ]);
  });

  const withoutMessage = ({ url }: { url: URL }) =>
    url.pathname === '/answered' && url.searchParams.get('attempt') === '0' ? [] : [0];

  test('the message cannot be had, and Twilio hangs up: nobody has taken the alert', async () => {
    story = openStory({
      list: { answer: 'pickup' },
      unconfirmed: { whisperFailure: 'hang-up' },
      faults: [11200],
    });
    story.exchange.delivery = withoutMessage;
    story.members({ 佐藤: picksUp, 鈴木: picksUp });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered', '00:23 鈴木 answered']);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *鈴木* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 電話には出たがキー操作なし(留守番電話など)',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 28秒)',
    ]);
  });

  test('the message cannot be had, and Twilio connects the two: picking up has taken the alert', async () => {
    story = openStory({
      list: { answer: 'pickup' },
      unconfirmed: { whisperFailure: 'bridge' },
      faults: [11200],
    });
    story.exchange.delivery = withoutMessage;
    story.members({ 佐藤: hangsUp(30) });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered']);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *佐藤* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 35秒)',
    ]);
  });
});
