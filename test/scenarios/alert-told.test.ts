/** What is known of the alert is spoken, and stands in Slack: from Mackerel's API, from its webhook, or from neither. */
import { secondsSpoken } from '../support/ruler';
import { ignores, openStory, presses, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

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
  ['the API, although the webhook tells the machine’s name', { mackerel: { webhook: true, apiKey: 'read' } }],
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
    ['a flood', 'en', [{ message: long('word ') }, ...Array(40).fill(others[0])], /Mackerel has 41 alerts\./],
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
