/**
 * Whatever is sent: never a 500, never a trace of how it is made, never TwiML that Twilio would refuse, and never a
 * page that changes by a word about another. All of it is signed, so that it gets past the platform's gate.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import type { State } from '../../src/core/escalation/state';
import { toQuery } from '../../src/twilio/continuation';
import {
  numbers,
  openSwitchboard,
  type Switchboard,
  type SwitchboardOptions,
} from '../../switchboard/switchboard';
import { aDialList, aMember } from '../support/dial-list';
import { callSid, EVENING } from '../support/event';
import { aState, pageIn } from '../support/state';
import { answerTo, expectNoTrace, expectTwiml, request, signed } from './wire';

/** The same each time: a red test is a fault, not luck. */
fc.configureGlobal({ seed: 20_261_122, endOnFailure: true });
jest.setTimeout(20_000);

const list = aDialList({ rounds: 1, pauseSeconds: 30 });
const MEMBERS = [1, 2, 3].map((nth) =>
  aMember(`member-${nth}`, { phone: `+81500000000${nth}`, ringSeconds: nth === 2 ? 600 : 60 }),
);
const BASIC = `Basic ${Buffer.from('mackerel:switchboard').toString('base64')}`;
const VOICE = [
  ['/dial-list', 'call'],
  ['/dial-ended', 'call'],
  ['/answered', 'whisper'],
  ['/answered-key', 'whisper'],
] as const;
const STATUS = ['/dial-status', '/call-ended'] as const;

/** Mackerel's call about an alert rings somebody. */
async function expectRingFor(alertId: string): Promise<void> {
  const query = encoded([['alertId', alertId]]);
  const body = encoded([
    ['CallSid', callSid(1)],
    ['From', numbers.a],
    ['Direction', 'outbound-api'],
  ]);
  const answer = await answerTo(board, signed(board, { path: '/dial-list', query, body }));
  expectTwiml(answer, 'call');
  expect(answer.body).toContain('<Dial');
}

/** What is answered before any code of ours runs. */
const UNREADABLE: readonly (readonly [type: string, body: string, status: number])[] = [
  ['application/json', '{', 400],
  ['application/json', '{"event":"alert"', 400],
  ['application/json', 'event=sample', 400],
  ['application/json', '"a text"', 400],
  ['application/json', 'null', 400],
  ['application/json', '\ufeff\ufeff{}', 400],
  ['application/json; charset=iso-2022-jp', '{}', 415],
  ['application/json; charset=x-none', '{}', 415],
  ['application/x-www-form-urlencoded; charset=shift_jis', 'page=1', 415],
  ['application/x-www-form-urlencoded', 'a=1&'.repeat(1_001), 413],
];

let board: Switchboard;
let log: string[];
const open = (options: Partial<SwitchboardOptions> = {}) => {
  board = openSwitchboard({
    startAt: new Date(EVENING * 1000),
    list,
    from: 'source',
    mackerel: { webhook: true },
    env: { CALLER_ID: numbers.a },
    ...options,
  });
};
const reopen = (options: Partial<SwitchboardOptions>) => {
  board.close();
  open(options);
};
beforeEach(() => {
  log = [];
  const note = (line: unknown) => void log.push(String(line));
  jest.spyOn(console, 'log').mockImplementation(note);
  jest.spyOn(console, 'warn').mockImplementation(note);
  jest.spyOn(console, 'error').mockImplementation(note);
  open();
});
afterEach(() => {
  board.close();
  jest.restoreAllMocks();
  expect(board.functions.invocations.filter(({ status }) => status >= 500)).toEqual([]);
  // Whatever a handler breaks on is answered all the same, and stands in the log only; so does what Slack is not told.
  expect(log.filter((line) => /"level":"error"|was not told|\bat .+:\d+:\d+/.test(line))).toEqual([]);
  expect(log.filter((line) => list.members.some(({ phone }) => line.includes(phone.slice(1))))).toEqual([]);
});

