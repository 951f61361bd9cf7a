import type { AlertFacts } from '../../../src/core/alert';
import type { Language } from '../../../src/core/dial-list';
import { fitted } from '../../../src/core/wording/fit';
import { type Briefing, speechIn } from '../../../src/core/wording/speech';
import { EVENING } from '../../support/event';

const japanese = speechIn('ja');
const english = speechIn('en');

/** Alerts of which nothing is known but that they are there. */
const alerts = (count: number): AlertFacts[] =>
  Array.from({ length: count }, (_, index) => ({ id: `alert-${index}`, heardAt: EVENING }));

const briefing = (reading: string, changes: Partial<Briefing> = {}): Briefing => ({
  reading,
  isTest: false,
  alerts: alerts(1),
  joinedSince: 0,
  now: EVENING,
  ...changes,
});

const aTest = { isTest: true, alerts: [] };
const three = { alerts: alerts(3) };

describe('in Japanese', () => {
  test.each([
    ['an alert', briefing('さとう'), 'さとうさん、マッカレルのアラートです。'],
    ['three alerts', briefing('さとう', three), 'さとうさん、マッカレルのアラートが3件出ています。'],
    ['a test', briefing('さとう', aTest), 'さとうさん、架電のテストです。アラートは出ていません。'],
  ])('who is rung and why: %s', (_why, about, sentence) => {
    expect(japanese.brief(about)).toBe(sentence);
  });

  test.each([
    ['an alert', briefing('さとう'), 'さとうさんが対応することになりました。よろしくお願いします。'],
    [
      'three alerts',
      briefing('さとう', three),
      '3件まとめて、さとうさんが対応することになりました。よろしくお願いします。',
    ],
    ['a test', briefing('さとう', aTest), 'テストを受け付けました。さとうさん、ありがとうございました。'],
  ])('who has taken it: %s', (_why, about, sentence) => {
    expect(japanese.confirmTaken(about)).toBe(sentence);
  });

  test.each([
    [
      'the keys',
      japanese.keys(false),
      '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    ],
    ['a key without a meaning', japanese.unknownKey, 'そのキーには割り当てがありません。'],
    ['passed on', japanese.confirmPassed, '次の人に回します。'],
    ['another has taken it', japanese.dismiss('すずき'), 'すずきさんがすでに対応しています。'],
    ['the page is over', japanese.dismiss(null), 'この呼び出しは終わっています。'],
    ['no key was pressed', japanese.goodbye, '次の人に回します。'],
  ])('%s', (_why, spoken, sentence) => {
    expect(spoken).toBe(sentence);
  });
});

describe('in English', () => {
  test.each([
    ['an alert', briefing('Alice'), 'Alice, this is an alert from Mackerel.'],
    ['three alerts', briefing('Alice', three), 'Alice, Mackerel has 3 alerts.'],
    [
      'a test',
      briefing('Alice', aTest),
      'Alice, this is a test of the telephone escalation. No alert is open.',
    ],
  ])('who is rung and why: %s', (_why, about, sentence) => {
    expect(english.brief(about)).toBe(sentence);
  });

  test.each([
    ['an alert', briefing('Alice'), 'It is yours, Alice. Good luck.'],
    ['three alerts', briefing('Alice', three), 'All 3 alerts are yours, Alice. Good luck.'],
    ['a test', briefing('Alice', aTest), 'The test is answered. Thank you, Alice.'],
  ])('who has taken it: %s', (_why, about, sentence) => {
    expect(english.confirmTaken(about)).toBe(sentence);
  });

  test.each([
    ['the keys', english.keys(false), 'Press 1 to take it, 2 to pass it on, star to hear this again.'],
    ['a key without a meaning', english.unknownKey, 'That key does nothing.'],
    ['passed on', english.confirmPassed, 'Passing it on to the next.'],
    ['another has taken it', english.dismiss('Bob'), 'Bob has taken it already.'],
    ['the page is over', english.dismiss(null), 'This page is over.'],
    ['no key was pressed', english.goodbye, 'Passing it on to the next.'],
  ])('%s', (_why, spoken, sentence) => {
    expect(spoken).toBe(sentence);
  });
});

test.each<Language>(['ja', 'en'])('all that is spoken (%s) can be spoken as it is, whole', (language) => {
  const speech = speechIn(language);
  const about = briefing('さとう', { alerts: alerts(200) });
  const spoken = [
    speech.brief(about),
    speech.keys(false),
    speech.confirmTaken(about),
    speech.dismiss('さとう'),
  ];
  for (const text of [
    ...spoken,
    speech.dismiss(null),
    speech.confirmPassed,
    speech.goodbye,
    speech.unknownKey,
  ]) {
    expect(fitted(text)).toBe(text);
    expect(text).toMatch(/[。.]$/);
  }
});
