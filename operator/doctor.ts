/** Looks at all that must be so for a phone to ring tonight: `npm run doctor`. Changes nothing. */
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import type { Language } from '../src/dial-list/list';
import { languageOf } from '../switchboard/terminal/language';
import { examine, isWell } from './doctor/examine';
import { openPatient } from './doctor/open';
import { asJson, report } from './doctor/report';
import { openPractice } from './practice/in-order';
import { readEnv, readList, root } from './project';
import { text } from './text';

const USAGE = text(
  `npm run doctor [-- options]

  --environment SUFFIX   which deployment: dev (default), or "" for production
  --voicemail SECONDS    after how long your carriers' voicemails answer (default 15)
  --json                 for scripts
  --lang ja|en           instead of the terminal's language
  --practice             on the switchboard, without any account

Exits with 0 if nothing is wrong, else with 1.`,
  `npm run doctor [-- オプション]

  --environment SUFFIX   対象の環境: dev（既定）、本番は ""
  --voicemail SECONDS    留守番電話が応答するまでの秒数（既定 15）
  --json                 スクリプト用に JSON で出力
  --lang ja|en           表示言語を指定
  --practice             アカウントなしで、交換機の上で試す

異常がなければ 0、あれば 1 で終了します。`,
);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      environment: { type: 'string', default: 'dev' },
      voicemail: { type: 'string', default: '15' },
      json: { type: 'boolean', default: false },
      lang: { type: 'string' },
      practice: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const language: Language =
    values.lang === 'ja' || values.lang === 'en' ? values.lang : languageOf(process.env);
  if (values.help) {
    console.log(USAGE[language]);
    return 0;
  }
  const list = readList();
  if (!list)
    return refuse(text('Nothing is built: npm run build', 'ビルドされていません: npm run build')[language]);
  const practice = values.practice ? await openPractice(root, list) : null;
  try {
    const env = practice?.env ?? readEnv();
    if (!env.ACCOUNT_SID || !env.AUTH_TOKEN)
      return refuse(
        text(
          'Write ACCOUNT_SID and AUTH_TOKEN into .env, or try it with --practice.',
          '.env に ACCOUNT_SID と AUTH_TOKEN を書いてください。--practice で試すこともできます。',
        )[language],
      );
    const patient = await openPatient({
      root,
      env,
      list,
      environment: values.environment,
      voicemailSeconds: Number(values.voicemail),
      isPractice: practice !== null,
    });
    const chapters = await examine(patient);
    const { columns = 100 } = process.stdout;
    process.stdout.write(
      values.json
        ? `${asJson(chapters, language)}\n`
        : report(chapters, { language, width: Math.min(columns, 110), hasColour: pc.isColorSupported }),
    );
    return isWell(chapters) ? 0 : 1;
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
