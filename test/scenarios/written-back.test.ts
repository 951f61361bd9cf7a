/** What we write to Mackerel: the memo, the closing by key 9, the graph of our own paging. */
import { account, numbers, type Reaction, type WireRequest } from '../../switchboard';
import { ignores, openStory, presses, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

/** What people do on the telephone is written back to Mackerel, where the key may write. */
describe('memo and closing', () => {
  const WRITE: StoryOptions = { mackerel: { apiKey: 'write' } };
  const READ: StoryOptions = { mackerel: { apiKey: 'read' } };
  const ID = '2bje1qym3Fh';

  const KEYS = '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。';
  const KEYS_AND_9 =
    '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを、アラートを閉じる場合は9を押してください。';
  const BRIEF =
    '鈴木さん、マカレルのアラートです。クリティカル。決済、app01。loadavg5は2.26で、しきい値の1.96を上回っています。1分前から続いています。';
  const THREE = '3件のアラートを閉じます。よければ1を、やめる場合はほかのキーを押してください。';
  const QUESTION = 'アラートを閉じます。よければ1を、やめる場合はほかのキーを押してください。';

  /** 佐藤 ignores the phone, 鈴木 presses keys. */
  async function pressed(options: StoryOptions, ...keys: string[]): Promise<void> {
    story = openStory(options);
    story.members({ 佐藤: ignores, 鈴木: presses(...keys) });
    story.mackerel.raise({ monitorName: '決済' });
    await story.untilQuiet();
  }

  /** What only asks whether the key may write: it is about no alert. */
  const isTrial = ({ method, url }: WireRequest) =>
    method === 'PUT' && story.mackerel.alert(url.pathname.split('/').at(-1) ?? '') === undefined;

  /** Somebody writes a memo in Mackerel. */
  const writeMemo = (memo: string) =>
    story.mackerel.handle({
      method: 'PUT',
      url: new URL(`https://api.mackerelio.com/api/v0/alerts/${ID}`),
      headers: { 'x-api-key': 'key-that-writes' },
      body: JSON.stringify({ memo }),
    });

  const closings = () => story.slackShows().filter((line) => line.includes(':zzz:'));

  describe('the memo', () => {
    test('has a line when the alert is taken: when, who, at which ring, after how long', async () => {
      await pressed(WRITE, '1');
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
      expect(story.mackerel.alert(ID)?.memo).toMatch(/^03:01 鈴木が対応, 2回目の呼び出し, \d+秒$/);
      expect(story.slackShows().length).toBeGreaterThan(5);
    });

    test('in English', async () => {
      story = openStory({ ...WRITE, list: { language: 'en', members: ['Ann', 'Bob'] } });
      story.members({ Ann: takes });
      story.mackerel.raise({ monitorName: 'payments' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(1);
      expect(story.mackerel.alert(ID)?.memo).toMatch(/^03:00 Ann took it, ring 1, \d+ s$/);
      expect(story.slackShows().length).toBeGreaterThan(5);
    });

    test('does not lose what stands there', async () => {
      story = openStory({ mackerel: { apiKey: 'write', showsMemo: true } });
      story.members({ 佐藤: ignores, 鈴木: takes });
      story.mackerel.raise({ monitorName: '決済' });
      await writeMemo('まずDBを見ること');
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(story.mackerel.alert(ID)?.memo).toMatch(
        /^まずDBを見ること\n03:01 鈴木が対応, 2回目の呼び出し, \d+秒$/,
      );
      expect(story.slackShows().length).toBeGreaterThan(5);
    });

    /** An alert that gets worse two hours after it was raised; 佐藤 takes it then. */
    async function worseAfterTwoHours(first: Reaction, meanwhile: () => unknown = () => {}): Promise<void> {
      story = openStory(WRITE);
      story.members({ 佐藤: [first, takes] });
      story.mackerel.raise({ monitorName: '決済', status: 'WARNING' });
      await story.at(3_600);
      await meanwhile();
      await story.at(7_200);
      story.mackerel.change(ID, 'CRITICAL');
      await story.untilQuiet();
      expect(story.slackShows().length).toBeGreaterThan(8);
    }
    const hidden = () => story.log.filter((line) => line.includes('Mackerel does not show'));

    test('not even where the API does not tell what stands there, and people had time to write', async () => {
      await worseAfterTwoHours(ignores, async () => writeMemo('まずDBを見ること'));
      expect(story.rings().at(-1)).toMatch(/佐藤 answered pressed 1$/);
      expect(story.mackerel.alert(ID)?.memo).toBe('まずDBを見ること');
      expect(hidden()).toHaveLength(1);
    });

    test('keeps what people wrote below the line of who took it before, which the API does not tell, either', async () => {
      const ours = /^03:00 佐藤が対応, .+秒\n/;
      await worseAfterTwoHours(takes, async () =>
        writeMemo(`${story.mackerel.alert(ID)?.memo}\nまずDBを見ること`),
      );
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '120:00 佐藤 answered pressed 1']);
      expect(story.mackerel.alert(ID)?.memo).toMatch(new RegExp(`${ours.source}まずDBを見ること$`));
      expect(hidden()).toHaveLength(1);
    });

    test('is refused, for the key has lost that right: people are told once that it only reads', async () => {
      story = openStory(WRITE);
      story.members({ 佐藤: takes });
      story.network.fault('mackerel', (request) =>
        request.method === 'PUT' && !isTrial(request) ? { kind: 'status', status: 403 } : undefined,
      );
      await story.alert();
      expect(story.rings()).toHaveLength(1);
      expect(story.slackShows().filter((line) => line.includes('読み取り専用'))).toHaveLength(1);
    });

    test('has it once, however many callbacks come twice', async () => {
      story = openStory(WRITE);
      story.members({ 佐藤: ignores, 鈴木: takes });
      story.exchange.delivery = ({ kind }) => (kind === 'status' ? [0, 1, 3] : [0]);
      story.mackerel.raise({ monitorName: '決済' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(story.mackerel.alert(ID)?.memo.match(/鈴木が対応/g)).toHaveLength(1);
      expect(story.slackShows().length).toBeGreaterThan(5);
    });

    test('of every alert that was taken along', async () => {
      story = openStory(WRITE);
      story.members({ 佐藤: ignores, 鈴木: takes });
      story.mackerel.raise({ monitorName: '決済' });
      await story.at(10);
      const other = story.mackerel.raise({ monitorName: 'CPU' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(story.mackerel.alert(ID)?.memo).toMatch(/鈴木が対応/);
      expect(story.mackerel.alert(other)?.memo).toMatch(/鈴木が対応/);
      expect(story.slackShows().length).toBeGreaterThan(5);
    });

    test('holds no phone number, and neither does what is sent beside it', async () => {
      await pressed(WRITE, '1');
      const sent = story.network.log.filter(({ neighbour }) => neighbour === 'mackerel');
      expect(sent.map(({ request }) => request.body).join()).not.toMatch(/\+?81\d{6}/);
      expect(sent.map(({ request }) => request.body).join()).not.toContain(account.sid);
      expect(story.rings()).toHaveLength(2);
      expect(story.slackShows().length).toBeGreaterThan(5);
    });
  });

  test('a read-only key: no memo, no key 9, and Slack says so at the first page, once', async () => {
    story = openStory(READ);
    story.members({ 佐藤: [presses('9', '1'), takes] });
    story.mackerel.raise({ monitorName: '決済' });
    await story.at(120);
    story.mackerel.raise({ monitorName: 'CPU' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 91', '02:00 佐藤 answered pressed 1']);
    const [first] = story.phone('佐藤').rings;
    expect(first?.heard.filter((text) => text === KEYS)).toHaveLength(2);
    expect(first?.heard).toContain('そのキーには割り当てがありません。');
    expect(story.mackerel.alert(ID)).toMatchObject({ memo: '', status: 'CRITICAL' });
    expect(story.slackShows().filter((line) => line.includes('読み取り専用'))).toEqual([
      '→ :information_source: MackerelのAPIキーは読み取り専用です。メモの記入と電話からのクローズは行いません',
    ]);
  });

  test('the key is changed for one that may write: key 9 is offered from the next page on', async () => {
    story = openStory(READ);
    story.members({ 佐藤: [takes, takes] });
    let mayWrite = false;
    story.network.fault('mackerel', (request) =>
      mayWrite && isTrial(request) ? { kind: 'status', status: 404 } : undefined,
    );
    await story.alert();
    mayWrite = true;
    await story.alert();
    expect(story.rings()).toHaveLength(2);
    const menus = story.phone('佐藤').rings.map(({ heard }) => heard[1]);
    expect(menus).toEqual([KEYS, KEYS_AND_9]);
    expect(story.slackShows().length).toBeGreaterThan(10);
  });

  test('without a key nothing of it is offered', async () => {
    await pressed({}, '9', '1');
    expect(story.rings()).toHaveLength(2);
    expect(story.heard('鈴木')).toContain(KEYS);
    expect(story.heard('鈴木')).toContain('そのキーには割り当てがありません。');
    expect(story.slackShows().length).toBeGreaterThan(5);
  });

  describe('key 9, then 1', () => {
    test.each<[string, StoryOptions]>([
      ['the API alone', WRITE],
      [
        'the webhook, which tells of the closing at once, as well',
        { mackerel: { apiKey: 'write', webhook: true } },
      ],
    ])('closes the alert in Mackerel, set up with %s', async (_what, options) => {
      await pressed(options, '9', '1');
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 91']);
      expect(story.heard('鈴木')).toEqual([
        BRIEF,
        KEYS_AND_9,
        QUESTION,
        'アラートを閉じました。お疲れさまでした。',
      ]);
      expect(story.mackerel.alert(ID)).toMatchObject({ status: 'OK', reason: '鈴木が電話で閉じました' });
      expect(closings()).toEqual([':zzz: アラートは閉じました', '→ :zzz: *鈴木 が電話から閉じました*']);
    });

    test('in English: closed by phone by Bob', async () => {
      story = openStory({ ...WRITE, list: { language: 'en', members: ['Ann', 'Bob'] } });
      story.members({ Ann: ignores, Bob: presses('9', '1') });
      story.mackerel.raise({ monitorName: 'payments' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(story.heard('Bob').slice(1)).toEqual([
        'Press 1 to take it, 2 to pass it on, star to hear this again, 9 to close it.',
        'This closes the alert. Press 1 to go ahead, any other key to go back.',
        'The alert is closed. Thank you.',
      ]);
      expect(story.mackerel.alert(ID)?.reason).toBe('closed by phone by Bob');
      expect(closings()).toEqual([':zzz: The alert is closed', '→ :zzz: *Bob closed it by phone*']);
    });

    test('closes all of them', async () => {
      story = openStory(WRITE);
      story.members({ 佐藤: ignores, 鈴木: presses('9', '1') });
      story.mackerel.raise({ monitorName: '決済' });
      await story.at(10);
      const other = story.mackerel.raise({ monitorName: 'CPU' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(story.heard('鈴木').slice(-2)).toEqual([
        '2件のアラートを閉じます。よければ1を、やめる場合はほかのキーを押してください。',
        '2件のアラートを閉じました。お疲れさまでした。',
      ]);
      expect([ID, other].map((id) => story.mackerel.alert(id)?.status)).toEqual(['OK', 'OK']);
      expect(closings().at(-1)).toBe('→ :zzz: *鈴木 が電話から閉じました* (2件)');
    });

    test('any other key goes back, and 1 takes it', async () => {
      await pressed(WRITE, '9', '2', '1');
      expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 921']);
      expect(story.heard('鈴木').at(-1)).toBe('鈴木さんが対応することになりました。よろしくお願いします。');
      expect(story.mackerel.alert(ID)?.status).toBe('CRITICAL');
      expect(closings()).toEqual([]);
    });

    test('9 twice closes nothing', async () => {
      await pressed(WRITE, '9', '9', '1');
      expect(story.rings()[1]).toMatch(/pressed 991$/);
      expect(story.mackerel.alert(ID)?.status).toBe('CRITICAL');
      expect(closings()).toEqual([]);
    });

    test('Mackerel refuses it, for the key has lost that right: key 9 is offered no more, and people are told once', async () => {
      story = openStory(WRITE);
      story.members({ 佐藤: [ignores, takes], 鈴木: presses('9', '1', '9', '1') });
      story.network.fault('mackerel', ({ url }) =>
        url.pathname.endsWith('/close') ? { kind: 'status', status: 403 } : undefined,
      );
      story.mackerel.raise({ monitorName: '決済' });
      await story.untilQuiet();
      expect(story.rings()[1]).toMatch(/pressed 9191$/);
      expect(story.heard('鈴木')).toEqual([
        BRIEF,
        KEYS_AND_9,
        QUESTION,
        'アラートを閉じられませんでした。',
        BRIEF,
        KEYS,
        'そのキーには割り当てがありません。',
        BRIEF,
        KEYS,
        '鈴木さんが対応することになりました。よろしくお願いします。',
      ]);
      expect(story.slackShows().filter((line) => line.includes('読み取り専用'))).toHaveLength(1);
    });

    test.each([403, 500])('Mackerel answers %d: the member hears so, and can take it', async (status) => {
      story = openStory(WRITE);
      story.members({ 佐藤: ignores, 鈴木: presses('9', '1', '1') });
      story.network.fault('mackerel', ({ url }) =>
        url.pathname.endsWith('/close') ? { kind: 'status', status } : undefined,
      );
      story.mackerel.raise({ monitorName: '決済' });
      await story.untilQuiet();
      expect(story.rings()[1]).toMatch(/pressed 911$/);
      expect(story.heard('鈴木')).toContain('アラートを閉じられませんでした。');
      expect(story.heard('鈴木').at(-1)).toBe('鈴木さんが対応することになりました。よろしくお願いします。');
      expect(closings()).toEqual([]);
      expect(story.history()).toMatchObject([{ takenBy: '鈴木' }]);
    });

    /** Alerts, a second apart; 佐藤 ignores the phone, 鈴木 presses keys. */
    async function pressedOf(count: number, ...keys: string[]): Promise<readonly string[]> {
      story = openStory(WRITE);
      story.members({ 佐藤: ignores, 鈴木: presses(...keys) });
      const ids: string[] = [];
      for (let nth = 1; nth <= count; nth++) {
        ids.push(story.mackerel.raise({ monitorName: `監視${nth}` }));
        await story.clock.run(1);
      }
      return ids;
    }
    const statuses = (ids: readonly string[]) => ids.map((id) => story.mackerel.alert(id)?.status);

    test('closes all of eight, of which the URL carries two', async () => {
      const ids = await pressedOf(8, '9', '1');
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(story.heard('鈴木').slice(-2)).toEqual([
        '8件のアラートを閉じます。よければ1を、やめる場合はほかのキーを押してください。',
        '8件のアラートを閉じました。お疲れさまでした。',
      ]);
      expect(statuses(ids)).toEqual(Array.from(ids, () => 'OK'));
      expect(closings().at(-1)).toBe('→ :zzz: *鈴木 が電話から閉じました* (8件)');
    });

    test('one of three cannot be closed: the member hears how many, and can take it', async () => {
      const ids = await pressedOf(3, '9', '1', '1');
      story.network.fault('mackerel', ({ url }) =>
        url.pathname.endsWith(`${ids[1]}/close`) ? { kind: 'status', status: 500 } : undefined,
      );
      await story.untilQuiet();
      expect(story.rings()[1]).toMatch(/pressed 911$/);
      const said = story.heard('鈴木').slice(story.heard('鈴木').indexOf(THREE) + 1);
      expect(said).toEqual([
        '2件閉じましたが、1件は閉じられませんでした。',
        expect.stringMatching(/^鈴木さん、マカレルのアラートです。/),
        KEYS_AND_9,
        '鈴木さんが対応することになりました。よろしくお願いします。',
      ]);
      expect(statuses(ids)).toEqual(['OK', 'CRITICAL', 'OK']);
      expect(closings()).toEqual(['→ :zzz: *鈴木 が電話から閉じました* (2件)']);
      expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '鈴木' }]);
    });

    test('Mackerel does it, and is too slow to say so: it is asked once', async () => {
      const ids = await pressedOf(2, '9', '1');
      story.network.fault('mackerel', ({ url }) =>
        url.pathname.endsWith('/close') ? { kind: 'slow', seconds: 3 } : undefined,
      );
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(story.heard('鈴木').at(-1)).toBe('2件のアラートを閉じました。お疲れさまでした。');
      expect(statuses(ids)).toEqual(['OK', 'OK']);
      expect(closings().at(-1)).toBe('→ :zzz: *鈴木 が電話から閉じました* (2件)');
    });

    describe('another alert joins while the question is asked: of that the member has not heard', () => {
      async function joinsMeanwhile(...keys: string[]): Promise<readonly string[]> {
        const [first = ''] = await pressedOf(1, '9', '1', ...keys);
        await story.clock.runUntil(() => story.phone('鈴木').rings[0]?.pressed === '9');
        const second = story.mackerel.raise({ monitorName: 'ディスク' });
        await story.untilQuiet();
        return [first, second];
      }
      const CLOSED = [
        'アラートを閉じました。ほかにも出ています。',
        expect.stringMatching(/^鈴木さん、マカレルのアラートです。クリティカル。/),
        KEYS_AND_9,
      ];
      const saidSince = () => story.heard('鈴木').slice(story.heard('鈴木').indexOf(QUESTION) + 1);

      test('they hear of it now, and take it', async () => {
        const ids = await joinsMeanwhile('1');
        expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 911']);
        expect(saidSince()).toEqual([
          ...CLOSED,
          '鈴木さんが対応することになりました。よろしくお願いします。',
        ]);
        expect(statuses(ids)).toEqual(['OK', 'CRITICAL']);
        expect(closings()).toEqual(['→ :zzz: *鈴木 が電話から閉じました*']);
      });

      test('they go back to sleep: the next is rung, and nobody calls them a voicemail', async () => {
        const ids = await joinsMeanwhile();
        expect(story.rings()).toEqual([
          '00:00 佐藤 no-answer',
          '01:05 鈴木 answered pressed 91',
          expect.stringMatching(/高橋 no-answer$/),
        ]);
        expect(saidSince().slice(0, 3)).toEqual(CLOSED);
        expect(statuses(ids)).toEqual(['OK', 'CRITICAL']);
        const slack = story.slackShows().join('\n');
        expect(slack).toContain('鈴木 が電話から閉じました');
        expect(slack).not.toContain('キー操作なし');
      });
    });

    test('a test page has no alert: key 9 is neither offered nor does it anything', async () => {
      story = openStory(WRITE);
      story.members({ 佐藤: [takes, presses('9', '1')] });
      await story.alert();
      await story.placeCall({ From: numbers.a, To: numbers.b, Url: `${story.publicUrl}/dial-list` });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(story.heard('佐藤')).toContain('そのキーには割り当てがありません。');
      expect(story.heard('佐藤')).not.toContain(KEYS_AND_9);
      expect(story.slackShows().length).toBeGreaterThan(5);
    });
  });
});

/** Mackerel graphs its own paging: what a page was like, as metrics of a service, and a mark from its beginning to its end. */
describe('graph', () => {
  const open = (options: StoryOptions = {}) => {
    story = openStory({ env: { MACKEREL_SERVICE: 'shop' }, mackerel: { apiKey: 'write' }, ...options });
  };
  const posted = () => {
    const { annotations, metrics } = story.mackerel.organization;
    return {
      metrics: metrics.map(({ name, value }) => `${name} ${value}`),
      annotations: annotations.map(({ from, title, to }) => `${title} (${to - from} s)`),
    };
  };
  function read() {
    story.rings();
    story.slackShows();
  }

  test('a page that somebody took', async () => {
    open();
    story.members({ 佐藤: ignores, 鈴木: takes });
    await story.alert();
    expect(posted()).toEqual({
      metrics: [
        expect.stringMatching(/^mackerel-kaden.seconds-until-taken (7|8|9)\d$/),
        'mackerel-kaden.rings 2',
        'mackerel-kaden.unanswered 0',
      ],
      annotations: [expect.stringMatching(/^mackerel-kaden: 鈴木 が対応 \((7|8|9)\d s\)$/)],
    });
    read();
  });

  test('a page that nobody answered', async () => {
    open({ list: { language: 'en' } });
    await story.alert();
    expect(posted().metrics).toEqual(['mackerel-kaden.rings 3', 'mackerel-kaden.unanswered 1']);
    expect(posted().annotations).toEqual([expect.stringContaining('nobody answered')]);
    read();
  });

  test.each<[string, StoryOptions]>([
    ['no service is named', { env: {} }],
    ['the key only reads', { mackerel: { apiKey: 'read' } }],
  ])('%s: nothing is posted', async (_what, options) => {
    open(options);
    story.members({ 佐藤: takes });
    await story.alert();
    expect(posted()).toEqual({ metrics: [], annotations: [] });
    read();
  });

  test('the very first page of a list, and Twilio takes no call: it counts as unanswered', async () => {
    open({ list: { start: 'webhook' }, mackerel: { apiKey: 'write', webhook: true } });
    story.network.fault('twilio', { kind: 'status', status: 400, body: '{"code":21215,"status":400}' });
    await story.alert();
    expect(posted().metrics).toContain('mackerel-kaden.unanswered 1');
    expect(posted().annotations).toHaveLength(1);
    read();
  });

  test('closed in a pause between two rounds: only what rang counts', async () => {
    open({
      list: { members: ['佐藤', '鈴木'], rounds: 2, pauseSeconds: 120 },
      mackerel: { apiKey: 'write', webhook: true },
    });
    const id = story.mackerel.raise();
    await story.at(150);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(posted().metrics).toEqual(['mackerel-kaden.rings 2', 'mackerel-kaden.unanswered 0']);
    expect(posted().annotations).toEqual(['mackerel-kaden: 対応前に解決 (150 s)']);
    expect(story.history()).toEqual([expect.objectContaining({ rings: 2 })]);
    read();
  });

  test('a test page is none of the pages', async () => {
    open();
    story.members({ 佐藤: takes });
    await story.placeCall({ From: numbers.a, To: numbers.b, Url: `${story.publicUrl}/dial-list` });
    await story.untilQuiet();
    expect(posted()).toEqual({ metrics: [], annotations: [] });
    read();
  });

  test('Mackerel hangs at the end: Slack is told as ever', async () => {
    open();
    story.members({ 佐藤: takes });
    story.mackerel.raise();
    await story.at(5);
    story.network.fault('mackerel', { kind: 'hang' });
    await story.untilQuiet();
    expect(story.slackShows().join('\n')).toContain('佐藤 が対応します');
    expect(story.history()).toHaveLength(1);
    read();
  });

  test('a service that Mackerel does not have: people are told as ever', async () => {
    open({ env: { MACKEREL_SERVICE: 'nowhere' } });
    story.members({ 佐藤: takes });
    await story.alert();
    expect(posted()).toEqual({ metrics: [], annotations: [] });
    expect(story.slackShows().join('\n')).toContain('佐藤 が対応します');
    read();
  });
});
