/** Members who have missed a ring call the number that they see: they hear how things stand, and can be rung back. */
import { answers, type Gesture, numbers } from '../../switchboard';
import { openStory, phoneOf, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const press = (digits: string): Gesture[] => [{ kind: 'listen' }, { kind: 'press', digits }];
const numberOf = { 佐藤: phoneOf(1), 鈴木: phoneOf(2), 高橋: phoneOf(3) };

/** Somebody calls number A. Gives what they hear, once the call is over. */
async function callA(from: string, gestures: readonly Gesture[] = []): Promise<readonly string[]> {
  story.exchange.callIn(from, numbers.a, gestures);
  const phone = story.exchange.phone(from);
  await story.clock.runUntil(() => phone.calls.at(-1)?.endedAt !== undefined, 60);
  return phone.calls.at(-1)?.heard ?? [];
}

const WAYS: readonly [string, StoryOptions][] = [
  ['on the leg of Mackerel’s call', {}],
  ['by calls of our own', { list: { start: 'webhook' } }],
];

describe.each(WAYS)('%s', (_way, options) => {
  test('they press 1: the phone that rings stops, theirs rings at once, and they take it there', async () => {
    story = openStory(options);
    story.members({ 鈴木: takes });
    story.mackerel.raise();
    await story.at(20);
    expect(await callA(numberOf.鈴木, press('1'))).toEqual([
      'アラートで呼び出し中です。まだ誰も対応していません。 1を押すと、この電話を切って、すぐにおかけ直しします。',
    ]);
    await story.untilQuiet();
    expect(story.rings()).toEqual([
      '00:00 佐藤 canceled',
      expect.stringMatching(/^00:[23]\d 鈴木 answered pressed 1$/),
    ]);
    const slack = story.slackShows().join('\n');
    expect(slack).toContain('→ :telephone: 鈴木 から電話があったため、次に呼び出します');
    expect(slack).toContain('*鈴木 が対応します*');
  });

  test('they do not answer then: whose ring was cut short is rung once more, and then the rest in order', async () => {
    story = openStory(options);
    story.mackerel.raise();
    await story.at(20);
    await callA(numberOf.高橋, press('1'));
    await story.untilQuiet();
    expect(story.rings().map((ring) => ring.slice(6))).toEqual([
      '佐藤 canceled',
      '高橋 no-answer',
      '佐藤 no-answer',
      '鈴木 no-answer',
      '高橋 no-answer',
    ]);
    expect(story.slackShows().join('\n')).toContain('誰も応答しませんでした');
  });

  test('a forged caller id stops three rings of a page at the most, and takes nothing', async () => {
    story = openStory(options);
    story.mackerel.raise();
    for (let nth = 0; nth < 5; nth++) {
      await story.clock.run(10);
      await callA(numberOf.鈴木, press('1'));
    }
    await story.untilQuiet();
    const rings = story.rings().map((ring) => ring.slice(6));
    expect(rings.filter((ring) => ring.includes('canceled'))).toHaveLength(3);
    expect(rings.filter((ring) => ring === '佐藤 no-answer')).toHaveLength(1);
    expect(rings.slice(-2)).toEqual(['鈴木 no-answer', '高橋 no-answer']);
    expect(story.slackShows().join('\n')).toContain('誰も応答しませんでした');
  });

  test.each([0, 0.5, 1, 2])(
    'two press 1, %d s apart: one phone rings at a time, the later one at last',
    async (apart) => {
      story = openStory(options);
      story.members({ 高橋: takes });
      story.mackerel.raise();
      await story.at(20);
      story.exchange.callIn(numberOf.鈴木, numbers.a, press('1'));
      await story.clock.run(apart);
      story.exchange.callIn(numberOf.高橋, numbers.a, press('1'));
      await story.untilQuiet();
      expect(story.rings().at(-1)).toMatch(/^00:(29|3\d) 高橋 answered pressed 1$/);
      expect(story.slackShows().join('\n')).toContain('*高橋 が対応します*');
    },
  );

  test('it closes before their line is free again: their phone does not ring', async () => {
    story = openStory({ ...options, mackerel: { webhook: true } });
    const id = story.mackerel.raise();
    await story.at(20);
    await callA(numberOf.鈴木, press('1'));
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(story.rings().map((ring) => ring.slice(6))).toEqual(['佐藤 canceled']);
    expect(story.slackShows().join('\n')).toContain(':zzz: アラートは閉じました');
  });

  test('while somebody listens: they are not cut off, and whoever called is the next', async () => {
    story = openStory(options);
    story.members({
      佐藤: answers([
        { kind: 'wait', seconds: 25 },
        { kind: 'press', digits: '2' },
      ]),
      高橋: takes,
    });
    story.mackerel.raise();
    await story.at(8);
    expect(await callA(numberOf.高橋, press('1'))).toEqual([
      'アラートで呼び出し中です。いま、ほかの人が電話で聞いています。 1を押すと、次におかけします。',
      '次におかけします。電話を切ってお待ちください。',
    ]);
    await story.untilQuiet();
    expect(story.rings().map((ring) => ring.slice(6))).toEqual([
      '佐藤 answered pressed 2',
      '高橋 answered pressed 1',
    ]);
    story.slackShows();
  });

  test('nobody answered: whoever calls then can still take it', async () => {
    story = openStory(options);
    await story.alert();
    story.members({ 鈴木: takes });
    expect(await callA(numberOf.鈴木, press('1'))).toEqual([
      '4分前に呼び出したアラートに、まだ誰も対応していません。 1を押すと、この電話を切って、すぐにおかけ直しします。',
    ]);
    await story.untilQuiet();
    expect(story.rings().at(-1)).toContain('鈴木 answered pressed 1');
    expect(story.slackShows().join('\n')).toContain('*鈴木 が対応します*');
  });

  test('somebody has it', async () => {
    story = openStory(options);
    story.members({ 佐藤: takes });
    await story.alert();
    await story.at(600);
    expect((await callA(numberOf.鈴木))[0]).toMatch(/^10分前に、佐藤さんが対応を引き受けました。/);
    expect(story.rings()).toHaveLength(1);
    story.slackShows();
  });
});

test('all is quiet, and 5 starts a test, carried by the call itself', async () => {
  story = openStory();
  story.members({ 鈴木: takes });
  story.exchange.callIn(numberOf.佐藤, numbers.a, press('5'));
  await story.untilQuiet();
  const [call] = story.phone('佐藤').calls;
  expect(call?.heard[0]).toBe(
    '呼び出しはありません。 全員に電話するテストを始める場合は、5を押してください。',
  );
  expect(story.rings().map((ring) => ring.slice(6))).toEqual(['佐藤 busy', '鈴木 answered pressed 1']);
  expect(story.slackShows()[0]).toBe(':test_tube: *架電のテスト* (アラートは出ていません)');
});

test('of tests by phone there are three an hour at the most', async () => {
  story = openStory({ list: { members: ['佐藤', '鈴木'] } });
  story.phone('鈴木').always(takes);
  for (let nth = 0; nth < 4; nth++) {
    story.exchange.callIn(numberOf.佐藤, numbers.a, press('5'));
    await story.untilQuiet();
  }
  expect(story.rings().filter((ring) => ring.includes('鈴木'))).toHaveLength(3);
  expect(story.phone('佐藤').calls.at(-1)?.heard.at(-1)).toBe('いまはテストを始められません。');
  story.slackShows();
});

test.each<[string, StoryOptions, string]>([
  ['anybody else', {}, numbers.c],
  ['a member, where it is switched off', { list: { callIn: 'off' } }, numberOf.佐藤],
])('%s hears one sentence, and is hung up on', async (_who, options, from) => {
  story = openStory(options);
  story.mackerel.raise();
  await story.at(5);
  expect(await callA(from, press('1'))).toEqual([
    'この番号は、アラートをお知らせする発信専用です。失礼します。',
  ]);
  story.members({ 鈴木: takes });
  await story.untilQuiet();
  expect(story.rings()).toHaveLength(2);
  story.slackShows();
});

test('Sync is away: nobody is told what is not known', async () => {
  story = openStory({ list: { language: 'en', members: ['Ann'] } });
  story.network.fault('sync', () => ({ kind: 'down' }));
  expect(await callA(phoneOf(1))).toEqual([
    'We cannot see how things stand right now. Please check Slack or Mackerel.',
  ]);
});