const stored = () => board.sync.document('mackerel-kaden')?.data as State | undefined;

/** Bytes, numbers, markup and names of JavaScript's own in the place of a word. */
const nonsense = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '0', '-1', '99', '1e99', 'NaN', 'null', '٣', '１', '\0', '\ud800', '\udc00x'),
  fc.constantFrom('<Say>', '</Response><Dial>+15550199</Dial>', ']]>', '&amp;&', '"\'', '<break time="9s"/>'),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '[object Object]',
    '../../etc/passwd',
    '{{7*7}}',
    'x'.repeat(9_000),
  ),
);

/** What Twilio and our own URLs say in these places. */
const words: Readonly<Record<string, readonly string[]>> = {
  page: ['other', 'tox0o0'],
  attempt: ['0', '1', '2', '3', '1000'],
  revision: ['0', '1', 'ff'],
  alertId: ['2bj1abcdefg'],
  CallSid: [callSid(1), callSid(2)],
  ParentCallSid: [callSid(1)],
  CallStatus: ['initiated', 'in-progress', 'completed', 'busy', 'no-answer', 'failed', 'canceled'],
  DialCallStatus: ['completed', 'answered', 'busy', 'no-answer', 'failed'],
  DialBridged: ['true', 'false'],
  Digits: ['1', '2', '9', '*', '#', '11'],
  From: [numbers.a, '+15550199', 'anonymous'],
  To: [numbers.b, '+15550198'],
  Direction: ['inbound', 'outbound-api', 'outbound-dial'],
  way: ['direct'],
  again: ['1'],
  settled: ['1'],
  asked: ['close'],
};

/** States of other times and lists, broken ones, and what is none at all. */
const pack = (state: unknown) => deflateRawSync(JSON.stringify(state)).toString('base64url');
const ofOthers = aState(aDialList({ members: Array.from({ length: 9 }, (_, n) => aMember(`${n}`)) }), {
  attempt: 7,
});
const page = ofOthers.page;
const brokenStates = [
  null,
  [],
  'state',
  {},
  { version: 2, page: null },
  { version: 1 },
  { version: 1, page: {} },
  { ...ofOthers, page: { ...page, order: [] } },
  { ...ofOthers, page: { ...page, order: [99, -1, null] } },
  { ...ofOthers, page: { ...page, order: 'abc', attempt: 'x' } },
  { ...ofOthers, page: { ...page, end: 'taken' } },
  { ...ofOthers, alerts: [null, 1, { id: {} }] },
  { ...ofOthers, alerts: { length: 1 } },
  { ...ofOthers, news: null, calls: 7 },
  { ...ofOthers, newsCount: 'many', pagesStarted: -1 },
];
const states = fc.oneof(fc.constantFrom(pack(ofOthers), ...brokenStates.map(pack)), nonsense);

const field = fc.oneof(
  ...Object.entries(words).map(([name, values]) =>
    fc.tuple(fc.constant(name), fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, nonsense)),
  ),
  fc.tuple(fc.constant('state'), states),
  fc.tuple(nonsense, nonsense),
);
/** Any field may be missing, come twice, or be of another kind of thing. */
const fields = fc.array(field, { maxLength: 14 });
const encoded = (pairs: readonly [string, string][]) => new URLSearchParams([...pairs]).toString();

/** The page that half of the fields are about, at its first ring: what is said of it must not break anything, either. */
const going = aState(list);
const goesOn = () =>
  board.sync.putDocument('mackerel-kaden', { ...going, page: { ...pageIn(going), id: 'tox0o0' } });

const asked = (path: string, query: readonly [string, string][], body: readonly [string, string][]) =>
  signed(board, { path, query: encoded(query), body: encoded(body) });

