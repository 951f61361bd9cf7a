/**
 * Sync is down, and 20 alerts come: nothing that all can see says who is being rung. Each process of a Function remembers
 * the page that it has begun, so that what comes within 30 s joins it: it is told in Slack, and makes no phone ring.
 */
import { ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

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
    expect(story.slackShows().filter((line) => line.startsWith('<!channel> :heavy_plus_sign:'))).toHaveLength(
      19,
    );
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
