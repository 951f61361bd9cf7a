/** Slack: a bot, its channel, and a first message. */
import type { WebClient } from '@slack/web-api';
import { StepFault } from '../../fault';
import { inWords, slackOf, wordOf } from '../../service/slack';
import { asIs, type Text, text } from '../../text';
import { change, type Setup, type Step } from '../setup';

export const slackStep: Step = { title: text('Slack', 'Slack'), run };

/** The last one is for `npm run rehearse`, which shows what was posted. */
const SCOPES = ['chat:write', 'channels:read', 'channels:join', 'channels:history'];

async function run(setup: Setup): Promise<void> {
  const { ask, env, tell, todo } = setup;
  if (!env.get('SLACK_BOT_TOKEN'))
    tell.hint(
      text(
        'Make the app: https://api.slack.com/apps?new_app=1, “From a manifest”, paste operator/slack-manifest.json, install it, copy the Bot User OAuth Token',
        'アプリを作成: https://api.slack.com/apps?new_app=1 の「From a manifest」に operator/slack-manifest.json を貼り付け、インストールし、Bot User OAuth Token をコピー',
      ),
    );
  const token = await ask.value({
    name: 'SLACK_BOT_TOKEN',
    isSecret: true,
    isOptional: true,
    question: text('Slack bot token (xoxb-…)', 'Slack の Bot Token（xoxb-…）'),
    check: refused,
  });
  if (token === null) {
    todo.push(
      text(
        'Slack: without it nobody is told who took an alert, or that nobody did',
        'Slack を設定する（誰が対応したか、誰も応答しなかったことが伝わりません）',
      ),
    );
    return;
  }
  const client = slackOf(token);
  const auth = await client.auth.test();
  tell.right(text(`the bot of ${auth.team}`, `${auth.team} の Bot`));
  const scopes = auth.response_metadata?.scopes ?? [];
  const missing = SCOPES.filter((scope) => !scopes.includes(scope));
  if (scopes.length > 0 && missing.length > 0)
    tell.hint(
      text(
        `scopes that it lacks: ${missing.join(', ')} (add them, and install the app again)`,
        `不足しているスコープ: ${missing.join(', ')}（追加してアプリを再インストール）`,
      ),
    );
  await channelOf(setup, client);
  tell.hint(
    text(
      'Slack does not say whether the bot may use @channel: a page that nobody answers shows it',
      'Bot が @channel を使えるかは API では分かりません。誰も応答しない呼び出しで確かめてください',
    ),
  );
}

async function refused(token: string): Promise<Text | null> {
  if (!token.startsWith('xoxb-'))
    return text('A bot token begins with xoxb-', 'Bot Token は xoxb- で始まります');
  return slackOf(token)
    .auth.test()
    .then(
      () => null,
      (fault: Error) => {
        const { en, ja } = inWords(fault);
        return text(`The token: ${en}`, `Bot Token: ${ja}`);
      },
    );
}

/** By name, because nobody knows IDs; an ID in `.env` is checked as well. */
async function channelOf(setup: Setup, client: WebClient): Promise<void> {
  const { ask, env, tell } = setup;
  const before = env.get('SLACK_CHANNEL');
  let found: Channel | null = null;
  const check = async (given: string) => {
    found = await lookedUp(client, given.replace(/^#/, ''));
    if (found === null)
      return text(`No channel ${given} that the bot can see`, `${given} というチャンネルが見つかりません`);
    return found.is_archived
      ? text(`#${found.name} is archived`, `#${found.name} はアーカイブ済みです`)
      : null;
  };
  await ask.value({
    name: 'SLACK_CHANNEL',
    flag: 'slack-channel',
    question: text('Which Slack channel should we post to? (its name)', '通知先の Slack チャンネル名'),
    check,
  });
  const channel = found as Channel | null;
  if (!channel?.id) return;
  const { id, name = id } = channel;
  tell.right(asIs(`#${name}`));
  await introduced(setup, client, channel, before === id);
  // Only now: if it is interrupted before this, the next run posts the first message.
  env.set('SLACK_CHANNEL', id);
}

async function introduced(
  setup: Setup,
  client: WebClient,
  { id = '', name = id, is_member }: Channel,
  isKnown: boolean,
): Promise<void> {
  const isIn =
    is_member ||
    (await change(
      setup,
      {
        may: text(`Let the bot join #${name}?`, `Bot を #${name} に参加させますか？`),
        done: text(`the bot joins #${name}`, `Bot が #${name} に参加`),
      },
      () => joined(client, id, name),
    ));
  if (!isIn || (isKnown && is_member)) return;
  const hello = text(
    'mackerel-kaden is being set up here. From now on it tells here whom it rings, and who takes what.',
    'mackerel-kaden を設定しています。これからは、誰を呼び出し、誰が対応したかをここに投稿します。',
  );
  await change(
    setup,
    {
      may: text(`Post hello to #${name}?`, `#${name} に挨拶を投稿しますか？`),
      done: text(`hello in #${name}`, `#${name} に挨拶を投稿`),
    },
    () => client.chat.postMessage({ channel: id, text: hello[setup.list.language] }),
  );
}

type Channel = { id?: string; name?: string; is_archived?: boolean; is_member?: boolean };

async function lookedUp(client: WebClient, given: string): Promise<Channel | null> {
  if (/^[CG][A-Z0-9]{6,}$/.test(given)) {
    const info = await client.conversations.info({ channel: given }).catch(() => null);
    return info?.channel ?? null;
  }
  for (const types of ['public_channel,private_channel', 'public_channel']) {
    const found = await named(client, given, types).catch((fault: Error) => fault);
    if (!(found instanceof Error)) return found;
    // Without groups:read, private ones may not be requested.
    if (wordOf(found) !== 'missing_scope') throw lacking(found);
  }
  throw lacking(new Error('missing_scope'));
}

async function named(client: WebClient, given: string, types: string): Promise<Channel | null> {
  let cursor: string | undefined;
  do {
    const page = await client.conversations.list({
      types,
      limit: 900,
      exclude_archived: false,
      ...(cursor && { cursor }),
    });
    const found = (page.channels ?? []).find(({ name }) => name === given);
    if (found) return found;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return null;
}

const lacking = (fault: Error) =>
  stopped(
    fault,
    text('Slack lists no channels', 'チャンネル一覧を取得できません'),
    text(
      'Add the scope channels:read, install the app again; or write the channel’s ID.',
      'スコープ channels:read を追加して再インストールするか、チャンネル ID を指定してください。',
    ),
  );

async function joined(client: WebClient, channel: string, name: string): Promise<void> {
  await client.conversations.join({ channel }).catch((fault: Error) => {
    throw stopped(
      fault,
      text(`The bot cannot join #${name}`, `#${name} に参加できません`),
      text(
        `In Slack, write /invite @mackerel-kaden in #${name}.`,
        `Slack の #${name} で /invite @mackerel-kaden を実行してください。`,
      ),
    );
  });
}

/** @param remedy for what Slack refuses; silence passes by itself */
function stopped(fault: Error, what: Text, remedy: Text): StepFault {
  const why = inWords(fault);
  return new StepFault(
    text(`${what.en}: ${why.en}`, `${what.ja}: ${why.ja}`),
    wordOf(fault) ? remedy : text('Try again in a while.', '時間をおいて再実行してください。'),
  );
}
