import type { Speech } from './speech';

export const spokenEnglish: Speech = {
  brief: ({ reading, isTest, alerts }) =>
    isTest
      ? `${reading}, this is a test of the telephone escalation. No alert is open.`
      : `${reading}, this is an alert from Mackerel. ${howMany(alerts.length)}`.trim(),
  keys: 'Press 1 to take it, 2 to pass it on, star to hear this again.',
  unknownKey: 'That key does nothing.',
  confirmTaken: ({ reading, isTest, alerts }) =>
    isTest
      ? `The test is answered. Thank you, ${reading}.`
      : `${alerts.length > 1 ? `All ${alerts.length} alerts are yours` : 'It is yours'}, ${reading}. Good luck.`,
  confirmPassed: 'Passing it on to the next.',
  dismiss: (by) => (by ? `${by} has taken it already.` : 'This page is over.'),
  goodbye: 'Passing it on to the next.',
};

const howMany = (alerts: number) => (alerts > 1 ? `${alerts} alerts are open.` : '');
