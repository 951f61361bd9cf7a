import type { AlertFacts } from '../alert';
import type { Language } from '../dial-list';
import { spokenEnglish } from './spoken-en';
import { spokenJapanese } from './spoken-ja';

/** Why somebody is being rung. */
export type Briefing = {
  /** The member's name as spoken. */
  readonly reading: string;
  readonly isTest: boolean;
  readonly alerts: readonly AlertFacts[];
};

/** What a member hears, in one language. */
export type Speech = {
  /** Who is rung and why. */
  brief(briefing: Briefing): string;
  readonly keys: string;
  readonly unknownKey: string;
  confirmTaken(briefing: Briefing): string;
  readonly confirmPassed: string;
  /** The page needs this member no more; `by` is who took it, if anyone did. */
  dismiss(by: string | null): string;
  readonly goodbye: string;
};

export const speechIn = (language: Language): Speech => (language === 'ja' ? spokenJapanese : spokenEnglish);
