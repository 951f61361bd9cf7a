/** What each event is told as. The events are made as the exchange makes them, a call at a time. */
import { type ExchangeEvent, numbers } from '../../../switchboard';
import { phoneTeller } from '../../../switchboard/terminal/phone-teller';
import { phrasesIn } from '../../../switchboard/terminal/phrases';
import { plain, type Row } from '../../../switchboard/terminal/row';
import { slackTeller } from '../../../switchboard/terminal/slack-teller';
import { member } from '../../support/on-duty';

const phone = '+815000000001';
const members = [
  member('佐藤', { phone, ringSeconds: 60 }),
  member('鈴木', { phone: '+815000000002' }),
  member('当番', { phone: '+815000000002' }),
];
const callSid = 'CA1';
const created = {
  kind: 'call-created',
  callSid,
  direction: 'outbound-dial',
  from: numbers.a,
  to: phone,
} as const;
const ringing = { kind: 'ringing', callSid, phone, from: numbers.a } as const;
const answered = { kind: 'answered', callSid, phone, by: 'person' } as const;
const hungUp = { kind: 'hung-up', callSid, phone, who: 'twiml', status: 'completed', sipCode: 200 } as const;
const says = {
  kind: 'says',
  callSid,
  phone,
  text: 'さとうさん、マカレルのアラートです。',
  language: 'ja-JP',
} as const;
const outer = { ...created, callSid: 'CA8', direction: 'outbound-api', to: numbers.b } as const;
const inner = { ...created, callSid: 'CA9', direction: 'inbound', to: numbers.b } as const;
const music = {
  kind: 'plays',
  callSid: 'CA9',
  phone: numbers.b,
  url: 'https://x.twil.io/hold-music.wav',
  loop: 0,
} as const;

type Undated<T> = T extends unknown ? Omit<T, 'at'> : never;
type Step = readonly [second: number, event: Undated<ExchangeEvent>];

const told = ({ who, spans }: Row) => `${who?.name ?? ''} ${plain(spans)}`.trim();

function tell(steps: readonly Step[], language: 'ja' | 'en' = 'ja'): string[] {
  const teller = phoneTeller({ members }, phrasesIn(language), numbers);
  return steps
    .flatMap(([second, event]) => teller.tell({ at: second * 1000, ...event } as ExchangeEvent))
    .map(told)
    .filter((line) => line !== '');
}

const rings = '佐藤 電話が鳴る (60秒 + Twilioの5秒)';

