/** What Slack shows, and what becomes of it if Slack fails, refuses, or is not there. */

import type { Fault } from '../../switchboard';
import {
  ignores,
  openStory,
  passes,
  type Story,
  type StoryOptions,
  takes,
  voicemail,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

/** What a page's message says stays true after the page: of an alert that is rung for again, taken later, or closed. */
describe('headings stay true', () => {
  const WEBHOOK: StoryOptions = { mackerel: { webhook: true }, resendEverySeconds: 600 };
  /** How each page about it stands, by its own message. */
  const headings = () => {
    story.slackShows();
    return story.slack.messages
      .filter(({ threadTs, text }) => threadTs === undefined && text.includes('決済'))
      .map(({ text }) => text.split('\n').find((line) => STANDING.test(line)));
  };
  const STANDING = /^:(x|telephone_receiver|white_check_mark|repeat|zzz|hourglass):/;

  const AGAIN = ':repeat: その後、あらためて呼び出しました (新しいメッセージを見てください)';

  test('nobody answers, and the re-send rings again, is taken, and closes: the first message says so, too', async () => {
    story = openStory(WEBHOOK);
    story.members({ 佐藤: [ignores, takes] });
    const id = story.mackerel.raise({ monitorName: '決済' });
    await story.untilQuiet();
    expect(headings()).toEqual([':x: *誰も応答していません*']);
    await story.at(605);
    expect(headings()).toEqual([AGAIN, ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)']);
    await story.untilQuiet();
    expect(headings()).toEqual([
      ':white_check_mark: *佐藤* が対応中 (その後の呼び出しで)',
      ':white_check_mark: *佐藤* が対応中',
    ]);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(headings()).toEqual([':zzz: 閉じました (*佐藤* が対応)', ':zzz: 閉じました (*佐藤* が対応)']);
    expect(story.rings()).toHaveLength(4);
  });

  test('five pages that nobody answered, and then it closes: all of them say so', async () => {
    story = openStory(WEBHOOK);
    const id = story.mackerel.raise({ monitorName: '決済' });
    await story.at(4 * 600 + 300);
    expect(headings()).toEqual([AGAIN, AGAIN, AGAIN, AGAIN, ':x: *誰も応答していません*']);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(headings()).toEqual([
      ...Array(4).fill(':zzz: 閉じました (誰も対応していません)'),
      ':zzz: 閉じました (誰も応答していません)',
    ]);
    expect(story.rings()).toHaveLength(15);
  });

  test('two other pages came in between: the message of the first says that its alert has closed', async () => {
    story = openStory({ mackerel: { webhook: true } });
    story.members({ 佐藤: [ignores, takes, takes] });
    const id = story.mackerel.raise({ monitorName: '決済' });
    await story.untilQuiet();
    for (const monitorName of ['在庫', '配送']) {
      story.mackerel.raise({ monitorName });
      await story.untilQuiet();
    }
    expect(headings()).toEqual([':x: *誰も応答していません*']);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(headings()).toEqual([':zzz: 閉じました (誰も応答していません)']);
    expect(story.rings()).toHaveLength(5);
  });

  test('six of eight close, of a page that nobody answered long ago: its message says of none that all are over', async () => {
    story = openStory({
      mackerel: { webhook: true },
      list: { members: ['佐藤'], ringSeconds: 20, awakeMinutes: 0 },
    });
    story.members({ 佐藤: [ignores, takes, takes] });
    const alerts: string[] = [];
    for (let nth = 0; nth < 8; nth++) {
      alerts.push(story.mackerel.raise({ monitorName: `監視${nth}` }));
      await story.clock.run(1);
    }
    await story.untilQuiet();
    // Two pages later, the state knows only the alerts of the first.
    for (const monitorName of ['在庫', '決済']) {
      await story.clock.run(700);
      story.mackerel.raise({ monitorName });
      await story.untilQuiet();
    }
    const first = () => story.slackShows().find((line) => STANDING.test(line));
    const close = async (ids: readonly string[]) => {
      for (const id of ids) {
        story.mackerel.close(id);
        await story.clock.run(20);
      }
    };
    await close(alerts.slice(0, 6));
    expect(first()).toBe(':x: *誰も応答していません*');
    await close(alerts.slice(6));
    expect(first()).toBe(':zzz: 閉じました (誰も応答していません)');
    expect(story.rings()).toHaveLength(3);
    story.slackShows();
  });

  test('Slack was away as the page ended: the message is brought up to date with the next news', async () => {
    story = openStory({ mackerel: { webhook: true } });
    story.members({ 佐藤: ignores, 鈴木: [takes, takes] });
    story.mackerel.raise({ monitorName: '決済' });
    await story.clock.runUntil(() => story.phone('鈴木').rings[0]?.pressed === '1');
    story.network.fault('slack', ({ url }) =>
      url.pathname.endsWith('chat.update') ? { kind: 'status', status: 503 } : undefined,
    );
    await story.untilQuiet();
    expect(headings()[0]).toMatch(/:telephone_receiver:/);
    story.network.fault('slack', undefined);
    story.mackerel.raise({ monitorName: '在庫' });
    await story.untilQuiet();
    expect(headings()).toEqual([':white_check_mark: *鈴木* が対応中']);
    expect(story.rings()).toHaveLength(3);
    expect(story.log.filter((line) => line.includes('HTTP 503'))).not.toEqual([]);
  });

  test('messages may not be edited: once the page is over, how it stands is posted anew', async () => {
    story = openStory({ mackerel: { webhook: true } });
    story.slack.workspace.mayEdit = false;
    story.members({ 佐藤: takes });
    story.mackerel.raise({ monitorName: '決済' });
    await story.untilQuiet();
    expect(headings().at(-1)).toBe(':white_check_mark: *佐藤* が対応中');
    expect(story.rings()).toHaveLength(1);
    expect(story.log.filter((line) => line.includes('edit_window_closed'))).not.toEqual([]);
  });

  describe('all pick up, and none takes it', () => {
    const everybody = { 佐藤: passes, 鈴木: passes, 高橋: passes };

    test('everybody passed, which is loud, and is not that nobody answered', async () => {
      story = openStory();
      story.members(everybody);
      await story.alert();
      expect(story.rings()).toHaveLength(3);
      const shown = story.slackShows();
      expect(shown[1]).toBe(':x: *全員が次の人に回しました*');
      expect(shown.at(-1)).toBe(
        '⇒ <!channel> :x: *全員が次の人に回し、誰も対応していません* (1周, のべ3回)。Mackerelの再通知が来たら、もう一度呼び出します',
      );
      expect(shown.join('\n')).not.toContain('応答しま');
    });

    test('in English', async () => {
      story = openStory({ list: { language: 'en' } });
      story.members(everybody);
      await story.alert();
      expect(story.rings()).toHaveLength(3);
      const shown = story.slackShows();
      expect(shown[1]).toBe(':x: *Everybody passed it on*');
      expect(shown.at(-1)).toBe(
        '⇒ <!channel> :x: *Everybody passed it on, and nobody has it* (1 round, 3 rings). Phones ring again at the next notification from Mackerel',
      );
    });

    test.each([
      [
        'ja',
        ':x: *誰も対応していません*',
        '*誰も対応していません* (1周, のべ3回, うち1回は次の人に回されました)',
      ],
      ['en', ':x: *Nobody has taken it*', '*Nobody took it* (1 round, 3 rings, 1 of them passed on)'],
    ])('some passed, and the others did not answer (%s)', async (language, standing, told) => {
      story = openStory({ list: { language } });
      story.members({ 鈴木: passes });
      await story.alert();
      expect(story.rings()).toHaveLength(3);
      const shown = story.slackShows();
      expect(shown[1]).toBe(standing);
      expect(shown.at(-1)).toContain(`<!channel> :x: ${told}`);
    });
  });
});

/** Slack refuses a message: it is told in another form, or says in the log what to do; and no other page waits for it. */
describe('Slack refuses', () => {
  const roots = () => story.slack.messages.filter(({ threadTs }) => threadTs === undefined);
  const texts = () => story.slack.messages.map(({ text }) => text);
  const warnings = () =>
    story.log.map((line) => JSON.parse(line)).flatMap((entry) => ('path' in entry ? [] : [entry.message]));
  /** Seen by everybody in the channel, not only by who follows a thread. */
  const seenInChannel = () =>
    story.slack.messages
      .filter(({ threadTs, broadcast }) => threadTs === undefined || broadcast)
      .map(({ text }) => text)
      .join('\n');
  const NOBODY = '誰も応答しませんでした';
  const timesTold = (words: string) => texts().filter((text) => text.includes(words)).length;

  describe.each(['bot', 'webhook'] as const)('by a %s, @channel is not permitted', (slack) => {
    test('eight pages that nobody answered: each is told all the same, and that nobody was mentioned', async () => {
      story = openStory({ slack });
      story.slack.workspace.mayMentionChannel = false;
      for (let hour = 0; hour < 8; hour++) {
        await story.at(hour * 3600);
        await story.alert();
      }
      expect(story.rings()).toHaveLength(24);
      expect(story.slackShows().join('\n')).not.toContain('<!channel>');
      expect(seenInChannel().split(NOBODY)).toHaveLength(9);
      expect(seenInChannel().split('@channel は許可されていません')).toHaveLength(9);
      const word = slack === 'bot' ? 'restricted_action' : 'action_prohibited';
      expect(warnings()).toContainEqual(expect.stringContaining(word));
    });
  });

  test('a thread takes no replies: each piece of news is told in the channel, and the message is kept up to date', async () => {
    story = openStory();
    story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
    story.mackerel.raise();
    await story.clock.run(10);
    story.slack.workspace.mayReply = false;
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(3);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *高橋* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '*Mackerelのアラート `2bje1qym3Fh`*',
      ':mobile_phone_off: 佐藤: 応答なし',
      ':telephone_receiver: 鈴木 を呼び出しています',
      '*Mackerelのアラート `2bje1qym3Fh`*',
      ':speech_balloon: 鈴木 が電話に出ました',
      '*Mackerelのアラート `2bje1qym3Fh`*',
      ':arrow_right: 鈴木 が次の人に回しました',
      '*Mackerelのアラート `2bje1qym3Fh`*',
      ':telephone_receiver: 高橋 を呼び出しています',
      '*Mackerelのアラート `2bje1qym3Fh`*',
      ':speech_balloon: 高橋 が電話に出ました',
      '*Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *高橋 が対応します* (3回目の呼び出し, 1分34秒)',
    ]);
    expect(warnings()).toContainEqual(expect.stringContaining('restricted_action_thread_locked'));
  });

  test.each(['posted-in-channel', 'refused'] as const)(
    "a page's message is deleted while people are rung, and a reply to it is %s: it is posted anew",
    async (orphanReply) => {
      story = openStory({ unconfirmed: { orphanReply } });
      story.members({ 佐藤: ignores, 鈴木: ignores, 高橋: takes });
      story.mackerel.raise();
      await story.clock.run(10);
      story.slack.remove(String(roots()[0]?.ts));
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(3);
      const headings = roots().filter(({ text }) => text.includes('順番: '));
      expect(headings.map(({ text }) => text.split('\n')[1])).toEqual([':white_check_mark: *高橋* が対応中']);
      expect(story.slackShows().filter((line) => line.includes('対応します'))).toHaveLength(1);
      expect(warnings()).toContainEqual(expect.stringContaining('message_not_found'));
    },
  );

  test('one message is refused for what it says, for good: in few words it is told, and the next page as ever', async () => {
    story = openStory({ mackerel: { webhook: true } });
    story.slack.workspace.refuses = ({ text }) =>
      /決済|佐藤|鈴木|のべ/.test(text) && !text.includes('在庫') ? 'invalid_blocks' : undefined;
    story.members({ 高橋: [ignores, takes] });
    story.mackerel.raise({ monitorName: '決済' });
    await story.untilQuiet();
    await story.at(3600);
    story.mackerel.raise({ monitorName: '在庫' });
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(6);
    const shown = story.slackShows();
    expect(shown[0]).toBe(':x: *誰も対応していません*。Mackerelを見てください');
    expect(shown).toContainEqual('⇒ <!channel> :x: *誰も対応していません*。Mackerelを見てください');
    expect(shown.filter((line) => line.includes('在庫'))).not.toEqual([]);
    expect(shown.join('\n')).toContain('*高橋 が対応します*');
    expect(warnings()).toContainEqual(expect.stringContaining('invalid_blocks'));
  });

  test('a word that Slack has not told us of: what it refuses waits for no page, and the other page for none', async () => {
    story = openStory({ mackerel: { webhook: true } });
    let isRefusing = true;
    story.slack.workspace.refuses = ({ text }) =>
      isRefusing && !text.includes('在庫') ? 'brand_new_refusal' : undefined;
    story.mackerel.raise({ monitorName: '決済' });
    await story.untilQuiet();
    expect(story.slackShows()).toEqual([]);
    await story.at(3600);
    story.mackerel.raise({ monitorName: '在庫' });
    await story.clock.run(60);
    expect(texts().join('\n')).toContain('在庫');
    isRefusing = false;
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(6);
    expect(timesTold(NOBODY)).toBe(2);
    expect(story.slackShows().join('\n')).toContain('決済');
    expect(warnings()).toContainEqual(expect.stringContaining('brand_new_refusal'));
  });

  describe('of twelve pages each message is refused for good, by a word that Slack has not told us of', () => {
    /** Each page of one ring, that nobody answers. */
    async function refused() {
      story = openStory({
        slack: 'webhook',
        mackerel: { webhook: true },
        list: { members: ['佐藤'], ringSeconds: 10, awakeMinutes: 0, repeatMinutes: 600 },
      });
      story.slack.workspace.refuses = ({ text }) => (text.includes('在庫') ? undefined : 'brand_new_refusal');
      for (let nth = 0; nth < 12; nth++) {
        story.mackerel.raise({ monitorName: `決済${nth}` });
        await story.untilQuiet();
        await story.clock.run(900);
      }
    }
    const refusals = () => warnings().filter((warning) => warning.includes('brand_new_refusal'));
    const requests = () => story.network.log.filter(({ neighbour }) => neighbour === 'slack').length;

    test('the thirteenth is told at once all the same, while Slack takes a second for each', async () => {
      await refused();
      story.network.latency.slack = 450;
      const before = requests();
      story.mackerel.raise({ monitorName: '在庫' });
      await story.clock.run(3);
      expect(texts().join()).toContain('在庫');
      expect(requests() - before).toBeLessThan(8);
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(13);
      expect(story.slackShows().join()).toContain(NOBODY);
    });

    test('it is owed as long as the latest 40 pieces of news hold it, and not for ever', async () => {
      await refused();
      const timesRefused: number[] = [];
      for (let nth = 0; nth < 15; nth++) {
        const before = refusals().length;
        story.mackerel.raise({ monitorName: `在庫${nth}` });
        await story.untilQuiet();
        timesRefused.push(refusals().length - before);
        await story.clock.run(900);
      }
      expect(timesRefused[0]).toBeGreaterThan(0);
      expect(timesRefused.at(-1)).toBe(0);
      expect(story.rings()).toHaveLength(27);
      expect(story.slackShows().join()).not.toContain('決済');
    });
  });

  test('who may post at all is none of a message’s business: the log says what to do, and the next news tells it', async () => {
    story = openStory();
    const [channel] = story.slack.workspace.channels;
    Object.assign(channel ?? {}, { isWithoutBot: true });
    story.members({ 高橋: takes });
    story.mackerel.raise();
    await story.clock.run(100);
    expect(texts()).toEqual([]);
    expect(warnings()).toContainEqual(expect.stringMatching(/not_in_channel.*invite the bot/));
    Object.assign(channel ?? {}, { isWithoutBot: false });
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(3);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *高橋* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :mobile_phone_off: 鈴木: 応答なし',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '→ :speech_balloon: 高橋 が電話に出ました',
      '→ :white_check_mark: *高橋 が対応します* (3回目の呼び出し, 2分24秒)',
    ]);
  });

  test.each(['kaden', '#kaden'])(
    'SLACK_CHANNEL is a name, %s: the message is kept up to date',
    async (name) => {
      story = openStory({ env: { SLACK_CHANNEL: name } });
      story.members({ 佐藤: ignores, 鈴木: takes });
      await story.alert();
      expect(story.rings()).toHaveLength(2);
      expect(story.slackShows()[1]).toBe(':white_check_mark: *鈴木* が対応中');
      // An ID is asked for, and a name does.
      expect(warnings().filter((warning) => !warning.startsWith('SLACK_CHANNEL: '))).toEqual([]);
    },
  );

  test.each(['bot', 'webhook'] as const)(
    'a %s is too fast for a second: it waits, and tells at once',
    async (slack) => {
      story = openStory({ slack });
      story.members({ 佐藤: ignores, 鈴木: ignores });
      story.mackerel.raise();
      await story.clock.run(194);
      story.slack.slowDown(1.5);
      await story.untilQuiet();
      expect(story.rings()).toHaveLength(3);
      expect(timesTold(NOBODY)).toBe(1);
      expect(story.slackShows()).not.toEqual([]);
      expect(Math.max(...story.functions.invocations.map(({ ms }) => ms))).toBeLessThan(5_000);
    },
  );

  test('a list of 150 with long names: every message fits, and is kept up to date', async () => {
    const members = Array.from({ length: 150 }, (_, nth) => ({
      name: `${'寿限無'.repeat(8)}&${nth + 1}`,
      phone: `+8150000002${String(nth % 100).padStart(2, '0')}`,
    }));
    story = openStory({ list: { members } });
    story.exchange.phone(String(members[1]?.phone)).next(takes);
    await story.alert();
    expect(story.rings()).toHaveLength(2);
    const [heading] = roots();
    expect(heading?.text).toContain(':white_check_mark:');
    expect(heading?.text).toContain('150人');
    expect(story.slackShows().join('\n')).toContain('が対応します');
    expect(warnings()).toEqual([]);
  });
});

