/** What random histories brought to light, each as small as it came out, told again. */
import { answers } from '../../switchboard';
import { isDeep } from '../support/depth';
import { broken } from './checks';
import { aHistory, type History } from './history';
import { nameOf, type Outcome, tell } from './world';

const alertsAt = (...seconds: number[]): History['alerts'] =>
  seconds.map((at) => ({ at, status: 'CRITICAL', next: [] }));
const always = 10_000;

/** `second member outcome`, in the order of ringing. */
const rings = ({ rings, startedAt, list }: Outcome) =>
  rings.map(({ at, phone, outcome }) => {
    const member = list.members.findIndex((one) => one.phone === phone);
    return `${Math.round((at - startedAt) / 1000)} ${nameOf(member)} ${outcome}`;
  });

/** What stands in Slack: `#` begins a message, `→` what is in a thread. Without the description of an alert, and the order. */
const posts = ({ slack }: Outcome) =>
  slack.flatMap(({ text, threadTs }) => {
    const [first, ...more] = text.split('\n').filter((line) => !/^>|^順番: /.test(line));
    return [`${threadTs ? '→' : '#'} ${first}`, ...more];
  });

type Story = {
  readonly name: string;
  readonly history: History;
  readonly rings: readonly string[];
  /** Where Slack itself fails, what people see there. */
  readonly posts?: readonly string[];
};

const CALLING = ':telephone_receiver: member-1 を呼び出しています';
const ANSWERED = ':speech_balloon: member-1 が電話に出ました';
const TAKEN = ':white_check_mark: *member-1 が対応します* (1回目の呼び出し, 11秒)';
const BUSY = ':mobile_phone_off: member-1: 話し中';
const NOBODY =
  '<!channel> :x: *誰も応答しませんでした* (1周, のべ1回)。Mackerelの再通知が来たら、もう一度呼び出します';

const keyOne = [{ kind: 'listen' }, { kind: 'press', digits: '1' }] as const;
/** Does not wait for the confirmation. */
const takesAndGoes = answers([...keyOne, { kind: 'wait', seconds: 0.7 }, { kind: 'hang-up' }], 1);

