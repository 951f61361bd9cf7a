/** Where Twilio's documentation leaves it open what happens, the switchboard can do either: the product bears both. */
import twilio from 'twilio';
import { type Clock, installClock } from '../../switchboard/clock';
import { answers } from '../../switchboard/exchange';
import { installNetwork } from '../../switchboard/network';
import { createSync } from '../../switchboard/sync';
import type { Neighbour } from '../../switchboard/wire';
import { failureOf } from '../switchboard/in-time';
import { get, openSite } from '../switchboard/site-host';
import { A, ACCOUNT, ANN, B, BOB, PUBLIC_URL, reply, setStage, twiml } from './stage';

let clock: Clock;
afterEach(() => clock.uninstall());

const dialAnn = (attributes: string) =>
  twiml(`<Dial callerId="${A}" action="/ended"><Number ${attributes}>${ANN}</Number></Dial>`);

describe('docs/voice/twiml/number, url, says nothing of a whisper that cannot be had', () => {
  const ERROR = 'We are sorry. An application error has occurred. Goodbye.';

  test.each([
    ['hang-up', 'false', [ERROR]],
    ['bridge', 'true', []],
  ] as const)('so: %s', async (whisperFailure, bridged, heard) => {
    const stage = setStage({ whisperFailure });
    clock = stage.clock;
    stage.pages['/list'] = dialAnn('url="/broken"');
    stage.pages['/broken'] = () => reply('', 500);
    stage.pages['/ended'] = twiml('<Hangup/>');
    stage.exchange.phone(ANN).next(answers([{ kind: 'wait', seconds: 10 }, { kind: 'hang-up' }]));
    await stage.call();
    await clock.run(30);
    expect(stage.of('fault')).toMatchObject([{ code: 11200 }]);
    expect(stage.asked.at(-1)?.params).toMatchObject({ DialCallStatus: 'completed', DialBridged: bridged });
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard }]);
  });
});

describe('docs/voice/twiml/dial, action: of a callee who picked up and was never bridged, sources say either', () => {
  const leaves = answers([{ kind: 'wait', seconds: 1 }, { kind: 'hang-up' }]);
  const hearsItOut = answers([]);
  const connected = answers([{ kind: 'wait', seconds: 12 }, { kind: 'hang-up' }]);

  test.each([
    ['completed', 'the whisper hangs up', '<Hangup/>', hearsItOut, 'completed', 'false', '8'],
    ['completed', 'the callee hangs up', '<Hangup/>', leaves, 'completed', 'false', '1'],
    ['completed', 'they are bridged', '', connected, 'completed', 'true', '12'],
    ['no-answer', 'the whisper hangs up', '<Hangup/>', hearsItOut, 'no-answer', 'false', undefined],
    ['no-answer', 'the callee hangs up', '<Hangup/>', leaves, 'no-answer', 'false', undefined],
    ['no-answer', 'they are bridged', '', connected, 'completed', 'true', '12'],
  ] as const)('so: %s; %s', async (unbridged, _how, last, reaction, status, bridged, seconds) => {
    const stage = setStage({ unbridged });
    clock = stage.clock;
    stage.pages['/list'] = dialAnn(`url="/whisper" statusCallback="${PUBLIC_URL}/status"`);
    stage.pages['/whisper'] = twiml(`<Say>${'a'.repeat(120)}</Say>${last}`);
    stage.pages['/ended'] = twiml('<Hangup/>');
    stage.exchange.phone(ANN).next(reaction);
    await stage.call();
    await clock.run(60);
    const { params } = stage.asked.find(({ path }) => path === '/ended') ?? {};
    expect(params).toMatchObject({ DialCallStatus: status, DialBridged: bridged });
    expect(params?.DialCallDuration).toBe(seconds);
    // Of the leg itself there is no doubt: docs/voice/api/call-resource#call-status-values
    expect(stage.story()).toContainEqual(expect.stringContaining('/status completed'));
  });
});

describe('docs/voice/twiml/{dial,number} say nothing of whether the action or the last status callback comes first', () => {
  test.each([
    ['the status callback', [0], ['10 /status no-answer', '10 /ended no-answer']],
    ['the action', [0.5], ['10 /ended no-answer', '10.5 /status no-answer']],
  ])('so: %s', async (_which, copies, told) => {
    const stage = setStage();
    clock = stage.clock;
    stage.exchange.delivery = ({ kind }) => (kind === 'status' ? copies : [0]);
    stage.pages['/ended'] = twiml('<Hangup/>');
    stage.pages['/list'] = dialAnn(`statusCallback="${PUBLIC_URL}/status"`).replace(
      '<Dial ',
      '<Dial timeout="5" ',
    );
    await stage.call();
    await clock.run(30);
    expect(stage.story().slice(-2)).toEqual(told);
  });
});

