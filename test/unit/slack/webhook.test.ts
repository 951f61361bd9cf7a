/** An incoming webhook neither updates nor threads: docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
import type { News } from '../../../src/escalation';
import { slackWebhook } from '../../../src/slack/webhook';
import { batch, pageMessage } from '../../support/news-batches';
import { BEGAN, EVENING, type PageChanges } from '../../support/on-duty';
import { SLACK, type StandIns, standIns } from '../../support/stand-ins';
import { failureOf } from '../../switchboard/in-time';

let world: StandIns;
beforeEach(() => {
  world = standIns();
});
afterEach(() => world.close());

const poster = () => slackWebhook({ url: SLACK.webhookUrl }).post;
const texts = () => world.slack.messages.map(({ text }) => text);

const callingFirst = pageMessage(':telephone_receiver: Calling <@U012AB3CD> (1 of 3, round 1)');

test.each<[string, readonly News[], PageChanges, string]>([
  ['a page begins', [BEGAN, { kind: 'calling', attempt: 0, member: 0 }], {}, callingFirst],
  [
    'somebody took it',
    [
      { kind: 'answered', member: 0 },
      { kind: 'taken', member: 0, attempt: 0, seconds: 42, isTest: false },
    ],
    { end: { kind: 'taken', at: EVENING + 42, by: 0, attempt: 0 } },
    `${pageMessage(':white_check_mark: *佐藤* is on it')}\n:white_check_mark: *<@U012AB3CD> took it* (ring 1, after 42 s)`,
  ],
  [
    'nobody answered',
    [
      { kind: 'not-reached', member: 2, why: 'busy' },
      { kind: 'nobody-answered', rings: 6, rounds: 2, isTest: false },
    ],
    { end: { kind: 'unanswered', at: EVENING } },
    `${pageMessage(':x: *Nobody has answered*')}\n<!channel> :x: *Nobody answered* (2 rounds, 6 rings). Phones ring again at the next notification from Mackerel`,
  ],
  [
    'the call broke off',
    [{ kind: 'call-lost', isSure: true }],
    { end: { kind: 'unanswered', at: EVENING } },
    `${pageMessage(':x: *Nobody has answered*')}\n<!channel> :x: The call dropped. *Nobody has this alert.*`,
  ],
  [
    'the page goes on',
    [{ kind: 'resumed' }],
    {},
    `${callingFirst}\n:repeat: The page had stalled: going on with the next person`,
  ],
  [
    'Sync failed',
    [{ kind: 'degraded' }],
    {},
    `${callingFirst}\n:warning: Twilio Sync is not answering. Alerts may be missing here, so check Mackerel, too (the calls go on)`,
  ],
])('%s: one post, whole in itself', async (_, news, changes, text) => {
  expect(await world.soon(poster()(batch(news, { kind: 'new' }, changes)))).toEqual({
    thread: null,
    isPosted: true,
  });
  expect(texts()).toEqual([text]);
});

test.each<[News]>([
  [{ kind: 'calling', attempt: 1, member: 1 }],
  [{ kind: 'not-reached', member: 0, why: 'no-answer' }],
  [{ kind: 'answered', member: 0 }],
  [{ kind: 'passed-on', member: 0 }],
  [{ kind: 'joined', alerts: ['a'] }],
])('%j alone is no reason for a post', async (news) => {
  expect(await world.soon(poster()(batch([news], { kind: 'new' })))).toEqual({
    thread: null,
    isPosted: true,
  });
  expect(world.network.log).toEqual([]);
});

test.each<[string, PageChanges['end'], boolean]>([
  ['somebody took', { kind: 'taken', at: EVENING + 42, by: 0, attempt: 0 }, true],
  ['nobody answered', { kind: 'unanswered', at: EVENING + 42 }, true],
  ['rings', null, false],
])('an alert that joins a page which %s', async (_, end, isPosted) => {
  await world.soon(poster()(batch([{ kind: 'joined', alerts: ['a'] }], { kind: 'new' }, { end })));
  expect(texts()).toEqual(isPosted ? [expect.stringContaining(':heavy_plus_sign:')] : []);
});

const failure = (url: string) =>
  failureOf(world.clock, slackWebhook({ url }).post(batch([BEGAN], { kind: 'new' })));

test('an address that is no more is a failure', async () => {
  expect(await failure(`${SLACK.webhookUrl}x`)).toMatchObject({
    message: expect.stringMatching(/^no_service: .*SLACK_WEBHOOK_URL/),
    isForAll: true,
  });
});

test.each([
  ['is down', { kind: 'down' } as const, 200],
  ['is broken', { kind: 'status', status: 500 } as const, 200],
  ['hangs', { kind: 'hang' } as const, 2_000],
])('a Slack that %s is asked once, and given up within 2 s', async (_, fault, limit) => {
  world.network.fault('slack', fault);
  const { ms } = await world.timed(failure(SLACK.webhookUrl));
  expect(ms).toBeLessThanOrEqual(limit);
  expect(world.network.log).toHaveLength(1);
});