const stories: readonly Story[] = [
  {
    name: 'Sync fails just while a page begins, and works for the next alert: the first one is not forgotten',
    history: aHistory({
      alerts: alertsAt(0, 1),
      failures: [{ neighbour: 'sync', from: 0, times: 1, fault: { kind: 'down' } }],
    }),
    rings: ['0 member-1 no-answer', '1 member-1 busy'],
  },
  {
    name: 'by calls of our own the same, and the first alert, which Sync knows by then, joins the page of the next',
    history: aHistory({
      list: { phones: [1, 2], ringSeconds: 20, start: 'webhook' },
      setup: { apiKey: 'write' },
      alerts: alertsAt(0, 10),
      failures: [{ neighbour: 'sync', from: 0, times: 1, fault: { kind: 'down' } }],
    }),
    rings: ['0 member-1 no-answer', '10 member-1 busy', '11 member-2 no-answer'],
  },
  {
    name: 'the webhook brings two alerts in one second, one of them past Sync: their pages are told apart',
    history: aHistory({
      list: { start: 'webhook' },
      alerts: alertsAt(0, 0),
      failures: [{ neighbour: 'sync', from: 0, times: 1, fault: { kind: 'slow', seconds: 2 } }],
    }),
    rings: ['0 member-1 no-answer', '1 member-1 busy'],
  },
  {
    name: 'every answer of Sync takes 1.3 s: the end of a page is told and recorded in time',
    history: aHistory({
      list: { start: 'webhook' },
      failures: [{ neighbour: 'sync', from: 0, times: always, fault: { kind: 'slow', seconds: 1.3 } }],
    }),
    rings: ['5 member-1 no-answer'],
  },
  {
    name: 'the call breaks off while somebody listens, and each answer of Sync takes 1 s: no Function is cut off',
    history: aHistory({
      people: [[answers([], 0)]],
      failures: [{ neighbour: 'sync', from: 0, times: 22, fault: { kind: 'slow', seconds: 1 } }],
      callbacks: [{ hook: 'twiml', from: 0, times: 1, copies: [] }],
    }),
    rings: ['17 member-1 answered'],
  },
  {
    name: 'Twilio takes no call at all: nobody believes that it rings',
    history: aHistory({
      list: { start: 'webhook', phones: [1, 2, 3, 4], rounds: 3 },
      failures: [{ neighbour: 'twilio', from: 0, times: always, fault: { kind: 'down' } }],
    }),
    rings: [],
  },
  {
    name: 'two calls of Mackerel never ask us, and their ends are told: both alerts are rung about',
    history: aHistory({
      setup: { statusCallback: true, apiKey: 'read' },
      alerts: alertsAt(0, 0),
      callbacks: [{ hook: 'twiml', from: 0, times: 4, copies: [] }],
    }),
    rings: ['19 member-1 no-answer'],
  },
  {
    name: 'the webhook begins a page, and Sync saves it but does not say so: whoever decided it lets the phone ring',
    history: aHistory({
      list: { start: 'webhook' },
      failures: [{ neighbour: 'sync', from: 1, times: 1, fault: { kind: 'slow', seconds: 5 } }],
    }),
    rings: ['1 member-1 no-answer'],
  },
  {
    name: 'the same as the second ring is decided, and another alert joins meanwhile: the second phone rings',
    history: aHistory({
      list: { start: 'webhook', phones: [1, 2] },
      alerts: alertsAt(0, 11),
      failures: [{ neighbour: 'sync', from: 11, times: 1, fault: { kind: 'slow', seconds: 5 } }],
    }),
    rings: ['0 member-1 no-answer', '10 member-2 no-answer'],
  },
  {
    name: 'Sync falls silent between reading of a page and writing that an alert joins it: that one rings on its own',
    history: aHistory({
      alerts: alertsAt(0, 1),
      failures: [{ neighbour: 'sync', from: 8, times: always, fault: { kind: 'hang' } }],
    }),
    rings: ['0 member-1 no-answer', '4 member-1 busy'],
  },
  {
    name: 'the alert has closed, and then the call breaks off: nobody is rung any more',
    history: aHistory({
      list: { ringSeconds: 20, rounds: 2 },
      setup: { apiKey: 'read' },
      alerts: [{ at: 0, status: 'CRITICAL', next: [{ after: 1, what: 'close' }] }],
      lost: [11],
    }),
    rings: ['0 member-1 canceled'],
  },
  {
    name: '/dial-list is asked again while Sync hangs: the second page on that call ends with the ring of the first',
    history: aHistory({
      alerts: alertsAt(0),
      failures: [{ neighbour: 'sync', from: 0, times: 1, fault: { kind: 'hang' } }],
      callbacks: [{ hook: 'twiml', from: 0, times: always, copies: [3, 0] }],
    }),
    rings: ['1 member-1 no-answer'],
  },
  {
    name: 'every answer of Sync is late, and three alerts come at once: one page',
    history: aHistory({
      list: { start: 'webhook', phones: [1, 2] },
      alerts: alertsAt(0, 0, 0),
      failures: [{ neighbour: 'sync', from: 0, times: always, fault: { kind: 'slow', seconds: 0.8 } }],
    }),
    rings: ['3 member-1 no-answer', '15 member-2 no-answer'],
  },
  {
    name: 'Twilio takes no call, and takes 5 s for it: what is due besides waits for the next occasion',
    history: aHistory({
      list: { start: 'webhook' },
      alerts: [
        ...alertsAt(0, 0),
        { at: 0, status: 'CRITICAL', next: [{ after: 30, what: 'close' }] },
        { at: 0, status: 'WARNING', next: [{ after: 25, what: 'CRITICAL' }] },
      ],
      failures: [{ neighbour: 'twilio', from: 0, times: 3, fault: { kind: 'hang' } }],
    }),
    rings: [],
  },
  {
    name: 'Twilio takes no call, and takes 5 s for it, and Sync is slow: that nobody answered is told while there is time',
    history: aHistory({
      list: { start: 'webhook' },
      alerts: [{ at: 0, status: 'CRITICAL', next: [{ after: 0, what: 'WARNING' }] }],
      failures: [
        { neighbour: 'twilio', from: 0, times: always, fault: { kind: 'hang' } },
        { neighbour: 'sync', from: 0, times: 14, fault: { kind: 'slow', seconds: 0.5 } },
      ],
    }),
    rings: [],
  },
  {
    name: 'Twilio takes no call, and Sync says nothing, both for long: that nobody can be rung is told while there is time',
    history: aHistory({
      list: { start: 'webhook', phones: [1, 1], rounds: 2 },
      setup: { apiKey: 'read' },
      failures: [
        { neighbour: 'sync', from: 0, times: 6, fault: { kind: 'hang' } },
        { neighbour: 'twilio', from: 1, times: 1, fault: { kind: 'hang' } },
      ],
      callbacks: [{ hook: 'twiml', from: 0, times: always, copies: [] }],
    }),
    rings: ['1 member-1 no-answer'],
  },
  {
    name: 'Sync is away just while a page ends: it hears of that as soon as it is back, and the next alert does not join it',
    history: aHistory({
      list: { start: 'webhook' },
      alerts: alertsAt(0, 0, 14),
      failures: [{ neighbour: 'sync', from: 14, times: 3, fault: { kind: 'down' } }],
    }),
    rings: ['0 member-1 no-answer', '0 member-1 busy', '14 member-1 no-answer'],
  },
  {
    name: 'Sync is gone, and who took it by picking up has hung up before that is known: the next is rung',
    history: aHistory({
      list: { start: 'webhook', answer: 'pickup', phones: [1, 2] },
      people: [[{ kind: 'voicemail', after: 1, records: 1 }]],
      failures: [{ neighbour: 'sync', from: 0, times: always, fault: { kind: 'hang' } }],
    }),
    rings: ['1 member-1 answered', '5 member-2 no-answer'],
  },
  {
    name: 'picking up is enough, and the message never comes: they take it',
    history: aHistory({
      list: { answer: 'pickup' },
      setup: { whisperFailure: 'bridge' },
      people: [[{ kind: 'voicemail', after: 1, records: 16 }]],
      callbacks: [{ hook: 'whisper', from: 0, times: 1, copies: [] }],
    }),
    rings: ['0 member-1 answered'],
  },
  {
    name: 'one alert is told of twice in a second, without Sync: it is one page, as far as one process sees both',
    history: aHistory({
      list: { start: 'webhook', phones: [1, 2], ringSeconds: 5 },
      alerts: [{ at: 0, status: 'WARNING', next: [{ after: 0, what: 'CRITICAL' }] }],
      people: [[answers([{ kind: 'listen' }, { kind: 'press', digits: '1' }], 2)]],
      failures: [{ neighbour: 'sync', from: 0, times: always, fault: { kind: 'down' } }],
    }),
    rings: ['0 member-1 answered'],
  },
  {
    name: 'a call breaks off before its page has begun, and both are told of in one moment: its member is rung without it',
    history: aHistory({
      setup: { statusCallback: true },
      callbacks: [{ hook: 'twiml', from: 1, times: always, copies: [1] }],
      lost: [1],
    }),
    rings: ['1 member-1 no-answer'],
  },
  {
    name: 'Sync is away as a page ends and the next begins: that one is about what was put aside for the first, too',
    history: aHistory({
      list: { phones: [1, 1, 1, 1] },
      setup: { apiKey: 'write' },
      alerts: [
        { at: 0, status: 'CRITICAL', next: [] },
        { at: 0, status: 'WARNING', next: [{ after: 51, what: 'CRITICAL' }] },
        { at: 0, status: 'CRITICAL', next: [] },
      ],
      failures: [
        { neighbour: 'sync', from: 48, times: 14, fault: { kind: 'down' } },
        { neighbour: 'sync', from: 0, times: 1, fault: { kind: 'slow', seconds: 0.5 } },
      ],
    }),
    rings: [0, 10, 20, 30, 40, 51, 61, 71].map((at) => `${at} member-1 no-answer`),
  },
  {
    name: 'of two alerts in one moment, the second is put aside; both close while a phone rings: nobody else is rung',
    history: aHistory({
      list: { phones: [1, 2] },
      setup: { apiKey: 'read' },
      alerts: [0, 0].map((at) => ({ at, status: 'CRITICAL', next: [{ after: 1, what: 'close' }] })),
    }),
    rings: ['0 member-1 no-answer'],
  },
  {
    name: 'Slack refuses for a while and takes 1.7 s after: all of it is told',
    history: aHistory({
      people: [[takesAndGoes, { kind: 'busy' }]],
      alerts: alertsAt(0, 16),
      failures: [
        { neighbour: 'slack', from: 0, times: 3, fault: { kind: 'down' } },
        { neighbour: 'slack', from: 3, times: always, fault: { kind: 'slow', seconds: 1.7 } },
      ],
    }),
    rings: ['0 member-1 answered', '16 member-1 busy'],
    posts: [
      '# :rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      ':white_check_mark: *member-1* が対応中',
      `→ ${CALLING}`,
      ANSWERED,
      TAKEN,
      '# :rotating_light: *Mackerelのアラート `2bjFLXPuGjC`*',
      ':x: *誰も応答していません*',
      `→ ${CALLING}`,
      `→ ${BUSY}`,
      NOBODY,
    ],
  },
  {
    name: 'Slack hangs, and three alerts come: nothing is lost',
    history: aHistory({
      people: [[takesAndGoes, { kind: 'busy' }]],
      alerts: alertsAt(0, 0, 14),
      failures: [{ neighbour: 'slack', from: 2, times: 5, fault: { kind: 'hang' } }],
    }),
    rings: ['0 member-1 answered', '14 member-1 busy'],
    posts: [
      '# :rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
      '• Mackerelのアラート `2bjFLXPuGjC`',
      ':white_check_mark: *member-1* が対応中',
      `→ ${CALLING}`,
      '→ :heavy_plus_sign: 加わりました: Mackerelのアラート `2bjFLXPuGjC`',
      ANSWERED,
      TAKEN,
      '# :rotating_light: *Mackerelのアラート `2bjxsnMuo1v`*',
      ':x: *誰も応答していません*',
      `→ ${CALLING}`,
      `→ ${BUSY}`,
      NOBODY,
    ],
  },
];

