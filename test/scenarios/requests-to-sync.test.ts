/** How often Sync is asked while somebody waits for a ring: every request is a silence in somebody's ear. */
import { deliver, ignores, openStory, passes, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

/** Nobody else asks at the same time: no Slack, and the callbacks that tell it are lost. */
const openQuietStory = (list: StoryOptions['list'] = {}, mackerel: StoryOptions['mackerel'] = {}) => {
  story = openStory({ slack: 'none', list, mackerel });
  story.exchange.delivery = deliver({ status: [] });
  return story;
};

/** The requests to Sync while an endpoint was at its nth answer, counted from 1. */
const requestsDuring = (path: string, nth = 1) => {
  const run = story.functions.invocations.filter((invocation) => invocation.path === path)[nth - 1];
  if (!run) throw new Error(`${path} was not asked ${nth} times`);
  return story.network.log
    .filter(({ neighbour, at }) => neighbour === 'sync' && at >= run.at && at < run.at + run.ms)
    .map(({ request, response }) => `${request.method} ${response?.status}`);
};

/** How many of them came one after another. */
const tripsDuring = (path: string, nth = 1) => {
  const run = story.functions.invocations.filter((invocation) => invocation.path === path)[nth - 1];
  return Math.round((run?.ms ?? 0) / story.network.latency.sync);
};

test('the first ring ever asks twice, one after another; a ring that nobody answers asks once', async () => {
  openQuietStory({ rounds: 2 });
  story.members({ 佐藤: [ignores, takes] });
  await story.alert();
  expect(story.rings()).toHaveLength(4);
  expect(requestsDuring('/dial-list')).toEqual(['POST 404', 'GET 404', 'POST 201']);
  // The next ring is written while the alert that stands for the page is looked at.
  for (const ring of [1, 2, 3]) expect(requestsDuring('/dial-ended', ring)).toEqual(['POST 200', 'GET 404']);
  expect(tripsDuring('/dial-ended')).toBe(1);
  // Beside the pickup, the alerts that came meanwhile: a list of each map.
  expect(requestsDuring('/answered')).toEqual(['GET 404', 'GET 404', 'POST 200']);
  expect(tripsDuring('/answered')).toBe(1);
});

test('the first ring of a later page asks twice, one after another', async () => {
  openQuietStory();
  story.members({ 佐藤: [takes, takes] });
  await story.alert();
  await story.alert();
  expect(story.rings()).toHaveLength(2);
  expect(requestsDuring('/dial-list', 2)).toEqual(['POST 201', 'GET 200', 'POST 200', 'POST 200']);
  expect(tripsDuring('/dial-list', 2)).toBe(2);
});

test.each([0, 200])(
  'key 1 is confirmed after one round trip, and the next ring comes after one, whatever is remembered (%d alerts)',
  async (past) => {
    openQuietStory({ members: Array.from({ length: 500 }, (_, nth) => `${nth}番`) });
    story.members({ '1番': takes });
    for (let nth = 0; nth <= past; nth++) {
      story.mackerel.raise();
      if (past > 0) await story.clock.run(0.1);
    }
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 0番 no-answer', '01:05 1番 answered pressed 1']);
    for (const path of ['/dial-ended', '/answered', '/answered-key']) {
      // A list comes by the hundred.
      const lists = path === '/dial-ended' ? 1 : 1 + Math.floor(past / 2 / 100);
      expect(tripsDuring(path)).toBeLessThanOrEqual(lists);
    }
  },
);

test('a ring after a pause between rounds looks at its alert, and writes', async () => {
  openQuietStory({ members: ['佐藤'], rounds: 2, pauseSeconds: 60 });
  story.members({ 佐藤: [ignores, takes] });
  await story.alert();
  expect(story.rings()).toHaveLength(2);
  expect(requestsDuring('/dial-list', 2)).toEqual(['GET 404', 'POST 200']);
});

test('a ring after somebody picked up reads first: the state in the URL is of before the pickup', async () => {
  openQuietStory();
  story.members({ 佐藤: passes, 鈴木: takes });
  await story.alert();
  expect(story.rings()).toHaveLength(2);
  expect(requestsDuring('/answered-key')).toEqual(['POST 200']);
  expect(tripsDuring('/dial-ended')).toBe(2);
});

test('with an API, each ring reads while Mackerel is asked, and then writes', async () => {
  openQuietStory({}, { apiKey: 'read' });
  story.members({ 鈴木: takes });
  await story.alert();
  expect(story.rings()).toHaveLength(2);
  expect(requestsDuring('/dial-ended')).toEqual(['GET 404', 'POST 200']);
  const [waited] = story.answers().filter(({ path }) => path === '/dial-ended');
  // One trip to Mackerel, beside which Sync is read, and one to Sync.
  const { mackerel, sync } = story.network.latency;
  expect(waited?.ms).toBeLessThan(mackerel + sync + 5);
});
