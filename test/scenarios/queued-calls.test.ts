/**
 * Thirty alerts within one second, where Twilio dials one call a second, Mackerel's and ours, and queues the others
 * (docs/voice/api/call-resource, "Calls Per Second"): one phone rings at a time, and none of the alerts is lost.
 */
import { answers, type Reaction } from '../../switchboard';
import { openStory, type Story, type StoryOptions } from '../support/story';

const ALERTS = 30;
/** Seconds between two of them: evenly over a second. */
const SPACING = 0.033;

let story: Story;
afterEach(() => story.close());

/** Does not listen to the end of the confirmation. */
const takesAndHangsUp = (after: number) =>
  answers(
    [{ kind: 'listen' }, { kind: 'press', digits: '1' }, { kind: 'wait', seconds: 0.4 }, { kind: 'hang-up' }],
    after,
  );

/** Gives the alerts that were raised. */
async function storm(
  members: Readonly<Record<string, Reaction | readonly Reaction[]>>,
  options: StoryOptions = {},
): Promise<string[]> {
  story = openStory({ callsPerSecond: 1, ...options });
  story.members(members);
  const alerts: string[] = [];
  for (let count = 1; count <= ALERTS; count++) {
    alerts.push(story.mackerel.raise({ monitorName: `監視${count}` }));
    await story.clock.run(SPACING);
  }
  return alerts;
}

/** Each of them is on record once, in the order of the pages. */
function expectAllOnRecord(alerts: readonly string[], pages: readonly number[]): void {
  const past = story.history();
  expect(past.map(({ alerts }) => alerts.length)).toEqual(pages);
  expect(past.flatMap(({ alerts }) => alerts).sort()).toEqual([...alerts].sort());
  expect(story.slackShows().filter((line) => line.includes('が対応します'))).toHaveLength(pages.length);
}

test("Mackerel's calls come one a second, and join the page that rings meanwhile", async () => {
  const alerts = await storm({ 佐藤: takesAndHangsUp(29) });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expectAllOnRecord(alerts, [ALERTS]);
});

test('somebody takes it while calls are queued still: what these bring is new, and rings again', async () => {
  const alerts = await storm({ 佐藤: [takesAndHangsUp(5), takesAndHangsUp(16)] });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '00:16 佐藤 answered pressed 1']);
  expectAllOnRecord(alerts, [16, 14]);
});

test('and where the webhook or the API tells when they were raised, they are whose the others are', async () => {
  for (const mackerel of [{ webhook: true }, { apiKey: 'read' }] as const) {
    const alerts = await storm({ 佐藤: takesAndHangsUp(5) }, { mackerel });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    const [page] = story.history();
    expect(page?.alerts.length).toBeGreaterThan(3);
    const pages = new Set(story.alerts().map((alert) => alert.page));
    expect(story.alerts()).toHaveLength(alerts.length);
    expect(pages.size).toBe(1);
    expect(story.slackShows().join()).toContain('加わりました');
    story.close();
  }
  story = openStory();
});

test('the webhook starts pages: the one call of ours does not wait', async () => {
  const alerts = await storm({ 佐藤: takesAndHangsUp(5) }, { list: { start: 'webhook' } });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expectAllOnRecord(alerts, [ALERTS]);
});

test("the call that carries the page breaks off: ours waits behind Mackerel's, and rings then", async () => {
  const alerts = await storm({ 鈴木: takesAndHangsUp(5) });
  // Long enough for a phone to have rung: else the same one would ring again.
  await story.at(6);
  await story.loseCall();
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 canceled', '00:30 鈴木 answered pressed 1']);
  expectAllOnRecord(alerts, [ALERTS]);
});
