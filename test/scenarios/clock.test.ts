/** With Mackerel's external monitor of `/health` as the clock, a page comes to an end whatever callback was lost. */
import { deliver, ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';

const env = { CLOCK_USER: 'clock', CLOCK_PASSWORD: 'tick-tock', CALLER_ID: '+815000000101' };
const authorization = `Basic ${Buffer.from('clock:tick-tock').toString('base64')}`;

let story: Story;
afterEach(() => story.close());
const open = (options: StoryOptions = {}) => {
  story = openStory({ env, ...options });
};

/** One call of the monitor's, so many at the same moment. Gives the statuses. */
async function tick(times = 1): Promise<number[]> {
  const url = new URL(`${story.publicUrl}/health`);
  const answers = Array.from({ length: times }, () =>
    story.functions.handle({ method: 'GET', url, headers: { authorization }, body: '' }),
  );
  await story.clock.run(10);
  return (await Promise.all(answers)).map(({ status }) => status);
}

/** Once a minute, for so long. */
async function ticking(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await tick();
    await story.clock.run(50);
  }
}

const lost = deliver({ twiml: [], action: [], whisper: [], gather: [], status: [] });
const whole = deliver({});

test.each([
  ['bridge', 'call', '00:00', '11200'],
  ['direct', 'webhook', '00:01', ''],
] as const)(
  '%s: the callback that ends a ring is lost, and the clock rings the next',
  async (_way, start, _at, fault) => {
    open({
      list: { start, rounds: 1 },
      mackerel: { webhook: true },
      faults: fault ? [Number(fault)] : [],
    });
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise();
    await story.at(20);
    story.exchange.delivery = lost;
    await story.at(100);
    story.exchange.delivery = whole;
    expect(story.rings()).toHaveLength(1);
    await ticking(4);
    await story.untilQuiet();
    expect(story.rings().map((ring) => ring.replace(/^\S+ /, ''))).toEqual([
      '佐藤 no-answer',
      '鈴木 answered pressed 1',
    ]);
    expect(story.slackShows().at(-1)).toContain('鈴木 が対応します');
  },
);

test('the last ring’s callback is lost: with the clock people are told that nobody answered', async () => {
  open({ list: { members: ['佐藤'], start: 'webhook', rounds: 1 }, mackerel: { webhook: true } });
  story.mackerel.raise();
  await story.at(20);
  story.exchange.delivery = lost;
  await story.at(100);
  story.exchange.delivery = whole;
  await ticking(3);
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
  expect(story.slackShows().join('\n')).toContain('<!channel>');
});

test.each(['call', 'webhook'] as const)(
  'nobody answers: it rings again every repeatMinutes until it closes (%s)',
  async (start) => {
    open({ list: { members: ['佐藤'], start, rounds: 1, repeatMinutes: 10 }, mackerel: { webhook: true } });
    const id = story.mackerel.raise();
    await ticking(35);
    const rungAt = story.rings().map((ring) => ring.slice(0, 2));
    expect(rungAt).toHaveLength(4);
    expect(rungAt.map((minute, nth) => Math.abs(Number(minute) - nth * 10) <= 2)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    story.mackerel.close(id);
    await ticking(30);
    expect(story.rings()).toHaveLength(4);
    story.slackShows();
  },
);

test('a list whose closings nobody tells of is not rung again by the clock', async () => {
  open({ list: { members: ['佐藤'], rounds: 1, repeatMinutes: 10 } });
  story.mackerel.raise();
  await ticking(30);
  expect(story.rings()).toHaveLength(1);
  story.slackShows();
});

test('a closing that only the API knows is told at the next tick', async () => {
  open({ mackerel: { apiKey: 'read' } });
  story.members({ 佐藤: takes });
  const id = await story.alert();
  story.mackerel.close(id);
  await story.clock.run(600);
  const [before] = story.slackShows().slice(-1);
  expect(before).toContain('佐藤 が対応します');
  await tick();
  expect(story.slackShows().at(-1)).toContain('閉じました');
  story.rings();
});

test('twenty at the same moment, and twice as many while people are rung: one phone rings, once', async () => {
  open({ list: { start: 'webhook', rounds: 1 }, mackerel: { webhook: true } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  story.mackerel.raise();
  await story.at(20);
  await tick(20);
  story.exchange.delivery = lost;
  await story.at(130);
  story.exchange.delivery = whole;
  await tick(20);
  await story.untilQuiet();
  await tick(20);
  expect(story.rings().map((ring) => ring.replace(/^\S+ /, ''))).toEqual([
    '佐藤 no-answer',
    '鈴木 answered pressed 1',
  ]);
  story.slackShows();
});

/** For so long Sync takes each alert, and refuses to say which page goes on: its webhook gives up before. */
async function refused(seconds: number): Promise<void> {
  story.network.fault('sync', ({ method, url }) =>
    method === 'GET' && url.pathname.endsWith('/Documents/mackerel-kaden')
      ? { kind: 'status', status: 429, body: '{"code":54009,"status":429}' }
      : undefined,
  );
  await story.clock.run(seconds);
  story.network.fault('sync', undefined);
}

test('alerts that Sync refused a page until nobody came any more: the clock rings for one, and its page has all', async () => {
  open({ list: { start: 'webhook' }, mackerel: { webhook: true } });
  story.members({ 佐藤: [takes, takes] });
  const taken = await story.alert();
  const late = [story.mackerel.raise(), story.mackerel.raise()];
  await refused(12);
  expect(story.rings()).toHaveLength(1);
  expect(story.history().flatMap(({ alerts }) => alerts)).toEqual([taken]);
  await ticking(3);
  await story.untilQuiet();
  expect(story.rings()).toHaveLength(2);
  const [, page] = story.history();
  expect([...(page?.alerts ?? [])].sort()).toEqual([...late].sort());
  expect(story.slackShows().filter((line) => line.includes('が対応します'))).toHaveLength(2);
});

test('what Sync refused and has closed by then rings nobody', async () => {
  open({ list: { start: 'webhook' }, mackerel: { webhook: true } });
  story.members({ 佐藤: takes });
  await story.alert();
  const late = story.mackerel.raise();
  await refused(12);
  story.mackerel.close(late);
  await ticking(3);
  expect(story.rings()).toHaveLength(1);
  story.slackShows();
});

test('with nothing to do, a tick is one read of Sync, before pages and some minutes after them', async () => {
  open({ mackerel: { webhook: true } });
  story.members({ 佐藤: takes });
  const id = await story.alert();
  story.mackerel.close(id);
  await story.untilQuiet();
  await story.clock.run(300);
  const before = story.network.log.length;
  await tick();
  expect(
    story.network.log.slice(before).map(({ request }) => `${request.method} ${request.url.host}`),
  ).toEqual(['GET sync.twilio.com']);
  story.rings();
  story.slackShows();
});
