/** Somebody calls or asks: number A, a test, a rehearsal. */
import { answers, type Gesture, numbers } from '../../switchboard';
import { ignores, openStory, passes, phoneOf, type Story, type StoryOptions, takes } from '../support/story';
import { answerTo, FORM, signed } from '../trust/wire';

let story: Story;
afterEach(() => story.close());

/** Members who have missed a ring call the number that they see: they hear how things stand, and can be rung back. */
describe('a member calls number A', () => {
  const press = (digits: string): Gesture[] => [{ kind: 'listen' }, { kind: 'press', digits }];
  const numberOf = { 佐藤: phoneOf(1), 鈴木: phoneOf(2), 高橋: phoneOf(3) };

  /** Somebody calls number A. Gives what they hear, once the call is over. */
  async function callA(from: string, gestures: readonly Gesture[] = []): Promise<readonly string[]> {
    story.exchange.callIn(from, numbers.a, gestures);
    const phone = story.exchange.phone(from);
    await story.clock.runUntil(() => phone.calls.at(-1)?.endedAt !== undefined, 60);
    return phone.calls.at(-1)?.heard ?? [];
  }

  const WAYS: readonly [string, StoryOptions][] = [
    ['on the leg of Mackerel’s call', {}],
    ['by calls of our own', { list: { start: 'webhook' } }],
  ];

  describe.each(WAYS)('%s', (_way, options) => {
    test('they press 1: the phone that rings stops, theirs rings at once, and they take it there', async () => {
      story = openStory(options);
      story.members({ 鈴木: takes });
      story.mackerel.raise();
      await story.at(20);
      expect(await callA(numberOf.鈴木, press('1'))).toEqual([
        'アラートで呼び出し中です。まだ誰も対応していません。 1を押すと、この電話を切って、すぐにおかけ直しします。',
      ]);
      await story.untilQuiet();
      expect(story.rings()).toEqual([
        '00:00 佐藤 canceled',
        expect.stringMatching(/^00:[23]\d 鈴木 answered pressed 1$/),
      ]);
      const slack = story.slackShows().join('\n');
      expect(slack).toContain('→ :telephone: 鈴木 から電話があったため、次に呼び出します');
      expect(slack).toContain('*鈴木 が対応します*');
    });

    test('they do not answer then: whose ring was cut short is rung once more, and then the rest in order', async () => {
      story = openStory(options);
      story.mackerel.raise();
      await story.at(20);
      await callA(numberOf.高橋, press('1'));
      await story.untilQuiet();
      expect(story.rings().map((ring) => ring.slice(6))).toEqual([
        '佐藤 canceled',
        '高橋 no-answer',
        '佐藤 no-answer',
        '鈴木 no-answer',
        '高橋 no-answer',
      ]);
      expect(story.slackShows().join('\n')).toContain('誰も応答しませんでした');
    });

    test('a forged caller id stops three rings of a page at the most, and takes nothing', async () => {
      story = openStory(options);
      story.mackerel.raise();
      for (let nth = 0; nth < 5; nth++) {
        await story.clock.run(10);
        await callA(numberOf.鈴木, press('1'));
      }
      await story.untilQuiet();
      const rings = story.rings().map((ring) => ring.slice(6));
      expect(rings.filter((ring) => ring.includes('canceled'))).toHaveLength(3);
      expect(rings.filter((ring) => ring === '佐藤 no-answer')).toHaveLength(1);
      expect(rings.slice(-2)).toEqual(['鈴木 no-answer', '高橋 no-answer']);
      expect(story.slackShows().join('\n')).toContain('誰も応答しませんでした');
    });

    test.each([0, 0.5, 1, 2])(
      'two press 1, %d s apart: one phone rings at a time, the later one at last',
      async (apart) => {
        story = openStory(options);
        story.members({ 高橋: takes });
        story.mackerel.raise();
        await story.at(20);
        story.exchange.callIn(numberOf.鈴木, numbers.a, press('1'));
        await story.clock.run(apart);
        story.exchange.callIn(numberOf.高橋, numbers.a, press('1'));
        await story.untilQuiet();
        expect(story.rings().at(-1)).toMatch(/^00:(29|3\d) 高橋 answered pressed 1$/);
        expect(story.slackShows().join('\n')).toContain('*高橋 が対応します*');
      },
    );

    test('it closes before their line is free again: their phone does not ring', async () => {
      story = openStory({ ...options, mackerel: { webhook: true } });
      const id = story.mackerel.raise();
      await story.at(20);
      await callA(numberOf.鈴木, press('1'));
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings().map((ring) => ring.slice(6))).toEqual(['佐藤 canceled']);
      expect(story.slackShows().join('\n')).toContain(':zzz: アラートは閉じました');
    });

    test('while somebody listens: they are not cut off, and whoever called is the next', async () => {
      story = openStory(options);
      story.members({
        佐藤: answers([
          { kind: 'wait', seconds: 25 },
          { kind: 'press', digits: '2' },
        ]),
        高橋: takes,
      });
      story.mackerel.raise();
      await story.at(8);
      expect(await callA(numberOf.高橋, press('1'))).toEqual([
        'アラートで呼び出し中です。いま、ほかの人が電話で聞いています。 1を押すと、次におかけします。',
        '次におかけします。電話を切ってお待ちください。',
      ]);
      await story.untilQuiet();
      expect(story.rings().map((ring) => ring.slice(6))).toEqual([
        '佐藤 answered pressed 2',
        '高橋 answered pressed 1',
      ]);
      story.slackShows();
    });

    test('while the last one listens: whoever called is rung before anybody says that nobody answered', async () => {
      story = openStory({ ...options, list: { ...options.list, members: ['佐藤', '鈴木'] } });
      const passesLate = answers([
        { kind: 'wait', seconds: 25 },
        { kind: 'press', digits: '2' },
      ]);
      story.members({ 佐藤: [ignores, takes], 鈴木: passesLate });
      story.mackerel.raise();
      await story.at(75);
      expect((await callA(numberOf.佐藤, press('1'))).at(-1)).toBe(
        '次におかけします。電話を切ってお待ちください。',
      );
      await story.untilQuiet();
      expect(story.rings().map((ring) => ring.slice(6))).toEqual([
        '佐藤 no-answer',
        '鈴木 answered pressed 2',
        '佐藤 answered pressed 1',
      ]);
      expect(story.slackShows().join('\n')).not.toContain('誰も応答しませんでした');
    });

    test('nobody answered: whoever calls then can still take it', async () => {
      story = openStory(options);
      await story.alert();
      story.members({ 鈴木: takes });
      expect(await callA(numberOf.鈴木, press('1'))).toEqual([
        '4分前に呼び出したアラートに、まだ誰も対応していません。 1を押すと、この電話を切って、すぐにおかけ直しします。',
      ]);
      await story.untilQuiet();
      expect(story.rings().at(-1)).toContain('鈴木 answered pressed 1');
      expect(story.slackShows().join('\n')).toContain('*鈴木 が対応します*');
    });

    test('somebody has it', async () => {
      story = openStory(options);
      story.members({ 佐藤: takes });
      await story.alert();
      await story.at(600);
      expect((await callA(numberOf.鈴木))[0]).toMatch(/^10分前に、佐藤さんが対応を引き受けました。/);
      expect(story.rings()).toHaveLength(1);
      story.slackShows();
    });
  });

  test('all is quiet, and 5 starts a test, carried by the call itself', async () => {
    story = openStory();
    story.members({ 鈴木: takes });
    story.exchange.callIn(numberOf.佐藤, numbers.a, press('5'));
    await story.untilQuiet();
    const [call] = story.phone('佐藤').calls;
    expect(call?.heard[0]).toBe(
      '呼び出しはありません。 全員に電話するテストを始める場合は、5を押してください。',
    );
    expect(story.rings().map((ring) => ring.slice(6))).toEqual(['佐藤 busy', '鈴木 answered pressed 1']);
    expect(story.slackShows()[0]).toBe(':test_tube: *架電のテスト* (アラートは出ていません)');
  });

  test('of tests by phone there are three an hour at the most', async () => {
    story = openStory({ list: { members: ['佐藤', '鈴木'] } });
    story.phone('鈴木').always(takes);
    for (let nth = 0; nth < 4; nth++) {
      story.exchange.callIn(numberOf.佐藤, numbers.a, press('5'));
      await story.untilQuiet();
    }
    expect(story.rings().filter((ring) => ring.includes('鈴木'))).toHaveLength(3);
    expect(story.phone('佐藤').calls.at(-1)?.heard.at(-1)).toBe('いまはテストを始められません。');
    story.slackShows();
  });

  test.each<[string, StoryOptions, string]>([
    ['anybody else', {}, numbers.c],
    ['a member, where it is switched off', { list: { callIn: 'off' } }, numberOf.佐藤],
  ])('%s hears one sentence, and is hung up on', async (_who, options, from) => {
    story = openStory(options);
    story.mackerel.raise();
    await story.at(5);
    expect(await callA(from, press('1'))).toEqual([
      'この番号は、アラートをお知らせする発信専用です。失礼します。',
    ]);
    story.members({ 鈴木: takes });
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(2);
    story.slackShows();
  });

  test('Sync is away: nobody is told what is not known', async () => {
    story = openStory({ list: { language: 'en', members: ['Ann'] } });
    story.network.fault('sync', () => ({ kind: 'down' }));
    expect(await callA(phoneOf(1))).toEqual([
      'We cannot see how things stand right now. Please check Slack or Mackerel.',
    ]);
  });
});

