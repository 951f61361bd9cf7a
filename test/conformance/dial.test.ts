import { answers, listenAndPress, type Reaction } from '../../switchboard/exchange';
import { A, ANN, B, BOB, PUBLIC_URL, type Stage, setStage, twiml } from './stage';

let stage: Stage;
afterEach(() => stage.clock.uninstall());

const dialAnn = (attributes = 'timeout="60"') =>
  twiml(`<Dial callerId="${A}" action="/ended" ${attributes}><Number url="/whisper">${ANN}</Number></Dial>`);
const WHISPER = twiml(
  '<Gather action="/key" numDigits="1" timeout="10"><Say language="ja-JP">サーバーが落ちました</Say></Gather><Hangup/>',
);

function setDial(attributes?: string): void {
  stage = setStage();
  Object.assign(stage.pages, {
    '/list': dialAnn(attributes),
    '/whisper': WHISPER,
    '/key': twiml('<Say>Thank you</Say><Hangup/>'),
    '/ended': twiml('<Hangup/>'),
  });
}

describe('docs/voice/twiml/dial, action: DialCallStatus and what comes with it', () => {
  beforeEach(() => setDial());

  const leaves = (seconds: number): Reaction => answers([{ kind: 'wait', seconds }, { kind: 'hang-up' }]);

  test.each<[string, Reaction, { at: number; status: string; bridged: boolean; seconds?: string }]>([
    ['nobody picks up', { kind: 'ignore' }, { at: 65, status: 'no-answer', bridged: false }],
    ['the line is busy', { kind: 'busy' }, { at: 1, status: 'busy', bridged: false }],
    ['the call is refused', { kind: 'refuse', after: 4 }, { at: 4, status: 'busy', bridged: false }],
    ['the phone is off', { kind: 'switched-off' }, { at: 1, status: 'failed', bridged: false }],
    [
      'a key, and the whisper hangs up',
      answers(listenAndPress('1')),
      { at: 7.329, status: 'completed', bridged: false, seconds: '3' },
    ],
    [
      'no key, and the whisper hangs up',
      answers([]),
      { at: 16.429, status: 'completed', bridged: false, seconds: '12' },
    ],
    ['hung up in the whisper', leaves(1), { at: 6, status: 'completed', bridged: false, seconds: '1' }],
    [
      'a voicemail hears the whisper out',
      { kind: 'voicemail' },
      { at: 31.429, status: 'completed', bridged: false, seconds: '12' },
    ],
  ])('%s', async (_how, reaction, { at, status, bridged, seconds }) => {
    stage.exchange.phone(ANN).next(reaction);
    const sid = await stage.call();
    await stage.clock.run(90);
    const child = stage.exchange.calls.find(({ direction }) => direction === 'outbound-dial');
    const ended = stage.asked.at(-1);
    expect(ended).toMatchObject({
      at,
      path: '/ended',
      params: {
        CallSid: sid,
        CallStatus: 'in-progress',
        Direction: 'outbound-api',
        From: A,
        To: B,
        DialCallStatus: status,
        DialCallSid: child?.sid,
        DialBridged: String(bridged),
      },
    });
    expect(ended?.params.DialCallDuration).toBe(seconds);
    expect(ended?.params).not.toHaveProperty('ParentCallSid');
    expect(stage.exchange.faults).toEqual([]);
  });

  test.each([
    ['POST', ''],
    ['GET', 'method="GET"'],
  ])('is asked by %s, signed', async (method, attribute) => {
    stage.pages['/list'] = twiml(`<Dial action="/ended?x=1" timeout="5" ${attribute}>${ANN}</Dial>`);
    await stage.call();
    await stage.clock.run(20);
    expect(stage.asked.at(-1)).toMatchObject({
      method,
      path: '/ended',
      signed: true,
      params: { x: '1', DialCallStatus: 'no-answer' },
    });
  });

  test('the two talked: completed, and bridged', async () => {
    stage.pages['/whisper'] = twiml('<Say>Hello</Say>');
    stage.exchange.phone(ANN).next(leaves(30));
    await stage.call();
    await stage.clock.run(60);
    expect(stage.of('bridged')).toHaveLength(1);
    expect(stage.asked.at(-1)).toMatchObject({
      at: 35,
      params: { DialCallStatus: 'completed', DialBridged: 'true', DialCallDuration: '30' },
    });
  });

  test('the parent was ended while the phone rang: canceled', async () => {
    const sid = await stage.call();
    await stage.clock.run(20);
    await stage.update(sid, { Status: 'completed' });
    await stage.clock.run(30);
    expect(stage.asked.at(-1)).toMatchObject({
      at: 20,
      path: '/ended',
      params: { CallSid: sid, CallStatus: 'completed', DialCallStatus: 'canceled', DialBridged: 'false' },
    });
    expect(stage.asked.at(-1)?.params).not.toHaveProperty('DialCallDuration');
  });

  test('the ringing leg was ended by REST: canceled, and the call goes on with the answer', async () => {
    stage.pages['/ended'] = twiml('<Say>Nobody was there</Say>');
    const sid = await stage.call();
    await stage.clock.run(20);
    const child = stage.exchange.calls.find(({ direction }) => direction === 'outbound-dial')?.sid ?? '';
    await stage.update(child, { Status: 'completed' });
    await stage.clock.run(1);
    expect(stage.asked.at(-1)).toMatchObject({
      at: 20,
      path: '/ended',
      params: { CallSid: sid, CallStatus: 'in-progress', DialCallStatus: 'canceled', DialBridged: 'false' },
    });
    expect(stage.of('says')).toMatchObject([{ callSid: sid, text: 'Nobody was there' }]);
  });

  test('verbs behind it are not reached, unless there is no action', async () => {
    stage.pages['/list'] = twiml(`<Dial timeout="5" action="/ended">${ANN}</Dial><Redirect>/next</Redirect>`);
    await stage.call();
    await stage.clock.run(20);
    expect(stage.story()).toEqual(['0 /list in-progress', '10 /ended no-answer']);
    stage.pages['/list'] = twiml(`<Dial timeout="5">${ANN}</Dial><Redirect>/next</Redirect>`);
    stage.pages['/next'] = twiml('<Hangup/>');
    await stage.call();
    await stage.clock.run(20);
    expect(stage.story().slice(2)).toEqual(['20 /list in-progress', '30 /next in-progress']);
  });

  test('the answer goes on with the parent call', async () => {
    stage.pages['/ended'] = twiml('<Say>Nobody was there</Say>');
    const sid = await stage.call();
    await stage.clock.run(90);
    expect(stage.of('says')).toMatchObject([{ callSid: sid, text: 'Nobody was there' }]);
  });
});

