import type { AlertDetails, AlertStatus } from '../escalation';
import { inSentences, type Signs } from './message';
import { inJapanese, unitInJapanese } from './number-ja';
import { comparison, inWords, quantity, spanOf } from './quantity';

const STATUS: Readonly<Record<AlertStatus, string>> = {
  critical: 'クリティカル',
  warning: 'ワーニング',
  unknown: '状態不明',
};

const SIGNS: Signs = {
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
};

/** An alert, in sentences. */
export const tellingInJapanese = {
  language: 'ja',
  between: '',
  names(alert: AlertDetails): string {
    const { status } = alert;
    const names = namesOf(alert);
    return `${status ? `${STATUS[status]}。` : ''}${names ? `${names}。` : ''}`;
  },
  measured(alert: AlertDetails): readonly string[] {
    const { metric = '', value } = alert;
    if (value === undefined) return [];
    const plain = `値は${inJapanese(quantity(value, metric))}です。`;
    return [measured(nameOf(metric), alert, value), measured('値', alert, value), plain];
  },
  since({ openedAt }: AlertDetails, now: number): string {
    return openedAt === undefined ? '' : since(now - openedAt);
  },
  message: ({ message = '' }: AlertDetails): string => inSentences(message, SIGNS),
} as const;

/** How bad it is, and what it is about: part of a sentence. */
export const namedInJapanese = (alert: AlertDetails) =>
  [alert.status && STATUS[alert.status], namesOf(alert)].filter(Boolean).join('、');

const namesOf = ({ isGroup, monitor, target }: AlertDetails) =>
  [isGroup && 'アラートグループ', monitor, target].filter(Boolean).join('、');

/** What every external monitor measures has a name in Japanese; others have that which people gave them. */
function nameOf(metric: string): string {
  const words = inWords(metric);
  return words === 'response time' ? '応答時間' : words || '値';
}

function measured(name: string, alert: AlertDetails, value: number): string {
  const { metric = '', threshold, operator = '>' } = alert;
  if (threshold === undefined) return `${name}は${inJapanese(quantity(value, metric))}です。`;
  const compared = comparison(value, threshold, operator, metric);
  const [measure, limit] = [inJapanese(compared.value), inJapanese(compared.threshold)];
  if (!compared.isBeyond) return `${name}は${measure}、しきい値は${limit}です。`;
  return `${name}は${measure}で、しきい値の${limit}を${operator === '>' ? '上回' : '下回'}っています。`;
}

function since(seconds: number): string {
  const span = spanOf(seconds);
  if (!span) return '';
  const { days, hours, minutes } = span;
  if (days > 0) return `${days}日${hours > 0 ? `と${hours}時間` : ''}前から続いています。`;
  if (hours > 0) return `${hours}時間${minutes > 0 ? `${minutes}分` : ''}前から続いています。`;
  return minutes > 0 ? `${minutes}分前から続いています。` : 'いま発生しました。';
}
