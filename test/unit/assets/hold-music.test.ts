/** The music a waiting caller hears: what Twilio plays, easy on a telephone, and without a seam. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loop, sampleRate } from '../../../scripts/hold-music/loop';
import { muLawWav } from '../../../scripts/hold-music/wav';
import {
  decoded,
  header,
  headerBytes,
  largestStep,
  longestSilence,
  mean,
  peak,
  shareWithin,
  sharpestTurn,
} from './sound';

const file = readFileSync(join(__dirname, '../../../src/assets/hold-music.wav'));
const music = decoded(file.subarray(headerBytes));

test('the file is what `npm run hold-music` makes, byte for byte', () => {
  expect(Buffer.compare(file, muLawWav(loop(), sampleRate))).toBe(0);
});

// Twilio plays WAV (docs/voice/twiml/play, "Supported audio file types"); a line carries 8 kHz mono µ-law.
test('the header says 8 kHz, mono, µ-law, with the fact chunk RIFF asks of a format that is not PCM', () => {
  const samples = file.length - headerBytes;
  expect(header(file)).toEqual({
    container: 'RIFF',
    bytesToFollow: file.length - 8,
    chunks: ['WAVEfmt ', 'fact', 'data'],
    formatBytes: 18,
    formatTag: 7,
    channels: 1,
    sampleRate: 8000,
    bytesPerSecond: 8000,
    blockAlign: 1,
    bitsPerSample: 8,
    extensionBytes: 0,
    factBytes: 4,
    samples,
    dataBytes: samples,
  });
});

test('it lasts half a minute and is small enough to fetch at once', () => {
  expect(music.length / 8000).toBeGreaterThanOrEqual(30);
  expect(file.length).toBeLessThan(300_000);
});

function faults(samples: readonly number[]): string[] {
  const beforeSeam = samples.length - 800;
  const rules: Record<string, boolean> = {
    'too loud': peak(samples) > 0.55,
    'too quiet': peak(samples) < 0.45,
    'off centre': Math.abs(mean(samples)) > 0.001,
    'steps at the seam': largestStep(samples, 0, 1) > largestStep(samples, 1, samples.length),
    'clicks at the seam': sharpestTurn(samples, 0, 3) > sharpestTurn(samples, beforeSeam, samples.length),
    'falls silent': longestSilence(samples, 8000) > 1.5,
    'lost on a telephone': shareWithin(samples, 8000, 300, 3400) < 0.95,
  };
  return Object.keys(rules).filter((rule) => rules[rule]);
}

test('it sounds as it should', () => {
  expect(faults(music)).toEqual([]);
});

const silenced = (from: number, to: number) => music.map((sample, n) => (n >= from && n < to ? 0 : sample));
const hummed = (hertz: number) =>
  music.map((sample, n) => sample * 0.8 + 0.08 * Math.sin((2 * Math.PI * hertz * n) / 8000));

test.each([
  { spoilt: 'turned up', samples: music.map((sample) => sample * 1.5), faulty: ['too loud'] },
  { spoilt: 'turned down', samples: music.map((sample) => sample / 2), faulty: ['too quiet'] },
  { spoilt: 'shifted by -40 dBFS', samples: music.map((sample) => sample + 0.01), faulty: ['off centre'] },
  { spoilt: 'short of its first 5 samples', samples: music.slice(5), faulty: ['clicks at the seam'] },
  { spoilt: 'short of its last 5 samples', samples: music.slice(0, -5), faulty: ['clicks at the seam'] },
  {
    spoilt: 'ended on a full swing',
    samples: [...music.slice(0, -1), -0.45],
    faulty: ['steps at the seam', 'clicks at the seam'],
  },
  { spoilt: 'stopped for 1.6 s', samples: silenced(80_000, 92_800), faulty: ['falls silent'] },
  {
    spoilt: 'stopped for 0.8 s either side of the seam',
    samples: silenced(0, 6400).map((sample, n) => (n < music.length - 6400 ? sample : 0)),
    faulty: ['falls silent'],
  },
  { spoilt: 'hummed over at 150 Hz', samples: hummed(150), faulty: ['lost on a telephone'] },
  { spoilt: 'hissed over at 3700 Hz', samples: hummed(3700), faulty: ['lost on a telephone'] },
])('music $spoilt would not pass', ({ samples, faulty }) => {
  expect(faults(samples)).toEqual(faulty);
});
