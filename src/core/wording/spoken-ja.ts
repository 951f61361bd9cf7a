import type { Speech } from './speech';

export const spokenJapanese: Speech = {
  brief: ({ reading, isTest, alerts }) =>
    isTest
      ? `${reading}さん、架電のテストです。アラートは出ていません。`
      : `${reading}さん、マッカレルのアラートです。${howMany(alerts.length)}`,
  keys: '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
  unknownKey: 'そのキーには割り当てがありません。',
  confirmTaken: ({ reading, isTest, alerts }) =>
    isTest
      ? `テストを受け付けました。${reading}さん、ありがとうございました。`
      : `${alerts.length > 1 ? `${alerts.length}件まとめて、` : ''}${reading}さんが対応することになりました。よろしくお願いします。`,
  confirmPassed: '次の人に回します。',
  dismiss: (by) => (by ? `${by}さんがすでに対応しています。` : 'この呼び出しは終わっています。'),
  goodbye: '次の人に回します。',
};

const howMany = (alerts: number) => (alerts > 1 ? `${alerts}件発生しています。` : '');
