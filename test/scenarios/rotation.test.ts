/** Who is rung first, and when the turn passes on. */
import { ignores, openStory, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

/** An instant by the clock of Tokyo. */
const tokyo = (dateAndTime: string) => new Date(`${dateAndTime}:00+09:00`);

/** Whom the pages rang, in order, by what Slack shows of them. */
const orders = () => story.slackShows().filter((line) => line.startsWith('順番'));

test('by page: each alert is begun by the next member', async () => {
  story = openStory({ list: { rotation: { every: 'page' }, awakeMinutes: 0 } });
  for (const name of ['佐藤', '鈴木', '高橋']) story.phone(name).always(takes);
  for (const minute of [0, 1, 2, 3]) {
    await story.at(minute * 60);
    await story.alert();
  }
  expect(story.rings()).toEqual([
    '00:00 佐藤 answered pressed 1',
    '01:00 鈴木 answered pressed 1',
    '02:00 高橋 answered pressed 1',
    '03:00 佐藤 answered pressed 1',
  ]);
  expect(orders()).toEqual([
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    '順番: 鈴木 → 高橋 → 佐藤 (1周まで)',
    '順番: 高橋 → 佐藤 → 鈴木 (1周まで)',
    '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
  ]);
});

test.each([
  ['day', 'a minute before the handoff', '2026-11-22T08:59', '順番: 高橋 → 佐藤 → 鈴木 (1周まで)'],
  ['day', 'at the handoff', '2026-11-22T09:00', '順番: 佐藤 → 鈴木 → 高橋 (1周まで)'],
  ['day', 'a minute before the next', '2026-11-23T08:59', '順番: 佐藤 → 鈴木 → 高橋 (1周まで)'],
  ['day', 'at the next', '2026-11-23T09:00', '順番: 鈴木 → 高橋 → 佐藤 (1周まで)'],
  ['week', 'a minute before the handoff', '2026-11-23T08:59', '順番: 佐藤 → 鈴木 → 高橋 (1周まで)'],
  ['week', 'at the handoff', '2026-11-23T09:00', '順番: 鈴木 → 高橋 → 佐藤 (1周まで)'],
  ['week', 'a minute before the next', '2026-11-30T08:59', '順番: 鈴木 → 高橋 → 佐藤 (1周まで)'],
  ['week', 'at the next', '2026-11-30T09:00', '順番: 高橋 → 佐藤 → 鈴木 (1周まで)'],
])('by %s, %s (%s): %s', async (every, _when, at, order) => {
  const since = every === 'day' ? '2026-11-19' : '2026-11-16';
  story = openStory({ list: { rotation: { every, since } }, startAt: tokyo(at) });
  const first = order.split(/[: →]+/)[1] as string;
  story.members({ [first]: takes });
  await story.alert();
  expect(story.rings()).toEqual([`00:00 ${first} answered pressed 1`]);
  expect(orders()).toEqual([order]);
});

test('a page that begins at 08:59 keeps its order over the handoff at 09:00; the next page has the new one', async () => {
  story = openStory({
    list: { rotation: { every: 'day', since: '2026-11-19' }, rounds: 2, awakeMinutes: 0 },
    startAt: tokyo('2026-11-22T08:59'),
  });
  story.members({ 佐藤: [ignores, ignores], 鈴木: [ignores, takes], 高橋: [ignores, ignores] });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 高橋 no-answer',
    '01:05 佐藤 no-answer',
    '02:10 鈴木 no-answer',
    '03:15 高橋 no-answer',
    '04:20 佐藤 no-answer',
    '05:25 鈴木 answered pressed 1',
  ]);
  story.members({ 佐藤: takes });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 高橋 no-answer',
    '01:05 佐藤 no-answer',
    '02:10 鈴木 no-answer',
    '03:15 高橋 no-answer',
    '04:20 佐藤 no-answer',
    '05:25 鈴木 answered pressed 1',
    expect.stringMatching(/^06:1[345] 佐藤 answered pressed 1$/),
  ]);
  expect(orders()).toEqual(['順番: 高橋 → 佐藤 → 鈴木 (2周まで)', '順番: 佐藤 → 鈴木 → 高橋 (2周まで)']);
});
