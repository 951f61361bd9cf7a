/** Slack: whether what happens at night will be told. docs.slack.dev/reference/methods/{auth.test,conversations.info} */
import { asIs, text } from '../../text';
import { about, type Finding } from '../finding';
import type { Patient } from '../patient';

const SCOPE = 'chat:write';

export async function slack({ slack: bot, env }: Patient): Promise<Finding[]> {
  const connected = about('slack.token', text('Slack', 'Slack'));
  if (!bot)
    return [
      env.SLACK_WEBHOOK_URL
        ? connected.unknown(
            text(
              'an incoming webhook; only a post tells whether it works',
              'Incoming Webhook（投稿してみないと確認できません）',
            ),
            text(
              'A bot shows more: one message a page, updated.',
              'Bot なら 1 回の呼び出しを 1 つのメッセージで更新できます。',
            ),
          )
        : connected.wrong(
            text('nothing is posted anywhere', '通知先がありません'),
            text(
              'Set SLACK_BOT_TOKEN and SLACK_CHANNEL.',
              'SLACK_BOT_TOKEN と SLACK_CHANNEL を設定してください。',
            ),
          ),
    ];
  const auth = await bot.client.auth.test().catch((fault: Error) => fault);
  if (auth instanceof Error)
    return [
      connected.wrong(
        asIs(wordOf(auth)),
        text(
          'Install the app again, and copy the new bot token.',
          'アプリを再インストールし、新しい Bot Token を設定してください。',
        ),
      ),
    ];
  const scopes = auth.response_metadata?.scopes ?? [];
  return [connected.right(asIs(`${auth.team}`)), scopeFinding(scopes), await channel(bot, scopes)];
}

function scopeFinding(scopes: readonly string[]): Finding {
  const { right, wrong, unknown } = about('slack.scopes', text('Slack scopes', 'Slack のスコープ'));
  if (scopes.length === 0) return unknown(text('Slack did not tell', '取得できません'));
  return scopes.includes(SCOPE)
    ? right(asIs(scopes.join(', ')))
    : wrong(
        asIs(scopes.join(', ')),
        text(
          `Add ${SCOPE}, and install the app again.`,
          `${SCOPE} を追加し、アプリを再インストールしてください。`,
        ),
      );
}

async function channel(
  { client, channel: id }: NonNullable<Patient['slack']>,
  scopes: readonly string[],
): Promise<Finding> {
  const { right, wrong, unknown } = about('slack.channel', text('Slack channel', 'Slack のチャンネル'));
  const info = await client.conversations.info({ channel: id }).catch((fault: Error) => fault);
  if (info instanceof Error) {
    const word = wordOf(info);
    if (word === 'missing_scope')
      return unknown(
        text('the bot has no permission to look at channels', 'チャンネル情報を読む権限がありません'),
        text(
          'Add channels:read (groups:read for a private one).',
          'channels:read（プライベートなら groups:read）を追加してください。',
        ),
      );
    return wrong(
      asIs(word),
      text('Write the channel’s ID, as in C012AB3CD.', 'チャンネル ID（C012AB3CD など）を書いてください。'),
    );
  }
  const { name = id, is_archived, is_member } = info.channel ?? {};
  if (is_archived)
    return wrong(
      text(`#${name} is archived`, `#${name} はアーカイブ済みです`),
      text('Take another channel.', '別のチャンネルにしてください。'),
    );
  if (!is_member && !scopes.includes('chat:write.public'))
    return wrong(
      text(`the bot is not in #${name}`, `Bot が #${name} に参加していません`),
      text(`In Slack: /invite @the-bot in #${name}`, `#${name} で /invite してください。`),
    );
  return right(asIs(`#${name}`));
}

/** Slack's own word for what is wrong: docs.slack.dev/tools/node-slack-sdk/web-api#handle-errors */
const wordOf = (fault: Error & { data?: { error?: string } }): string => fault.data?.error ?? fault.message;
