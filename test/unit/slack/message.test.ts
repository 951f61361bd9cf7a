/** Mark-up and escaping: docs.slack.dev/messaging/formatting-message-text (only &, < and > are escaped). */

import type { LoggedNews, News, PageEnd } from '../../../src/escalation';
import type { AlertDetails } from '../../../src/escalation/alert';
import { escaped } from '../../../src/slack/markup';
import { pageMessage, subjectOf } from '../../../src/slack/message';
import { isLoud, latest, newsLines, newsText, wholePost } from '../../../src/slack/news-text';
import { duration } from '../../../src/slack/phrases';
import type { NewsBatch } from '../../../src/slack/poster';
import {
  BEGAN,
  EVENING,
  logged,
  member,
  onDuty,
  PAGE,
  type PageChanges,
  stateOf,
} from '../../support/on-duty';

const ja = onDuty();
const en = onDuty({ language: 'en' });

const unanswered: PageEnd = { kind: 'unanswered', at: EVENING };
const closed: PageEnd = { kind: 'closed', at: EVENING };

type Alerts = NonNullable<Parameters<typeof stateOf>[1]>['alerts'];

function messageOf(list: typeof ja, changes: PageChanges = {}, alerts?: Alerts) {
  const state = stateOf(changes, { alerts });
  return pageMessage(list, state, subjectOf({ ...PAGE, ...changes }));
}

const message = (...what: Parameters<typeof messageOf>) => messageOf(...what).text;
const linesOf = (list: typeof ja, news: readonly LoggedNews[], alerts?: Alerts) =>
  newsLines(list, stateOf({}, { alerts }), news);

describe('what Slack would not update, for it has more than 4,000 bytes', () => {
  const worst = {
    id: 'a',
    monitor: '在庫',
    status: 'critical',
    message: '在庫数が足りません。'.repeat(200),
  } as const;
  const title = '長い名前の監視'.repeat(15);
  const many = Array.from({ length: 9 }, (_, nth) => ({ id: `${nth}`, monitor: title, target: title }));

  test('a long message is cut, and all else stands', () => {
    const lines = message(ja, {}, [worst, { id: 'b', monitor: '決済' }]).split('\n');
    expect(lines).toEqual([
      ':red_circle: CRITICAL *在庫*',
      `> ${worst.message.slice(0, 400)}…`,
      '• 決済',
      ':telephone_receiver: <@U012AB3CD> を呼び出し中 (3人中1人目・1周目)',
      '順番: 佐藤 → 鈴木 → Alice (2周まで)',
    ]);
  });

  test('of many long names only the first are named', () => {
    const lines = message(ja, {}, many).split('\n');
    expect(lines.slice(3, 4)).toEqual(['ほか6件']);
    expect(lines.at(-1)).toBe('順番: 佐藤 → 鈴木 → Alice (2周まで)');
  });

  test('of much news the last is told', () => {
    const closings = Array.from(
      { length: 30 },
      (_, nth): News => ({ kind: 'alert-closed', alert: `${nth % 9}` }),
    );
    const news: News[] = [...closings, { kind: 'unreachable' }];
    const state = stateOf({}, { alerts: many });
    const batch: NewsBatch = {
      list: ja,
      state,
      news: logged(news),
      page: PAGE.id,
      thread: { kind: 'unknown' },
      until: 0,
    };
    const { text } = wholePost(batch);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3_900);
    expect(text).toContain('\n…\n');
    expect(text).toContain('<!channel>');
  });

  test('what is loud is told whatever came after it', () => {
    const alerts = Array.from({ length: 29 }, (_, nth) => ({ id: `${nth}`, monitor: title }));
    const joined: News = { kind: 'joined', alerts: alerts.map(({ id }) => id) };
    const news = logged([{ kind: 'nobody-answered', rings: 6, rounds: 2 }, joined]);
    const state = stateOf({ end: unanswered }, { alerts });
    const batch: NewsBatch = {
      list: ja,
      state,
      news,
      page: PAGE.id,
      thread: { kind: 'unknown' },
      until: 0,
    };
    for (const text of [wholePost(batch).text, newsText(ja, state, news)]) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3_900);
      expect(text).toContain('<!channel> :x:');
    }
  });

  test('one line that is too long is cut', () => {
    expect(latest(['あ'.repeat(5_000)], 99)).toBe('あ'.repeat(33));
  });
});

