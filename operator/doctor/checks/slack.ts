/**
 * Slack: whether the news of the night will be posted.
 * docs.slack.dev/reference/methods/{auth.test,conversations.info}
 */
import { wordOf } from '../../service/slack';
import { asIs, text } from '../../text';
import { type Check, right, unknown, wrong } from '../check';
import type { Patient } from '../patient';

const SCOPE = 'chat:write';

const token: Check = {
  id: 'slack.token',
  what: text('Slack', 'Slack'),
  async look({ asked, env, slack: bot }) {
    if (!bot) return env.SLACK_WEBHOOK_URL ? BY_WEBHOOK : NOWHERE;
    const auth = await asked.slack().catch((fault: Error) => fault);
    if (!(auth instanceof Error)) return right(asIs(`${auth?.team}`));
    const word = wordOf(auth);
    if (!word) throw auth;
    return wrong(
      asIs(word),
      text(
        'Install the app again, and copy the new bot token.',
        'アプリを再インストールし、新しい Bot Token を設定してください。',
      ),
    );
  },
};

const BY_WEBHOOK = unknown(
  text(
    'an incoming webhook; only a post tells whether it works',
    'Incoming Webhook（投稿してみないと確認できません）',
  ),
  text(
    'A bot shows more: one message a page, updated.',
    'Bot なら 1 回の呼び出しを 1 つのメッセージで更新できます。',
  ),
);
const NOWHERE = wrong(
  text('nothing is posted anywhere', '通知先がありません'),
  text('Set SLACK_BOT_TOKEN and SLACK_CHANNEL.', 'SLACK_BOT_TOKEN と SLACK_CHANNEL を設定してください。'),
);

/** Null if there is no bot, or Slack refuses its token: the line above says so. */
async function scopesOf({ asked }: Patient): Promise<readonly string[] | null> {
  try {
    const auth = await asked.slack();
    return auth && (auth.response_metadata?.scopes ?? []);
  } catch (fault) {
    if (wordOf(fault as Error)) return null;
    throw fault;
  }
}

const scopes: Check = {
  id: 'slack.scopes',
  what: text('Slack scopes', 'Slack のスコープ'),
  async look(patient) {
    const found = await scopesOf(patient);
    if (!found) return null;
    if (found.length === 0) return unknown(text('Slack did not tell', '取得できません'));
    return found.includes(SCOPE)
      ? right(asIs(found.join(', ')))
      : wrong(
          asIs(found.join(', ')),
          text(
            `Add ${SCOPE}, and install the app again.`,
            `${SCOPE} を追加し、アプリを再インストールしてください。`,
          ),
        );
  },
};

const channel: Check = {
  id: 'slack.channel',
  what: text('Slack channel', 'Slack のチャンネル'),
  async look(patient) {
    const found = await scopesOf(patient);
    if (!found || !patient.slack) return null;
    const { client, channel: id } = patient.slack;
    const info = await client.conversations.info({ channel: id }).catch((fault: Error) => fault);
    if (info instanceof Error) return refused(info);
    const { name = id, is_archived, is_member } = info.channel ?? {};
    if (is_archived)
      return wrong(
        text(`#${name} is archived`, `#${name} はアーカイブ済みです`),
        text('Take another channel.', '別のチャンネルにしてください。'),
      );
    if (!is_member && !found.includes('chat:write.public'))
      return wrong(
        text(`the bot is not in #${name}`, `Bot が #${name} に参加していません`),
        text(`In Slack: /invite @the-bot in #${name}`, `#${name} で /invite してください。`),
      );
    return right(asIs(`#${name}`));
  },
};

function refused(fault: Error) {
  const word = wordOf(fault);
  if (!word) throw fault;
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

export const slack: readonly Check[] = [token, scopes, channel];
