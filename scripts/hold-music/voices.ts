/** The instruments: sums of fading sines, each begun softly enough not to click. */

/** `ratio` multiplies the note's frequency; `fade` is the time in seconds in which it falls to 1/e. */
export type Partial = { readonly ratio: number; readonly level: number; readonly fade: number };

/** `attack` is in seconds. */
export type Voice = { readonly attack: number; readonly partials: readonly Partial[] };

/** A struck bar: the short tone two octaves up makes it a marimba. */
export const mallet: Voice = {
  attack: 0.01,
  partials: [
    { ratio: 1, level: 1, fade: 0.9 },
    { ratio: 2, level: 0.15, fade: 0.6 },
    { ratio: 4, level: 0.14, fade: 0.25 },
  ],
};

/** The second partial lies a few cents above the first, so that a held note sways a little. */
export const piano: Voice = {
  attack: 0.02,
  partials: [
    { ratio: 1, level: 0.8, fade: 1.2 },
    { ratio: 1.003, level: 0.3, fade: 1.2 },
    { ratio: 2, level: 0.3, fade: 0.8 },
    { ratio: 3, level: 0.1, fade: 0.5 },
    { ratio: 4, level: 0.05, fade: 0.3 },
  ],
};

/** A telephone drops everything below 300 Hz, so the upper partials carry the note and the ear adds the rest. */
export const bass: Voice = {
  attack: 0.04,
  partials: [
    { ratio: 1, level: 0.15, fade: 1.2 },
    { ratio: 2, level: 0.7, fade: 1.2 },
    { ratio: 3, level: 0.35, fade: 0.9 },
    { ratio: 4, level: 0.15, fade: 0.7 },
  ],
};
