/** The record of a page: every alert that it was ever about, and each ring with its times and how it ended. */
import {
  ignores,
  isBusy,
  openStory,
  passes,
  phoneOf,
  pressesAfter,
  type Story,
  takes,
  voicemail,
} from '../support/story';

let story: Story;
afterEach(() => story.close());

type Attempt = { readonly attempt: number; readonly member: string; readonly outcome?: string };
type Record = { readonly alerts: readonly string[]; readonly attempts: readonly Attempt[] };

/** The items of the only page on record. */
const parts = () => story.history() as unknown as readonly Record[];
const alertsOf = () => parts().flatMap(({ alerts }) => alerts);
const attemptsOf = () => parts().flatMap(({ attempts }) => attempts);

function read() {
  story.rings();
  story.slackShows();
}

test('each ring: whose, when they were called and picked up, when it ended and how', async () => {
  story = openStory({ list: { members: ['佐藤', '鈴木', '高橋', '田中', '伊藤'] } });
  story.members({ 佐藤: ignores, 鈴木: isBusy, 高橋: voicemail, 田中: passes, 伊藤: takes });
  await story.alert();
  expect(attemptsOf().map(({ member, outcome }) => `${member} ${outcome}`)).toEqual([
    '佐藤 no-answer',
    '鈴木 busy',
    '高橋 no-key',
    '田中 passed',
    '伊藤 taken',
  ]);
  expect(attemptsOf()[0]).toEqual({
    attempt: 0,
    member: '佐藤',
    calledAt: '2026-11-22T18:00:00.000Z',
    endedAt: '2026-11-22T18:01:05.000Z',
    outcome: 'no-answer',
  });
  expect(attemptsOf()[4]).toMatchObject({ pickedUpAt: expect.any(String), endedAt: expect.any(String) });
  read();
});

test('an alert that joined and has closed by the end stays on record', async () => {
  story = openStory({ mackerel: { webhook: true } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  const first = story.mackerel.raise({ monitorName: '決済' });
  await story.at(10);
  const second = story.mackerel.raise({ monitorName: 'CPU' });
  await story.at(30);
  story.mackerel.close(second);
  await story.untilQuiet();
  expect([...alertsOf()].sort()).toEqual([first, second].sort());
  read();
});

test('an alert that comes while the taker hears that it is theirs is on record, and in Mackerel’s memo', async () => {
  story = openStory({ mackerel: { webhook: true, apiKey: 'write' } });
  story.members({ 佐藤: takes });
  const first = story.mackerel.raise({ monitorName: '決済' });
  const isTaken = () => story.exchange.phone(phoneOf(1)).rings[0]?.pressed === '1';
  await story.clock.runUntil(isTaken, 120);
  await story.clock.run(1);
  const second = story.mackerel.raise({ monitorName: 'CPU' });
  await story.untilQuiet();
  expect([...alertsOf()].sort()).toEqual([first, second].sort());
  expect(story.mackerel.alert(second)?.memo).toBe(story.mackerel.alert(first)?.memo);
  expect(story.mackerel.alert(second)?.memo).toContain('佐藤が対応');
  expect(story.rings()).toHaveLength(1);
  story.slackShows();
});

test('key 1 after "nobody answered": the record says who took it', async () => {
  story = openStory({ list: { members: ['佐藤'] } });
  story.members({ 佐藤: pressesAfter(4, '1') });
  story.exchange.delivery = ({ kind, url }) =>
    kind === 'twiml' && url.pathname === '/answered-key' ? [25] : [0];
  await story.alert();
  await story.clock.run(60);
  expect(story.history().at(-1)).toMatchObject({ end: 'taken', takenBy: '佐藤' });
  read();
});

test('a page of 75 rings: none is forgotten', async () => {
  const members = Array.from({ length: 25 }, (_, nth) => ({ name: `${nth + 1}番`, phone: phoneOf(nth + 1) }));
  story = openStory({ list: { members, rounds: 3, ringSeconds: 5 } });
  await story.alert();
  expect(attemptsOf().map(({ attempt }) => attempt)).toEqual(Array.from({ length: 75 }, (_, nth) => nth));
  expect(attemptsOf().every(({ outcome }) => outcome === 'no-answer')).toBe(true);
  expect(new Set(attemptsOf().map(({ member }) => member)).size).toBe(25);
  read();
});

test('of 60 alerts, of which the state names 30, each is on record', async () => {
  story = openStory({ list: { start: 'webhook' } });
  story.members({ 佐藤: ignores, 鈴木: takes });
  const ids = new Set<string>();
  for (let nth = 0; nth < 60; nth++) {
    ids.add(story.mackerel.raise({ monitorName: `監視${nth}` }));
    await story.clock.run(0.3);
  }
  await story.untilQuiet();
  expect(new Set(alertsOf())).toEqual(ids);
  read();
});

test('it closes while a phone rings, and the call that carried another breaks off: that is their outcome', async () => {
  story = openStory({ mackerel: { webhook: true, statusCallback: true } });
  const id = story.mackerel.raise();
  await story.at(20);
  await story.loseCall();
  await story.at(40);
  story.mackerel.close(id);
  await story.untilQuiet();
  expect(attemptsOf().map(({ outcome }) => outcome)).toEqual(['call-lost', 'closed']);
  read();
});