describe('docs/voice/twiml/dial, timeout: and 5 s more', () => {
  test.each([
    ['timeout="5"', 10],
    ['timeout="60"', 65],
    ['', 35],
  ])('%s: it rings for %i s', async (attributes, seconds) => {
    setDial(attributes);
    await stage.call();
    await stage.clock.run(120);
    expect(stage.asked.at(-1)).toMatchObject({ at: seconds, path: '/ended' });
  });

  test('who picks up in the 5 s has picked up', async () => {
    setDial('timeout="5"');
    stage.exchange.phone(ANN).next(answers(listenAndPress('1'), 9.9));
    await stage.call();
    await stage.clock.run(60);
    expect(stage.asked.some(({ path }) => path === '/key')).toBe(true);
  });
});

describe('docs/voice/twiml/dial, timeLimit', () => {
  test('ends the conversation, and the action follows', async () => {
    setDial('timeLimit="20"');
    stage.pages['/whisper'] = twiml('');
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call();
    await stage.clock.run(60);
    expect(stage.asked.at(-1)).toMatchObject({ at: 25, path: '/ended', params: { DialBridged: 'true' } });
  });

  test('is the called party’s: it counts from the answer, and the whisper is part of it', async () => {
    setDial('timeLimit="20"');
    stage.pages['/whisper'] = twiml(`<Say>${'a'.repeat(15 * 12)}</Say>`);
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call();
    await stage.clock.run(60);
    expect(stage.asked.at(-1)).toMatchObject({
      at: 25,
      path: '/ended',
      params: { DialBridged: 'true', DialCallDuration: '20' },
    });
  });

  test('is 4 h unless it is set', async () => {
    stage = setStage();
    stage.pages['/list'] = twiml(`<Dial>${BOB}</Dial><Hangup/>`);
    for (const phone of [ANN, BOB]) stage.exchange.phone(phone).next(answers([], 1));
    await stage.call({ To: ANN, TimeLimit: '86400' });
    await stage.clock.run(5 * 3600);
    expect(stage.of('hung-up')[0]).toMatchObject({
      at: stage.clock.now() - (3600 - 2) * 1000,
      phone: BOB,
      who: 'timeout',
    });
  });
});

describe('docs/voice/twiml/dial, callerId', () => {
  test.each([
    ['one of the account’s numbers', `callerId="${A}"`, A],
    ['the caller’s own where none is set', '', A],
    ['the number that was called', `callerId="${B}"`, B],
  ])('shows %s', async (_what, attribute, shown) => {
    stage = setStage();
    stage.pages['/list'] = twiml(`<Dial timeout="5" ${attribute}>${ANN}</Dial>`);
    await stage.call();
    await stage.clock.run(30);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ from: shown }]);
  });

  test('refuses somebody else’s (docs/api/errors/13214)', async () => {
    stage = setStage();
    stage.pages['/list'] = twiml(`<Dial callerId="${BOB}">${ANN}</Dial>`);
    await stage.call();
    await stage.clock.run(30);
    expect(stage.of('fault')).toMatchObject([{ code: 13214 }]);
    expect(stage.exchange.phone(ANN).rings).toEqual([]);
  });
});

const dialAnnTelling = dialAnn().replace(
  '<Number ',
  `<Number statusCallback="${PUBLIC_URL}/status" statusCallbackEvent="initiated ringing answered completed" `,
);

