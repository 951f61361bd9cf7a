import type { AlertFacts, AlertStatus } from '../alert';
import { inWords, quantity, spanOf, type Unit } from './quantity';
import type { Speech } from './speech';

export const spokenEnglish: Speech = {
  brief: ({ reading, isTest, alerts, more = 0, now }) => {
    if (isTest) return `${reading}, this is a test of the telephone escalation. No alert is open.`;
    const [worst] = alerts;
    const count = alerts.length + more;
    const many = count > 1 ? `Mackerel has ${count} alerts.` : 'this is an alert from Mackerel.';
    const lead = count > 1 && worst && isDescribed(worst) ? 'The worst of them:' : '';
    return [`${reading}, ${many}`, lead, worst && described(worst, now)].filter(Boolean).join(' ');
  },
  keys: (mayClose) =>
    `Press 1 to take it, 2 to pass it on, star to hear this again${mayClose ? ', 9 to close it' : ''}.`,
  unknownKey: 'That key does nothing.',
  confirmTaken: ({ reading, isTest, alerts, more = 0, joinedSince }) => {
    if (isTest) return `The test is answered. Thank you, ${reading}.`;
    const since = joinedSince > 0 ? `${joinedSince} more came in while you listened. ` : '';
    const count = alerts.length + more;
    return `${since}${count > 1 ? `All ${count} alerts are yours` : 'It is yours'}, ${reading}. Good luck.`;
  },
  confirmPassed: 'Passing it on to the next.',
  askToClose: (alerts) =>
    `This closes ${alerts > 1 ? `all ${alerts} alerts` : 'the alert'}. Press 1 to go ahead, any other key to go back.`,
  confirmClosed: (alerts, goesOn) =>
    `${alerts > 1 ? `${alerts} alerts are` : 'The alert is'} closed. ${goesOn ? 'But there is more.' : 'Good night.'}`,
  closeFailed: (closed, failed) => {
    if (closed > 0) return `${closed} closed, ${failed} could not be closed.`;
    return `${failed > 1 ? 'They' : 'It'} could not be closed.`;
  },
  dismiss: (by) => (by ? `${by} has taken it already.` : 'This page is over.'),
  goneOn: 'It has gone on to the next.',
  goodbye: 'Passing it on to the next.',
};

const STATUS: Readonly<Record<AlertStatus, string>> = {
  critical: 'Critical.',
  warning: 'Warning.',
  unknown: 'Status unknown.',
};

const isDescribed = ({ status, monitor, target, message }: AlertFacts) =>
  Boolean(status ?? monitor ?? target ?? message);

function described(alert: AlertFacts, now: number): string {
  const { status, monitor, target, message, openedAt } = alert;
  const names = [monitor, target && `on ${target}`].filter(Boolean).join(' ');
  return [
    status && STATUS[status],
    names && `${names}.`,
    measured(alert),
    openedAt !== undefined && since(now - openedAt),
    message,
  ]
    .filter(Boolean)
    .join(' ');
}

function measured({ metric = '', value, threshold, operator = '>' }: AlertFacts): string {
  if (value === undefined) return '';
  const name = metric ? inWords(metric, 'percent') : 'The value';
  if (threshold === undefined) return `${name} is ${spoken(value, metric)}.`;
  return `${name} is ${spoken(value, metric)}, ${operator === '>' ? 'above' : 'below'} ${spoken(threshold, metric)}.`;
}

const UNITS: Readonly<Record<Unit, string>> = {
  percent: ' percent',
  milliseconds: ' milliseconds',
  seconds: ' seconds',
  bytes: ' bytes',
  kilobytes: ' kilobytes',
  megabytes: ' megabytes',
  gigabytes: ' gigabytes',
  none: '',
};

function spoken(value: number, metric: string): string {
  const { digits, isNegative, unit } = quantity(value, metric);
  return `${isNegative ? 'minus ' : ''}${digits}${UNITS[unit]}`;
}

function since(seconds: number): string {
  const { days, hours, minutes } = spanOf(seconds);
  const of = (count: number, unit: string) => (count > 0 ? `${count} ${unit}${count > 1 ? 's' : ''}` : '');
  const parts = days > 0 ? [of(days, 'day'), of(hours, 'hour')] : [of(hours, 'hour'), of(minutes, 'minute')];
  const span = parts.filter(Boolean).join(' and ');
  return span ? `Open for ${span}.` : 'It has just been raised.';
}
