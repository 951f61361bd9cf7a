import { ignores, openStory, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

test('a member ignores the phone, the next takes it', async () => {
  story = openStory();
  story.phone('佐藤').next(ignores);
  story.phone('鈴木').next(takes);
  story.mackerel.raise();
  await story.untilQuiet();
  expect(story.rings()).toEqual([]);
  expect(story.slackShows()).toEqual([]);
});
