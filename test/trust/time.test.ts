/**
 * Clocks: a page goes by what happens, not by what they show. They decide who is first, for how long it is quiet, and
 * when a page has died; so they are changed here in the middle of one.
 */
import { ignores, openStory, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => {
  jest.restoreAllMocks();
  story.close();
});

const orders = () =>
  story
    .slackShows()
    .filter((line) => line.startsWith('順番'))
    .map((line) => line.replace(/^順番: | \(.*$/g, ''));

type Handoff = { at: string; since: string; every?: 'day' | 'week' };
const listIn = (timeZone: string, { every = 'day', ...handoff }: Handoff, rounds = 1) => ({
  timeZone,
  rounds,
  rotation: { every, ...handoff },
});

/** Three people, rung once each; the page begins before, and lasts beyond, what its name says. */
const FIRST_PAGE = ['00:00 佐藤 no-answer', '01:05 鈴木 no-answer', '02:10 高橋 answered pressed 1'];

describe('what happens to the calendar while people are rung neither repeats a ring nor skips one', () => {
  test.each<[string, string, string, Handoff]>([
    // Who is first by the wall clock at the beginning: 佐藤, on a handoff that is a multiple of three days after `since`.
    ['the handoff', 'Asia/Tokyo', '2026-11-22T08:59:00+09:00', { at: '09:00', since: '2026-11-18' }],
    ['midnight', 'Asia/Tokyo', '2026-11-22T23:59:00+09:00', { at: '00:00', since: '2026-11-19' }],
    ['New Year', 'Asia/Tokyo', '2026-12-31T23:59:00+09:00', { at: '00:00', since: '2026-12-28' }],
    ['the end of February', 'Asia/Tokyo', '2028-02-28T23:59:00+09:00', { at: '00:00', since: '2028-02-25' }],
    ['a leap day', 'Asia/Tokyo', '2028-02-29T23:59:00+09:00', { at: '00:00', since: '2028-02-26' }],
    // timeanddate.com: on 2026-03-08 at 02:00 it becomes 03:00 in New York, on 2026-11-01 at 02:00 it becomes 01:00.
    [
      'the hour that is skipped',
      'America/New_York',
      '2026-03-08T01:59:00-05:00',
      { at: '02:30', since: '2026-03-04' },
    ],
    [
      'the hour that comes twice',
      'America/New_York',
      '2026-11-01T01:59:00-04:00',
      { at: '02:00', since: '2026-10-28' },
    ],
    [
      'midnight in UTC, west of it',
      'Pacific/Honolulu',
      '2026-11-22T13:59:00-10:00',
      { at: '14:00', since: '2026-11-18' },
    ],
    [
      'midnight west of UTC',
      'America/Los_Angeles',
      '2026-11-21T23:59:00-08:00',
      { at: '00:00', since: '2026-11-18' },
    ],
    [
      'midnight on the far side of the date line',
      'Pacific/Kiritimati',
      '2026-11-22T23:59:00+14:00',
      { at: '00:00', since: '2026-11-19' },
    ],
  ])('%s (%s, %s)', async (_what, timeZone, startAt, handoff) => {
    story = openStory({ list: listIn(timeZone, handoff), startAt: new Date(startAt) });
    story.members({ 佐藤: ignores, 鈴木: [ignores, takes], 高橋: takes });
    await story.alert();
    expect(story.rings()).toEqual(FIRST_PAGE);
    // The next page has the next order.
    await story.at(3_700);
    await story.alert();
    expect(story.rings().slice(3)).toEqual(['61:40 鈴木 answered pressed 1']);
    expect(orders()).toEqual(['佐藤 → 鈴木 → 高橋', '鈴木 → 高橋 → 佐藤']);
  });
});

test('the quiet time is counted in minutes that pass, though the wall clock shows an hour twice', async () => {
  story = openStory({
    list: { timeZone: 'America/New_York', quietMinutes: 25 },
    startAt: new Date('2026-11-01T01:55:00-04:00'),
    resendEverySeconds: 600,
  });
  story.members({ 佐藤: [takes, takes] });
  const id = story.mackerel.raise();
  await story.at(31 * 60);
  await story.untilQuiet();
  story.mackerel.close(id);
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '30:00 佐藤 answered pressed 1']);
  expect(story.slackShows().filter((line) => line.includes(':mute:'))).toHaveLength(2);
});

/** Each Function may run on a machine of its own: its clock is what Date.now() says there. */
describe('clocks that jump', () => {
  /** From now on, the Functions' clocks are so many seconds off. */
  let offBy = 0;
  const jumpyClocks = () => {
    const truth = Date.now;
    offBy = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => truth() + offBy * 1_000);
  };

  test.each([
    ['forward by an hour', 3_600],
    ['back by an hour', -3_600],
    ['forward by a year', 365 * 86_400],
    ['back by a year', -365 * 86_400],
  ])('%s while the first phone rings: the page goes on, and is taken', async (_what, seconds) => {
    story = openStory();
    jumpyClocks();
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise();
    await story.at(30);
    offBy = seconds;
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    expect(story.slackShows().join('\n')).toContain('*鈴木 が対応します*');
    expect(story.slackShows().join('\n')).not.toMatch(/-\d/);
    expect(story.slackShows().filter((line) => line.includes('呼び出しています'))).toHaveLength(2);
    expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '鈴木' }]);
  });

  test('to and fro by half a minute at each webhook: no ring too many, and what joins is told', async () => {
    story = openStory({ list: { rounds: 2 } });
    jumpyClocks();
    const { handle } = story.functions;
    story.functions.handle = (request) => {
      offBy = offBy > 0 ? -30 : 30;
      return handle(request);
    };
    story.members({ 佐藤: [ignores, takes], 鈴木: ignores, 高橋: ignores });
    const first = story.mackerel.raise();
    await story.at(50);
    const second = story.mackerel.raise();
    await story.untilQuiet();
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 no-answer',
      '02:10 高橋 no-answer',
      '03:15 佐藤 answered pressed 1',
    ]);
    expect(story.history()).toMatchObject([
      { takenBy: '佐藤', alerts: expect.arrayContaining([first, second]) },
    ]);
    expect(story.slackShows().join()).toContain(`加わりました: Mackerelのアラート \`${second}\``);
  });

  test("Mackerel's clock is ahead of ours: an alert that will open in two minutes has just been raised", async () => {
    story = openStory({ list: { start: 'webhook' } });
    jumpyClocks();
    offBy = -120;
    story.members({ 佐藤: takes });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.heard('佐藤')[0]).toContain('いま発生しました。');
    story.slackShows();
  });
});
