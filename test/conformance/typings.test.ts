/** That the check against Twilio's typings, which every document of every story passes through, bites. */
import { againstPublished } from '../support/published';
import { unknownToTypings } from '../support/twilio-typings';
import { ANN, setStage, twiml } from './stage';

describe('twilio/lib/twiml/VoiceResponse.d.ts', () => {
  test.each([
    ['<Say voice="Polly.Kazuha-Neural" language="ja-JP" loop="2">x</Say>', []],
    [
      `<Dial timeout="60" answerOnBridge="true"><Number statusCallbackEvent="initiated ringing">${ANN}</Number></Dial>`,
      [],
    ],
    [
      '<Gather numDigits="1" input="dtmf" actionOnEmptyResult="true"><Pause length="1"/></Gather><Hangup/>',
      [],
    ],
    ['<Shout/>', ['<Shout>']],
    ['<Hangup reason="x"/>', ['<Hangup reason="x">']],
    [`<Dial timeOut="60">${ANN}</Dial>`, ['<Dial timeOut="60">']],
    [`<Dial timeout="long">${ANN}</Dial>`, ['<Dial timeout="long">']],
    [`<Dial answerOnBridge="yes">${ANN}</Dial>`, ['<Dial answerOnBridge="yes">']],
    [
      `<Dial><Number statusCallbackEvent="complete">${ANN}</Number></Dial>`,
      ['<Number statusCallbackEvent="complete">'],
    ],
    ['<Say voice="Polly.Nobody">x</Say>', ['<Say voice="Polly.Nobody">']],
    ['<Gather><Say voice="Polly.Nobody">x</Say></Gather>', ['<Say voice="Polly.Nobody">']],
    ['<Gather><Play>/x.wav</Play><Dial/></Gather>', ['<Gather><Dial>']],
    ['<Gather><Hangup/></Gather>', ['<Gather><Hangup>']],
    ['<Dial><Say>x</Say></Dial>', ['<Dial><Say>']],
    [`<Number>${ANN}</Number>`, ['<Response><Number>']],
    ['<Hangup><Say>x</Say></Hangup>', ['<Hangup><Say>']],
    [
      '<Gather><Gather><Say voice="Polly.Nobody">x</Say></Gather></Gather>',
      ['<Gather><Gather>', '<Say voice="Polly.Nobody">'],
    ],
    ['<Redirect>/x</Redirect><Pause/><Reject/><Play>/x.wav</Play>', []],
  ])('%s', (verbs, unknown) => {
    expect(unknownToTypings(twiml(verbs))).toEqual(unknown);
  });

  test('is asked about every document that a call was answered with', async () => {
    const stage = setStage();
    try {
      stage.pages['/list'] = twiml('<Shout/>');
      await stage.call();
      await stage.clock.run(10);
      expect(againstPublished({ violations: ['x'] }, stage.exchange.events)).toEqual(['x', '<Shout>']);
    } finally {
      stage.clock.uninstall();
    }
  });
});
