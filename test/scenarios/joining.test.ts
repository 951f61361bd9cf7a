/** Alerts that come while people are rung, one by one or in a storm: all are on one page, and none is lost. */
import { answers, type Reaction } from '../../switchboard';
import { isDeep } from '../support/depth';
import {
  ignores,
  openStory,
  passes,
  pressesAfter,
  type Story,
  type StoryOptions,
  takes,
  voicemail,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

/** Alerts that come while people are rung: they join the page, and whoever takes it takes them all. */
describe('joining', () => {
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
    expect(story.slackShows()).toContain(
      '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjFLXPuGjC`',
    );
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
    story.exchange.delivery = ({ kind }) =>
      story.clock.now() > START + 66_000 && kind !== 'twiml' ? [] : [0];
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
});

/** A monitor whose alert closes, and opens again under another id. */
describe('flapping', () => {
  const cpu = { monitorName: 'CPU', host: { name: 'app01' } };
  const MINUTE = 60;

  const WAYS: readonly [string, StoryOptions][] = [
    ['the webhook tells', { mackerel: { webhook: true } }],
    ['webhook and API tell', { mackerel: { webhook: true, apiKey: 'read' } }],
    ['by calls of our own', { list: { start: 'webhook' } }],
  ];

  /** Raised, and closed two minutes later. */
  async function flap(at: number, what: object = cpu): Promise<void> {
    await story.at(at);
    const id = story.mackerel.raise(what);
    await story.at(at + 2 * MINUTE);
    story.mackerel.close(id);
    await story.clock.run(5);
  }

  describe.each(WAYS)('%s', (_way, options) => {
    test('12 times in an hour: one ring, and from the third time on Slack says that it is flapping', async () => {
      story = openStory(options);
      story.phone('佐藤').always(takes);
      for (let nth = 0; nth < 12; nth++) await flap(nth * 5 * MINUTE);
      await story.untilQuiet();
      expect(story.rings()).toEqual([expect.stringMatching(/^00:0\d 佐藤 answered pressed 1$/)]);
      const slack = story.slackShows();
      expect(slack.filter((line) => line.includes('対応したばかりのため、呼び出しません'))).toHaveLength(11);
      const times = slack.flatMap((line) => /1時間に(\d+)回/.exec(line)?.[1] ?? []);
      expect(times).toEqual(['3', '4', '5', '6', '7', '8', '9', '10', '11', '12']);
    });

    test('another host, or later than settleMinutes: it rings', async () => {
      story = openStory(options);
      story.phone('佐藤').always(takes);
      await flap(0);
      await flap(5 * MINUTE, { ...cpu, host: { name: 'app02' } });
      await flap(19 * MINUTE);
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(3);
      story.slackShows();
    });

    test('"settleMinutes": 0: it rings each time, and is called flapping the third', async () => {
      story = openStory({ ...options, list: { ...options.list, settleMinutes: 0 } });
      story.phone('佐藤').always(takes);
      for (const nth of [0, 1, 2]) await flap(nth * 5 * MINUTE);
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(3);
      expect(story.slackShows().filter((line) => line.includes('1時間に3回'))).toHaveLength(1);
    });

    test('worse than what they took: it rings', async () => {
      story = openStory(options);
      story.phone('佐藤').always(takes);
      await flap(0, { ...cpu, status: 'WARNING' });
      await flap(5 * MINUTE, { ...cpu, status: 'CRITICAL' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      story.slackShows();
    });
  });
});

/** Thirty alerts within one second: one phone rings, thirty alerts are told, none is lost, and Sync is asked little. */
describe('a storm', () => {
  const ALERTS = 30;
  /** Milliseconds between two of them: evenly over a second. */
  const SPACING = 33;

  /** Picks up after 20 s, when all has come, and takes it. */
  const takesLater = answers([{ kind: 'listen' }, { kind: 'press', digits: '1' }], 20);

  /** What a storm came to, without the page that came before it. */
  type Storm = {
    readonly alerts: readonly string[];
    readonly requests: number;
    readonly lines: readonly string[];
  };

  async function storm(options: StoryOptions, isFirst: boolean): Promise<Storm> {
    story = openStory(options);
    if (!isFirst) {
      story.members({ 佐藤: takes });
      await story.alert();
    }
    const before = { requests: requestsToSync(), lines: story.log.length };
    story.members({ 佐藤: takesLater });
    const alerts: string[] = [];
    for (let count = 1; count <= ALERTS; count++) {
      const status = count === 18 ? 'CRITICAL' : 'WARNING';
      alerts.push(story.mackerel.raise({ status, monitorName: `監視${count}` }));
      await story.clock.run(SPACING / 1000);
    }
    await story.untilQuiet();
    return { alerts, requests: requestsToSync() - before.requests, lines: story.log.slice(before.lines) };
  }

  const requestsToSync = () => story.network.log.filter(({ neighbour }) => neighbour === 'sync').length;

  /** Requests to Sync of each answer of an endpoint, as the Functions count them. */
  const requestsOf = (path: string, { lines }: Storm): number[] =>
    lines.flatMap((line) => {
      const { path: of, sync } = JSON.parse(line);
      return of === path && typeof sync === 'number' ? [sync] : [];
    });

  /** One phone has rung, its owner has heard of all, has taken all, and all are on record. */
  function expectOnePage({ alerts }: Storm, isFirst: boolean, isKnown = false): void {
    const rings = story.rings().slice(isFirst ? 0 : 1);
    expect(rings).toEqual([expect.stringMatching(/^0[01]:\d\d 佐藤 answered pressed 1$/)]);
    expect(story.heard('佐藤')[0]).toContain(`アラートが${ALERTS}件出ています`);
    if (isKnown) expect(story.heard('佐藤')[0]).toContain('クリティカル');
    expect(story.heard('佐藤').at(-1)).toContain(`${ALERTS}件まとめて、佐藤さんが対応することになりました`);
    const slack = story.slackShows().join('\n');
    expect(slack).toContain(`ほか${ALERTS - 6}件`);
    expect(slack).not.toContain('Syncが応答しません');
    expect([...(story.history().at(-1)?.alerts ?? [])].sort()).toEqual([...alerts].sort());
    expect(story.functions.invocations.filter(({ status }) => status !== 200 && status !== 204)).toEqual([]);
  }

  /**
   * Requests to Sync an alert: those of its own webhooks, and its thirtieth part of the page's. The first time, maps
   * are made, and each call is recorded, because nobody knows yet whether its end will be reported. A status callback
   * is one more webhook, which has to check whether the call asked us.
   */
  const SETUPS: readonly [string, StoryOptions, first: number, later: number][] = [
    ['neither API nor webhook is set up', {}, 4.8, 4.3],
    ['the API is set up', { mackerel: { apiKey: 'read' } }, 5.9, 5.4],
    ['the webhook is set up', { mackerel: { webhook: true } }, 6.2, 5.6],
    ['the status callback is set up', { mackerel: { statusCallback: true } }, 6, 5.3],
    ['all is set up', { mackerel: { apiKey: 'write', webhook: true, statusCallback: true } }, 8.6, 8],
    ['the webhook starts pages', { list: { start: 'webhook' } }, 4.2, 3.8],
    [
      'the webhook starts pages, and the API is set up',
      { list: { start: 'webhook' }, mackerel: { apiKey: 'read' } },
      4.9,
      4.3,
    ],
  ];

  describe.each(isDeep ? SETUPS : SETUPS.slice(5, 6))('%s', (_what, options, first, later) => {
    test.each([
      ['the first ever', true, first],
      ['a later one', false, later],
    ])('a storm, %s', async (_which, isFirst, mostAnAlert) => {
      const came = await storm(options, isFirst);
      expect(came.requests / ALERTS).toBeLessThanOrEqual(mostAnAlert);
      const isKnown = Boolean(options.list || options.mackerel?.webhook || options.mackerel?.apiKey);
      expectOnePage(came, isFirst, isKnown);
    });
  });

  test('a call in a storm asks Sync five times at most, and does not wait', async () => {
    const came = await storm({ mackerel: { statusCallback: true } }, false);
    expect(Math.max(...requestsOf('/dial-list', came))).toBeLessThanOrEqual(5);
    expect(Math.max(...requestsOf('/call-ended', came))).toBeLessThanOrEqual(5);
    const waits = story.answers().flatMap(({ path, ms }) => (path === '/dial-list' ? [ms] : []));
    expect(Math.max(...waits)).toBeLessThan(500);
    expectOnePage(came, false);
  });
});

/**
 * Thirty alerts within one second, where Twilio dials one call a second, Mackerel's and ours, and queues the others
 * (docs/voice/api/call-resource, "Calls Per Second"): one phone rings at a time, and none of the alerts is lost.
 */
describe('Twilio dials one call a second', () => {
  const ALERTS = 30;
  /** Seconds between two of them: evenly over a second. */
  const SPACING = 0.033;

  /** Does not listen to the end of the confirmation. */
  const takesAndHangsUp = (after: number) =>
    answers(
      [
        { kind: 'listen' },
        { kind: 'press', digits: '1' },
        { kind: 'wait', seconds: 0.4 },
        { kind: 'hang-up' },
      ],
      after,
    );

  /** Gives the alerts that were raised. */
  async function storm(
    members: Readonly<Record<string, Reaction | readonly Reaction[]>>,
    options: StoryOptions = {},
  ): Promise<string[]> {
    story = openStory({ callsPerSecond: 1, ...options });
    story.members(members);
    const alerts: string[] = [];
    for (let count = 1; count <= ALERTS; count++) {
      alerts.push(story.mackerel.raise({ monitorName: `監視${count}` }));
      await story.clock.run(SPACING);
    }
    return alerts;
  }

  /** Each of them is on record once, in the order of the pages. */
  function expectAllOnRecord(alerts: readonly string[], pages: readonly number[]): void {
    const past = story.history();
    expect(past.map(({ alerts }) => alerts.length)).toEqual(pages);
    expect(past.flatMap(({ alerts }) => alerts).sort()).toEqual([...alerts].sort());
    expect(story.slackShows().filter((line) => line.includes('が対応します'))).toHaveLength(pages.length);
  }

  test("Mackerel's calls come one a second, and join the page that rings meanwhile", async () => {
    const alerts = await storm({ 佐藤: takesAndHangsUp(29) });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expectAllOnRecord(alerts, [ALERTS]);
  });

  test('somebody takes it while calls are queued still: what these bring is new, and rings again', async () => {
    const alerts = await storm({ 佐藤: [takesAndHangsUp(5), takesAndHangsUp(16)] });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '00:16 佐藤 answered pressed 1']);
    expectAllOnRecord(alerts, [16, 14]);
  });

  test('and where the webhook or the API tells when they were raised, they are whose the others are', async () => {
    for (const mackerel of [{ webhook: true }, { apiKey: 'read' }] as const) {
      const alerts = await storm({ 佐藤: takesAndHangsUp(5) }, { mackerel });
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
      const [page] = story.history();
      expect(page?.alerts.length).toBeGreaterThan(3);
      const pages = new Set(story.alerts().map((alert) => alert.page));
      expect(story.alerts()).toHaveLength(alerts.length);
      expect(pages.size).toBe(1);
      expect(story.slackShows().join()).toContain('加わりました');
      story.close();
    }
    story = openStory();
  });

  test('the webhook starts pages: the one call of ours does not wait', async () => {
    const alerts = await storm({ 佐藤: takesAndHangsUp(5) }, { list: { start: 'webhook' } });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expectAllOnRecord(alerts, [ALERTS]);
  });

  test("the call that carries the page breaks off: ours waits behind Mackerel's, and rings then", async () => {
    const alerts = await storm({ 鈴木: takesAndHangsUp(5) });
    // Long enough for a phone to have rung: else the same one would ring again.
    await story.at(6);
    await story.loseCall();
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 canceled', '00:30 鈴木 answered pressed 1']);
    expectAllOnRecord(alerts, [ALERTS]);
  });
});

/**
 * Sync is down, and 20 alerts come: nothing that all can see says who is being rung. Each process of a Function remembers
 * the page that it has begun, so that what comes within 30 s joins it: it is told in Slack, and makes no phone ring.
 */
describe('a storm while Sync is down', () => {
  const ROUNDS = { rounds: 3, pauseSeconds: 30 };
  const direct: StoryOptions = { list: { start: 'webhook', ...ROUNDS } };
  const bridge: StoryOptions = { list: ROUNDS };

  function open(options: StoryOptions) {
    story = openStory({ ...options, forgetsEnd: true });
    story.network.fault('sync', { kind: 'down' });
  }

  async function raise(count: number, secondsApart: number) {
    for (let nth = 0; nth < count; nth++) {
      story.mackerel.raise({ monitorName: `監視${nth}` });
      await story.clock.run(secondsApart);
    }
  }

  describe.each([
    ['on Mackerel’s calls', bridge],
    ['in the direct way', direct],
  ])('%s', (_way, options) => {
    test.each([
      ['at once', 0],
      ['a second apart', 1],
    ])('20 alerts, %s: one phone rings at a time, and each alert is told', async (_, apart) => {
      open(options);
      story.members({ 佐藤: ignores, 鈴木: takes });
      await raise(20, apart);
      await story.at(120);
      expect(story.rings().length).toBeLessThanOrEqual(3);
      expect(
        story.slackShows().filter((line) => line.startsWith('<!channel> :heavy_plus_sign:')),
      ).toHaveLength(19);
      expect(story.slackShows().length).toBeLessThan(60);
      await story.untilQuiet();
      story.rings();
      story.slackShows();
    });

    test('what comes later than that rings on its own: the first page may be over by then', async () => {
      open({ ...options, list: { ...options.list, members: ['佐藤', '鈴木'] } });
      story.members({ 佐藤: [takes, takes] });
      await raise(1, 40);
      await raise(1, 40);
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(story.slackShows().join()).not.toContain(':heavy_plus_sign:');
    });
  });

  test('over an incoming webhook, each alert is told as well', async () => {
    open({ ...direct, slack: 'webhook' });
    story.members({ 佐藤: takes });
    await raise(5, 1);
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(1);
    expect(story.slackShows().filter((line) => line.startsWith('<!channel> :heavy_plus_sign:'))).toHaveLength(
      4,
    );
  });
});
