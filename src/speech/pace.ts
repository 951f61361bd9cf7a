/** How long a voice takes for a text: the measure of what can be said before somebody has to know which key to press. */
import type { Language } from '../dial-list/list';
import { cutTo } from './fit';

/** Seconds for a letter, digit or sign that is spelled: エー, ビー, アンダーバー; `double u`, `dot`. */
const SPELLED = 0.3;

/** Seconds a character: kana, kanji and pauses, as a voice of Polly's speaks them. */
const JAPANESE = 1 / 7;

/** Seconds a character of an English word, and for a blank: 150 words a minute are 15 characters a second. */
const ENGLISH = 1 / 14;

type Pace = {
  /** What is spoken, or spelled, as one. */
  readonly parts: RegExp;
  readonly isFluent: (part: string) => boolean;
  /** For a character of what is fluent. */
  readonly seconds: number;
};

const PACES: Readonly<Record<Language, Pace>> = {
  /** A Japanese voice may know an English word; it is counted as if it were spelled. */
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

/** Less than this is no use to anybody. */
const SHORTEST_SECONDS = 1.5;

/** As much of the text as there is time for, cut at a sensible place; nothing where that would be next to nothing. */
export function within(text: string, seconds: number, language: Language): string {
  if (secondsOf(text, language) <= seconds) return text;
  if (seconds < SHORTEST_SECONDS) return '';
  return cutTo(text, (part) => secondsOf(part, language) <= seconds);
}
