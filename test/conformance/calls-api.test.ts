import { answers } from '../../switchboard/exchange';
import { A, ACCOUNT, ANN, B, BOB, PUBLIC_URL, type Stage, setStage, twiml } from './stage';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
  stage.pages['/list'] = twiml('<Pause length="20"/>');
});
afterEach(() => stage.clock.uninstall());

const url = (path: string) => `${PUBLIC_URL}${path}`;

describe('docs/voice/api/call-resource: a new call', () => {
  test('a call is queued at once and told in Twilio’s shape', async () => {
    const made = await stage.rest('POST', '/Calls.json', { From: A, To: ANN, Url: url('/list') });
    expect(made).toMatchObject({
      status: 201,
      body: {
        sid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
        account_sid: ACCOUNT.sid,
        status: 'queued',
        direction: 'outbound-api',
        from: A,
        to: ANN,
        date_created: 'Sun, 22 Nov 2026 00:00:00 +0000',
        duration: null,
      },
    });
    stage.exchange.phone(ANN).next(answers([], 5));
    const status = async () => (await stage.rest('GET', `/Calls/${made.body.sid}.json`)).body;
    await stage.clock.run(1);
    expect(await status()).toMatchObject({ status: 'ringing', start_time: null });
    await stage.clock.run(5);
    expect(await status()).toMatchObject({ status: 'in-progress' });
    await stage.clock.run(30);
    expect(await status()).toMatchObject({
      status: 'completed',
      duration: '20',
      end_time: 'Sun, 22 Nov 2026 00:00:25 +0000',
    });
  });

  test.each([
    ['Timeout=15', { Timeout: '15' }, 20],
    ['no Timeout', {}, 65],
  ])('with %s a call rings 5 s longer than that, or than 60 s', async (_what, form, seconds) => {
    await stage.call({ To: ANN, ...form });
    await stage.clock.run(90);
    expect(stage.exchange.calls).toMatchObject([
      { status: 'no-answer', endedAt: stage.clock.now() - (90 - seconds) * 1000 },
    ]);
  });

  test('TimeLimit ends a call so long after it was answered', async () => {
    stage.pages['/list'] = twiml('<Pause length="600"/>');
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call({ To: ANN, TimeLimit: '30' });
    await stage.clock.run(90);
    expect(stage.of('hung-up')).toMatchObject([
      { who: 'timeout', status: 'completed', at: stage.clock.now() - (90 - 35) * 1000 },
    ]);
  });

  test('Url wins over Twiml', async () => {
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call({ To: ANN, Twiml: twiml('<Say>Hello</Say>') });
    await stage.clock.run(30);
    expect(stage.asked.map(({ path }) => path)).toEqual(['/list']);
  });

  // A call that is dialed but does not ring yet is "initiated" in a status callback, and never in an answer by REST.
  test.each([
    ['that is busy', { kind: 'busy' }],
    ['that is off', { kind: 'switched-off' }],
  ] as const)('a phone %s never rings: queued until it is over', async (_what, reaction) => {
    stage.exchange.phone(ANN).next(reaction);
    const sid = await stage.call({ To: ANN });
    await stage.clock.run(0.5);
    expect((await stage.rest('GET', `/Calls/${sid}.json`)).body.status).toBe('queued');
  });

  test('Twiml may have 4000 characters', async () => {
    const padded = twiml(`<Say>Hello</Say>${' '.repeat(4000 - twiml('<Say>Hello</Say>').length)}`);
    const made = await stage.rest('POST', '/Calls.json', { From: A, To: ANN, Twiml: padded });
    expect([padded.length, made.status]).toEqual([4000, 201]);
  });

  test('Twiml needs no URL', async () => {
    stage.exchange.phone(ANN).next(answers([]));
    await stage.rest('POST', '/Calls.json', { From: A, To: ANN, Twiml: twiml('<Say>Hello</Say>') });
    await stage.clock.run(30);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: ['Hello'] }]);
    expect(stage.asked).toEqual([]);
  });
});

