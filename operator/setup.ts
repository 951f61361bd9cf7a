/**
 * From a clone to a phone that rings: `npm run setup`. A second run goes on where the first stopped, and changes
 * nothing that is right.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, LIST_FILE } from '../scripts/build/judge';
import { command } from './command';
import { StepFault } from './fault';
import { openBlankPractice } from './practice/blank';
import { root as here } from './project';
import { openSetup } from './setup/open';
import { isSomebodyThere, terminalPrompter } from './setup/prompter';
import { runSetup } from './setup/run';
import { asIs, text } from './text';

const USAGE = text(
  `npm run setup [-- options]

  --account-sid AC…       the Twilio account; its token is read from .env,
                          or asked for
  --way bridge|direct     how people are rung
  --number-a +81…         the number that people see
  --number-b +81…         the number that Mackerel calls; if another account has
                          it, NUMBER_B_ACCOUNT_SID and NUMBER_B_AUTH_TOKEN
                          are read from the environment
  --slack-channel NAME    the channel that is told
  --services A,B          Mackerel's services whose alerts ring
  --service NAME          Mackerel's service that gets figures of each page
  --environment SUFFIX    which deployment: dev (default), or "" for production
  --yes                   asks nothing: takes .env, these options, and what
                          is likely
  --replace               also replaces what answers the numbers now
  --dry-run               only says what it would do
  --lang ja|en            instead of the terminal's language
  --practice              on the switchboard, without any account`,
  `npm run setup [-- オプション]

  --account-sid AC…       Twilio アカウント（Auth Token は .env から読むか、
                          質問します）
  --way bridge|direct     呼び出し方
  --number-a +81…         呼び出し時に表示される番号
  --number-b +81…         Mackerel の着信先の番号。別アカウントなら、環境変数
                          NUMBER_B_ACCOUNT_SID と NUMBER_B_AUTH_TOKEN を読みます
  --slack-channel 名前    通知先のチャンネル
  --services A,B          電話を鳴らす Mackerel のサービス
  --service 名前          呼び出しの記録を投稿する Mackerel のサービス
  --environment SUFFIX    対象の環境: dev（既定）、本番は ""
  --yes                   質問せず、.env とオプションの値で進める
  --replace               番号の現在の応答先も置き換える
  --dry-run               何をするかだけを表示
  --lang ja|en            表示言語を指定
  --practice              アカウントなしで、交換機の上で試す`,
);

const OPTIONS = {
  'account-sid': { type: 'string' },
  way: { type: 'string' },
  'number-a': { type: 'string' },
  'number-b': { type: 'string' },
  'slack-channel': { type: 'string' },
  services: { type: 'string' },
  service: { type: 'string' },
  environment: { type: 'string', default: 'dev' },
  yes: { type: 'boolean', default: false },
  replace: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  practice: { type: 'boolean', default: false },
} as const;

void command(USAGE, OPTIONS, async (wanted, language) => {
  const { environment, practice: wantsPractice, 'dry-run': isDryRun, yes, replace, ...given } = wanted;
  const isSomebody = isSomebodyThere(process, process.env);
  if (!isSomebody && !yes && !isDryRun)
    throw new StepFault(
      text('Nobody can be asked here', 'ここでは質問できません'),
      text('Run it in a terminal, or with --yes.', '端末で実行するか、--yes を付けてください。'),
    );
  const { list, faults } = judge(readFileSync(join(here, LIST_FILE)), null, language);
  if (!list) {
    const said = faults.map(({ line, message }) => `${LIST_FILE}:${line ?? 1} ${message}`).join('\n');
    throw new StepFault(
      asIs(said),
      text('Correct it, and run this again.', '直してから、もう一度実行してください。'),
    );
  }
  const practice = wantsPractice ? await openBlankPractice(here, list) : null;
  const setup = openSetup({
    root: practice?.root ?? here,
    list,
    language,
    environment,
    flags: given,
    isDryRun,
    saysYes: yes,
    saysReplace: replace,
    practice,
    surroundings: process.env,
    prompter: isSomebody ? await terminalPrompter(language) : null,
    write: (line) => void process.stdout.write(line),
    width: Math.min(process.stdout.columns || 80, 100),
  });
  try {
    return await runSetup(setup);
  } finally {
    practice?.close();
  }
});
