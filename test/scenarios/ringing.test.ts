/** Who is rung, for how long and how often: rounds and pauses, rotation, and all that is not an answer. */
import {
  hangsUp,
  ignores,
  isBusy,
  isOff,
  openStory,
  passes,
  phoneOf,
  picksUp,
  refuses,
  type Story,
  type StoryOptions,
  takes,
  voicemail,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

/** Nobody answers: everyone is rung again, and at the end Slack is told so that nobody can miss it. */
describe('rounds', () => {
  test('nobody answers in any round: the call ends, and the channel is called', async () => {
    story = openStory({ list: { rounds: 3, pauseSeconds: 30 } });
    await story.alert();
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 no-answer',
      '02:10 高橋 no-answer',
      '03:45 佐藤 no-answer',
      '04:50 鈴木 no-answer',
      '05:55 高橋 no-answer',
      '07:30 佐藤 no-answer',
      '08:35 鈴木 no-answer',
      '09:40 高橋 no-answer',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':x: *誰も応答していません*',
      '順番: 佐藤 → 鈴木 → 高橋 (3周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '→ :mobile_phone_off: 高橋: 応答なし',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '→ :mobile_phone_off: 高橋: 応答なし',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '⇒ :mobile_phone_off: 高橋: 応答なし',
      '⇒ <!channel> :x: *誰も応答しませんでした* (3周, のべ9回)。Mackerelの再通知が来たら、もう一度呼び出します',
    ]);
    const [call] = story.exchange.calls;
    const end = story.exchange.events.find(
      (event) => event.kind === 'hung-up' && event.callSid === call?.sid,
    );
    expect(end).toMatchObject({ who: 'twiml', status: 'completed' });
    expect(story.history()).toEqual([
      {
        startedAt: '2026-11-22T18:00:00.000Z',
        endedAt: '2026-11-22T18:10:45.000Z',
        end: 'unanswered',
        takenBy: null,
        turn: 0,
        rings: 9,
        order: ['佐藤', '鈴木', '高橋'],
        alerts: ['2bje1qym3Fh'],
        attempts: expect.any(Array),
        isTest: false,
      },
    ]);
  });

  test('while it waits for the next round, the page says so', async () => {
    story = openStory({ list: { members: ['佐藤', '鈴木'], rounds: 2, pauseSeconds: 120 } });
    story.members({ 佐藤: [ignores, takes] });
    story.mackerel.raise();
    await story.at(135);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':hourglass: 次の周まで休止中',
      '順番: 佐藤 → 鈴木 (2周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
    ]);
    await story.untilQuiet();
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 no-answer',
      '04:10 佐藤 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *佐藤* が対応中',
      '順番: 佐藤 → 鈴木 (2周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :white_check_mark: *佐藤 が対応します* (3回目の呼び出し, 4分24秒)',
    ]);
  });

  test('the last one of a list of 25, with one member in it twice, takes the alert', async () => {
    const names = Array.from({ length: 25 }, (_, index) => (index === 20 ? '1番' : `${index + 1}番`));
    const members = names.map((name) => ({ name, phone: phoneOf(Number.parseInt(name, 10)) }));
    const [last, others] = ['25番', names.slice(0, -1)];
    story = openStory({ list: { members, ringSeconds: 15 } });
    story.members({ [last]: takes });
    await story.alert();
    const at = (ring: number) =>
      `${String(Math.floor(ring / 3)).padStart(2, '0')}:${String((ring % 3) * 20).padStart(2, '0')}`;
    expect(story.rings()).toEqual([
      ...others.map((name, ring) => `${at(ring)} ${name} no-answer`),
      '08:00 25番 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *25番* が対応中',
      `順番: ${names.join(' → ')} (1周まで)`,
      ...others.flatMap((name) => [
        `→ :telephone_receiver: ${name} を呼び出しています`,
        `→ :mobile_phone_off: ${name}: 応答なし`,
      ]),
      '→ :telephone_receiver: 25番 を呼び出しています',
      '→ :speech_balloon: 25番 が電話に出ました',
      '→ :white_check_mark: *25番 が対応します* (25回目の呼び出し, 8分15秒)',
    ]);
  });

  test('each member is rung for as long as the list says', async () => {
    story = openStory({
      list: { ringSeconds: 20, members: ['佐藤', { name: '鈴木', ringSeconds: 45 }, '高橋'] },
    });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '00:25 鈴木 no-answer', '01:15 高橋 no-answer']);
    expect(story.slackShows().at(-1)).toBe(
      '⇒ <!channel> :x: *誰も応答しませんでした* (1周, のべ3回)。Mackerelの再通知が来たら、もう一度呼び出します',
    );
  });
});

