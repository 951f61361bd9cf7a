/** How long a voice takes for a text. So the keys can be announced in time. */
import type { Language } from '../dial-list/list';
import { cutTo } from './fit';

/** Seconds for each letter, digit or sign that is spelled out: エー, ビー, アンダーバー; `double u`, `dot`. */
const SPELLED = 0.3;

/** Seconds a character, for kana, kanji and pauses, at the speed of Polly's voices. */
const JAPANESE = 1 / 7;

/** Seconds a character, for English words and spaces: 150 words a minute are 15 characters a second. */
const ENGLISH = 1 / 14;

type Pace = {
  /** The units of the text: each is spoken fluently, or spelled out. */
  readonly parts: RegExp;
  readonly isFluent: (part: string) => boolean;
  /** For each character of a fluent unit. */
  readonly seconds: number;
};

const PACES: Readonly<Record<Language, Pace>> = {
  /** A Japanese voice may know an English word, but each one counts as spelled out. */
  ja: {
    parts: /./gsu,
    isFluent: (part) => /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{scx=Hira}\s]/u.test(part),
    seconds: JAPANESE,
  },
  en: {
    parts: /[A-Za-z]+|./gsu,
    isFluent: (part) => /^(?:\s|(?=.*[aeiouy])[A-Za-z][a-z]*)$/i.test(part) && !/.[A-Z]/.test(part),
    seconds: ENGLISH,
  },
};

export function secondsOf(text: string, language: Language): number {
  const { parts, isFluent, seconds } = PACES[language];
  return [...text.matchAll(parts)].reduce(
    (sum, [part]) => sum + part.length * (isFluent(part) ? seconds : SPELLED),
    0,
  );
}

/** A shorter text is of no use. */
const SHORTEST_SECONDS = 1.5;

/** As much of the text as there is time for, cut at a sensible place; empty if that would be next to nothing. */
export function within(text: string, seconds: number, language: Language): string {
  if (secondsOf(text, language) <= seconds) return text;
  if (seconds < SHORTEST_SECONDS) return '';
  return cutTo(text, (part) => secondsOf(part, language) <= seconds);
}
