/** A page and its news, as text in Slack's mark-up. docs.slack.dev/messaging/formatting-message-text */
import type { DialList } from '../core/dial-list';
import type { LoggedNews } from '../core/escalation/news';
import type { Page } from '../core/escalation/state';
import { type Names, phrasesIn } from './phrases';
import type { Bulletin } from './poster';

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function namesIn({ members }: DialList): Names {
  const name = (member: number) => escaped(members[member]?.name ?? `#${member + 1}`);
  const mention = (member: number) => {
    const id = members[member]?.slackUserId;
    return id ? `<@${id}>` : name(member);
  };
  return { name, mention };
}

/** The page's own message: what it is about, how it stands, and in which order people are rung. */
export function pageMessage(list: DialList, page: Page): string {
  const phrases = phrasesIn(list.language);
  const names = namesIn(list);
  return [phrases.subject(page), phrases.standing(page, names), phrases.order(page, list.rounds, names)].join(
    '\n',
  );
}

export function newsLines(list: DialList, news: readonly LoggedNews[]): string[] {
  const phrases = phrasesIn(list.language);
  const names = namesIn(list);
  return news.map((item) => phrases.line(item, names)).filter((line) => line !== null);
}

/** The page that a bulletin is of, where the state still holds it. */
export const pageOf = ({ state, page }: Bulletin): Page | null =>
  state.page?.id === page ? state.page : null;

/** Page and news in one text, for a post that stands alone; empty where there is nothing to tell. */
export function wholePost(bulletin: Bulletin): string {
  const page = pageOf(bulletin);
  const lines = newsLines(bulletin.list, bulletin.news);
  return [...(page ? [pageMessage(bulletin.list, page)] : []), ...lines].join('\n');
}

/** Somebody has to see this at once. */
export const isLoud = (news: LoggedNews) =>
  news.kind === 'nobody-answered' || (news.kind === 'call-lost' && news.isSure);
