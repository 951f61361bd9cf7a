/** What a document may hold, with the defaults and limits of each verb and attribute. */
import { readTwiml } from '../../switchboard/exchange/twiml/read';
import type { TwimlFault } from '../../switchboard/exchange/twiml/verbs';
import { A, ANN, twiml } from './stage';

const OK = 'accepted';
const WAV = 'https://x.example.com/x.wav';

/** `accepted`, or the number of Twilio's error: its page is docs/api/errors/<number>. */
function verdict(document: string, where: 'call' | 'whisper' = 'call'): string | number {
  try {
    readTwiml(document, where);
    return OK;
  } catch (fault) {
    return (fault as TwimlFault).code;
  }
}

const verdictOn = (inner: string) => verdict(twiml(inner));
const only = (inner: string) => readTwiml(twiml(inner), 'call')[0];
const times = (count: number, text: string) => text.repeat(count);

describe('docs/voice/twiml: a document', () => {
  test.each([
    ['without a declaration', '<Response><Hangup/></Response>', OK],
    ['empty of verbs', twiml(''), OK],
    ['with comments', twiml('<!-- nothing --><Hangup/>'), OK],
    ['nothing at all', '', 11770],
    ['blanks alone', ' \n', 11770],
    ['with a blank before the declaration', ` ${twiml('<Hangup/>')}`, 12100],
    ['with a blank before the root', '\n<Response><Hangup/></Response>\n', OK],
    ['no XML', 'Hello', 12100],
    ['JSON', '{"error": "x"}', 12100],
    ['a tag left open', '<Response><Say>Hello</Response>', 12100],
    ['a bare ampersand', '<Response><Redirect>/a?b=1& c=2</Redirect></Response>', 12100],
    ['another root', '<Hangup/>', 12102],
    ['an unknown verb', twiml('<Shout>Hello</Shout>'), 12200],
    ['a verb in lower case', twiml('<say>Hello</say>'), 12200],
    ['a verb of Twilio that is not carried out here', twiml('<Record/>'), 12200],
    ['text outside a verb', twiml('Hello'), 12200],
    ['an unknown attribute', twiml('<Hangup reason="x"/>'), 12200],
    ['an attribute in the wrong case', twiml(`<Dial timeOut="60">${ANN}</Dial>`), 12200],
    ['64 KB', twiml(times(64, `<Say>${times(1000, 'a')}</Say>`)), OK],
    ['more', twiml(times(65, `<Say>${times(1000, 'a')}</Say>`)), 11750],
  ])('%s: %3$s', (_what, document, expected) => {
    expect(verdict(document)).toBe(expected);
  });
});

describe('docs/voice/twiml/say', () => {
  const say = (text: string, attributes = 'language="ja-JP"') => `<Say ${attributes}>${text}</Say>`;

  test('speaks English, once, with no voice chosen, and its text as one line', () => {
    expect(only('<Say>&lt;web&gt; is\n   down <break strength="weak"/></Say>')).toEqual({
      kind: 'say',
      text: '<web> is down',
      language: 'en-US',
      loop: 1,
    });
  });

  test.each([
    [say('x', 'voice="Polly.Kazuha-Neural" language="ja-JP"'), OK],
    [say('x', 'voice="Google.ja-JP-Chirp3-HD-Aoede" language="ja-JP"'), OK],
    [say('x', 'loop="0"'), OK],
    [say('x', 'loop="-1"'), 13510],
    [say('x', 'language="Japanese"'), 13512],
    [say('x', 'voice="Polly.Joanna" language="ja-JP"'), 13511],
    [say('x', 'voice="Google.ja-JP-Standard-A" language="en-US"'), 13511],
    [say(''), 13520],
    [`<Say><Play>${WAV}</Play></Say>`, 13520],
  ])('%s: %s', (verb, expected) => {
    expect(verdictOn(verb)).toBe(expected);
  });

  // docs/api/errors/13521: 4500 characters URL-encoded, of which a kana takes nine; and so many for each kind of voice.
  test.each([
    ['500 kana', say(times(500, 'あ')), OK],
    ['501 kana', say(times(501, 'あ')), 13521],
    ['3000 letters by Polly', say(times(3000, 'a'), 'voice="Polly.Joanna"'), OK],
    ['3001 letters by Polly', say(times(3001, 'a'), 'voice="Polly.Joanna"'), 13521],
    ['4096 letters by a basic voice', say(times(4096, 'a'), ''), OK],
    ['4097 letters by a basic voice', say(times(4097, 'a'), ''), 13521],
    ['4500 letters by Google', say(times(4500, 'a'), 'voice="Google.en-US-Standard-C"'), OK],
    ['4501 letters by Google', say(times(4501, 'a'), 'voice="Google.en-US-Standard-C"'), 13521],
  ])('as long as that: %s: %3$s', (_what, verb, expected) => {
    expect(verdictOn(verb)).toBe(expected);
  });
});