describe('docs/voice/twiml/dial: the parent call ends while somebody is being rung', () => {
  const begin = (actionAfterParentEnds: boolean) => {
    stage = setStage({ actionAfterParentEnds });
    Object.assign(stage.pages, {
      '/list': dialAnnTelling,
      '/whisper': WHISPER,
      '/ended': twiml('<Say>nobody hears this</Say>'),
    });
  };

  test('in the middle of the whisper the child, answered, is completed', async () => {
    begin(true);
    stage.exchange.phone(ANN).next(answers([]));
    const sid = await stage.call();
    await stage.clock.run(6);
    await stage.update(sid, { Status: 'completed' });
    await stage.clock.run(30);
    expect(stage.story().slice(-2)).toEqual(['6 /status completed', '6 /ended completed']);
  });

  test('the far end of the parent hangs up: its hold music has ended', async () => {
    begin(true);
    stage.pages['/hold'] = twiml('<Play>https://music.example.com/hold.wav</Play>');
    await stage.call();
    await stage.clock.run(40);
    expect(stage.story().slice(-2)).toEqual(['30 /status canceled', '30 /ended canceled']);
  });

  test('a redirect of the parent hangs the child up, asks the old action and ignores its answer', async () => {
    begin(false);
    stage.pages['/new'] = twiml('<Say>Hello again</Say>');
    const sid = await stage.call();
    await stage.clock.run(20);
    await stage.update(sid, { Url: `${PUBLIC_URL}/new` });
    await stage.clock.run(5);
    expect(stage.story().slice(3).sort()).toEqual([
      '20 /ended canceled',
      '20 /new in-progress',
      '20 /status canceled',
    ]);
    expect(stage.of('says').map(({ text }) => text)).toEqual(['Hello again']);
  });
});

describe('docs/voice/twiml/dial: a person called by REST who is put through to another', () => {
  const putThrough = async (attributes: string, ...gestures: Parameters<typeof answers>) => {
    stage = setStage();
    stage.pages['/list'] = twiml(`<Dial action="/ended" ${attributes}><Number>${BOB}</Number></Dial>`);
    stage.pages['/ended'] = twiml('<Hangup/>');
    stage.exchange.phone(ANN).next(answers(...gestures));
    stage.exchange.phone(BOB).next(answers([], 5));
    await stage.call({ To: ANN });
    await stage.clock.run(60);
  };

  test('hangupOnStar: the star ends the Dial, and the first caller stays', async () => {
    await putThrough(
      'hangupOnStar="true"',
      [
        { kind: 'wait', seconds: 20 },
        { kind: 'press', digits: '1*' },
      ],
      1,
    );
    expect(stage.asked.at(-1)).toMatchObject({
      at: 21.6,
      path: '/ended',
      params: { DialCallStatus: 'completed', DialBridged: 'true', CallStatus: 'in-progress' },
    });
    expect(stage.of('pressed').map(({ taken }) => taken)).toEqual([true, true]);
  });

  test('hanging up while the other phone still rings cancels that', async () => {
    await putThrough('', [{ kind: 'wait', seconds: 2 }, { kind: 'hang-up' }], 1);
    expect(stage.exchange.phone(BOB).rings).toMatchObject([{ outcome: 'canceled' }]);
    expect(stage.of('hung-up').map(({ phone, who }) => [phone, who])).toEqual([
      [ANN, 'callee'],
      [BOB, 'caller'],
    ]);
  });
});

describe('docs/voice/twiml/number: several numbers in one Dial', () => {
  const dialBoth = (attributes: string) =>
    twiml(`<Dial action="/ended" ${attributes}><Number>${ANN}</Number><Number>${BOB}</Number></Dial>`);
  beforeEach(() => {
    stage = setStage();
    stage.pages['/ended'] = twiml('<Hangup/>');
  });

  test('ring at once; the first to pick up wins and the others are hung up', async () => {
    stage.pages['/list'] = dialBoth('timeout="30"');
    stage.exchange.phone(ANN).next({ kind: 'voicemail', after: 10, records: 5 });
    stage.exchange.phone(BOB).next(answers([], 12));
    await stage.call();
    await stage.clock.run(60);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ outcome: 'answered' }]);
    expect(stage.exchange.phone(BOB).rings).toMatchObject([{ outcome: 'canceled' }]);
    expect(stage.asked.at(-1)).toMatchObject({ at: 15, params: { DialBridged: 'true' } });
  });

  test('sequential rings one after another', async () => {
    stage.pages['/list'] = dialBoth('timeout="10" sequential="true"');
    await stage.call();
    await stage.clock.run(60);
    const started = stage.clock.now() - 60_000;
    const rungAt = [ANN, BOB].map(
      (number) => ((stage.exchange.phone(number).rings[0]?.at ?? 0) - started) / 1000,
    );
    expect(rungAt).toEqual([0, 15]);
    expect(stage.asked.at(-1)).toMatchObject({ at: 30, params: { DialCallStatus: 'no-answer' } });
  });
});
