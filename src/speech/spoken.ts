import type { Language } from '../dial-list/list';
import type { Speech } from './speech';
import { spokenEnglish } from './spoken-en';
import { spokenJapanese } from './spoken-ja';

export const speechIn = (language: Language): Speech => (language === 'ja' ? spokenJapanese : spokenEnglish);