test.each(stories)('$name', async ({ history, rings: rung, posts: posted }) => {
  const outcome = await tell(history);
  expect([...broken(outcome), ...outcome.failures]).toEqual([]);
  expect(rings(outcome)).toEqual(rung);
  if (posted) expect(posts(outcome)).toEqual(posted);
});

const pickups = [
  ['presses 1', 'keypress', answers([{ kind: 'listen' }, { kind: 'press', digits: '1' }])],
  ['takes it by picking up', 'pickup', answers([])],
] as const;

describe.each(pickups)(
  'Sync is gone from the first ring on, and the second member %s',
  (_what, answer, reacts) => {
    test.each(['down', 'hang'] as const)('whenever it is back, nobody else is rung (%s)', async (kind) => {
      for (let times = 1; times <= 20; times += isDeep ? 1 : 3) {
        const history = aHistory({
          list: { phones: [1, 2], rounds: 2, answer },
          setup: { actionAfterParentEnds: true },
          people: [[], [reacts]],
          failures: [{ neighbour: 'sync', from: 2, times, fault: { kind } }],
        });
        const outcome = await tell(history);
        expect({ times, rung: outcome.rings.length, broken: broken(outcome) }).toEqual({
          times,
          rung: 2,
          broken: [],
        });
      }
    });
  },
);