test('the graph is that of the worst alert that has one', () => {
  const imageUrl = 'https://mackerel.io/embed/public/a.png';
  const alerts = [
    { id: 'a', monitor: '死活' },
    { id: 'b', monitor: 'CPU', target: 'app01', imageUrl },
  ];
  expect(messageOf(ja, {}, alerts).attachments).toEqual([
    { fallback: 'グラフ', image_url: imageUrl, title: 'CPU — app01' },
  ]);
});

describe('a page’s own message', () => {
  test.each<[string, PageChanges, readonly string[] | undefined, string, string]>([
    [
      'the first ring, with a mention',
      {},
      undefined,
      ':rotating_light: *Mackerelのアラート `2wpLU5fBXbG`*\n:telephone_receiver: <@U012AB3CD> を呼び出し中 (3人中1人目・1周目)\n順番: 佐藤 → 鈴木 → Alice (2周まで)',
      ':rotating_light: *Mackerel alert `2wpLU5fBXbG`*\n:telephone_receiver: Calling <@U012AB3CD> (1 of 3, round 1)\nOrder: 佐藤 → 鈴木 → Alice (up to 2 rounds)',
    ],
    [
      'the fifth, of several alerts; who has no Slack ID is named',
      { attempt: 4 },
      ['a', 'b', 'c'],
      ':rotating_light: *Mackerelのアラート `a`*\n• Mackerelのアラート `b`\n• Mackerelのアラート `c`\n:telephone_receiver: 鈴木 を呼び出し中 (3人中2人目・2周目)\n順番: 佐藤 → 鈴木 → Alice (2周まで)',
      ':rotating_light: *Mackerel alert `a`*\n• Mackerel alert `b`\n• Mackerel alert `c`\n:telephone_receiver: Calling 鈴木 (2 of 3, round 2)\nOrder: 佐藤 → 鈴木 → Alice (up to 2 rounds)',
    ],
    [
      'a pause, in another order',
      { attempt: 3, leg: 'pausing', turn: 2 },
      undefined,
      ':rotating_light: *Mackerelのアラート `2wpLU5fBXbG`*\n:hourglass: 次の周まで休止中\n順番: Alice → 佐藤 → 鈴木 (2周まで)',
      ':rotating_light: *Mackerel alert `2wpLU5fBXbG`*\n:hourglass: Waiting for the next round\nOrder: Alice → 佐藤 → 鈴木 (up to 2 rounds)',
    ],
    [
      'taken: whoever took it is not called once more',
      { end: { kind: 'taken', at: EVENING, by: 0, attempt: 0 } },
      undefined,
      ':rotating_light: *Mackerelのアラート `2wpLU5fBXbG`*\n:white_check_mark: *佐藤* が対応中\n順番: 佐藤 → 鈴木 → Alice (2周まで)',
      ':rotating_light: *Mackerel alert `2wpLU5fBXbG`*\n:white_check_mark: *佐藤* is on it\nOrder: 佐藤 → 鈴木 → Alice (up to 2 rounds)',
    ],
    [
      'nobody',
      { end: unanswered },
      undefined,
      ':rotating_light: *Mackerelのアラート `2wpLU5fBXbG`*\n:x: *誰も応答していません*\n順番: 佐藤 → 鈴木 → Alice (2周まで)',
      ':rotating_light: *Mackerel alert `2wpLU5fBXbG`*\n:x: *Nobody has answered*\nOrder: 佐藤 → 鈴木 → Alice (up to 2 rounds)',
    ],
    [
      'closed',
      { end: closed },
      undefined,
      ':rotating_light: *Mackerelのアラート `2wpLU5fBXbG`*\n:zzz: アラートは閉じました\n順番: 佐藤 → 鈴木 → Alice (2周まで)',
      ':rotating_light: *Mackerel alert `2wpLU5fBXbG`*\n:zzz: The alert is closed\nOrder: 佐藤 → 鈴木 → Alice (up to 2 rounds)',
    ],
    [
      'a test',
      { isTest: true },
      undefined,
      ':test_tube: *架電のテスト* (アラートは出ていません)\n:telephone_receiver: <@U012AB3CD> を呼び出し中 (3人中1人目・1周目)\n順番: 佐藤 → 鈴木 → Alice (2周まで)',
      ':test_tube: *Escalation test* (no alert is open)\n:telephone_receiver: Calling <@U012AB3CD> (1 of 3, round 1)\nOrder: 佐藤 → 鈴木 → Alice (up to 2 rounds)',
    ],
  ])('%s', (_, changes, alerts, japanese, english) => {
    expect(message(ja, changes, alerts)).toBe(japanese);
    expect(message(en, changes, alerts)).toBe(english);
  });

  test('one round is no plural', () => {
    expect(message(onDuty({ language: 'en', rounds: 1 }))).toContain('(up to 1 round)');
  });

  const openedAt = Date.UTC(2026, 10, 22, 8, 55) / 1000;
  const disk = {
    id: 'a',
    status: 'critical',
    monitor: 'disk',
    target: 'db01',
    roles: ['shop: db', 'shop: backup'],
    metric: 'disk %',
    value: 95.3,
    threshold: 90,
    operator: '>',
    openedAt,
    message: 'first line\nsecond line',
    url: 'https://mackerel.io/orgs/shop/alerts/a',
    imageUrl: 'https://mackerel.io/embed/public/a.png',
  } as const;

  test('tells what is known of the worst alert, with its graph, and names the others', () => {
    const load = {
      id: 'b',
      status: 'warning',
      monitor: 'load',
      target: 'web01',
      metric: 'loadavg5',
      value: 5.2,
      threshold: 5,
      operator: '>',
    } as const;
    expect(messageOf(en, {}, [load, disk])).toEqual({
      text:
        ':red_circle: CRITICAL *<https://mackerel.io/orgs/shop/alerts/a|disk — db01>*\n' +
        '> disk %: 95.3 &gt; 90\n' +
        '> shop: db, shop: backup\n' +
        `> since <!date^${openedAt}^{date_short_pretty} {time}|2026-11-22 08:55 UTC>\n` +
        '> first line\n' +
        '> second line\n' +
        '• :large_yellow_circle: WARNING load — web01 (loadavg5: 5.2 &gt; 5)\n' +
        ':telephone_receiver: Calling <@U012AB3CD> (1 of 3, round 1)\n' +
        'Order: 佐藤 → 鈴木 → Alice (up to 2 rounds)',
      attachments: [{ fallback: 'graph', image_url: 'https://mackerel.io/embed/public/a.png' }],
    });
    expect(messageOf(ja, {}, [load, disk])).toEqual({
      text:
        ':red_circle: CRITICAL *<https://mackerel.io/orgs/shop/alerts/a|disk — db01>*\n' +
        '> disk %: 95.3 &gt; 90\n' +
        '> shop: db, shop: backup\n' +
        `> <!date^${openedAt}^{date_short_pretty} {time}|2026-11-22 08:55 UTC> から\n` +
        '> first line\n' +
        '> second line\n' +
        '• :large_yellow_circle: WARNING load — web01 (loadavg5: 5.2 &gt; 5)\n' +
        ':telephone_receiver: <@U012AB3CD> を呼び出し中 (3人中1人目・1周目)\n' +
        '順番: 佐藤 → 鈴木 → Alice (2周まで)',
      attachments: [{ fallback: 'グラフ', image_url: 'https://mackerel.io/embed/public/a.png' }],
    });
  });

  test.each<[string, Omit<AlertDetails, 'heardAt'>, string]>([
    ['nothing', { id: 'b' }, '• Mackerel alert `b`'],
    ['that it is critical', { id: 'b', status: 'critical', monitor: 'm' }, '• :red_circle: CRITICAL m'],
    [
      'that it is not known how bad it is',
      { id: 'b', status: 'unknown' },
      '• :white_circle: UNKNOWN Mackerel alert `b`',
    ],
    ['a value', { id: 'b', monitor: 'm', value: 0 }, '• m (0)'],
    [
      'too little of something',
      { id: 'b', monitor: 'm', metric: 'a<b', value: 1, threshold: 2, operator: '<' },
      '• m (a&lt;b: 1 &lt; 2)',
    ],
    [
      'a value that does not meet the condition, or no more',
      { id: 'b', monitor: 'm', metric: 'loadavg5', value: 1.5, threshold: 1.96, operator: '>' },
      '• m (loadavg5: 1.5 (&gt; 1.96))',
    ],
    ['a threshold without a value', { id: 'b', monitor: 'm', threshold: 1 }, '• m'],
  ])('of a further alert, in one line: %s', (_, alert, line) => {
    const worst = { id: 'a', status: 'critical' } as const;
    expect(message(en, {}, [worst, alert]).split('\n')[1]).toBe(line);
  });

  test.each([1e20, -1e20, 0, 253_402_300_800])('a time that cannot be is left out: %d', (openedAt) => {
    expect(message(en, {}, [{ id: 'a', openedAt }])).toBe(message(en, {}, [{ id: 'a' }]));
  });

  test('a time is told in whole seconds', () => {
    expect(message(en, {}, [{ id: 'a', openedAt: openedAt + 0.7 }])).toContain(`<!date^${openedAt}^`);
  });

  const by0: PageEnd = { kind: 'taken', at: EVENING, by: 0, attempt: 0 };
  test.each<[string, PageChanges, ('open' | 'closed')[], string, string]>([
    [
      'taken',
      { end: by0 },
      ['closed', 'closed'],
      ':zzz: 閉じました (*佐藤* が対応)',
      ':zzz: Closed (*佐藤* had taken it)',
    ],
    [
      'taken, and one is open',
      { end: by0 },
      ['closed', 'open'],
      ':white_check_mark: *佐藤* が対応中',
      ':white_check_mark: *佐藤* is on it',
    ],
    [
      'taken, and nothing is known of them any more',
      { end: by0 },
      [],
      ':white_check_mark: *佐藤* が対応中',
      ':white_check_mark: *佐藤* is on it',
    ],
    [
      'unanswered',
      { end: unanswered },
      ['closed'],
      ':zzz: 閉じました (誰も応答していません)',
      ':zzz: Closed (nobody had answered)',
    ],
    ['closed', { end: closed }, ['closed'], ':zzz: アラートは閉じました', ':zzz: The alert is closed'],
  ])('how the page stands once its alerts close: %s', (_, changes, alerts, japanese, english) => {
    const state = stateOf(changes, { alerts: alerts.map((_, nth) => `a${nth}`) });
    const after = {
      ...state,
      alerts: state.alerts.map((alert, nth) =>
        alerts[nth] === 'closed' ? { ...alert, closedAt: EVENING } : alert,
      ),
    };
    const shown = (list: typeof ja) =>
      pageMessage(list, after, subjectOf({ ...PAGE, ...changes })).text.split('\n');
    expect(shown(ja)).toContain(japanese);
    expect(shown(en)).toContain(english);
  });

  test('of many alerts six are named', () => {
    const ids = Array.from({ length: 10 }, (_, n) => `a${n}`);
    expect(message(en, {}, ids).split('\n').slice(1, 8)).toEqual([
      ...['a1', 'a2', 'a3', 'a4', 'a5'].map((id) => `• Mackerel alert \`${id}\``),
      'and 4 more',
      ':telephone_receiver: Calling <@U012AB3CD> (1 of 3, round 1)',
    ]);
  });

  test('all of its alerts are closed: it is about alerts all the same', () => {
    expect(message(en, { end: closed }, [])).toMatch(
      /^:rotating_light: \*Mackerel alert\*\n:zzz: The alert is closed\n/,
    );
  });
});

