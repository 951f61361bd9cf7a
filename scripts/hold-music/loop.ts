/**
 * Renders the score as a ring: notes that still sound at the end go on at the beginning, so that the loop has no
 * seam. The same score always gives the same samples.
 */
import { beatsPerLoop, type Note, notes } from './score';
import type { Partial } from './voices';

// Millions of look-ups of the global are slow where jest stands in for it.
const { cos, exp, PI, sin } = Math;

/** The rate of a telephone line, in samples a second. */
export const sampleRate = 8000;

const secondsPerBeat = 1;

/** Hertz: the end of the telephone band. */
const highestFrequency = 3400;

/** -6 dBFS: easy to hear on a telephone, and far from clipping. */
const peak = 0.5;

/** After nine times its fade, a partial is at -78 dB, below the smallest step of µ-law. */
const fadesUntilSilent = 9;

const semitonesAboveC: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** In hertz, for a natural note such as `A4` (440 Hz). */
function frequency(pitch: string): number {
  const semitone = semitonesAboveC[pitch.charAt(0)];
  const octave = Number(pitch.slice(1));
  if (semitone === undefined || !Number.isInteger(octave)) throw new Error(`"${pitch}" is not a note`);
  return 440 * 2 ** ((semitone - 9) / 12 + octave - 4);
}

function attackCurve(seconds: number, attack: number): number {
  return seconds < attack ? (1 - cos((PI * seconds) / attack)) / 2 : 1;
}

function addPartial(ring: Float64Array, { voice, beat, pitch, strength }: Note, partial: Partial): void {
  const hertz = frequency(pitch) * partial.ratio;
  if (hertz > highestFrequency) return;
  const start = Math.round(beat * secondsPerBeat * sampleRate);
  const length = Math.round(fadesUntilSilent * partial.fade * sampleRate);
  for (let n = 0; n < length; n += 1) {
    const seconds = n / sampleRate;
    const level =
      strength * partial.level * attackCurve(seconds, voice.attack) * exp(-seconds / partial.fade);
    const at = (start + n) % ring.length;
    ring[at] = (ring[at] ?? 0) + level * sin(2 * PI * hertz * seconds);
  }
}

/** Centred on zero and scaled to the wanted peak. */
function levelled(ring: Float64Array): Float64Array {
  const mean = ring.reduce((sum, sample) => sum + sample, 0) / ring.length;
  const loudest = ring.reduce((most, sample) => Math.max(most, Math.abs(sample - mean)), 0);
  return ring.map((sample) => ((sample - mean) / loudest) * peak);
}

/** One turn of the loop, in samples between -1 and 1. */
export function loop(): Float64Array {
  const ring = new Float64Array(beatsPerLoop * secondsPerBeat * sampleRate);
  for (const note of notes) {
    for (const partial of note.voice.partials) addPartial(ring, note, partial);
  }
  return levelled(ring);
}
