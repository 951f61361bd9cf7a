import type { Language } from '../dial-list/list';
import { named } from './alert';
import { briefIn, shortened } from './brief';
import { worstNewcomer } from './roll-call';
import { type Briefing, KEYS_KNOWN_WITHIN, type Speech } from './speech';
import { english } from './spoken-en';
import { japanese } from './spoken-ja';
import type { Vocabulary } from './vocabulary';

export function speechIn(language: Language): Speech {
  const words = language === 'ja' ? japanese : english;
  return {
    ...words,
    brief: (briefing, seconds) => briefIn(words, briefing, seconds),
    confirmTaken: (briefing) =>
      briefing.isTest
        ? words.testWorked(briefing.reading)
        : `${newcomersIn(words, briefing)}${words.taken(briefing.reading, briefing.alerts.length)}`,
    confirmMore: (briefing) => `${newcomersIn(words, briefing)}${words.takenToo(briefing.joinedSince)}`,
  };
}

function newcomersIn(words: Vocabulary, briefing: Briefing): string {
  const { joinedSince } = briefing;
  if (joinedSince === 0) return '';
  const newcomer = worstNewcomer(briefing);
  const worst = newcomer && shortened(newcomer, KEYS_KNOWN_WITHIN, words.language);
  return words.newcomers(joinedSince, worst && named(words, worst));
}
