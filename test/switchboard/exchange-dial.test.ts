import { answers, listenAndPress } from '../../switchboard/exchange';
import { A, ANN, B, BOB, OTHER_ACCOUNT, PUBLIC_URL, type Stage, setStage, twiml } from './exchange-stage';

let stage: Stage;
afterEach(() => stage.clock.uninstall());

const EVENTS = 'statusCallback="/status" statusCallbackEvent="initiated ringing answered completed"';
const dialAnn = (attributes = 'timeout="60"') =>
  twiml(
    `<Dial callerId="${A}" action="/ended" ${attributes}><Number url="/whisper" ${EVENTS}>${ANN}</Number></Dial>`,
  );
const WHISPER = twiml(
  '<Gather action="/key" numDigits="1" timeout="10"><Say language="ja-JP">サーバーが落ちました</Say></Gather><Hangup/>',
);

/** Twilio: docs/voice/twiml/dial, docs/voice/twiml/number. */
describe('a Dial that rings one person', () => {
  beforeEach(() => {
    stage = setStage();
    Object.assign(stage.pages, {
      '/list': dialAnn(),
      '/whisper': WHISPER,
      '/key': twiml('<Say>Thank you</Say><Hangup/>'),
      '/ended': twiml('<Hangup/>'),
    });
  });

  test('who presses 1 in the whisper and is hung up there was never bridged', async () => {
    stage.exchange.phone(ANN).next(answers(listenAndPress('1')));
    const sid = await stage.call();
    await stage.clock.run(60);

    expect(stage.exchange.faults).toEqual([]);
    expect(stage.story()).toEqual([
      '0 /list in-progress',
      '0 /status initiated',
      '0 /status ringing',
      '5 /status in-progress',
      '5 /whisper in-progress',
      '6.729 /key in-progress',
      '7.329 /status completed',
      '7.329 /ended completed',
    ]);
    const [child] = stage.of('call-created').filter((event) => event.direction === 'outbound-dial');
    expect(stage.asked.find(({ path }) => path === '/whisper')?.params).toMatchObject({
      CallSid: child?.callSid,
      ParentCallSid: sid,
      From: A,
      To: ANN,
      Direction: 'outbound-dial',
    });
    const ended = stage.asked.find(({ path }) => path === '/ended')?.params;
    expect(ended).toMatchObject({
      CallSid: sid,
      CallStatus: 'in-progress',
      From: A,
      To: B,
      Direction: 'outbound-api',
      DialCallStatus: 'completed',
      DialCallSid: child?.callSid,
      DialBridged: 'false',
      DialCallDuration: '3',
    });
    expect(ended).not.toHaveProperty('ParentCallSid');
    expect(stage.exchange.phone(ANN).rings).toMatchObject([
      { from: A, outcome: 'answered', pressed: '1', heard: ['サーバーが落ちました', 'Thank you'] },
    ]);
    expect(stage.exchange.calls.map(({ status, direction }) => `${direction} ${status}`)).toEqual([
      'outbound-api completed',
      'inbound completed',
      'outbound-dial completed',
    ]);
  });

  test('a phone rings for the timeout and 5 s more; then callback and action at the same instant', async () => {
    await stage.call();
    await stage.clock.run(120);
    expect(stage.story().slice(-2)).toEqual(['65 /status no-answer', '65 /ended no-answer']);
    const [status, ended] = stage.asked.slice(-2);
    expect(status?.params).toMatchObject({
      CallStatus: 'no-answer',
      SipResponseCode: '487',
      SequenceNumber: '2',
    });
    expect(ended?.params).toMatchObject({ DialBridged: 'false' });
    expect(ended?.params).not.toHaveProperty('DialCallDuration');
  });

  test('every request of our account is signed, with POST parameters', async () => {
    await stage.call();
    await stage.clock.run(70);
    expect(stage.asked.map(({ path, signed }) => `${path} ${signed}`)).toEqual([
      '/hold false',
      '/list true',
      '/status true',
      '/status true',
      '/status true',
      '/ended true',
    ]);
    expect(stage.asked[0]?.params.AccountSid).toBe(OTHER_ACCOUNT.sid);
  });

  test('a GET carries its parameters in the query, signed with the address that was written', async () => {
    await stage.call({ Url: `${PUBLIC_URL}/list?alertId=2bj%20x&q=a+b`, Method: 'GET' });
    await stage.clock.run(1);
    const list = stage.asked.find(({ path }) => path === '/list');
    expect(list).toMatchObject({
      method: 'GET',
      signed: true,
      params: { alertId: '2bj x', q: 'a b', CallStatus: 'in-progress' },
    });
    expect(list?.url.search).toContain('?alertId=2bj%20x&q=a+b&CallSid=CA');
  });

  test.each([
    ['busy', { kind: 'busy' }, 'busy', '486'],
    ['refused', { kind: 'refuse', after: 4 }, 'busy', '603'],
    ['switched off', { kind: 'switched-off' }, 'failed', '480'],
  ] as const)('a phone that is %s', async (_name, reaction, status, sip) => {
    stage.exchange.phone(ANN).next(reaction);
    await stage.call();
    await stage.clock.run(10);
    expect(stage.asked.at(-2)?.params).toMatchObject({ CallStatus: status, SipResponseCode: sip });
    expect(stage.asked.at(-1)?.params).toMatchObject({ DialCallStatus: status, DialBridged: 'false' });
  });

  test('a voicemail answers, hears the whisper out and counts as completed, not bridged', async () => {
    stage.exchange.phone(ANN).next({ kind: 'voicemail' });
    await stage.call();
    await stage.clock.run(60);
    expect(stage.asked.at(-1)).toMatchObject({
      path: '/ended',
      params: { DialCallStatus: 'completed', DialBridged: 'false', DialCallDuration: '12' },
    });
  });

  test('a whisper that ends without Hangup bridges the two until one of them leaves', async () => {
    stage.pages['/whisper'] = twiml('<Say>Hello</Say>');
    stage.exchange.phone(ANN).next(answers([{ kind: 'wait', seconds: 30 }, { kind: 'hang-up' }]));
    await stage.call();
    await stage.clock.run(60);
    expect(stage.of('bridged')).toHaveLength(1);
    expect(stage.asked.at(-1)).toMatchObject({
      at: 35,
      params: { DialCallStatus: 'completed', DialBridged: 'true', DialCallDuration: '30' },
    });
  });

  test('the callee hangs up in the middle of the message', async () => {
    stage.exchange.phone(ANN).next(answers([{ kind: 'wait', seconds: 1 }, { kind: 'hang-up' }]));
    await stage.call();
    await stage.clock.run(30);
    expect(stage.asked.at(-1)).toMatchObject({ at: 6, path: '/ended', params: { DialBridged: 'false' } });
    expect(stage.asked.some(({ path }) => path === '/key')).toBe(false);
  });

  test('without action the document goes on', async () => {
    stage.pages['/list'] = twiml(`<Dial timeout="5">${ANN}</Dial><Redirect>/next</Redirect>`);
    stage.pages['/next'] = twiml('<Hangup/>');
    await stage.call();
    await stage.clock.run(11);
    expect(stage.asked.at(-1)).toMatchObject({ at: 10, path: '/next' });
    // No callerId: the parent's own From.
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ from: A }]);
  });

  test('timeLimit ends the conversation, and the action follows', async () => {
    stage.pages['/list'] = dialAnn('timeLimit="20"');
    stage.pages['/whisper'] = twiml('');
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call();
    await stage.clock.run(60);
    expect(stage.asked.at(-1)).toMatchObject({ at: 25, path: '/ended', params: { DialBridged: 'true' } });
  });
});

