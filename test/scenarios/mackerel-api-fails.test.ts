/** Mackerel's API does not tell: the phones ring all the same, and people hear why nothing more is known. */
import type { Fault } from '../../switchboard';
import { ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const status = (code: number, body = ''): Fault => ({ kind: 'status', status: code, body });

/** What the log and Slack say of each. */
const faults: [string, Fault, string, string][] = [
  ['400', status(400), 'unexpected (HTTP 400)', '想定外の応答です'],
  ['401', status(401), 'wrong-key (HTTP 401)', 'APIキーが受け付けられません (401)'],
  ['403', status(403), 'forbidden (HTTP 403)', 'APIキーに権限がないか、IPアドレス制限で拒否されました (403)'],
  ['404', status(404), 'not-found (HTTP 404)', 'アラートが見つかりません (404)'],
  ['429', status(429), 'too-many (HTTP 429)', 'リクエストが多すぎます (429)'],
  ['500', status(500), 'fault (HTTP 500)', 'Mackerel側のエラーです (5xx)'],
  ['503', status(503), 'fault (HTTP 503)', 'Mackerel側のエラーです (5xx)'],
  ['no connection', { kind: 'down' }, 'unreachable (TypeError: fetch failed)', '接続できません'],
  ['a page of HTML', status(200, '<html>'), 'garbled', '応答を読み取れません'],
  ['other JSON', status(200, '{"id":3,"status":[]}'), 'garbled', '応答を読み取れません'],
  ['no answer', { kind: 'hang' }, 'slow (Error: no answer within 1500 ms)', '時間内に応答がありません'],
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
      ),
  );
  // The read goes out together with Mackerel's; the write waits for both.
  expect(requests).toEqual([
    ['0 sync POST 404', '0 sync GET 404', '0 mackerel GET 200', '300 sync POST 201'],
    ['0 sync POST 201', '0 sync GET 200', '0 mackerel GET 200', '300 sync POST 200', '300 sync POST 200'],
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
  ['the webhook starts pages', { list: { start: 'webhook' }, mackerel: { apiKey: 'write', webhook: true } }],
  ['number B is busy', { numberB: 'busy', mackerel: { apiKey: 'write', statusCallback: true } }],
])(
  '403 where calls are our own, for %s: that is told once, and of no read-only key',
  async (_why, options) => {
    story = openStory(options);
    story.network.fault('mackerel', status(403));
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise({ monitorName: '決済' });
    await story.untilQuiet();
    expect(story.rings().map((ring) => ring.slice(6))).toEqual(['佐藤 no-answer', '鈴木 answered pressed 1']);
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
