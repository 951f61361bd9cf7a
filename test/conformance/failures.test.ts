/** What Twilio does when a document cannot be had or is refused: it says so to the caller, and hangs up. */
import { answers } from '../../switchboard/exchange';
import type { WireResponse } from '../../switchboard/wire';
import { ANN, PUBLIC_URL, reply, type Stage, setStage, twiml } from './stage';

const ERROR = 'We are sorry. An application error has occurred. Goodbye.';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
});
afterEach(() => stage.clock.uninstall());

type Answer = () => WireResponse | Promise<WireResponse>;
const FAILURES: [string, Answer, number][] = [
  ['404', () => reply('', 404), 11200],
  ['403', () => reply('', 403), 11200],
  ['429', () => reply('Too many requests', 429, 'text/plain'), 11200],
  ['500', () => reply('', 500), 11200],
  ['504, as of a Function that ran for 10 s', () => reply('', 504, 'text/plain'), 11200],
  ['no answer', () => new Promise(() => undefined), 11200],
  ['a connection that breaks', () => Promise.reject(new Error('ECONNRESET')), 11200],
  ['another host', () => ({ status: 302, headers: { location: 'https://x.example.com/' }, body: '' }), 11210],
  [
    'a redirect without end',
    () => ({ status: 302, headers: { location: `${PUBLIC_URL}/list` }, body: '' }),
    11215,
  ],
  ['a redirect that is none', () => ({ status: 304, headers: {}, body: '' }), 11216],
  ['application/json', () => reply('{}', 200, 'application/json'), 12300],
  ['no type at all', () => ({ status: 200, headers: {}, body: twiml('<Hangup/>') }), 12300],
  ['an empty body', () => reply('', 200), 11770],
  ['nothing, by 204', () => ({ status: 204, headers: {}, body: '' }), 11770],
  ['another root', () => reply('<Hangup/>', 200), 12102],
  ['a blank before the declaration', () => reply(`\n${twiml('<Hangup/>')}`, 200), 12100],
  ['malformed TwiML', () => reply('<Response><Say>', 200), 12100],
  ['oversized TwiML', () => reply(twiml(`<Say>${'a'.repeat(64 * 1024)}</Say>`), 200), 11750],
  ['an unknown verb', () => reply(twiml('<Shout/>'), 200), 12200],
  [
    'somebody else’s callerId',
    () => reply(twiml(`<Dial callerId="+815000000099">${ANN}</Dial>`), 200),
    13214,
  ],
];

describe('docs/api/errors/11200 and those named: the caller hears an application error, and the call ends', () => {
  test.each(FAILURES)('after %s (%3$i)', async (_what, page, code) => {
    stage.pages['/list'] = page;
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call({ To: ANN });
    await stage.clock.run(40);
    expect(stage.of('fault')).toMatchObject([{ code }]);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: [ERROR] }]);
    expect(stage.exchange.calls).toMatchObject([{ status: 'completed' }]);
  });

  test('of a Dial’s action, too: whoever was rung has been rung', async () => {
    stage.pages['/list'] = twiml(
      `<Dial timeout="5" action="/ended">${ANN}</Dial><Redirect>/never</Redirect>`,
    );
    stage.pages['/ended'] = () => reply('', 500);
    const sid = await stage.call();
    await stage.clock.run(30);
    expect(stage.of('says')).toMatchObject([{ callSid: sid, text: ERROR }]);
    expect(stage.story()).toEqual(['0 /list in-progress', '10 /ended no-answer']);
  });

  test('of a Gather’s action, too', async () => {
    stage.pages['/list'] = twiml('<Gather numDigits="1" action="/key"/><Redirect>/never</Redirect>');
    stage.pages['/key'] = () => reply('', 500);
    stage.exchange.phone(ANN).next(answers([{ kind: 'press', digits: '1' }]));
    await stage.call({ To: ANN });
    await stage.clock.run(30);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: [ERROR] }]);
    expect(stage.asked.map(({ path }) => path)).toEqual(['/list', '/key']);
  });
});

