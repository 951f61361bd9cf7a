/** Words of refusal: docs.slack.dev/reference/methods/chat.postMessage, …/chat.update, incoming webhooks changelog 2016-05-17. */
import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { IncomingWebhook } from '@slack/webhook';
import { type Clock, installClock } from '../../switchboard/clock';
import { installNetwork, type Network } from '../../switchboard/network';
import { createSlack, type SlackMessage } from '../../switchboard/slack';
import type { Neighbour } from '../../switchboard/wire';
import { failureOf, inTime } from './in-time';

const token = 'xoxb-switchboard';
const channel = 'C0ONCALL';
const other = { id: 'C0OTHERS', name: 'others', isWithoutBot: true };
const archived = { id: 'C0OLDONE', name: 'old-one', isArchived: true };
const webhookUrl = 'https://hooks.slack.com/services/T0/B0/secret';
const nobody: Neighbour = { name: 'nobody', handle: async () => ({ status: 500, headers: {}, body: '' }) };

let clock: Clock;
let network: Network;
let slack: ReturnType<typeof createSlack>;
let seen: [kind: string, text: string][];

beforeEach(() => {
  clock = installClock({ startAt: new Date('2026-11-22T09:00:00Z') });
  seen = [];
  const onPost = ({ text }: SlackMessage, kind: string) => void seen.push([kind, text]);
  slack = createSlack({ clock, token, channel, otherChannels: [other, archived], webhookUrl, onPost });
  network = installNetwork({ twilio: nobody, sync: nobody, slack, mackerel: nobody }, clock);
});
afterEach(() => {
  network.restore();
  clock.uninstall();
});

const bot = (options: WebClientOptions = {}, as = token) =>
  new WebClient(as, { retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR, ...options });
const soon = <T>(promise: Promise<T>) => inTime(clock, promise);
const failure = (promise: Promise<unknown>) => failureOf(clock, promise);
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

