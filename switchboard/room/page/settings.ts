/** What this browser remembers of the user's settings. */
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { english } from './words/en';
import { japanese } from './words/ja';
import type { Words } from './words/words';

export type Language = 'ja' | 'en';
export type Theme = 'auto' | 'light' | 'dark';

export const wordsIn: Readonly<Record<Language, Words>> = { ja: japanese, en: english };

export const WordsContext = createContext<{ readonly words: Words; readonly language: Language }>({
  words: english,
  language: 'en',
});
export const useWords = () => useContext(WordsContext).words;
export const useLanguage = () => useContext(WordsContext).language;

/** Undefined if the browser keeps nothing for us. */
function kept(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

export function useKept<T extends string>(name: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>((kept(name) as T | undefined) ?? first);
  return [
    value,
    (next) => {
      setValue(next);
      try {
        localStorage.setItem(name, next);
      } catch {
        // It lasts until the page is closed.
      }
    },
  ];
}

export const browsersLanguage = (): Language => (navigator.language.startsWith('ja') ? 'ja' : 'en');
