/**
 * A storm, with the limits in force: of the platform (30 runs at once, then 429: docs/serverless/functions-assets/faq)
 * and of Sync (20 reads and 20 writes a second an object, fewer writes the larger it is: docs/sync/limits).
 *
 * Lost is an alert that is on no page.
 */
import type { AlertItem } from '../../src/escalation';
import { numbers } from '../../switchboard';
import { ignores, openStory, pressesAfter, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

/** Raised together, as Mackerel does after each look at its monitors. */
const GUST = 10;

/** So many at a rate of 1,000 a minute. */
async function atStormRate(count: number, happens: (nth: number) => void): Promise<void> {
  for (let nth = 0; nth < count; nth += GUST) {
    for (let of = 0; of < GUST; of++) happens(nth + of);
    await story.clock.run((60 * GUST) / 1_000);
  }
}

async function storm(count: number): Promise<string[]> {
  const alerts: string[] = [];
  await atStormRate(count, () => void alerts.push(story.mackerel.raise()));
  return alerts;
}

function lostOf(raised: readonly string[]): string[] {
  const known = new Set(
    story
      .alerts()
      .filter(isSeenTo)
      .map(({ id }) => id),
  );
  return raised.filter((id) => !known.has(id));
}

/** It is on a page. */
const isSeenTo = ({ page }: AlertItem) => page !== undefined;

const runs = () => story.functions.invocations;
const requestsTo = (neighbour: string) =>
  story.network.log.filter((exchanged) => exchanged.neighbour === neighbour);

/** What it cost: Twilio bills invocations; the rest has limits. */
const cost = () => ({
  invocations: runs().length,
  refusedByPlatform: runs().filter(({ status }) => status === 429).length,
  toSync: requestsTo('sync').length,
  refusedBySync: requestsTo('sync').filter(({ response }) => response?.status === 429).length,
  toSlack: requestsTo('slack').length,
  calls: requestsTo('twilio').filter(({ request }) => request.url.pathname.endsWith('/Calls.json')).length,
  // But for the status callbacks, which nobody waits for, and which look twice whether a call still lives.
  slowestMs: Math.max(...runs().flatMap(({ path, ms }) => (path === '/dial-status' ? [] : [ms]))),
});

/** Of the calls the suite brings the first part only, at the same rate. The whole: STORM=1000 npx jest test/trust/load */
const CALLS = Number(process.env.STORM ?? 200);

const allAreYours = (alerts: number) =>
  `${alerts}件まとめて、鈴木さんが対応することになりました。よろしくお願いします。`;

test("calls of Mackerel's Twilio channel, 1,000 a minute: one phone at a time, and none is lost", async () => {
  story = openStory({ mackerel: { statusCallback: true } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  const alerts = await storm(CALLS);
  await story.untilQuiet();
  expect(lostOf(alerts)).toEqual([]);
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')[0]).toBe(`鈴木さん、マカレルのアラートが${CALLS}件出ています。`);
  expect(story.heard('鈴木').at(-1)).toBe(allAreYours(CALLS));
  expect(story.slackShows()).toContain(`ほか${CALLS - 6}件`);
  expect(story.slackShows().length).toBeLessThan(40);
  const { invocations, refusedByPlatform, toSync, refusedBySync, toSlack, calls, slowestMs } = cost();
  // Three webhooks a call: number B's music, ours, and the end of the call.
  expect(invocations).toBeLessThan(3 * CALLS + 20);
  expect(refusedByPlatform).toBe(0);
  // State, inbox and its mark, call noted, call known.
  expect(toSync).toBeLessThan(5 * CALLS + 300);
  // Survived by trying again.
  expect(refusedBySync).toBeLessThan(50);
  expect(toSlack).toBeLessThan(40);
  expect(calls).toBe(0);
  expect(slowestMs).toBeLessThan(3_000);
});

test('the same with the webhook and the API beside them: each alert comes twice, and none is lost', async () => {
  story = openStory({ mackerel: { statusCallback: true, webhook: true, apiKey: 'write' } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  const alerts = await storm(CALLS);
  await story.untilQuiet();
  expect(lostOf(alerts)).toEqual([]);
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')[0]).toContain(`アラートが${CALLS}件出ています。`);
  expect(story.slackShows().length).toBeLessThan(40);
  const { refusedByPlatform, refusedBySync, toSync } = cost();
  expect(refusedByPlatform).toBe(0);
  expect(refusedBySync).toBeLessThan(50);
  expect(toSync).toBeLessThan(8 * CALLS + 300);
});

test('1,000 webhooks in a minute, where they start pages: one phone at a time, and none is lost', async () => {
  story = openStory({ list: { start: 'webhook' } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  const alerts = await storm(1_000);
  await story.untilQuiet();
  expect(lostOf(alerts)).toEqual([]);
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.heard('鈴木').at(-1)).toBe(allAreYours(1_000));
  expect(story.mackerel.deliveries.filter(({ status }) => status !== 200)).toEqual([]);
  expect(story.slackShows().length).toBeLessThan(40);
  const { invocations, refusedByPlatform, toSync, refusedBySync, calls } = cost();
  expect(invocations).toBeLessThan(1_000 + 20);
  expect(refusedByPlatform).toBe(0);
  expect(toSync).toBeLessThan(3 * 1_000 + 300);
  expect(refusedBySync).toBeLessThan(50);
  expect(calls).toBe(2);
});

/** Mackerel's external monitor comes once a minute: what Sync refused a page until the last one ended is rung for. */
async function clockTicks(minutes: number): Promise<void> {
  const url = new URL(`${story.publicUrl}/health`);
  const authorization = `Basic ${Buffer.from('clock:tick-tock').toString('base64')}`;
  for (let minute = 0; minute < minutes; minute++) {
    const ticked = story.functions.handle({ method: 'GET', url, headers: { authorization }, body: '' });
    await story.clock.run(60);
    await ticked;
  }
  await story.untilQuiet();
}

const FULL = { mackerel: { statusCallback: true, webhook: true, apiKey: 'write' } } as const;
const CLOCK = { CLOCK_USER: 'clock', CLOCK_PASSWORD: 'tick-tock', CALLER_ID: numbers.a };

test.each<[string, StoryOptions]>([
  ["Mackerel's Twilio channel alone", {}],
  ['the Status Callback URL, the webhook and the API beside it', FULL],
  ['the webhook starts pages', { list: { start: 'webhook' } }],
])(
  'taken at the first ring, while alerts pour in: each is on one page, and one phone rings at a time (%s)',
  async (_name, set) => {
    story = openStory({ ...set, env: CLOCK });
    const quick = Array.from({ length: 9 }, () => pressesAfter(2, '1'));
    story.members({ 佐藤: quick, 鈴木: quick, 高橋: quick });
    const alerts = await storm(CALLS);
    await story.untilQuiet();
    await clockTicks(4);
    expect(lostOf(alerts)).toEqual([]);
    const recorded = story.history().flatMap((page) => page.alerts);
    expect([...recorded].sort()).toEqual([...alerts].sort());
    // That no two phones ring at once is looked at by `story.close`.
    expect(story.rings()[0]).toBe('00:00 佐藤 answered pressed 1');
    expect(story.slackShows().length).toBeLessThan(60);
    expect(cost().refusedByPlatform).toBe(0);
  },
);

test('200 that somebody took are sent again, and close: nobody is rung, nothing is refused', async () => {
  story = openStory({ list: { start: 'webhook' }, resendEverySeconds: 600 });
  story.members({ 佐藤: takes });
  const alerts = await storm(200);
  await story.untilQuiet();
  const before = story.slackShows().length;
  await story.at(600 + 30);
  expect(story.mackerel.deliveries).toHaveLength(400);
  await atStormRate(200, (nth) => story.mackerel.close(alerts[nth] ?? ''));
  await story.clock.run(30);
  expect(story.mackerel.deliveries).toHaveLength(600);
  expect(story.mackerel.deliveries.filter(({ status }) => status !== 200)).toEqual([]);
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  // Those that the book holds are told of one by one.
  expect(story.slackShows().length - before).toBeLessThan(60);
  expect(cost()).toMatchObject({ refusedByPlatform: 0, calls: 1 });
});

/** More at one moment than the platform lets in. Its 429 reaches Twilio, which lets the call die: docs/api/errors/11200 */
test('50 calls in one moment: those that the platform refuses are told as unknown, and come with the re-send', async () => {
  story = openStory({
    mackerel: { statusCallback: true },
    resendEverySeconds: 600,
    faults: expect.arrayContaining([11200]) as unknown as number[],
  });
  story.members({ 佐藤: [takes, takes] });
  const alerts = Array.from({ length: 50 }, () => story.mackerel.raise());
  await story.untilQuiet();
  const missed = lostOf(alerts);
  expect(missed).toHaveLength(20);
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.slackShows().join()).toContain('`unknown`');
  for (const alert of alerts) if (!missed.includes(alert)) story.mackerel.close(alert);
  await story.at(600);
  await story.untilQuiet();
  expect(lostOf(alerts)).toEqual([]);
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '10:00 佐藤 answered pressed 1']);
  expect(story.slackShows().join()).not.toContain('Syncが応答しません');
  for (const alert of alerts) story.mackerel.close(alert);
});
