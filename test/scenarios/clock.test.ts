/** With Mackerel's external monitor of `/health` as the clock, a page comes to an end whatever callback was lost. */

import type { State } from '../../src/escalation';
import { deliver, ignores, isBusy, picksUp, type StoryOptions, takes } from '../support/story';
import { openTickingStory, type TickingStory } from '../support/ticks';

let story: TickingStory;
afterEach(() => story.close());
const open = (options: StoryOptions = {}) => {
  story = openTickingStory(options);
};

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
    await story.ticking(4);
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
  await story.ticking(3);
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
  expect(story.slackShows().join('\n')).toContain('<!channel>');
});

test.each(['call', 'webhook'] as const)(
  'nobody answers: it rings again every repeatMinutes until it closes (%s)',
  async (start) => {
    open({ list: { members: ['佐藤'], start, rounds: 1, repeatMinutes: 10 }, mackerel: { webhook: true } });
    const id = story.mackerel.raise();
    await story.ticking(35);
    const rungAt = story.rings().map((ring) => ring.slice(0, 2));
    expect(rungAt).toHaveLength(4);
    expect(rungAt.map((minute, nth) => Math.abs(Number(minute) - nth * 10) <= 2)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    story.mackerel.close(id);
    await story.ticking(30);
    expect(story.rings()).toHaveLength(4);
    story.slackShows();
  },
);

test('a list whose closings nobody tells of is not rung again by the clock', async () => {
  open({ list: { members: ['佐藤'], rounds: 1, repeatMinutes: 10 } });
  story.mackerel.raise();
  await story.ticking(30);
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
  await story.tick();
  expect(story.slackShows().at(-1)).toContain('閉じました');
  story.rings();
});

test('twenty at the same moment, and twice as many while people are rung: one phone rings, once', async () => {
  open({ list: { start: 'webhook', rounds: 1 }, mackerel: { webhook: true } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  story.mackerel.raise();
  await story.at(20);
  await story.tick(20);
  story.exchange.delivery = lost;
  await story.at(130);
  story.exchange.delivery = whole;
  await story.tick(20);
  await story.untilQuiet();
  await story.tick(20);
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
  await story.ticking(3);
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
  await story.ticking(3);
  expect(story.rings()).toHaveLength(1);
  story.slackShows();
});

test('two alerts that nobody answers for hours: when one closes, the other rings on', async () => {
  open({
    list: { members: ['佐藤'], start: 'webhook', rounds: 1, repeatMinutes: 10 },
    mackerel: { webhook: true },
  });
  const first = story.mackerel.raise({ monitorName: '決済' });
  await story.at(5);
  const second = story.mackerel.raise({ monitorName: 'CPU' });
  await story.ticking(85);
  const before = story.rings().length;
  expect(before).toBeGreaterThanOrEqual(8);
  story.mackerel.close(first);
  await story.ticking(25);
  const between = story.rings().length;
  expect(between - before).toBeGreaterThanOrEqual(2);
  story.members({ 佐藤: takes });
  await story.ticking(12);
  expect(story.rings().at(-1)).toContain('pressed 1');
  expect(story.heard('佐藤')[0]).toContain('CPU');
  await story.ticking(30);
  expect(story.rings().at(-1)).toContain('pressed 1');
  story.mackerel.close(second);
  await story.ticking(2);
  story.slackShows();
});

test.each(['call', 'webhook'] as const)(
  'five pages in a bad quarter of an hour: none that nobody answered is forgotten (%s)',
  async (start) => {
    open({
      list: { members: ['佐藤'], start, rounds: 1, repeatMinutes: 30, awakeMinutes: 0 },
      mackerel: { webhook: true },
    });
    story.members({ 佐藤: [ignores, takes, takes, takes, takes, takes] });
    story.mackerel.raise({ monitorName: '決済' });
    await story.ticking(2);
    for (const monitorName of ['A', 'B', 'C', 'D']) {
      story.mackerel.raise({ monitorName });
      await story.ticking(3);
    }
    expect(story.rings()).toHaveLength(5);
    await story.ticking(30);
    expect(story.rings()).toHaveLength(6);
    expect(story.heard('佐藤')[0]).toContain('決済');
    await story.ticking(35);
    expect(story.rings()).toHaveLength(6);
    story.slackShows();
  },
);

test('two alerts that somebody took at last, and many pages after that: neither rings again', async () => {
  open({
    list: { members: ['佐藤'], start: 'webhook', repeatMinutes: 10, awakeMinutes: 0 },
    mackerel: { webhook: true },
  });
  story.members({ 佐藤: [ignores, ignores, ignores, takes, takes, takes, takes, takes] });
  story.mackerel.raise({ monitorName: '決済' });
  await story.at(5);
  story.mackerel.raise({ monitorName: 'CPU' });
  await story.ticking(33);
  expect(story.rings()).toHaveLength(4);
  for (const monitorName of ['A', 'B', 'C', 'D']) {
    story.mackerel.raise({ monitorName });
    await story.ticking(2);
  }
  await story.ticking(25);
  expect(story.rings()).toHaveLength(8);
  story.slackShows();
});

/** In the direct way there is no call that could wait between two rounds. */
describe('a pause between two rounds, in the direct way', () => {
  const paused = (pauseSeconds: number) => {
    open({ list: { members: ['佐藤'], start: 'webhook', rounds: 2, pauseSeconds } });
    story.members({ 佐藤: [isBusy, takes] });
  };

  test('the Functions that wait it out break off: the clock rings as soon as it is over', async () => {
    paused(90);
    story.network.fault('functions', { kind: 'down' });
    story.mackerel.raise();
    await story.ticking(4);
    expect(story.rings()).toEqual(['00:00 佐藤 busy', '02:00 佐藤 answered pressed 1']);
    story.slackShows();
  });

  test('ticks cut no pause short, and ring nobody a second time', async () => {
    paused(150);
    story.mackerel.raise();
    for (let minute = 0; minute < 5; minute++) {
      await story.tick(3);
      await story.clock.run(50);
    }
    const [, second = ''] = story.rings();
    expect(story.rings()).toHaveLength(2);
    expect(second).toMatch(/^02:3\d 佐藤 answered pressed 1$/);
    story.slackShows();
  });
});

/** Only Mackerel's API tells of closings: without ticks, it is asked before each ring. */
describe('a closing that only the API knows', () => {
  const MEANWHILE = [
    ['while a phone rings', {}, ignores],
    ['in a pause', { rounds: 2, pauseSeconds: 600 }, isBusy],
    ['while somebody listens', {}, picksUp],
  ] as const;

  test.each(MEANWHILE)('%s: nobody is troubled any longer', async (_when, list, does) => {
    open({ list: { members: ['佐藤', '鈴木'], ringSeconds: 300, ...list }, mackerel: { apiKey: 'read' } });
    story.members({ 佐藤: does, 鈴木: does });
    const id = story.mackerel.raise();
    await story.at(20);
    story.mackerel.close(id);
    const before = story.rings().length;
    await story.tick();
    await story.clock.run(10);
    expect(story.exchange.calls.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
    expect(story.rings()).toHaveLength(before);
    expect(story.slackShows().join('\n')).toContain('閉じました');
  });

  test('one of two closes while a phone rings: it rings on', async () => {
    open({ list: { ringSeconds: 120 }, mackerel: { apiKey: 'read' } });
    const first = story.mackerel.raise({ monitorName: '決済' });
    await story.at(10);
    const second = story.mackerel.raise({ monitorName: 'CPU' });
    await story.at(20);
    story.mackerel.close(first);
    await story.ticking(1);
    expect(story.rings()).toEqual(['00:00 佐藤 ringing']);
    story.mackerel.close(second);
    await story.ticking(1);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 canceled']);
    story.slackShows();
  });

  test('somebody has it: it is told at the next tick, and until then a tick asks Mackerel once', async () => {
    open({ mackerel: { apiKey: 'read' } });
    story.members({ 佐藤: takes });
    const id = await story.alert();
    await story.at(16 * 60);
    expect(await story.costOfTick()).toEqual(['GET twilio.com', 'GET mackerelio.com']);
    story.mackerel.close(id);
    await story.tick();
    expect(story.slackShows().at(-1)).toContain('閉じました');
    story.rings();
  });
});

/** A webhook that is told of a closing writes down the alert first: it may be cut off before the page is closed. */
test.each([
  ['somebody has it', takes],
  ['nobody answered', ignores],
] as const)(
  '%s, and its closing came no further than its alert: people are told by a tick',
  async (_what, does) => {
    open({ list: { members: ['佐藤'], start: 'webhook', repeatMinutes: 10 }, mackerel: { webhook: true } });
    story.members({ 佐藤: does });
    const id = await story.alert();
    const isClosed = () => story.alerts().some(({ closedAt }) => closedAt !== undefined);
    for (const neighbour of ['sync', 'slack'] as const)
      story.network.fault(neighbour, () => (isClosed() ? { kind: 'hang' } : undefined));
    story.mackerel.close(id);
    await story.clock.run(20);
    for (const neighbour of ['sync', 'slack'] as const) story.network.fault(neighbour, undefined);
    expect(story.slackShows().join('\n')).not.toContain('閉じました');
    await story.ticking(12);
    expect(story.slackShows().join('\n')).toContain('閉じました');
    expect(story.rings()).toHaveLength(1);
  },
);

/**
 * A webhook that ends a page writes that first: it may be cut off before the news is posted and the page is on
 * record.
 */
describe('a page that ended without a word', () => {
  /** The webhook that ends the page gets nothing done any more once the end is written. */
  function cutOffAtTheEnd(): void {
    const isOver = () => (story.sync.document('mackerel-kaden')?.data as State | undefined)?.page?.end;
    for (const neighbour of ['sync', 'slack'] as const)
      story.network.fault(neighbour, () => (isOver() ? { kind: 'hang' } : undefined));
  }
  function goOn(): void {
    for (const neighbour of ['sync', 'slack'] as const) story.network.fault(neighbour, undefined);
  }

  test.each(['call', 'webhook'] as const)(
    'is told of and put on record by the next tick (%s)',
    async (start) => {
      open({ list: { members: ['佐藤'], start, rounds: 1, repeatMinutes: 60 }, mackerel: { webhook: true } });
      story.mackerel.raise({ monitorName: '決済' });
      await story.at(20);
      cutOffAtTheEnd();
      await story.at(120);
      expect(story.slackShows().join('\n')).not.toContain('<!channel>');
      expect(story.history()).toEqual([]);
      goOn();
      await story.tick();
      expect(story.slackShows().filter((line) => line.includes('<!channel>'))).toHaveLength(1);
      expect(story.history()).toEqual([expect.objectContaining({ end: 'unanswered', rings: 1 })]);
      await story.ticking(6);
      expect(story.slackShows().filter((line) => line.includes('<!channel>'))).toHaveLength(1);
      story.rings();
    },
  );

  test('somebody took it, and nothing of ours came through after that', async () => {
    open();
    story.members({ 佐藤: takes });
    story.mackerel.raise();
    await story.at(5);
    cutOffAtTheEnd();
    await story.untilQuiet();
    expect(story.slackShows().join('\n')).not.toContain('対応');
    expect(story.history()).toEqual([]);
    goOn();
    await story.ticking(1);
    expect(story.slackShows().join('\n')).toContain('*佐藤 が対応します*');
    expect(story.history()).toEqual([expect.objectContaining({ takenBy: '佐藤' })]);
    story.rings();
  });

  test('Slack was down for long: people are told within 5 minutes after that', async () => {
    open({ list: { members: ['佐藤'], rounds: 1 } });
    story.network.fault('slack', { kind: 'down' });
    await story.alert();
    await story.ticking(20);
    story.network.fault('slack', undefined);
    await story.ticking(5);
    expect(story.slackShows().join('\n')).toContain('<!channel>');
    story.rings();
  });
});

test('Sync was away when a page ended, and an alert joins it that is long over: the clock rings for it', async () => {
  open({ list: { members: ['佐藤', '鈴木'], start: 'webhook' }, mackerel: { webhook: true } });
  story.members({ 佐藤: isBusy, 鈴木: [ignores, takes] });
  story.mackerel.raise({ monitorName: '決済' });
  await story.at(20);
  story.network.fault('sync', { kind: 'down' });
  await story.at(80);
  story.network.fault('sync', undefined);
  expect(story.rings()).toHaveLength(2);
  expect(story.slackShows().join('\n')).toContain('<!channel>');
  story.mackerel.raise({ monitorName: 'CPU' });
  await story.clock.run(10);
  expect(story.rings()).toHaveLength(2);
  await story.ticking(14);
  expect(story.rings()).toHaveLength(4);
  expect(story.heard('鈴木').join()).toContain('CPU');
  story.slackShows();
});

/**
 * The webhook that brought an alert was cut off before a page began, and no page is near whose end would adopt the
 * alert.
 */
describe('an alert of which nothing but its item is there', () => {
  const itemsAlone = ({ method, url }: { readonly method: string; readonly url: URL }) =>
    method === 'POST' && url.pathname.endsWith('/Items');

  test('its webhook got nothing else done: it rings within 5 minutes', async () => {
    open({ list: { start: 'webhook' }, mackerel: { webhook: true } });
    story.members({ 佐藤: [takes, takes] });
    story.mackerel.close(await story.alert());
    await story.ticking(12);
    story.network.fault('sync', (request) => (itemsAlone(request) ? undefined : { kind: 'hang' }));
    for (const neighbour of ['twilio', 'slack'] as const) story.network.fault(neighbour, { kind: 'hang' });
    story.mackerel.raise({ monitorName: '決済' });
    await story.clock.run(30);
    for (const neighbour of ['sync', 'twilio', 'slack'] as const) story.network.fault(neighbour, undefined);
    expect(story.rings()).toHaveLength(1);
    await story.ticking(6);
    expect(story.rings()).toHaveLength(2);
    expect(story.heard('佐藤')[0]).toContain('決済');
    story.slackShows();
  });

  test('its call broke off while it waited for Sync: it rings within 5 minutes', async () => {
    open({ mackerel: { webhook: true } });
    story.members({ 佐藤: [takes, takes] });
    story.mackerel.close(await story.alert());
    await story.ticking(12);
    story.network.fault('sync', (request) =>
      request.method === 'GET' && request.url.pathname.includes('/Documents/')
        ? { kind: 'status', status: 429, body: '{"code":54009,"status":429}' }
        : undefined,
    );
    story.mackerel.raise({ monitorName: '決済' });
    await story.clock.run(4);
    await story.loseCall();
    await story.clock.run(6);
    story.network.fault('sync', undefined);
    expect(story.rings()).toHaveLength(1);
    await story.ticking(6);
    expect(story.rings()).toHaveLength(2);
    expect(story.heard('佐藤')[0]).toContain('決済');
    story.slackShows();
  });
});

/** Sync is read once, and nobody else is asked: before pages, and from some minutes after them on. */
describe('what a tick costs that has nothing to do', () => {
  const READ = 'GET twilio.com';

  test.each<[string, StoryOptions]>([
    ['with an API key', { mackerel: { apiKey: 'read' } }],
    ['with the webhook', { mackerel: { webhook: true } }],
  ])('%s: one read of Sync; each fifth minute, three more', async (_what, options) => {
    open(options);
    story.members({ 佐藤: takes });
    await story.at(60);
    expect(await story.costOfTick()).toEqual([READ]);
    const id = story.mackerel.raise();
    await story.untilQuiet();
    story.mackerel.close(id);
    await story.tick();
    const nextFull = Math.ceil(story.clock.now() / 300_000 + 2) * 300;
    await story.clock.run(nextFull - story.clock.now() / 1000 + 10);
    expect(await story.costOfTick()).toHaveLength(4);
    await story.clock.run(60);
    for (let minute = 0; minute < 3; minute++) {
      expect(await story.costOfTick()).toEqual([READ]);
      await story.clock.run(50);
    }
    story.rings();
    story.slackShows();
  });

  test('what posts is loaded if there is something to tell, and not otherwise', async () => {
    open({ list: { members: ['佐藤'], rounds: 1 } });
    const { getAssets } = Runtime;
    let loads = 0;
    Runtime.getAssets = () => {
      const assets = getAssets();
      const news = assets['/news.js'] as (typeof assets)[string];
      const get = () => {
        loads++;
        return news.path;
      };
      return { ...assets, '/news.js': Object.defineProperty({ ...news }, 'path', { get }) };
    };
    await story.ticking(6);
    expect(loads).toBe(0);
    story.network.fault('slack', { kind: 'down' });
    await story.alert();
    await story.ticking(20);
    story.network.fault('slack', undefined);
    loads = 0;
    await story.ticking(5);
    expect(story.slackShows().join('\n')).toContain('<!channel>');
    expect(loads).toBeGreaterThan(0);
    loads = 0;
    await story.ticking(6);
    expect(loads).toBe(0);
    Runtime.getAssets = getAssets;
    story.rings();
  });

  test('while a phone rings: one read of Sync, and Mackerel is asked where a key is set', async () => {
    open({ mackerel: { apiKey: 'read' } });
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise();
    await story.at(20);
    expect(await story.costOfTick()).toEqual([READ, 'GET mackerelio.com']);
    await story.untilQuiet();
    story.rings();
    story.slackShows();
  });

  test('while nobody has it and it is not yet time to ring again', async () => {
    open({ list: { members: ['佐藤'], start: 'webhook', repeatMinutes: 30 }, mackerel: { webhook: true } });
    story.mackerel.raise();
    await story.at(11 * 60 + 5);
    expect(await story.costOfTick()).toEqual([READ]);
    story.rings();
    story.slackShows();
  });
});
