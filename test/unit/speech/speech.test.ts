import type { Language } from '../../../src/dial-list/list';
import type { AlertDetails } from '../../../src/escalation/alert';
import { fitted } from '../../../src/speech/fit';
import type { Briefing } from '../../../src/speech/speech';
import { speechIn } from '../../../src/speech/spoken';
import { EVENING } from '../../support/event';

/** All that there is to say, and nobody who waits for the keys: those have test/unit/speech/brief.test.ts. */
function unhurried(language: Language) {
  const speech = speechIn(language);
  return {
    ...speech,
    brief: (about: Briefing) => speech.brief(about, Number.POSITIVE_INFINITY).text,
    keys: (mayClose: boolean) => speech.keys(mayClose, true),
  };
}

const japanese = unhurried('ja');
const english = unhurried('en');

/** Alerts of which nothing is known but that they are there. */
const alerts = (count: number): AlertDetails[] =>
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
    ['an alert', briefing('さとう'), 'さとうさん、マカレルのアラートです。'],
    ['three alerts', briefing('さとう', three), 'さとうさん、マカレルのアラートが3件出ています。'],
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
    [
      'the keys, where more is to be heard',
      speechIn('ja').keys(false, false),
      '対応する場合は1を、次の人に回す場合は2を、くわしく聞く場合はこめじるしを押してください。',
    ],
    ['a key without a meaning', japanese.unknownKey, 'そのキーには割り当てがありません。'],
    ['passed on', japanese.confirmPassed, '次の人に回します。'],
    ['another has taken it', japanese.dismiss('すずき'), 'すずきさんがすでに対応しています。'],
    ['the page is over', japanese.dismiss(null), 'この呼び出しは終わっています。'],
    ['it has gone on', japanese.goneOn, 'すでに次の人に回っています。'],
    ['no key was pressed', japanese.goodbye, '次の人に回します。'],
  ])('%s', (_why, spoken, sentence) => {
    expect(spoken).toBe(sentence);
  });
});

describe('in English', () => {
  test.each([
    ['an alert', briefing('Alice'), 'Alice, this is an alert from Mackerel.'],
    ['three alerts', briefing('Alice', three), 'Alice, Mackerel has 3 alerts.'],
    ['a test', briefing('Alice', aTest), 'Alice, this is a test call. No alert is open.'],
  ])('who is rung and why: %s', (_why, about, sentence) => {
    expect(english.brief(about)).toBe(sentence);
  });

  test.each([
    ['an alert', briefing('Alice'), 'It is yours, Alice. Thank you.'],
    ['three alerts', briefing('Alice', three), 'All 3 alerts are yours, Alice. Thank you.'],
    ['a test', briefing('Alice', aTest), 'The test worked. Thank you, Alice.'],
  ])('who has taken it: %s', (_why, about, sentence) => {
    expect(english.confirmTaken(about)).toBe(sentence);
  });

  test.each([
    ['the keys', english.keys(false), 'Press 1 to take it, 2 to pass it on, star to hear this again.'],
    [
      'the keys, where more is to be heard',
      speechIn('en').keys(false, false),
      'Press 1 to take it, 2 to pass it on, star to hear more.',
    ],
    ['a key without a meaning', english.unknownKey, 'That key does nothing.'],
    ['passed on', english.confirmPassed, 'Passing it on to the next person.'],
    ['another has taken it', english.dismiss('Bob'), 'Bob has already taken it.'],
    ['the page is over', english.dismiss(null), 'It is already over.'],
    ['it has gone on', english.goneOn, 'It has already gone on to the next person.'],
    ['no key was pressed', english.goodbye, 'Passing it on to the next person.'],
  ])('%s', (_why, spoken, sentence) => {
    expect(spoken).toBe(sentence);
  });
});

/** All that can be known of an alert. */
const disk: AlertDetails = {
  id: 'alert-1',
  heardAt: EVENING,
  status: 'critical',
  monitor: 'ディスク使用率',
  target: 'db1',
  roles: ['shop: db'],
  metric: 'disk.used %',
  value: 95.29999,
  threshold: 90,
  operator: '>',
  openedAt: EVENING - 300,
};
const check: AlertDetails = {
  id: 'alert-2',
  heardAt: EVENING,
  status: 'unknown',
  monitor: 'check-procs',
  target: 'app01',
  message: 'No such process: nginx',
  openedAt: EVENING,
};
const memory: AlertDetails = {
  ...disk,
  status: 'warning',
  monitor: 'free memory',
  target: 'web1',
  metric: 'memory.free.bytes',
  value: 1_610_612_736,
  threshold: 2 * 1024 ** 3,
  operator: '<',
  openedAt: EVENING - 3 * 3600 - 60,
};
const only = (facts: Partial<AlertDetails>): AlertDetails => ({ id: 'alert-1', heardAt: EVENING, ...facts });

