import { inJapanese, unitInJapanese } from './number-ja';
import { inWords } from './quantity';
import type { Vocabulary } from './vocabulary';

export const japanese: Vocabulary = {
  language: 'ja',
  signs: {
    sentenceEnd: '。',
    between: '',
    pause: '、',
    percent: 'パーセント',
    perSecond: '毎秒',
    and: '',
    ipv6: 'IPv6アドレス',
    words: {
      '>=': '大なりイコール',
      '<=': '小なりイコール',
      '==': 'イコール',
      '!=': 'ノットイコール',
      '->': 'から',
      '>': '大なり',
      '<': '小なり',
    },
    unit: unitInJapanese,
  },
  test: (reading) => `${reading}さん、架電のテストです。アラートは出ていません。`,
  greeting: (reading, alerts, hasWorst) =>
    alerts <= 1
      ? `${reading}さん、マカレルのアラートです。`
      : `${reading}さん、マカレルのアラートが${alerts}件出ています。${hasWorst ? '最も重いものをお伝えします。' : ''}`,
  status: { critical: 'クリティカル', warning: 'ワーニング', unknown: '状態不明' },
  subject: ({ isGroup, monitor, target }) =>
    [isGroup && 'アラートグループ', monitor, target].filter(Boolean).join('、'),
  value: '値',
  /** The value of every external monitor has a Japanese name; other metrics keep the name that people gave them. */
  metric(name) {
    const words = inWords(name);
    return words === 'response time' ? '応答時間' : words || '値';
  },
  number: inJapanese,
  is: (name, value) => `${name}は${value}です。`,
  isBeside: (name, value, threshold) => `${name}は${value}、しきい値は${threshold}です。`,
  isBeyond: (name, value, threshold, operator) =>
    `${name}は${value}で、しきい値の${threshold}を${operator === '>' ? '上回' : '下回'}っています。`,
  since({ days, hours, minutes }) {
    if (days > 0) return `${days}日${hours > 0 ? `と${hours}時間` : ''}前から続いています。`;
    if (hours > 0) return `${hours}時間${minutes > 0 ? `${minutes}分` : ''}前から続いています。`;
    return minutes > 0 ? `${minutes}分前から続いています。` : 'いま発生しました。';
  },
  others: (names, hasWorst, rest) =>
    `${hasWorst ? '続いて、' : 'うち、'}${names}${rest > 0 ? `ほか${rest}件です。` : ''}`,
  newcomers: (count, worst) =>
    `お聞きの間に${count}件増えました。${worst ? `${count > 1 ? 'そのうち最も重いものは、' : ''}${worst}です。` : ''}`,
  testWorked: (reading) => `テストを受け付けました。${reading}さん、ありがとうございました。`,
  taken: (reading, alerts) =>
    `${alerts > 1 ? `${alerts}件まとめて、` : ''}${reading}さんが対応することになりました。よろしくお願いします。`,
  takenToo: (alerts) => (alerts > 1 ? 'これらもお願いします。' : 'これもお願いします。'),
  keys: (mayClose, isWhole) =>
    `対応する場合は1を、次の人に回す場合は2を、${isWhole ? 'もう一度' : 'くわしく'}聞く場合はこめじるしを${mayClose ? '、アラートを閉じる場合は9を' : ''}押してください。`,
  unknownKey: 'そのキーには割り当てがありません。',
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