/** Slack fails: the phones ring all the same, nobody waits for it, and it is told late rather than never. */
describe('Slack is down', () => {
  const down: Fault = { kind: 'down' };
  const faults: [string, Fault][] = [
    ['refuses connections', down],
    ['hangs', { kind: 'hang' }],
    ['takes 8 s for an answer', { kind: 'slow', seconds: 8 }],
    ['answers 500', { kind: 'status', status: 500 }],
    ['answers 429', { kind: 'status', status: 429, headers: { 'retry-after': '30' } }],
    [
      'says that it is archived',
      {
        kind: 'status',
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"ok":false,"error":"is_archived"}',
      },
    ],
  ];

  /** Virtual milliseconds for which a Function awaited each request to Slack. */
  function timeRequests(): number[] {
    const times: number[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (...request) => {
      const at = Date.now();
      try {
        return await fetch(...request);
      } finally {
        times.push(Date.now() - at);
      }
    };
    return times;
  }

  test.each(faults)('throughout, Slack %s: the ringing does not suffer', async (_how, fault) => {
    story = openStory();
    story.network.fault('slack', fault);
    const requests = timeRequests();
    story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
    await story.alert();
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 answered pressed 2',
      '01:20 高橋 answered pressed 1',
    ]);
    expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '高橋', rings: 3 }]);

    const spoken = story.answers().filter(({ path }) => path !== '/dial-status');
    const heard = spoken.filter(({ step }) => step !== undefined && step !== 'hang-up');
    expect(heard.map(({ path, step }) => `${path} ${step}`)).toEqual([
      '/dial-list ring',
      '/dial-ended ring',
      '/answered brief',
      '/answered-key confirm-passed',
      '/dial-ended ring',
      '/answered brief',
      '/answered-key confirm-taken',
      '/answered-key let-go',
    ]);
    expect(Math.max(...heard.map(({ ms }) => ms))).toBeLessThan(500);
    expect(Math.max(...requests)).toBeLessThanOrEqual(2_000);
    expect(Math.max(...story.functions.invocations.map(({ ms }) => ms))).toBeLessThan(5_000);
    // What is slow, not down, has done its work unknown to us: it was told again.
    expect(story.slackShows()).toHaveLength(fault.kind === 'slow' ? 27 : 0);
  });

  test('at first, and back later: the news is told late, in order, once', async () => {
    story = openStory();
    story.network.fault('slack', down);
    story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
    story.mackerel.raise();
    await story.clock.run(75);
    story.network.fault('slack', undefined);
    await story.untilQuiet();
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 answered pressed 2',
      '01:20 高橋 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *高橋* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :arrow_right: 鈴木 が次の人に回しました',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '→ :speech_balloon: 高橋 が電話に出ました',
      '→ :white_check_mark: *高橋 が対応します* (3回目の呼び出し, 1分34秒)',
    ]);
  });

  test('back just before the end: all of it is told at the end', async () => {
    story = openStory();
    story.network.fault('slack', down);
    story.members({ 佐藤: ignores, 鈴木: passes, 高橋: ignores });
    story.mackerel.raise();
    await story.clock.run(130);
    story.network.fault('slack', undefined);
    await story.untilQuiet();
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 answered pressed 2',
      '01:20 高橋 no-answer',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':x: *誰も対応していません*',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :arrow_right: 鈴木 が次の人に回しました',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '⇒ :mobile_phone_off: 高橋: 応答なし',
      '⇒ <!channel> :x: *誰も対応していません* (1周, のべ3回, うち1回は次の人に回されました)。Mackerelの再通知が来たら、もう一度呼び出します',
    ]);
  });

  test('until after the end: the next page brings the news along, and says what it was about', async () => {
    story = openStory();
    story.network.fault('slack', down);
    story.members({ 佐藤: [takes, ignores], 鈴木: takes });
    await story.alert();
    story.network.fault('slack', undefined);
    await story.at(60);
    await story.alert();
    expect(story.rings()).toEqual([
      '00:00 佐藤 answered pressed 1',
      '01:00 佐藤 no-answer',
      '02:05 鈴木 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *佐藤* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :white_check_mark: *佐藤 が対応します* (1回目の呼び出し, 14秒)',
      ':rotating_light: *Mackerelのアラート `2bjFLXPuGjC`*',
      ':white_check_mark: *鈴木* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :white_check_mark: *鈴木 が対応します* (2回目の呼び出し, 1分19秒)',
    ]);
  });

  test('every third request: still everything is told once', async () => {
    story = openStory({ list: { rounds: 2 } });
    let requests = 0;
    story.network.fault('slack', () => (requests++ % 3 === 1 ? down : undefined));
    story.members({ 佐藤: [ignores, passes], 鈴木: [passes, takes] });
    await story.alert();
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 answered pressed 2',
      '01:20 高橋 no-answer',
      '02:25 佐藤 answered pressed 2',
      '02:41 鈴木 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *鈴木* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (2周まで)',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :mobile_phone_off: 佐藤: 応答なし',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :arrow_right: 鈴木 が次の人に回しました',
      '→ :telephone_receiver: 高橋 を呼び出しています',
      '→ :mobile_phone_off: 高橋: 応答なし',
      '→ :telephone_receiver: 佐藤 を呼び出しています',
      '→ :speech_balloon: 佐藤 が電話に出ました',
      '→ :arrow_right: 佐藤 が次の人に回しました',
      '→ :telephone_receiver: 鈴木 を呼び出しています',
      '→ :speech_balloon: 鈴木 が電話に出ました',
      '→ :white_check_mark: *鈴木 が対応します* (5回目の呼び出し, 2分55秒)',
    ]);
  });

  test('and Sync as well: the phones still ring, and 1 still ends it', async () => {
    story = openStory();
    story.network.fault('slack', { kind: 'hang' });
    story.network.fault('sync', { kind: 'hang' });
    story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
    await story.alert();
    expect(story.rings()).toEqual([
      '00:01 佐藤 no-answer',
      '01:07 鈴木 answered pressed 2',
      '01:27 高橋 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([]);
    const heard = story.answers().filter(({ step }) => step === 'ring' || step === 'brief');
    expect(Math.max(...heard.map(({ ms }) => ms))).toBeLessThan(3_000);
    expect(Math.max(...story.functions.invocations.map(({ ms }) => ms))).toBeLessThan(8_000);
  });
});

