/**
 * How long a voice takes at least to say a text, measured apart from the product: 7 characters of Japanese a second,
 * Latin letters, digits and signs in it spelled at 3.3 a second; English words at 14 characters a second, and 3.3 for what
 * is no word.
 */
import type { Language } from '../../src/dial-list/list';

const SPELLED = 10 / 3;

export function secondsSpoken(text: string, language: Language): number {
  const [words, spelled] = language === 'ja' ? inJapanese(text) : inEnglish(text);
  return words / (language === 'ja' ? 7 : 14) + spelled / SPELLED;
}

/** Characters that flow, and characters that are spelled. */
function inJapanese(text: string): [number, number] {
  const latin = text.match(/[!-~]/g)?.length ?? 0;
  return [text.length - latin, latin];
}

function inEnglish(text: string): [number, number] {
  const blanks = text.match(/\s/g)?.length ?? 0;
  const parts = text.match(/[A-Za-z]+|[^\sA-Za-z]/g) ?? [];
  const isWord = (part: string) => /^[A-Za-z][a-z]*$/.test(part) && /[aeiouy]/i.test(part);
  const letters = (some: readonly string[]) => some.reduce((sum, part) => sum + part.length, 0);
  return [blanks + letters(parts.filter(isWord)), letters(parts.filter((part) => !isWord(part)))];
}
