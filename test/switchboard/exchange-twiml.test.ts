import { answers } from '../../switchboard/exchange';
import { readTwiml } from '../../switchboard/exchange/twiml/read';
import { A, ANN, reply, type Stage, setStage, twiml } from './exchange-stage';

const say = (text: string, attributes = 'language="ja-JP"') => twiml(`<Say ${attributes}>${text}</Say>`);
const times = (count: number, text: string) => text.repeat(count);

/** Twilio's error numbers: twilio.com/docs/api/errors. */
test.each([
  ['nothing at all', '', 12100],
  ['no XML', 'Hello', 12100],
  ['JSON', '{"error": "x"}', 12100],
  ['a tag left open', '<Response><Say>Hello</Response>', 12100],
  ['a bare ampersand', twiml('<Redirect>/a?b=1&c=2</Redirect>').replace('&', '&& '), 12100],
  ['another root', '<Hangup/>', 12100],
  ['an unknown verb', twiml('<Shout>Hello</Shout>'), 12200],
  ['a verb in lower case', twiml('<say>Hello</say>'), 12200],
  ['a verb of Twilio that is not carried out here', twiml('<Record/>'), 12200],
  ['text outside a verb', twiml('Hello'), 12200],
  ['an unknown attribute', twiml('<Hangup reason="x"/>'), 12200],
  ['an attribute in the wrong case', twiml(`<Dial timeOut="60">${ANN}</Dial>`), 12200],
  ['an attribute not carried out here', twiml(`<Dial record="record-from-answer">${ANN}</Dial>`), 12200],
  ['timeout over 600', twiml(`<Dial timeout="601">${ANN}</Dial>`), 13212],
  ['timeout under 5', twiml(`<Dial timeout="4">${ANN}</Dial>`), 13212],
  ['hangupOnStar', twiml(`<Dial hangupOnStar="yes">${ANN}</Dial>`), 13213],
  ['callerId that is no number', twiml(`<Dial callerId="mackerel">${ANN}</Dial>`), 13214],
  ['timeLimit', twiml(`<Dial timeLimit="0">${ANN}</Dial>`), 13216],
  ['method', twiml(`<Dial method="PUT">${ANN}</Dial>`), 13210],
  ['action that is no URL', twiml(`<Dial action="tel:1">${ANN}</Dial>`), 11100],
  ['a verb in Dial', twiml('<Dial><Say>Hello</Say></Dial>'), 13215],
  ['nobody to dial', twiml('<Dial/>'), 13223],
  ['a local number', twiml('<Dial><Number>05000000011</Number></Dial>'), 13224],
  ['eleven numbers', twiml(`<Dial>${times(11, `<Number>${ANN}</Number>`)}</Dial>`), 12200],
  ['Number method', twiml(`<Dial><Number method="x">${ANN}</Number></Dial>`), 13221],
  [
    'an event that does not exist',
    twiml(`<Dial><Number statusCallbackEvent="complete">${ANN}</Number></Dial>`),
    12200,
  ],
  [
    'events joined by commas',
    twiml(`<Dial><Number statusCallbackEvent="ringing,completed">${ANN}</Number></Dial>`),
    12200,
  ],
  ['finishOnKey', twiml('<Gather finishOnKey="x"/>'), 13310],
  ['Gather timeout', twiml('<Gather timeout="0"/>'), 13313],
  ['numDigits', twiml('<Gather numDigits="0"/>'), 13314],
  ['Hangup in Gather', twiml('<Gather><Hangup/></Gather>'), 13320],
  ['Pause length', twiml('<Pause length="0"/>'), 13910],
  ['Play nothing', twiml('<Play/>'), 11100],
  ['loop', say('x', 'loop="-1"'), 13510],
  ['an English voice for Japanese', say('x', 'voice="Polly.Joanna" language="ja-JP"'), 13512],
  ['a Japanese voice for English', say('x', 'voice="Google.ja-JP-Standard-A" language="en-US"'), 13512],
  ['nothing to say', say(''), 13520],
  ['more Japanese than 4500 URL-encoded', say(times(501, 'あ')), 13521],
  ['more English than Polly takes', say(times(3001, 'a'), 'voice="Polly.Joanna"'), 13521],
  ['64 KB', twiml(times(70, say(times(1000, 'a')).slice(48, -11))), 11750],
])('refused: %s', (_why, document, code) => {
  expect(() => readTwiml(document, 'call')).toThrow(expect.objectContaining({ code }));
});

