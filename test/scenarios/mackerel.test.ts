/** Mackerel: what it tells us by its webhook and its API. */
import { type Fault, type MackerelAlertSpec, webhookPayload } from '../../switchboard';
import { secondsSpoken } from '../support/ruler';
import { ignores, openStory, presses, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

/** Mackerel's webhook channel: who is let in, what is accepted, and what is said to whom it is not. */
describe('webhook', () => {
  const PASSWORD = `Basic ${Buffer.from('mackerel:switchboard').toString('base64')}`;

  /** Somebody posts to the webhook. */
  async function posted(body: unknown, authorization: string | null = PASSWORD) {
    const asked = story.functions.handle({
      method: 'POST',
      url: new URL(`${story.publicUrl}/mackerel-webhook`),
      headers: { 'content-type': 'application/json', ...(authorization !== null && { authorization }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    await story.clock.run(10);
    const { status, body: answer } = await asked;
    return [status, JSON.parse(answer)];
  }

  const open = (options: StoryOptions = {}) => {
    story = openStory({ mackerel: { webhook: true }, ...options });
  };

  /** As little as an alert can be told by. */
  const alert = { id: '2bj1', status: 'critical', isOpen: true };
  const TYPES = [
    'connectivity',
    'host',
    'service',
    'external',
    'check',
    'expression',
    'anomalyDetection',
    'query',
  ];

  test('no credentials are configured: refused, with what to set', async () => {
    open({ mackerel: {} });
    expect(await posted({ event: 'alert', alert })).toEqual([
      503,
      {
        error:
          'The webhook is not set up. Set MACKEREL_WEBHOOK_USER and MACKEREL_WEBHOOK_PASSWORD and deploy',
      },
    ]);
  });

  test.each([
    ['none', null],
    ['a wrong password', `Basic ${Buffer.from('mackerel:guess').toString('base64')}`],
    ['another scheme', 'Bearer switchboard'],
    ['nothing behind the scheme', 'Basic '],
    ['no colon', `Basic ${Buffer.from('mackerelswitchboard').toString('base64')}`],
  ])('credentials: %s', async (_what, authorization) => {
    open();
    expect(await posted({ event: 'alert', alert }, authorization)).toEqual([
      401,
      { error: 'Wrong user or password. Write them into the URL: https://USER:PASSWORD@…/mackerel-webhook' },
    ]);
  });

  test.each(TYPES)('the type %s is accepted, by the least that can be told of it', async (type) => {
    open();
    expect(await posted({ event: 'alert', type, alert })).toEqual([200, { ok: true }]);
  });

  test.each([
    ['an unknown field', { event: 'alert', alert: { ...alert, mood: 'bad' }, weather: { sky: 'grey' } }],
    ['an unknown type', { event: 'alert', type: 'mainframe', alert }],
    [
      'null wherever it may be',
      {
        event: 'alert',
        host: null,
        service: null,
        imageUrl: null,
        memo: null,
        alert: { ...alert, metricValue: null, url: null },
      },
    ],
    ['a host without roles', { event: 'alert', type: 'host', host: { name: 'app01' }, alert }],
  ])('%s is no error', async (_what, body) => {
    open();
    expect(await posted(body)).toEqual([200, { ok: true }]);
  });

  /** The notifications that Slack says are beyond us. */
  const saidToBeUnread = () =>
    story
      .slackShows()
      .map((line) => line.match(/^:warning: MackerelのWebhookから解釈できない通知.*`(\w+)`/)?.[1]);

  test.each(['hostStatus', 'hostRegister', 'hostRetire', 'monitor'])(
    'the event %s is no trouble: accepted, and nobody is told',
    async (event) => {
      open();
      expect(await posted({ event, alert: 'nothing of the kind' })).toEqual([200, { ok: true }]);
      expect(story.sync.document('mackerel-kaden')).toBeUndefined();
    },
  );

  test.each(['alertGroup', 'somethingNew'])(
    'the event %s, of which nothing can be made: accepted, and told in Slack',
    async (event) => {
      open();
      expect(await posted({ event, alert: 'nothing of the kind' })).toEqual([200, { ok: true }]);
      expect(story.sync.document('mackerel-kaden')).toBeUndefined();
      expect(saidToBeUnread()).toEqual([event]);
    },
  );

  test.each([
    ['no JSON object', '[1, 2]', 'event'],
    ['nothing in it', {}, 'event'],
  ])("a body that is nobody's, %s: refused, with the field", async (_what, body, field) => {
    open();
    const [status, answer] = await posted(body);
    expect(status).toBe(400);
    expect(answer.error).toContain(`This is not a notification from Mackerel: ${field} `);
  });

  test.each([
    ['no alert', { event: 'alert' }, 'alert'],
    ['no id', { event: 'alert', alert: { status: 'critical', isOpen: true } }, 'alert.id'],
    ['no status', { event: 'alert', alert: { id: 'x', isOpen: true } }, 'alert.status'],
    ['open or not in words', { event: 'alert', alert: { ...alert, isOpen: 'yes' } }, 'alert.isOpen'],
    ['an id that is none', { event: 'alert', alert: { ...alert, id: '\ud800' } }, 'alert.id'],
  ])(
    'an alert of another shape, %s: refused, with the field, and told in Slack',
    async (_what, body, field) => {
      open();
      const [status, answer] = await posted(body);
      expect(status).toBe(400);
      expect(answer.error).toContain(`This is not a notification from Mackerel: ${field} `);
      expect(saidToBeUnread()).toEqual(['alert']);
    },
  );

  test("Mackerel's test button: Slack says that it is connected", async () => {
    open();
    story.mackerel.sendSample();
    await story.untilQuiet();
    expect(story.mackerel.deliveries.map(({ status }) => status)).toEqual([200]);
    expect(story.slackShows()).toEqual([':link: Mackerelとつながりました']);
  });

  test.each(['down', 'none'] as const)(
    'the test button is answered 200 though Slack is %s',
    async (slack) => {
      open(slack === 'none' ? { slack } : {});
      if (slack === 'down') story.network.fault('slack', { kind: 'hang' });
      story.mackerel.sendSample();
      await story.untilQuiet();
      expect(story.mackerel.deliveries.map(({ status }) => status)).toEqual([200]);
      expect(story.slackShows()).toEqual([]);
    },
  );

  test.each(['before the call', 'after the call', 'never'])(
    'the webhook comes %s: one page, one phone',
    async (when) => {
      open();
      const late = when === 'after the call';
      story.exchange.delivery = ({ url }) => (url.pathname === '/dial-list' && !late ? [3] : [0]);
      story.members({ 鈴木: takes });
      story.network.latency.twilio = late ? 0 : 40;
      if (when === 'never') story = reopened();
      story.mackerel.raise({ monitorName: '決済の監視' });
      await story.untilQuiet();
      expect(story.rings().map((ring) => ring.slice(6))).toEqual([
        '佐藤 no-answer',
        '鈴木 answered pressed 1',
      ]);
      const known = when === 'never' ? '鈴木さん、マカレルのアラートです。' : '決済の監視';
      expect(story.heard('鈴木')[0]).toContain(known);
      expect(story.slackShows().filter((line) => line.startsWith('順番'))).toHaveLength(1);

      function reopened(): Story {
        story.close();
        const other = openStory({});
        other.members({ 鈴木: takes });
        return other;
      }
    },
  );

  test('a webhook that comes minutes after its call tells the next one who is rung', async () => {
    story = openStory({
      env: { MACKEREL_WEBHOOK_USER: 'mackerel', MACKEREL_WEBHOOK_PASSWORD: 'switchboard' },
    });
    story.members({ 高橋: takes });
    const id = story.mackerel.raise({ monitorName: '決済の監視' });
    await story.at(75);
    const raised = story.mackerel.alert(id);
    if (raised) expect(await posted(webhookPayload(raised))).toEqual([200, { ok: true }]);
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(3);
    expect(story.heard('高橋')[0]).toContain('決済の監視、app01。');
    expect(story.slackShows()[0]).toContain('決済の監視 — app01');
  });
});

/** What is known of the alert is spoken, and stands in Slack: from Mackerel's API, from its webhook, or from neither. */
describe('what is known of an alert', () => {
  type Spec = Parameters<Story['mackerel']['raise']>[0];

  const LINK = 'https://mackerel.io/orgs/switchboard/alerts/2bje1qym3Fh';
  const API = { mackerel: { apiKey: 'read' } } as const;
  const WEBHOOK = { mackerel: { webhook: true } } as const;

  /** 佐藤 ignores the phone, 鈴木 hears what there is to be heard: the message without the keys. */
  async function briefed(options: Parameters<typeof openStory>[0], spec: Spec): Promise<string | undefined> {
    story = openStory(options);
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise(spec);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    return story.heard('鈴木')[0];
  }

  /** What the page's message says above its standing. */
  function subject(): string[] {
    const lines = story.slackShows();
    return lines.slice(
      0,
      lines.findIndex((line) => line.startsWith(':white_check_mark:')),
    );
  }

  const GREETING = '鈴木さん、マカレルのアラートです。クリティカル。';
  const MEASURED = 'loadavg5は2.26で、しきい値の1.96を上回っています。';
  /** What an expression or a query computes has a formula, and no name. */
  const COMPUTED = '値は2.26で、しきい値の1.96を上回っています。';
  const LASTING = '1分前から続いています。';
  const FORMULA = 'divide(host(3yAbCdEfGhJ, custom.jvm.heap_bytes.used), 100)';
  const SINCE = '> 2026-11-22 18:00 UTC から';
  const NUMBERS = '> loadavg5: 2.26 &gt; 1.96';
  const ROLE = '> shop: app';
  const SAID = 'HTTP CRITICAL: 503 Service Unavailable';

  /** What the API has of an alert of each type: mackerel.io/api-docs/entry/alerts */
  test.each<[string, Spec, string, string[]]>([
    ['connectivity', { type: 'connectivity' }, `app01。${LASTING}`, [' — app01', ROLE, SINCE]],
    ['host', { type: 'host' }, `app01。${MEASURED}${LASTING}`, [' — app01', NUMBERS, ROLE, SINCE]],
    ['service', { type: 'service' }, `shop。${MEASURED}${LASTING}`, [' — shop', NUMBERS, SINCE]],
    ['external', { type: 'external', message: SAID }, `${LASTING}${SAID}。`, ['', SINCE, `> ${SAID}`]],
    [
      'check',
      { type: 'check', message: SAID },
      `app01。${LASTING}${SAID}。`,
      [' — app01', ROLE, SINCE, `> ${SAID}`],
    ],
    ['expression', { type: 'expression' }, LASTING, ['', SINCE]],
    ['anomalyDetection', { type: 'anomalyDetection' }, `app01。${LASTING}`, [' — app01', ROLE, SINCE]],
    ['query', { type: 'query' }, `${COMPUTED}${LASTING}`, ['', NUMBERS, SINCE]],
  ])('by the API: an alert of the type %s', async (_type, spec, spoken, [target, ...details]) => {
    const heard = await briefed(API, { ...spec, monitorName: '決済の監視' });
    const comma = /^(app01|shop)/.test(spoken) ? '、' : '。';
    expect(heard).toBe(`${GREETING}決済の監視${comma}${spoken}`);
    expect(subject()).toEqual([`:red_circle: CRITICAL *<${LINK}|決済の監視${target}>*`, ...details]);
  });

  /** What the webhook has: mackerel.io/docs/entry/howto/alerts/webhook, and test/conformance */
  test.each<[string, Spec, string, string[]]>([
    [
      'connectivity',
      { type: 'connectivity' },
      `app01。${LASTING}unreachable。`,
      [' — app01', ROLE, SINCE, '> unreachable'],
    ],
    ['host', { type: 'host' }, `app01。${MEASURED}${LASTING}`, [' — app01', NUMBERS, ROLE, SINCE]],
    ['service', { type: 'service' }, `shop。${MEASURED}${LASTING}`, [' — shop', NUMBERS, SINCE]],
    ['external', { type: 'external', message: SAID }, `${LASTING}${SAID}。`, ['', SINCE, `> ${SAID}`]],
    [
      'check',
      { type: 'check', message: SAID },
      `app01。${LASTING}${SAID}。`,
      [' — app01', ROLE, SINCE, `> ${SAID}`],
    ],
    [
      'expression',
      { type: 'expression', value: 95, critical: 90, metric: FORMULA },
      `値は95で、しきい値の90を上回っています。${LASTING}`,
      ['', `> ${FORMULA}: 95 &gt; 90`, SINCE],
    ],
    [
      'anomalyDetection',
      { type: 'anomalyDetection' },
      `app01。${LASTING}cpu.iowait.percentage。`,
      [' — app01', ROLE, SINCE, '> cpu.iowait.percentage'],
    ],
    ['query', { type: 'query' }, `${COMPUTED}${LASTING}`, ['', NUMBERS, SINCE]],
  ])('by the webhook: an alert of the type %s', async (_type, spec, spoken, [target, ...details]) => {
    const heard = await briefed(WEBHOOK, { ...spec, monitorName: '決済の監視' });
    const comma = /^(app01|shop)/.test(spoken) ? '、' : '。';
    expect(heard).toBe(`${GREETING}決済の監視${comma}${spoken}`);
    expect(subject()).toEqual([`:red_circle: CRITICAL *<${LINK}|決済の監視${target}>*`, ...details]);
  });

  test.each<[string, Parameters<typeof openStory>[0]]>([
    ['the API', API],
    ['the webhook', WEBHOOK],
  ])('what people noted at the monitor stands in Slack, and is not spoken: by %s', async (_, options) => {
    const monitorMemo = 'https://wiki.example.com/disk\n電話: 情シス <内線>';
    expect(await briefed(options, { type: 'check', monitorName: 'disk', monitorMemo, message: SAID })).toBe(
      `${GREETING}disk、app01。${LASTING}${SAID}。`,
    );
    expect(subject().slice(-2)).toEqual([
      '> :memo: https://wiki.example.com/disk',
      '> 電話: 情シス &lt;内線&gt;',
    ]);
  });

  test.each<[string, Parameters<typeof openStory>[0]]>([
    ['the API', API],
    [
      'the API, although the webhook tells the machine’s name',
      { mackerel: { webhook: true, apiKey: 'read' } },
    ],
  ])('a host goes by the name that people gave it: by %s', async (_, options) => {
    const host = { name: 'ip-10-0-1-23', displayName: '決済DB' };
    expect(await briefed(options, { type: 'check', monitorName: 'disk', host, message: SAID })).toBe(
      `${GREETING}disk、決済DB。${LASTING}${SAID}。`,
    );
    expect(subject()[0]).toContain('|disk — 決済DB>');
  });

  test.each<[string, Parameters<typeof openStory>[0]]>([
    ['the API', API],
    ['the webhook', WEBHOOK],
  ])('what may be a secret is neither spoken nor posted, nor in a URL: by %s', async (_, options) => {
    const message = 'cannot reach postgres://shop:hunter2@db1:5432/shop';
    expect(await briefed(options, { type: 'check', monitorName: 'db', message })).not.toContain('hunter2');
    expect(subject().at(-1)).toBe('> cannot reach postgres://•••@db1:5432/shop');
    const urls = story.network.log.map(({ request }) => `${request.url} ${request.body}`);
    expect(urls.filter((sent) => sent.includes('hunter2'))).toEqual([]);
  });

  test('Slack shows the graph of the alert', async () => {
    await briefed(WEBHOOK, { type: 'host' });
    expect(subject()).toHaveLength(4);
    const [message] = story.slack.messages;
    expect(message?.attachments).toEqual([
      { fallback: 'グラフ', image_url: 'https://mackerel.io/embed/public/graphs/2bje1qym3Fh.png' },
    ]);
  });

  test('neither is set up: the page is about an alert of which only the id is known', async () => {
    expect(await briefed({}, { monitorName: '決済の監視' })).toBe('鈴木さん、マカレルのアラートです。');
    expect(subject()).toEqual([':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*']);
  });

  test('who picks up at once hears it, too: the names come while the phone rings', async () => {
    story = openStory(API);
    story.members({ 佐藤: takes });
    story.mackerel.raise({ monitorName: '決済の監視' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.heard('佐藤')[0]).toBe(
      `佐藤さん、マカレルのアラートです。クリティカル。決済の監視、app01。${MEASURED}いま発生しました。`,
    );
    expect(subject()).toHaveLength(4);
  });

  test('what the API told is kept: for the names it is asked once a page', async () => {
    story = openStory({ ...API, list: { rounds: 3 } });
    await story.alert();
    expect(story.rings()).toHaveLength(9);
    const asked = story.network.log.flatMap(({ neighbour, request }) =>
      neighbour === 'mackerel' ? [request.url.pathname.split('/')[3]] : [],
    );
    expect(asked.filter((collection) => collection === 'monitors')).toHaveLength(1);
    expect(asked.filter((collection) => collection === 'hosts')).toHaveLength(1);
    expect(story.slackShows().length).toBeGreaterThan(9);
  });

  test.each<[string, Spec, string]>([
    [
      'a percentage',
      { metric: 'cpu.user.percentage', value: 95.2345, critical: 90 },
      'cpu userは95.23パーセントで、しきい値の90パーセントを上回っています。',
    ],
    [
      'bytes',
      { metric: 'memory.free bytes', value: 1_610_612_736, critical: 2_147_483_648, operator: '<' },
      'memory free bytesは1.5ギガバイトで、しきい値の2ギガバイトを下回っています。',
    ],
    [
      'below zero',
      { metric: 'custom.temperature', value: -2.71649, critical: 0, operator: '<' },
      'custom temperatureはマイナス2.716で、しきい値の0を下回っています。',
    ],
    [
      'a warning',
      { status: 'WARNING', metric: 'loadavg5', value: 1.5 },
      'loadavg5は1.5で、しきい値の1.47を上回っています。',
    ],
  ])('numbers are said as people say them: %s', async (_what, spec, measured) => {
    const heard = await briefed(WEBHOOK, { ...spec, monitorName: 'M' });
    expect(heard).toContain(measured);
    expect(subject().length).toBeGreaterThan(2);
  });

  test.each<[string, Spec, string]>([
    [
      'a percentage',
      { metric: 'cpu.user.percentage', value: 95.2345, critical: 90 },
      'cpu user is 95.23 percent, above 90 percent. Open for 1 minute.',
    ],
    [
      'milliseconds',
      { metric: 'response time (ms)', value: 5000.4, critical: 3000 },
      'response time is 5000 milliseconds, above 3000 milliseconds. Open for 1 minute.',
    ],
    [
      'below zero',
      { metric: 'custom.temperature', value: -2.71649, critical: 0, operator: '<' },
      'custom temperature is minus 2.716, below 0. Open for 1 minute.',
    ],
  ])('and in English: %s', async (_what, spec, measured) => {
    story = openStory({ ...WEBHOOK, list: { language: 'en', members: ['Ann', 'Bob'] } });
    story.members({ Ann: ignores, Bob: takes });
    story.mackerel.raise({ ...spec, monitorName: 'CPU of the shop' });
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(2);
    expect(story.heard('Bob')).toEqual([
      `Bob, this is an alert from Mackerel. Critical. CPU of the shop on app01. ${measured}`,
      'Press 1 to take it, 2 to pass it on, star to hear this again.',
      'It is yours, Bob. Thank you.',
    ]);
    expect(subject()).toHaveLength(4);
  });

  test("the monitor's name is read as it was given, and marked up for nobody", async () => {
    const heard = await briefed(WEBHOOK, { monitorName: '<b>CPU% & I/O</b> (本番)' });
    expect(heard).toContain('クリティカル。<b>CPU% & I/O</b> (本番)、app01。');
    expect(subject()[0]).toContain('&lt;b&gt;CPU% &amp; I/O&lt;/b&gt; (本番)');
  });

  test('how long it has been open is said in hours and minutes', async () => {
    story = openStory({ ...API, resendEverySeconds: 3_900 });
    story.members({ 佐藤: [takes, takes] });
    const id = story.mackerel.raise({ monitorName: '決済の監視' });
    await story.at(4_000);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '65:00 佐藤 answered pressed 1']);
    expect(story.heard('佐藤')[0]).toContain('1時間5分前から続いています。');
    expect(story.slackShows().length).toBeGreaterThan(8);
  });

  describe('whoever picks up knows within half a minute which key to press', () => {
    /** Mackerel takes 1,024 characters: mackerel.io/api-docs/entry/check-monitoring */
    const long = (words: string) => words.repeat(1_024).slice(0, 1_024);
    const others: Spec[] = ['決済の応答', '在庫の更新'].map((monitorName) => ({
      monitorName,
      status: 'WARNING',
    }));

    test.each<[string, 'ja' | 'en', Spec[], RegExp]>([
      ['a check’s message', 'ja', [{ message: long('ディスクの残りが少なくなっています。') }], /。…$/],
      ['one in letters', 'ja', [{ message: long('connection refused ') }], / …$|[a-z]…$/],
      ['one in English', 'en', [{ message: long('The disk is nearly full. ') }], /\.…$/],
      ['long names', 'ja', [{ monitorName: long('監視'), message: SAID }], /…、app01。/],
      ['three alerts', 'ja', [{ message: long('ディスク。') }, ...others], /3件出ています。最も重いもの/],
      [
        'a flood',
        'en',
        [{ message: long('word ') }, ...Array(40).fill(others[0])],
        /Mackerel has 41 alerts\./,
      ],
    ])('%s (%s)', async (_what, language, specs, first) => {
      story = openStory({ ...WEBHOOK, list: { language } });
      story.members({ 佐藤: ignores, 鈴木: presses('*', '1') });
      for (const spec of specs) {
        story.mackerel.raise({ type: 'check', monitorName: 'disk', ...spec });
        await story.clock.run(0.1);
      }
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed *1']);
      const [brief = '', keys = '', all = ''] = story.heard('鈴木');
      expect(brief).toMatch(first);
      expect(keys).toMatch(language === 'ja' ? /くわしく聞く場合はこめじるし/ : /star to hear more/);
      expect(secondsSpoken(`${brief} ${keys}`, language)).toBeLessThanOrEqual(30);
      expect(secondsSpoken(all, language)).toBeGreaterThan(secondsSpoken(brief, language));
      expect(subject().join('\n').length).toBeLessThan(4_000);
    });
  });
});

/** An external monitor tells how long an answer took, and what it said: mackerel.io/api-docs/entry/monitors */
describe('external monitor', () => {
  const API: StoryOptions = { mackerel: { apiKey: 'read' } };
  const WEBHOOK: StoryOptions = { mackerel: { webhook: true } };
  const site = { type: 'external', monitorName: 'トップページ', responseTimeCritical: 10_000 } as const;
  const SLOW: MackerelAlertSpec = { ...site, value: 12_350, message: '200 OK' };
  const WRONG: MackerelAlertSpec = { ...site, value: 120, message: '503 Service Unavailable' };

  const TOO_SLOW = '応答時間は12350ミリ秒で、しきい値の10000ミリ秒を上回っています。';

  test.each<[string, StoryOptions, MackerelAlertSpec, string, boolean]>([
    ['too slow, by the API', API, SLOW, '200 OK', true],
    ['too slow, by the webhook', WEBHOOK, SLOW, '200 OK', true],
    ['wrong, by the API', API, WRONG, '503 Service Unavailable', false],
    ['wrong, by the webhook', WEBHOOK, WRONG, '503 Service Unavailable', false],
  ])('%s', async (_, options, alert, words, isSlow) => {
    story = openStory(options);
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise(alert);
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(2);
    const [message = ''] = story.heard('鈴木');
    expect(message).toContain(`トップページ。${isSlow ? TOO_SLOW : ''}`);
    expect(message).toContain(words);
    expect(/上回|値は/.test(message)).toBe(isSlow);
    const posts = story.slackShows().join('\n');
    expect([posts.includes(words), /12350 \S+ 10000/.test(posts)]).toEqual([true, isSlow]);
  });

  test('its monitor is asked for once, however often people are rung', async () => {
    story = openStory({ ...API, list: { rounds: 2 } });
    story.mackerel.raise(SLOW);
    await story.untilQuiet();
    expect(story.rings().length).toBeGreaterThan(2);
    const monitors = story.network.log.filter(({ request }) => request.url.pathname.includes('/monitors/'));
    expect(monitors).toHaveLength(1);
    expect(story.slackShows().length).toBeGreaterThan(5);
  });
});

/**
 * Alert groups: with group notification on, Mackerel's webhook channel reports the group instead of its alerts
 * (mackerel.io/docs/entry/howto/alert-groups). A group is an alert. Events that we do not understand are reported in
 * Slack.
 */
describe('alert groups', () => {
  const GROUPS = { notifiesGroups: true } as const;
  const openDirect = (list = {}) => {
    story = openStory({ mackerel: GROUPS, list: { start: 'webhook', ...list } });
  };
  const standings = () =>
    story.slackShows().filter((line) => /^:(x|zzz|white_check_mark|telephone_receiver|warning)/.test(line));

  async function post(body: object): Promise<number> {
    const answering = story.functions.handle({
      method: 'POST',
      url: new URL(`${story.publicUrl}/mackerel-webhook`),
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from('mackerel:switchboard').toString('base64')}`,
      },
      body: JSON.stringify(body),
    });
    await story.untilQuiet();
    return (await answering).status;
  }

  describe('where the webhook starts pages', () => {
    test('a group rings, is named on the phone and in Slack, and is taken', async () => {
      openDirect();
      story.members({ 佐藤: ignores, 鈴木: takes });
      story.mackerel.raise({ monitorName: '決済', group: 'ショップ' });
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(story.heard('鈴木')[0]).toMatch(/クリティカル。アラートグループ、ショップ。/);
      const [group] = story.mackerel.groups;
      expect(story.slackShows()[0]).toBe(
        `:red_circle: CRITICAL *<https://mackerel.io/orgs/switchboard/alert-groups/${group?.id}|アラートグループ ショップ>*`,
      );
      expect(standings()).toEqual([':white_check_mark: *鈴木* が対応中']);
      expect(story.history()).toMatchObject([{ alerts: [group?.id], takenBy: '鈴木' }]);
    });

    test('its alerts are its own affair: a second one makes no phone ring, and the last one closes it', async () => {
      openDirect();
      story.members({ 佐藤: takes });
      const first = story.mackerel.raise({ monitorName: '決済', group: 'ショップ' });
      await story.at(60);
      const second = story.mackerel.raise({ monitorName: 'CPU', group: 'ショップ' });
      await story.at(90);
      story.mackerel.close(first);
      await story.at(120);
      story.mackerel.close(second);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
      expect(standings()).toEqual([':zzz: 閉じました (*佐藤* が対応)']);
    });

    test('it closes while the phone rings: the phone stops', async () => {
      openDirect();
      const id = story.mackerel.raise({ group: 'ショップ' });
      await story.at(30);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 canceled']);
      expect(standings()).toEqual([':zzz: アラートは閉じました']);
    });

    test('it gets worse after it was taken: rung again at once', async () => {
      openDirect();
      story.members({ 佐藤: [takes, takes] });
      story.mackerel.raise({ status: 'WARNING', group: 'ショップ' });
      await story.at(60);
      story.mackerel.raise({ status: 'CRITICAL', group: 'ショップ' });
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '01:00 佐藤 answered pressed 1']);
      expect(story.slackShows()).toContain('→ :chart_with_upwards_trend: 悪化したため、すぐに呼び出します');
    });

    test('it joins the page that goes on', async () => {
      openDirect();
      story.members({ 佐藤: ignores, 鈴木: takes });
      story.mackerel.raise({ monitorName: 'ディスク', status: 'WARNING' });
      await story.at(20);
      story.mackerel.raise({ group: 'ショップ' });
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(story.heard('鈴木')[0]).toMatch(/アラートが2件.*クリティカル。アラートグループ、ショップ。/);
      expect(story.slackShows().join('\n')).toMatch(/加わりました.*アラートグループ ショップ/);
    });

    test('re-sent, it rings nobody while somebody has it, and again where nobody answered', async () => {
      story = openStory({
        mackerel: GROUPS,
        resendEverySeconds: 600,
        list: { start: 'webhook', members: ['佐藤'], repeatMinutes: 10 },
      });
      story.members({ 佐藤: [ignores, takes] });
      const id = story.mackerel.raise({ group: 'ショップ' });
      await story.at(1300);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '10:00 佐藤 answered pressed 1']);
      expect(story.slackShows().filter((line) => line.includes(':mute:'))).toHaveLength(1);
    });

    test('with an API key: its API, which knows no groups, is not asked about them, and key 9 is not offered', async () => {
      story = openStory({
        mackerel: { ...GROUPS, apiKey: 'write' },
        list: { start: 'webhook', members: ['佐藤', '鈴木'] },
      });
      story.members({ 佐藤: ignores, 鈴木: takes });
      story.mackerel.raise({ group: 'ショップ' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      const [group] = story.mackerel.groups;
      const asked = story.network.log.filter(
        ({ neighbour, request }) =>
          neighbour === 'mackerel' && request.url.pathname.includes(group?.id ?? '-'),
      );
      expect(asked).toEqual([]);
      expect(story.slackShows().join()).not.toContain('教えてくれません');
      expect(story.slackShows().join()).not.toContain(':warning:');
      expect(story.heard('鈴木').join()).not.toContain('9');
    });

    test('and in English', async () => {
      story = openStory({
        mackerel: GROUPS,
        list: { start: 'webhook', language: 'en', members: ['Ann'] },
      });
      story.members({ Ann: takes });
      story.mackerel.raise({ group: 'shop' });
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 Ann answered pressed 1']);
      expect(story.heard('Ann')[0]).toMatch(/Critical\. alert group shop\./i);
      expect(story.slackShows()[0]).toContain('|Alert group shop>');
    });
  });

  describe('where calls start pages', () => {
    const bridge = (env: Record<string, string> = { CALLER_ID: '+815000000101' }) => {
      story = openStory({ mackerel: { ...GROUPS, webhook: true }, env });
    };

    test('the call about its alert rings, and the group joins', async () => {
      bridge();
      story.members({ 佐藤: ignores, 鈴木: takes });
      const id = story.mackerel.raise({ group: 'ショップ' });
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      const [group] = story.mackerel.groups;
      expect(story.history()).toMatchObject([{ alerts: expect.arrayContaining([id, group?.id]) }]);
      expect(story.heard('鈴木').join()).toContain('アラートグループ、ショップ');
      expect(standings()).toEqual([':white_check_mark: *鈴木* が対応中']);
    });

    test('the Twilio channel is not told of its alerts: a call of our own rings for the group', async () => {
      story = openStory({
        mackerel: { ...GROUPS, webhook: true, level: 'critical' },
        env: { CALLER_ID: '+815000000101' },
      });
      story.members({ 佐藤: takes });
      story.mackerel.raise({ group: 'ショップ', status: 'WARNING' });
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
      expect(standings()).toEqual([':white_check_mark: *佐藤* が対応中']);
    });

    test('without a number to call from: Slack says that nobody is rung for it', async () => {
      story = openStory({ mackerel: { ...GROUPS, webhook: true, level: 'critical' } });
      story.mackerel.raise({ group: 'ショップ', status: 'WARNING' });
      await story.untilQuiet();
      expect(story.rings()).toEqual([]);
      expect(story.slackShows()).toEqual([
        ':warning: *アラートグループ「ショップ」が発生しましたが、誰も呼び出しません*。CALLER_IDを設定すると、アラートグループも呼び出します',
      ]);
    });
  });

  describe('what nobody here understands', () => {
    const UNREAD = /^:warning: MackerelのWebhookから解釈できない通知が届いたため.*`(\w+)`/;
    const named = () => story.slackShows().map((line) => line.match(UNREAD)?.[1]);

    test('an event that Mackerel has not documented is told in Slack once a day', async () => {
      openDirect();
      expect(await post({ event: 'incident', incident: { id: '1' } })).toBe(200);
      expect(await post({ event: 'incident', incident: { id: '2' } })).toBe(200);
      expect(named()).toEqual(['incident']);
      await story.clock.run(25 * 3600);
      await post({ event: 'incident' });
      expect(named()).toEqual(['incident', 'incident']);
    });

    test('a group of another shape than the one that we know', async () => {
      openDirect();
      expect(await post({ event: 'alertGroup', alertGroup: { key: 'abc' } })).toBe(200);
      expect(named()).toEqual(['alertGroup']);
    });

    test('an alert of another shape is refused, and told as well', async () => {
      openDirect();
      expect(await post({ event: 'alert', alert: { id: '1' } })).toBe(400);
      expect(named()).toEqual(['alert']);
    });

    test('while Slack is away it does not count as told', async () => {
      openDirect();
      story.network.fault('slack', { kind: 'down' });
      await post({ event: 'incident' });
      story.network.fault('slack', undefined);
      await post({ event: 'incident' });
      expect(named()).toEqual(['incident']);
    });

    test.each(['hostStatus', 'hostRegister', 'hostRetire', 'monitor'])(
      '%s is no trouble, and tells nobody',
      async (event) => {
        openDirect();
        expect(await post({ event })).toBe(200);
        expect(story.slackShows()).toEqual([]);
      },
    );
  });
});

