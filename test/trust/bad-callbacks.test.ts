/**
 * Whatever is sent to a call's or a leg's endpoint: never a 500, never TwiML that Twilio would refuse, and never a page
 * that changes by a word about another.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { toQuery } from '../../src/store/continuation';
import { numbers } from '../../switchboard';
import { isDeep } from '../support/depth';
import { aDialList, aMember } from '../support/dial-list';
import { callSid } from '../support/event';
import { aState, pageIn } from '../support/state';
import { besieged, encoded, expectRingFor, list, nonsense, UNREADABLE } from './siege';
import { answerTo, expectNoTrace, expectTwiml, request, signed } from './wire';

const MEMBERS = [1, 2, 3].map((nth) =>
  aMember(`member-${nth}`, { phone: `+81500000000${nth}`, ringSeconds: nth === 2 ? 600 : 60 }),
);
const VOICE = [
  ['/dial-list', 'call'],
  ['/dial-ended', 'call'],
  ['/answered', 'whisper'],
  ['/answered-key', 'whisper'],
] as const;
const STATUS = ['/dial-status', '/call-ended'] as const;
/** And what anybody may ask. */
const OPEN_VOICE = [...VOICE, ['/hold-music', 'call']] as const;

const siege = besieged();

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

/** States of other times and lists, broken ones, and texts that are no state. */
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

/** The page that half of the fields are about, at its first ring: what is said of it must not break anything, either. */
const going = aState(list);
const goesOn = () =>
  siege.board.sync.putDocument('mackerel-kaden', { ...going, page: { ...pageIn(going), id: 'tox0o0' } });

const asked = (path: string, query: readonly [string, string][], body: readonly [string, string][]) =>
  signed(siege.board, { path, query: encoded(query), body: encoded(body) });

describe.each([
  ['without a key for Mackerel', {}],
  ['with one', { mackerel: { webhook: true, apiKey: 'write' } }],
] as const)(
  'fields that are missing, repeated, of the wrong kind, and of other pages, %s',
  (_how, options) => {
    beforeEach(() => siege.reopen(options));

    test.each(OPEN_VOICE)('%s answers with TwiML', async (path, where) => {
      await fc.assert(
        fc.asyncProperty(fields, fields, async (query, body) => {
          goesOn();
          expectTwiml(await answerTo(siege.board, asked(path, query, body)), where);
        }),
        { numRuns: isDeep ? 40 : 8 },
      );
    });

    test.each(STATUS)('%s has nothing to say', async (path) => {
      await fc.assert(
        fc.asyncProperty(fields, fields, async (query, body) => {
          goesOn();
          const { status, body: said } = await answerTo(siege.board, asked(path, query, body));
          expect([status, said]).toEqual([204, '']);
        }),
        { numRuns: isDeep ? 40 : 8 },
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
      expectTwiml(await answerTo(siege.board, asked(path, sound(state), said('in-progress'))), where);
    }
    expect(siege.log.filter((line) => line.includes('"error"'))).toEqual([]);
  });

  test.each(['initiated', 'in-progress', 'completed'])(
    '/dial-status has nothing to say to %s',
    async (status) => {
      const ways = ['', 'direct'];
      for (const query of [ofOthers, ...brokenStates].map(sound)) {
        for (const way of ways) {
          const answer = await answerTo(
            siege.board,
            asked('/dial-status', [...query, ['way', way]], said(status)),
          );
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
      siege.board.sync.putDocument('mackerel-kaden', before);
      const own = body.filter(([name]) => !['page', 'state', 'CallSid', 'ParentCallSid'].includes(name));
      const query: [string, string][] = [
        ['page', 'another'],
        ['state', state],
      ];
      // What ends a call that never asked us joins the page, rightly: that one is no callback about another.
      const sid = path === '/call-ended' ? callSid(8) : call;
      await answerTo(siege.board, asked(path, query, [...own, ['CallSid', sid]]));
      expect(siege.stored()?.page).toEqual(before.page);
    }),
    { numRuns: isDeep ? 80 : 20 },
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
    siege.reopen({ list: patient, mackerel: { webhook: true, apiKey: 'write' } });
    const id = siege.board.mackerel.raise({ monitorName: 'cpu' });
    await siege.board.clock.run(75);
    const before = siege.stored();
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
          const answered = await answerTo(siege.board, asked(path, [...query], body));
          expect(answered.status).toBeLessThan(300);
          expect([path, position, nth, siege.stored()?.page]).toEqual([path, position, nth, before.page]);
        }
      }
    }
    expect(siege.board.mackerel.alert(id)?.closedAt).toBeUndefined();
    await siege.board.clock.run(720);
    expect(siege.stored()?.page?.end?.kind).toBe('unanswered');
    const rung = MEMBERS.flatMap(({ phone }) =>
      siege.board.exchange.phone(phone).rings.map(({ outcome }) => outcome),
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
  test.each(OPEN_VOICE)('%s answers with TwiML', async (path, where) => {
    await fc.assert(
      fc.asyncProperty(raw, async (body) => {
        expectTwiml(await answerTo(siege.board, signed(siege.board, { path, body })), where);
      }),
      { numRuns: isDeep ? 25 : 6 },
    );
  });
});