describe.each([
  ['without a key for Mackerel', {}],
  ['with one', { mackerel: { webhook: true, apiKey: 'write' } }],
] as const)(
  'fields that are missing, repeated, of the wrong kind, and of other pages, %s',
  (_how, options) => {
    beforeEach(() => reopen(options));

    test.each(VOICE)('%s answers with TwiML', async (path, where) => {
      await fc.assert(
        fc.asyncProperty(fields, fields, async (query, body) => {
          goesOn();
          expectTwiml(await answerTo(board, asked(path, query, body)), where);
        }),
        { numRuns: 40 },
      );
    });

    test.each(STATUS)('%s has nothing to say', async (path) => {
      await fc.assert(
        fc.asyncProperty(fields, fields, async (query, body) => {
          goesOn();
          const { status, body: said } = await answerTo(board, asked(path, query, body));
          expect([status, said]).toEqual([204, '']);
        }),
        { numRuns: 40 },
      );
    });
  },
);

describe('a state that is none, or of another list, in an otherwise sound URL', () => {
  const sound = (state: unknown): [string, string][] => [
    ['page', ofOthers.page?.id ?? ''],
    ['attempt', '7'],
    ['revision', '0'],
    ['state', pack(state)],
  ];
  const said = (status: string): [string, string][] => [
    ['CallSid', callSid(1)],
    ['ParentCallSid', callSid(1)],
    ['CallStatus', status],
    ['DialCallStatus', 'no-answer'],
    ['Digits', '1'],
    ['From', numbers.a],
    ['Direction', 'outbound-api'],
  ];

  test.each(VOICE)('%s answers with TwiML', async (path, where) => {
    for (const state of [ofOthers, ...brokenStates]) {
      expectTwiml(await answerTo(board, asked(path, sound(state), said('in-progress'))), where);
    }
    expect(log.filter((line) => line.includes('"error"'))).toEqual([]);
  });

  test.each(['initiated', 'in-progress', 'completed'])(
    '/dial-status has nothing to say to %s',
    async (status) => {
      const ways = ['', 'direct'];
      for (const query of [ofOthers, ...brokenStates].map(sound)) {
        for (const way of ways) {
          const answer = await answerTo(board, asked('/dial-status', [...query, ['way', way]], said(status)));
          expect(answer.status).toBe(204);
        }
      }
    },
  );
});

test('no callback about another page changes the page that is going on', async () => {
  const before = { ...aState(list), calls: [callSid(8)] };
  const another = { ...ofOthers, page: { ...page, id: 'another', call: callSid(6) } };
  const callbacks = fc.tuple(
    fc.constantFrom('/dial-list', '/dial-ended', '/answered', '/answered-key', '/dial-status', '/call-ended'),
    fc.constantFrom(...[another, { ...another, alerts: [] }, null].map(pack)),
    fields,
    // Nobody's call, and one that was here and has had its answer.
    fc.constantFrom(callSid(7), callSid(8)),
  );
  await fc.assert(
    fc.asyncProperty(callbacks, async ([path, state, body, call]) => {
      board.sync.putDocument('mackerel-kaden', before);
      const own = body.filter(([name]) => !['page', 'state', 'CallSid', 'ParentCallSid'].includes(name));
      const query: [string, string][] = [
        ['page', 'another'],
        ['state', state],
      ];
      // What ends a call that never asked us joins the page, rightly: that one is no callback about another.
      const sid = path === '/call-ended' ? callSid(8) : call;
      await answerTo(board, asked(path, query, [...own, ['CallSid', sid]]));
      expect(stored()?.page).toEqual(before.page);
    }),
    { numRuns: 80 },
  );
});

/** The page is at its second ring, 1; what is written here is a ring that is to come, or none at all. */
const POSITIONS = ['2', '1000', '-1', '1.5', '1e0', 'NaN', '', ' 1', '0x1', '١', '9'.repeat(400)];