describe('a line of news', () => {
  test.each<[News, string, string]>([
    [
      { kind: 'calling', attempt: 0, member: 0 },
      ':telephone_receiver: <@U012AB3CD> を呼び出しています',
      ':telephone_receiver: Calling <@U012AB3CD>',
    ],
    [
      { kind: 'not-reached', member: 0, why: 'no-answer' },
      ':mobile_phone_off: 佐藤: 応答なし',
      ':mobile_phone_off: 佐藤: no answer',
    ],
    [
      { kind: 'not-reached', member: 0, why: 'busy' },
      ':mobile_phone_off: 佐藤: 話し中',
      ':mobile_phone_off: 佐藤: busy',
    ],
    [
      { kind: 'not-reached', member: 0, why: 'failed' },
      ':mobile_phone_off: 佐藤: つながらず',
      ':mobile_phone_off: 佐藤: could not be reached',
    ],
    [
      { kind: 'not-reached', member: 0, why: 'canceled' },
      ':mobile_phone_off: 佐藤: 取り消し',
      ':mobile_phone_off: 佐藤: canceled',
    ],
    [
      { kind: 'not-reached', member: 0, why: 'no-key' },
      ':mobile_phone_off: 佐藤: 電話には出たがキー操作なし(留守番電話など)',
      ':mobile_phone_off: 佐藤: picked up, but pressed no key (a voicemail?)',
    ],
    [
      { kind: 'answered', member: 1 },
      ':speech_balloon: 鈴木 が電話に出ました',
      ':speech_balloon: 鈴木 picked up',
    ],
    [
      { kind: 'passed-on', member: 1 },
      ':arrow_right: 鈴木 が次の人に回しました',
      ':arrow_right: 鈴木 passed it on',
    ],
    [
      { kind: 'joined', alerts: ['2wpLU5fBXbG'] },
      ':heavy_plus_sign: 加わりました: Mackerelのアラート `2wpLU5fBXbG`',
      ':heavy_plus_sign: Joined: Mackerel alert `2wpLU5fBXbG`',
    ],
    [
      { kind: 'taken', member: 0, attempt: 3, seconds: 125, isTest: false },
      ':white_check_mark: *<@U012AB3CD> が対応します* (4回目の呼び出し, 2分5秒)',
      ':white_check_mark: *<@U012AB3CD> took it* (ring 4, after 2 min 5 s)',
    ],
    [
      { kind: 'taken', member: 1, attempt: 0, seconds: 120, isTest: false },
      ':white_check_mark: *鈴木 が対応します* (1回目の呼び出し, 2分)',
      ':white_check_mark: *鈴木 took it* (ring 1, after 2 min)',
    ],
    [
      { kind: 'nobody-answered', rings: 6, rounds: 2, isTest: false },
      '<!channel> :x: *誰も応答しませんでした* (2周, のべ6回)。Mackerelの再通知が来たら、もう一度呼び出します',
      '<!channel> :x: *Nobody answered* (2 rounds, 6 rings). Phones ring again at the next notification from Mackerel',
    ],
    [
      { kind: 'call-lost', isSure: true },
      '<!channel> :x: *通話が途中で切れました。まだ誰も対応していません*',
      '<!channel> :x: The call dropped. *Nobody has this alert.*',
    ],
    [
      { kind: 'call-lost', isSure: false },
      ':grey_question: 通話が終わりました。対応すると言った人がいなければ、まだ誰も対応していません',
      ':grey_question: The call is over. Unless somebody says they took it, nobody has this alert',
    ],
    [
      { kind: 'resumed' },
      ':repeat: 途切れた呼び出しを次の人から再開します',
      ':repeat: The page had stalled: going on with the next person',
    ],
    [
      { kind: 'degraded' },
      ':warning: Twilio Syncが応答しません。ここにないアラートや記録があるかもしれません。Mackerelも見てください (呼び出しは続けます)',
      ':warning: Twilio Sync is not answering. Alerts may be missing here, so check Mackerel, too (the calls go on)',
    ],
  ])('%j', (news, japanese, english) => {
    expect(linesOf(ja, logged([news]))).toEqual([japanese]);
    expect(linesOf(en, logged([news]))).toEqual([english]);
  });

  test.each<[News, string, string]>([
    [
      { kind: 'page-started', why: 'still-open', taker: 0 },
      ':repeat: まだ閉じていないため、対応中の佐藤から呼び出します',
      ':repeat: Still open: calling again, starting with 佐藤, who took it',
    ],
    [
      { kind: 'page-started', why: 'worse', taker: 0 },
      ':chart_with_upwards_trend: 悪化したため、すぐに呼び出します',
      ':chart_with_upwards_trend: It got worse: calling at once',
    ],
    [
      { kind: 'worse', alert: 'a' },
      ':chart_with_upwards_trend: 悪化しました: disk — db01',
      ':chart_with_upwards_trend: Got worse: disk — db01',
    ],
    [{ kind: 'alert-closed', alert: 'a' }, ':zzz: 閉じました: disk — db01', ':zzz: Closed: disk — db01'],
    [
      { kind: 'taken', member: 0, attempt: 0, seconds: 9, isTest: true },
      ':white_check_mark: *<@U012AB3CD> がテストに応答しました* (1回目の呼び出し, 9秒)',
      ':white_check_mark: *<@U012AB3CD> answered the test* (ring 1, after 9 s)',
    ],
    [
      { kind: 'nobody-answered', rings: 1, rounds: 1, isTest: true },
      ':x: *誰も応答しませんでした* (1周, のべ1回)',
      ':x: *Nobody answered* (1 round, 1 ring)',
    ],
    [{ kind: 'all-closed' }, ':zzz: *誰かが対応する前に閉じました*', ':zzz: *Closed before anyone took it*'],
    [
      { kind: 'all-closed', taker: 0, seconds: 125 },
      ':zzz: *閉じました* (佐藤が対応してから2分5秒)',
      ':zzz: *Closed*, 2 min 5 s after 佐藤 took it',
    ],
    [
      { kind: 'closed-by-phone', member: 0, alerts: 1 },
      ':zzz: *<@U012AB3CD> が電話から閉じました*',
      ':zzz: *<@U012AB3CD> closed it by phone*',
    ],
    [
      { kind: 'closed-by-phone', member: 1, alerts: 3 },
      ':zzz: *鈴木 が電話から閉じました* (3件)',
      ':zzz: *鈴木 closed 3 alerts by phone*',
    ],
    [
      { kind: 'kept-quiet', alert: 'a', member: 0, minutes: 12 },
      ':mute: 再通知: 佐藤が対応中のため、あと12分は呼び出しません (disk — db01)',
      ':mute: Mackerel notified again. 佐藤 has it, so nobody is called for another 12 min (disk — db01)',
    ],
    [
      { kind: 'page-started', why: 'changed' },
      ':chart_with_upwards_trend: 再通知より早くMackerelから電話が来ました。状態が変わり、悪化したかもしれないため、すぐに呼び出します',
      ':chart_with_upwards_trend: Mackerel called again before a re-send was due: the status has changed and may be worse. Calling at once',
    ],
    [
      { kind: 'page-started', why: 'new', taker: 0 },
      ':eyes: 先ほど別のアラートの対応を引き受けた佐藤から呼び出します',
      ':eyes: Starting with 佐藤, who has just taken another alert and is awake',
    ],
    [
      { kind: 'called-in', member: 1 },
      ':telephone: 鈴木 から電話があったため、次に呼び出します',
      ':telephone: 鈴木 called in and is next',
    ],
    [
      { kind: 'unreachable' },
      '<!channel> :x: *Twilioから誰にも電話をかけられません。まだ誰も対応していません*',
      '<!channel> :x: Twilio refused every call. *Nobody has this alert.*',
    ],
    [
      { kind: 'unreachable', why: 'silent' },
      '<!channel> :x: *Twilioが応答せず、電話が鳴っているかわかりません。まだ誰も対応していません*',
      '<!channel> :x: Twilio does not answer, so the phone may not be ringing. *Nobody has this alert.*',
    ],
    [
      { kind: 'unreachable', why: 'too-many-calls' },
      '<!channel> :x: *Twilioから誰にも電話をかけられません。まだ誰も対応していません*。アカウントの同時通話数の上限に達しています (10004)。docs/set-up.ja.mdを見てください',
      '<!channel> :x: Twilio refused every call. *Nobody has this alert.* The account is at its limit of concurrent calls (10004): see docs/set-up.md',
    ],
    [
      { kind: 'joined-unheard', alerts: ['a'] },
      '<!channel> :heavy_plus_sign: *disk — db01*: 呼び出し中の人には伝わっていません。Mackerelを見てください (Twilio Syncが応答しないため、別には呼び出しません)',
      '<!channel> :heavy_plus_sign: *disk — db01*: the person being called does not hear about it. Check Mackerel (Twilio Sync is not answering, so nobody is called separately)',
    ],
    [
      { kind: 'closed-already', alert: 'a' },
      ':mute: すでに閉じているため、呼び出しません: disk — db01',
      ':mute: Already closed, so nobody is called: disk — db01',
    ],
    [
      { kind: 'went-direct' },
      ':telephone: Mackerelからの通話が切れたため、直接呼び出します',
      ":telephone: Mackerel's call dropped: calling people directly",
    ],
    [
      { kind: 'read-only-key' },
      ':information_source: MackerelのAPIキーは読み取り専用です。メモの記入と電話からのクローズは行いません',
      ':information_source: The Mackerel API key is read-only: no memos, and no closing by phone',
    ],
    [
      { kind: 'unavailable', why: 'forbidden' },
      ':warning: MackerelのAPIでアラートを確かめられません: APIキーに権限がないか、IPアドレス制限で拒否されました (403)',
      ":warning: Could not check the alert with Mackerel's API: the API key has no permission, or an IP restriction blocks us (403)",
    ],
    [
      { kind: 'unavailable', why: 'slow' },
      ':warning: MackerelのAPIでアラートを確かめられません: 時間内に応答がありません',
      ":warning: Could not check the alert with Mackerel's API: no answer in time",
    ],
  ])('%j', (news, japanese, english) => {
    const alerts = [{ id: 'a', monitor: 'disk', target: 'db01' }];
    expect(linesOf(ja, logged([news]), alerts)).toEqual([japanese]);
    expect(linesOf(en, logged([news]), alerts)).toEqual([english]);
  });

  test('that a page has begun is told by its own message', () => {
    const { news } = stateOf();
    expect(linesOf(en, news)).toEqual([':telephone_receiver: Calling <@U012AB3CD>']);
  });

  test.each<[boolean, News]>([
    [true, { kind: 'nobody-answered', rings: 6, rounds: 2, isTest: false }],
    [true, { kind: 'call-lost', isSure: true }],
    [false, { kind: 'call-lost', isSure: false }],
    [false, { kind: 'taken', member: 0, attempt: 0, seconds: 9, isTest: false }],
    [false, { kind: 'nobody-answered', rings: 6, rounds: 2, isTest: true }],
    [false, { kind: 'degraded' }],
  ])('loud, %p: %j; what is loud calls the channel, and nothing else does', (loud, news) => {
    const [item] = logged([news]);
    expect(item && isLoud(item)).toBe(loud);
    for (const list of [ja, en])
      expect(
        linesOf(list, logged([news]))
          .join('')
          .includes('<!channel>'),
      ).toBe(loud);
  });

  test.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min '],
    [61, '1 min 1 s'],
    [3_600, '60 min '],
  ])('%i seconds', (seconds, text) => {
    expect(duration(seconds, ' min ', ' s')).toBe(text);
  });
});

