/** The document of a Number's `url`: carried out on the callee's leg, before the two are connected. */
import { answers, listenAndPress } from '../../switchboard/exchange';
import { A, ANN, type Stage, setStage, twiml } from './stage';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
  stage.pages['/ended'] = twiml('<Hangup/>');
});
afterEach(() => stage.clock.uninstall());

const dialWith = (attributes: string) =>
  twiml(`<Dial callerId="${A}" action="/ended"><Number ${attributes}>${ANN}</Number></Dial>`);

/** Rings Ann, who picks up after 5 s and has this whispered to her. */
async function whisper(document: string, gestures: Parameters<typeof answers>[0]): Promise<string> {
  stage.pages['/list'] = dialWith('url="/whisper"');
  stage.pages['/whisper'] = twiml(document);
  stage.exchange.phone(ANN).next(answers(gestures));
  const sid = await stage.call();
  await stage.clock.run(120);
  return sid;
}

describe('docs/voice/twiml/number, url: the whisper', () => {
  test.each([
    ['POST', ''],
    ['GET', 'method="GET"'],
  ])('is asked by %s about the callee’s leg when that has answered', async (method, attribute) => {
    stage.pages['/list'] = dialWith(`url="/whisper?x=1" ${attribute}`);
    stage.pages['/whisper'] = twiml('<Hangup/>');
    stage.exchange.phone(ANN).next(answers([]));
    const sid = await stage.call();
    await stage.clock.run(20);
    const child = stage.exchange.calls.find(({ direction }) => direction === 'outbound-dial');
    expect(stage.asked.find(({ path }) => path === '/whisper')).toMatchObject({
      at: 5,
      method,
      signed: true,
      params: {
        x: '1',
        CallSid: child?.sid,
        ParentCallSid: sid,
        CallStatus: 'in-progress',
        From: A,
        To: ANN,
        Direction: 'outbound-dial',
      },
    });
  });

  test('is not asked when nobody picks up', async () => {
    stage.pages['/list'] = dialWith('url="/whisper"');
    await stage.call();
    await stage.clock.run(60);
    expect(stage.asked.some(({ path }) => path === '/whisper')).toBe(false);
  });

  test('the caller hears nothing of it', async () => {
    const sid = await whisper('<Say>Hello</Say><Hangup/>', []);
    expect(stage.of('says').filter(({ callSid }) => callSid === sid)).toEqual([]);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: ['Hello'] }]);
  });

  test('connects the two when it ends', async () => {
    await whisper('<Say>Hello</Say>', [{ kind: 'wait', seconds: 30 }, { kind: 'hang-up' }]);
    expect(stage.of('bridged')).toHaveLength(1);
  });

  test('connects nobody when it hangs up', async () => {
    await whisper('<Say>Hello</Say><Hangup/>', []);
    expect(stage.of('bridged')).toEqual([]);
    expect(stage.asked.at(-1)?.params).toMatchObject({ DialBridged: 'false' });
  });

  test('its Gather goes on within the whisper: relative to it, and under the same rules', async () => {
    stage.pages['/key'] = twiml(`<Dial>${ANN}</Dial>`);
    await whisper('<Gather action="key" numDigits="1"><Say>Press</Say></Gather>', listenAndPress('1'));
    expect(stage.asked.find(({ path }) => path === '/key')?.params).toMatchObject({
      Digits: '1',
      Direction: 'outbound-dial',
    });
    expect(stage.of('fault')).toMatchObject([{ code: 13201 }]);
  });

  test('a Gather without a key goes on to the next verb, or connects', async () => {
    await whisper('<Gather action="/key" timeout="3"/>', [{ kind: 'wait', seconds: 30 }]);
    expect(stage.of('bridged')).toMatchObject([{ at: stage.clock.now() - (120 - 8) * 1000 }]);
  });
});
