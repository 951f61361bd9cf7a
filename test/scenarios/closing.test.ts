/** The alert closes: by itself, all at once, or by key 9 on the telephone. */
import { type Fault, numbers } from '../../switchboard';
import {
  ignores,
  openStory,
  picksUp,
  pressesAfter,
  type Story,
  type StoryOptions,
  takes,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

/** The alert closes: nobody is rung for what is over, and Slack says whether anybody had taken it. */
describe('closing', () => {
  const WEBHOOK: StoryOptions = { mackerel: { webhook: true } };
  const API: StoryOptions = { mackerel: { apiKey: 'read' } };
  /** twilio.com/docs/api/errors/54009 */
  const tooMany: Fault = { kind: 'status', status: 429, body: '{"code":54009,"status":429}' };
  const UNTAKEN = '→ :zzz: *誰かが対応する前に閉じました*';

  const closings = () => story.slackShows().filter((line) => line.includes(':zzz:'));
  const secondsOfRing = (name: string) => {
    const ring = story.phone(name).rings.at(-1);
    return (Number(ring?.endedAt) - Number(ring?.at)) / 1000;
  };

  /** Mackerel's webhook gets nowhere for a moment, as when it is lost. */
  async function unheard(happening: () => void): Promise<void> {
    const { handle } = story.functions;
    Object.assign(story.functions, { handle: () => Promise.reject(new Error('lost')) });
    happening();
    await story.clock.run(1);
    Object.assign(story.functions, { handle });
  }

  describe('told by the webhook', () => {
    test('while the phone rings: it stops at once', async () => {
      story = openStory(WEBHOOK);
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(30);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 canceled']);
      expect(Math.round(secondsOfRing('佐藤'))).toBe(30);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
      expect(story.history()).toMatchObject([{ end: 'closed', takenBy: null }]);
    });

    test('what it was about stays to be seen', async () => {
      story = openStory(WEBHOOK);
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(30);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(1);
      expect(story.slackShows()[0]).toContain(
        `https://mackerel.io/orgs/switchboard/alerts/${id}|決済 — app01`,
      );
      expect(story.history()).toMatchObject([{ alerts: [id] }]);
    });

    test('while the message is read: the leg is hung up, and nobody else is rung', async () => {
      story = openStory(WEBHOOK);
      story.members({ 佐藤: picksUp });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(8);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered']);
      expect(Math.round(secondsOfRing('佐藤'))).toBe(8);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
    });

    test('between two rounds: the call is hung up, and nobody is rung any more', async () => {
      story = openStory({ ...WEBHOOK, list: { members: ['佐藤'], rounds: 2, pauseSeconds: 120 } });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(100);
      story.mackerel.close(id);
      await story.clock.run(5);
      expect(story.exchange.calls.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
    });

    test('just as the 1 is pressed: it is taken, and closed after that', async () => {
      story = openStory(WEBHOOK);
      story.members({ 佐藤: takes });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.clock.runUntil(() => story.phone('佐藤').rings[0]?.pressed === '1');
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
      expect(story.history()).toHaveLength(1);
      expect(closings().at(-1)).toMatch(/閉じました/);
    });

    test('after it was taken: how long after, and by whom', async () => {
      story = openStory(WEBHOOK);
      story.members({ 佐藤: takes });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.clock.runUntil(() => story.history().length > 0);
      await story.clock.run(12 * 60);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
      expect(closings()).toEqual([
        ':zzz: 閉じました (*佐藤* が対応)',
        expect.stringMatching(/^→ :zzz: \*閉じました\* \(佐藤が対応してから12分\d?秒?\)$/),
      ]);
    });

    test('and in English', async () => {
      story = openStory({ ...WEBHOOK, list: { language: 'en', members: ['Ann', 'Bob'] } });
      story.members({ Ann: takes });
      const id = story.mackerel.raise({ monitorName: 'payments' });
      await story.at(600);
      story.mackerel.close(id);
      const other = story.mackerel.raise({ monitorName: 'disk' });
      await story.at(620);
      story.mackerel.close(other);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 Ann answered pressed 1', '10:00 Ann canceled']);
      expect(closings()).toEqual([
        ':zzz: Closed (*Ann* had taken it)',
        expect.stringMatching(/^→ :zzz: \*Closed\*, 9 min \d+ s after Ann took it$/),
        ':zzz: The alert is closed',
        '→ :zzz: *Closed before anyone took it*',
      ]);
    });

    test('one of two: the other goes on', async () => {
      story = openStory(WEBHOOK);
      story.members({ 佐藤: ignores, 鈴木: takes });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(10);
      story.mackerel.raise({ monitorName: 'CPU' });
      await story.at(30);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(story.heard('鈴木')[0]).toMatch(/^鈴木さん、マカレルのアラートです。クリティカル。CPU、app01。/);
      expect(closings()).toEqual([expect.stringMatching(/^→ :zzz: 閉じました: .*決済 — app01/)]);
    });

    test('both, one after the other: the phone stops with the last', async () => {
      story = openStory(WEBHOOK);
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(10);
      const other = story.mackerel.raise({ monitorName: 'CPU' });
      await story.at(20);
      story.mackerel.close(other);
      await story.at(30);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 canceled']);
      expect(Math.round(secondsOfRing('佐藤'))).toBe(30);
      expect(closings().at(-1)).toBe(UNTAKEN);
    });

    test.each<[string, StoryOptions]>([
      ['one of Mackerel’s', WEBHOOK],
      ['one of our own', { ...WEBHOOK, list: { start: 'webhook' } }],
    ])(
      'Sync refuses to save one of two closings for seconds, and the call is %s: it stops',
      async (_whose, options) => {
        story = openStory(options);
        const id = story.mackerel.raise({ monitorName: '決済' });
        const other = story.mackerel.raise({ monitorName: 'CPU' });
        await story.at(30);
        let refusals = 7;
        story.network.fault('sync', ({ method, url, body = '' }) => {
          const isClosing =
            method === 'POST' && url.pathname.endsWith(`/Items/${other}`) && /closedAt/.test(body);
          return isClosing && refusals-- > 0 ? tooMany : undefined;
        });
        for (const one of [other, id]) story.mackerel.close(one);
        await story.untilQuiet();
        expect(refusals).toBeLessThan(0);
        expect(story.rings()).toEqual(['00:00 佐藤 canceled']);
        expect(secondsOfRing('佐藤')).toBeLessThan(38);
        expect(closings().at(-1)).toBe(UNTAKEN);
        expect(story.history()).toMatchObject([{ end: 'closed', takenBy: null }]);
      },
    );

    test('twice: said once', async () => {
      story = openStory(WEBHOOK);
      story.members({ 佐藤: takes });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(100);
      story.mackerel.close(id);
      await story.at(110);
      const again = story.functions.handle({
        method: 'POST',
        url: new URL(`${story.publicUrl}/mackerel-webhook`),
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from('mackerel:switchboard').toString('base64')}`,
        },
        body: JSON.stringify({ event: 'alert', alert: { id, status: 'ok', isOpen: false } }),
      });
      await story.untilQuiet();
      expect((await again).status).toBe(200);
      expect(story.rings()).toHaveLength(1);
      expect(closings().filter((line) => line.startsWith('→'))).toHaveLength(1);
    });
  });

  describe('told by the API, which is asked before each ring', () => {
    test.each<[string, StoryOptions]>([
      ['no webhook is set up', API],
      ["the webhook's closing was lost", { mackerel: { apiKey: 'read', webhook: true } }],
    ])('while the phone rings, %s: nobody else is rung', async (_what, options) => {
      story = openStory(options);
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(30);
      await unheard(() => story.mackerel.close(id));
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
    });

    test('while the phone rings: whoever picks up hears that it is over, and cannot take it', async () => {
      story = openStory(API);
      story.members({ 佐藤: ignores, 鈴木: pressesAfter(6, '1') });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(66);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings().map((ring) => ring.slice(0, 17))).toEqual([
        '00:00 佐藤 no-answe',
        '01:05 鈴木 answered',
      ]);
      expect(story.heard('鈴木')).toEqual(['この呼び出しは終わっています。']);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
      expect(story.history()).toMatchObject([{ end: 'closed', takenBy: null }]);
    });

    test('and where picking up is taking: the same is heard', async () => {
      story = openStory({ ...API, list: { answer: 'pickup' } });
      story.members({ 佐藤: picksUp });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.clock.run(1);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered']);
      expect(story.heard('佐藤')).toEqual(['この呼び出しは終わっています。']);
      expect(closings()[0]).toBe(':zzz: 閉じました (*佐藤* が対応)');
    });

    test('one of two, while the phone rings: whoever picks up hears of the other alone', async () => {
      story = openStory(API);
      story.members({ 佐藤: ignores, 鈴木: takes });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(10);
      story.mackerel.raise({ monitorName: 'CPU' });
      await story.at(66);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(story.heard('鈴木')[0]).toMatch(/^鈴木さん、マカレルのアラートです。クリティカル。CPU/);
      expect(closings()).toEqual([expect.stringMatching(/^→ :zzz: 閉じました: .*決済 — app01/)]);
    });

    test('Mackerel does not answer at the pickup: the message is heard a second later at the most', async () => {
      story = openStory(API);
      story.members({ 佐藤: takes });
      story.mackerel.raise({ monitorName: '決済' });
      await story.clock.run(1);
      story.network.fault('mackerel', { kind: 'hang' });
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
      const answered = story.answers().filter(({ path }) => path === '/answered');
      expect(Math.max(...answered.map(({ ms }) => ms))).toBeLessThanOrEqual(1_100);
      expect(story.slackShows().join()).toContain('*佐藤 が対応します*');
    });

    test('after the pickup, before key 1: it is taken, and the closing told as their call ends', async () => {
      story = openStory(API);
      story.members({ 佐藤: takes });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(8);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
      expect(closings()[0]).toBe(':zzz: 閉じました (*佐藤* が対応)');
      expect(closings()[1]).toMatch(/^→ :zzz: \*閉じました\* \(佐藤が対応してから/);
    });

    test('after it was taken: told with the next page', async () => {
      story = openStory(API);
      story.members({ 佐藤: [takes, takes] });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(1000);
      story.mackerel.close(id);
      await story.at(1200);
      expect(closings()).toEqual([]);
      story.mackerel.raise({ monitorName: 'CPU' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(closings()).toEqual([
        ':zzz: 閉じました (*佐藤* が対応)',
        expect.stringMatching(/^→ :zzz: \*閉じました\* \(佐藤が対応してから19分/),
      ]);
    });

    test('while the message is read: nobody else is rung', async () => {
      story = openStory(API);
      story.members({ 佐藤: picksUp });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(8);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered']);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
    });

    test('between two rounds: the second does not begin', async () => {
      story = openStory({ ...API, list: { members: ['佐藤'], rounds: 2, pauseSeconds: 120 } });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(100);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
    });

    test('one of two: the other goes on', async () => {
      story = openStory(API);
      story.members({ 佐藤: ignores, 鈴木: takes });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(10);
      story.mackerel.raise({ monitorName: 'CPU' });
      await story.at(30);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(story.heard('鈴木')[0]).toMatch(/^鈴木さん、マカレルのアラートです。クリティカル。/);
      expect(closings()).toEqual([expect.stringMatching(/^→ :zzz: 閉じました: .*決済 — app01/)]);
    });
  });

  describe('told by the API of alerts that joined while the phone rang', () => {
    /** Alerts, a second apart. */
    async function raised(count: number): Promise<readonly string[]> {
      const ids: string[] = [];
      for (let nth = 1; nth <= count; nth++) {
        ids.push(story.mackerel.raise({ monitorName: `監視${nth}` }));
        await story.clock.run(1);
      }
      return ids;
    }

    /** Mackerel has a hundred alerts of others besides, and lists those. */
    function listsOthersOnly(): void {
      const alerts = Array.from({ length: 100 }, (_, nth) => ({ id: `other${nth}`, status: 'CRITICAL' }));
      const body = JSON.stringify({ alerts, nextId: 'other99' });
      story.network.fault('mackerel', ({ url }) =>
        url.pathname.endsWith('/alerts') ? { kind: 'status', status: 200, body } : undefined,
      );
    }

    test.each<[string, number, StoryOptions, boolean]>([
      ['two', 2, API, false],
      ['eight, of which the URL carries two', 8, API, false],
      ['eight, in an organization with more than a hundred open', 8, API, true],
      ['two, in the direct way', 2, { ...API, list: { start: 'webhook' } }, false],
    ])('%s, and all have closed: nobody else is rung', async (_what, count, options, isCrowded) => {
      const direct = options.list ? { mackerel: { apiKey: 'read', webhook: true } as const } : {};
      story = openStory({ ...options, ...direct });
      if (isCrowded) listsOthersOnly();
      const ids = await raised(count);
      await story.at(30);
      await unheard(() => {
        for (const id of ids) story.mackerel.close(id);
      });
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
    });

    test('one of them is open still: the next member is rung for that', async () => {
      story = openStory(API);
      story.members({ 佐藤: ignores, 鈴木: takes });
      const [, ...closed] = await raised(8);
      await story.at(30);
      for (const id of closed) story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(story.heard('鈴木')[0]).toMatch(/^鈴木さん、マカレルのアラートです。クリティカル。/);
      expect(closings()).toHaveLength(7);
    });

    test('in a pause between two rounds: the second does not begin', async () => {
      story = openStory({ ...API, list: { members: ['佐藤'], rounds: 2, pauseSeconds: 120 } });
      const first = story.mackerel.raise();
      await story.at(100);
      const joined = story.mackerel.raise();
      await story.at(110);
      for (const id of [first, joined]) story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
    });

    test('Mackerel’s call breaks off: nobody is rung by a call of our own', async () => {
      story = openStory({ mackerel: { apiKey: 'read', statusCallback: true } });
      const ids = await raised(2);
      await story.at(20);
      for (const id of ids) story.mackerel.close(id);
      await story.loseCall();
      await story.untilQuiet();
      expect(story.rings()).toEqual([expect.stringMatching(/^00:00 佐藤/)]);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
    });

    test('Sync is down: what the URL carries is asked about', async () => {
      story = openStory({ ...API, forgetsEnd: true });
      const ids = await raised(2);
      await story.at(30);
      for (const id of ids) story.mackerel.close(id);
      story.network.fault('sync', { kind: 'down' });
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
      expect(closings()).toEqual([':zzz: アラートは閉じました', ':zzz: *誰かが対応する前に閉じました*']);
    });
  });

  describe('told by the API, which is asked for a second call about it', () => {
    const callAgain = (id: string) =>
      story.placeCall({
        From: numbers.a,
        To: numbers.b,
        Url: `${story.publicUrl}/dial-list?alertId=${id}`,
        Method: 'GET',
      });

    test('while the phone rings on the first: it stops at once', async () => {
      story = openStory(API);
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(20);
      story.mackerel.close(id);
      await story.at(30);
      await callAgain(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 canceled']);
      expect(Math.round(secondsOfRing('佐藤'))).toBe(30);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
    });

    test('while the first one waits for the second round: people are told all the same', async () => {
      story = openStory({ ...API, list: { members: ['佐藤'], rounds: 2, pauseSeconds: 60 } });
      const startedAt = story.clock.now();
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(70);
      story.mackerel.close(id);
      await story.at(80);
      await callAgain(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer']);
      expect(story.clock.now() - startedAt).toBeLessThan(115_000);
      expect(closings()).toEqual([':zzz: アラートは閉じました', UNTAKEN]);
    });
  });

  describe('closed already when its call arrives', () => {
    test.each<[string, StoryOptions]>([
      ['the webhook', WEBHOOK],
      ['the API', API],
      ['both', { mackerel: { apiKey: 'read', webhook: true } }],
    ])('as %s says: rings nobody, and Slack says why', async (_what, options) => {
      story = openStory(options);
      story.exchange.delivery = ({ url }) => (url.pathname === '/dial-list' ? [5] : [0]);
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(2);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toEqual([]);
      expect(story.slackShows()).toEqual([
        expect.stringMatching(
          /^2026-11-22 18:00 UTC · :mute: すでに閉じているため、呼び出しません: .*(決済|2bje1qym3Fh)/,
        ),
      ]);
    });

    test('and nobody can tell: it is rung about, for silence is worse', async () => {
      story = openStory({ mackerel: { apiKey: 'read' } });
      story.network.fault('mackerel', { kind: 'hang' });
      story.members({ 佐藤: takes });
      const id = story.mackerel.raise();
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(1);
      expect(story.slackShows().length).toBeGreaterThan(4);
    });
  });
});

/** An outage is over: what opened one by one closes all at once, and nobody may be rung for it, or told a hundred times. */
describe('closing together', () => {
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
});
