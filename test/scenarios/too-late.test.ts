/** A webhook of somebody who picked up comes when the page needs them no more: they hear why. */
import { openStory, passes, type Story, type StoryOptions, takes } from '../support/story';
import { answerTo, signed } from '../trust/wire';

let story: Story;
afterEach(() => story.close());

/** What the first who picked up hears if that is told once more, now. */
async function firstHearsNow(): Promise<readonly string[]> {
  const [hook] = story.exchange.events.flatMap((event) =>
    event.kind === 'webhook' && event.hook.kind === 'whisper' ? [event.hook] : [],
  );
  if (!hook) throw new Error('Nobody has picked up');
  const { pathname: path, search: query } = hook.url;
  const { body } = await answerTo(story, signed(story, { path, query }));
  return [...body.matchAll(/<Say[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
}

test.each<[string, StoryOptions['list'], string, string, string[]]>([
  [
    'in Japanese',
    { members: ['佐藤', '鈴木'] },
    '佐藤',
    '鈴木',
    ['すでに次の人に回っています。', '鈴木さんがすでに対応しています。', 'この呼び出しは終わっています。'],
  ],
  [
    'in English',
    { language: 'en', members: ['Ann', 'Bob'] },
    'Ann',
    'Bob',
    ['It has already gone on to the next person.', 'Bob has already taken it.', 'It is already over.'],
  ],
])('%s: it has gone on; another has it; it is over', async (_what, list, first, second, heard) => {
  story = openStory({ list: { ...list, awakeMinutes: 0 } });
  story.members({ [first]: [passes, takes], [second]: takes });
  story.mackerel.raise();
  await story.clock.runUntil(() => story.phone(second).rings.length > 0);
  const goneOn = await firstHearsNow();
  await story.untilQuiet();
  const taken = await firstHearsNow();
  await story.alert();
  expect([goneOn, taken, await firstHearsNow()]).toEqual(heard.map((text) => [text]));
  expect(story.rings()).toHaveLength(3);
  expect(story.slackShows().length).toBeGreaterThan(10);
});
