/**
 * The part of Slack that a notification needs: chat.postMessage, chat.update, chat.getPermalink and one incoming
 * webhook. Keeps what a person would see in its channels, and refuses what a workspace can forbid.
 */
import type { Clock } from './clock';
import { type Arguments, parseJson, readArguments, textOf } from './slack/arguments';
import { answerConversations } from './slack/conversations';
import { messageJson } from './slack/message-json';
import { type Messages, openMessages, type SlackMessage } from './slack/messages';
import { type Channel, channelOf, openWorkspace, type Workspace } from './slack/workspace';
import type { Neighbour, WireRequest, WireResponse } from './wire';

export type { SlackMessage } from './slack/messages';

export type SlackOptions = {
  clock: Clock;
  /** Bot token. */
  token: string;
  /** The ID of the bot's channel, which is also the webhook's. */
  channel: string;
  /** Its name, without `#`. */
  channelName?: string;
  /** Further channels. */
  otherChannels?: readonly Channel[];
  webhookUrl: string;
  orphanReply?: 'posted-in-channel' | 'refused';
  onPost?: (message: SlackMessage, kind: 'posted' | 'updated') => void;
};

export type SlackStandIn = Neighbour & {
  readonly messages: readonly SlackMessage[];
  readonly workspace: Workspace;
  readonly remove: Messages['remove'];
  /** For so many seconds, every request is one too many. */
  slowDown(seconds: number): void;
};

export function createSlack(options: SlackOptions): SlackStandIn {
  const { clock, token, orphanReply = 'posted-in-channel', onPost } = options;
  const webhook = new URL(options.webhookUrl);
  const main: Channel = { id: options.channel, name: options.channelName ?? 'oncall' };
  const workspace = openWorkspace([main, ...(options.otherChannels ?? [])]);
  const messages = openMessages({ clock, workspace, orphanReply, onPost });
  let busyUntil = 0;

  const methods: Record<string, (channel: Channel, given: Arguments) => object | string> = {
    'chat.postMessage'(channel, given) {
      const message = messages.post(channel, given, 'bot');
      if (typeof message === 'string') return message;
      return { channel: channel.id, ts: message.ts, message: messageJson(message) };
    },
    'chat.update'(channel, given) {
      const message = messages.update(channel, given);
      if (typeof message === 'string') return message;
      return { channel: channel.id, ts: message.ts, text: message.text, message: messageJson(message) };
    },
    'chat.getPermalink'(channel, { message_ts }) {
      const message = messages.find(channel, message_ts);
      if (!message) return 'message_not_found';
      const permalink = `https://switchboard.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
      return { channel: channel.id, permalink };
    },
  };

  function answerMethod(request: WireRequest): WireResponse {
    const given = readArguments(request);
    if (!given) return failed('invalid_json');
    const bearer = request.headers.authorization?.replace(/^Bearer /i, '') ?? textOf(given.token);
    if (bearer === undefined) return failed('not_authed');
    if (bearer !== token) return failed('invalid_auth');
    const name = request.url.pathname.replace('/api/', '');
    const told = answerConversations(name, given, workspace, messages.all);
    if (told !== undefined)
      return typeof told === 'string' ? failed(told) : withScopes({ ok: true, ...told });
    const method = methods[name];
    if (!method) return failed('unknown_method');
    const channel = channelOf(workspace, given.channel, name === 'chat.postMessage');
    if (!channel) return failed('channel_not_found');
    const result = method(channel, given);
    return typeof result === 'string' ? failed(result) : json({ ok: true, ...result });
  }

  /** The scopes come in a header, where the SDK reads them. */
  function withScopes(body: object): WireResponse {
    const answer = json(body);
    return { ...answer, headers: { ...answer.headers, 'x-oauth-scopes': workspace.scopes.join(',') } };
  }

  function answerWebhook(request: WireRequest): WireResponse {
    if (request.method !== 'POST') return plain(405, 'method_not_allowed');
    if (request.url.pathname !== webhook.pathname) return plain(404, 'no_service');
    const given = readArguments(request);
    const payload = typeof given?.payload === 'string' ? parseJson(given.payload) : given;
    if (typeof payload !== 'object' || payload === null) return plain(400, 'invalid_payload');
    const message = messages.post(main, payload as Arguments, 'webhook');
    return typeof message === 'string' ? refusedWebhook(message) : plain(200, 'ok');
  }

  return {
    name: 'slack',
    messages: messages.all,
    workspace,
    remove: messages.remove,
    slowDown: (seconds) => {
      busyUntil = clock.now() + seconds * 1000;
    },
    async handle(request) {
      const isWebhook = request.url.host === webhook.host;
      const secondsLeft = Math.ceil((busyUntil - clock.now()) / 1000);
      if (secondsLeft > 0) return tooMany(secondsLeft, isWebhook);
      return isWebhook ? answerWebhook(request) : answerMethod(request);
    },
  };
}

/** Slack answers 200 whatever went wrong, except for rate limits: docs.slack.dev/apis/web-api */
function failed(error: string): WireResponse {
  return json({ ok: false, error });
}

/** docs.slack.dev/apis/web-api/rate-limits */
function tooMany(seconds: number, isWebhook: boolean): WireResponse {
  const answer = isWebhook ? plain(429, 'rate_limited') : failed('ratelimited');
  return { ...answer, status: 429, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}

/** Plain words and meaningful statuses: docs.slack.dev/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks */
function refusedWebhook(error: string): WireResponse {
  if (error === 'restricted_action') return plain(403, 'action_prohibited');
  return error === 'is_archived' ? plain(410, 'channel_is_archived') : plain(400, error);
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