describe('a position that the present page is not at', () => {
  const said = (call: string): readonly [string, string][][] => {
    const common: [string, string][] = [
      ['From', numbers.a],
      ['To', numbers.b],
      ['Direction', 'outbound-api'],
    ];
    const bodies: [string, string][][] = [
      [['DialCallStatus', 'no-answer']],
      [
        ['DialCallStatus', 'completed'],
        ['DialBridged', 'true'],
      ],
      [['Digits', '1']],
      [['Digits', '2']],
      [['Digits', '9']],
      [['CallStatus', 'no-answer']],
      [['CallStatus', 'completed']],
    ];
    return bodies.map((own) => [
      ...common,
      ...own,
      ...((own[0]?.[0] === 'DialCallStatus'
        ? [['CallSid', call]]
        : [
            ['CallSid', callSid(9)],
            ['ParentCallSid', call],
          ]) as [string, string][]),
    ]);
  };
  const about: Readonly<Record<string, readonly number[]>> = {
    '/dial-list': [0],
    '/dial-ended': [0, 1],
    '/answered': [5],
    '/answered-key': [2, 3, 4],
    '/dial-status': [5, 6],
  };

  test.each([
    ['bridge', 'call', 'keypress'],
    ['bridge', 'call', 'pickup'],
    ['direct', 'webhook', 'keypress'],
  ] as const)('%s, %s, %s: the page stays as it is, and everybody is rung', async (way, start, answer) => {
    const patient = aDialList({ start, answer, rounds: 1, members: MEMBERS });
    reopen({ list: patient, mackerel: { webhook: true, apiKey: 'write' } });
    const id = board.mackerel.raise({ monitorName: 'cpu' });
    await board.clock.run(75);
    const before = stored();
    if (!before?.page) throw new Error('There is no page');
    expect(before.page).toMatchObject({ attempt: 1, leg: 'ringing', way });
    const real = toQuery(before, null);
    for (const position of POSITIONS) {
      for (const [path, bodies] of Object.entries(about)) {
        for (const nth of bodies) {
          const query = new URLSearchParams(real);
          query.set('attempt', position);
          if (nth % 2) query.delete('state');
          if (way === 'direct') query.set('way', 'direct');
          if (nth === 2 && position.length % 2) query.set('close', id);
          const body = said(before.page.call)[nth] ?? [];
          const answered = await answerTo(board, asked(path, [...query], body));
          expect(answered.status).toBeLessThan(300);
          expect([path, position, nth, stored()?.page]).toEqual([path, position, nth, before.page]);
        }
      }
    }
    expect(board.mackerel.alert(id)?.closedAt).toBeUndefined();
    await board.clock.run(720);
    expect(stored()?.page?.end?.kind).toBe('unanswered');
    const rung = MEMBERS.flatMap(({ phone }) =>
      board.exchange.phone(phone).rings.map(({ outcome }) => outcome),
    );
    expect(rung).toEqual(['no-answer', 'no-answer', 'no-answer']);
  });
});

describe('forms that no browser writes', () => {
  const raw = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(
      '&&==&=',
      'page=%ZZ&state=%',
      'page=%FF%FE%00',
      'page=%E3%81',
      '?page=1',
      'page[a][b]=1&page=2',
    ),
    fc.constantFrom(
      `${'page=1&'.repeat(900)}`,
      `page=${'%00'.repeat(3_000)}`,
      `state=${'A'.repeat(100_000)}`,
    ),
  );
  test.each(VOICE)('%s answers with TwiML', async (path, where) => {
    await fc.assert(
      fc.asyncProperty(raw, async (body) => {
        expectTwiml(await answerTo(board, signed(board, { path, body })), where);
      }),
      { numRuns: 25 },
    );
  });
});