describe('a bot', () => {
  test('posts, answers in a thread, and corrects itself', async () => {
    const posted = await soon(
      bot().chat.postMessage({ channel, text: '呼び出し中', blocks: [section('*a*')] }),
    );
    expect(posted).toMatchObject({ ok: true, channel, message: { text: '呼び出し中', ts: posted.ts } });
    expect(posted.ts).toBe('1795338000.060000');

    const reply = {
      channel,
      text: 'taken',
      thread_ts: posted.ts,
      attachments: [{ color: 'good', text: 'x' }],
    };
    await soon(bot().chat.postMessage(reply));
    const update = { channel, ts: String(posted.ts), text: 'A took it', blocks: [section('*b*')] };
    expect(await soon(bot().chat.update(update))).toMatchObject({
      ok: true,
      ts: posted.ts,
      text: 'A took it',
    });

    expect(slack.messages).toEqual([
      { ts: posted.ts, channel, text: 'A took it', blocks: [section('*b*')], edits: 1, via: 'bot' },
      {
        ts: expect.any(String),
        channel,
        threadTs: posted.ts,
        text: 'taken',
        attachments: [{ color: 'good', text: 'x' }],
        edits: 0,
        via: 'bot',
      },
    ]);
    expect(seen).toEqual([
      ['posted', '呼び出し中'],
      ['posted', 'taken'],
      ['updated', 'A took it'],
    ]);
  });

  test('an update keeps the blocks it does not mention', async () => {
    const { ts } = await soon(bot().chat.postMessage({ channel, text: 'a', blocks: [section('*a*')] }));
    await soon(bot().chat.update({ channel, ts: String(ts), text: 'b' }));
    expect(slack.messages[0]).toMatchObject({ text: 'b', blocks: [section('*a*')] });
    await soon(bot().chat.update({ channel, ts: String(ts), text: 'c', blocks: [] }));
    expect(slack.messages[0]).toMatchObject({ text: 'c', blocks: [] });
  });

  test('two messages of the same instant have different ts', async () => {
    const posts = [1, 2].map((n) => bot().chat.postMessage({ channel, text: String(n) }));
    const [first, second] = await soon(Promise.all(posts));
    expect(Number(second?.ts)).toBeGreaterThan(Number(first?.ts));
  });

  test('gets the address of a message', async () => {
    const { ts } = await soon(bot().chat.postMessage({ channel, text: 'a' }));
    const { permalink } = await soon(bot().chat.getPermalink({ channel, message_ts: String(ts) }));
    expect(permalink).toBe('https://switchboard.slack.com/archives/C0ONCALL/p1795338000060000');
  });

  const long = 'x'.repeat(40_001);
  test.each<[string, () => Promise<unknown>]>([
    ['invalid_auth', () => bot({}, 'xoxb-other').chat.postMessage({ channel, text: 'a' })],
    ['channel_not_found', () => bot().chat.postMessage({ channel: 'C0OTHER', text: 'a' })],
    ['no_text', () => bot().chat.postMessage({ channel, text: '' })],
    ['msg_too_long', () => bot().chat.postMessage({ channel, text: long })],
    [
      'invalid_blocks',
      () => bot().chat.postMessage({ channel, text: 'a', blocks: [section('x'.repeat(3001))] }),
    ],
    [
      'invalid_blocks',
      () => bot().chat.postMessage({ channel, text: 'a', blocks: Array(51).fill(section('a')) }),
    ],
    ['invalid_blocks_format', () => bot().apiCall('chat.postMessage', { channel, text: 'a', blocks: '{' })],
    ['message_not_found', () => bot().chat.update({ channel, text: 'a', ts: '1.000001' })],
    ['unknown_method', () => bot().apiCall('chat.shout', { channel })],
  ])('is refused with %s', async (error, act) => {
    expect(await failure(act())).toMatchObject({
      code: 'slack_webapi_platform_error',
      data: { ok: false, error },
    });
    expect(slack.messages).toEqual([]);
  });

  test.each([channel, 'oncall', '#oncall'])('may post to %s, and is told the ID', async (written) => {
    expect(await soon(bot().chat.postMessage({ channel: written, text: 'a' }))).toMatchObject({ channel });
    expect(slack.messages).toMatchObject([{ channel, text: 'a' }]);
  });

  test.each(['oncall', '#oncall'])(
    'cannot correct a message in %s: for that it takes an ID',
    async (name) => {
      const { ts } = await soon(bot().chat.postMessage({ channel: name, text: 'a' }));
      const update = bot().chat.update({ channel: name, ts: String(ts), text: 'b' });
      expect(await failure(update)).toMatchObject({ data: { error: 'channel_not_found' } });
    },
  );

  test('finds a message only in the channel that it stands in', async () => {
    const { ts } = await soon(bot().chat.postMessage({ channel, text: 'a' }));
    const update = bot().chat.update({ channel: other.id, ts: String(ts), text: 'b' });
    expect(await failure(update)).toMatchObject({ data: { error: 'message_not_found' } });
  });

  const mention = () => bot().chat.postMessage({ channel, text: '<!channel> a' });
  test.each<[string, () => unknown, () => Promise<unknown>]>([
    ['not_in_channel', () => {}, () => bot().chat.postMessage({ channel: other.name, text: 'a' })],
    ['is_archived', () => {}, () => bot().chat.postMessage({ channel: archived.id, text: 'a' })],
    ['restricted_action', () => Object.assign(slack.workspace, { mayMentionChannel: false }), mention],
    ['invalid_blocks', () => Object.assign(slack.workspace, { refuses: () => 'invalid_blocks' }), mention],
  ])('what people have arranged is refused with %s', async (error, arrange, act) => {
    arrange();
    expect(await failure(act())).toMatchObject({ data: { ok: false, error } });
    expect(slack.messages).toEqual([]);
  });

  test.each<[string, () => void, 'postMessage' | 'update', string]>([
    [
      'in a locked thread',
      () => Object.assign(slack.workspace, { mayReply: false }),
      'postMessage',
      'restricted_action_thread_locked',
    ],
    [
      'where nothing may be edited',
      () => Object.assign(slack.workspace, { mayEdit: false }),
      'update',
      'edit_window_closed',
    ],
    [
      'in a channel that was archived',
      () => Object.assign(slack.workspace.channels[0] ?? {}, { isArchived: true }),
      'update',
      'is_inactive',
    ],
    [
      'of a message that was deleted',
      () => slack.remove(String(slack.messages[0]?.ts)),
      'update',
      'message_not_found',
    ],
  ])('%s', async (_, arrange, method, error) => {
    const { ts } = await soon(bot().chat.postMessage({ channel, text: 'a' }));
    arrange();
    const request = { channel, ts: String(ts), thread_ts: String(ts), text: 'b' };
    expect(await failure(bot().chat[method](request))).toMatchObject({ data: { error } });
  });

  test('a reply to a message that was deleted stands in the channel, and its answer names no thread', async () => {
    const { ts } = await soon(bot().chat.postMessage({ channel, text: 'a' }));
    slack.remove(String(ts));
    const reply = { channel, text: 'b', thread_ts: String(ts), reply_broadcast: true };
    const { message } = await soon(bot().chat.postMessage(reply));
    expect(message).not.toHaveProperty('thread_ts');
    expect(slack.messages).toEqual([{ ts: expect.any(String), channel, text: 'b', edits: 0, via: 'bot' }]);
  });

  test('or is refused, for nothing says that it is not', async () => {
    const strict = createSlack({ clock, token, channel, webhookUrl, orphanReply: 'refused' });
    network.restore();
    network = installNetwork({ twilio: nobody, sync: nobody, slack: strict, mackerel: nobody }, clock);
    const reply = bot().chat.postMessage({ channel, text: 'a', thread_ts: '1.000001' });
    expect(await failure(reply)).toMatchObject({ data: { error: 'thread_not_found' } });
  });

  test('is too fast for a while: 429, and for how long', async () => {
    slack.slowDown(3);
    const retrying = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
    const tooFast = await failure(bot(retrying).chat.postMessage({ channel, text: 'a' }));
    expect(tooFast).toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 3 });
    await clock.run(3);
    expect(await soon(bot().chat.postMessage({ channel, text: 'a' }))).toMatchObject({ ok: true });
  });

  test('may send JSON, and is refused without a token', async () => {
    const call = (authorization?: string) =>
      fetch('https://slack.com/api/chat.postMessage', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          ...(authorization && { authorization }),
        },
        body: JSON.stringify({ channel, text: 'a', blocks: [section('*a*')] }),
      });
    const accepted = await soon(call(`Bearer ${token}`));
    expect([accepted.status, await accepted.json()]).toMatchObject([200, { ok: true }]);
    expect(slack.messages[0]?.blocks).toEqual([section('*a*')]);
    const refused = await soon(call());
    expect([refused.status, await refused.json()]).toEqual([200, { ok: false, error: 'not_authed' }]);
  });

  test('told to slow down, waits as long as Retry-After says', async () => {
    const faults = [{ kind: 'status' as const, status: 429, headers: { 'retry-after': '30' } }];
    network.fault('slack', () => faults.shift());
    const before = clock.now();
    await soon(bot({ retryConfig: { retries: 1 } }).chat.postMessage({ channel, text: 'a' }));
    expect(clock.now() - before).toBeGreaterThanOrEqual(30_000);
    expect(slack.messages).toHaveLength(1);
  });

  test('gives up when its time is over', async () => {
    network.fault('slack', { kind: 'hang' });
    const before = clock.now();
    const error = await failure(bot({ timeout: 2000 }).chat.postMessage({ channel, text: 'a' }));
    expect(error).toMatchObject({
      code: 'slack_webapi_request_error',
      original: { message: expect.stringMatching('timeout') },
    });
    expect(clock.now() - before).toBe(2000);
  });
});

