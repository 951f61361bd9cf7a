/** A member who picks up knows within half a minute which key to press, whatever the alert says. */
import * as fc from 'fast-check';
import type { Language } from '../../../src/dial-list/list';
import type { AlertDetails } from '../../../src/escalation/alert';
import { secondsOf, within } from '../../../src/speech/pace';
import { type Briefing, FULL_MESSAGE_WITHIN, KEYS_KNOWN_WITHIN } from '../../../src/speech/speech';
import { speechIn } from '../../../src/speech/spoken';
import { EVENING } from '../../support/event';
import { secondsSpoken } from '../../support/ruler';

const only = (facts: Partial<AlertDetails>): AlertDetails => ({ id: 'alert-1', heardAt: EVENING, ...facts });
const briefing = (alerts: readonly AlertDetails[], changes: Partial<Briefing> = {}): Briefing => ({
  reading: 'さとう',
  isTest: false,
  alerts,
  joinedSince: 0,
  now: EVENING,
  ...changes,
});

/** What whoever picks up hears until they know the keys, the longest of them; as the telephone puts it together. */
function heard(language: Language, about: Briefing) {
  const speech = speechIn(language);
  const keys = [true, false].map((isWhole) => secondsOf(speech.keys(true, isWhole), language));
  const room = KEYS_KNOWN_WITHIN - Math.max(...keys);
  const { text, isWhole } = speech.brief(about, room);
  return { text, isWhole, seconds: secondsSpoken(`${text}${speech.keys(true, isWhole)}`, language) };
}

const measured = { metric: 'custom.http.requests.p99.latency_ms', value: 12_345.678, threshold: 10_000 };
const full: Partial<AlertDetails> = {
  status: 'critical',
  monitor: 'payments',
  target: 'db1',
  openedAt: EVENING - 3_900,
};
const longNames = (text: string): AlertDetails =>
  only({
    ...full,
    ...measured,
    monitor: text.repeat(120).slice(0, 120),
    target: text.repeat(120).slice(0, 120),
  });
const saying = (text: string) => only({ ...full, message: text.repeat(1_024).slice(0, 1_024) });

/** The longest that there are: mackerel.io/api-docs/entry/check-monitoring allows a message 1,024 characters. */
const LONGEST: readonly (readonly [string, readonly AlertDetails[], Partial<Briefing>])[] = [
  ['a check’s message of 1,024 letters', [saying('x')], {}],
  ['of 1,024 words', [saying('connection to the database refused. ')], {}],
  ['of 1,024 characters of Japanese', [saying('在庫数が足りません。')], {}],
  ['of 1,024 without a place to cut', [saying('山')], {}],
  ['of 1,024 digits', [saying('1')], {}],
  ['of 1,024 signs', [saying('#_/')], {}],
  ['of 1,024 capitals', [saying('ABC ')], {}],
  ['in both languages', [saying('決済サーバーが HTTP 503 を返しています。')], {}],
  ['three alerts with such messages', [saying('あ い'), saying('word '), saying('x')], {}],
  ['long names of letters', [longNames('x')], {}],
  ['long names of words', [longNames('payment gateway ')], {}],
  ['long Japanese names', [longNames('決済の監視')], {}],
  ['long names of emoji', [longNames('🔥')], {}],
  ['three alerts with long names', [longNames('x'), longNames('監視'), longNames('payment ')], {}],
  ['a flood', Array.from({ length: 5_000 }, () => ({ ...longNames('x'), ...saying('y') })), {}],
  [
    'a huge number',
    [only({ ...full, ...measured, value: -1.2345e300, threshold: -1.2e300, operator: '<' })],
    {},
  ],
  ['somebody with a long name', [saying('word ')], { reading: '寿限無'.repeat(100) }],
  ['somebody whose name is spelled', [saying('word ')], { reading: 'XYZ'.repeat(100) }],
];

