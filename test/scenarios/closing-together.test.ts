/** An outage is over: what opened one by one closes all at once, and nobody may be rung for it, or told a hundred times. */
import { ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

/** So many alerts, one every so many seconds. */
async function outage(count: number, seconds: number): Promise<string[]> {
  const alerts: string[] = [];
  for (let nth = 1; nth <= count; nth++) {
    alerts.push(story.mackerel.raise({ monitorName: `監視${nth}` }));
    await story.clock.run(seconds);
  }
  return alerts;
}

const stillOpen = () => story.alerts().filter(({ closedAt }) => closedAt === undefined);

const ways: [string, StoryOptions][] = [
  ['on Mackerel’s call', { mackerel: { webhook: true } }],
  ['by calls of our own', { list: { start: 'webhook' } }],
];

describe.each(ways)('%s', (_way, options) => {
  test.each([13, 16, 30])(
    '%d alerts close while the first phone rings: it stops, and no other rings',
    async (count) => {
      story = openStory(options);
      story.members({ 佐藤: ignores });
      const alerts = await outage(count, 0.5);
      await story.at(30);
      for (const id of alerts.reverse()) story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 canceled']);
      expect(stillOpen()).toEqual([]);
      const slack = story.slackShows().join('\n');
      expect(slack).toContain('誰かが対応する前に閉じました');
      expect(slack).not.toContain('<!channel>');
      expect(slack).not.toContain('Syncが応答しません');
    },
  );

  test('25 that somebody took close in one second: all are closed, and Slack says so in a few lines', async () => {
    story = openStory(options);
    story.members({ 佐藤: takes });
    const alerts = await outage(25, 0.2);
    await story.untilQuiet();
    const before = story.slackShows().length;
    for (const id of alerts) story.mackerel.close(id);
    await story.clock.run(60);
    expect(stillOpen()).toEqual([]);
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    const shown = story.slackShows();
    expect(shown.join('\n')).not.toContain('Syncが応答しません');
    expect(shown.at(-1)).toMatch(/閉じました\* \(佐藤が対応してから/);
    expect(shown.length - before).toBeLessThan(30);
  });

  test('all but one close: whoever picks up next hears of that one', async () => {
    story = openStory(options);
    story.members({ 佐藤: ignores, 鈴木: takes });
    const alerts = await outage(20, 0.5);
    await story.at(30);
    for (const id of alerts.slice(0, 19)) story.mackerel.close(id);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    expect(story.heard('鈴木')[0]).toContain('マカレルのアラートです');
    expect(story.slackShows().join('\n')).toContain('監視20');
  });
});
