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

// Looked up once: in Jest, each look at a global is costly.
const { abs, cos, max, PI, sqrt } = Math;

/** ITU-T G.711 µ-law, as samples between -1 and 1. */
export function decoded(muLaw: Uint8Array): number[] {
  return Array.from(muLaw, (byte) => {
    const bits = ~byte & 0xff;
    const size = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 0x07)) - 0x84;
    return (bits & 0x80 ? -size : size) / 32768;
  });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function peak(samples: readonly number[]): number {
  return samples.reduce((most, sample) => max(most, abs(sample)), 0);
}

/** The largest jump between neighbours; `from` and `to` may lie beyond either end, since a loop goes round. */
export function largestStep(samples: readonly number[], from: number, to: number): number {
  return largestJolt(samples, from, to, [1, -1]);
}

/** As `largestStep`, but deaf to the low notes (a third difference), so that a faint click stands out. */
export function sharpestTurn(samples: readonly number[], from: number, to: number): number {
  return largestJolt(samples, from, to, [1, -3, 3, -1]);
}

function largestJolt(
  samples: readonly number[],
  from: number,
  to: number,
  weights: readonly number[],
): number {
  const { length } = samples;
  let most = 0;
  for (let index = from; index < to; index++) {
    let sum = 0;
    for (let back = 0; back < weights.length; back++) {
      sum += (weights[back] ?? 0) * (samples[(index - back + length) % length] ?? 0);
    }
    most = max(most, abs(sum));
  }
  return most;
}

/** In seconds, the longest time spent below -50 dBFS, going round the seam. */
export function longestSilence(samples: readonly number[], sampleRate: number): number {
  const window = sampleRate / 20;
  const quiet = Array.from({ length: Math.floor(samples.length / window) }, (_, index) => {
    const part = samples.slice(index * window, (index + 1) * window);
    return sqrt(mean(part.map((sample) => sample ** 2))) < 10 ** (-50 / 20);
  });
  let longest = 0;
  let run = 0;
  for (const isQuiet of [...quiet, ...quiet]) {
    run = isQuiet ? run + 1 : 0;
    longest = max(longest, run);
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
  const fade = Float64Array.from({ length: size }, (_, n) => (1 - cos((2 * PI * n) / size)) / 2);
  // The upper half of a spectrum mirrors the lower one: all but its first and middle bins count twice.
  const outside = Array.from({ length: size / 2 + 1 }, (_, bin) => bin).filter(
    (bin) => bin * 20 < low || bin * 20 > high,
  );
  let all = 0;
  let lost = 0;
  for (let start = 0; start + size <= samples.length; start += size) {
    const frame = fade.map((gain, n) => gain * (samples[start + n] ?? 0));
    all += size * frame.reduce((sum, sample) => sum + sample ** 2, 0);
    for (const bin of outside) {
      const mirrored = bin === 0 || bin === size / 2 ? 1 : 2;
      lost += mirrored * powerAt(bin, frame);
    }
  }
  return 1 - lost / all;
}

/** Goertzel's way to one bin of a discrete Fourier transform. */
function powerAt(bin: number, frame: Float64Array): number {
  const twice = 2 * cos((2 * PI * bin) / frame.length);
  let [last, before] = [0, 0];
  for (let n = 0; n < frame.length; n++) {
    const next = (frame[n] ?? 0) + twice * last - before;
    before = last;
    last = next;
  }
  return last ** 2 + before ** 2 - twice * last * before;
}