/** The other two ways of having Slack: by an incoming webhook, and not at all. */
describe('the other two ways', () => {
  test('an incoming webhook: few posts, each whole in itself', async () => {
    story = openStory({ slack: 'webhook' });
    story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
    await story.alert();
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 answered pressed 2',
      '01:20 高橋 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *高橋* が対応中',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      ':white_check_mark: *高橋 が対応します* (3回目の呼び出し, 1分34秒)',
    ]);
    expect(story.slack.messages.map(({ via }) => via)).toEqual(['webhook', 'webhook']);
  });

  test('an incoming webhook, and nobody answers', async () => {
    story = openStory({ slack: 'webhook', list: { rounds: 2 } });
    story.members({ 佐藤: voicemail });
    await story.alert();
    expect(story.rings()).toHaveLength(6);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)',
      '順番: 佐藤 → 鈴木 → 高橋 (2周まで)',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':x: *誰も応答していません*',
      '順番: 佐藤 → 鈴木 → 高橋 (2周まで)',
      '<!channel> :x: *誰も応答しませんでした* (2周, のべ6回)。Mackerelの再通知が来たら、もう一度呼び出します',
    ]);
  });

  test('an incoming webhook, and the call breaks off', async () => {
    story = openStory({ slack: 'webhook' });
    story.mackerel.raise();
    await story.clock.run(70);
    await story.loseCall();
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 canceled', '01:10 高橋 no-answer']);
    expect(story.slackShows()).toEqual([
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':telephone_receiver: 佐藤 を呼び出し中 (3人中1人目・1周目)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':telephone_receiver: 高橋 を呼び出し中 (3人中3人目・1周目)',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      ':telephone: Mackerelからの通話が切れたため、直接呼び出します',
      ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':x: *誰も応答していません*',
      '順番: 佐藤 → 鈴木 → 高橋 (1周まで)',
      '<!channel> :x: *誰も応答しませんでした* (1周, のべ3回)。Mackerelの再通知が来たら、もう一度呼び出します',
    ]);
  });

  test('no Slack: nobody is told, the page is on record', async () => {
    story = openStory({ slack: 'none' });
    story.members({ 佐藤: ignores, 鈴木: passes, 高橋: takes });
    await story.alert();
    expect(story.rings()).toEqual([
      '00:00 佐藤 no-answer',
      '01:05 鈴木 answered pressed 2',
      '01:20 高橋 answered pressed 1',
    ]);
    expect(story.slackShows()).toEqual([]);
    expect(story.network.log.filter(({ neighbour }) => neighbour === 'slack')).toEqual([]);
    expect(story.history()).toEqual([
      {
        startedAt: '2026-11-22T18:00:00.000Z',
        endedAt: '2026-11-22T18:01:34.000Z',
        end: 'taken',
        takenBy: '高橋',
        taker: 2,
        turn: 0,
        rings: 3,
        order: ['佐藤', '鈴木', '高橋'],
        alerts: ['2bje1qym3Fh'],
        attempts: expect.any(Array),
        isTest: false,
      },
    ]);
  });

  test('a faulty Slack setting counts as none, and the log says what to write instead', async () => {
    story = openStory({ slack: 'none', env: { SLACK_WEBHOOK_URL: 'hooks.slack.com/services/T0/B0/X0' } });
    story.members({ 佐藤: takes });
    await story.alert();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect([...new Set(story.log.filter((line) => line.includes('"warn"')))]).toEqual([
      '{"level":"warn","message":"SLACK_WEBHOOK_URL: write the whole URL, https://hooks.slack.com/services/…"}',
    ]);
  });
});
