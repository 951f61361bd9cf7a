import type { SlackMessage } from './messages';

export const bot = { user: 'U0SWITCHBRD', bot_id: 'B0SWITCHBRD', app_id: 'A0SWITCHBRD', team: 'T0SWITCHBRD' };

/** As the Web API shows a message: docs.slack.dev/reference/events/message */
export function messageJson(message: SlackMessage): object {
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
