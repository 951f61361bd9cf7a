/** What the log says of each webhook of a page: what it was about, and what came of it. */
import { ignores, openStory, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

type Line = {
  readonly path: string;
  readonly event?: string;
  readonly step?: string;
  readonly page?: string;
  readonly remembered?: boolean;
};
const linesOf = (...paths: string[]): Line[] =>
  story.log
    .filter((line) => line.startsWith('{"path"'))
    .map((line): Line => JSON.parse(line))
    .filter(({ path }) => paths.includes(path));
const said = (...paths: string[]) =>
  linesOf(...paths).map(({ path, event, step }) => [path, event, step].filter(Boolean).join(' '));

test('a page on the leg of a call', async () => {
  story = openStory({ mackerel: { webhook: true, apiKey: 'read', statusCallback: true } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  const id = story.mackerel.raise({ monitorName: '決済' });
  await story.at(600);
  story.mackerel.close(id);
  await story.untilQuiet();
  expect(story.rings()).toHaveLength(2);
  expect(said('/mackerel-webhook')).toEqual([
    '/mackerel-webhook opened kept',
    '/mackerel-webhook closed hang-up',
  ]);
  expect(said('/dial-status')).toEqual([
    '/dial-status leg initiated learned',
    '/dial-status leg initiated told',
    '/dial-status leg no-answer told',
    '/dial-status leg in-progress told',
    '/dial-status leg completed told',
  ]);
  expect(said('/call-ended')).toEqual(['/call-ended call completed hang-up']);
  expect(said('/hold-music')).toEqual(['/hold-music music']);
  const [page] = linesOf('/dial-list').map((line) => line.page);
  expect(
    linesOf('/dial-ended', '/answered', '/answered-key', '/dial-status').map((line) => line.page),
  ).toEqual(Array(10).fill(page));
  expect(story.slackShows().length).toBeGreaterThan(5);
});

test('a page by calls of our own', async () => {
  story = openStory({ list: { start: 'webhook' } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  story.mackerel.raise({ monitorName: '決済' });
  await story.untilQuiet();
  expect(story.rings()).toHaveLength(2);
  expect(said('/mackerel-webhook')).toEqual(['/mackerel-webhook opened ring']);
  expect(said('/dial-status').filter((line) => /no-answer|completed/.test(line))).toEqual([
    '/dial-status leg no-answer ring',
    '/dial-status leg completed hang-up',
  ]);
  expect(story.slackShows().length).toBeGreaterThan(5);
});

test('a call that broke off', async () => {
  story = openStory({ numberB: 'busy', mackerel: { statusCallback: true } });
  story.members({ 佐藤: takes });
  await story.alert();
  expect(story.rings()).toHaveLength(1);
  expect(said('/call-ended')).toEqual(['/call-ended missed call busy ring']);
  const [{ page, remembered } = {}] = linesOf('/call-ended');
  expect({ page, remembered }).toEqual({ page: linesOf('/answered')[0]?.page, remembered: true });
  expect(story.slackShows().length).toBeGreaterThan(3);
});
