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

test('the first ring ever reads and creates; the rings after it only write', async () => {
  openQuietStory({ rounds: 2 });
  story.members({ 佐藤: [ignores, takes] });
  await story.alert();
  expect(story.rings()).toHaveLength(4);
  expect(requestsDuring('/dial-list')).toEqual(['GET 404', 'POST 201']);
  for (const ring of [1, 2, 3]) expect(requestsDuring('/dial-ended', ring)).toEqual(['POST 200']);
  // Beside the state, the inbox of alerts that came meanwhile.
  expect(requestsDuring('/answered')).toEqual(['GET 404', 'POST 200']);
});

test('the first ring of a later page reads and writes', async () => {
  openQuietStory();
  story.members({ 佐藤: [takes, takes] });
  await story.alert();
  await story.alert();
  expect(story.rings()).toHaveLength(2);
  expect(requestsDuring('/dial-list', 2)).toEqual(['GET 200', 'POST 200']);
});

test('a ring after a pause between rounds only writes', async () => {
  openQuietStory({ members: ['佐藤'], rounds: 2, pauseSeconds: 60 });
  story.members({ 佐藤: [ignores, takes] });
  await story.alert();
  expect(story.rings()).toHaveLength(2);
  expect(requestsDuring('/dial-list', 2)).toEqual(['POST 200']);
});

test('a ring after somebody picked up reads first: the state in the URL is of before the pickup', async () => {
  openQuietStory();
  story.members({ 佐藤: passes, 鈴木: takes });
  await story.alert();
  expect(story.rings()).toHaveLength(2);
  expect(requestsDuring('/answered-key')).toEqual(['POST 200']);
  expect(requestsDuring('/dial-ended')).toEqual(['GET 200', 'POST 200']);
});

test('with an API, each ring reads while Mackerel is asked, and then writes', async () => {
  openQuietStory({}, { apiKey: 'read' });
  story.members({ 鈴木: takes });
  await story.alert();
  expect(story.rings()).toHaveLength(2);
  expect(requestsDuring('/dial-ended')).toEqual(['GET 200', 'POST 200']);
  const [waited] = story.answers().filter(({ path }) => path === '/dial-ended');
  // One trip to Mackerel, beside which Sync is read, and one to Sync.
  const { mackerel, sync } = story.network.latency;
  expect(waited?.ms).toBeLessThan(mackerel + sync + 5);
});
