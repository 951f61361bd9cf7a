/**
 * Alert groups: with group notification on, Mackerel's webhook channel is told of the group instead of its alerts
 * (mackerel.io/docs/entry/howto/alert-groups). A group is an alert. And what nobody understands is told in Slack.
 */
import { ignores, openStory, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const GROUPS = { notifiesGroups: true } as const;
const openDirect = (list = {}) => {
  story = openStory({ mackerel: GROUPS, list: { start: 'webhook', ...list } });
};
const standings = () =>
  story.slackShows().filter((line) => /^:(x|zzz|white_check_mark|telephone_receiver|warning)/.test(line));

async function post(body: object): Promise<number> {
  const answering = story.functions.handle({
    method: 'POST',
    url: new URL(`${story.publicUrl}/mackerel-webhook`),
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from('mackerel:switchboard').toString('base64')}`,
    },
    body: JSON.stringify(body),
  });
  await story.untilQuiet();
  return (await answering).status;
}

describe('where the webhook starts pages', () => {
  test('a group rings, is named on the phone and in Slack, and is taken', async () => {
    openDirect();
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise({ monitorName: '決済', group: 'ショップ' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    expect(story.heard('鈴木')[0]).toMatch(/クリティカル。アラートグループ、ショップ。/);
    const [group] = story.mackerel.groups;
    expect(story.slackShows()[0]).toBe(
      `:red_circle: CRITICAL *<https://mackerel.io/orgs/switchboard/alert-groups/${group?.id}|アラートグループ ショップ>*`,
    );
    expect(standings()).toEqual([':white_check_mark: *鈴木* が対応中']);
    expect(story.history()).toMatchObject([{ alerts: [group?.id], takenBy: '鈴木' }]);
  });

  test('its alerts are its own affair: a second one makes no phone ring, and the last one closes it', async () => {
    openDirect();
    story.members({ 佐藤: takes });
    const first = story.mackerel.raise({ monitorName: '決済', group: 'ショップ' });
    await story.at(60);
    const second = story.mackerel.raise({ monitorName: 'CPU', group: 'ショップ' });
    await story.at(90);
    story.mackerel.close(first);
    await story.at(120);
    story.mackerel.close(second);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(standings()).toEqual([':zzz: 閉じました (*佐藤* が対応)']);
  });

  test('it closes while the phone rings: the phone stops', async () => {
    openDirect();
    const id = story.mackerel.raise({ group: 'ショップ' });
    await story.at(30);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 canceled']);
    expect(standings()).toEqual([':zzz: アラートは閉じました']);
  });

  test('it gets worse after it was taken: rung again at once', async () => {
    openDirect();
    story.members({ 佐藤: [takes, takes] });
    story.mackerel.raise({ status: 'WARNING', group: 'ショップ' });
    await story.at(60);
    story.mackerel.raise({ status: 'CRITICAL', group: 'ショップ' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1', '01:00 佐藤 answered pressed 1']);
    expect(story.slackShows()).toContain('→ :chart_with_upwards_trend: 悪化したため、すぐに呼び出します');
  });

  test('it joins the page that goes on', async () => {
    openDirect();
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise({ monitorName: 'ディスク', status: 'WARNING' });
    await story.at(20);
    story.mackerel.raise({ group: 'ショップ' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    expect(story.heard('鈴木')[0]).toMatch(/アラートが2件.*クリティカル。アラートグループ、ショップ。/);
    expect(story.slackShows().join('\n')).toMatch(/加わりました.*アラートグループ ショップ/);
  });

  test('re-sent, it rings nobody while somebody has it, and again where nobody answered', async () => {
    story = openStory({
      mackerel: GROUPS,
      resendEverySeconds: 600,
      list: { start: 'webhook', members: ['佐藤'], repeatMinutes: 10 },
    });
    story.members({ 佐藤: [ignores, takes] });
    const id = story.mackerel.raise({ group: 'ショップ' });
    await story.at(1300);
    story.mackerel.close(id);
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '10:00 佐藤 answered pressed 1']);
    expect(story.slackShows().filter((line) => line.includes(':mute:'))).toHaveLength(1);
  });

  test('with an API key: its API, which knows no groups, is not asked about them, and key 9 is not offered', async () => {
    story = openStory({
      mackerel: { ...GROUPS, apiKey: 'write' },
      list: { start: 'webhook', members: ['佐藤', '鈴木'] },
    });
    story.members({ 佐藤: ignores, 鈴木: takes });
    story.mackerel.raise({ group: 'ショップ' });
    await story.untilQuiet();
    expect(story.rings()).toHaveLength(2);
    const [group] = story.mackerel.groups;
    const asked = story.network.log.filter(
      ({ neighbour, request }) => neighbour === 'mackerel' && request.url.pathname.includes(group?.id ?? '-'),
    );
    expect(asked).toEqual([]);
    expect(story.slackShows().join()).not.toContain('教えてくれません');
    expect(story.slackShows().join()).not.toContain(':warning:');
    expect(story.heard('鈴木').join()).not.toContain('9');
  });

  test('and in English', async () => {
    story = openStory({
      mackerel: GROUPS,
      list: { start: 'webhook', language: 'en', members: ['Ann'] },
    });
    story.members({ Ann: takes });
    story.mackerel.raise({ group: 'shop' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 Ann answered pressed 1']);
    expect(story.heard('Ann')[0]).toMatch(/Critical\. alert group shop\./i);
    expect(story.slackShows()[0]).toContain('|Alert group shop>');
  });
});

describe('where calls start pages', () => {
  const bridge = (env: Record<string, string> = { CALLER_ID: '+815000000101' }) => {
    story = openStory({ mackerel: { ...GROUPS, webhook: true }, env });
  };

  test('the call about its alert rings, and the group joins', async () => {
    bridge();
    story.members({ 佐藤: ignores, 鈴木: takes });
    const id = story.mackerel.raise({ group: 'ショップ' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 no-answer', '01:05 鈴木 answered pressed 1']);
    const [group] = story.mackerel.groups;
    expect(story.history()).toMatchObject([{ alerts: expect.arrayContaining([id, group?.id]) }]);
    expect(story.heard('鈴木').join()).toContain('アラートグループ、ショップ');
    expect(standings()).toEqual([':white_check_mark: *鈴木* が対応中']);
  });

  test('the Twilio channel is not told of its alerts: a call of our own rings for the group', async () => {
    story = openStory({
      mackerel: { ...GROUPS, webhook: true, level: 'critical' },
      env: { CALLER_ID: '+815000000101' },
    });
    story.members({ 佐藤: takes });
    story.mackerel.raise({ group: 'ショップ', status: 'WARNING' });
    await story.untilQuiet();
    expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
    expect(standings()).toEqual([':white_check_mark: *佐藤* が対応中']);
  });

  test('without a number to call from: Slack says that nobody is rung for it', async () => {
    story = openStory({ mackerel: { ...GROUPS, webhook: true, level: 'critical' } });
    story.mackerel.raise({ group: 'ショップ', status: 'WARNING' });
    await story.untilQuiet();
    expect(story.rings()).toEqual([]);
    expect(story.slackShows()).toEqual([
      ':warning: *アラートグループ「ショップ」が発生しましたが、誰も呼び出しません*。CALLER_IDを設定すると、アラートグループも呼び出します',
    ]);
  });
});

describe('what nobody here understands', () => {
  const UNREAD = /^:warning: MackerelのWebhookから解釈できない通知が届いたため.*`(\w+)`/;
  const named = () => story.slackShows().map((line) => line.match(UNREAD)?.[1]);

  test('an event that Mackerel has not documented is told in Slack once a day', async () => {
    openDirect();
    expect(await post({ event: 'incident', incident: { id: '1' } })).toBe(200);
    expect(await post({ event: 'incident', incident: { id: '2' } })).toBe(200);
    expect(named()).toEqual(['incident']);
    await story.clock.run(25 * 3600);
    await post({ event: 'incident' });
    expect(named()).toEqual(['incident', 'incident']);
  });

  test('a group of another shape than the one that we know', async () => {
    openDirect();
    expect(await post({ event: 'alertGroup', alertGroup: { key: 'abc' } })).toBe(200);
    expect(named()).toEqual(['alertGroup']);
  });

  test('an alert of another shape is refused, and told as well', async () => {
    openDirect();
    expect(await post({ event: 'alert', alert: { id: '1' } })).toBe(400);
    expect(named()).toEqual(['alert']);
  });

  test('while Slack is away it does not count as told', async () => {
    openDirect();
    story.network.fault('slack', { kind: 'down' });
    await post({ event: 'incident' });
    story.network.fault('slack', undefined);
    await post({ event: 'incident' });
    expect(named()).toEqual(['incident']);
  });

  test.each(['hostStatus', 'hostRegister', 'hostRetire', 'monitor'])(
    '%s is no trouble, and tells nobody',
    async (event) => {
      openDirect();
      expect(await post({ event })).toBe(200);
      expect(story.slackShows()).toEqual([]);
    },
  );
});
