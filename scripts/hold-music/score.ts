/**
 * The score of the hold music: eight bars of four beats that never quite come to rest, so that the last leads back
 * into the first. Everything here is our own.
 */
import { bass, mallet, piano, type Voice } from './voices';

/** One stroke. `beat` counts from the start of its bar or of the loop; `strength` is relative to the other notes. */
export type Note = {
  readonly voice: Voice;
  readonly pitch: string;
  readonly beat: number;
  readonly strength: number;
};

type Bar = {
  readonly bass: string;
  /** Four tones from low to high, all of them inside the telephone band. */
  readonly chord: readonly [string, string, string, string];
  /** Eight half beats; a dash lets the last note ring. */
  readonly melody: string;
};

const beatsPerBar = 4;

const bars: readonly Bar[] = [
  { bass: 'F3', chord: ['F4', 'A4', 'C5', 'E5'], melody: 'A5 - - G5 E5 - - -' },
  { bass: 'G3', chord: ['G4', 'B4', 'D5', 'E5'], melody: 'D5 - - E5 G5 - - -' },
  { bass: 'E3', chord: ['E4', 'G4', 'B4', 'D5'], melody: 'G5 - - E5 D5 - - -' },
  { bass: 'A3', chord: ['E4', 'G4', 'C5', 'E5'], melody: 'C5 - - - E5 - G5 -' },
  { bass: 'D3', chord: ['F4', 'A4', 'C5', 'E5'], melody: 'A5 - - C6 A5 - - -' },
  { bass: 'E3', chord: ['G4', 'B4', 'D5', 'E5'], melody: 'G5 - - E5 D5 - - -' },
  { bass: 'F3', chord: ['F4', 'A4', 'C5', 'E5'], melody: 'E5 - - G5 A5 - C6 -' },
  { bass: 'G3', chord: ['F4', 'A4', 'C5', 'D5'], melody: 'D6 - - - G5 - - -' },
];

/** The order in which the piano breaks each chord; it leaves the third beat to the melody. */
const brokenChord = [
  { beat: 0, tone: 0 },
  { beat: 0.5, tone: 1 },
  { beat: 1, tone: 2 },
  { beat: 1.5, tone: 3 },
  { beat: 2.5, tone: 2 },
  { beat: 3, tone: 1 },
  { beat: 3.5, tone: 2 },
] as const;

function bassNotes(bar: Bar): Note[] {
  return [
    { voice: bass, pitch: bar.bass, beat: 0, strength: 0.55 },
    { voice: bass, pitch: bar.bass, beat: 2, strength: 0.35 },
  ];
}

function pianoNotes(bar: Bar): Note[] {
  return brokenChord.map(({ beat, tone }) => ({
    voice: piano,
    pitch: bar.chord[tone],
    beat,
    strength: beat === 0 ? 0.5 : 0.4,
  }));
}

function malletNotes(bar: Bar): Note[] {
  return bar.melody
    .split(' ')
    .map((pitch, index) => ({ voice: mallet, pitch, beat: index / 2, strength: 0.8 }))
    .filter(({ pitch }) => pitch !== '-');
}

export const beatsPerLoop = bars.length * beatsPerBar;

export const notes: readonly Note[] = bars.flatMap((bar, index) =>
  [...bassNotes(bar), ...pianoNotes(bar), ...malletNotes(bar)].map((note) => ({
    ...note,
    beat: note.beat + index * beatsPerBar,
  })),
);