/** Mackerel's API does not tell: the phones ring all the same, and people hear why nothing more is known. */
describe('API fails', () => {
  const status = (code: number, body = ''): Fault => ({ kind: 'status', status: code, body });

  /** What the log and Slack say of each. */
  const faults: [string, Fault, string, string][] = [
    ['400', status(400), 'unexpected (HTTP 400', '想定外の応答です'],
    ['401', status(401), 'wrong-key (HTTP 401', 'APIキーが受け付けられません (401)'],
    [
      '403',
      status(403),
      'forbidden (HTTP 403',
      'APIキーに権限がないか、IPアドレス制限で拒否されました (403)',
    ],
    ['404', status(404), 'not-found (HTTP 404', 'アラートが見つかりません (404)'],
    ['429', status(429), 'too-many (HTTP 429', 'リクエストが多すぎます (429)'],
    ['500', status(500), 'fault (HTTP 500', 'Mackerel側のエラーです (5xx)'],
    ['503', status(503), 'fault (HTTP 503', 'Mackerel側のエラーです (5xx)'],
    ['no connection', { kind: 'down' }, 'unreachable (connect ECONNREFUSED', '接続できません'],
    ['a page of HTML', status(200, '<html>'), 'garbled', '応答を読み取れません'],
    ['other JSON', status(200, '{"id":3,"status":[]}'), 'garbled', '応答を読み取れません'],
    ['no answer', { kind: 'hang' }, 'slow (no answer within 1500 ms)', '時間内に応答がありません'],
  ];

  test.each(faults)('%s: told apart in the log, and once in Slack', async (_what, fault, logged, told) => {
    story = openStory({ mackerel: { apiKey: 'write' }, list: { members: ['佐藤', '鈴木'], rounds: 2 } });
    story.network.fault('mackerel', fault);
    story.members({ 佐藤: [ignores, takes] });
    await story.alert();
    expect(story.rings().map((ring) => ring.slice(6))).toEqual([
      '佐藤 no-answer',
      '鈴木 no-answer',
      '佐藤 answered pressed 1',
    ]);
    expect(story.heard('佐藤')).toEqual([
      '佐藤さん、マカレルのアラートです。',
      '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
      '佐藤さんが対応することになりました。よろしくお願いします。',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *佐藤* が対応中',
      '順番: 佐藤 → 鈴木 (2周まで)',
      `→ :warning: MackerelのAPIでアラートを確かめられません: ${told}`,
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      expect.stringMatching(/^→ :white_check_mark: \*佐藤 が対応します\* \(3回目の呼び出し, 2分\d+秒\)$/),
    ]);
    expect(story.log.some((line) => line.includes(logged))).toBe(true);
  });

  /** Virtual milliseconds for which somebody waited for a ring. */
  const waitsAt = (path: string) =>
    story.answers().flatMap((answer) => {
      const isAwaited = answer.step === 'ring' || answer.step === 'pause';
      return answer.path === path && isAwaited ? [answer.ms] : [];
    });
  const waits = () => [...waitsAt('/dial-list'), ...waitsAt('/dial-ended')];

  test.each<[string, Fault]>([
    ['hangs', { kind: 'hang' }],
    ['takes 1 s', { kind: 'slow', seconds: 1 }],
    ['takes 1.6 s', { kind: 'slow', seconds: 1.6 }],
    ['takes 8 s', { kind: 'slow', seconds: 8 }],
  ])('it %s: nobody waits more than 2 s for it', async (_how, fault) => {
    story = openStory({ mackerel: { apiKey: 'read' }, list: { rounds: 2, pauseSeconds: 30 } });
    story.network.fault('mackerel', fault);
    story.members({ 佐藤: [ignores, takes] });
    await story.alert();
    expect(story.rings()).toHaveLength(4);
    expect(waits().length).toBeGreaterThanOrEqual(5);
    expect(Math.max(...waits())).toBeLessThanOrEqual(2_000);
    expect(story.slackShows().length).toBeGreaterThan(8);
  });

  test('Sync and Mackerel are asked side by side: the first ring costs a round trip to each, and no more', async () => {
    story = openStory({ mackerel: { apiKey: 'read' }, slack: 'none' });
    story.network.latency.sync = 100;
    story.network.latency.mackerel = 300;
    story.members({ 佐藤: [takes, takes] });
    await story.alert();
    await story.alert();
    expect(story.rings()).toHaveLength(2);
    const runs = story.functions.invocations.filter(({ path }) => path === '/dial-list');
    const requests = runs.map(({ at, ms }) =>
      story.network.log
        .filter(
          (entry) => ['sync', 'mackerel'].includes(entry.neighbour) && entry.at >= at && entry.at < at + ms,
        )
        .map(
          (entry) => `${entry.at - at} ${entry.neighbour} ${entry.request.method} ${entry.response?.status}`,
        )
        // Which of those that set off together is the first matters to nobody.
        .sort(),
    );
    // The read goes out together with Mackerel's; the write waits for both.
    expect(requests).toEqual([
      ['0 mackerel GET 200', '0 sync GET 404', '0 sync POST 404', '300 sync POST 201'],
      ['0 mackerel GET 200', '0 sync GET 200', '0 sync POST 201', '300 sync POST 200', '300 sync POST 200'],
    ]);
    expect(runs.map(({ ms }) => ms)).toEqual([400, 400]);
  });

  test.each([0, 2])('both hang: the first ring comes within 3 s (%d rounds of pause)', async (rounds) => {
    story = openStory({ mackerel: { apiKey: 'read' }, list: { rounds: rounds + 1, pauseSeconds: 30 } });
    story.network.fault('mackerel', { kind: 'hang' });
    story.network.fault('sync', { kind: 'hang' });
    await story.alert();
    const rings = story.rings();
    expect(rings).toHaveLength(3 * (rounds + 1));
    expect(rings[0]).toMatch(/^00:0[0-2] 佐藤/);
    expect(waitsAt('/dial-list').every((ms) => ms < 3_000)).toBe(true);
    expect(waitsAt('/dial-ended').every((ms) => ms < 3_100)).toBe(true);
    expect(Math.max(...story.functions.invocations.map(({ ms }) => ms))).toBeLessThan(10_000);
    expect(story.slackShows().length).toBeGreaterThan(3);
  });

  test.each<[string, StoryOptions]>([
    [
      'the webhook starts pages',
      { list: { start: 'webhook' }, mackerel: { apiKey: 'write', webhook: true } },
    ],
    ['number B is busy', { numberB: 'busy', mackerel: { apiKey: 'write', statusCallback: true } }],
  ])(
    '403 where calls are our own, for %s: that is told once, and of no read-only key',
    async (_why, options) => {
      story = openStory(options);
      story.network.fault('mackerel', status(403));
      story.members({ 佐藤: ignores, 鈴木: takes });
      story.mackerel.raise({ monitorName: '決済' });
      await story.untilQuiet();
      expect(story.rings().map((ring) => ring.slice(6))).toEqual([
        '佐藤 no-answer',
        '鈴木 answered pressed 1',
      ]);
      expect(story.slackShows().filter((line) => /APIキー|読み取り専用/.test(line))).toEqual([
        '→ :warning: MackerelのAPIでアラートを確かめられません: APIキーに権限がないか、IPアドレス制限で拒否されました (403)',
      ]);
    },
  );

  test('a key that is refused says nothing about whether it may write: read-only is not said', async () => {
    story = openStory({ mackerel: { apiKey: 'write' } });
    story.network.fault('mackerel', status(403));
    story.members({ 佐藤: [takes, takes] });
    await story.alert();
    story.network.fault('mackerel', undefined);
    await story.alert();
    expect(story.rings()).toHaveLength(2);
    expect(story.slackShows().filter((line) => line.includes('読み取り専用'))).toEqual([]);
    expect(story.heard('佐藤')[1]).toContain('アラートを閉じる場合は9を');
  });
});
