/** Checks everything that a phone needs to ring tonight: `npm run doctor`. Changes nothing. */
import pc from 'picocolors';
import { command } from './command';
import { examine, isWell } from './doctor/examine';
import { openPatient } from './doctor/open';
import { asJson, report } from './doctor/report';
import { StepFault } from './fault';
import { openPractice } from './practice/in-order';
import { listOrFault, readEnv, root } from './project';
import { text } from './text';

const USAGE = text(
  `npm run doctor [-- options]

  --environment SUFFIX   which deployment: dev (default), or "" for production
  --voicemail SECONDS    after how long your carriers' voicemails answer
                         (default 15; docomo about 15, au and SoftBank 20 to 24)
  --carriers             asks Twilio for each member's line type and carrier;
                         Twilio charges for each number (Lookup, Line Type
                         Intelligence)
  --json                 for scripts
  --lang ja|en           instead of the terminal's language
  --practice             on the switchboard, without any account

Takes at most some 10 s. Exits with 0 if nothing is wrong and all could be
checked, else with 1.`,
  `npm run doctor [-- オプション]

  --environment SUFFIX   対象の環境: dev（既定）、本番は ""
  --voicemail 秒数       留守番電話が応答するまでの秒数
                         （既定 15。docomo は約 15、au と SoftBank は 20〜24）
  --carriers             各メンバーの回線種別と携帯電話会社を Twilio に照会
                         （Lookup の Line Type Intelligence。番号ごとに課金）
  --json                 スクリプト用に JSON で出力
  --lang ja|en           表示言語を指定
  --practice             アカウントなしで、交換機の上で試す

所要時間は長くても 10 秒ほどです。異常がなく、すべて確認できれば 0、
そうでなければ 1 で終了します。`,
);

const OPTIONS = {
  environment: { type: 'string', default: 'dev' },
  voicemail: { type: 'string', default: '15' },
  carriers: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  practice: { type: 'boolean', default: false },
} as const;

void command(USAGE, OPTIONS, async (wanted, language) => {
  const list = listOrFault();
  const voicemailSeconds = Number(wanted.voicemail);
  if (!(voicemailSeconds > 0))
    throw new StepFault(
      text(
        `--voicemail ${wanted.voicemail} is no number of seconds`,
        `--voicemail ${wanted.voicemail} は秒数ではありません`,
      ),
      text('Write seconds, as in --voicemail 20', '--voicemail 20 のように書いてください'),
    );
  const practice = wanted.practice ? await openPractice(root, list) : null;
  try {
    const env = practice?.env ?? readEnv();
    if (!env.ACCOUNT_SID || !env.AUTH_TOKEN)
      throw new StepFault(
        text('No Twilio account in .env', '.env に Twilio アカウントがありません'),
        text(
          'Write ACCOUNT_SID and AUTH_TOKEN into .env, or try it with --practice.',
          '.env に ACCOUNT_SID と AUTH_TOKEN を書いてください。--practice で試すこともできます。',
        ),
      );
    const patient = openPatient({
      root,
      env,
      list,
      environment: wanted.environment,
      voicemailSeconds,
      looksUpCarriers: wanted.carriers,
      isPractice: practice !== null,
    });
    const chapters = await examine(patient);
    const { columns = 80 } = process.stdout;
    const look = { language, width: Math.min(columns, 110), hasColour: pc.isColorSupported };
    process.stdout.write(wanted.json ? `${asJson(chapters, language)}\n` : report(chapters, look));
    return isWell(chapters) ? 0 : 1;
  } finally {
    practice?.close();
  }
});
