import type { Say } from './twiml/verbs';

/** Rough pace of synthesized speech, in characters a second, to know how long a person listens. */
const JAPANESE_PACE = 7;
const OTHER_PACE = 15;
/** `loop="0"` stops after this many times (docs/voice/twiml/play). */
const MOST_LOOPS = 1000;
/** A recording whose length is unknown. */
const UNKNOWN_RECORDING = 30;

/** Seconds of one `<Say>` with all its repetitions. */
export function speechSeconds(say: Pick<Say, 'text' | 'language' | 'loop'>): number {
  const pace = say.language.startsWith('ja') ? JAPANESE_PACE : OTHER_PACE;
  return ([...say.text].length / pace) * timesOf(say.loop);
}

export const timesOf = (loop: number): number => (loop === 0 ? MOST_LOOPS : loop);

/** Seconds of a recording; `body` holds one byte a character. Reads the length of WAV; everything else takes 30 s. */
export function recordingSeconds(body: string): number {
  const bytes = Buffer.from(body, 'latin1');
  if (bytes.length < 44 || bytes.toString('latin1', 0, 4) !== 'RIFF') return UNKNOWN_RECORDING;
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (name === 'fmt ') bytesPerSecond = bytes.readUInt32LE(at + 16);
    if (name === 'data' && bytesPerSecond > 0)
      return Math.min(size, bytes.length - at - 8) / bytesPerSecond || UNKNOWN_RECORDING;
    at += 8 + size + (size % 2);
  }
  return UNKNOWN_RECORDING;
}
