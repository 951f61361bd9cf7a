import type { Language } from '../../src/dial-list/list';

/** The terminal's language. The first variable that is set decides, as everywhere in POSIX (Base Definitions, 8.2). */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('ja') ? 'ja' : 'en';
}