/** The call breaks off while the answer to it is on its way: its end and its beginning meet in Sync, in either order. */
describe('a call breaks off as its page begins', () => {
  const lostWith = (toTwiml: number, slow?: { readonly nth: number; readonly seconds: number }) =>
    aHistory({
      list: { phones: [1, 2] },
      setup: { statusCallback: true },
      callbacks: [{ hook: 'twiml', from: 1, times: always, copies: [toTwiml] }],
      lost: [1],
      failures: slow
        ? [{ neighbour: 'sync', from: slow.nth, times: 1, fault: { kind: 'slow', seconds: slow.seconds } }]
        : [],
    });
  /** A phone that rang for a moment, or not at all, rings again: nobody is passed over. */
  const expectBothRung = async (history: History) => {
    const outcome = await tell(history);
    const rung = rings(outcome).filter((ring) => !ring.endsWith('canceled'));
    expect(rung.map((ring) => ring.replace(/^\d+ /, ''))).toEqual([
      'member-1 no-answer',
      'member-2 no-answer',
    ]);
    expect([...broken(outcome), ...outcome.failures]).toEqual([]);
  };

  test.each([0.05, 0.09, 0.2, 0.3])('whichever answer of Sync comes %d s later', async (seconds) => {
    for (let nth = 0; nth < 14; nth += isDeep ? 1 : 3) await expectBothRung(lostWith(1, { nth, seconds }));
  });

  test('whenever the call asks us, before its end and after it', async () => {
    for (let ms = 700; ms <= 1_300; ms += isDeep ? 20 : 60) await expectBothRung(lostWith(ms / 1_000));
  });
});