describe('names are no mark-up', () => {
  const odd = onDuty({
    language: 'en',
    members: [member('<!channel> & <@U012AB3CD>'), member('A&amp;B'), member('x > y')],
  });

  test('in a page’s message', () => {
    expect(message(odd)).toBe(
      ':rotating_light: *Mackerel alert `2wpLU5fBXbG`*\n' +
        ':telephone_receiver: Calling &lt;!channel&gt; &amp; &lt;@U012AB3CD&gt; (1 of 3, round 1)\n' +
        'Order: &lt;!channel&gt; &amp; &lt;@U012AB3CD&gt; → A&amp;amp;B → x &gt; y (up to 2 rounds)',
    );
  });

  test.each<[News, string]>([
    [{ kind: 'answered', member: 0 }, ':speech_balloon: &lt;!channel&gt; &amp; &lt;@U012AB3CD&gt; picked up'],
    [{ kind: 'passed-on', member: 2 }, ':arrow_right: x &gt; y passed it on'],
    [{ kind: 'not-reached', member: 1, why: 'busy' }, ':mobile_phone_off: A&amp;amp;B: busy'],
  ])('in %j', (news, line) => {
    expect(linesOf(odd, logged([news]))).toEqual([line]);
  });

  test('of a monitor, a host, a role, a metric and a message, either: they come from elsewhere', () => {
    const odd = '<!channel> & <https://example.com|here>';
    const same = '&lt;!channel&gt; &amp; &lt;https://example.com|here&gt;';
    const alert = { id: 'a', monitor: odd, target: odd, roles: [odd], metric: odd, value: 1, message: odd };
    expect(message(en, {}, [alert])).toBe(
      `:rotating_light: *${same} — ${same}*\n` +
        `> ${same}: 1\n` +
        `> ${same}\n` +
        `> ${same}\n` +
        ':telephone_receiver: Calling <@U012AB3CD> (1 of 3, round 1)\n' +
        'Order: 佐藤 → 鈴木 → Alice (up to 2 rounds)',
    );
    expect(linesOf(en, logged([{ kind: 'joined', alerts: ['a'] }]), [alert])).toEqual([
      `:heavy_plus_sign: Joined: ${same} — ${same}`,
    ]);
    expect(linesOf(en, logged([{ kind: 'joined', alerts: ['<!here>'] }]))).toEqual([
      ':heavy_plus_sign: Joined: Mackerel alert `&lt;!here&gt;`',
    ]);
  });

  test('an address that is none does not end the mark-up', () => {
    const alert = { id: 'a', monitor: 'disk', url: 'https://example.com/> <!channel>' };
    expect(message(en, {}, [alert])).not.toContain('<!channel>');
  });

  test('an address cannot be broken out of by a name', () => {
    const alert = { id: 'a', monitor: 'a|b>c', url: 'https://mackerel.io/orgs/shop/alerts/a' };
    expect(message(en, {}, [alert]).split('\n')[0]).toBe(
      ':rotating_light: *<https://mackerel.io/orgs/shop/alerts/a|a¦b&gt;c>*',
    );
  });

  test.each([
    ['<', '&lt;'],
    ['&lt;', '&amp;lt;'],
    ['a & b > c', 'a &amp; b &gt; c'],
    ['*_~`', '*_~`'],
  ])('%s', (text, expected) => {
    expect(escaped(text)).toBe(expected);
  });

  test('who has left the list goes by a number of the list, not of a phone', () => {
    const shorter = onDuty({ members: ja.members.slice(0, 1) });
    expect(message(shorter, { attempt: 1 })).toBe(
      ':rotating_light: *Mackerelのアラート `2wpLU5fBXbG`*\n:telephone_receiver: #2 を呼び出し中 (3人中2人目・1周目)\n順番: 佐藤 → #2 → #3 (2周まで)',
    );
  });
});