describe('what is wrong, as far as it is known', () => {
  const ALERT = {
    ja: 'さとうさん、マカレルのアラートです。',
    en: 'Alice, this is an alert from Mackerel. ',
  };

  test.each<[string, AlertDetails, string, string]>([
    [
      'a metric',
      disk,
      'クリティカル。ディスク使用率、db1。disk usedは95.3パーセントで、しきい値の90パーセントを上回っています。5分前から続いています。',
      'Critical. ディスク使用率 on db1. disk used is 95.3 percent, above 90 percent. Open for 5 minutes.',
    ],
    [
      'too little of something, in bytes',
      memory,
      'ワーニング。free memory、web1。memory free bytesは1.5ギガバイトで、しきい値の2ギガバイトを下回っています。3時間1分前から続いています。',
      'Warning. free memory on web1. memory free bytes is 1.5 gigabytes, below 2 gigabytes. Open for 3 hours and 1 minute.',
    ],
    [
      'a check, in its own words',
      check,
      '状態不明。check-procs、app01。いま発生しました。No such process: nginx。',
      'Status unknown. check-procs on app01. It has just opened. No such process: nginx.',
    ],
    [
      'a response time',
      only({ metric: 'response time (ms)', value: 12_345.6, threshold: 10_000 }),
      '応答時間は12350ミリ秒で、しきい値の10000ミリ秒を上回っています。',
      'response time is 12350 milliseconds, above 10000 milliseconds.',
    ],
    [
      'seconds, below nothing',
      only({ metric: 'clock offset seconds', value: -0.5, threshold: -0.1, operator: '<' }),
      'clock offset secondsはマイナス0.5秒で、しきい値のマイナス0.1秒を下回っています。',
      'clock offset seconds is minus 0.5 seconds, below minus 0.1 seconds.',
    ],
    [
      'one of something is no plural',
      only({ metric: 'uptime seconds', value: 1, threshold: 2, operator: '<' }),
      'uptime secondsは1秒で、しきい値の2秒を下回っています。',
      'uptime seconds is 1 second, below 2 seconds.',
    ],
    [
      'rounded, the two would be the same',
      only({ metric: 'CPU %', value: 90.001, threshold: 90 }),
      'CPUは90.001パーセントで、しきい値の90パーセントを上回っています。',
      'CPU is 90.001 percent, above 90 percent.',
    ],
    [
      'large numbers that differ little',
      only({ metric: 'queue', value: 12_345.6, threshold: 12_345 }),
      'queueは12346で、しきい値の12345を上回っています。',
      'queue is 12346, above 12345.',
    ],
    [
      'the same number is not above itself',
      only({ metric: 'CPU %', value: 90, threshold: 90 }),
      'CPUは90パーセント、しきい値は90パーセントです。',
      'CPU is 90 percent, the threshold is 90 percent.',
    ],
    [
      'a value that is not above the threshold, or no more',
      only({ metric: 'loadavg5', value: 1.5, threshold: 1.96, operator: '>' }),
      'loadavg5は1.5、しきい値は1.96です。',
      'loadavg5 is 1.5, the threshold is 1.96.',
    ],
    [
      'nor below',
      only({ metric: 'memory.available', value: 2 * 1024 ** 3, threshold: 1024 ** 3, operator: '<' }),
      'memory availableは2ギガバイト、しきい値は1ギガバイトです。',
      'memory available is 2 gigabytes, the threshold is 1 gigabyte.',
    ],
    [
      'a name of signs only',
      only({ metric: '%', value: 95 }),
      '値は95パーセントです。',
      'The value is 95 percent.',
    ],
    ['a value without a name', only({ value: 2.26 }), '値は2.26です。', 'The value is 2.26.'],
    ['a value of nothing', only({ metric: 'workers', value: 0 }), 'workersは0です。', 'workers is 0.'],
    [
      'a huge value',
      only({ metric: 'queue', value: 12_345_678 }),
      'queueは1235万です。',
      'queue is 12.35 million.',
    ],
    ['a tiny value', only({ metric: 'loss', value: 0.00123 }), 'lossは0.0012です。', 'loss is 0.0012.'],
    ['a value that is not known says nothing', only({ metric: 'CPU %', threshold: 90 }), '', ''],
    ['the monitor alone', only({ monitor: 'loadavg' }), 'loadavg。', 'loadavg.'],
    ['the host alone', only({ target: 'db1' }), 'db1。', 'on db1.'],
    ['the status alone', only({ status: 'warning' }), 'ワーニング。', 'Warning.'],
    [
      'the message alone',
      only({ message: '503 Service Unavailable' }),
      '503 Service Unavailable。',
      '503 Service Unavailable.',
    ],
    ['since when, alone', only({ openedAt: EVENING - 60 }), '1分前から続いています。', 'Open for 1 minute.'],
  ])('%s', (_, alert, inJapanese, inEnglish) => {
    expect(japanese.brief(briefing('さとう', { alerts: [alert] }))).toBe(`${ALERT.ja}${inJapanese}`);
    expect(english.brief(briefing('Alice', { alerts: [alert] }))).toBe(`${ALERT.en}${inEnglish}`.trim());
  });

  test.each<[string, number, string, string]>([
    ['the clocks differ', -120, 'いま発生しました。', 'It has just opened.'],
    ['59 s', 59, 'いま発生しました。', 'It has just opened.'],
    ['a minute', 60, '1分前から続いています。', 'Open for 1 minute.'],
    ['59 min 59 s', 3599, '59分前から続いています。', 'Open for 59 minutes.'],
    ['an hour', 3600, '1時間前から続いています。', 'Open for 1 hour.'],
    ['an hour and a half', 5400, '1時間30分前から続いています。', 'Open for 1 hour and 30 minutes.'],
    ['a day', 86_400, '1日前から続いています。', 'Open for 1 day.'],
    ['a day, and minutes are of no interest', 86_400 + 1800, '1日前から続いています。', 'Open for 1 day.'],
    [
      'two days and some',
      2 * 86_400 + 5 * 3600,
      '2日と5時間前から続いています。',
      'Open for 2 days and 5 hours.',
    ],
  ])('how long it has been open: %s', (_, seconds, inJapanese, inEnglish) => {
    const alert = only({ openedAt: EVENING - seconds });
    expect(japanese.brief(briefing('さとう', { alerts: [alert] }))).toBe(`${ALERT.ja}${inJapanese}`);
    expect(english.brief(briefing('Alice', { alerts: [alert] }))).toBe(`${ALERT.en}${inEnglish}`);
  });

  test.each<[string, string, string]>([
    ['999900', '999900', '999900'],
    ['1000000', '100万', '1 million'],
    ['1235000', '123万5000', '1.235 million'],
    ['-123500000', 'マイナス1億2350万', 'minus 123.5 million'],
    ['1001000000', '10億100万', '1.001 billion'],
    ['2000000000', '20億', '2 billion'],
    ['9999000000000', '9兆9990億', '9.999 trillion'],
    ['9999000000000000', '9999兆', '9999 trillion'],
    ['1e21', '1かける10の21乗', '1 times 10 to the power of 21'],
    ['-1.2345e300', 'マイナス1.235かける10の300乗', 'minus 1.235 times 10 to the power of 300'],
  ])('a large number has words: %s', (value, inJapanese, inEnglish) => {
    const about = { alerts: [only({ metric: 'queue', value: Number(value) })] };
    expect(japanese.brief(briefing('さとう', about))).toBe(`${ALERT.ja}queueは${inJapanese}です。`);
    expect(english.brief(briefing('Alice', about))).toBe(`${ALERT.en}queue is ${inEnglish}.`);
  });

  test('a large number is told from another, with the digits that takes', () => {
    const about = { alerts: [only({ metric: 'queue', value: 12_345_678.9, threshold: 12_345_678 })] };
    expect(japanese.brief(briefing('さとう', about))).toContain(
      '1234万5679で、しきい値の1234万5678を上回って',
    );
    expect(english.brief(briefing('Alice', about))).toContain('12.345679 million, above 12.345678 million.');
  });

  test.each([1e20, -1e20])('a time that cannot be is not told: %d', (openedAt) => {
    const about = { alerts: [only({ monitor: 'loadavg', openedAt })] };
    expect(japanese.brief(briefing('さとう', about))).toBe(`${ALERT.ja}loadavg。`);
    expect(english.brief(briefing('Alice', about))).toBe(`${ALERT.en}loadavg.`);
  });

  test('all are counted, also those without a name', () => {
    const about = { alerts: [disk, ...alerts(199)] };
    expect(japanese.brief(briefing('さとう', about))).toMatch(
      /^さとうさん、マカレルのアラートが200件出ています。最も重いものをお伝えします。クリティカル。/,
    );
    expect(english.brief(briefing('Alice', about))).toMatch(
      /^Alice, Mackerel has 200 alerts\. The worst of them: Critical\. /,
    );
    expect(japanese.confirmTaken(briefing('さとう', about))).toMatch(/^200件まとめて、/);
    expect(english.confirmTaken(briefing('Alice', about))).toBe(
      'All 200 alerts are yours, Alice. Thank you.',
    );
  });

  test('a test has no alert, whatever is known', () => {
    const about = { isTest: true, alerts: [disk] };
    expect(japanese.brief(briefing('さとう', about))).not.toContain('db1');
    expect(english.brief(briefing('Alice', about))).not.toContain('db1');
  });
});

