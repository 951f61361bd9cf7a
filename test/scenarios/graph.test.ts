/** Mackerel graphs its own paging: what a page was like, as metrics of a service, and a mark from its beginning to its end. */
import { ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());
const open = (options: StoryOptions = {}) => {
  story = openStory({ env: { MACKEREL_SERVICE: 'shop' }, mackerel: { apiKey: 'write' }, ...options });
};
const posted = () => {
  const { annotations, metrics } = story.mackerel.organization;
  return {
    metrics: metrics.map(({ name, value }) => `${name} ${value}`),
    annotations: annotations.map(({ from, title, to }) => `${title} (${to - from} s)`),
  };
};
function read() {
  story.rings();
  story.slackShows();
}

test('a page that somebody took', async () => {
  open();
  story.members({ 佐藤: ignores, 鈴木: takes });
  await story.alert();
  expect(posted()).toEqual({
    metrics: [
      expect.stringMatching(/^mackerel-kaden.seconds-until-taken (7|8|9)\d$/),
      'mackerel-kaden.rings 2',
      'mackerel-kaden.unanswered 0',
    ],
    annotations: [expect.stringMatching(/^mackerel-kaden: 鈴木 が対応 \((7|8|9)\d s\)$/)],
  });
  read();
});

test('a page that nobody answered', async () => {
  open({ list: { language: 'en' } });
  await story.alert();
  expect(posted().metrics).toEqual(['mackerel-kaden.rings 3', 'mackerel-kaden.unanswered 1']);
  expect(posted().annotations).toEqual([expect.stringContaining('nobody answered')]);
  read();
});

test.each<[string, StoryOptions]>([
  ['no service is named', { env: {} }],
  ['the key only reads', { mackerel: { apiKey: 'read' } }],
])('%s: nothing is posted', async (_what, options) => {
  open(options);
  story.members({ 佐藤: takes });
  await story.alert();
  expect(posted()).toEqual({ metrics: [], annotations: [] });
  read();
});

test('a service that Mackerel does not have: people are told as ever', async () => {
  open({ env: { MACKEREL_SERVICE: 'nowhere' } });
  story.members({ 佐藤: takes });
  await story.alert();
  expect(posted()).toEqual({ metrics: [], annotations: [] });
  expect(story.slackShows().join('\n')).toContain('佐藤 が対応します');
  read();
});