/** Twilio sends forms only; what is signed with a digest of its body gets past the gate whatever it is. */
describe('bodies that are no form', () => {
  const digested = (path: string, type: string, body: string) => {
    const digest = createHash('sha256').update(body).digest('hex');
    const query = `page=x&attempt=0&bodySHA256=${digest}`;
    const { url, headers } = signed(board, { method: 'GET', path, query });
    return { method: 'POST', url, headers: { ...headers, 'content-type': type }, body };
  };
  const form = 'CallStatus=completed&Digits=1';
  const multipart = '--x\r\nContent-Disposition: form-data; name="CallStatus"\r\n\r\ncompleted\r\n--x--\r\n';
  const READ: [string, string][] = [
    ['application/json', '{"CallStatus":"completed","Digits":["1",2],"page":{"id":1},"state":null}'],
    [
      'application/json; charset=utf-8',
      '{"__proto__":{"page":"y"},"constructor":1,"request":null,"attempt":-1}',
    ],
    ['application/json', '[{"CallStatus":"completed"}]'],
    ['multipart/form-data; boundary=x', multipart],
    ['multipart/form-data', multipart],
    ['text/plain', form],
    ['application/octet-stream', '\0\u0001\ufffd'],
    ['application/xml', '<CallStatus>completed</CallStatus>'],
    ['; ;', form],
  ];

  test.each(READ)('as %s: TwiML for a call, nothing for a status (%#)', async (type, body) => {
    for (const [path, where] of VOICE) expectTwiml(await answerTo(board, digested(path, type, body)), where);
    for (const path of STATUS) {
      const { status, body: said } = await answerTo(board, digested(path, type, body));
      expect([path, status, said]).toEqual([path, 204, '']);
    }
  });

  test.each([...VOICE.map(([path]) => path), ...STATUS, '/hold-music', '/mackerel-webhook'])(
    '%s never sees what cannot be read at all',
    async (path) => {
      for (const [type, body, status] of UNREADABLE) {
        const answer = await answerTo(board, digested(path, type, body));
        expect([type, answer.status]).toEqual([type, status]);
        expectNoTrace(answer.body);
      }
      expect(log).toEqual([]);
    },
  );
});

describe('what is no request for a Function', () => {
  const paths = [...VOICE.map(([path]) => path), ...STATUS, '/mackerel-webhook', '/hold-music'];

  test.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'TRACE', 'PROPFIND'])('%s is refused', async (method) => {
    const answers = await Promise.all(paths.map((path) => answerTo(board, signed(board, { method, path }))));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 405));
    expect(log).toEqual([]);
  });

  test('OPTIONS is answered by the platform, signed or not: no code of ours runs', async () => {
    for (const path of paths) {
      const { status, body } = await answerTo(board, request(board, { method: 'OPTIONS', path }));
      expect([path, status, body]).toEqual([path, 204, '']);
    }
    expect(log).toEqual([]);
  });

  test('10 MB are refused', async () => {
    const body = `page=${'x'.repeat(10 * 1024 * 1024)}`;
    for (const path of paths)
      expect((await answerTo(board, request(board, { path, body }))).status).toBe(413);
    expect(log).toEqual([]);
  });

  test('GET is the same as POST, for Mackerel asks with GET', async () => {
    for (const [path, where] of VOICE) {
      expectTwiml(await answerTo(board, signed(board, { method: 'GET', path, query: 'page=x' })), where);
    }
  });
});

