/** Thirty alerts within one second: one phone rings, thirty alerts are told, none is lost, and Sync is asked little. */
import { answers } from '../../switchboard';
import { openStory, type Story, type StoryOptions, takes } from '../support/story';

const ALERTS = 30;
/** Milliseconds between two of them: evenly over a second. */
const SPACING = 33;

let story: Story;
afterEach(() => story.close());

/** Picks up after 20 s, when all has come, and takes it. */
const takesLater = answers([{ kind: 'listen' }, { kind: 'press', digits: '1' }], 20);

/** What a storm came to, without the page that came before it. */
type Storm = {
  readonly alerts: readonly string[];
  readonly requests: number;
  readonly lines: readonly string[];
};

async function storm(options: StoryOptions, isFirst: boolean): Promise<Storm> {
  story = openStory(options);
  if (!isFirst) {
    story.members({ 佐藤: takes });
    await story.alert();
  }
  const before = { requests: requestsToSync(), lines: story.log.length };
  story.members({ 佐藤: takesLater });
  const alerts: string[] = [];
  for (let count = 1; count <= ALERTS; count++) {
    const status = count === 18 ? 'CRITICAL' : 'WARNING';
    alerts.push(story.mackerel.raise({ status, monitorName: `監視${count}` }));
    await story.clock.run(SPACING / 1000);
  }
  await story.untilQuiet();
  return { alerts, requests: requestsToSync() - before.requests, lines: story.log.slice(before.lines) };
}

const requestsToSync = () => story.network.log.filter(({ neighbour }) => neighbour === 'sync').length;

/** Requests to Sync of each answer of an endpoint, as the Functions count them. */
const requestsOf = (path: string, { lines }: Storm): number[] =>
  lines.flatMap((line) => {
    const { path: of, sync } = JSON.parse(line);
    return of === path && typeof sync === 'number' ? [sync] : [];
  });

/** One phone has rung, its owner has heard of all, has taken all, and all are on record. */
function expectOnePage({ alerts }: Storm, isFirst: boolean, isKnown = false): void {
  const rings = story.rings().slice(isFirst ? 0 : 1);
  expect(rings).toEqual([expect.stringMatching(/^0[01]:\d\d 佐藤 answered pressed 1$/)]);
  expect(story.heard('佐藤')[0]).toContain(`アラートが${ALERTS}件出ています`);
  if (isKnown) expect(story.heard('佐藤')[0]).toContain('クリティカル');
  expect(story.heard('佐藤').at(-1)).toContain(`${ALERTS}件まとめて、佐藤さんが対応することになりました`);
  const slack = story.slackShows().join('\n');
  expect(slack).toContain(`ほか${ALERTS - 6}件`);
  expect(slack).not.toContain('Syncが応答しません');
  expect([...(story.history().at(-1)?.alerts ?? [])].sort()).toEqual([...alerts].sort());
  expect(story.functions.invocations.filter(({ status }) => status !== 200 && status !== 204)).toEqual([]);
}

/**
 * Requests to Sync an alert: of its own webhooks, and its thirtieth part of those of the page. The first time, maps are
 * made, and each call is remembered, for nobody knows yet whether its end will be told. A status callback is a webhook
 * more, which has to look whether the call was here.
 */
describe.each<[string, StoryOptions, first: number, later: number]>([
  ['neither API nor webhook is set up', {}, 4.8, 4.4],
  ['the API is set up', { mackerel: { apiKey: 'read' } }, 5.9, 5.6],
  ['the webhook is set up', { mackerel: { webhook: true } }, 6.1, 5.6],
  ['the status callback is set up', { mackerel: { statusCallback: true } }, 5.9, 5.5],
  ['all is set up', { mackerel: { apiKey: 'write', webhook: true, statusCallback: true } }, 8.7, 8.4],
  ['the webhook starts pages', { list: { start: 'webhook' } }, 3.9, 3.8],
  [
    'the webhook starts pages, and the API is set up',
    { list: { start: 'webhook' }, mackerel: { apiKey: 'read' } },
    4.9,
    4.3,
  ],
])('%s', (_what, options, first, later) => {
  test.each([
    ['the first ever', true, first],
    ['a later one', false, later],
  ])('a storm, %s', async (_which, isFirst, mostAnAlert) => {
    const came = await storm(options, isFirst);
    expect(came.requests / ALERTS).toBeLessThanOrEqual(mostAnAlert);
    const isKnown = Boolean(options.list || options.mackerel?.webhook || options.mackerel?.apiKey);
    expectOnePage(came, isFirst, isKnown);
  });
});

test('a call in a storm asks Sync five times at most, and does not wait', async () => {
  const came = await storm({ mackerel: { statusCallback: true } }, false);
  expect(Math.max(...requestsOf('/dial-list', came))).toBeLessThanOrEqual(5);
  expect(Math.max(...requestsOf('/call-ended', came))).toBeLessThanOrEqual(5);
  const waits = story.answers().flatMap(({ path, ms }) => (path === '/dial-list' ? [ms] : []));
  expect(Math.max(...waits)).toBeLessThan(500);
  expectOnePage(came, false);
});