describe('of several, the worst is told in full, and two others by name', () => {
  const load = only({ id: 'alert-4', status: 'warning', monitor: 'loadavg', target: 'app02' });
  const bare = only({ id: 'alert-5' });
  const IN_FULL = {
    ja: '状態不明。check-procs、app01。いま発生しました。No such process: nginx。',
    en: 'Status unknown. check-procs on app01. It has just opened. No such process: nginx.',
  };
  const LEAD = { ja: `最も重いものをお伝えします。${IN_FULL.ja}`, en: `The worst of them: ${IN_FULL.en}` };

  test.each<[string, AlertDetails[], number, string, string]>([
    ['one', [check], 0, IN_FULL.ja, IN_FULL.en],
    [
      'two',
      [check, memory],
      0,
      `${LEAD.ja}続いて、ワーニング、free memory、web1。`,
      `${LEAD.en} Then: Warning, free memory on web1.`,
    ],
    [
      'three',
      [check, disk, memory],
      0,
      `${LEAD.ja}続いて、クリティカル、ディスク使用率、db1。ワーニング、free memory、web1。`,
      `${LEAD.en} Then: Critical, ディスク使用率 on db1. Warning, free memory on web1.`,
    ],
    [
      'four, and more that nobody knows by name',
      [check, disk, memory, load],
      196,
      `${LEAD.ja}続いて、クリティカル、ディスク使用率、db1。ワーニング、free memory、web1。ほか197件です。`,
      `${LEAD.en} Then: Critical, ディスク使用率 on db1. Warning, free memory on web1. And 197 more.`,
    ],
    [
      'those without a name are only counted',
      [check, bare, load, bare],
      0,
      `${LEAD.ja}続いて、ワーニング、loadavg、app02。ほか2件です。`,
      `${LEAD.en} Then: Warning, loadavg on app02. And 2 more.`,
    ],
    ['none of the others has a name', [check, bare], 0, LEAD.ja, LEAD.en],
    [
      'nor has the worst, as far as anybody knows',
      [bare, load],
      0,
      'うち、ワーニング、loadavg、app02。ほか1件です。',
      'Among them: Warning, loadavg on app02. And 1 more.',
    ],
    [
      'a monitor without a host, a host without a status',
      [check, only({ monitor: 'payments' }), only({ target: 'db1' })],
      0,
      `${LEAD.ja}続いて、payments。db1。`,
      `${LEAD.en} Then: payments. on db1.`,
    ],
  ])('%s', (_, known, more, inJapanese, inEnglish) => {
    const all = [...known, ...alerts(more)];
    const count = all.length;
    const greeting =
      count > 1
        ? [`マカレルのアラートが${count}件出ています。`, `Mackerel has ${count} alerts.`]
        : ['マカレルのアラートです。', 'this is an alert from Mackerel.'];
    const about = { alerts: all };
    expect(japanese.brief(briefing('さとう', about))).toBe(`さとうさん、${greeting[0]}${inJapanese}`);
    expect(english.brief(briefing('Alice', about))).toBe(`Alice, ${greeting[1]} ${inEnglish}`);
  });
});