describe('docs/voice/twiml/{play,pause,redirect,hangup,reject}', () => {
  test.each([
    [`<Play>${WAV}</Play>`, { kind: 'play', url: WAV, loop: 1 }],
    ['<Pause/>', { kind: 'pause', length: 1 }],
    ['<Redirect>/x</Redirect>', { kind: 'redirect', url: '/x', method: 'POST' }],
    ['<Hangup/>', { kind: 'hangup' }],
    ['<Reject/>', { kind: 'reject', reason: 'rejected' }],
  ])('%s has its defaults', (verb, expected) => {
    expect(only(verb)).toEqual(expected);
  });

  test.each([
    [`<Play loop="0">${WAV}</Play>`, OK],
    [`<Play loop="x">${WAV}</Play>`, 13410],
    ['<Play/>', 11100],
    ['<Play>ftp://x.example.com/x.wav</Play>', 11100],
    // Its page speaks of "a URL that you provide", and shows absolute ones only.
    ['<Play>/x.wav</Play>', 11100],
    ['<Play>x.wav</Play>', 11100],
    ['<Pause length="0"/>', 13910],
    ['<Redirect method="GET">/x</Redirect>', OK],
    ['<Redirect method="PUT">/x</Redirect>', 13710],
    ['<Redirect/>', 11100],
    ['<Hangup>now</Hangup>', 12200],
    ['<Reject reason="busy"/>', OK],
    ['<Reject reason="no"/>', 13810],
  ])('%s: %s', (verb, expected) => {
    expect(verdictOn(verb)).toBe(expected);
  });
});

describe('docs/voice/twiml/gather', () => {
  test('takes any number of keys up to a #, waits 5 s for each, and asks nobody about none', () => {
    expect(only('<Gather/>')).toEqual({
      kind: 'gather',
      method: 'POST',
      timeout: 5,
      finishOnKey: '#',
      actionOnEmptyResult: false,
      prompts: [],
    });
  });

  test.each([
    [`<Gather><Say>x</Say><Play>${WAV}</Play><Pause/></Gather>`, OK],
    ['<Gather><Hangup/></Gather>', 13320],
    [`<Gather><Dial>${ANN}</Dial></Gather>`, 13320],
    ['<Gather numDigits="1"/>', OK],
    ['<Gather numDigits="0"/>', 13314],
    ['<Gather timeout="1"/>', OK],
    ['<Gather timeout="0"/>', 13313],
    ['<Gather finishOnKey=""/>', OK],
    ['<Gather finishOnKey="*#"/>', OK],
    ['<Gather finishOnKey="x"/>', 13310],
    ['<Gather method="PUT"/>', 13312],
    ['<Gather input="dtmf"/>', OK],
    ['<Gather action="tel:1"/>', 11100],
    ['<Gather actionOnEmptyResult="yes"/>', 13338],
    ['<Gather input="voice"/>', 13326],
    ['<Gather language="Japanese"/>', 13331],
  ])('%s: %s', (verb, expected) => {
    expect(verdictOn(verb)).toBe(expected);
  });
});

