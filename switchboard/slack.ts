/**
 * Slack as far as a notification needs it: chat.postMessage, chat.update, chat.getPermalink and one incoming webhook.
 * Keeps what a person would see in the channel.
 */
import type { Clock } from './clock';
import { type Arguments, parseJson, readArguments, textOf } from './slack/arguments';
import { type Content, readContent } from './slack/content';
import type { Neighbour, WireRequest, WireResponse } from './wire';

export type SlackMessage = {
  /** Slack's name for a message: seconds since epoch, a dot, six digits; never twice the same in a channel. */
  ts: string;
  channel: string;
  threadTs?: string;
  /** A reply that stands in the channel too; one that does not is seen by those alone who follow the thread. */
  broadcast?: true;
  text: string;
  blocks?: unknown[];
  attachments?: unknown[];
  edits: number;
  via: 'bot' | 'webhook';
};

export type SlackOptions = {
  clock: Clock;
  /** Bot token. */
  token: string;
  /** The one channel that the bot is in. */
  channel: string;
  webhookUrl: string;
  onPost?: (message: SlackMessage, kind: 'posted' | 'updated') => void;
};

const bot = { user: 'U0SWITCHBRD', bot_id: 'B0SWITCHBRD', app_id: 'A0SWITCHBRD', team: 'T0SWITCHBRD' };

export function createSlack(
  options: SlackOptions,
): Neighbour & { readonly messages: readonly SlackMessage[] } {
  const { clock, token, channel, onPost } = options;
  const webhook = new URL(options.webhookUrl);
  const messages: SlackMessage[] = [];
  let lastMicros = 0;

  /** Answers Slack's `error` word instead of a message if there is nothing to post. */
  function post(given: Arguments, via: SlackMessage['via']): SlackMessage | string {
    const content = readContent(given);
    if (typeof content === 'string') return content;
    const threadTs = textOf(given.thread_ts);
    if (threadTs !== undefined && !messages.some(({ ts }) => ts === threadTs)) return 'thread_not_found';
    const message: SlackMessage = {
      ts: nextTs(),
      channel,
      ...(threadTs !== undefined && { threadTs }),
      ...(threadTs !== undefined && String(given.reply_broadcast) === 'true' && { broadcast: true }),
      ...copyOf(content),
      edits: 0,
      via,
    };
    messages.push(message);
    onPost?.(message, 'posted');
    return message;
  }

  function nextTs(): string {
    lastMicros = Math.max(lastMicros + 1, clock.now() * 1000);
    return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
  }

  /** Blocks and attachments that are not given stay; an empty list removes them: docs.slack.dev/reference/methods/chat.update */
  function update(given: Arguments): SlackMessage | string {
    const message = messages.find(({ ts }) => ts === given.ts);
    if (!message) return 'message_not_found';
    if (message.via !== 'bot') return 'cant_update_message';
    const content = readContent(given);
    if (typeof content === 'string') return content;
    Object.assign(message, copyOf(content), { edits: message.edits + 1 });
    onPost?.(message, 'updated');
    return message;
  }

  const methods: Record<string, (given: Arguments) => object | string> = {
    'chat.postMessage'(given) {
      const message = post(given, 'bot');
      if (typeof message === 'string') return message;
      return { channel, ts: message.ts, message: messageJson(message) };
    },
    'chat.update'(given) {
      const message = update(given);
      if (typeof message === 'string') return message;
      return { channel, ts: message.ts, text: message.text, message: messageJson(message) };
    },
    'chat.getPermalink'({ message_ts }) {
      const message = messages.find(({ ts }) => ts === message_ts);
      if (!message) return 'message_not_found';
      const permalink = `https://switchboard.slack.com/archives/${channel}/p${message.ts.replace('.', '')}`;
      return { channel, permalink };
    },
  };

  function answerMethod(request: WireRequest): WireResponse {
    const given = readArguments(request);
    if (!given) return failed('invalid_json');
    const bearer = request.headers.authorization?.replace(/^Bearer /i, '') ?? textOf(given.token);
    if (bearer === undefined) return failed('not_authed');
    if (bearer !== token) return failed('invalid_auth');
    const name = request.url.pathname.replace('/api/', '');
    const method = methods[name];
    if (!method) return failed('unknown_method');
    if (given.channel !== channel) return failed('channel_not_found');
    const result = method(given);
    return typeof result === 'string' ? failed(result) : json({ ok: true, ...result });
  }

  /** Plain words, with statuses that mean something: docs.slack.dev/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks */
  function answerWebhook(request: WireRequest): WireResponse {
    if (request.method !== 'POST') return plain(405, 'method_not_allowed');
    if (request.url.pathname !== webhook.pathname) return plain(404, 'no_service');
    const given = readArguments(request);
    const payload = typeof given?.payload === 'string' ? parseJson(given.payload) : given;
    if (typeof payload !== 'object' || payload === null) return plain(400, 'invalid_payload');
    const message = post(payload as Arguments, 'webhook');
    return typeof message === 'string' ? plain(400, message) : plain(200, 'ok');
  }

  return {
    name: 'slack',
    messages,
    handle: async (request) =>
      request.url.host === webhook.host ? answerWebhook(request) : answerMethod(request),
  };
}

function copyOf(content: Content): Pick<SlackMessage, 'text' | 'blocks' | 'attachments'> {
  return structuredClone(content) as Pick<SlackMessage, 'text' | 'blocks' | 'attachments'>;
}

function messageJson(message: SlackMessage): object {
  const { ts, text, blocks, attachments, threadTs } = message;
  return {
    type: 'message',
    ...bot,
    ts,
    text,
    ...(blocks && { blocks }),
    ...(attachments && { attachments }),
    ...(threadTs !== undefined && { thread_ts: threadTs, parent_user_id: bot.user }),
  };
}

/** Slack answers 200 whatever went wrong, but for rate limits: docs.slack.dev/apis/web-api */
function failed(error: string): WireResponse {
  return json({ ok: false, error });
}

function json(body: object): WireResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}

function plain(status: number, body: string): WireResponse {
  return { status, headers: { 'content-type': 'text/html' }, body };
}
