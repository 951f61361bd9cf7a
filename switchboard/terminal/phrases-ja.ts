import type { Act } from '../drill/scripted-people';
import type { Problem } from '../drill/verdict';
import type { Phrases } from './phrases';

const DOES: Record<Act, string> = {
  ignore: '出ない',
  voicemail: '留守番電話',
  busy: '話し中',
  pass: '2で次に回す',
  take: '1で引き受ける',
  'pick-up': '電話に出て引き受ける',
};

const WRONG: Record<Exclude<Problem['kind'], 'rings' | 'fault'>, string> = {
  endless: '通話が時間内に終わりませんでした。',
  'not-taken': '誰も引き受けませんでした。',
  'not-in-slack': '誰が引き受けたかがSlackに出ていません。',
  'no-music': '保留音が流れませんでした。',
  'music-plays': '保留音が流れたままです。',
  'wrong-order': '電話がリストの順に鳴りませんでした。',
};

export const japanese: Phrases = {
  usage: [
    'npm start -- [オプション]',
    '',
    '  --port N      Functionsのポート (3000)。電話室には次の番号を使う',
    '  --speed N     時間を実時間の何倍で進めるか (20)',
    '  --lang ja|en  表示の言語 (省くとLANGに従う)',
    '  --once        最初の1回で終わる。正しく終われば0、でなければ1',
    '  --verbose     ログとWebhookも表示する',
  ].join('\n'),
  fault: (fault) => {
    if (fault.kind === 'unknown') return `「${fault.given}」という引数はありません。`;
    if (fault.name === 'port') return '--port には1から65534までの番号を指定してください (例: --port 3000)。';
    if (fault.name === 'speed')
      return '--speed には0より大きく1000までの数を指定してください (例: --speed 5)。';
    return '--lang には ja か en を指定してください。';
  },
  portTaken: (port) =>
    `ポート${port}は使用中です。別の番号をお使いください: npm start -- --port ${port > 60_000 ? 3000 : port + 1000}`,
  notBuilt: 'まだビルドされていません。先に npm run build を実行してください。',

  heading: '手元の交換機での予行演習。本物の電話は鳴りません',
  labels: { functions: 'Functions', room: '電話室', members: '呼び出し先', time: '時刻', plan: '今回' },
  functionsNote: 'Twilio同様、署名のない要求は断ります',
  roomNote: 'ブラウザで開くと、アラートも電話もSlackも操作できます',
  time: (from, speed) => `${from} から、実時間の${speed}倍で進みます`,
  plan: (members, acts) =>
    `${acts.map((act, ring) => `${acts.length === 1 ? '' : `${ring + 1}人目は`}${DOES[act]}`).join('、')}。${members > acts.length ? 'ほかの人は呼び出されません。' : ''}`,

  numberB: '番号B',
  switchboard: '交換機',
  raised: (alert, about) => `アラート ${alert} が発生: ${about}`,
  closed: (alert) => `アラート ${alert} が解消`,
  mackerelCalls: '番号Aから番号Bに電話をかける',
  musicStarts: '保留音が流れ始める',
  musicStops: '保留音が止まる',
  rings: (listed, added) => `電話が鳴る (${listed}秒 + Twilioの${added}秒)`,
  ringing: (seconds, most) => `${String(seconds).padStart(2)}秒 / ${most}秒`,
  answers: (seconds) => `${seconds}秒で電話に出る`,
  voicemailAnswers: (seconds) => `${seconds}秒で留守番電話につながる`,
  onTheLine: (seconds) => `通話中 ${seconds}秒`,
  again: 'もう一度',
  presses: (digit) => `${digit} を押す`,
  unheard: '(キーは待たれていなかった)',
  noAnswer: (seconds) => `${seconds}秒たっても出ない`,
  busy: '話し中',
  refuses: (seconds) => `${seconds}秒で着信を拒否する`,
  unreachable: 'つながらない',
  canceled: '呼び出しが止まる',
  hangsUp: (seconds) => `${seconds}秒で電話を切る`,
  callEnds: (seconds) => `${seconds}秒で通話が終わる`,
  bridged: 'Mackerelからの電話とつながる',
  edited: '(編集済み)',

  keys: 'Enterで次のアラート · qで終了',
  next: (room, alert) => [
    { what: '次のアラート', how: `curl -X POST ${room}/api/drills` },
    { what: '解消する', how: `curl -X POST ${room}/api/alerts/${alert}/close` },
  ],
  taken: (by, rings, hadMusic) =>
    `${by}さんが${rings}回目の呼び出しで引き受けました。${hadMusic ? '保留音は止まり、' : ''}Slackで全員に知らされています。`,
  alertClosed: (alert) => `アラート ${alert} は、誰かが引き受ける前に解消しました。`,
  offPlan: '電話が手で操作されたため、予定の確認はしませんでした。',
  failed: '呼び出しが正しく終わりませんでした:',
  problem: (problem) => {
    if (problem.kind === 'fault') return problem.message;
    if (problem.kind === 'rings') return `呼び出しは${problem.planned}回のはずが${problem.counted}回でした。`;
    return WRONG[problem.kind];
  },
  logLines: 'ログ:',
};