describe('docs/voice/twiml/dial', () => {
  test('rings 30 s, talks 4 h, and asks nobody what comes next', () => {
    expect(only(`<Dial>${ANN}</Dial>`)).toMatchObject({
      kind: 'dial',
      action: undefined,
      method: 'POST',
      timeout: 30,
      timeLimit: 14400,
      answerOnBridge: false,
      hangupOnStar: false,
      sequential: false,
    });
  });

  test.each([
    ['timeout="5"', OK],
    ['timeout="4"', 13212],
    ['timeout="600"', OK],
    ['timeout="601"', 13212],
    ['timeLimit="14400"', OK],
    ['timeLimit="14401"', 13216],
    ['timeLimit="0"', 13216],
    ['hangupOnStar="yes"', 13213],
    [`callerId="${A}"`, OK],
    ['callerId="mackerel"', 13214],
    ['method="PUT"', 13210],
    ['action="tel:1"', 11100],
    ['ringTone="jp"', OK],
    [`callReason="${times(50, 'x')}"`, OK],
    [`callReason="${times(51, 'x')}"`, 12200],
    ['record="record-from-answer"', 13217],
    ['sequential="yes"', 13218],
    ['answerOnBridge="yes"', 13219],
    ['ringTone="japan"', 13220],
  ])('%s: %s', (attributes, expected) => {
    expect(verdictOn(`<Dial ${attributes}>${ANN}</Dial>`)).toBe(expected);
  });

  test.each([
    ['<Dial/>', 13223],
    ['<Dial><Say>Hello</Say></Dial>', 13215],
    [`<Dial>${ANN}<Number>${ANN}</Number></Dial>`, 13215],
    ['<Dial>05000000011</Dial>', 13223],
    ['<Dial><Number>05000000011</Number></Dial>', 13223],
  ])('%s: %s', (verb, expected) => {
    expect(verdictOn(verb)).toBe(expected);
  });
});

describe('docs/voice/twiml/number', () => {
  const dialing = (count: number) => `<Dial>${times(count, `<Number>${ANN}</Number>`)}</Dial>`;

  test('asks no URL, and tells of the end only, by POST', () => {
    expect(only(dialing(1))).toMatchObject({
      numbers: [
        { number: ANN, method: 'POST', statusCallbackMethod: 'POST', statusCallbackEvents: ['completed'] },
      ],
    });
  });

  test.each([
    [10, OK],
    [11, 12200],
  ])('%i in one Dial: %s', (count, expected) => {
    expect(verdictOn(dialing(count))).toBe(expected);
  });

  test.each([
    ['statusCallbackEvent="initiated ringing answered completed"', OK],
    ['statusCallbackEvent="complete"', 12200],
    ['statusCallbackEvent="ringing,completed"', 12200],
    ['method="x"', 13221],
    ['statusCallbackMethod="x"', 13221],
    ['url=""', 11100],
    // "Relative or absolute URL" is said of the one, "any URL" of the other.
    ['url="/x"', OK],
    ['statusCallback="https://x.example.com/x"', OK],
    ['statusCallback="/x"', 21609],
    ['statusCallback="x"', 21609],
    ['machineDetection="Enable"', 12200],
  ])('%s: %s', (attributes, expected) => {
    expect(verdictOn(`<Dial><Number ${attributes}>${ANN}</Number></Dial>`)).toBe(expected);
  });

  // The table of verbs under "url": Play, Say, Gather and Hangup, and never Dial.
  test.each([
    [`<Play>${WAV}</Play>`, OK],
    ['<Say>x</Say>', OK],
    ['<Gather><Say>x</Say></Gather>', OK],
    ['<Hangup/>', OK],
    ['<Pause/>', 12200],
    ['<Gather><Pause/></Gather>', 12200],
    ['<Redirect>/x</Redirect>', 12200],
    ['<Reject/>', 12200],
    [`<Dial>${ANN}</Dial>`, 13201],
  ])('in a whisper, %s: %s', (verb, expected) => {
    expect(verdict(twiml(verb), 'whisper')).toBe(expected);
    expect(verdictOn(verb)).toBe(OK);
  });
});