describe('docs/voice/api/call-resource, “Calls Per Second”: calls beyond it are queued', () => {
  const FIVE = [1, 2, 3, 4, 5].map((nth) => `+81500000002${nth}`);
  const secondsOfRinging = () =>
    FIVE.map(
      (number) =>
        stage.seconds() - (stage.clock.now() - (stage.exchange.phone(number).rings[0]?.at ?? 0)) / 1000,
    );
  const begin = (callsPerSecond?: number) => {
    stage.clock.uninstall();
    stage = setStage({ callsPerSecond });
    stage.pages['/list'] = twiml('<Pause length="20"/>');
  };

  test.each([
    ['1 a second, as of an account that asked for no more', 1, [0, 1, 2, 3, 4]],
    ['2 a second', 2, [0, 0.5, 1, 1.5, 2]],
    ['without a limit', undefined, [0, 0, 0, 0, 0]],
  ])('five in one instant, %s', async (_what, callsPerSecond, seconds) => {
    begin(callsPerSecond);
    for (const To of FIVE) {
      const { body } = await stage.rest('POST', '/Calls.json', { From: A, To, Url: url('/list') });
      expect(body).toMatchObject({
        status: 'queued',
        queue_time: String((seconds[FIVE.indexOf(To)] ?? 0) * 1000),
      });
    }
    await stage.clock.run(10);
    expect(secondsOfRinging()).toEqual(seconds);
  });

  test('is queued until its turn, and its timeout begins then; after a second of rest there is no queue', async () => {
    begin(1);
    const StatusCallback = url('/status');
    await stage.call({ To: ANN });
    const sid = await stage.call({
      To: ANN,
      Timeout: '15',
      StatusCallback,
      StatusCallbackEvent: ['initiated', 'completed'],
    });
    await stage.clock.run(0.9);
    expect((await stage.rest('GET', `/Calls/${sid}.json`)).body.status).toBe('queued');
    expect(stage.asked).toEqual([]);
    await stage.clock.run(4.1);
    expect(stage.story()).toEqual(['1 /status initiated', '2 /status busy']);
    await stage.call({ To: BOB });
    await stage.clock.run(0.1);
    expect(stage.exchange.phone(BOB).rings).toHaveLength(1);
  });

  test('calls of a Dial do not wait for them', async () => {
    begin(1);
    stage.pages['/list'] = twiml(`<Dial><Number>${ANN}</Number></Dial>`);
    for (let count = 0; count < 3; count++) await stage.call();
    await stage.clock.run(0.1);
    expect(stage.exchange.phone(ANN).rings).toHaveLength(1);
  });
});

// Each with its own page: docs/api/errors/<number>.
describe('docs/api/errors: a call that is refused', () => {
  test.each([
    ['no To', { To: '' }, 400, 21201],
    ['no From', { From: '' }, 400, 21213],
    ['a To that is no number', { To: '050-0000' }, 400, 21211],
    ['a From that is not ours', { From: ANN }, 400, 21210],
    ['a From of another account', { From: B }, 400, 21210],
    ['no Url', { Url: [] }, 400, 21205],
    ['a relative Url', { Url: '/list' }, 400, 21205],
    ['an underscore in the host', { StatusCallback: 'https://a_b.example.com/' }, 400, 21609],
    ['Timeout over 600', { Timeout: '601' }, 400, 21208],
    [
      'an event that does not exist',
      { StatusCallbackEvent: 'complete', StatusCallback: url('/status') },
      400,
      21626,
    ],
    ['Twiml too long', { Url: [], Twiml: 'x'.repeat(4001) }, 400, 32018],
    ['another Method', { Method: 'PUT' }, 400, 21209],
    ['something not carried out here', { MachineDetection: 'Enable' }, 400, 20001],
  ])('refused: %s', async (_why, form, status, code) => {
    const made = await stage.rest('POST', '/Calls.json', { From: A, To: ANN, Url: url('/list'), ...form });
    expect(made).toMatchObject({
      status,
      body: {
        code,
        status,
        message: expect.any(String),
        more_info: `https://www.twilio.com/docs/errors/${code}`,
      },
    });
    expect(stage.exchange.calls).toEqual([]);
  });
});

describe('docs/usage/requests-to-twilio', () => {
  test('a wrong token is 20003, an unknown call 20404', async () => {
    const request = {
      method: 'POST',
      url: new URL(`https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT.sid}/Calls.json`),
      body: '',
    };
    const refused = await stage.exchange.handle({ ...request, headers: { Authorization: 'Basic eDp5' } });
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([401, 20003]);
    expect(await stage.rest('GET', `/Calls/CA${'0'.repeat(32)}.json`)).toMatchObject({
      status: 404,
      body: { code: 20404 },
    });
  });
});