describe('alerts that came while somebody listened are told when they take it', () => {
  test.each([
    [
      1,
      'お聞きの間に1件増えました。2件まとめて、さとうさんが対応することになりました。よろしくお願いします。',
      '1 more came in while you listened. All 2 alerts are yours, Alice. Thank you.',
    ],
    [
      198,
      'お聞きの間に198件増えました。199件まとめて、さとうさんが対応することになりました。よろしくお願いします。',
      '198 more came in while you listened. All 199 alerts are yours, Alice. Thank you.',
    ],
  ])('%i', (joinedSince, inJapanese, inEnglish) => {
    const about = { alerts: alerts(joinedSince + 1), joinedSince };
    expect(japanese.confirmTaken(briefing('さとう', about))).toBe(inJapanese);
    expect(english.confirmTaken(briefing('Alice', about))).toBe(inEnglish);
  });
});

describe('the worst of those that came meanwhile is named, where it can be told which they are', () => {
  const came = (seconds: number, monitor?: string, status?: AlertDetails['status']) => ({
    ...only({ heardAt: EVENING, monitor, status }),
    isNewcomer: seconds > 0,
  });
  const ALL = {
    ja: (count: number) => `${count}件まとめて、さとうさんが対応することになりました。よろしくお願いします。`,
    en: (count: number) => `All ${count} alerts are yours, Alice. Thank you.`,
  };

  test.each<[string, AlertDetails[], Partial<Briefing>, string, string]>([
    [
      'one',
      [came(0, 'disk', 'critical'), came(9, 'load', 'warning')],
      { joinedSince: 1 },
      'お聞きの間に1件増えました。ワーニング、loadです。',
      '1 more came in while you listened: Warning, load. ',
    ],
    [
      'the worst of two',
      [came(9, 'payments', 'critical'), came(0, 'disk', 'critical'), came(12, 'load', 'warning')],
      { joinedSince: 2 },
      'お聞きの間に2件増えました。そのうち最も重いものは、クリティカル、paymentsです。',
      '2 more came in while you listened, the worst of them: Critical, payments. ',
    ],
    [
      'it has no name',
      [came(0, 'disk', 'critical'), came(9)],
      { joinedSince: 1 },
      'お聞きの間に1件増えました。',
      '1 more came in while you listened. ',
    ],
    [
      'one of them has gone from the book',
      [came(0, 'disk'), came(9, 'load')],
      { joinedSince: 2 },
      'お聞きの間に2件増えました。',
      '2 more came in while you listened. ',
    ],
  ])('%s', (_, alerts, changes, inJapanese, inEnglish) => {
    const count = alerts.length;
    const about = { alerts, ...changes };
    expect(japanese.confirmTaken(briefing('さとう', about))).toBe(`${inJapanese}${ALL.ja(count)}`);
    expect(english.confirmTaken(briefing('Alice', about))).toBe(`${inEnglish}${ALL.en(count)}`);
  });
});

