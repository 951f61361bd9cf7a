/**
 * Storms. `storm.ts` tells them, with the limits in force of the platform and of Sync; here stands what must be true of
 * each, whoever does what in the middle. STORM=1000,60,2 npx jest test/trust/load: so many, in so many seconds, of
 * that chance.
 */
import type { AlertItem } from '../../src/escalation';
import { isDeep } from '../support/depth';
import { ignores, openStory, type Story, takes } from '../support/story';
import { type CourseName, courses, type SetupName, setups, tellStorm } from './storm';

const [alerts = 100, seconds = 40, seed = 3] = (process.env.STORM ?? '')
  .split(',')
  .filter(Boolean)
  .map(Number);

const setupNames = Object.keys(setups) as SetupName[];
const courseNames = Object.keys(courses) as CourseName[];
/** Each course once, in one set-up after another; in the deep tier each in each. */
const storms = courseNames.flatMap((course, nth) =>
  (isDeep ? setupNames : [setupNames[nth % setupNames.length] as SetupName]).map(
    (setup) => [setup, course] as const,
  ),
);

test.each(storms)(
  '%s, %s: none is lost, one phone rings at a time, nobody is told twice',
  async (setup, course) => {
    const came = await tellStorm({ setup, course, alerts, seconds, seed });
    expect(came).toMatchObject({
      lost: [],
      toldTwice: [],
      rungAtOnce: [],
      postedTwice: [],
      faults: [],
      unheard: 0,
      refusedByPlatform: {},
    });
    // Nobody reads a hundred lines at 3 a.m.: those of a page do not grow with its alerts.
    expect(came.lines.length / came.pages).toBeLessThan(45);
  },
);

let story: Story;
afterEach(() => story?.close());

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
  const raised: string[] = [];
  await atStormRate(count, () => void raised.push(story.mackerel.raise()));
  return raised;
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

const refusedByPlatform = () => story.functions.invocations.filter(({ status }) => status === 429);
const callsMade = () =>
  story.network.log.filter(
    ({ neighbour, request }) => neighbour === 'twilio' && request.url.pathname.endsWith('/Calls.json'),
  );

test('100 in 6 s: whoever hears of them hears how many they are, and Slack names the first', async () => {
  story = openStory({ mackerel: { statusCallback: true } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  const raised = await storm(100);
  await story.untilQuiet();
  expect(lostOf(raised)).toEqual([]);
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
  expect(story.heard('鈴木')[0]).toBe('鈴木さん、マカレルのアラートが100件出ています。');
  expect(story.heard('鈴木').at(-1)).toBe(
    '100件まとめて、鈴木さんが対応することになりました。よろしくお願いします。',
  );
  expect(story.slackShows()).toContain('ほか94件');
});

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
  // Alerts with an item are posted one by one.
  expect(story.slackShows().length - before).toBeLessThan(60);
  expect(refusedByPlatform()).toEqual([]);
  expect(callsMade()).toHaveLength(1);
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