describe('docs/voice/api/call-resource: a change to a call', () => {
  test.each([
    ['canceled', 1, 'canceled'],
    ['completed', 1, 'canceled'],
    ['completed', 10, 'completed'],
  ])('Status=%s after %i s makes it %s', async (status, after, result) => {
    stage.exchange.phone(ANN).next(answers([]));
    const sid = await stage.call({ To: ANN });
    await stage.clock.run(after);
    expect(await stage.update(sid, { Status: status })).toMatchObject({
      status: 200,
      body: { status: result },
    });
    expect(stage.of('hung-up')).toMatchObject([{ who: 'rest', status: result }]);
  });

  test.each([
    ['redirected while it rings', { Twiml: twiml('<Hangup/>') }, 1],
    ['completed when it is over', { Status: 'completed' }, 60],
    ['redirected when it is over', { Twiml: twiml('<Hangup/>') }, 60],
  ])('a call cannot be %s', async (_why, form, after) => {
    stage.exchange.phone(ANN).next(answers([]));
    const sid = await stage.call({ To: ANN });
    await stage.clock.run(after);
    expect(await stage.update(sid, form)).toMatchObject({ status: 400, body: { code: 21220 } });
  });

  test('Status=canceled leaves alone what has been answered, or rings within a Dial', async () => {
    stage.pages['/list'] = twiml(`<Dial timeout="30"><Number>${ANN}</Number></Dial>`);
    const sid = await stage.call();
    await stage.clock.run(10);
    const child = stage.exchange.calls.find(({ direction }) => direction === 'outbound-dial')?.sid ?? '';
    expect(await stage.update(sid, { Status: 'canceled' })).toMatchObject({
      body: { status: 'in-progress' },
    });
    expect(await stage.update(child, { Status: 'canceled' })).toMatchObject({ body: { status: 'ringing' } });
    expect(await stage.update(child, { Status: 'completed' })).toMatchObject({
      body: { status: 'canceled' },
    });
  });

  test('a dialed leg that is redirected leaves the Dial, which is over then', async () => {
    stage.pages['/list'] = twiml(`<Dial action="/ended">${ANN}</Dial>`);
    stage.pages['/ended'] = twiml('<Hangup/>');
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call();
    await stage.clock.run(10);
    const child = stage.exchange.calls.find(({ direction }) => direction === 'outbound-dial')?.sid ?? '';
    await stage.update(child, { Twiml: twiml('<Say>Hello again</Say><Pause length="9"/>') });
    await stage.clock.run(5);
    expect(stage.asked.at(-1)).toMatchObject({ at: 10, path: '/ended', params: { DialBridged: 'true' } });
    expect(stage.asked.at(-1)?.params).not.toHaveProperty('DialCallDuration');
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: ['Hello again'] }]);
    expect(stage.exchange.phone(ANN).rings[0]?.endedAt).toBeUndefined();
  });

  test('a new document takes over in the middle of a Say', async () => {
    stage.pages['/list'] = twiml(`<Say>${'a'.repeat(1500)}</Say><Redirect>/never</Redirect>`);
    stage.exchange.phone(ANN).next(answers([]));
    const sid = await stage.call({ To: ANN });
    await stage.clock.run(10);
    await stage.update(sid, { Twiml: twiml('<Say>Stop</Say>') });
    await stage.clock.run(200);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([
      { heard: ['a'.repeat(1500), 'Stop'], outcome: 'answered' },
    ]);
    expect(stage.asked.map(({ path }) => path)).toEqual(['/list']);
  });
});

describe('docs/voice/twiml/{pause,reject,dial}: a call that comes in to a number of Twilio’s', () => {
  test('its music stops when the other side hangs up', async () => {
    await stage.call();
    await stage.clock.run(60);
    expect(stage.exchange.calls.map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect(stage.of('hung-up').map(({ who }) => who)).toEqual(['twiml', 'caller']);
  });

  test.each([
    ['<Reject reason="busy"/>', 'busy'],
    ['<Reject/>', 'no-answer'],
  ])('%s: the call is %s, never answered', async (verb, status) => {
    stage.pages['/hold'] = twiml(verb);
    await stage.call();
    await stage.clock.run(10);
    expect(stage.exchange.calls.map((call) => call.status)).toEqual([status, status]);
    expect(stage.of('answered')).toEqual([]);
  });

  test('Pause as first verb delays the answer (docs/voice/twiml/pause)', async () => {
    stage.pages['/hold'] = twiml('<Pause length="7"/><Say>Hello</Say>');
    await stage.call();
    await stage.clock.run(10);
    expect(stage.asked.find(({ path }) => path === '/list')).toMatchObject({ at: 7 });
  });

  test('answerOnBridge: the caller hears it ring until somebody has been bridged', async () => {
    stage.pages['/hold'] = twiml(`<Dial answerOnBridge="true">${ANN}</Dial>`);
    stage.exchange.phone(ANN).next(answers([{ kind: 'wait', seconds: 8 }, { kind: 'hang-up' }], 10));
    await stage.call();
    await stage.clock.run(60);
    expect(stage.asked.find(({ path }) => path === '/list')).toMatchObject({ at: 10 });
    expect(stage.exchange.calls.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  });

  test('hold music that cannot be had ends the call soon', async () => {
    stage.pages['/hold'] = () => ({ status: 500, headers: {}, body: '' });
    await stage.call();
    await stage.clock.run(10);
    expect(stage.exchange.calls.map(({ status }) => status)).toEqual(['completed', 'completed']);
  });
});
