import { namedInJapanese, tellingInJapanese } from './alert-ja';
import { shortened, type Telling, told } from './brief';
import { type RollCall, worstNewcomer } from './roll-call';
import { type Briefing, KEYS_KNOWN_WITHIN, type Speech } from './speech';

/** In a function, so that what rings, and says nothing, need not hold it. */
const telling = (): Telling => ({
  ...tellingInJapanese,
  test: (reading) => `${reading}さん、架電のテストです。アラートは出ていません。`,
  greeting(reading, { count, worst }) {
    if (count <= 1) return `${reading}さん、マカレルのアラートです。`;
    return `${reading}さん、マカレルのアラートが${count}件出ています。${worst ? '最も重いものをお伝えします。' : ''}`;
  },
  others: othersIn,
});

export const spokenJapanese: Speech = {
  brief: (briefing, seconds) => told(telling(), briefing, seconds),
  keys: (mayClose, isWhole) =>
    `対応する場合は1を、次の人に回す場合は2を、${isWhole ? 'もう一度' : 'くわしく'}聞く場合はこめじるしを${mayClose ? '、アラートを閉じる場合は9を' : ''}押してください。`,
  unknownKey: 'そのキーには割り当てがありません。',
  confirmTaken: (briefing) => {
    const { reading, isTest, alerts, more = 0 } = briefing;
    if (isTest) return `テストを受け付けました。${reading}さん、ありがとうございました。`;
    const count = alerts.length + more;
    const all = count > 1 ? `${count}件まとめて、` : '';
    return `${newcomersIn(briefing)}${all}${reading}さんが対応することになりました。よろしくお願いします。`;
  },
  confirmMore: (briefing) =>
    `${newcomersIn(briefing)}${briefing.joinedSince > 1 ? 'これらも' : 'これも'}お願いします。`,
  confirmPassed: '次の人に回します。',
  askToClose: (alerts) =>
    `${alerts > 1 ? `${alerts}件のアラート` : 'アラート'}を閉じます。よければ1を、やめる場合はほかのキーを押してください。`,
  confirmClosed: (alerts, goesOn) =>
    `${alerts > 1 ? `${alerts}件の` : ''}アラートを閉じました。${goesOn ? 'ほかにも出ています。' : 'お疲れさまでした。'}`,
  closeFailed: (closed, failed) =>
    closed > 0
      ? `${closed}件閉じましたが、${failed}件は閉じられませんでした。`
      : 'アラートを閉じられませんでした。',
  dismiss: (by) => (by ? `${by}さんがすでに対応しています。` : 'この呼び出しは終わっています。'),
  goneOn: 'すでに次の人に回っています。',
  goodbye: '次の人に回します。',
};

function othersIn({ worst, others, rest }: RollCall): string {
  if (others.length === 0) return '';
  const named = others.map((alert) => `${namedInJapanese(alert)}。`).join('');
  return `${worst ? '続いて、' : 'うち、'}${named}${rest > 0 ? `ほか${rest}件です。` : ''}`;
}

function newcomersIn(briefing: Briefing): string {
  const { joinedSince } = briefing;
  if (joinedSince === 0) return '';
  const newcomer = worstNewcomer(briefing);
  const worst = newcomer && shortened(newcomer, KEYS_KNOWN_WITHIN, 'ja');
  const lead = joinedSince > 1 ? 'そのうち最も重いものは、' : '';
  return `お聞きの間に${joinedSince}件増えました。${worst ? `${lead}${namedInJapanese(worst)}です。` : ''}`;
}
