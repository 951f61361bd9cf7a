/** What is told of a page's news, in its thread, in a post of its own, or in one plain line. */
import type { DialList, Language } from '../dial-list/list';
import type { LoggedNews } from '../escalation';
import { type Page, pageOf as pageById, type State, subjectsOf } from '../escalation';
import type { Form } from './forms';
import { bytesOf, CHANNEL, clipped, cut, escaped, LONGEST, whenOf, withoutMention } from './markup';
import {
  ALERTS_NAMED,
  alertsIn,
  LEFT_FOR_PAGE,
  type Measure,
  type Message,
  pageMessage,
  subjectOf,
} from './message';
import { type Lengths, LONG, namesIn, SHORT, titleOf, unmentioned } from './names';
import { phrasesIn } from './phrase-book';
import type { NewsBatch, Trouble } from './poster';
import type { Subject } from './standing';

/** What is told of news, what is loud at the end: of what is too long, the end is kept. */
export function newsText(
  list: DialList,
  state: State,
  news: readonly LoggedNews[],
  { room = LONGEST, isBrief = false }: Measure = {},
): string {
  const [loud, quiet] = [news.filter(isLoud), news.filter((item) => !isLoud(item))];
  const ordered = [...quiet, ...loud];
  const allowed = isBrief ? LENGTHS.slice(-1) : LENGTHS;
  const whole = allowed.map((lengths) => newsLines(list, state, ordered, lengths));
  return latest(whole.find((lines) => bytesOf(lines.join('\n')) <= room) ?? whole.at(-1) ?? [], room);
}

/** Fewer alerts by name, before a line is left out. */
const LENGTHS: readonly Lengths[] = [LONG, { ...LONG, title: 80, url: 200, listed: 8 }, SHORT];

export function newsLines(
  list: DialList,
  state: State,
  news: readonly LoggedNews[],
  lengths: Lengths = LONG,
): string[] {
  const phrases = phrasesIn(list.language);
  const names = namesIn(list, state, lengths);
  return news.map((item) => phrases.line(item, names)).filter((line) => line !== null);
}

/** As many of the last lines as there is room for. */
export function latest(lines: readonly string[], room = LONGEST): string {
  for (let from = 0; from < lines.length; from++) {
    const text = [...(from > 0 ? ['…'] : []), ...lines.slice(from)].join('\n');
    if (bytesOf(text) <= room) return text;
  }
  return cut(lines.at(-1) ?? '', room);
}

/** The page that a batch is of, where the state still holds it. */
export const pageOf = ({ state, page }: NewsBatch): Page | null => pageById(state, page);

/** Page and news in one, for a post that stands alone; no text where there is nothing to tell. */
export function wholePost(batch: NewsBatch, { isBrief = false }: Measure = {}): Message {
  const { list, state, news } = batch;
  const page = pageOf(batch);
  // A call that is over while nobody knows what came of it says nothing about the page.
  const aboutTheCall = news.filter((item) => item.kind === 'call-lost' && !item.isSure);
  if (aboutTheCall.length > 0) return { text: lateText({ ...batch, news: aboutTheCall }) };
  if (!page) return { text: lateText(batch) };
  // What joined without Sync is told by itself, an alert a post.
  if (news.every(({ kind }) => kind === 'joined-unheard'))
    return { text: newsText(list, state, news, { room: LONGEST, isBrief }) };
  const lines = newsText(list, state, news, { room: LONGEST - LEFT_FOR_PAGE, isBrief });
  const subject = subjectOf(page, batch.alerts);
  const room = LONGEST - bytesOf(`\n${lines}`);
  const { text, ...more } = pageMessage(list, state, subject, { room, isBrief });
  return { ...more, text: [text, lines].filter(Boolean).join('\n') };
}

/** News that cannot stand in its page's thread: what it is about, and no word on how things stand, which changes. */
export function besideThread(batch: NewsBatch, { isBrief = false }: Measure = {}): string {
  const { list, state, news } = batch;
  const titles = titlesOf(batch, SHORT);
  const lines = newsText(list, state, news, { room: LONGEST - LEFT_FOR_PAGE, isBrief });
  return lines && [titles && `*${titles}*`, lines].filter(Boolean).join('\n');
}