describe('a post that stands alone', () => {
  const batch = (changes: Partial<NewsBatch>): NewsBatch => {
    const state = stateOf();
    const page = state.page?.id ?? '';
    return { list: en, state, page, news: state.news, thread: { kind: 'new' }, until: 0, ...changes };
  };

  test('tells the page and its news', () => {
    expect(wholePost(batch({})).text).toBe(
      ':rotating_light: *Mackerel alert `2wpLU5fBXbG`*\n' +
        ':telephone_receiver: Calling <@U012AB3CD> (1 of 3, round 1)\n' +
        'Order: 佐藤 → 鈴木 → Alice (up to 2 rounds)\n' +
        ':telephone_receiver: Calling <@U012AB3CD>',
    );
  });

  const when = `<!date^${EVENING}^{date_short_pretty} {time}|2026-11-22 09:00 UTC>`;

  test('of a page that is no longer at hand, tells when it was and only what lasts', () => {
    const passing: News[] = [
      BEGAN,
      { kind: 'calling', attempt: 0, member: 0 },
      { kind: 'answered', member: 0 },
    ];
    const taken: News = { kind: 'taken', member: 0, attempt: 0, seconds: 9, isTest: false };
    const late = batch({ page: 'yesterday', news: logged([...passing, taken]) });
    expect(wholePost(late).text).toBe(
      `${when} · :white_check_mark: *<@U012AB3CD> took it* (ring 1, after 9 s)`,
    );
    expect(wholePost(batch({ page: 'yesterday', news: logged(passing) })).text).toBe('');
  });

  test('of a page that is no longer at hand, names the alerts that are', () => {
    const old = { ...stateOf(), alerts: [{ id: 'a', monitor: 'disk', heardAt: EVENING, page: 'yesterday' }] };
    const late = batch({
      page: 'yesterday',
      state: old,
      news: logged([{ kind: 'call-lost', isSure: true }]),
    });
    expect(wholePost(late).text).toBe(
      `${when} · disk · <!channel> :x: The call dropped. *Nobody has this alert.*`,
    );
  });

  test('a call that is over, nobody knows how, says nothing about the page', () => {
    const lost = batch({ news: logged([{ kind: 'call-lost', isSure: false }]) });
    expect(wholePost(lost).text).toBe(
      `${when} · Mackerel alert \`2wpLU5fBXbG\` · :grey_question: The call is over. Unless somebody says they took it, nobody has this alert`,
    );
  });

  test('tells nothing where there is nothing', () => {
    expect(wholePost(batch({ page: 'yesterday', news: [] })).text).toBe('');
  });
});

test('nothing that is written holds a phone number', () => {
  const texts = [ja, en].map((list) => message(list) + linesOf(list, stateOf().news).join('\n'));
  expect(texts.join('\n')).not.toMatch(/\+\d{6,}/);
});