describe('closing by phone', () => {
  test.each([
    [
      'the keys with it',
      japanese.keys(true),
      '対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを、アラートを閉じる場合は9を押してください。',
    ],
    [
      'one',
      japanese.askToClose(1),
      'アラートを閉じます。よければ1を、やめる場合はほかのキーを押してください。',
    ],
    [
      'three',
      japanese.askToClose(3),
      '3件のアラートを閉じます。よければ1を、やめる場合はほかのキーを押してください。',
    ],
    ['one is closed', japanese.confirmClosed(1, false), 'アラートを閉じました。お疲れさまでした。'],
    ['three are closed', japanese.confirmClosed(3, false), '3件のアラートを閉じました。お疲れさまでした。'],
    [
      'two are closed, and others joined',
      japanese.confirmClosed(2, true),
      '2件のアラートを閉じました。ほかにも出ています。',
    ],
    ['it failed', japanese.closeFailed(0, 1), 'アラートを閉じられませんでした。'],
    ['three failed', japanese.closeFailed(0, 3), 'アラートを閉じられませんでした。'],
    ['one of three failed', japanese.closeFailed(2, 1), '2件閉じましたが、1件は閉じられませんでした。'],
    [
      'the keys with it',
      english.keys(true),
      'Press 1 to take it, 2 to pass it on, star to hear this again, 9 to close it.',
    ],
    ['one', english.askToClose(1), 'This closes the alert. Press 1 to go ahead, any other key to go back.'],
    [
      'three',
      english.askToClose(3),
      'This closes all 3 alerts. Press 1 to go ahead, any other key to go back.',
    ],
    ['one is closed', english.confirmClosed(1, false), 'The alert is closed. Thank you.'],
    ['three are closed', english.confirmClosed(3, false), '3 alerts are closed. Thank you.'],
    [
      'one is closed, and others joined',
      english.confirmClosed(1, true),
      'The alert is closed. There are more.',
    ],
    ['it failed', english.closeFailed(0, 1), 'It could not be closed.'],
    ['three failed', english.closeFailed(0, 3), 'They could not be closed.'],
    ['one of three failed', english.closeFailed(2, 1), '2 closed, 1 could not be closed.'],
  ])('%s', (_, spoken, sentence) => {
    expect(spoken).toBe(sentence);
  });
});

test.each<Language>(['ja', 'en'])('all that is spoken (%s) can be spoken as it is, whole', (language) => {
  const speech = unhurried(language);
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
    speech.goneOn,
    speech.confirmPassed,
    speech.goodbye,
    speech.unknownKey,
  ]) {
    expect(fitted(text)).toBe(text);
    expect(text).toMatch(/[。.]$/);
  }
});