describe('an incoming webhook', () => {
  test('posts', async () => {
    expect(await soon(new IncomingWebhook(webhookUrl).send('hello'))).toEqual({ text: 'ok' });
    await soon(new IncomingWebhook(webhookUrl).send({ text: 'b', blocks: [section('*b*')] }));
    expect(slack.messages).toMatchObject([
      { text: 'hello', channel, via: 'webhook' },
      { text: 'b', blocks: [section('*b*')] },
    ]);
  });

  test('takes a form with a payload', async () => {
    const body = new URLSearchParams({ payload: JSON.stringify({ text: 'a' }) });
    const response = await soon(fetch(webhookUrl, { method: 'POST', body }));
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
  });

  test.each([
    ['an unknown address', () => new IncomingWebhook(`${webhookUrl}x`).send('a'), 404, 'no_service'],
    ['nothing to say', () => new IncomingWebhook(webhookUrl).send({}), 400, 'no_text'],
  ])('%s is refused', async (_, act, statusCode, body) => {
    const error = await failure(act());
    expect(error).toMatchObject({ code: 'slack_webhook_http_error', statusCode, body });
  });

  test.each<[string, () => void, number, string]>([
    [
      'with a mention that is not allowed',
      () => Object.assign(slack.workspace, { mayMentionChannel: false }),
      403,
      'action_prohibited',
    ],
    [
      'to a channel that was archived',
      () => Object.assign(slack.workspace.channels[0] ?? {}, { isArchived: true }),
      410,
      'channel_is_archived',
    ],
    ['too fast', () => slack.slowDown(3), 429, 'rate_limited'],
  ])('%s is refused', async (_, arrange, statusCode, body) => {
    arrange();
    const sent = new IncomingWebhook(webhookUrl).send('<!channel> a');
    expect(await failure(sent)).toMatchObject({ code: 'slack_webhook_http_error', statusCode, body });
    expect(slack.messages).toEqual([]);
  });

  test('broken JSON is refused', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await soon(fetch(webhookUrl, { method: 'POST', headers, body: '{"text":' }));
    expect([response.status, await response.text()]).toEqual([400, 'invalid_payload']);
  });

  test('its messages cannot be corrected by the bot', async () => {
    await soon(new IncomingWebhook(webhookUrl).send('a'));
    const update = bot().chat.update({ channel, text: 'b', ts: String(slack.messages[0]?.ts) });
    expect(await failure(update)).toMatchObject({ data: { error: 'cant_update_message' } });
  });
});
