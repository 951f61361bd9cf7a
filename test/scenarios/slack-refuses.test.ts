/** Slack refuses a message: it is told in another form, or says in the log what to do; and no other page waits for it. */
import { ignores, openStory, passes, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

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
