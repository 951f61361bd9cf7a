/** From a clone to a phone that rings: `npm run setup`. Run again, it goes on where it was, and changes nothing that is right. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { judge, LIST_FILE } from '../scripts/build/judge';
import type { Language } from '../src/dial-list/list';
import { languageOf } from '../switchboard/terminal/language';
import { openBlankPractice } from './practice/blank';
import { root as here } from './project';
import { openSetup } from './setup/open';
import { isSomebodyThere, terminalPrompter } from './setup/prompter';
import { runSetup } from './setup/run';
import { text } from './text';

const USAGE = text(
  `npm run setup [-- options]

  --account-sid AC…       the Twilio account; its token goes into .env, or is asked for
  --way call|webhook      bridge, or direct
  --number-a +81…         the number that people see
  --number-b +81…         the number that Mackerel calls
  --slack-channel NAME    the channel that is told
  --services A,B          Mackerel's services whose alerts ring
  --environment SUFFIX    which deployment: dev (default), or "" for production
  --yes                   asks nothing: takes .env, these options and what is likely
  --replace               also replaces what answers the numbers now
  --dry-run               only says what it would do
  --lang ja|en            instead of the terminal's language
  --practice              on the switchboard, without any account`,
  `npm run setup [-- オプション]

  --account-sid AC…       Twilio アカウント（Auth Token は .env に書くか、質問に答えます）
  --way call|webhook      bridge か direct か
  --number-a +81…         呼び出し時に表示される番号
  --number-b +81…         Mackerel の着信先の番号
  --slack-channel 名前    通知先のチャンネル
  --services A,B          電話を鳴らす Mackerel のサービス
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
  environment: { type: 'string', default: 'dev' },
  yes: { type: 'boolean', default: false },
  replace: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  lang: { type: 'string' },
  practice: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS });
  const { lang, environment, help, practice: wantsPractice, 'dry-run': isDryRun, ...given } = values;
  const language: Language = lang === 'ja' || lang === 'en' ? lang : languageOf(process.env);
  if (help) {
    console.log(USAGE[language]);
    return 0;
  }
  const isSomebody = isSomebodyThere(process, process.env);
  if (!isSomebody && !given.yes && !isDryRun)
    return refuse(
      text(
        'Nobody can be asked here: run it in a terminal, or with --yes.',
        'ここでは質問できません。端末で実行するか、--yes を付けてください。',
      )[language],
    );
  const { list, faults } = judge(readFileSync(join(here, LIST_FILE)), null, language);
  if (!list)
    return refuse(faults.map(({ line, message }) => `${LIST_FILE}:${line ?? 1} ${message}`).join('\n'));
  const practice = wantsPractice ? await openBlankPractice(here, list) : null;
  const { yes: saysYes, replace: saysReplace, ...flags } = given;
  const setup = openSetup({
    root: practice?.root ?? here,
    list,
    language,
    environment,
    flags,
    isDryRun,
    saysYes,
    saysReplace,
    practice,
    prompter: isSomebody ? await terminalPrompter(language) : null,
    write: (line) => void process.stdout.write(line),
  });
  try {
    return await runSetup(setup);
  } finally {
    practice?.close();
  }
}

function refuse(why: string): number {
  console.error(`${pc.red('✗')} ${why}`);
  return 2;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (fault: Error) => {
    console.error(`${pc.red('✗')} ${fault.message}`);
    process.exitCode = 2;
  },
);
