import type { AlertFacts, AlertStatus } from '../alert';
import { inWords, quantity, spanOf, type Unit } from './quantity';
import type { Speech } from './speech';

export const spokenJapanese: Speech = {
  brief: ({ reading, isTest, alerts, more = 0, now }) => {
    if (isTest) return `${reading}さん、架電のテストです。アラートは出ていません。`;
    const [worst] = alerts;
    const count = alerts.length + more;
    const many = count > 1 ? `マカレルのアラートが${count}件出ています。` : 'マカレルのアラートです。';
    const lead = count > 1 && worst && isDescribed(worst) ? '最も重いものをお伝えします。' : '';
    return `${reading}さん、${many}${lead}${worst ? described(worst, now) : ''}`;
  },
  keys: (mayClose) =>
    `対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを${mayClose ? '、アラートを閉じる場合は9を' : ''}押してください。`,
  unknownKey: 'そのキーには割り当てがありません。',
  confirmTaken: ({ reading, isTest, alerts, more = 0, joinedSince }) => {
    if (isTest) return `テストを受け付けました。${reading}さん、ありがとうございました。`;
    const since = joinedSince > 0 ? `お聞きの間に${joinedSince}件増えました。` : '';
    const count = alerts.length + more;
    const all = count > 1 ? `${count}件まとめて、` : '';
    return `${since}${all}${reading}さんが対応することになりました。よろしくお願いします。`;
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

const STATUS: Readonly<Record<AlertStatus, string>> = {
  critical: 'クリティカル。',
  warning: 'ワーニング。',
  unknown: '状態不明。',
};

const isDescribed = ({ status, monitor, target, message }: AlertFacts) =>
  Boolean(status ?? monitor ?? target ?? message);

function described(alert: AlertFacts, now: number): string {
  const { status, monitor, target, message, openedAt } = alert;
  const names = [monitor, target].filter(Boolean).join('、');
  return [
    status && STATUS[status],
    names && `${names}。`,
    measured(alert),
    openedAt !== undefined && since(now - openedAt),
    message,
  ]
    .filter(Boolean)
    .join('');
}

function measured({ metric = '', value, threshold, operator = '>' }: AlertFacts): string {
  if (value === undefined) return '';
  const name = metric ? `${inWords(metric, 'パーセント')}は` : '値は';
  if (threshold === undefined) return `${name}${spoken(value, metric)}です。`;
  const beyond = operator === '>' ? 'を上回っています' : 'を下回っています';
  return `${name}${spoken(value, metric)}で、しきい値の${spoken(threshold, metric)}${beyond}。`;
}

const UNITS: Readonly<Record<Unit, string>> = {
  percent: 'パーセント',
  milliseconds: 'ミリ秒',
  seconds: '秒',
  bytes: 'バイト',
  kilobytes: 'キロバイト',
  megabytes: 'メガバイト',
  gigabytes: 'ギガバイト',
  none: '',
};

function spoken(value: number, metric: string): string {
  const { digits, isNegative, unit } = quantity(value, metric);
  return `${isNegative ? 'マイナス' : ''}${digits}${UNITS[unit]}`;
}

function since(seconds: number): string {
  const { days, hours, minutes } = spanOf(seconds);
  if (days > 0) return `${days}日${hours > 0 ? `と${hours}時間` : ''}前から続いています。`;
  if (hours > 0) return `${hours}時間${minutes > 0 ? `${minutes}分` : ''}前から続いています。`;
  return minutes > 0 ? `${minutes}分前から続いています。` : 'いま発生しました。';
}