/** In few words, of people and alerts nothing: what can be refused for what it says is not in it. */
export function plainLine(batch: NewsBatch): string {
  const { list, news } = batch;
  const phrases = phrasesIn(list.language);
  if (news.some(isLoud)) return `${CHANNEL} ${phrases.plain.nobody}`;
  const { end } = pageOf(batch) ?? {};
  if (news.some(({ kind }) => kind === 'taken')) return phrases.plain.taken;
  return end?.kind === 'closed' ? phrases.plain.closed : phrases.plain.calling;
}

/** What belongs to no page, in one line. */
export const troubleText = (language: Language, what: Trouble): string =>
  phrasesIn(language).trouble(
    what.kind === 'group-not-rung' ? { ...what, name: escaped(clipped(what.name, LONG.title)) } : what,
  );

/** A page's own message, brought up to date. */
export function headingMessage(list: DialList, state: State, subject: Subject, { words }: Form): Message {
  if (words === 'plain') return { text: plainHeading(list, subject) };
  return words === 'all'
    ? pageMessage(list, state, subject)
    : pageMessage(unmentioned(list), state, subject, { isBrief: true });
}

/** How a page stands, in the same plain words. */
function plainHeading({ language }: DialList, { page }: Pick<Subject, 'page'>): string {
  const { plain } = phrasesIn(language);
  if (!page?.end) return page ? plain.calling : plain.closed;
  return { taken: plain.taken, closed: plain.closed, unanswered: plain.nobody }[page.end.kind];
}

/** What is of no use to anybody any more when the page is over. */
const PASSING: ReadonlySet<LoggedNews['kind']> = new Set([
  'page-started',
  'calling',
  'not-reached',
  'answered',
  'passed-on',
]);

/** News of a page that is no longer at hand: when it was, what it was about, and only what lasts. */
function lateText(batch: NewsBatch): string {
  const lasting = batch.news.filter(({ kind }) => !PASSING.has(kind));
  const versions = LENGTHS.map((lengths) => lateLines(batch, lasting, lengths));
  return latest(versions.find((lines) => bytesOf(lines.join('\n')) <= LONGEST) ?? versions.at(-1) ?? []);
}

const lateLines = (batch: NewsBatch, news: readonly LoggedNews[], lengths: Lengths): string[] =>
  news.flatMap((item) =>
    newsLines(batch.list, batch.state, [item], lengths).map((line) =>
      [whenOf(item.at), titlesOf(batch, lengths), line].filter(Boolean).join(' · '),
    ),
  );

/** The alerts of a batch's page, by name, a few; the empty text where it is a test, or nobody knows. */
function titlesOf({ list, state, page, alerts }: NewsBatch, lengths: Lengths): string {
  const phrases = phrasesIn(list.language);
  const own = subjectsOf(state, page);
  const known = own.length > 0 ? own : alertsIn(state, { id: page, page: null, alerts });
  return known
    .slice(0, Math.min(ALERTS_NAMED, lengths.listed))
    .map((alert) => titleOf(alert, phrases, lengths))
    .join(', ');
}

/** Somebody has to see this at once. */
export const isLoud = (news: LoggedNews) =>
  (news.kind === 'nobody-answered' && !news.isTest) ||
  (news.kind === 'call-lost' && news.isSure) ||
  news.kind === 'unreachable' ||
  news.kind === 'joined-unheard';

/** A reply, or what stands in its place where there can be none. */
export function replyText(batch: NewsBatch, { mention, inThread, words }: Form): string {
  const { list, state, news } = batch;
  const isBrief = words !== 'all';
  const told = { ...batch, list: isBrief ? unmentioned(list) : list };
  const inForm = inThread ? newsText(told.list, state, news, { isBrief }) : besideThread(told, { isBrief });
  const text = words === 'plain' ? plainLine(batch) : inForm;
  return mention ? text : withoutMention(text, phrasesIn(list.language).mentionForbidden);
}

/**
 * A page's own message.
 *
 * @param isWhole with the news in it
 */
export function openingMessage(batch: NewsBatch, { mention, words }: Form, isWhole: boolean): Message {
  const { list, state } = batch;
  if (words === 'plain') return { text: mentioned(plainLine(batch)) };
  const isBrief = words === 'few';
  const told = { ...batch, list: isBrief ? unmentioned(list) : list };
  const page = pageOf(batch);
  const message =
    isWhole || !page
      ? wholePost(told, { isBrief })
      : pageMessage(told.list, state, subjectOf(page, batch.alerts), { isBrief });
  return { ...message, text: mentioned(message.text) };

  function mentioned(text: string): string {
    return mention ? text : withoutMention(text, phrasesIn(list.language).mentionForbidden);
  }
}
