import { WaveFile } from 'wavefile';

/** A mono µ-law WAV of samples between -1 and 1: what a telephone line carries anyway. */
export function muLawWav(samples: Float64Array, sampleRate: number): Uint8Array {
  const wav = new WaveFile();
  wav.fromScratch(
    1,
    sampleRate,
    '16',
    samples.map((sample) => Math.round(sample * 32767)),
  );
  wav.toMuLaw();
  // µ-law has no parameters, so its WAVEFORMATEX is the bare 18 bytes; the library adds two of padding.
  Object.assign(wav.fmt, { chunkSize: 18, cbSize: 0 });
  return wav.toBuffer();
}