describe('the parent call ends while somebody is being rung', () => {
  const begin = (actionAfterParentEnds: boolean) => {
    stage = setStage({ actionAfterParentEnds });
    Object.assign(stage.pages, {
      '/list': dialAnn(),
      '/whisper': WHISPER,
      '/ended': twiml('<Say>nobody hears this</Say>'),
    });
  };

  test.each([
    [true, ['20 /status canceled', '20 /ended canceled']],
    [false, ['20 /status canceled']],
  ])('the child is canceled; action still requested: %s', async (option, expected) => {
    begin(option);
    const sid = await stage.call();
    await stage.clock.run(20);
    await stage.update(sid, { Status: 'completed' });
    await stage.clock.run(30);
    expect(stage.story().slice(3)).toEqual(expected);
    if (option) expect(stage.asked.at(-1)?.params).toMatchObject({ CallStatus: 'completed', CallSid: sid });
    expect(stage.of('says')).toEqual([]);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ outcome: 'canceled' }]);
    expect(stage.exchange.calls.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
  });

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

describe('a person called by REST who is put through to another', () => {
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

describe('several numbers in one Dial', () => {
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

test('ten minutes and ten rings take no time worth speaking of', async () => {
  stage = setStage();
  const again = ({ n = '0' }: Record<string, string>) =>
    Number(n) < 10
      ? twiml(
          `<Dial callerId="${A}" timeout="55" action="/list?n=${Number(n) + 1}"><Number ${EVENTS}>${ANN}</Number></Dial>`,
        )
      : twiml('<Hangup/>');
  stage.pages['/list'] = again;
  const tell = async () => {
    const started = performance.now();
    await stage.call();
    await stage.clock.run(660);
    return performance.now() - started;
  };
  const times = [await tell(), await tell(), await tell()];
  expect(stage.exchange.phone(ANN).rings).toHaveLength(30);
  expect(Math.min(...times)).toBeLessThan(250);
  if (process.env.SHOW_TIMES) console.log(times);
});
