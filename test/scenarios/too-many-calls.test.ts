/**
 * An account without an approved profile may have few calls up at once, and Twilio rejects what goes beyond (docs/api/errors/10004):
 * 2 without one, 3 with an individual's (help.twilio.com/articles/223180028). People are told, and the next
 * notification makes it good.
 */
import { numbers } from '../../switchboard';
import { ignores, openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const open = (options: StoryOptions) => {
  story = openStory({ resendEverySeconds: 600, ...options });
};
const slack = () => story.slackShows().join('\n');

describe('on a call of Mackerel’s, with number B in the same account', () => {
  test('three calls are enough for one alert', async () => {
    open({ isNumberBOurs: true, concurrentCalls: 3 });
    story.members({ 佐藤: ignores, 鈴木: takes });
    const alert = story.mackerel.raise();
    await story.at(300);
    story.mackerel.close(alert);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    expect(slack()).toContain('鈴木 が対応します');
  });

  test('with two, nobody can be rung: Slack tells, and what is sent again rings once the limit is gone', async () => {
    open({ isNumberBOurs: true, concurrentCalls: 2, faults: [10004, 10004, 10004] });
    story.members({ 佐藤: takes });
    const alert = story.mackerel.raise();
    await story.at(60);
    expect(story.rings()).toEqual([]);
    expect(slack()).toContain('佐藤: つながらず');
    expect(slack()).toContain('<!channel> :x: *誰も応答しませんでした*');
    story.exchange.limits.concurrentCalls = undefined;
    await story.at(900);
    story.mackerel.close(alert);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['10:00 佐藤 answered pressed 1']);
    expect(slack()).toContain('佐藤 が対応します');
  });

  test.each(['refused', 'failed'] as const)(
    'an alert that comes meanwhile has its call rejected (%s), and rings when it is sent again',
    async (beyondLimit) => {
      const rejected = beyondLimit === 'failed' ? [10004] : [];
      open({ isNumberBOurs: true, concurrentCalls: 3, unconfirmed: { beyondLimit }, faults: rejected });
      story.members({ 佐藤: [takes, takes] });
      const first = story.mackerel.raise();
      await story.at(3);
      const other = story.mackerel.raise();
      await story.at(60);
      story.mackerel.close(first);
      await story.at(900);
      story.mackerel.close(other);
      await story.untilQuiet();
      expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '10:03 佐藤 answered pressed 1']);
      expect(story.history().map(({ alerts }) => alerts)).toEqual([[first], [other]]);
      expect(slack()).toContain('佐藤 が対応します');
    },
  );

  test('where its end is told of, and the API tells which it was, it joins at once', async () => {
    open({
      isNumberBOurs: true,
      concurrentCalls: 3,
      unconfirmed: { beyondLimit: 'failed' },
      faults: [10004],
      mackerel: { statusCallback: true, apiKey: 'read' },
      resendEverySeconds: undefined,
    });
    story.members({ 佐藤: ignores, 鈴木: takes });
    const first = story.mackerel.raise();
    await story.at(3);
    const other = story.mackerel.raise();
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    expect(story.history()).toMatchObject([{ end: 'taken', alerts: [first, other] }]);
    expect(slack()).toContain('加わりました');
  });
});

describe('by calls of our own', () => {
  const direct: StoryOptions = { list: { start: 'webhook' }, concurrentCalls: 1 };
  /** Somebody else's use of the account. */
  const holdTheLine = async (seconds: number) => {
    const form = { From: numbers.a, To: numbers.c, Url: `${story.publicUrl}/hold-music` };
    story.exchange.limits.concurrentCalls = 2;
    await story.placeCall({ ...form, To: numbers.b, TimeLimit: String(seconds) });
    story.exchange.limits.concurrentCalls = 1;
  };

  test('one call is enough', async () => {
    open(direct);
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.close(await story.alert());
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    slack();
  });

  test('the account is at its limit: Slack says so at once, and what is sent again rings', async () => {
    open(direct);
    story.members({ 佐藤: takes });
    await holdTheLine(120);
    const alert = story.mackerel.raise();
    await story.at(10);
    expect(story.rings()).toEqual([]);
    expect(slack()).toContain(
      '<!channel> :x: *Twilioから誰にも電話をかけられません。まだ誰も対応していません*。アカウントの同時通話数の上限に達しています (10004)。docs/set-up.ja.mdを見てください',
    );
    await story.at(900);
    story.mackerel.close(alert);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['10:00 佐藤 answered pressed 1']);
    expect(slack()).toContain('佐藤 が対応します');
  });

  test('a call ends just then: the phone rings two seconds later, and nobody is told of any trouble', async () => {
    open(direct);
    story.members({ 佐藤: takes });
    await holdTheLine(2);
    const alert = story.mackerel.raise();
    await story.at(60);
    story.mackerel.close(alert);
    await story.untilQuiet();
    expect(story.rings()).toEqual([expect.stringMatching(/^00:0[23] 佐藤 answered pressed 1$/)]);
    expect(slack()).not.toContain('<!channel>');
  });

  test('calls are made, and fail: they are told as such, and what is sent again rings', async () => {
    open({ ...direct, unconfirmed: { beyondLimit: 'failed' }, faults: [10004, 10004, 10004] });
    story.members({ 佐藤: takes });
    await holdTheLine(120);
    const alert = story.mackerel.raise();
    await story.at(30);
    expect(story.rings()).toEqual([]);
    expect(slack()).toContain('佐藤: つながらず');
    expect(slack()).toContain('<!channel> :x: *誰も応答しませんでした*');
    await story.at(900);
    story.mackerel.close(alert);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['10:00 佐藤 answered pressed 1']);
    slack();
  });
});