/** Somebody tries the line out. It must ring like the real thing, and be told from it by everybody. */
describe('test page', () => {
  /** A call that is not Mackerel's, to a URL that somebody wrote. */
  const callAbout = (url: string, more: Record<string, string> = {}) =>
    story.placeCall({ From: numbers.a, To: numbers.b, Url: story.publicUrl + url, ...more });

  test('while somebody hears that a page is theirs, a test rings nobody', async () => {
    story = openStory();
    story.members({ 佐藤: takes });
    story.mackerel.raise();
    const hears = () => story.heard('佐藤').at(-1)?.includes('佐藤さんが対応することになりました') === true;
    await story.clock.runUntil(hears, 30);
    expect(hears()).toBe(true);
    await callAbout('/dial-list');
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    story.slackShows();
  });

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
});

/** A rehearsal by calls of our own: everybody, or one member; marked as a test, and no bar to a real alert. */
describe('rehearsal', () => {
  const env = { CALLER_ID: '+815000000101' };

  const open = (options: StoryOptions = {}) => {
    story = openStory({ env, ...options });
  };

  /** `npm run rehearse` asks. */
  async function rehearse(to?: string): Promise<[number, object]> {
    const body = to === undefined ? '' : new URLSearchParams({ to }).toString();
    const { status, body: answer } = await answerTo(
      story,
      signed(story, { path: '/rehearsal', body, headers: { 'content-type': FORM } }),
    );
    return [status, JSON.parse(answer)];
  }
  const rung = () => story.rings().map((ring) => ring.replace(/^\S+ /, ''));

  test('everybody, in order, until one takes it', async () => {
    open();
    story.members({ 佐藤: ignores, 鈴木: takes });
    expect(await rehearse()).toEqual([200, { ok: true, page: expect.any(String) }]);
    await story.untilQuiet();
    expect(rung()).toEqual(['佐藤 no-answer', '鈴木 answered pressed 1']);
    expect(story.slackShows()[0]).toContain('テスト');
  });

  test.each([
    ['takes it', takes, '鈴木 answered pressed 1'],
    ['passes it on', passes, '鈴木 answered pressed 2'],
    ['sleeps', ignores, '鈴木 no-answer'],
  ] as const)('one member, who %s: nobody else is rung', async (_what, reaction, ring) => {
    open();
    story.members({ 鈴木: reaction });
    await rehearse('鈴木');
    await story.untilQuiet();
    expect(rung()).toEqual([ring]);
    story.slackShows();
  });

  test('an alert that comes during one member’s rehearsal rings everybody', async () => {
    open();
    story.members({ 佐藤: takes, 鈴木: ignores });
    await rehearse('鈴木');
    await story.at(20);
    await story.alert();
    expect(rung()).toEqual(['鈴木 no-answer', '佐藤 answered pressed 1']);
    story.slackShows();
  });

  test.each<[string, StoryOptions, string | undefined, number, RegExp]>([
    ['a name that the list does not have', {}, '田中', 404, /Nobody .* has that name/],
    ['no number to ring from', { env: {} }, undefined, 503, /CALLER_ID/],
  ])('%s: refused, with what to do', async (_what, options, to, status, error) => {
    open(options);
    expect(await rehearse(to)).toEqual([status, { error: expect.stringMatching(error) }]);
  });

  test('while people are rung, none begins', async () => {
    open();
    story.members({ 佐藤: takes });
    story.mackerel.raise();
    await story.at(5);
    expect(await rehearse()).toEqual([409, { error: expect.stringContaining('right now') }]);
    await story.untilQuiet();
    expect(rung()).toEqual(['佐藤 answered pressed 1']);
    story.slackShows();
  });
});
