/** A workspace's settings: its channels, and what an admin allows there. */
import type { Content } from './content';

export type Channel = {
  readonly id: string;
  /** Without `#`. */
  readonly name: string;
  isArchived?: boolean;
  /** The bot was never invited, or was removed. */
  isWithoutBot?: boolean;
};

/** Each may be changed during a story. */
export type Workspace = {
  readonly channels: readonly Channel[];
  /** The bot token's scopes: docs.slack.dev/reference/scopes */
  scopes: readonly string[];
  /** Who may use `@channel` is a setting of the workspace: slack.com/help/articles/115004855143 */
  mayMentionChannel: boolean;
  /** Off: an admin has locked the threads. */
  mayReply: boolean;
  /** Off: messages may not be edited, or not for long. */
  mayEdit: boolean;
  /** Slack's own words of refusal for messages with this content, in order. */
  refuses(content: Content): string | undefined;
};

export const openWorkspace = (channels: readonly Channel[]): Workspace => ({
  channels,
  scopes: ['chat:write', 'channels:read', 'channels:join', 'channels:history'],
  mayMentionChannel: true,
  mayReply: true,
  mayEdit: true,
  refuses: () => undefined,
});

/**
 * `chat.postMessage` takes "an encoded ID, or a name"; every other method only an ID:
 * docs.slack.dev/reference/methods
 */
export function channelOf({ channels }: Workspace, given: unknown, byName: boolean): Channel | undefined {
  const name = String(given).replace(/^#/, '');
  return channels.find((channel) => channel.id === given || (byName && channel.name === name));
}

/** Why the channel takes no post at all. */
export function closedTo(channel: Channel): 'is_archived' | 'not_in_channel' | undefined {
  if (channel.isArchived) return 'is_archived';
  return channel.isWithoutBot ? 'not_in_channel' : undefined;
}

export const mentionsChannel = ({ text }: Content) => /<!(channel|here|everyone)/.test(text);
