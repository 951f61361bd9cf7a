/** A monitor whose alert closes, and opens again under another id. */
import { openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const cpu = { monitorName: 'CPU', host: { name: 'app01' } };
const MINUTE = 60;

const WAYS: readonly [string, StoryOptions][] = [
  ['the webhook tells', { mackerel: { webhook: true } }],
  ['webhook and API tell', { mackerel: { webhook: true, apiKey: 'read' } }],
  ['by calls of our own', { list: { start: 'webhook' } }],
];

/** Raised, and closed two minutes later. */
async function flap(at: number, what: object = cpu): Promise<void> {
  await story.at(at);
  const id = story.mackerel.raise(what);
  await story.at(at + 2 * MINUTE);
  story.mackerel.close(id);
  await story.clock.run(5);
}

describe.each(WAYS)('%s', (_way, options) => {
  test('12 times in an hour: one ring, and from the third time on Slack says that it is flapping', async () => {
    story = openStory(options);
    story.phone('佐藤').always(takes);
    for (let nth = 0; nth < 12; nth++) await flap(nth * 5 * MINUTE);
    await story.untilQuiet();
    expect(story.rings()).toEqual([expect.stringMatching(/^00:0\d 佐藤 answered pressed 1$/)]);
    const slack = story.slackShows();
    expect(slack.filter((line) => line.includes('対応したばかりのため、呼び出しません'))).toHaveLength(11);
    const times = slack.flatMap((line) => /1時間に(\d+)回/.exec(line)?.[1] ?? []);
    expect(times).toEqual(['3', '4', '5', '6', '7', '8', '9', '10', '11', '12']);
  });

  test('another host, or later than settleMinutes: it rings', async () => {
    story = openStory(options);
    story.phone('佐藤').always(takes);
    await flap(0);
    await flap(5 * MINUTE, { ...cpu, host: { name: 'app02' } });
    await flap(19 * MINUTE);
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(3);
    story.slackShows();
  });

  test('"settleMinutes": 0: it rings each time, and is called flapping the third', async () => {
    story = openStory({ ...options, list: { ...options.list, settleMinutes: 0 } });
    story.phone('佐藤').always(takes);
    for (const nth of [0, 1, 2]) await flap(nth * 5 * MINUTE);
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(3);
    expect(story.slackShows().filter((line) => line.includes('1時間に3回'))).toHaveLength(1);
  });

  test('worse than what they took: it rings', async () => {
    story = openStory(options);
    story.phone('佐藤').always(takes);
    await flap(0, { ...cpu, status: 'WARNING' });
    await flap(5 * MINUTE, { ...cpu, status: 'CRITICAL' });
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(2);
    story.slackShows();
  });
});