describe("Mackerel's webhook", () => {
  const posts = (body: string, headers = {}) =>
    answerTo(
      board,
      request(board, {
        path: '/mackerel-webhook',
        body,
        headers: { authorization: BASIC, 'content-type': 'application/json', ...headers },
      }),
    );
  async function expectSaid(body: string, headers = {}): Promise<number> {
    const answer = await posts(body, headers);
    expect([200, 400, 401]).toContain(answer.status);
    const said = JSON.parse(answer.body);
    expect(answer.status === 200 ? said : typeof said.error).toEqual(
      answer.status === 200 ? { ok: true } : 'string',
    );
    expectNoTrace(answer.body);
    return answer.status;
  }
  const alert = { id: '2bj1', status: 'critical', isOpen: true, openedAt: 1_795_370_400 };
  const anything = fc.anything({ maxDepth: 3, withNullPrototype: false, withBigInt: false });

  test('any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.object({ maxDepth: 4 }), async (body) => {
        await expectSaid(JSON.stringify(body));
      }),
      { numRuns: 60 },
    );
  });

  test('a notification with one field of the wrong kind, or left out', async () => {
    const sound: Record<string, unknown> = {
      event: 'alert',
      type: 'host',
      message: '',
      host: { name: 'app01' },
      alert,
    };
    const places = [...Object.keys(sound), ...Object.keys(alert).map((key) => `alert.${key}`), 'request'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), anything, async (place, value) => {
        const [key = '', inner] = place.split('.');
        const changed = inner ? { ...alert, [inner]: value } : value;
        await expectSaid(JSON.stringify({ ...sound, [key]: changed }));
      }),
      { numRuns: 80 },
    );
  });

  test.each([
    ['a list', '[1,2,3]'],
    ['nothing', ''],
    ['an empty object', '{}'],
    ['deep JSON', `{"event":"alert","alert":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['a key twice', '{"event":"sample","event":"alert"}'],
    ['names of JavaScript’s own', '{"__proto__":{"event":"sample"},"constructor":1,"event":"alert"}'],
    ['a request of its own', '{"request":null,"event":"sample","alert":1}'],
    ['half a megabyte of text', JSON.stringify({ event: 'alert', alert, message: 'あ'.repeat(150_000) })],
  ])('%s', async (_what, body) => {
    await expectSaid(body);
  });

  test('what is no JSON is refused, and says nothing of how it is read', async () => {
    for (const [type, body, status] of UNREADABLE) {
      const answer = await posts(body, { 'content-type': type });
      expect([type, answer.status]).toEqual([type, status]);
      expectNoTrace(answer.body);
    }
    expect(log).toEqual([]);
  });

  test.each([
    ['a text', 'x'],
    ['a number', 1],
    ['no headers', {}],
    ['headers that are nothing', { headers: null }],
    ['a header that is a list', { headers: { authorization: [BASIC, BASIC] } }],
    ['a header that is no text', { headers: { authorization: { toString: 1, valueOf: 1 } } }],
    ['a header that is a number', { headers: { authorization: 1 } }],
  ])('a body with a request of its own, %s: 401', async (_what, own) => {
    expect(await expectSaid(JSON.stringify({ event: 'sample', request: own }))).toBe(401);
  });

  test('GET: no credentials, 401; with them, there is nothing in it', async () => {
    const get = { method: 'GET', path: '/mackerel-webhook' };
    expect((await answerTo(board, request(board, get))).status).toBe(401);
    const answer = await answerTo(board, request(board, { ...get, headers: { authorization: BASIC } }));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      400,
      { error: expect.stringContaining('event') },
    ]);
  });

  const withAlert = (changes: object) =>
    JSON.stringify({
      event: 'alert',
      type: 'host',
      host: { name: 'app01' },
      alert: { ...alert, ...changes },
    });
  const inPlaceOf = (id: unknown) => withAlert({ id });

  test.each([
    ['empty', '', 400],
    ['a blank', ' ', 400],
    ['markup', '<Say>x</Say>', 400],
    ['SSML', '<break time="9s"/>', 400],
    ['a path', '../Documents', 400],
    ['a list of two', '2bj1,2bj2', 400],
    ['other letters', 'アラート', 400],
    ['a lone surrogate', '\ud800', 400],
    ['a line more', '2bj1\n', 400],
    ['65 characters', 'x'.repeat(65), 400],
    ['9,000 characters', 'x'.repeat(9_000), 400],
    ['a number', 1, 400],
    ['64 characters', 'x'.repeat(64), 200],
    ['a name of JavaScript’s own', '__proto__', 200],
    ['another', 'constructor', 200],
    ['what an alert without a name is called', 'unknown', 200],
  ])('an alert id that is %s', async (_what, id, status) => {
    expect(await expectSaid(inPlaceOf(id))).toBe(status);
    expect(await expectSaid(withAlert({ id, isOpen: false }))).toBe(status);
  });

  test.each(['<Say>x</Say>', '', '\ud800', 'x'.repeat(65), "'", ' '])(
    'a call about the alert %j rings for one of unknown name',
    async (alertId) => {
      await expectRingFor(alertId);
      expect(stored()?.alerts.map(({ id }) => id)).toEqual(['unknown']);
    },
  );

  test.each([
    [0],
    [-1],
    [999_999_999],
    [1_795_370_400_000],
    [4_102_444_800],
    [1e308],
    [-1e308],
    [0.5],
    ['2026-11-22'],
    [null],
    [true],
    [{}],
    // Some time of these are possible: a clock of Mackerel's that is ahead, and an alert of long ago.
    [EVENING + 86_400],
    [1e9],
    [1_795_370_400.75],
  ])('an alert that opened at %j is told in whole words', async (openedAt) => {
    reopen({ list: aDialList({ start: 'webhook', rounds: 1 }) });
    expect(await expectSaid(withAlert({ openedAt }))).toBe(200);
    const state = stored();
    if (!state?.page) throw new Error('There is no page');
    const query = toQuery(state, null).toString();
    const { body } = await answerTo(board, signed(board, { path: '/answered', query }));
    const texts = [body, ...board.slack.messages.map(({ text }) => text)];
    expect(texts.length).toBeGreaterThan(1);
    expect(
      texts.filter((text) => /NaN|Infinity|Invalid|undefined|1970|-\d+(秒|分|時間|日)/.test(text)),
    ).toEqual([]);
  });

  test('a form in place of JSON', async () => {
    expect(
      await expectSaid('event=sample&alert=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    ).toBe(200);
    expect(
      await expectSaid('event=alert&alert=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    ).toBe(400);
  });
});

/** The verbs of a briefing, and no element beside them: what an alert says stays text. */
function expectWordsOnly(twiml: string): void {
  const elements = [...twiml.matchAll(/<([^\s/>]+)/g)].map(([, name]) => name);
  expect(
    elements.filter((name) => !['?xml', 'Response', 'Gather', 'Say', 'Hangup'].includes(name ?? '')),
  ).toEqual([]);
  expect(twiml.isWellFormed()).toBe(true);
}

test.each([
  ['SSML', '<speak><break time="9s"/><prosody rate="x-fast">a</prosody></speak>'],
  ['a verb', '<Dial>+15550199</Dial>'],
  ['an end of ours', '</Say></Gather><Dial>+15550199</Dial><Gather><Say>'],
  ['a section', '<![CDATA[<Hangup/>]]>'],
  ['an entity', '<!DOCTYPE x [<!ENTITY a "b">]>&a;&#0;&lt;Dial/&gt;'],
  ['a comment', '<!-- -- --><?xml version="1.0"?>'],
  ['quotes', `"'>`],
  ['half a character', 'a\ud800b\udfff'],
  ['half a character where it is cut', 'あ'.repeat(119) + '😀'.repeat(300)],
  ['what XML cannot hold', '\0\u0001\u0008\u000b\ufffe\uffff'],
])('%s in every text of an alert is heard and shown as text', async (_what, text) => {
  reopen({ list: aDialList({ start: 'webhook', rounds: 1 }) });
  for (const type of ['host', 'external', 'check']) {
    const id = `2bj-${type}`;
    const posted = {
      event: 'alert',
      type,
      message: text,
      imageUrl: `https://example.com/${text}`,
      host: { id: text, name: text, memo: text, roles: [{ fullname: text, serviceName: text }] },
      service: { id: text, name: text, memo: text, roles: [{ fullname: text }] },
      alert: {
        id,
        isOpen: true,
        status: 'critical',
        trigger: text,
        monitorName: text,
        metricLabel: text,
        monitorOperator: text,
        metricValue: 1,
        criticalThreshold: 0.5,
        url: `https://example.com/${text}`,
      },
    };
    const ask = (body: object) =>
      request(board, {
        path: '/mackerel-webhook',
        body: JSON.stringify(body),
        headers: { authorization: BASIC, 'content-type': 'application/json' },
      });
    expect((await answerTo(board, ask(posted))).status).toBe(200);
    const state = stored();
    if (!state?.page) throw new Error('There is no page');
    const query = toQuery(state, null).toString();
    const answer = await answerTo(board, signed(board, { path: '/answered', query }));
    expectTwiml(answer, 'whisper');
    expectWordsOnly(answer.body);
    await answerTo(board, ask({ ...posted, alert: { ...posted.alert, isOpen: false } }));
    await board.clock.run(5);
  }
  const told = board.slack.messages.map(({ text: shown }) => shown);
  expect(told.length).toBeGreaterThan(0);
  expect(
    told.filter((shown) => !shown.isWellFormed() || /<(Dial|Hangup|speak|break|!--|\?xml)/.test(shown)),
  ).toEqual([]);
});

/** Whatever people and checks write into an alert is heard as words, and never taken for markup. */
test('what an alert says never makes TwiML or a message that is refused', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    nonsense,
    fc.constantFrom(
      '<speak><audio src="https://example.com/x.mp3"/></speak>',
      '</Say></Gather><Dial>+15550199</Dial>',
      '<![CDATA[<Hangup/>]]>',
      '<!DOCTYPE x [<!ENTITY a "b">]>&a;',
      '&#0;&#xD800;&#65;',
      '<!channel> <https://example.com|x> *bold* `code`',
      '\ud83d\ude00 👩‍👩‍👧 \u202e\u0000\u2028',
      'あ'.repeat(5_000),
    ),
  );
  const facts = fc.record({
    monitorName: text,
    metricLabel: text,
    url: text,
    metricValue: fc.option(fc.double()),
  });
  const members = ['ja', 'en'].map((language, n) =>
    aMember(language, { language, phone: `+81500000000${n}` }),
  );
  board.close();
  board = openSwitchboard({
    startAt: new Date(EVENING * 1000),
    list: aDialList({ start: 'webhook', members }),
    from: 'source',
  });
  await fc.assert(
    fc.asyncProperty(facts, text, text, text, fc.nat(1), async (alert, message, name, role, attempt) => {
      const id = `2bj${board.functions.invocations.length}`;
      const host = { name, roles: [{ fullname: role }] };
      const posted = (isOpen: boolean) =>
        request(board, {
          path: '/mackerel-webhook',
          body: JSON.stringify({
            event: 'alert',
            message,
            host,
            imageUrl: alert.url,
            alert: { ...alert, id, status: isOpen ? 'critical' : 'ok', isOpen },
          }),
          headers: { authorization: BASIC, 'content-type': 'application/json' },
        });
      expect((await answerTo(board, posted(true))).status).toBe(200);
      const state = stored();
      if (!state?.page) throw new Error('There is no page');
      const { page } = state;
      const query = toQuery({ ...state, page: { ...page, attempt } }, null).toString();
      const answer = await answerTo(board, signed(board, { path: '/answered', query }));
      expectTwiml(answer, 'whisper');
      expect(answer.body).toContain('<Gather');
      expectWordsOnly(answer.body);
      expect((await answerTo(board, posted(false))).status).toBe(200);
      // Sync takes 20 requests a second.
      await board.clock.run(2);
    }),
    { numRuns: 25 },
  );
  await board.clock.run(120);
  expect(board.exchange.faults).toEqual([]);
  expect(board.slack.messages.filter(({ text }) => text.includes('<!channel> <https'))).toEqual([]);
});

/** As another version may have left it, or a hand in Twilio's Console. */
test('a memory that is none of ours is written over, and a phone rings', async () => {
  for (const state of [
    { version: 2, page: null },
    { version: 1 },
    { ...ofOthers, alerts: {} },
    { page: 'x' },
  ]) {
    board.sync.putDocument('mackerel-kaden', state);
    await expectRingFor('2bj1abcdefg');
    expect(stored()).toMatchObject({ version: 1, pagesStarted: 1 });
  }
});