describe('docs/voice/twiml/dial, action, says nothing of a parent call that has ended', () => {
  test.each([
    ['requested all the same', true, ['20 /status canceled', '20 /ended canceled']],
    ['not requested', false, ['20 /status canceled']],
  ])('so: the action is %s, and its answer ignored', async (_what, actionAfterParentEnds, told) => {
    const stage = setStage({ actionAfterParentEnds });
    clock = stage.clock;
    stage.pages['/list'] = dialAnn(`statusCallback="${PUBLIC_URL}/status"`);
    stage.pages['/ended'] = twiml('<Say>nobody hears this</Say>');
    const sid = await stage.call();
    await clock.run(20);
    await stage.update(sid, { Status: 'completed' });
    await clock.run(30);
    expect(stage.story().slice(1)).toEqual(told);
    expect(stage.of('says')).toEqual([]);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ outcome: 'canceled' }]);
    expect(stage.exchange.calls.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
  });
});

describe('docs/voice/api/call-resource: fetching a call is eventually consistent, by how much it does not say', () => {
  test.each([
    ['at once', 0, ['ringing', 'ringing', 'in-progress', 'in-progress', 'completed', 'completed']],
    ['3 s late', 3, ['queued', 'queued', 'ringing', 'in-progress', 'in-progress', 'completed']],
  ] as const)('so: %s', async (_what, staleFetch, expected) => {
    const stage = setStage({ staleFetch });
    clock = stage.clock;
    stage.pages['/list'] = twiml('<Pause length="20"/>');
    stage.exchange.phone(ANN).next(answers([], 5));
    const { body } = await stage.rest('POST', '/Calls.json', { From: A, To: ANN, Url: `${PUBLIC_URL}/list` });
    const seen = [];
    for (const at of [0, 2, 7, 10, 27, 30]) {
      await clock.run(at - stage.seconds());
      seen.push((await stage.rest('GET', `/Calls/${body.sid}.json`)).body);
    }
    expect(seen.map(({ status }) => status)).toEqual(expected);
    const isOver = expected.map((status) => status === 'completed');
    expect(seen.map(({ end_time, duration }) => end_time !== null && duration === '20')).toEqual(isOver);
  });
});

describe('docs/serverless/functions-assets/functions/request-flow and …/assets name different statuses', () => {
  test.each([400, 403] as const)('so: a refused signature is %i', async (status) => {
    clock = installClock({ startAt: new Date('2026-11-22T00:00:00Z') });
    expect(await openSite(clock, status).handle(get('/nested/guarded'))).toMatchObject({ status });
  });
});

describe('docs/api/errors/54100, 54200 and 54300 all fit a unique name that is not there', () => {
  test.each([
    ['specific', 54100, 54200],
    ['unique-name', 54300, 54300],
  ] as const)('so: %s', async (missingNameCode, ofDocument, ofMap) => {
    clock = installClock({ startAt: new Date('2026-11-22T00:00:00Z') });
    const { sid: accountSid, authToken } = ACCOUNT;
    const sync = createSync({ clock, accountSid, authToken, missingNameCode });
    const nobody: Neighbour = { name: 'nobody', handle: () => Promise.reject(new Error('nobody')) };
    const network = installNetwork({ twilio: nobody, sync, slack: nobody, mackerel: nobody }, clock);
    const { documents, syncMaps } = twilio(accountSid, authToken).sync.v1.services('default');
    try {
      const codes = [
        await failureOf(clock, documents('none').fetch()),
        await failureOf(clock, syncMaps('none').fetch()),
        await failureOf(clock, documents(`ET${'a'.repeat(32)}`).fetch()),
      ];
      expect(codes).toMatchObject([
        { status: 404, code: ofDocument },
        { status: 404, code: ofMap },
        { status: 404, code: 54100 },
      ]);
      expect(network.violations).toEqual([]);
    } finally {
      network.restore();
    }
  });
});

