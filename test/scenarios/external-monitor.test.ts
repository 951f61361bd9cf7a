/** An external monitor tells how long an answer took, and what it said: mackerel.io/api-docs/entry/monitors */
import type { MackerelAlertSpec } from '../../switchboard';
import { ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

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
