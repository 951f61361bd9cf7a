import { answers, listenAndPress, type Reaction } from '../../switchboard/exchange';
import { A, ANN, type Asked, PUBLIC_URL, type Stage, setStage, twiml } from './stage';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
});
afterEach(() => stage.clock.uninstall());

const ALL = 'initiated ringing answered completed';
const told = () => stage.asked.filter(({ path }) => path === '/status');
const inOrder = () => told().map(({ at, params }) => `${at} ${params.SequenceNumber} ${params.CallStatus}`);

describe('docs/voice/twiml/number, statusCallback', () => {
  async function dial(reaction: Reaction, attributes = `statusCallbackEvent="${ALL}"`): Promise<string> {
    stage.pages['/list'] = twiml(
      `<Dial callerId="${A}" timeout="60"><Number url="/whisper" statusCallback="${PUBLIC_URL}/status" ${attributes}>${ANN}</Number></Dial>`,
    );
    stage.pages['/whisper'] = twiml('<Gather numDigits="1"/><Hangup/>');
    stage.exchange.phone(ANN).next(reaction);
    const sid = await stage.call();
    await stage.clock.run(120);
    return sid;
  }

  // A status: its second, its SequenceNumber and its CallStatus; SIP codes as a carrier gives them.
  test.each<[string, Reaction, string[], string]>([
    ['nobody picks up', { kind: 'ignore' }, ['0 0 initiated', '0 1 ringing', '65 2 no-answer'], '487'],
    [
      'somebody picks up',
      answers([{ kind: 'press', digits: '1' }]),
      ['0 0 initiated', '0 1 ringing', '5 2 in-progress', '10.3 3 completed'],
      '200',
    ],
    ['the line is busy', { kind: 'busy' }, ['0 0 initiated', '1 1 busy'], '486'],
    [
      'the call is refused',
      { kind: 'refuse', after: 4 },
      ['0 0 initiated', '0 1 ringing', '4 2 busy'],
      '603',
    ],
    ['the phone is off', { kind: 'switched-off' }, ['0 0 initiated', '1 1 failed'], '480'],
  ])('in order when %s', async (_when, reaction, expected, sip) => {
    await dial(reaction);
    expect(inOrder()).toEqual(expected);
    expect(told().map(({ params }) => params.SipResponseCode)).toEqual([
      ...expected.slice(1).map(() => undefined),
      sip,
    ]);
  });

  test.each([
    ['the end alone unless asked', '', ['completed']],
    ['what is asked for', 'statusCallbackEvent="answered"', ['in-progress']],
  ])('tells of %s', async (_what, attributes, expected) => {
    await dial(answers(listenAndPress('1')), attributes);
    expect(told().map(({ params }) => params.CallStatus)).toEqual(expected);
  });

  test.each([
    ['POST', ''],
    ['GET', 'statusCallbackMethod="GET"'],
  ])('by %s, signed, about the callee’s leg', async (method, attributes) => {
    const sid = await dial({ kind: 'ignore' }, attributes);
    const child = stage.exchange.calls.find(({ direction }) => direction === 'outbound-dial');
    expect(told()).toMatchObject([
      {
        method,
        signed: true,
        params: {
          CallSid: child?.sid,
          ParentCallSid: sid,
          From: A,
          To: ANN,
          Direction: 'outbound-dial',
          CallbackSource: 'call-progress-events',
          Timestamp: 'Sun, 22 Nov 2026 00:01:05 +0000',
          SequenceNumber: '0',
          CallDuration: '0',
        },
      },
    ]);
  });

  test('of a leg that lost the race says canceled', async () => {
    stage.pages['/list'] = twiml(
      `<Dial><Number>${A.replace(/1$/, '9')}</Number><Number statusCallback="${PUBLIC_URL}/status">${ANN}</Number></Dial>`,
    );
    stage.exchange.phone(A.replace(/1$/, '9')).next(answers([], 3));
    await stage.call();
    await stage.clock.run(30);
    expect(inOrder()).toEqual(['3 0 canceled']);
  });
});

