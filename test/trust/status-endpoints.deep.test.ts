/**
 * An application that is slow to answer call progress events loses those that Twilio has queued meanwhile, and Twilio does
 * not say how slow that is (docs/api/errors/15002). So no status callback is kept for 5 s, whoever hangs, and in the direct
 * way, which lives by them, the next phone rings before anybody is told.
 */
import type { Fault } from '../../switchboard';
import {
  hangsUp,
  ignores,
  isBusy,
  openStory,
  passes,
  type Story,
  type StoryOptions,
  takes,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

const MOST_MS = 5_000;
const hang: Fault = { kind: 'hang' };
const all = { webhook: true, apiKey: 'write', statusCallback: true } as const;
const direct: StoryOptions = { list: { start: 'webhook', rounds: 2 }, mackerel: { apiKey: 'write' } };

type Night = { readonly name: string; readonly options: StoryOptions; readonly loses?: number };

const nights: readonly Night[] = [
  { name: 'on a call of Mackerel’s', options: { mackerel: all } },
  { name: 'on a call that breaks off while a phone rings', options: { mackerel: all }, loses: 68 },
  { name: 'on a call that breaks off while somebody listens', options: { mackerel: all }, loses: 77 },
  {
    name: 'on a call that breaks off, of which Twilio tells late and only by the leg',
    options: { unconfirmed: { actionAfterParentEnds: false, staleFetch: 3 } },
    loses: 68,
  },
  { name: 'on a call that never comes through', options: { mackerel: all, numberB: 'busy' } },
  { name: 'by calls of our own', options: direct },
];
const neighbours = ['sync', 'slack', 'mackerel', 'twilio'] as const;

/** Somebody ignores it, somebody passes, somebody is busy; whoever is left hangs up at once. */
async function play({ options, loses }: Night, whom: (typeof neighbours)[number], from: number) {
  story = openStory({ ...options, forgetsEnd: true });
  const startedAt = story.clock.now();
  const isOn = () => story.clock.now() - startedAt >= from * 1000;
  story.network.fault(whom, () => (isOn() ? hang : undefined));
  story.members({ 佐藤: [ignores, hangsUp(1)], 鈴木: [passes, hangsUp(1)], 高橋: [isBusy, hangsUp(1)] });
  story.mackerel.raise();
  if (loses) {
    await story.at(loses);
    await story.endCall(story.exchange.calls[0]?.sid ?? '');
  }
  await story.untilQuiet();
}

describe.each(neighbours)('%s hangs', (whom) => {
  test.each(nights)('$name: every status callback is answered within 5 s', async (night) => {
    for (const from of [0, 30, 66]) {
      await play(night, whom, from);
      const slow = story.functions.invocations.filter(
        ({ path, ms }) => (path === '/dial-status' || path === '/call-ended') && ms >= MOST_MS,
      );
      expect(slow).toEqual([]);
      story.rings();
      story.slackShows();
      if (from < 66) story.close();
    }
  });
});

describe('by calls of our own, while Slack hangs', () => {
  test('the next phone rings within a second of the end of a ring', async () => {
    story = openStory(direct);
    story.network.fault('slack', hang);
    story.members({ 佐藤: isBusy, 鈴木: isBusy, 高橋: takes });
    story.mackerel.raise();
    await story.untilQuiet();
    const seconds = story.rings().map((ring) => Number(ring.slice(3, 5)));
    expect(seconds).toHaveLength(3);
    expect(seconds[2]).toBeLessThanOrEqual(5);
    story.slackShows();
  });

  test('and where callbacks of a call wait for one another, and expire after 5 s: none does', async () => {
    story = openStory({ ...direct, unconfirmed: { callbackQueue: 5 } });
    story.network.fault('slack', hang);
    story.members({ 佐藤: isBusy, 鈴木: hangsUp(1), 高橋: takes });
    story.mackerel.raise();
    await story.untilQuiet();
    expect(story.exchange.faults).toEqual([]);
    expect(story.rings().map((ring) => ring.slice(6))).toEqual([
      '佐藤 busy',
      '鈴木 answered',
      '高橋 answered pressed 1',
    ]);
    story.slackShows();
  });
});

describe('between two rounds, while everybody was busy', () => {
  const busyRounds: StoryOptions = {
    list: { members: ['佐藤', '鈴木'], start: 'webhook', rounds: 2, pauseSeconds: 30 },
    mackerel: { apiKey: 'write' },
  };

  test.each([
    ...neighbours.map((whom) => [whom]),
    ['sync', 'slack'],
    ['sync', 'mackerel', 'twilio'],
    ['slack', 'twilio'],
    [...neighbours],
  ] as (typeof neighbours)[number][][])(
    'nothing that waits is cut off though there hangs %s',
    async (...whom) => {
      for (const from of [3, 20, 32]) {
        story = openStory({ ...busyRounds, forgetsEnd: true });
        const startedAt = story.clock.now();
        const isOn = () => story.clock.now() - startedAt >= from * 1000;
        for (const one of whom) story.network.fault(one, () => (isOn() ? hang : undefined));
        story.members({ 佐藤: [isBusy, isBusy], 鈴木: [isBusy, isBusy] });
        story.mackerel.raise();
        await story.untilQuiet();
        const { invocations } = story.functions;
        expect(invocations.some(({ path }) => path === '/pause')).toBe(true);
        expect(invocations.filter(({ path, ms }) => path === '/pause' && ms > 9_500)).toEqual([]);
        expect(invocations.filter(({ path, ms }) => path === '/dial-status' && ms >= MOST_MS)).toEqual([]);
        story.rings();
        story.slackShows();
        if (from < 32) story.close();
      }
    },
  );
});