test.each<[string, Step[], string[]]>([
  [
    'nobody answers',
    [
      [0, created],
      [0, ringing],
      [65, { ...hungUp, status: 'no-answer', who: 'timeout', sipCode: 487 }],
    ],
    [rings, '佐藤 65秒たっても出ない'],
  ],
  [
    'busy',
    [
      [0, created],
      [1, { ...hungUp, status: 'busy', who: 'callee', sipCode: 486 }],
    ],
    ['佐藤 話し中'],
  ],
  [
    'refused',
    [
      [0, created],
      [0, ringing],
      [3, { ...hungUp, status: 'busy', who: 'callee', sipCode: 603 }],
    ],
    [rings, '佐藤 3秒で着信を拒否する'],
  ],
  [
    'switched off',
    [
      [0, created],
      [1, { ...hungUp, status: 'failed', who: 'network', sipCode: 480 }],
    ],
    ['佐藤 つながらない'],
  ],
  [
    'a voicemail',
    [
      [0, created],
      [0, ringing],
      [20, { ...answered, by: 'voicemail' }],
      [56, hungUp],
    ],
    [rings, '佐藤 20秒で留守番電話につながる', '佐藤 36秒で通話が終わる'],
  ],
  [
    'taken',
    [
      [0, created],
      [0, ringing],
      [5, answered],
      [5, says],
      [9, { kind: 'pressed', callSid, phone, digit: '1', taken: true }],
      [14, hungUp],
    ],
    [
      rings,
      '佐藤 5秒で電話に出る',
      '佐藤 「さとうさん、マカレルのアラートです。」',
      '佐藤 1 を押す',
      '佐藤 9秒で通話が終わる',
    ],
  ],
  [
    'the same words again',
    [
      [0, created],
      [0, ringing],
      [5, answered],
      [5, says],
      [20, says],
    ],
    [
      rings,
      '佐藤 5秒で電話に出る',
      '佐藤 「さとうさん、マカレルのアラートです。」',
      '佐藤 「さとうさん、マカレル…」 もう一度',
    ],
  ],
  [
    'an English message',
    [
      [0, created],
      [0, ringing],
      [5, answered],
      [5, { ...says, text: 'Alice, this is an alert.', language: 'en-US' }],
    ],
    [rings, '佐藤 5秒で電話に出る', '佐藤 “Alice, this is an alert.”'],
  ],
  [
    'a key too late',
    [
      [0, created],
      [5, { kind: 'pressed', callSid, phone, digit: '1', taken: false }],
    ],
    ['佐藤 1 を押す (キーは待たれていなかった)'],
  ],
  [
    'the caller is gone',
    [
      [0, created],
      [0, ringing],
      [9, { ...hungUp, status: 'canceled', who: 'caller', sipCode: 487 }],
    ],
    [rings, '佐藤 呼び出しが止まる'],
  ],
  [
    'a phone of two',
    [
      [0, { ...created, to: '+815000000002' }],
      [0, { ...ringing, phone: '+815000000002' }],
    ],
    ['鈴木・当番 電話が鳴る (60秒 + Twilioの5秒)'],
  ],
  [
    "Mackerel's own call, with the music on its other leg",
    [
      [0, outer],
      [0, inner],
      [0, { ...ringing, callSid: 'CA8', phone: numbers.b }],
      [0, music],
      [99, { ...hungUp, callSid: 'CA8', phone: numbers.b }],
      [99, { ...hungUp, callSid: 'CA9', phone: numbers.b }],
    ],
    ['Mackerel 番号Aから番号Bに電話をかける', '番号B ♪ 保留音が流れ始める', '番号B ♪ 保留音が止まる'],
  ],
  [
    'a fault, without the number that it quotes',
    [
      [
        0,
        {
          kind: 'fault',
          code: 13224,
          message: `Dial: ${phone} is wrong`,
          url: 'https://x.twil.io/dial-list?state=1',
        },
      ],
    ],
    ['交換機 13224 Dial: (number) is wrong (/dial-list)'],
  ],
  ['plumbing is not told', [[0, { kind: 'rest', method: 'POST', path: '/Calls.json', status: 201 }]], []],
])('%s', (_what, steps, lines) => {
  expect(tell(steps)).toEqual(lines);
});

test('in English', () => {
  expect(
    tell(
      [
        [0, created],
        [0, ringing],
        [65, { ...hungUp, status: 'no-answer', who: 'timeout', sipCode: 487 }],
      ],
      'en',
    ),
  ).toEqual(["佐藤 rings (60 s, plus Twilio's 5)", '佐藤 does not answer in 65 s']);
});

test('what the phone is at right now', () => {
  const teller = phoneTeller({ members }, phrasesIn('en'), numbers);
  const at = (second: number, event: Undated<ExchangeEvent>) => {
    teller.tell({ at: second * 1000, ...event } as ExchangeEvent);
    return teller.now;
  };
  at(0, created);
  expect(at(0, ringing)).toMatchObject({ doing: 'ringing', since: 0, most: 65 });
  expect(at(5, answered)).toMatchObject({ doing: 'talking', since: 5000 });
  expect(at(9, hungUp)).toBeUndefined();
});

test('Slack: a message, replies under it, and of an edit the lines that changed', () => {
  const tellSlack = slackTeller({ members, timeZone: 'Asia/Tokyo', language: 'ja' }, phrasesIn('ja'));
  const message = { ts: '1.0', channel: 'C', edits: 0, via: 'bot' } as const;
  const lines = (rows: Row[]) => rows.map(({ margin, spans }) => margin + plain(spans));
  expect(
    lines(tellSlack(0, { ...message, text: ':rotating_light: *アラート*\n呼び出し中' }, 'posted')),
  ).toEqual(['│ 🚨 アラート', '│ 呼び出し中']);
  expect(
    lines(tellSlack(0, { ...message, ts: '2.0', threadTs: '1.0', text: ':x: 応答なし' }, 'posted')),
  ).toEqual(['│  ↳ ❌ 応答なし']);
  expect(lines(tellSlack(0, { ...message, text: ':rotating_light: *アラート*\n対応中' }, 'updated'))).toEqual(
    ['│ 対応中 (編集済み)'],
  );
  expect(tellSlack(0, { ...message, text: ':rotating_light: *アラート*\n対応中' }, 'updated')).toEqual([]);
});