/**
 * A round in which nobody's phone could ring is over in seconds: everybody is busy, because they are phoning each
 * other, or switched off. It still takes pauseSeconds, in both ways, so that the rounds are not used up before
 * anybody is back.
 */
describe('a round in which nobody’s phone could ring', () => {
  const direct = ({ list, ...options }: StoryOptions = {}) => {
    story = openStory({
      ...options,
      list: { start: 'webhook', members: ['佐藤', '鈴木'], rounds: 3, pauseSeconds: 30, ...list },
    });
  };
  const started = () => story.rings().map((ring) => ring.slice(0, 8));
  const seconds = (ring = '') => Number(ring.slice(0, 2)) * 60 + Number(ring.slice(3, 5));
  const pauses = () => story.functions.invocations.filter(({ path }) => path === '/pause');
  const standing = () =>
    story.slackShows().find((line) => /^:(x|zzz|white_check_mark|telephone_receiver|hourglass)/.test(line));

  describe('in the direct way', () => {
    test('two are phoning each other: they are rung again every 30 s, and then Slack is told loudly', async () => {
      direct();
      story.members({ 佐藤: [isBusy, isBusy, isBusy], 鈴木: [isBusy, isBusy, isBusy] });
      story.mackerel.raise({ monitorName: '決済' });
      await story.untilQuiet();
      const rings = started();
      expect(rings).toHaveLength(6);
      const rounds = [rings[0], rings[2], rings[4]].map(seconds);
      expect((rounds[1] ?? 0) - (rounds[0] ?? 0)).toBeGreaterThanOrEqual(30);
      expect((rounds[2] ?? 0) - (rounds[1] ?? 0)).toBeGreaterThanOrEqual(30);
      expect(Math.max(...rounds)).toBeLessThan(75);
      expect(story.slackShows().at(-1)).toContain('<!channel>');
    });

    test('one of them is back for the second round, and takes it', async () => {
      direct();
      story.members({ 佐藤: [isBusy, takes], 鈴木: isOff });
      story.mackerel.raise({ monitorName: '決済' });
      await story.at(20);
      expect(standing()).toBe(':hourglass: 次の周まで休止中');
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(3);
      expect(story.rings()[2]).toMatch(/^00:3\d 佐藤 answered pressed 1$/);
      expect(standing()).toBe(':white_check_mark: *佐藤* が対応中');
    });

    test('a round in which a phone rang is followed at once by the next: waiting is for nobody', async () => {
      direct();
      story.members({ 佐藤: isBusy });
      story.mackerel.raise({ monitorName: '決済' });
      await story.clock.run(120);
      expect(pauses().length).toBe(0);
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(6);
      story.slackShows();
    });

    test('what it costs: a Function every 7 s', async () => {
      direct({ list: { rounds: 2 } });
      story.members({ 佐藤: [isBusy, takes], 鈴木: isBusy });
      story.mackerel.raise();
      await story.untilQuiet();
      expect(pauses().map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
      expect(Math.max(...pauses().map(({ ms }) => ms))).toBeLessThan(9_000);
      expect(story.rings()).toHaveLength(3);
      story.slackShows();
    });

    test('it closes meanwhile: nobody is rung any more, and the waiting stops', async () => {
      direct();
      story.members({ 佐藤: isBusy, 鈴木: isBusy });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(12);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(2);
      expect(standing()).toBe(':zzz: アラートは閉じました');
      expect(pauses().length).toBeLessThanOrEqual(3);
    });

    test('another alert joins meanwhile: it makes no second chain', async () => {
      direct();
      story.members({ 佐藤: [isBusy, takes], 鈴木: isBusy });
      story.mackerel.raise({ monitorName: '決済' });
      await story.at(12);
      story.mackerel.raise({ monitorName: 'CPU' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(3);
      expect(story.heard('佐藤')[0]).toContain('アラートが2件');
      expect(pauses().length).toBe(5);
      story.slackShows();
    });

    test('each callback comes twice: there is one chain all the same', async () => {
      direct();
      story.exchange.delivery = ({ kind }) => (kind === 'status' ? [0, 1] : [0]);
      story.members({ 佐藤: [isBusy, takes], 鈴木: isBusy });
      story.mackerel.raise({ monitorName: '決済' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(3);
      expect(pauses().length).toBe(5);
      story.slackShows();
    });

    test('the chain breaks: the next notification carries the page on', async () => {
      direct({ resendEverySeconds: 600 });
      story.members({ 佐藤: [isBusy, takes], 鈴木: isBusy });
      story.network.fault('functions', { kind: 'down' });
      const id = story.mackerel.raise({ monitorName: '決済' });
      await story.at(300);
      expect(started()).toHaveLength(2);
      expect(pauses().length).toBe(0);
      await story.at(650);
      story.mackerel.close(id);
      await story.untilQuiet();
      expect(story.rings()[2]).toBe('10:00 佐藤 answered pressed 1');
      expect(story.slackShows().join('\n')).toContain(':repeat:');
    });

    test('Sync is down: the page goes on from what the request carries', async () => {
      direct({ list: { rounds: 2 } });
      story.network.fault('sync', { kind: 'down' });
      story.members({ 佐藤: [isBusy, takes], 鈴木: isBusy });
      story.mackerel.raise({ monitorName: '決済' });
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(3);
      expect(seconds(story.rings()[2])).toBeGreaterThanOrEqual(30);
      expect(story.slackShows().join('\n')).toContain('*佐藤 が対応します*');
    });

    test('Twilio takes no call to anybody: that is told at once, and nobody waits', async () => {
      direct({ faults: [] });
      story.network.fault('twilio', { kind: 'status', status: 400, body: '{"code":21215,"status":400}' });
      story.mackerel.raise({ monitorName: '決済' });
      await story.at(10);
      expect(story.rings()).toEqual([]);
      expect(pauses().length).toBe(0);
      expect(story.slackShows().at(-1)).toContain('<!channel>');
      await story.untilQuiet();
    });

    test('a stranger asks it: refused', async () => {
      direct();
      const { status } = await story.functions.handle({
        method: 'POST',
        url: new URL(`${story.publicUrl}/pause`),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'page=x&attempt=0&left=600',
      });
      expect([400, 403]).toContain(status);
    });
  });

  test('on Mackerel’s call: it waits between two rounds, as ever', async () => {
    story = openStory({ list: { members: ['佐藤', '鈴木'], rounds: 3, pauseSeconds: 30 } });
    story.members({ 佐藤: [isBusy, isBusy, takes], 鈴木: [isBusy, isOff] });
    await story.alert();
    const rounds = started()
      .filter((ring) => ring.endsWith('佐藤'))
      .map(seconds);
    expect(rounds).toHaveLength(3);
    expect((rounds[1] ?? 0) - (rounds[0] ?? 0)).toBeGreaterThanOrEqual(30);
    expect((rounds[2] ?? 0) - (rounds[1] ?? 0)).toBeGreaterThanOrEqual(30);
    expect(pauses().length).toBe(0);
    story.slackShows();
  });
});

/** Who is rung first, and when the turn passes on. */
describe('rotation', () => {
  /** An instant by the clock of Tokyo. */
  const tokyo = (dateAndTime: string) => new Date(`${dateAndTime}:00+09:00`);

  /** The members that the pages rang, in order, by what Slack shows. */
  const orders = () => story.slackShows().filter((line) => line.startsWith('順番'));

  test('by page: each alert is begun by the next member', async () => {
    story = openStory({ list: { rotation: { every: 'page' }, awakeMinutes: 0 } });
    for (const name of ['佐藤', '鈴木', '高橋']) story.phone(name).always(takes);
    for (const minute of [0, 1, 2, 3]) {
      await story.at(minute * 60);
      await story.alert();
    }
    expect(story.rings()).toEqual([
      '00:00 佐藤 answered pressed 1',
      '01:00 鈴木 answered pressed 1',
      '02:00 高橋 answered pressed 1',
      '03:00 佐藤 answered pressed 1',
    ]);
    expect(orders()).toEqual([
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '順番: 鈴木 → 高橋 → 佐藤 (1周まで)',
      '順番: 高橋 → 佐藤 → 鈴木 (1周まで)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
    ]);
  });

  test.each([
    ['day', 'a minute before the handoff', '2026-11-22T08:59', '順番: 高橋 → 佐藤 → 鈴木 (1周まで)'],
    ['day', 'at the handoff', '2026-11-22T09:00', '順番: 佐藤 → 鈴木 → 高橋 (1周まで)'],
    ['day', 'a minute before the next', '2026-11-23T08:59', '順番: 佐藤 → 鈴木 → 高橋 (1周まで)'],
    ['day', 'at the next', '2026-11-23T09:00', '順番: 鈴木 → 高橋 → 佐藤 (1周まで)'],
    ['week', 'a minute before the handoff', '2026-11-23T08:59', '順番: 佐藤 → 鈴木 → 高橋 (1周まで)'],
    ['week', 'at the handoff', '2026-11-23T09:00', '順番: 鈴木 → 高橋 → 佐藤 (1周まで)'],
    ['week', 'a minute before the next', '2026-11-30T08:59', '順番: 鈴木 → 高橋 → 佐藤 (1周まで)'],
    ['week', 'at the next', '2026-11-30T09:00', '順番: 高橋 → 佐藤 → 鈴木 (1周まで)'],
  ])('by %s, %s (%s): %s', async (every, _when, at, order) => {
    const since = every === 'day' ? '2026-11-19' : '2026-11-16';
    story = openStory({ list: { rotation: { every, since } }, startAt: tokyo(at) });
    const first = order.split(/[: →]+/)[1] as string;
    story.members({ [first]: takes });
    await story.alert();
    expect(story.rings()).toEqual([`00:00 ${first} answered pressed 1`]);
    expect(orders()).toEqual([order]);
  });

  test('a page that begins at 08:59 keeps its order over the handoff at 09:00; the next page has the new one', async () => {
    story = openStory({
      list: { rotation: { every: 'day', since: '2026-11-19' }, rounds: 2, awakeMinutes: 0 },
      startAt: tokyo('2026-11-22T08:59'),
    });
    story.members({ 佐藤: [ignores, ignores], 鈴木: [ignores, takes], 高橋: [ignores, ignores] });
    await story.alert();
    expect(story.rings()).toEqual([
      '00:00 高橋 no-answer',
      '01:05 佐藤 no-answer',
      '02:10 鈴木 no-answer',
      '03:15 高橋 no-answer',
      '04:20 佐藤 no-answer',
      '05:25 鈴木 answered pressed 1',
    ]);
    story.members({ 佐藤: takes });
    await story.alert();
    expect(story.rings()).toEqual([
      '00:00 高橋 no-answer',
      '01:05 佐藤 no-answer',
      '02:10 鈴木 no-answer',
      '03:15 高橋 no-answer',
      '04:20 佐藤 no-answer',
      '05:25 鈴木 answered pressed 1',
      expect.stringMatching(/^06:1[345] 佐藤 answered pressed 1$/),
    ]);
    expect(orders()).toEqual(['順番: 高橋 → 佐藤 → 鈴木 (2周まで)', '順番: 佐藤 → 鈴木 → 高橋 (2周まで)']);
  });
});

/** A member who does not press 1 has not taken the alert, and the next member is rung. */
describe('not reached', () => {
  test.each([
    ['ignores it', ignores, '00:00 佐藤 no-answer', '応答なし', '01:05', '1分19秒'],
    ['is busy', isBusy, '00:00 佐藤 busy', '話し中', '00:01', '15秒'],
    ['refuses the call', refuses, '00:00 佐藤 busy', '話し中', '00:03', '17秒'],
    ['has it switched off', isOff, '00:00 佐藤 failed', 'つながらず', '00:01', '15秒'],
  ])('the phone rings and its owner %s', async (_how, reaction, ring, why, next, time) => {
    story = openStory();
    story.members({ 佐藤: reaction, 鈴木: takes });
    await story.alert();
    expect(story.rings()).toEqual([ring, `${next} 鈴木 answered pressed 1`]);
    expect(story.slackShows().slice(3)).toEqual([
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      `→ :mobile_phone_off: 佐藤: ${why}`,
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      `→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, ${time})`,
    ]);
  });

  test.each([
    ['a voicemail', voicemail, '00:55', '1分9秒'],
    ['somebody who falls asleep', picksUp, '00:40', '54秒'],
    ['somebody who hangs up in the middle of the message', hangsUp(3), '00:08', '22秒'],
    ['somebody who hangs up at once', hangsUp(0), '00:05', '19秒'],
  ])('%s picks up, which takes nothing', async (_who, reaction, next, time) => {
    story = openStory();
    story.members({ 佐藤: reaction, 鈴木: takes });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered', `${next} 鈴木 answered pressed 1`]);
    expect(story.slackShows().slice(3)).toEqual([
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :mobile_phone_off: 佐藤: 電話には出たがキー操作なし(留守番電話など)',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      `→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, ${time})`,
    ]);
  });

  test('a voicemail hears the message twice, is not connected to the hold music, and the ring moves on', async () => {
    story = openStory();
    story.members({ 佐藤: voicemail, 鈴木: takes });
    await story.alert();
    expect(story.heard('佐藤')).toEqual([
      '佐藤さん、マカレルのアラートです。',
      '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
      '佐藤さん、マカレルのアラートです。',
      '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
      '次の人に回します。',
    ]);
    expect(story.exchange.events.filter(({ kind }) => kind === 'bridged')).toEqual([]);
    expect(story.rings()).toEqual(['00:00 佐藤 answered', '00:55 鈴木 answered pressed 1']);
    expect(story.slackShows()).toHaveLength(9);
  });

  test.each([
    ['hangs up on the member', 'hang-up', hangsUp(30), '00:23', '38秒'],
    ['connects the member to the hold music', 'bridge', hangsUp(30), '00:35', '49秒'],
    ['connects somebody who falls asleep over it', 'bridge', picksUp, '03:05', '3分19秒'],
    ['connects a voicemail', 'bridge', voicemail, '01:20', '1分34秒'],
  ] as const)(
    'the message cannot be had, and Twilio %s',
    async (_what, whisperFailure, reaction, next, time) => {
      story = openStory({ unconfirmed: { whisperFailure }, faults: [11200] });
      story.exchange.delivery = ({ url }) =>
        url.pathname === '/answered' && url.searchParams.get('attempt') === '0' ? [] : [0];
      story.members({ 佐藤: reaction, 鈴木: takes });
      await story.alert();
      expect(story.rings()).toEqual(['00:00 佐藤 answered', `${next} 鈴木 answered pressed 1`]);
      expect(story.slackShows().slice(3)).toEqual([
        '→ :telephone_receiver: 佐藤 を呼び出しています',
        '→ :mobile_phone_off: 佐藤: 電話には出たがキー操作なし(留守番電話など)',
        '→ :telephone_receiver: 鈴木 を呼び出しています',
        '→ :speech_balloon: 鈴木 が電話に出ました',
        `→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, ${time})`,
      ]);
    },
  );
});

/**
 * A member who picks up is never bridged, and it is not settled what Twilio then says of the Dial: it may sound as if
 * nobody had picked up. People hear and read the same.
 */
describe('nobody who picks up is bridged', () => {
  const ways = ['completed', 'no-answer'] as const;
  const NO_KEY = ':mobile_phone_off: 佐藤: 電話には出たがキー操作なし(留守番電話など)';

  test.each(
    ways.flatMap((unbridged) => [
      [unbridged, 'presses 2', passes, '00:15', ':arrow_right: 佐藤 が次の人に回しました'] as const,
      [unbridged, 'hangs up in the message', hangsUp(3), '00:08', NO_KEY] as const,
      [unbridged, 'is a voicemail', voicemail, '00:55', NO_KEY] as const,
    ]),
  )('Twilio says %s: one %s, and the next is rung', async (unbridged, _what, reaction, next, told) => {
    story = openStory({ unconfirmed: { unbridged } });
    story.members({ 佐藤: reaction, 鈴木: takes });
    await story.alert();
    expect(story.rings()).toEqual([
      `00:00 佐藤 answered${reaction === passes ? ' pressed 2' : ''}`,
      `${next} 鈴木 answered pressed 1`,
    ]);
    expect(story.slackShows().slice(3, -1)).toEqual([
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      `→ ${told}`,
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
    ]);
    expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '鈴木', rings: 2 }]);
  });

  test.each(ways)(
    'Twilio says %s: who presses 1 has taken it, and nobody else is rung',
    async (unbridged) => {
      story = openStory({ unconfirmed: { unbridged } });
      story.members({ 佐藤: takes });
      await story.alert();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
      expect(story.slackShows().at(-1)).toBe(
        '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
      );
      expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '佐藤', rings: 1 }]);
    },
  );

  describe('Sync is down', () => {
    test.each(ways)('and Twilio says %s: after 2 the next is rung, after 1 nobody', async (unbridged) => {
      story = openStory({ unconfirmed: { unbridged } });
      story.network.fault('sync', { kind: 'down' });
      story.members({ 佐藤: passes, 鈴木: takes });
      await story.alert();
      expect(story.rings().map((ring) => ring.slice(6))).toEqual([
        '佐藤 answered pressed 2',
        '鈴木 answered pressed 1',
      ]);
      expect(story.slackShows().join('\n')).toContain('*鈴木 が対応します*');
    });
  });

  test.each(ways)('picking up is enough, and Twilio says %s: nobody else is rung', async (unbridged) => {
    story = openStory({ list: { answer: 'pickup' }, unconfirmed: { unbridged } });
    story.members({ 佐藤: hangsUp(1) });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered']);
    expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '佐藤' }]);
    expect(story.slackShows().at(-1)).toContain('*佐藤 が対応します*');
  });
});

