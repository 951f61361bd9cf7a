/** Reads and measures a WAV of the kind Twilio plays, by its own means and not the synthesizer's. */

/** The header as written, field by field: RIFF's `fmt `, `fact` and `data`, in that order. */
export function header(wav: Buffer) {
  return {
    container: wav.toString('latin1', 0, 4),
    bytesToFollow: wav.readUInt32LE(4),
    chunks: [wav.toString('latin1', 8, 16), wav.toString('latin1', 38, 42), wav.toString('latin1', 50, 54)],
    formatBytes: wav.readUInt32LE(16),
    formatTag: wav.readUInt16LE(20),
    channels: wav.readUInt16LE(22),
    sampleRate: wav.readUInt32LE(24),
    bytesPerSecond: wav.readUInt32LE(28),
    blockAlign: wav.readUInt16LE(32),
    bitsPerSample: wav.readUInt16LE(34),
    extensionBytes: wav.readUInt16LE(36),
    factBytes: wav.readUInt32LE(42),
    samples: wav.readUInt32LE(46),
    dataBytes: wav.readUInt32LE(54),
  };
}

export const headerBytes = 58;

/** ITU-T G.711 µ-law, as samples between -1 and 1. */
export function decoded(muLaw: Uint8Array): number[] {
  return Array.from(muLaw, (byte) => {
    const bits = ~byte & 0xff;
    const size = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 0x07)) - 0x84;
    return (bits & 0x80 ? -size : size) / 32768;
  });
}

const wrapped = (samples: readonly number[], index: number) => samples.at(index % samples.length) ?? 0;

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function peak(samples: readonly number[]): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

/** The largest jump between neighbours; `from` and `to` may lie beyond either end, since a loop goes round. */
export function largestStep(samples: readonly number[], from: number, to: number): number {
  return peak(jolts(samples, from, to, [1, -1]));
}

/** As `largestStep`, but deaf to the low notes (a third difference), so that a faint click stands out. */
export function sharpestTurn(samples: readonly number[], from: number, to: number): number {
  return peak(jolts(samples, from, to, [1, -3, 3, -1]));
}

function jolts(samples: readonly number[], from: number, to: number, weights: readonly number[]): number[] {
  return Array.from({ length: to - from }, (_, n) =>
    weights.reduce((sum, weight, back) => sum + weight * wrapped(samples, from + n - back), 0),
  );
}

/** In seconds, the longest time spent below -50 dBFS, going round the seam. */
export function longestSilence(samples: readonly number[], sampleRate: number): number {
  const window = sampleRate / 20;
  const quiet = Array.from({ length: Math.floor(samples.length / window) }, (_, index) => {
    const part = samples.slice(index * window, (index + 1) * window);
    return Math.sqrt(mean(part.map((sample) => sample ** 2))) < 10 ** (-50 / 20);
  });
  let longest = 0;
  let run = 0;
  for (const isQuiet of [...quiet, ...quiet]) {
    run = isQuiet ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return (longest * window) / sampleRate;
}

/** The share of the energy that lies between two frequencies in hertz, in steps of 20 Hz. */
export function shareWithin(
  samples: readonly number[],
  sampleRate: number,
  low: number,
  high: number,
): number {
  const size = sampleRate / 20;
  const turn = Array.from({ length: size }, (_, n) => (2 * Math.PI * n) / size);
  const cosine = turn.map(Math.cos);
  const sine = turn.map(Math.sin);
  const outside = Array.from({ length: size }, (_, bin) => bin).filter((bin) => {
    const hertz = Math.min(bin, size - bin) * 20;
    return hertz < low || hertz > high;
  });
  let all = 0;
  let lost = 0;
  for (let start = 0; start + size <= samples.length; start += size) {
    const frame = samples
      .slice(start, start + size)
      .map((sample, n) => (sample * (1 - (cosine[n] ?? 0))) / 2);
    all += size * frame.reduce((sum, sample) => sum + sample ** 2, 0);
    for (const bin of outside) {
      let real = 0;
      let imaginary = 0;
      frame.forEach((sample, n) => {
        real += sample * (cosine[(n * bin) % size] ?? 0);
        imaginary += sample * (sine[(n * bin) % size] ?? 0);
      });
      lost += real ** 2 + imaginary ** 2;
    }
  }
  return 1 - lost / all;
}