test.each([
  ['Pause', '<Pause/>', 12200],
  ['Pause in a Gather', '<Gather><Pause/></Gather>', 12200],
  ['Redirect', '<Redirect>/x</Redirect>', 12200],
  ['Dial', `<Dial>${ANN}</Dial>`, 13201],
])('forbidden on a whisper: %s (docs/voice/twiml/number)', (_why, verb, code) => {
  expect(() => readTwiml(twiml(verb), 'whisper')).toThrow(expect.objectContaining({ code }));
  expect(readTwiml(twiml(verb), 'call')).toHaveLength(1);
});

test('what the product needs is read whole, with the defaults of the documentation', () => {
  const document = twiml(
    `<Gather action="/key?a=1&amp;b=2" numDigits="1"><Say voice="Polly.Kazuha-Neural" language="ja-JP">&lt;web&gt; が
      落ちました<break strength="weak"/></Say></Gather>
    <Dial action="/ended" callerId="${A}" timeout="60"><Number url="/answered" statusCallback="/status"
      statusCallbackEvent="initiated answered">${ANN}</Number></Dial>`,
  );
  expect(readTwiml(document, 'call')).toEqual([
    {
      kind: 'gather',
      action: '/key?a=1&b=2',
      method: 'POST',
      timeout: 5,
      numDigits: 1,
      finishOnKey: '#',
      actionOnEmptyResult: false,
      prompts: [
        {
          kind: 'say',
          text: '<web> が 落ちました',
          language: 'ja-JP',
          voice: 'Polly.Kazuha-Neural',
          loop: 1,
        },
      ],
    },
    {
      kind: 'dial',
      action: '/ended',
      method: 'POST',
      timeout: 60,
      timeLimit: 14400,
      answerOnBridge: false,
      hangupOnStar: false,
      sequential: false,
      callerId: A,
      numbers: [
        {
          number: ANN,
          url: '/answered',
          method: 'POST',
          statusCallback: '/status',
          statusCallbackMethod: 'POST',
          statusCallbackEvents: ['initiated', 'answered'],
        },
      ],
    },
  ]);
});

describe('a document that cannot be had or is refused', () => {
  let stage: Stage;
  afterEach(() => stage.clock.uninstall());
  const ERROR = 'We are sorry. An application error has occurred. Goodbye.';

  test.each([
    ['404', () => reply('', 404), '11200'],
    ['500', () => reply('', 500), '11200'],
    ['text/plain', () => reply(twiml('<Hangup/>'), 200, 'text/plain'), '12300'],
    ['a document with a fault', () => reply(twiml('<Shout/>'), 200), '12200'],
    [
      'somebody else’s callerId',
      () => reply(twiml(`<Dial callerId="+815000000099">${ANN}</Dial>`), 200),
      '13214',
    ],
    ['a redirect without end', () => ({ status: 302, headers: { location: '/list' }, body: '' }), '11215'],
    ['a redirect that is none', () => ({ status: 304, headers: {}, body: '' }), '11216'],
    [
      'another host',
      () => ({ status: 302, headers: { location: 'https://x.example.com/' }, body: '' }),
      '11210',
    ],
  ])('%s: the caller hears an application error, and the call ends', async (_why, page, code) => {
    stage = setStage();
    stage.pages['/list'] = page;
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call({ To: ANN });
    await stage.clock.run(20);
    expect(stage.exchange.faults).toEqual([expect.stringMatching(`^${code} `)]);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: [ERROR] }]);
    expect(stage.exchange.calls).toMatchObject([{ status: 'completed' }]);
  });

  test('the FallbackUrl is asked first, and told what happened', async () => {
    stage = setStage();
    stage.pages['/fallback'] = twiml('<Hangup/>');
    stage.exchange.phone(ANN).next(answers([]));
    await stage.call({ To: ANN, FallbackUrl: 'https://example-1234-dev.twil.io/fallback' });
    await stage.clock.run(20);
    expect(stage.asked.at(-1)).toMatchObject({
      path: '/fallback',
      params: { ErrorCode: '11200', ErrorUrl: 'https://example-1234-dev.twil.io/list' },
    });
    expect(stage.of('says')).toEqual([]);
  });

  test.each([
    ['hang-up', 'false', [ERROR]],
    ['bridge', 'true', []],
  ] as const)(
    'a whisper that fails: %s (unconfirmed, so both can be had)',
    async (whisperFailure, bridged, heard) => {
      stage = setStage({ whisperFailure });
      stage.pages['/list'] = twiml(`<Dial action="/ended"><Number url="/broken">${ANN}</Number></Dial>`);
      stage.pages['/ended'] = twiml('<Hangup/>');
      stage.exchange.phone(ANN).next(answers([{ kind: 'wait', seconds: 10 }, { kind: 'hang-up' }]));
      await stage.call();
      await stage.clock.run(30);
      expect(stage.asked.at(-1)?.params).toMatchObject({ DialCallStatus: 'completed', DialBridged: bridged });
      expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard }]);
    },
  );
});