describe('docs/voice/api/call-resource, StatusCallbackEvent', () => {
  const call = (form: Record<string, string | string[]> = {}) =>
    stage.call({ To: ANN, StatusCallback: `${PUBLIC_URL}/status`, ...form });

  test('a call that is answered: initiated, ringing, answered, completed', async () => {
    stage.pages['/list'] = twiml('<Pause length="20"/>');
    stage.exchange.phone(ANN).next(answers([]));
    await call({ StatusCallbackEvent: ALL.split(' ') });
    await stage.clock.run(60);
    expect(inOrder()).toEqual(['0 0 initiated', '0 1 ringing', '5 2 in-progress', '25 3 completed']);
    expect(told().at(-1)?.params).toMatchObject({
      CallDuration: '20',
      Duration: '1',
      SipResponseCode: '200',
      Direction: 'outbound-api',
    });
  });

  test('a call that nobody answers', async () => {
    const sid = await call({ Timeout: '15', StatusCallbackEvent: ALL.split(' ') });
    await stage.clock.run(60);
    expect(inOrder()).toEqual(['0 0 initiated', '0 1 ringing', '20 2 no-answer']);
    expect(told().at(-1)?.params).toMatchObject({
      CallSid: sid,
      CallbackSource: 'call-progress-events',
      Timestamp: 'Sun, 22 Nov 2026 00:00:20 +0000',
      CallDuration: '0',
      SipResponseCode: '487',
    });
  });

  test.each([
    ['canceled', 1, '1 0 canceled'],
    ['completed', 10, '10 0 completed'],
  ])('a call that is %s by REST; of its end alone unless asked', async (status, after, expected) => {
    stage.pages['/list'] = twiml('<Pause length="20"/>');
    stage.exchange.phone(ANN).next(answers([]));
    const sid = await call();
    await stage.clock.run(after);
    await stage.update(sid, { Status: status });
    await stage.clock.run(1);
    expect(inOrder()).toEqual([expected]);
  });

  test('by GET with the parameters in the query, signed', async () => {
    await call({ StatusCallbackMethod: 'GET', StatusCallback: `${PUBLIC_URL}/status?page=1` });
    await stage.clock.run(90);
    expect(told()).toMatchObject([
      { method: 'GET', signed: true, params: { page: '1', CallStatus: 'no-answer' } },
    ]);
  });

  async function updated(changes: Record<string, string>): Promise<Asked[]> {
    stage.pages['/list'] = twiml('<Pause length="20"/>');
    const sid = await call({ StatusCallbackEvent: ALL.split(' ') });
    stage.exchange.phone(ANN).next(answers([], 5));
    await stage.clock.run(8);
    expect(await stage.update(sid, changes)).toMatchObject({ status: 200 });
    await stage.clock.run(90);
    return stage.asked.filter(({ path }) => path === '/status-2');
  }

  test('can be moved together with the Url: of its end alone then, and the count goes on', async () => {
    const moved = await updated({ Url: `${PUBLIC_URL}/list`, StatusCallback: `${PUBLIC_URL}/status-2` });
    expect(inOrder()).toEqual(['0 0 initiated', '0 1 ringing', '5 2 in-progress']);
    expect(moved).toMatchObject([{ at: 28, params: { CallStatus: 'completed', SequenceNumber: '3' } }]);
  });

  test.each<[string, Record<string, string>]>([
    ['alone', {}],
    ['beside a document handed in', { Twiml: twiml('<Pause length="20"/>') }],
  ])('%s it is ignored: "it is required to set the Url in the same statement"', async (_, changes) => {
    const moved = await updated({ ...changes, StatusCallback: `${PUBLIC_URL}/status-2` });
    expect(moved).toEqual([]);
    expect(inOrder().at(-1)).toMatch(/^2[58] 3 completed$/);
  });

  test('of a call that is canceled while still queued nothing is told', async () => {
    const sid = await call({ StatusCallbackEvent: ALL.split(' ') });
    expect(await stage.update(sid, { Status: 'canceled' })).toMatchObject({ body: { status: 'canceled' } });
    await stage.clock.run(90);
    expect(stage.asked).toEqual([]);
    expect(stage.exchange.phone(ANN).rings).toEqual([]);
  });
});