/** One phone at a time: whatever Mackerel says while people are rung joins what is going on. */
describe('one page at a time', () => {
  test("Mackerel's re-send of an alert that is being rung about rings nobody anew", async () => {
    story = openStory({ list: { rounds: 4 }, resendEverySeconds: 600 });
    story.members({ 佐藤: [ignores, ignores, ignores, ignores], 鈴木: [ignores, ignores, ignores, takes] });
    await story.alert();
    expect(story.mackerel.calls).toHaveLength(2);
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 no-answer',
      '02:10 高橋 no-answer',
      '03:15 佐藤 no-answer',
      '04:20 鈴木 no-answer',
      '05:25 高橋 no-answer',
      '06:30 佐藤 no-answer',
      '07:35 鈴木 no-answer',
      '08:40 高橋 no-answer',
      '09:45 佐藤 no-answer',
      '10:50 鈴木 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *鈴木* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (4周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '→ :mobile_phone_off: 高橋: 応答なし',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '→ :mobile_phone_off: 高橋: 応答なし',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '→ :mobile_phone_off: 高橋: 応答なし',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :white_check_mark: *鈴木 が対応します* (11回目の呼び出し, 11分4秒)',
    ]);
  });

  test("Mackerel's re-sends of an alert that somebody took ring nobody for the quiet time, and then again", async () => {
    story = openStory({ list: { quietMinutes: 25 }, resendEverySeconds: 600 });
    story.members({ 佐藤: [takes, ignores], 鈴木: takes });
    await story.alert();
    await story.at(29 * 60);
    expect(story.mackerel.calls).toHaveLength(3);
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *佐藤* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
      '→ :mute: 再通知: 佐藤が対応中のため、あと16分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
      '→ :mute: 再通知: 佐藤が対応中のため、あと6分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
    ]);
    await story.at(30 * 60);
    await story.untilQuiet();
    expect(story.rings()).toEqual([
      '00:00 佐藤 answered pressed 1',
      '30:00 佐藤 no-answer',
      '31:05 鈴木 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *鈴木* が対応中 (その後の呼び出しで)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
      '→ :mute: 再通知: 佐藤が対応中のため、あと16分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
      '→ :mute: 再通知: 佐藤が対応中のため、あと6分は呼び出しません (Mackerelのアラート `2bje1qym3Fh`)',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *鈴木* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :repeat: まだ閉じていないため、対応中の佐藤から呼び出します',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
    ]);
  });

  test("without a quiet time, Mackerel's re-send of an alert that somebody took rings again", async () => {
    story = openStory({ list: { quietMinutes: 0 }, resendEverySeconds: 600 });
    story.members({ 佐藤: [takes, ignores], 鈴木: takes });
    await story.alert();
    await story.at(600);
    await story.untilQuiet();
    expect(story.rings()).toEqual([
      '00:00 佐藤 answered pressed 1',
      '10:00 佐藤 no-answer',
      '11:05 鈴木 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *鈴木* が対応中 (その後の呼び出しで)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *鈴木* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :repeat: まだ閉じていないため、対応中の佐藤から呼び出します',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
    ]);
  });

  test('another alert joins the page, and is taken with it', async () => {
    story = openStory();
    story.members({ 佐藤: ignores, 鈴木: takes });
    const first = story.mackerel.raise();
    await story.clock.run(20);
    const second = story.mackerel.raise();
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    expect(story.heard('鈴木')).toEqual([
      '鈴木さん、マカレルのアラートが2件出ています。',
      '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
      '2件まとめて、鈴木さんが対応することになりました。よろしくお願いします。',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      '• Mackerelのアラート `2bjFLXPuGjC`',
      ':white_check_mark: *鈴木* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjFLXPuGjC`',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分20秒)',
    ]);
    expect(story.history()).toMatchObject([{ alerts: [first, second], takenBy: '鈴木' }]);
  });

  test('an alert that comes while somebody listens is theirs as well', async () => {
    story = openStory();
    story.members({ 佐藤: takes });
    story.mackerel.raise();
    await story.clock.run(8);
    story.mackerel.raise();
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.heard('佐藤')).toEqual([
      '佐藤さん、マカレルのアラートです。',
      '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
      'お聞きの間に1件増えました。2件まとめて、佐藤さんが対応することになりました。よろしくお願いします。',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      '• Mackerelのアラート `2bjFLXPuGjC`',
      ':white_check_mark: *佐藤* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjFLXPuGjC`',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
    ]);
  });

  test('five alerts of the same moment make one page', async () => {
    story = openStory();
    story.members({ 佐藤: takes });
    for (let alerts = 0; alerts < 5; alerts++) story.mackerel.raise();
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      '• Mackerelのアラート `2bjFLXPuGjC`',
      '• Mackerelのアラート `2bjThSUhDmf`',
      '• Mackerelのアラート `2bjiySb88tb`',
      '• Mackerelのアラート `2bjxsnMuo1v`',
      ':white_check_mark: *佐藤* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjFLXPuGjC`',
      '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjThSUhDmf`',
      '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjiySb88tb`',
      '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjxsnMuo1v`',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 15秒)',
    ]);
  });

  test.each([10, 20, 30])('of %d alerts of the same moment none is lost', async (count) => {
    story = openStory();
    story.members({ 佐藤: takes });
    const alerts = Array.from({ length: count }, () => story.mackerel.raise());
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    const [page] = story.history();
    expect([...(page?.alerts ?? [])].sort()).toEqual(alerts.sort());
    const shown = story.slackShows().join('\n');
    expect(alerts.filter((alert) => !shown.includes(alert))).toEqual([]);
  });

  test('an alert after the page is over makes a page of its own', async () => {
    story = openStory();
    story.members({ 佐藤: [takes, takes] });
    await story.alert();
    await story.at(60);
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '01:00 佐藤 answered pressed 1']);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *佐藤* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
      ':rotating_light: *Mackerelのアラート `2bjFLXPuGjC`*',
      ':white_check_mark: *佐藤* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
    ]);
  });
});
