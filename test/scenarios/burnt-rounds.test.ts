/**
 * A round in which nobody's phone could ring is over in seconds: everybody is busy, for they are phoning each other, or
 * switched off. It takes pauseSeconds all the same, in both ways, so that the rounds are not burnt before anybody is back.
 */
import { isBusy, isOff, openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

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
