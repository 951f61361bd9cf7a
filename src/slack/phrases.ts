import type { Language } from '../core/dial-list';
import type { LoggedNews } from '../core/escalation/news';
import type { Page } from '../core/escalation/state';
import { english } from './phrases-en';
import { japanese } from './phrases-ja';

/** How a member is written; a mention calls them, a name does not. */
export type Names = { name(member: number): string; mention(member: number): string };

/** What Slack shows, in one language. In Slack's mark-up; the names come escaped. */
export type Phrases = {
  /** What the page is about. */
  subject(page: Page): string;
  /** How the page stands, in one line. */
  standing(page: Page, names: Names): string;
  order(page: Page, rounds: number, names: Names): string;
  /** One piece of news as a line; null for what the page's own message tells already. */
  line(news: LoggedNews, names: Names): string | null;
};

export const phrasesIn = (language: Language): Phrases => (language === 'ja' ? japanese : english);

/** `2 min 5 s`, in the units given. */
export function duration(seconds: number, minuteUnit: string, secondUnit: string): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest}${secondUnit}`;
  return rest === 0 ? `${minutes}${minuteUnit}` : `${minutes}${minuteUnit}${rest}${secondUnit}`;
}
