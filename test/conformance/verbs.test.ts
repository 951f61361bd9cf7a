import { answers, type Gesture } from '../../switchboard/exchange';
import type { WireResponse } from '../../switchboard/wire';
import { ANN, PUBLIC_URL, type Stage, setStage, twiml } from './stage';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
});
afterEach(() => stage.clock.uninstall());

/** Calls Ann, who picks up after a second. */
async function callAnn(gestures: readonly Gesture[], document: string): Promise<void> {
  stage.pages['/list'] = twiml(document);
  stage.exchange.phone(ANN).next(answers(gestures, 1));
  await stage.call({ To: ANN });
  await stage.clock.run(120);
}

const SAID = '<Say>abcdefghijklmnopqrstuvwxyz1234</Say>'; // 30 characters: 2 s
/** The last request, `at` in seconds since she picked up. */
const lastAsked = () => {
  const asked = stage.asked.at(-1);
  return asked && { ...asked, at: Math.round(asked.at * 1000 - 1000) / 1000 };
};

describe('docs/voice/twiml/{say,play,pause,redirect,hangup}', () => {
  test('Say, Pause and Play take their time; the end of the document hangs up', async () => {
    await callAnn(
      [],
      `${SAID}<Pause length="3"/><Say language="ja-JP" loop="2">あいうえおかき</Say><Play>https://x.example.com/a.wav</Play>`,
    );
    const [{ at, who } = { at: 0, who: '' }] = stage.of('hung-up');
    expect(stage.clock.now() - at).toBe((120 - 1 - 37) * 1000);
    expect(who).toBe('twiml');
  });

  describe('Play', () => {
    const MUSIC = `${PUBLIC_URL}/music.wav`;

    beforeEach(() => {
      stage.pages['/music.wav'] = () => recording(4);
      stage.pages['/late'] = twiml('<Hangup/>');
    });

    test('gets it, signed', async () => {
      await callAnn([], `<Play>${MUSIC}</Play>`);
      expect(lastAsked()).toMatchObject({ method: 'GET', at: 0, signed: true });
      expect(stage.asked.at(-1)?.url.href).toBe(MUSIC);
      expect(stage.of('plays')).toMatchObject([{ url: MUSIC }]);
    });

    test('of a relative URL its page promises nothing', async () => {
      await callAnn([], '<Play>/music.wav</Play>');
      expect(stage.of('plays')).toEqual([]);
      expect(stage.of('fault')).toMatchObject([{ code: 11100 }]);
    });

    test('takes as long as the recording, so many times', async () => {
      await callAnn([], `<Play loop="2">${MUSIC}</Play><Redirect method="GET">/late</Redirect>`);
      expect(lastAsked()).toMatchObject({ path: '/late', at: 8, method: 'GET' });
    });

    test('with loop 0 goes on until somebody hangs up, or 1000 times', async () => {
      await callAnn([], `<Play loop="0">${MUSIC}</Play><Redirect>/late</Redirect>`);
      await stage.clock.run(4000);
      expect(lastAsked()).toMatchObject({ path: '/late', at: 4000 });
    });

    test('refuses what is no sound (docs/api/errors/13420)', async () => {
      await callAnn([], `<Play>${PUBLIC_URL}/list</Play>`);
      expect(stage.of('fault')).toMatchObject([{ code: 13420 }]);
    });
  });

  test('verbs behind Hangup and Redirect are not reached', async () => {
    stage.pages['/late'] = twiml('<Say>last</Say><Hangup/><Say>never</Say>');
    await callAnn([], '<Redirect>/late</Redirect><Say>never</Say>');
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: ['last'] }]);
  });
});

/** Silence, as WAV of 8000 bytes a second. */
function recording(seconds: number): WireResponse {
  const wav = Buffer.alloc(44 + 8000 * seconds);
  wav.write('RIFF', 0);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt32LE(8000, 28);
  wav.write('data', 36);
  wav.writeUInt32LE(8000 * seconds, 40);
  return { status: 200, headers: { 'content-type': 'audio/x-wav' }, body: wav.toString('latin1') };
}
