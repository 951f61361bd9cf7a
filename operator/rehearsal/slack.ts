/**
 * What Slack really shows of a rehearsal:
 * docs.slack.dev/reference/methods/{conversations.history,conversations.replies}
 */
import type { WebClient } from '@slack/web-api';
import type { Twilio } from 'twilio';
import type { DialList } from '../../src/dial-list/list';
import { slackSpans } from '../../switchboard/terminal/slack-text';
import { inWords, slackOf, wordOf } from '../service/slack';
import { asIs, type Text, text } from '../text';

type Asking = {
  readonly client: Twilio;
  readonly list: DialList;
  readonly env: Readonly<Record<string, string>>;
  /** ms since epoch at which it began. */
  readonly since: number;
  /** The page's id in the record. */
  readonly page: string;
};

/** The number of messages that are read; some apps get no more than 15 at a time from Slack. */
const MOST = 15;
const CURSOR = 'mackerel-kaden.cursor';

export async function slackShows(asking: Asking): Promise<readonly Text[]> {
  const { SLACK_BOT_TOKEN: token, SLACK_CHANNEL: channel } = asking.env;
  if (!token || !channel) return [asking.env.SLACK_WEBHOOK_URL ? LOOK : NO_SLACK];
  const slack = slackOf(token);
  try {
    return await messagesOf(slack, channel, asking);
  } catch (fault) {
    if (wordOf(fault as Error) !== 'missing_scope') {
      const { en, ja } = inWords(fault as Error);
      return [text(`✗ Slack cannot be read: ${en}`, `✗ Slack を読めません: ${ja}`)];
    }
    return [...NO_SCOPE, await linkTo(slack, asking).catch(() => LOOK)];
  }
}

async function messagesOf(
  slack: WebClient,
  channel: string,
  { list, since }: Asking,
): Promise<readonly Text[]> {
  const { bot_id } = await slack.auth.test();
  const oldest = String(since / 1000 - 5);
  const { messages = [] } = await slack.conversations.history({ channel, oldest, limit: MOST });
  // The newest first. Replies that are only in a thread are not among them.
  const heading = messages.findLast((message) => message.bot_id === bot_id);
  if (!heading?.ts) return [text('✗ Slack shows nothing of it', '✗ Slack に投稿がありません')];
  const { messages: thread = [] } = await slack.conversations.replies({
    channel,
    ts: heading.ts,
    limit: MOST,
  });
  const replies = thread.filter(({ ts }) => ts !== heading.ts);
  return [
    text('Slack shows:', 'Slack の表示:'),
    ...indented(heading.text, '  ', list),
    ...replies.flatMap((reply) => indented(reply.text, '    ', list)),
  ];
}

/** As a person sees it. */
function indented(words: string | undefined, indent: string, list: DialList): readonly Text[] {
  const lines = (words ?? '').split('\n').map((line) => slackSpans(line, list));
  return lines.map((spans) => asIs(indent + spans.map(({ text: part }) => part).join('')));
}

/** Needs no scope, and shows that the message exists. */
async function linkTo(slack: WebClient, { client, env, page }: Asking): Promise<Text> {
  const service = client.sync.v1.services(env.SYNC_SERVICE_SID || 'default');
  const { data } = await service.documents(CURSOR).fetch();
  const thread = (data as { readonly threads?: Readonly<Record<string, string>> }).threads?.[page];
  if (!thread) return text('✗ Nothing of it was posted', '✗ 投稿の記録がありません');
  // As `src/slack/bot.ts` writes it.
  const [channel = '', ts = ''] = thread.split('/');
  const { permalink } = await slack.chat.getPermalink({ channel, message_ts: ts });
  return text(`Its message is there: ${permalink}`, `投稿はここにあります: ${permalink}`);
}

const LOOK = text(
  'Look into Slack: it says that it was a test, and what happened.',
  'Slack を確認してください。テストであることと、経過が書かれています。',
);
const NO_SLACK = text(
  'No Slack is set up, so nobody was told.',
  'Slack が未設定のため、誰にも通知されていません。',
);
const NO_SCOPE = [
  text(
    'The bot may not read what it posted. To see it here, add the scope',
    'Bot に投稿を読む権限がありません。ここに表示するには、スコープ',
  ),
  text(
    'channels:history (groups:history for a private channel), and install it again.',
    'channels:history（プライベートなら groups:history）を追加して再インストールします。',
  ),
];
