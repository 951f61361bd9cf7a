/** A real call through the deployed service, reported as it happens: `npm run rehearse`. */
import pc from 'picocolors';
import twilio from 'twilio';
import type { DialList, Language } from '../src/dial-list/list';
import { command } from './command';
import { StepFault } from './fault';
import { openPractice } from './practice/in-order';
import { listOrFault, readEnv, root, SERVICE } from './project';
import { callAsMackerelDoes, callDirectly } from './rehearsal/begin';
import { follow } from './rehearsal/follow';
import { musicAtTheEnd } from './rehearsal/music';
import { inTurn, practise } from './rehearsal/people';
import { recordOf } from './rehearsal/record';
import { slackShows } from './rehearsal/slack';
import { lineOf, resultOf } from './rehearsal/tell';
import { findDeployment } from './service/deployment';
import type { PageRecord } from './service/history';
import { isSomebodyThere, terminalPrompter } from './setup/prompter';
import { type Text, text } from './text';

const USAGE = text(
  `npm run rehearse [-- options]

  --to NAME              rings this member alone; otherwise everybody, in
                         tonight's order
  --direct               by calls of our own, also where Mackerel's call is used
                         at night
  --dry-run              only shows tonight's order
  --yes                  does not ask whether people may be rung
  --environment SUFFIX   which deployment: dev (default), or "" for production
  --lang ja|en           instead of the terminal's language
  --practice             on the switchboard, without any account

People really are rung. Exits with 0 if somebody took it, else with 1.`,
  `npm run rehearse [-- オプション]

  --to 名前              このメンバーだけを呼び出す（省略すると今夜の順に全員）
  --direct               Mackerel の通話を使わず、こちらから直接発信する
  --dry-run              今夜の順番だけを表示
  --yes                  確認せずに呼び出す
  --environment SUFFIX   対象の環境: dev（既定）、本番は ""
  --lang ja|en           表示言語を指定
  --practice             アカウントなしで、交換機の上で試す

実際に電話がかかります。誰かが対応すれば 0、そうでなければ 1 で終了します。`,
);

const OPTIONS = {
  to: { type: 'string' },
  direct: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  environment: { type: 'string', default: 'dev' },
  practice: { type: 'boolean', default: false },
} as const;

type Wanted = { readonly to?: string; readonly direct: boolean; readonly environment: string };

void command(USAGE, OPTIONS, async (values, language) => {
  const say = (words: Text) => void process.stdout.write(`${words[language]}\n`);
  const list = listOrFault();
  if (values.to !== undefined && !list.members.some(({ name }) => name === values.to))
    throw new StepFault(
      text(`Nobody on the list is called ${values.to}`, `連絡先リストに ${values.to} がいません`),
      text(
        `Take one of ${list.members.map(({ name }) => name).join(', ')}`,
        `次のいずれかです: ${list.members.map(({ name }) => name).join('、')}`,
      ),
    );
  const order = values.to === undefined ? inTurn(list, Date.now()) : [values.to];
  say(text(`Tonight: ${order.join(' → ')}`, `今夜の順番: ${order.join(' → ')}`));
  if (values['dry-run']) return 0;
  const own = readEnv();
  if (!values.practice) {
    credentialsIn(own);
    if (!values.yes && !(await mayRing(language, order))) return 1;
  }
  const practice = values.practice ? await openPractice(root, list) : null;
  try {
    if (practice) practise(practice.board, order);
    return await rehearse({ list, env: practice?.env ?? own, wanted: values, say });
  } finally {
    practice?.close();
  }
});

async function mayRing(language: Language, order: readonly string[]): Promise<boolean> {
  if (!isSomebodyThere(process, process.env))
    throw new StepFault(
      text('Nobody can be asked here whether people may be rung', 'ここでは確認できません'),
      text('Run it in a terminal, or with --yes.', '端末で実行するか、--yes を付けてください。'),
    );
  const question = text(
    `Really ring ${order.length} phone(s) now?`,
    `今から実際に ${order.length} 人に電話をかけます。よろしいですか？`,
  );
  return (await terminalPrompter(language)).yes(question[language]);
}

type Asking = {
  readonly list: DialList;
  readonly env: Readonly<Record<string, string>>;
  readonly wanted: Wanted;
  readonly say: (words: Text) => void;
};

async function rehearse({ list, env, wanted, say }: Asking): Promise<number> {
  const { to, direct } = wanted;
  const { client, domain } = await placeOf(env, wanted.environment);
  const place = { client, env, domain, fetch: (...given: Parameters<typeof fetch>) => fetch(...given) };
  const isDirect = direct || to !== undefined || list.start === 'webhook';
  const begun = isDirect ? await callDirectly(place, to) : await callAsMackerelDoes(place);
  await follow({
    client,
    begun,
    members: list.members,
    callerId: env.CALLER_ID ?? '',
    longest: longestOf(list),
    onSeen(seen) {
      const line = lineOf(seen);
      if (line) say(line);
    },
  });
  const music = await musicAtTheEnd(client, begun);
  const found = await recordOf(client, env.SYNC_SERVICE_SID, begun.at);
  say(text('', ''));
  for (const line of found ? resultOf(found.record) : []) say(line);
  if (music) say(marked(music.isOver, music.words));
  const isTaken = found !== null && wasTaken(found.record, to !== undefined);
  say(marked(isTaken, verdictOf(found !== null, isTaken)));
  if (found) {
    say(text('', ''));
    for (const line of await slackShows({ client, list, env, since: begun.at, page: found.page })) say(line);
  }
  return isTaken && music?.isOver !== false ? 0 : 1;
}

function credentialsIn({ ACCOUNT_SID: sid, AUTH_TOKEN: token }: Asking['env']): [string, string] {
  if (sid && token) return [sid, token];
  throw new StepFault(
    text('No Twilio account in .env', '.env に Twilio アカウントがありません'),
    text('npm run setup, or try --practice', 'npm run setup を実行するか、--practice で試してください'),
  );
}

async function placeOf(env: Asking['env'], environment: string) {
  const client = twilio(...credentialsIn(env));
  const deployment = await findDeployment(client, SERVICE, environment);
  if (deployment) return { client, domain: deployment.domain };
  throw new StepFault(
    text('Nothing is deployed', 'デプロイされていません'),
    text('npm run setup', 'npm run setup を実行してください'),
  );
}

/** Seconds that all rounds take if nobody takes it and everybody listens to the end. */
const longestOf = ({ members, pauseSeconds, rounds }: DialList): number =>
  120 + rounds * (pauseSeconds + members.reduce((sum, { ringSeconds }) => sum + ringSeconds + 95, 0));

/** With only one member, a page that is passed on has shown everything. */
const wasTaken = ({ end, attempts = [] }: PageRecord, isOfOne: boolean): boolean =>
  end === 'taken' || (isOfOne && attempts.some(({ outcome }) => outcome === 'passed'));

function verdictOf(isOnRecord: boolean, isTaken: boolean): Text {
  if (!isOnRecord)
    return text(
      'The service has no record of it: npm run doctor',
      '記録がありません: npm run doctor で確認してください',
    );
  return isTaken
    ? text(
        'It rings, and keys are heard. The doctor knows of it.',
        '電話が鳴り、キー操作も届きました。npm run doctor にも反映されます。',
      )
    : text('Nobody took it', '誰も対応しませんでした');
}

function marked(isWell: boolean, { en, ja }: Text): Text {
  const mark = isWell ? pc.green('✓') : pc.red('✗');
  return text(`${mark} ${en}`, `${mark} ${ja}`);
}
