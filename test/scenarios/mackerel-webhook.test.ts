/** Mackerel's webhook channel: who is let in, what is accepted, and what is said to whom it is not. */
import { webhookPayload } from '../../switchboard';
import { openStory, type Story, type StoryOptions, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const PASSWORD = `Basic ${Buffer.from('mackerel:switchboard').toString('base64')}`;

/** Somebody posts to the webhook. */
async function posted(body: unknown, authorization: string | null = PASSWORD) {
  const asked = story.functions.handle({
    method: 'POST',
    url: new URL(`${story.publicUrl}/mackerel-webhook`),
    headers: { 'content-type': 'application/json', ...(authorization !== null && { authorization }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await story.clock.run(10);
  const { status, body: answer } = await asked;
  return [status, JSON.parse(answer)];
}

const open = (options: StoryOptions = {}) => {
  story = openStory({ mackerel: { webhook: true }, ...options });
};

/** As little as an alert can be told by. */
const alert = { id: '2bj1', status: 'critical', isOpen: true };
const TYPES = [
  'connectivity',
  'host',
  'service',
  'external',
  'check',
  'expression',
  'anomalyDetection',
  'query',
];

test('no credentials are configured: refused, with what to set', async () => {
  open({ mackerel: {} });
  expect(await posted({ event: 'alert', alert })).toEqual([
    503,
    {
      error: 'The webhook is not set up. Set MACKEREL_WEBHOOK_USER and MACKEREL_WEBHOOK_PASSWORD and deploy',
    },
  ]);
});

test.each([
  ['none', null],
  ['a wrong password', `Basic ${Buffer.from('mackerel:guess').toString('base64')}`],
  ['another scheme', 'Bearer switchboard'],
  ['nothing behind the scheme', 'Basic '],
  ['no colon', `Basic ${Buffer.from('mackerelswitchboard').toString('base64')}`],
])('credentials: %s', async (_what, authorization) => {
  open();
  expect(await posted({ event: 'alert', alert }, authorization)).toEqual([
    401,
    { error: 'Wrong user or password. Write them into the URL: https://USER:PASSWORD@…/mackerel-webhook' },
  ]);
});

test.each(TYPES)('the type %s is accepted, by the least that can be told of it', async (type) => {
  open();
  expect(await posted({ event: 'alert', type, alert })).toEqual([200, { ok: true }]);
});

test.each([
  ['an unknown field', { event: 'alert', alert: { ...alert, mood: 'bad' }, weather: { sky: 'grey' } }],
  ['an unknown type', { event: 'alert', type: 'mainframe', alert }],
  [
    'null wherever it may be',
    {
      event: 'alert',
      host: null,
      service: null,
      imageUrl: null,
      memo: null,
      alert: { ...alert, metricValue: null, url: null },
    },
  ],
  ['a host without roles', { event: 'alert', type: 'host', host: { name: 'app01' }, alert }],
])('%s is no error', async (_what, body) => {
  open();
  expect(await posted(body)).toEqual([200, { ok: true }]);
});

/** Of what Slack was told, which notifications are said to be beyond us. */
const saidToBeUnread = () =>
  story
    .slackShows()
    .map((line) => line.match(/^:warning: MackerelのWebhookから解釈できない通知.*`(\w+)`/)?.[1]);

test.each(['hostStatus', 'hostRegister', 'hostRetire', 'monitor'])(
  'the event %s is no trouble: accepted, and nobody is told',
  async (event) => {
    open();
    expect(await posted({ event, alert: 'nothing of the kind' })).toEqual([200, { ok: true }]);
    expect(story.sync.document('mackerel-kaden')).toBeUndefined();
  },
);

test.each(['alertGroup', 'somethingNew'])(
  'the event %s, of which nothing can be made: accepted, and told in Slack',
  async (event) => {
    open();
    expect(await posted({ event, alert: 'nothing of the kind' })).toEqual([200, { ok: true }]);
    expect(story.sync.document('mackerel-kaden')).toBeUndefined();
    expect(saidToBeUnread()).toEqual([event]);
  },
);

test.each([
  ['no JSON object', '[1, 2]', 'event'],
  ['nothing in it', {}, 'event'],
])("a body that is nobody's, %s: refused, with the field", async (_what, body, field) => {
  open();
  const [status, answer] = await posted(body);
  expect(status).toBe(400);
  expect(answer.error).toContain(`This is not a notification from Mackerel: ${field} `);
});

test.each([
  ['no alert', { event: 'alert' }, 'alert'],
  ['no id', { event: 'alert', alert: { status: 'critical', isOpen: true } }, 'alert.id'],
  ['no status', { event: 'alert', alert: { id: 'x', isOpen: true } }, 'alert.status'],
  ['open or not in words', { event: 'alert', alert: { ...alert, isOpen: 'yes' } }, 'alert.isOpen'],
  ['an id that is none', { event: 'alert', alert: { ...alert, id: '\ud800' } }, 'alert.id'],
])(
  'an alert of another shape, %s: refused, with the field, and told in Slack',
  async (_what, body, field) => {
    open();
    const [status, answer] = await posted(body);
    expect(status).toBe(400);
    expect(answer.error).toContain(`This is not a notification from Mackerel: ${field} `);
    expect(saidToBeUnread()).toEqual(['alert']);
  },
);

test("Mackerel's test button: Slack says that it is connected", async () => {
  open();
  story.mackerel.sendSample();
  await story.untilQuiet();
  expect(story.mackerel.deliveries.map(({ status }) => status)).toEqual([200]);
  expect(story.slackShows()).toEqual([':link: Mackerelとつながりました']);
});

test.each(['down', 'none'] as const)('the test button is answered 200 though Slack is %s', async (slack) => {
  open(slack === 'none' ? { slack } : {});
  if (slack === 'down') story.network.fault('slack', { kind: 'hang' });
  story.mackerel.sendSample();
  await story.untilQuiet();
  expect(story.mackerel.deliveries.map(({ status }) => status)).toEqual([200]);
  expect(story.slackShows()).toEqual([]);
});

test.each(['before the call', 'after the call', 'never'])(
  'the webhook comes %s: one page, one phone',
  async (when) => {
    open();
    const late = when === 'after the call';
    story.exchange.delivery = ({ url }) => (url.pathname === '/dial-list' && !late ? [3] : [0]);
    story.members({ 鈴木: takes });
    story.network.latency.twilio = late ? 0 : 40;
    if (when === 'never') story = reopened();
    story.mackerel.raise({ monitorName: '決済の監視' });
    await story.untilQuiet();
    expect(story.rings().map((ring) => ring.slice(6))).toEqual(['佐藤 no-answer', '鈴木 answered pressed 1']);
    const known = when === 'never' ? '鈴木さん、マカレルのアラートです。' : '決済の監視';
    expect(story.heard('鈴木')[0]).toContain(known);
    expect(story.slackShows().filter((line) => line.startsWith('順番'))).toHaveLength(1);

    function reopened(): Story {
      story.close();
      const other = openStory({});
      other.members({ 鈴木: takes });
      return other;
    }
  },
);

test('a webhook that comes minutes after its call tells the next one who is rung', async () => {
  story = openStory({ env: { MACKEREL_WEBHOOK_USER: 'mackerel', MACKEREL_WEBHOOK_PASSWORD: 'switchboard' } });
  story.members({ 高橋: takes });
  const id = story.mackerel.raise({ monitorName: '決済の監視' });
  await story.at(75);
  const raised = story.mackerel.alert(id);
  if (raised) expect(await posted(webhookPayload(raised))).toEqual([200, { ok: true }]);
  await story.untilQuiet();
  expect(story.rings()).toHaveLength(3);
  expect(story.heard('高橋')[0]).toContain('決済の監視、app01。');
  expect(story.slackShows()[0]).toContain('決済の監視 — app01');
});
