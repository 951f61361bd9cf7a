/**
 * How an app looks its workspace up and joins channels: docs.slack.dev/reference/methods/{auth.test,conversations.*}
 */
import type { Arguments } from './arguments';
import { bot, messageJson } from './message-json';
import type { SlackMessage } from './messages';
import type { Channel, Workspace } from './workspace';

/** The scopes, one of which each method needs: docs.slack.dev/reference/scopes. `auth.test` needs none. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  'conversations.list': ['channels:read'],
  'conversations.info': ['channels:read'],
  'conversations.join': ['channels:join'],
  'conversations.history': ['channels:history'],
  'conversations.replies': ['channels:history'],
};

type Answer = object | string;

/** Nothing for other methods. */
export function answerConversations(
  method: string,
  given: Arguments,
  workspace: Workspace,
  messages: readonly SlackMessage[],
): Answer | undefined {
  if (method === 'auth.test')
    return {
      url: 'https://switchboard.slack.com/',
      team: 'Switchboard',
      user: 'mackerel-kaden',
      team_id: bot.team,
      user_id: bot.user,
      bot_id: bot.bot_id,
    };
  const needed = NEEDS[method];
  if (!needed) return undefined;
  if (!needed.some((scope) => workspace.scopes.includes(scope)))
    return {
      ok: false,
      error: 'missing_scope',
      needed: needed.join(','),
      provided: workspace.scopes.join(','),
    };
  if (method === 'conversations.list')
    return { channels: workspace.channels.map(channelJson), response_metadata: { next_cursor: '' } };
  const channel = workspace.channels.find(({ id }) => id === given.channel);
  if (!channel) return 'channel_not_found';
  if (method === 'conversations.info') return { channel: channelJson(channel) };
  if (method === 'conversations.history') return history(messages, channel, given);
  if (method === 'conversations.replies') return replies(messages, channel, given);
  if (channel.isArchived) return 'is_archived';
  const wasIn = !channel.isWithoutBot;
  channel.isWithoutBot = false;
  return { channel: channelJson(channel), ...(wasIn && { warning: 'already_in_channel' }) };
}

/** Newest first. What stands in a thread alone is not among them: docs.slack.dev/reference/methods/conversations.history */
function history(all: readonly SlackMessage[], { id, isWithoutBot }: Channel, given: Arguments): Answer {
  if (isWithoutBot) return 'not_in_channel';
  const oldest = Number(given.oldest ?? 0);
  const limit = Number(given.limit ?? 100);
  const shown = all.filter(
    ({ channel, threadTs, broadcast, ts }) =>
      channel === id && (threadTs === undefined || broadcast) && Number(ts) > oldest,
  );
  const messages = shown.toReversed().slice(0, limit).map(messageJson);
  return { messages, has_more: shown.length > limit, pin_count: 0 };
}

/** The parent first: docs.slack.dev/reference/methods/conversations.replies */
function replies(all: readonly SlackMessage[], { id, isWithoutBot }: Channel, given: Arguments): Answer {
  if (isWithoutBot) return 'not_in_channel';
  const inThread = all.filter(
    ({ channel, threadTs, ts }) => channel === id && (ts === given.ts || threadTs === given.ts),
  );
  if (inThread.length === 0) return 'thread_not_found';
  const limit = Number(given.limit ?? 1000);
  return { messages: inThread.slice(0, limit).map(messageJson), has_more: inThread.length > limit };
}

function channelJson({ id, name, isArchived = false, isWithoutBot = false }: Channel): object {
  return {
    id,
    name,
    is_channel: true,
    is_archived: isArchived,
    is_private: false,
    is_member: !isWithoutBot,
  };
}
