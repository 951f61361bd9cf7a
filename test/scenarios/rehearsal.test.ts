/** A rehearsal by calls of our own: everybody, or one member; marked as a test, and no bar to a real alert. */
import { ignores, openStory, passes, type Story, type StoryOptions, takes } from '../support/story';
import { answerTo, FORM, signed } from '../trust/wire';

const env = { CALLER_ID: '+815000000101' };

let story: Story;
afterEach(() => story.close());
const open = (options: StoryOptions = {}) => {
  story = openStory({ env, ...options });
};

/** `npm run rehearse` asks. */
async function rehearse(to?: string): Promise<[number, object]> {
  const body = to === undefined ? '' : new URLSearchParams({ to }).toString();
  const { status, body: answer } = await answerTo(
    story,
    signed(story, { path: '/rehearsal', body, headers: { 'content-type': FORM } }),
  );
  return [status, JSON.parse(answer)];
}
const rung = () => story.rings().map((ring) => ring.replace(/^\S+ /, ''));

test('everybody, in order, until one takes it', async () => {
  open();
  story.members({ 佐藤: ignores, 鈴木: takes });
  expect(await rehearse()).toEqual([200, { ok: true, page: expect.any(String) }]);
  await story.untilQuiet();
  expect(rung()).toEqual(['佐藤 no-answer', '鈴木 answered pressed 1']);
  expect(story.slackShows()[0]).toContain('テスト');
});

test.each([
  ['takes it', takes, '鈴木 answered pressed 1'],
  ['passes it on', passes, '鈴木 answered pressed 2'],
  ['sleeps', ignores, '鈴木 no-answer'],
] as const)('one member, who %s: nobody else is rung', async (_what, reaction, ring) => {
  open();
  story.members({ 鈴木: reaction });
  await rehearse('鈴木');
  await story.untilQuiet();
  expect(rung()).toEqual([ring]);
  story.slackShows();
});

test('an alert that comes during one member’s rehearsal rings everybody', async () => {
  open();
  story.members({ 佐藤: takes, 鈴木: ignores });
  await rehearse('鈴木');
  await story.at(20);
  await story.alert();
  expect(rung()).toEqual(['鈴木 no-answer', '佐藤 answered pressed 1']);
  story.slackShows();
});

test.each<[string, StoryOptions, string | undefined, number, RegExp]>([
  ['a name that the list does not have', {}, '田中', 404, /Nobody .* has that name/],
  ['no number to ring from', { env: {} }, undefined, 503, /CALLER_ID/],
])('%s: refused, with what to do', async (_what, options, to, status, error) => {
  open(options);
  expect(await rehearse(to)).toEqual([status, { error: expect.stringMatching(error) }]);
});

test('while people are rung, none begins', async () => {
  open();
  story.members({ 佐藤: takes });
  story.mackerel.raise();
  await story.at(5);
  expect(await rehearse()).toEqual([409, { error: expect.stringContaining('right now') }]);
  await story.untilQuiet();
  expect(rung()).toEqual(['佐藤 answered pressed 1']);
  story.slackShows();
});
