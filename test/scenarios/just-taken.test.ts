/** An alert that comes while somebody still hears that the page is theirs: their phone is in use, and nobody else is woken. */
import { answers, numbers, type Reaction } from '../../switchboard';
import { ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const cpu = { monitorName: 'CPU', host: { name: 'app01' } };
const disk = { monitorName: 'ディスク', host: { name: 'db01' } };

/** Presses 1, and is gone before the confirmation is heard. */
const takesAndRuns: Reaction = answers([
  { kind: 'listen' },
  { kind: 'press', digits: '1' },
  { kind: 'wait', seconds: 1 },
  { kind: 'hang-up' },
]);

const takenAt = async (limit = 120) => {
  const isTaken = () => story.phone('佐藤').rings.at(-1)?.pressed === '1';
  await story.clock.runUntil(isTaken, limit);
};

const WAYS: readonly [string, StoryOptions][] = [
  ['on the leg of the call', { mackerel: { webhook: true } }],
  ['by calls of our own', { list: { start: 'webhook' } }],
];

describe.each(WAYS)('%s', (_way, options) => {
  test.each([1, 3])('%s s after key 1: it joins, and they hear of it on the same call', async (seconds) => {
    story = openStory(options);
    story.members({ 佐藤: takes });
    story.mackerel.raise(cpu);
    await takenAt();
    await story.clock.run(seconds);
    story.mackerel.raise(disk);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.heard('佐藤').slice(-2)).toEqual([
      '佐藤さんが対応することになりました。よろしくお願いします。',
      expect.stringMatching(/^お聞きの間に1件増えました。.*これもお願いします。$/),
    ]);
    expect(story.slackShows().filter((line) => line.includes('佐藤 が対応を引き受けた'))).toEqual([
      expect.stringMatching(/^→ :heavy_plus_sign: 加わりました: .*ため、あわせて対応します\)$/),
    ]);
  });

  test('they have hung up by then: they are rung, for they are awake', async () => {
    story = openStory(options);
    story.members({ 佐藤: [takesAndRuns, takes] });
    story.mackerel.raise(cpu);
    await takenAt();
    await story.clock.run(3);
    story.mackerel.raise(disk);
    await story.untilQuiet();
    expect(story.rings()).toEqual([
      '00:00 佐藤 answered pressed 1',
      expect.stringMatching(/^00:\d\d 佐藤 answered pressed 1$/),
    ]);
    story.slackShows();
  });
});

describe('a new alert soon after somebody took one', () => {
  const two = { list: { members: ['佐藤', '鈴木', '高橋'] } };

  test.each([
    [
      9,
      '鈴木',
      [
        '順番: 鈴木 → 佐藤 → 高橋 (1周まで)',
        '→ :eyes: 先ほど別のアラートの対応を引き受けた鈴木から呼び出します',
      ],
    ],
    [12, '佐藤', ['順番: 佐藤 → 鈴木 → 高橋 (1周まで)']],
  ])('%d minutes: %s is rung first', async (minutes, first, told) => {
    story = openStory(two);
    story.members({ 鈴木: takes });
    await story.alert();
    await story.at(minutes * 60);
    story.members({ [first]: takes });
    await story.alert();
    expect(story.rings().slice(2)).toEqual([expect.stringContaining(`${first} answered pressed 1`)]);
    const [, ...second] = story.slackShows().join('\n').split('順番');
    for (const line of told) expect(`順番${second.at(-1)}`).toContain(line);
  });

  test('they do not pick up: the rest in the order of the date, and nobody twice in a round', async () => {
    story = openStory(two);
    story.members({ 鈴木: takes });
    await story.alert();
    await story.at(300);
    await story.alert();
    expect(story.rings().slice(2)).toEqual([
      '05:00 鈴木 no-answer',
      '06:05 佐藤 no-answer',
      '07:10 高橋 no-answer',
    ]);
    story.slackShows();
  });

  test('"awakeMinutes": 0: the order of the date', async () => {
    story = openStory({ list: { awakeMinutes: 0 } });
    story.members({ 鈴木: takes });
    await story.alert();
    await story.at(300);
    story.members({ 佐藤: takes });
    await story.alert();
    expect(story.rings().slice(2)).toEqual(['05:00 佐藤 answered pressed 1']);
    story.slackShows();
  });

  test('a test of the line tells nobody to be at it', async () => {
    story = openStory(two);
    story.members({ 佐藤: ignores, 鈴木: takes });
    await story.placeCall({ From: numbers.a, To: numbers.b, Url: `${story.publicUrl}/dial-list` });
    await story.untilQuiet();
    story.members({ 佐藤: takes });
    await story.alert();
    expect(story.rings().at(-1)).toContain('佐藤 answered pressed 1');
    story.slackShows();
  });
});
