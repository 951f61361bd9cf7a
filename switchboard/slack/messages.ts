/** The messages of a workspace, as a person would see them. */
import type { Clock } from '../clock';
import { type Arguments, textOf } from './arguments';
import { type Content, readContent } from './content';
import { type Channel, closedTo, mentionsChannel, type Workspace } from './workspace';

export type SlackMessage = {
  /** Slack's name for a message: seconds since epoch, a dot, six digits; unique in a channel. */
  ts: string;
  /** The channel's ID, however it was written. */
  channel: string;
  threadTs?: string;
  /** A reply that is also shown in the channel; otherwise only followers of the thread see it. */
  broadcast?: true;
  text: string;
  blocks?: unknown[];
  attachments?: unknown[];
  edits: number;
  via: 'bot' | 'webhook';
};

type Options = {
  readonly clock: Clock;
  readonly workspace: Workspace;
  /**
   * A reply to a deleted message. Slack's documentation does not say; others have seen it posted silently in the
   * channel: github.com/slack-go/slack/issues/1571
   */
  readonly orphanReply: 'posted-in-channel' | 'refused';
  readonly onPost?: (message: SlackMessage, kind: 'posted' | 'updated') => void;
};

/** Each returns Slack's word of refusal instead of a message, if Slack would refuse it. */
export type Messages = {
  readonly all: readonly SlackMessage[];
  find(channel: Channel, ts: unknown): SlackMessage | undefined;
  post(channel: Channel, given: Arguments, via: SlackMessage['via']): SlackMessage | string;
  update(channel: Channel, given: Arguments): SlackMessage | string;
  /** Somebody deletes a message; its thread stays. */
  remove(ts: string): void;
};

export function openMessages({ clock, workspace, orphanReply, onPost }: Options): Messages {
  const all: SlackMessage[] = [];
  let lastMicros = 0;

  const find = (channel: Channel, ts: unknown) =>
    all.find((message) => message.channel === channel.id && message.ts === ts);

  function nextTs(): string {
    lastMicros = Math.max(lastMicros + 1, clock.now() * 1000);
    return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
  }

  /** The parent of a new message; none if it is not a reply, or its parent does not exist. */
  function parentOf(channel: Channel, given: Arguments): { threadTs?: string } | string {
    const threadTs = textOf(given.thread_ts);
    if (threadTs === undefined) return {};
    if (!workspace.mayReply) return 'restricted_action_thread_locked';
    if (find(channel, threadTs)) return { threadTs };
    return orphanReply === 'refused' ? 'thread_not_found' : {};
  }

  function post(channel: Channel, given: Arguments, via: SlackMessage['via']): SlackMessage | string {
    const content = allowed(readContent(given), workspace);
    if (typeof content === 'string') return content;
    const closed = closedTo(channel);
    // A webhook needs no bot in the channel.
    if (closed && !(via === 'webhook' && closed === 'not_in_channel')) return closed;
    const parent = parentOf(channel, given);
    if (typeof parent === 'string') return parent;
    const message: SlackMessage = {
      ts: nextTs(),
      channel: channel.id,
      ...parent,
      ...(parent.threadTs !== undefined && String(given.reply_broadcast) === 'true' && { broadcast: true }),
      ...copyOf(content),
      edits: 0,
      via,
    };
    all.push(message);
    onPost?.(message, 'posted');
    return message;
  }

  /**
   * Blocks and attachments that are left out stay; an empty list removes them:
   * docs.slack.dev/reference/methods/chat.update
   */
  function update(channel: Channel, given: Arguments): SlackMessage | string {
    if (channel.isArchived) return 'is_inactive';
    const message = find(channel, given.ts);
    if (!message) return 'message_not_found';
    if (message.via !== 'bot') return 'cant_update_message';
    if (!workspace.mayEdit) return 'edit_window_closed';
    const content = allowed(readContent(given), workspace);
    if (typeof content === 'string') return content;
    Object.assign(message, copyOf(content), { edits: message.edits + 1 });
    onPost?.(message, 'updated');
    return message;
  }

  return {
    all,
    find,
    post,
    update,
    remove(ts) {
      const index = all.findIndex((message) => message.ts === ts);
      if (index < 0) throw new Error(`There is no message ${ts} to delete`);
      all.splice(index, 1);
    },
  };
}

function allowed(content: Content | string, workspace: Workspace): Content | string {
  if (typeof content === 'string') return content;
  if (mentionsChannel(content) && !workspace.mayMentionChannel) return 'restricted_action';
  return workspace.refuses(content) ?? content;
}

function copyOf(content: Content): Pick<SlackMessage, 'text' | 'blocks' | 'attachments'> {
  return structuredClone(content) as Pick<SlackMessage, 'text' | 'blocks' | 'attachments'>;
}