describe('docs/usage/webhooks/webhooks-connection-overrides', () => {
  test('Twilio waits 15 s for a document, however late it was sent', async () => {
    stage.exchange.delivery = ({ kind }) => (kind === 'twiml' ? [] : [0]);
    stage.exchange.phone(ANN).next(answers([], 5));
    await stage.call({ To: ANN });
    await stage.clock.run(60);
    expect(stage.exchange.faults).toEqual(['11200 HTTP retrieval failure: no answer within 15 s (/list)']);
    expect((stage.of('says')[0]?.at ?? 0) - stage.clock.now()).toBe((5 + 15 - 60) * 1000);
  });

  test('an answer after 14 s is in time', async () => {
    stage.pages['/list'] = async () => {
      await stage.clock.sleep(14);
      return twiml('<Say>Hello</Say>');
    };
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call({ To: ANN });
    await stage.clock.run(60);
    expect(stage.exchange.faults).toEqual([]);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: ['Hello'] }]);
  });
});

describe('docs/voice/api/call-resource, FallbackUrl and FallbackMethod', () => {
  test.each([
    ['POST', {}],
    ['POST', { FallbackMethod: 'POST' }],
    ['GET', { FallbackMethod: 'GET' }],
  ])('is asked first, by %s, and told what happened: %j', async (method, form) => {
    stage.pages['/fallback'] = twiml('<Hangup/>');
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call({ To: ANN, FallbackUrl: `${PUBLIC_URL}/fallback`, ...form });
    await stage.clock.run(20);
    expect(stage.asked.at(-1)).toMatchObject({
      method,
      path: '/fallback',
      signed: true,
      params: { ErrorCode: '11200', ErrorUrl: `${PUBLIC_URL}/list` },
    });
    expect(stage.of('says')).toEqual([]);
  });
});

describe('docs/voice/twiml/number, statusCallback, and docs/api/errors/15003: a status callback that fails', () => {
  test.each([
    ['404', () => reply('', 404), 15003],
    ['500', () => reply('', 500), 15003],
    ['no answer', () => new Promise<WireResponse>(() => undefined), 11200],
  ])('with %s is noted (%3$i), and never touches the call', async (_what, page, code) => {
    stage.pages['/list'] = twiml(
      `<Dial timeout="5" action="/ended"><Number statusCallback="${PUBLIC_URL}/status">${ANN}</Number></Dial>`,
    );
    stage.pages['/ended'] = twiml('<Pause length="20"/>');
    stage.pages['/status'] = page;
    await stage.call();
    await stage.clock.run(60);
    expect(stage.of('fault')).toMatchObject([{ code }]);
    expect(stage.of('says')).toEqual([]);
    expect(stage.of('hung-up')).toMatchObject([{ who: 'timeout' }, { who: 'twiml' }, { who: 'caller' }]);
  });
});

describe('docs/voice/twiml: types of an answer', () => {
  test.each(['text/xml', 'application/xml', 'text/html', 'text/xml; charset=utf-8'])(
    '%s is TwiML',
    async (type) => {
      stage.pages['/list'] = () => reply(twiml('<Say>Hello</Say>'), 200, type);
      stage.exchange.phone(ANN).next(answers([]));
      await stage.call({ To: ANN });
      await stage.clock.run(20);
      expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: ['Hello'] }]);
    },
  );

  test.each([
    ['audio/mpeg is played', '', 'audio/mpeg', '♪ /list'],
    ['text/plain is read aloud', 'Hello, Ann', 'text/plain; charset=utf-8', 'Hello, Ann'],
    ['text/plain that is TwiML is carried out', twiml('<Say>Hello</Say>'), 'text/plain', 'Hello'],
  ])('%s, and then the call is over', async (_what, body, type, heard) => {
    stage.pages['/list'] = () => reply(body, 200, type);
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call({ To: ANN });
    await stage.clock.run(60);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: [heard] }]);
    expect(stage.of('hung-up')).toMatchObject([{ who: 'twiml' }]);
    expect(stage.exchange.faults).toEqual([]);
  });

  test.each([
    ['text/plain', 'Hello, Ann'],
    ['audio/mpeg', ''],
  ])('a whisper of type %s connects nobody', async (type, body) => {
    stage.pages['/list'] = twiml(`<Dial action="/ended"><Number url="/whisper">${ANN}</Number></Dial>`);
    stage.pages['/whisper'] = () => reply(body, 200, type);
    stage.pages['/ended'] = twiml('<Hangup/>');
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call();
    await stage.clock.run(60);
    expect(stage.asked.at(-1)).toMatchObject({ path: '/ended', params: { DialBridged: 'false' } });
  });
});
