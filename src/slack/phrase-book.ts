import type { Language } from '../dial-list/list';
import type { Phrases } from './phrases';
import { english } from './phrases-en';
import { japanese } from './phrases-ja';

export const phrasesIn = (language: Language): Phrases => (language === 'ja' ? japanese : english);
