import { describedInJapanese, namedInJapanese } from './alert-ja';
import { fitted } from './fit';
import { inBrief, type RollCall, rollCall, worstNewcomer } from './roll-call';
import type { Briefing, Speech } from './speech';

export const spokenJapanese: Speech = {
  brief: ({ reading, isTest, alerts, more, now }, reserve = '') => {
    if (isTest) return `${reading}さん、架電のテストです。アラートは出ていません。`;
    const roll = rollCall({ alerts, more });
    const { count, worst } = roll;
    const many = count > 1 ? `マカレルのアラートが${count}件出ています。` : 'マカレルのアラートです。';
    const lead = count > 1 && worst ? '最も重いものをお伝えします。' : '';
    const [first] = alerts;
    const others = inBrief(roll, othersIn);
    const text = `${reading}さん、${many}${lead}${first ? describedInJapanese(first, now) : ''}`;
    return `${fitted(text, others + reserve)}${others}`;
  },
  keys: (mayClose) =>
    `対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを${mayClose ? '、アラートを閉じる場合は9を' : ''}押してください。`,
  unknownKey: 'そのキーには割り当てがありません。',
  confirmTaken: (briefing) => {
    const { reading, isTest, alerts, more = 0 } = briefing;
    if (isTest) return `テストを受け付けました。${reading}さん、ありがとうございました。`;
    const count = alerts.length + more;
    const all = count > 1 ? `${count}件まとめて、` : '';
    return `${newcomersIn(briefing)}${all}${reading}さんが対応することになりました。よろしくお願いします。`;
  },
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
  const worst = worstNewcomer(briefing);
  const lead = joinedSince > 1 ? 'そのうち最も重いものは、' : '';
  return `お聞きの間に${joinedSince}件増えました。${worst ? `${lead}${namedInJapanese(worst)}です。` : ''}`;
}
