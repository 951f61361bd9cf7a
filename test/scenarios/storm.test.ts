/** Thirty alerts within one second: one phone rings, thirty alerts are told, none is lost, and Sync is asked little. */
import { answers } from '../../switchboard/exchange';
import { openStory, type Story, type StoryOptions, takes } from '../support/story';

const ALERTS = 30;

// One that goes wrong is hundreds of calls.
jest.setTimeout(30_000);

let story: Story;
let isClosed = false;
/** What is known to be at fault is not asked for all that must be true of a story. */
let isFaulty = false;
afterEach(() => {
  try {
    if (!isClosed) story.close();
  } catch (fault) {
    if (!isFaulty) throw fault;
  }
});

/** Picks up after 20 s, when all has come, and takes it. */
const takesLater = answers([{ kind: 'listen' }, { kind: 'press', digits: '1' }], 20);

/** Brings the storm about. Gives the alerts' ids. */
async function storm(options: StoryOptions, isFirst: boolean, spacing: number): Promise<string[]> {
  isClosed = false;
  isFaulty = false;
  story = openStory(options);
  if (!isFirst) {
    story.members({ 佐藤: takes });
    await story.alert();
  }
  story.members({ 佐藤: takesLater });
  const ids: string[] = [];
  for (let count = 1; count <= ALERTS; count++) {
    const status = count === 18 ? 'CRITICAL' : 'WARNING';
    ids.push(story.mackerel.raise({ status, monitorName: `監視${count}` }));
    await story.clock.run(spacing / 1000);
  }
  await story.untilQuiet();
  return ids;
}

/** Requests to Sync of each answer of an endpoint, as the Functions count them. */
function requestsOf(path: string, isFirst: boolean): { max: number; mean: number } {
  const counts = story.log.flatMap((line) => {
    const { path: of, sync } = JSON.parse(line);
    return of === path && typeof sync === 'number' ? [sync as number] : [];
  });
  const inStorm = isFirst ? counts : counts.slice(1);
  return { max: Math.max(...inStorm), mean: inStorm.reduce((sum, count) => sum + count, 0) / inStorm.length };
}

/** One phone has rung, its owner has heard of all, has taken all, and all are on record. */
function expectOnePage(ids: readonly string[], isFirst: boolean): void {
  const rings = story.rings().slice(isFirst ? 0 : 1);
  expect(rings).toEqual([expect.stringMatching(/^0[01]:\d\d 佐藤 answered pressed 1$/)]);
  expect(story.heard('佐藤')[0]).toContain(`アラートが${ALERTS}件出ています`);
  expect(story.heard('佐藤').at(-1)).toContain(`${ALERTS}件まとめて、佐藤さんが対応することになりました`);
  const slack = story.slackShows().join('\n');
  expect(slack).toContain(`ほか${ALERTS - 6}件`);
  expect(slack).not.toContain('Syncが応答しません');
  expect([...(story.history().at(-1)?.alerts ?? [])].sort()).toEqual([...ids].sort());
  expect(story.functions.invocations.filter(({ status }) => status !== 200 && status !== 204)).toEqual([]);
  story.close();
  isClosed = true;
}

const ages: [string, boolean][] = [
  ['the first ever', true],
  ['a later one', false],
];
/** Milliseconds between two alerts. */
const spacings = [30];

describe.each(ages)('a storm, %s', (_which, isFirst) => {
  describe.each<[string, StoryOptions, { most: number; failsAt?: { ever: number[]; later: number[] } }]>([
    ['neither API nor webhook is set up', {}, { most: 7 }],
    ['the API is set up', { mackerel: { apiKey: 'read' } }, { most: 7 }],
    ['the webhook is set up', { mackerel: { webhook: true } }, { most: 11 }],
    ['both are set up', { mackerel: { apiKey: 'write', webhook: true } }, { most: 11 }],
    ['the webhook starts pages', { list: { start: 'webhook' } }, { most: 15 }],
    [
      'the webhook starts pages, and the API is set up',
      { list: { start: 'webhook' }, mackerel: { apiKey: 'read' } },
      { most: 15 },
    ],
  ])('%s', (_what, options, { most, failsAt }) => {
    const failing = (isFirst ? failsAt?.ever : failsAt?.later) ?? [];
    for (const spacing of spacings) {
      const isFailing = failing.includes(spacing);
      (isFailing ? test.failing : test)(`${spacing} ms apart`, async () => {
        const ids = await storm(options, isFirst, spacing);
        isFaulty = isFailing;
        expect(requestsOf('/dial-list', isFirst).max).toBeLessThanOrEqual(most);
        expectOnePage(ids, isFirst);
      });
    }
  });
});

test.each(ages)(
  'evenly over a second, at most 5 requests to Sync a call, and no wait (%s)',
  async (_which, isFirst) => {
    const ids = await storm({}, isFirst, 33);
    const { max, mean } = requestsOf('/dial-list', isFirst);
    expect(max).toBeLessThanOrEqual(5);
    expect(mean).toBeLessThan(4);
    const waits = story.answers().flatMap(({ path, ms }) => (path === '/dial-list' ? [ms] : []));
    expect(Math.max(...waits)).toBeLessThan(500);
    expectOnePage(ids, isFirst);
  },
);