describe('docs/api/errors/15002: callbacks that wait for an answer to the one before may expire', () => {
  const asked = async (callbackQueue?: number) => {
    const stage = setStage({ callbackQueue });
    stage.pages['/list'] = dialAnn(
      `statusCallback="${PUBLIC_URL}/status" statusCallbackEvent="initiated ringing answered completed"`,
    ).replace('<Dial ', '<Dial timeout="5" ');
    stage.pages['/ended'] = twiml('<Hangup/>');
    stage.pages['/status'] = async () => {
      await stage.clock.sleep(6);
      return reply('', 204);
    };
    await stage.call();
    await stage.clock.run(60);
    stage.clock.uninstall();
    const statuses = stage.asked.filter(({ path }) => path === '/status');
    return {
      at: statuses.map(({ at, params }) => `${at} ${params.CallStatus}`),
      faults: stage.exchange.faults,
    };
  };

  test('none waits', async () => {
    expect(await asked()).toEqual({ at: ['0 initiated', '0 ringing', '10 no-answer'], faults: [] });
  });

  test('one after another, for as long as it takes', async () => {
    expect(await asked(60)).toEqual({ at: ['0 initiated', '6 ringing', '12 no-answer'], faults: [] });
  });

  test('for 5 s, and no longer', async () => {
    expect(await asked(5)).toEqual({
      at: ['0 initiated', '10 no-answer'],
      faults: ['15002 Call Progress: Queue Timeout (/status)'],
    });
  });
});

describe('docs/api/errors/10004: so many calls of an account may be up at once, incoming and outgoing', () => {
  const list = dialAnn('').replace('<Dial ', '<Dial timeout="5" ');

  async function called(concurrentCalls: number, more: object = {}) {
    const stage = setStage({ concurrentCalls, ...more });
    Object.assign(stage.pages, { '/list': list, '/ended': twiml('<Hangup/>') });
    const made = await stage.rest('POST', '/Calls.json', { From: A, To: B, Url: `${PUBLIC_URL}/list` });
    const other = await stage.rest('POST', '/Calls.json', {
      From: A,
      To: BOB,
      Url: `${PUBLIC_URL}/list`,
      StatusCallback: `${PUBLIC_URL}/status`,
    });
    await stage.clock.run(60);
    stage.clock.uninstall();
    return { made, other, stage };
  }

  test('a call by REST is refused', async () => {
    const { made, other, stage } = await called(0);
    expect([made.status, made.body.code, other.body.code]).toEqual([429, 10004, 10004]);
    expect(stage.exchange.calls).toEqual([]);
  });

  test('or made, and fails at once', async () => {
    const { other, stage } = await called(0, { beyondLimit: 'failed' });
    expect(other.status).toBe(201);
    expect(stage.exchange.calls.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(stage.story()).toEqual(['0 /status failed']);
    expect(stage.exchange.faults).toEqual(Array(2).fill('10004 Call concurrency limit exceeded'));
    expect(stage.exchange.phone(BOB).rings).toEqual([]);
  });

  test('a leg of a Dial fails', async () => {
    const stage = setStage({ concurrentCalls: 1 });
    Object.assign(stage.pages, { '/list': list, '/ended': twiml('<Hangup/>') });
    await stage.call();
    await stage.clock.run(60);
    stage.clock.uninstall();
    expect(stage.story()).toEqual(['0 /list in-progress', '0 /ended failed']);
    expect(stage.exchange.phone(ANN).rings).toEqual([]);
  });

  test('so does a call to a number of the same account, whose other end counts as well', async () => {
    const stage = setStage({ concurrentCalls: 1, owned: [{ number: A }, { number: B, voiceUrl: '/hold' }] });
    await stage.call();
    await stage.clock.run(5);
    stage.clock.uninstall();
    expect(stage.exchange.calls).toMatchObject([{ to: B, status: 'failed' }]);
  });
});

describe('docs/voice/changelog: a call that came in and ends before it is answered', () => {
  test('is no-answer, and not canceled', async () => {
    const stage = setStage({ owned: [{ number: A }, { number: B, voiceUrl: '/hold', line: 'unanswered' }] });
    const sid = await stage.call();
    await stage.clock.run(5);
    await stage.update(sid, { Status: 'canceled' });
    await stage.clock.run(5);
    stage.clock.uninstall();
    expect(stage.exchange.calls).toMatchObject([
      { direction: 'outbound-api', status: 'canceled' },
      { direction: 'inbound', status: 'no-answer' },
    ]);
  });
});
