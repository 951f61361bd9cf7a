import type { AlertDetails, AlertStatus } from '../escalation';
import { inSentences, type Signs } from './message';
import { inEnglish, unitInEnglish } from './number-en';
import { comparison, inWords, quantity, spanOf } from './quantity';

const STATUS: Readonly<Record<AlertStatus, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  unknown: 'Status unknown',
};

const SIGNS: Signs = {
  sentenceEnd: '.',
  between: ' ',
  pause: ', ',
  percent: ' percent',
  perSecond: ' per second',
  and: ' ',
  ipv6: 'an IPv6 address',
  words: {
    '>=': 'greater than or equal to',
    '<=': 'less than or equal to',
    '==': 'equal to',
    '!=': 'not equal to',
    '->': 'to',
    '>': 'greater than',
    '<': 'less than',
  },
  unit: unitInEnglish,
};

/** An alert, in sentences. */
export const tellingInEnglish = {
  language: 'en',
  between: ' ',
  names(alert: AlertDetails): string {
    const names = namesOf(alert);
    return [alert.status && `${STATUS[alert.status]}.`, names && `${names}.`].filter(Boolean).join(' ');
  },
  measured(alert: AlertDetails): readonly string[] {
    const { metric = '', value } = alert;
    if (value === undefined) return [];
    const plain = `The value is ${inEnglish(quantity(value, metric))}.`;
    return [
      measured(inWords(metric) || 'The value', alert, value),
      measured('The value', alert, value),
      plain,
    ];
  },
  since({ openedAt }: AlertDetails, now: number): string {
    return openedAt === undefined ? '' : since(now - openedAt);
  },
  message: ({ message = '' }: AlertDetails): string => inSentences(message, SIGNS),
} as const;

/** How bad it is, and what it is about: part of a sentence. */
export const namedInEnglish = (alert: AlertDetails) =>
  [alert.status && STATUS[alert.status], namesOf(alert)].filter(Boolean).join(', ');

const namesOf = ({ isGroup, monitor, target }: AlertDetails) =>
  [isGroup && 'alert group', monitor, target && `on ${target}`].filter(Boolean).join(' ');

function measured(name: string, alert: AlertDetails, value: number): string {
  const { metric = '', threshold, operator = '>' } = alert;
  if (threshold === undefined) return `${name} is ${inEnglish(quantity(value, metric))}.`;
  const compared = comparison(value, threshold, operator, metric);
  const [measure, limit] = [inEnglish(compared.value), inEnglish(compared.threshold)];
  if (!compared.isBeyond) return `${name} is ${measure}, the threshold is ${limit}.`;
  return `${name} is ${measure}, ${operator === '>' ? 'above' : 'below'} ${limit}.`;
}

function since(seconds: number): string {
  const span = spanOf(seconds);
  if (!span) return '';
  const { days, hours, minutes } = span;
  const of = (count: number, unit: string) => (count > 0 ? `${count} ${unit}${count > 1 ? 's' : ''}` : '');
  const parts = days > 0 ? [of(days, 'day'), of(hours, 'hour')] : [of(hours, 'hour'), of(minutes, 'minute')];
  const words = parts.filter(Boolean).join(' and ');
  return words ? `Open for ${words}.` : 'It has just opened.';
}
