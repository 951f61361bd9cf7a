import { inEnglish, unitInEnglish } from './number-en';
import { inWords } from './quantity';
import type { Vocabulary } from './vocabulary';

const counted = (count: number, unit: string) => (count > 0 ? `${count} ${unit}${count > 1 ? 's' : ''}` : '');

export const english: Vocabulary = {
  language: 'en',
  signs: {
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
  },
  test: (reading) => `${reading}, this is a test call. No alert is open.`,
  greeting: (reading, alerts, hasWorst) =>
    alerts <= 1
      ? `${reading}, this is an alert from Mackerel.`
      : `${reading}, Mackerel has ${alerts} alerts.${hasWorst ? ' The worst of them:' : ''}`,
  status: { critical: 'Critical', warning: 'Warning', unknown: 'Status unknown' },
  subject: ({ isGroup, monitor, target }) =>
    [isGroup && 'alert group', monitor, target && `on ${target}`].filter(Boolean).join(' '),
  value: 'The value',
  metric: (name) => inWords(name) || 'The value',
  number: inEnglish,
  is: (name, value) => `${name} is ${value}.`,
  isBeside: (name, value, threshold) => `${name} is ${value}, the threshold is ${threshold}.`,
  isBeyond: (name, value, threshold, operator) =>
    `${name} is ${value}, ${operator === '>' ? 'above' : 'below'} ${threshold}.`,
  since({ days, hours, minutes }) {
    const parts =
      days > 0
        ? [counted(days, 'day'), counted(hours, 'hour')]
        : [counted(hours, 'hour'), counted(minutes, 'minute')];
    const words = parts.filter(Boolean).join(' and ');
    return words ? `Open for ${words}.` : 'It has just opened.';
  },
  others: (names, hasWorst, rest) =>
    `${hasWorst ? 'Then:' : 'Among them:'} ${names}${rest > 0 ? ` And ${rest} more.` : ''}`,
  newcomers: (count, worst) =>
    `${count} more came in while you listened${worst ? `${count > 1 ? ', the worst of them' : ''}: ${worst}` : ''}. `,
  testWorked: (reading) => `The test worked. Thank you, ${reading}.`,
  taken: (reading, alerts) =>
    `${alerts > 1 ? `All ${alerts} alerts are yours` : 'It is yours'}, ${reading}. Thank you.`,
  takenToo: (alerts) => `${alerts > 1 ? 'They are' : 'It is'} yours as well. Thank you.`,
  keys: (mayClose, isWhole) =>
    `Press 1 to take it, 2 to pass it on, star to hear ${isWhole ? 'this again' : 'more'}${mayClose ? ', 9 to close it' : ''}.`,
  unknownKey: 'That key does nothing.',
  confirmPassed: 'Passing it on to the next person.',
  askToClose: (alerts) =>
    `This closes ${alerts > 1 ? `all ${alerts} alerts` : 'the alert'}. Press 1 to go ahead, any other key to go back.`,
  confirmClosed: (alerts, goesOn) =>
    `${alerts > 1 ? `${alerts} alerts are` : 'The alert is'} closed. ${goesOn ? 'There are more.' : 'Thank you.'}`,
  closeFailed: (closed, failed) => {
    if (closed > 0) return `${closed} closed, ${failed} could not be closed.`;
    return `${failed > 1 ? 'They' : 'It'} could not be closed.`;
  },
  dismiss: (by) => (by ? `${by} has already taken it.` : 'It is already over.'),
  goneOn: 'It has already gone on to the next person.',
  goodbye: 'Passing it on to the next person.',
};