describe.each<Language>(['ja', 'en'])('in time (%s)', (language) => {
  test.each(LONGEST)('%s', (_, alerts, changes) => {
    const { text, seconds, isWhole } = heard(language, briefing(alerts, changes));
    expect(seconds).toBeLessThanOrEqual(30);
    expect(text).toMatch(language === 'ja' ? /さん、マカレルのアラート/ : /Mackerel/);
    expect(isWhole).toBe(false);
  });

  test('whatever the alerts say', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc
        .array(fc.constantFrom('db1 ', 'アラート', '。', 'disk ', '95.3', 'HTTP', '_', 'です'), {
          maxLength: 200,
        })
        .map((parts) => parts.join('')),
    );
    const alert = fc
      .record(
        {
          status: fc.constantFrom('critical', 'warning', 'unknown'),
          monitor: text,
          target: text,
          metric: text,
          value: fc.double({ noNaN: true, noDefaultInfinity: true }),
          threshold: fc.double({ noNaN: true, noDefaultInfinity: true }),
          message: text,
          openedAt: fc.constant(EVENING - 60),
        },
        { requiredKeys: [] },
      )
      .map((facts) => only(facts as Partial<AlertDetails>));
    fc.assert(
      fc.property(fc.array(alert, { maxLength: 5 }), text, fc.nat(2_000), (alerts, reading, more) => {
        expect(
          heard(language, briefing([...alerts, ...Array.from({ length: more }, () => only({}))], { reading }))
            .seconds,
        ).toBeLessThanOrEqual(30);
      }),
    );
  });

  test('what is told in full leaves time to press a key before the line is cut', () => {
    const speech = speechIn(language);
    for (const [, alerts, changes] of LONGEST) {
      const { text } = speech.brief(briefing(alerts, changes), FULL_MESSAGE_WITHIN);
      const keys = secondsSpoken(speech.keys(true, true), language);
      // Twice the message and 8 s each; then all of it, the keys twice, and 8 s each.
      expect(2 * (30 + 8) + secondsSpoken(text, language) + 2 * (keys + 8)).toBeLessThanOrEqual(180);
    }
  });
});

describe('first what matters', () => {
  const room = 20;
  const brief = (language: Language, alerts: readonly AlertDetails[], seconds = room) =>
    speechIn(language).brief(briefing(alerts), seconds);

  test('how bad it is, what it is about, since when, and as much of the message as there is time for', () => {
    expect(brief('ja', [saying('在庫数が足りません。')]).text).toMatch(
      /^さとうさん、マカレルのアラートです。クリティカル。payments、db1。1時間5分前から続いています。(在庫数が足りません。)+…$/,
    );
    expect(brief('en', [saying('Too few of them are left. ')]).text).toMatch(
      /^さとう, this is an alert from Mackerel\. Critical\. payments on db1\. Open for 1 hour and 5 minutes\. (Too few of them are left\. ?)+…$/,
    );
  });

  test('a name that is too long is cut, and what was measured is told all the same', () => {
    expect(
      brief('ja', [only({ ...full, value: 95.3, threshold: 90, monitor: '監視'.repeat(60) })]).text,
    ).toMatch(/。(監視)+監?…、db1。値は95\.3で、しきい値の90を上回っています。/);
  });

  test('a number is told whole or not at all, at need without its name', () => {
    const metric = 'custom.http.requests.of.payment.gateway.latency_ms';
    const { text, isWhole } = brief('ja', [only({ ...full, ...measured, metric })]);
    expect(text).toMatch(/値は(12350ミリ秒で、しきい値の10000ミリ秒を上回っています|12350ミリ秒です)。/);
    expect(isWhole).toBe(false);
  });

  test('of the others as many as there is time for', () => {
    const other = (monitor: string) => only({ status: 'warning', monitor });
    const worst = only({ status: 'critical', monitor: '在庫' });
    expect(brief('ja', [worst, other('負荷'), other('応答')]).text).toMatch(
      /続いて、ワーニング、負荷。ワーニング、応答。$/,
    );
    const long = ['一', '二'].map((name) => other(`長い名前の監視その${name}${'ん'.repeat(12)}`));
    expect(brief('ja', [worst, ...long], 15).text).toMatch(
      /続いて、ワーニング、長い名前[^、]+。ほか1件です。$/,
    );
  });

  test('a short message is whole, and so no more is offered', () => {
    expect(brief('ja', [only({ ...full, message: '在庫なし' })]).isWhole).toBe(true);
  });
});

describe('a pace', () => {
  test.each<[Language, string, number]>([
    ['ja', 'アラートです。', 1],
    ['ja', '在庫数', 3 / 7],
    ['ja', 'db1', 0.9],
    ['ja', 'ディスク db1', 5 / 7 + 0.9],
    ['en', 'The disk is full', 16 / 14],
    ['en', 'ssh', 0.9],
    ['en', 'MySQL 5.7', 5 * 0.3 + 1 / 14 + 0.9],
    ['en', 'I am at db1', 8 / 14 + 0.9],
    ['en', '在庫', 0.6],
    ['en', '', 0],
  ])('%s: %s', (language, text, seconds) => {
    expect(secondsOf(text, language)).toBeCloseTo(seconds);
  });

  test.each([
    ['short enough', '在庫数が足りません。', 3, '在庫数が足りません。'],
    ['cut', '在庫数が足りません。在庫数が足りません。', 2, '在庫数が足りません。…'],
    ['no use', '在庫数が足りません。', 1, ''],
  ])('%s', (_, text, seconds, said) => {
    expect(within(text, seconds, 'ja')).toBe(said);
  });
});
