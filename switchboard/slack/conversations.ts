/**
 * How an app looks its workspace up and joins channels: docs.slack.dev/reference/methods/{auth.test,conversations.*}
 */
import type { Arguments } from './arguments';
import type { Channel, Workspace } from './workspace';

/** The scopes, one of which each method needs: docs.slack.dev/reference/scopes. `auth.test` needs none. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  'conversations.list': ['channels:read'],
  'conversations.info': ['channels:read'],
  'conversations.join': ['channels:join'],
};

type Answer = object | string;

/** Nothing for other methods. */
export function answerConversations(
  method: string,
  given: Arguments,
  workspace: Workspace,
  bot: { readonly user: string; readonly bot_id: string; readonly team: string },
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
  if (!needed.some((scope) => workspace.scopes.includes(scope))) return 'missing_scope';
  if (method === 'conversations.list')
    return { channels: workspace.channels.map(channelJson), response_metadata: { next_cursor: '' } };
  const channel = workspace.channels.find(({ id }) => id === given.channel);
  if (!channel) return 'channel_not_found';
  if (method === 'conversations.info') return { channel: channelJson(channel) };
  if (channel.isArchived) return 'is_archived';
  const wasIn = !channel.isWithoutBot;
  channel.isWithoutBot = false;
  return { channel: channelJson(channel), ...(wasIn && { warning: 'already_in_channel' }) };
}

function channelJson({ id, name, isArchived = false, isWithoutBot = false }: Channel): object {
  return {
    id,
    name,
    is_channel: true,
    is_archived: isArchived,
    is_private: false,
    is_member: !isWithoutBot,
    is_frozen: false,
  };
}
