/** The call that carries a page never comes, breaks off, or is not allowed: members are rung by calls of our own. */

import { answers, numbers } from '../../switchboard';
import {
  ignores,
  isBusy,
  isOff,
  openStory,
  passes,
  picksUp,
  presses,
  type Story,
  type StoryOptions,
  takes,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

/** The call that carries the page breaks off: members are rung by calls of our own instead, where anybody notices. */
describe('the call breaks off', () => {
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

  test('it breaks off at the end of a round that was over soon: the rest of the pause is waited without it', async () => {
    story = openStory({ list: { rounds: 2, pauseSeconds: 120 } });
    story.members({ 佐藤: [passes, takes], 鈴木: passes, 高橋: ignores });
    story.mackerel.raise();
    await story.at(50);
    await story.loseCall();
    await story.untilQuiet();
    expect(story.rings()).toEqual([
      '00:00 佐藤 answered pressed 2',
      expect.stringMatching(/^00:1\d 鈴木 answered pressed 2$/),
      expect.stringMatching(/^00:3\d 高橋 canceled$/),
      expect.stringMatching(/^02:0\d 佐藤 answered pressed 1$/),
    ]);
    expect(story.slackShows().join('\n')).toContain('*佐藤 が対応します*');
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
});

/** Mackerel's call gets nowhere: its Status Callback URL notices, and members are rung by calls of our own. */
describe('the call gets nowhere', () => {
  const open = (options: StoryOptions) => {
    story = openStory(options);
    story.members({ 佐藤: ignores, 鈴木: takes });
  };

  const UNKNOWN = [
    ':rotating_light: *Mackerelのアラート `unknown`*',
    ':white_check_mark: *鈴木* が対応中',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :mobile_phone_off: 佐藤: 応答なし',
    '→ :telephone_receiver: 鈴木 を呼び出しています',
    '→ :speech_balloon: 鈴木 が電話に出ました',
    '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
  ];

  test.each([
    ['busy', '00:01', '01:06'],
    ['unanswered', '01:05', '02:10'],
    ['out-of-order', '00:01', '01:06'],
  ] as const)('number B is %s', async (numberB, first, second) => {
    open({ numberB, mackerel: { statusCallback: true } });
    await story.alert();
    expect(story.rings()).toEqual([`${first} 佐藤 no-answer`, `${second} 鈴木 answered pressed 1`]);
    expect(story.slackShows()).toEqual(UNKNOWN);
  });

  test.each<[string, StoryOptions['mackerel']]>([
    ['the API', { statusCallback: true, apiKey: 'read' }],
    ['the webhook', { statusCallback: true, webhook: true }],
    ['both', { statusCallback: true, webhook: true, apiKey: 'write' }],
  ])('which alert it was about, %s knows; another one joins', async (_how, mackerel) => {
    open({ numberB: 'busy', mackerel });
    story.mackerel.raise({ monitorName: '決済' });
    await story.at(30);
    story.mackerel.raise({ monitorName: 'CPU' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:01 佐藤 no-answer', '01:06 鈴木 answered pressed 1']);
    expect(story.heard('鈴木')[0]).toMatch(
      /^鈴木さん、マカレルのアラートが2件出ています。最も重いものをお伝えします。クリティカル。決済、app01。/,
    );
    const slack = story.slackShows();
    expect(slack[0]).toContain('決済 — app01');
    expect(slack.find((line) => line.startsWith('•'))).toContain('CPU — app01');
    expect(story.history()).toMatchObject([{ alerts: ['2bje1qym3Fh', '2bjFLXPuGjC'] }]);
  });

  test('a closing ends it, too', async () => {
    open({ numberB: 'busy', mackerel: { statusCallback: true, webhook: true } });
    const id = story.mackerel.raise({ monitorName: '決済' });
    await story.at(20);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:01 佐藤 canceled']);
    expect(story.slackShows()).toContain('→ :zzz: *誰かが対応する前に閉じました*');
  });

  test('without the Status Callback URL nobody can notice', async () => {
    open({ numberB: 'busy' });
    await story.alert();
    expect(story.rings()).toEqual([]);
    expect(story.slackShows()).toEqual([]);
  });

  test.each([
    ['the first ever', false],
    ['a later one', true],
  ])('the TwiML could not be fetched, %s', async (_which, isLater) => {
    story = openStory({ faults: [11200], mackerel: { statusCallback: true } });
    story.members({ 佐藤: isLater ? [takes, ignores] : ignores, 鈴木: takes });
    if (isLater) await story.alert();
    await story.at(100);
    story.exchange.delivery = ({ url }) => (url.pathname === '/dial-list' ? [] : [0]);
    await story.alert();
    const rings = story.rings().slice(isLater ? 1 : 0);
    // Twilio waits 15 s for the TwiML, and then says so to number B.
    expect(rings).toEqual([
      expect.stringMatching(/^01:5[89] 佐藤 no-answer$/),
      '03:04 鈴木 answered pressed 1',
    ]);
    expect(story.slackShows().slice(isLater ? 6 : 0)).toEqual(
      UNKNOWN.map((line) => line.replace('1分19秒', '1分20秒')),
    );
  });

  test.each([
    ['while a phone rings', 70],
    ['between two rounds', 250],
  ])('it breaks off %s: the page goes on from the next position', async (_when, seconds) => {
    story = openStory({ list: { rounds: 2, pauseSeconds: 90 }, mackerel: { statusCallback: true } });
    story.phone('高橋').next(seconds > 100 ? ignores : takes);
    if (seconds > 100) story.members({ 佐藤: [ignores, takes] });
    story.mackerel.raise();
    await story.at(seconds);
    await story.loseCall();
    await story.untilQuiet();
    expect(story.rings()).toEqual(
      seconds > 100
        ? [
            '00:00 佐藤 no-answer',
            '01:05 鈴木 no-answer',
            '02:10 高橋 no-answer',
            '04:12 佐藤 answered pressed 1',
          ]
        : ['00:00 佐藤 no-answer', '01:05 鈴木 canceled', '01:10 高橋 answered pressed 1'],
    );
    expect(story.slackShows()).toContain('→ :telephone: Mackerelからの通話が切れたため、直接呼び出します');
  });

  test('a call that joined and was hung up by us is none that got lost', async () => {
    story = openStory({ mackerel: { statusCallback: true } });
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise();
    await story.at(20);
    story.mackerel.raise();
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    expect(story.heard('鈴木')[0]).toBe('鈴木さん、マカレルのアラートが2件出ています。');
    expect(story.slackShows().filter((line) => line.startsWith('順番'))).toHaveLength(1);
  });
});

/**
 * An account without an approved profile may have few calls up at once, and Twilio rejects what goes beyond (docs/api/errors/10004):
 * 2 without one, 3 with an individual's (help.twilio.com/articles/223180028). People are told, and the next
 * notification makes it good.
 */
describe('too many calls', () => {
  const open = (options: StoryOptions) => {
    story = openStory({ resendEverySeconds: 600, ...options });
  };
  const slack = () => story.slackShows().join('\n');

  describe('on a call of Mackerel’s, with number B in the same account', () => {
    test('three calls are enough for one alert', async () => {
      open({ isNumberBOurs: true, concurrentCalls: 3 });
      story.members({ 佐藤: ignores, 鈴木: takes });
      const alert = story.mackerel.raise();
      await story.at(300);
      story.mackerel.close(alert);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(slack()).toContain('鈴木 が対応します');
    });

    test('with two, nobody can be rung: Slack tells, and what is sent again rings once the limit is gone', async () => {
      open({ isNumberBOurs: true, concurrentCalls: 2, faults: [10004, 10004, 10004] });
      story.members({ 佐藤: takes });
      const alert = story.mackerel.raise();
      await story.at(60);
      expect(story.rings()).toEqual([]);
      expect(slack()).toContain('佐藤: つながらず');
      expect(slack()).toContain('<!channel> :x: *誰も応答しませんでした*');
      story.exchange.limits.concurrentCalls = undefined;
      await story.at(900);
      story.mackerel.close(alert);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['10:00 佐藤 answered pressed 1']);
      expect(slack()).toContain('佐藤 が対応します');
    });

    test.each(['refused', 'failed'] as const)(
      'an alert that comes meanwhile has its call rejected (%s), and rings when it is sent again',
      async (beyondLimit) => {
        const rejected = beyondLimit === 'failed' ? [10004] : [];
        open({ isNumberBOurs: true, concurrentCalls: 3, unconfirmed: { beyondLimit }, faults: rejected });
        story.members({ 佐藤: [takes, takes] });
        const first = story.mackerel.raise();
        await story.at(3);
        const other = story.mackerel.raise();
        await story.at(60);
        story.mackerel.close(first);
        await story.at(900);
        story.mackerel.close(other);
        await story.untilQuiet();
        expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '10:03 佐藤 answered pressed 1']);
        expect(story.history().map(({ alerts }) => alerts)).toEqual([[first], [other]]);
        expect(slack()).toContain('佐藤 が対応します');
      },
    );

    test('where its end is told of, and the API tells which it was, it joins at once', async () => {
      open({
        isNumberBOurs: true,
        concurrentCalls: 3,
        unconfirmed: { beyondLimit: 'failed' },
        faults: [10004],
        mackerel: { statusCallback: true, apiKey: 'read' },
        resendEverySeconds: undefined,
      });
      story.members({ 佐藤: ignores, 鈴木: takes });
      const first = story.mackerel.raise();
      await story.at(3);
      const other = story.mackerel.raise();
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(story.history()).toMatchObject([{ end: 'taken', alerts: [first, other] }]);
      expect(slack()).toContain('加わりました');
    });
  });

  describe('by calls of our own', () => {
    const direct: StoryOptions = { list: { start: 'webhook' }, concurrentCalls: 1 };
    /** Somebody else's use of the account. */
    const holdTheLine = async (seconds: number) => {
      const form = { From: numbers.a, To: numbers.c, Url: `${story.publicUrl}/hold-music` };
      story.exchange.limits.concurrentCalls = 2;
      await story.placeCall({ ...form, To: numbers.b, TimeLimit: String(seconds) });
      story.exchange.limits.concurrentCalls = 1;
    };

    test('one call is enough', async () => {
      open(direct);
      story.members({ 佐藤: ignores, 鈴木: takes });
      story.mackerel.close(await story.alert());
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      slack();
    });

    test('the account is at its limit: Slack says so at once, and what is sent again rings', async () => {
      open(direct);
      story.members({ 佐藤: takes });
      await holdTheLine(120);
      const alert = story.mackerel.raise();
      await story.at(10);
      expect(story.rings()).toEqual([]);
      expect(slack()).toContain(
        '<!channel> :x: *Twilioから誰にも電話をかけられません。まだ誰も対応していません*。アカウントの同時通話数の上限に達しています (10004)。docs/set-up.ja.mdを見てください',
      );
      await story.at(900);
      story.mackerel.close(alert);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['10:00 佐藤 answered pressed 1']);
      expect(slack()).toContain('佐藤 が対応します');
    });

    test('a call ends just then: the phone rings two seconds later, and nobody is told of any trouble', async () => {
      open(direct);
      story.members({ 佐藤: takes });
      await holdTheLine(2);
      const alert = story.mackerel.raise();
      await story.at(60);
      story.mackerel.close(alert);
      await story.untilQuiet();
      expect(story.rings()).toEqual([expect.stringMatching(/^00:0[23] 佐藤 answered pressed 1$/)]);
      expect(slack()).not.toContain('<!channel>');
    });

    test('calls are made, and fail: they are told as such, and what is sent again rings', async () => {
      open({ ...direct, unconfirmed: { beyondLimit: 'failed' }, faults: [10004, 10004, 10004] });
      story.members({ 佐藤: takes });
      await holdTheLine(120);
      const alert = story.mackerel.raise();
      await story.at(30);
      expect(story.rings()).toEqual([]);
      expect(slack()).toContain('佐藤: つながらず');
      expect(slack()).toContain('<!channel> :x: *誰も応答しませんでした*');
      await story.at(900);
      story.mackerel.close(alert);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['10:00 佐藤 answered pressed 1']);
      slack();
    });
  });
});

/** "start": "webhook": no number B, no hold leg, no Twilio channel. The webhook starts pages, calls of our own ring people. */
describe('the webhook starts pages', () => {
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

  test('nobody answers: taken along by the next alert, it counts from then until it rings again', async () => {
    open({ list: { repeatMinutes: 10 }, resendEverySeconds: undefined });
    const first = story.mackerel.raise({ monitorName: '決済', status: 'CRITICAL' });
    await story.at(660);
    story.mackerel.raise({ monitorName: 'CPU' });
    await story.at(900);
    const rings = story.rings().length;
    story.mackerel.change(first, 'WARNING');
    await story.at(1_000);
    expect(story.rings()).toHaveLength(rings);
    await story.at(1_300);
    story.members({ 佐藤: takes });
    story.mackerel.change(first, 'CRITICAL');
    await story.untilQuiet();
    expect(story.rings().at(-1)).toBe('21:40 佐藤 answered pressed 1');
    story.slackShows();
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
});
