/** Our own Functions fail, and Twilio's API takes its time: cells of the table in docs/reliability.md that no scenario tells. */
import { answers } from '../../switchboard';
import { ignores, isBusy, openStory, type Story, type StoryOptions, takes } from '../support/story';

const picksUpAfter = (seconds: number) => answers([{ kind: 'listen' }], seconds);

let story: Story;
afterEach(() => story.close());

/** An endpoint fails the first time it is asked, or asked about that: at once, or by the platform's 10 s. */
function failsOnce(path: string, status: number, about = ''): void {
  const { handle } = story.functions;
  let isFirst = true;
  story.functions.handle = async (request) => {
    if (request.url.pathname !== path || !isFirst || !request.body.includes(about)) return handle(request);
    isFirst = false;
    if (status === 504) await story.clock.sleep(10);
    return { status, headers: { 'content-type': 'text/plain' }, body: '' };
  };
}

const open = (options: StoryOptions = {}) => {
  story = openStory({ mackerel: { statusCallback: true }, ...options });
};

describe.each([500, 504])('%d from one of our own Functions, once', (status) => {
  test.each([
    ['/dial-list', '鈴木', 'unknown'],
    ['/dial-ended', '鈴木', '2bje1qym3Fh'],
    ['/answered', '高橋', '2bje1qym3Fh'],
    ['/answered-key', '高橋', '2bje1qym3Fh'],
    ['/dial-status', '鈴木', '2bje1qym3Fh'],
    ['/hold-music', '鈴木', '2bje1qym3Fh'],
  ])('%s: somebody takes it all the same', async (path, taker, alert) => {
    // For a status callback, Twilio only warns: docs/api/errors/15003
    open({ faults: [path === '/dial-status' ? 15003 : 11200] });
    failsOnce(path, status);
    story.members({ 佐藤: ignores, 鈴木: [takes, takes], 高橋: takes });
    await story.alert();
    expect(story.rings().at(-1)).toContain(`${taker} answered pressed 1`);
    expect(story.history()).toMatchObject([{ end: 'taken', takenBy: taker, alerts: [alert] }]);
    expect(story.slackShows().join('\n')).toContain(`*${taker} が対応します*`);
  });
});

test("the end of Mackerel's call fails as well: its re-send brings the alert", async () => {
  open({ faults: [11200, 15003], resendEverySeconds: 600 });
  failsOnce('/dial-list', 500);
  failsOnce('/call-ended', 500);
  story.members({ 佐藤: takes });
  const alert = await story.alert();
  expect(story.rings()).toEqual([]);
  await story.at(600);
  await story.untilQuiet();
  story.mackerel.close(alert);
  expect(story.rings()).toEqual(['10:00 佐藤 answered pressed 1']);
  expect(story.slackShows().join('\n')).toContain('*佐藤 が対応します*');
});

/** No call is up that would ask what comes next: the page lives by the status callback that ends a ring. */
describe.each([500, 504])('direct: /dial-status answers %d at the end of a ring', (status) => {
  beforeEach(() => {
    open({ list: { start: 'webhook' }, faults: [15003], resendEverySeconds: 600 });
    failsOnce('/dial-status', status, 'CallStatus=no-answer');
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise();
  });

  const standsStill = async (until: number) => {
    await story.at(until - 1);
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
    expect(story.slackShows().at(-1)).toBe('→ :telephone_receiver: 佐藤 を呼び出しています');
    await story.at(until);
  };
  const goesOn = async (at: string) => {
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', `${at} 鈴木 answered pressed 1`]);
    expect(story.slackShows()).toContain('→ :repeat: 途切れた呼び出しを次の人から再開します');
    expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '鈴木', rings: 2 }]);
  };

  test('nobody else is rung until the re-send, which carries the page on', async () => {
    await standsStill(600);
    await goesOn('10:00');
  });

  test('another alert before that carries it on, and is taken with it', async () => {
    await standsStill(300);
    const other = story.mackerel.raise();
    await goesOn('05:00');
    expect(story.history()[0]?.alerts).toContain(other);
  });
});

describe("Twilio's API, where calls of our own ring people", () => {
  const direct: StoryOptions = { list: { start: 'webhook' } };

  const slow = (seconds: number) => {
    open(direct);
    story.network.fault('twilio', { kind: 'slow', seconds });
  };
  const unsure =
    '⇒ <!channel> :x: *Twilioが応答せず、電話が鳴っているかわかりません。まだ誰も対応していません*';

  test.each([
    [3.5, []],
    // A status callback waits 3.9 s for it, Mackerel's webhook 5 s.
    [4, [unsure]],
    [6, [unsure, unsure]],
    [30, [unsure, unsure]],
  ])(
    'answers after %d s: who is rung can take it, and nobody else rings meanwhile',
    async (seconds, told) => {
      slow(seconds);
      story.members({ 佐藤: ignores, 鈴木: takes });
      await story.alert();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '鈴木', rings: 2 }]);
      const posts = story.slackShows();
      expect(posts.filter((post) => post.includes('Twilio'))).toEqual(told);
      expect(posts).toContain(':white_check_mark: *鈴木* が対応中');
    },
  );

  test('answers after 6 s, and somebody has picked up by then: nobody is told that it may not ring', async () => {
    slow(6);
    story.members({ 佐藤: answers([{ kind: 'listen' }, { kind: 'press', digits: '1' }], 1) });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.slackShows().join('\n')).not.toContain('<!channel>');
  });

  test('answers after 6 s, and they were busy by then: the next one rings, once', async () => {
    slow(6);
    story.members({ 佐藤: isBusy, 鈴木: takes });
    await story.alert();
    expect(story.rings().map((ring) => ring.slice(6))).toEqual(['佐藤 busy', '鈴木 answered pressed 1']);
    expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '鈴木', rings: 2 }]);
    story.slackShows();
  });

  test('answers after 6 s, and the alert closes while it rings: who picks up hears that it is over', async () => {
    slow(6);
    story.members({ 佐藤: picksUpAfter(20), 鈴木: takes });
    const alert = story.mackerel.raise();
    await story.at(10);
    story.mackerel.close(alert);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered']);
    expect(story.heard('佐藤')).toEqual(['この呼び出しは終わっています。']);
    expect(story.history()).toMatchObject([{ end: 'unanswered', rings: 1 }]);
    story.slackShows();
  });

  test.each([
    ['refuses connections', { kind: 'down' }],
    ['hangs', { kind: 'hang' }],
    ['answers 500', { kind: 'status', status: 500, body: '{}' }],
    [
      'answers 429',
      { kind: 'status', status: 429, body: '{"code":20429,"message":"Too many","status":429}' },
    ],
    ['answers nonsense', { kind: 'status', status: 200, body: '<html>' }],
  ] as const)('%s: nobody is rung, and the channel is told so within seconds', async (_how, fault) => {
    open(direct);
    story.network.fault('twilio', fault);
    story.mackerel.raise();
    await story.clock.run(12);
    expect(story.rings()).toEqual([]);
    expect(story.slackShows().join('\n')).toContain('<!channel>');
    expect(story.mackerel.deliveries.map(({ status }) => status)).toEqual([503]);
  });
});
