/** What a key is answered with is what is known by then: of many alerts the callback's URL carries but an outline. */
import { answers } from '../../switchboard';
import { ignores, openStory, presses, type Story } from '../support/story';
import { answerTo, signed } from '../trust/wire';

let story: Story;
afterEach(() => story.close());

/** Alerts, a second apart. */
async function raise(count: number): Promise<void> {
  for (let nth = 1; nth <= count; nth++) {
    story.mackerel.raise({ monitorName: `監視${nth}` });
    await story.clock.run(1);
  }
}

const counts = (name: string) =>
  story.heard(name).flatMap((text) => /アラートが(\d+)件出ています/.exec(text)?.[1] ?? []);

test.each(['*', '7'])('of eight alerts, key %s tells eight once more', async (key) => {
  story = openStory();
  story.members({ 佐藤: ignores, 鈴木: presses(key, key, '1') });
  await raise(8);
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 no-answer', `01:05 鈴木 answered pressed ${key}${key}1`]);
  expect(counts('鈴木')).toEqual(['8', '8', '8']);
  expect(story.heard('鈴木').at(-1)).toMatch(/^8件まとめて、鈴木さんが/);
  expect(story.slackShows().length).toBeGreaterThan(5);
});

test('what joined while somebody listened is told on repeat, and not called new when they take it', async () => {
  story = openStory();
  story.members({ 佐藤: presses('*', '1') });
  await raise(1);
  await story.clock.runUntil(() => story.heard('佐藤').length > 0);
  await raise(1);
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed *1']);
  expect(counts('佐藤')).toEqual(['2']);
  expect(story.heard('佐藤').at(-1)).toBe(
    '2件まとめて、佐藤さんが対応することになりました。よろしくお願いします。',
  );
  expect(story.slackShows().length).toBeGreaterThan(5);
});

test('what joined after the last message is', async () => {
  story = openStory();
  story.members({
    佐藤: answers([
      { kind: 'listen' },
      { kind: 'press', digits: '*' },
      { kind: 'wait', seconds: 3 },
      { kind: 'press', digits: '1' },
    ]),
  });
  await raise(1);
  await story.clock.runUntil(() => story.phone('佐藤').rings[0]?.pressed === '*');
  await story.clock.run(1);
  await raise(1);
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed *1']);
  expect(story.heard('佐藤').at(-1)).toMatch(/^お聞きの間に1件増えました。2件まとめて、/);
  expect(story.slackShows().length).toBeGreaterThan(5);
});

test('who has it repeated again and again is still there: another alert rings nobody else', async () => {
  story = openStory();
  const repeating = Array.from({ length: 5 }, () => [
    { kind: 'wait', seconds: 25 } as const,
    { kind: 'press', digits: '*' } as const,
  ]);
  story.members({
    佐藤: answers([...repeating.flat(), { kind: 'listen' }, { kind: 'press', digits: '1' }]),
  });
  await raise(1);
  await story.at(2 * 60);
  await raise(1);
  await story.untilQuiet();
  expect(story.rings()).toEqual([`00:00 佐藤 answered pressed ${'*'.repeat(5)}1`]);
  expect(story.history()).toMatchObject([{ takenBy: '佐藤', rings: 1 }]);
  expect(story.slackShows().length).toBeGreaterThan(5);
});

test('Sync is down: what the URL carries is told again', async () => {
  story = openStory({ forgetsEnd: true });
  story.members({ 佐藤: presses('*', '1') });
  await raise(1);
  await story.clock.runUntil(() => story.heard('佐藤').length > 0);
  story.network.fault('sync', { kind: 'down' });
  await story.untilQuiet();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed *1']);
  expect(story.heard('佐藤').filter((text) => text.startsWith('佐藤さん、マカレルの'))).toHaveLength(2);
  expect(story.slackShows().join()).toContain('*佐藤 が対応します*');
});

describe('the URL is of before a deploy, and what it carries cannot be read', () => {
  /** What is said when the one who listens presses a key, its URL being such. */
  async function saidTo(digits: string): Promise<string> {
    const query = new URLSearchParams(story.exchange.events.flatMap(whisperOf)[0]?.search);
    query.set('state', 'of-another-version');
    const path = '/answered-key';
    const { body } = await answerTo(
      story,
      signed(story, { path, query: `${query}`, body: `Digits=${digits}` }),
    );
    return body;
  }
  const whisperOf = (event: Story['exchange']['events'][number]) =>
    event.kind === 'webhook' && event.hook.kind === 'whisper' ? [event.hook.url] : [];

  test('Sync knows the rest: 1 takes it', async () => {
    story = openStory();
    story.members({ 佐藤: answers([]) });
    await raise(1);
    await story.clock.runUntil(() => story.heard('佐藤').length > 0);
    expect(await saidTo('1')).toContain('佐藤さんが対応することになりました。');
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered']);
    expect(story.history()).toMatchObject([{ end: 'taken', takenBy: '佐藤' }]);
    expect(story.slackShows().length).toBeGreaterThan(5);
  });

  test('Sync is down as well: nothing can be said', async () => {
    story = openStory({ forgetsEnd: true });
    story.members({ 佐藤: answers([]) });
    await raise(1);
    await story.clock.runUntil(() => story.heard('佐藤').length > 0);
    story.network.fault('sync', { kind: 'down' });
    for (const digits of ['1', '*'])
      expect(await saidTo(digits)).toMatch(/<Response><Hangup\/><\/Response>$/);
    story.network.fault('sync', undefined);
    await story.untilQuiet();
    expect(story.rings().length).toBeGreaterThan(0);
    expect(story.slackShows().length).toBeGreaterThan(5);
  });
});