/** Twilio sends forms only; what is signed with a digest of its body gets past the gate whatever it is. */
describe('bodies that are no form', () => {
  const digested = (path: string, type: string, body: string) => {
    const digest = createHash('sha256').update(body).digest('hex');
    const query = `page=x&attempt=0&bodySHA256=${digest}`;
    const { url, headers } = signed(siege.board, { method: 'GET', path, query });
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
    ['application/json', `{"page":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['application/json', `${'{"page":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['multipart/form-data; boundary=x', multipart],
    ['multipart/form-data', multipart],
    ['text/plain', form],
    ['application/octet-stream', '\0\u0001\ufffd'],
    ['application/xml', '<CallStatus>completed</CallStatus>'],
    ['; ;', form],
  ];

  test.each(READ)('as %s: TwiML for a call, nothing for a status (%#)', async (type, body) => {
    for (const [path, where] of OPEN_VOICE)
      expectTwiml(await answerTo(siege.board, digested(path, type, body)), where);
    for (const path of STATUS) {
      const { status, body: said } = await answerTo(siege.board, digested(path, type, body));
      expect([path, status, said]).toEqual([path, 204, '']);
    }
  });

  test.each([...VOICE.map(([path]) => path), ...STATUS, '/hold-music', '/mackerel-webhook'])(
    '%s never sees what cannot be read at all',
    async (path) => {
      // It is Twilio's server that cannot.
      siege.reopen({ transport: 'http' });
      for (const [type, body, status] of UNREADABLE) {
        const answer = await answerTo(siege.board, digested(path, type, body));
        expect([type, answer.status]).toEqual([type, status]);
        expectNoTrace(answer.body);
      }
      expect(siege.log).toEqual([]);
    },
  );
});

describe('what is no request for a Function', () => {
  const paths = [...VOICE.map(([path]) => path), ...STATUS, '/mackerel-webhook', '/hold-music'];

  test.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'TRACE', 'PROPFIND'])('%s is refused', async (method) => {
    const answers = await Promise.all(
      paths.map((path) => answerTo(siege.board, signed(siege.board, { method, path }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 405));
    expect(siege.log).toEqual([]);
  });

  test('OPTIONS is answered by the platform, signed or not: no code of ours runs', async () => {
    for (const path of paths) {
      const { status, body } = await answerTo(siege.board, request(siege.board, { method: 'OPTIONS', path }));
      expect([path, status, body]).toEqual([path, 204, '']);
    }
    expect(siege.log).toEqual([]);
  });

  test('10 MB are refused', async () => {
    const body = `page=${'x'.repeat(10 * 1024 * 1024)}`;
    for (const path of paths)
      expect((await answerTo(siege.board, request(siege.board, { path, body }))).status).toBe(413);
    expect(siege.log).toEqual([]);
  });

  test('GET is the same as POST, for Mackerel asks with GET', async () => {
    for (const [path, where] of OPEN_VOICE) {
      expectTwiml(
        await answerTo(siege.board, signed(siege.board, { method: 'GET', path, query: 'page=x' })),
        where,
      );
    }
  });
});

/** As another version may have left it, or a hand in Twilio's Console. */
test('a memory that is none of ours is written over, and a phone rings', async () => {
  for (const state of [
    { version: 3, page: null },
    { version: 2 },
    { version: 1 },
    { ...ofOthers, alerts: {} },
    { page: 'x' },
  ]) {
    siege.board.sync.putDocument('mackerel-kaden', state);
    await expectRingFor(siege, '2bj1abcdefg');
    expect(siege.stored()).toMatchObject({ version: 2, pagesStarted: 1 });
  }
});
