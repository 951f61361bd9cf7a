/** A page's news as text: in its thread, in a post of its own, or in one plain line. */

import type { DialList, Language } from '../dial-list/list';
import { type LoggedNews, type Page, pageOf as pageById, type State, subjectsOf } from '../escalation';
import { DEPTHS, type Depth, depthsOf, FULL, fitting, SHORT } from './depth';
import type { Form } from './forms';
import { bytesOf, CHANNEL, clipped, cut, escaped, LONGEST, whenOf, withoutMention } from './markup';
import { alertsIn, type Message, pageMessage, subjectOf } from './message';
import { namesIn, titleOf } from './names';
import { phrasesIn } from './phrase-book';
import type { NewsBatch, Trouble } from './poster';
import type { Subject } from './standing';

/** Bytes: a page's message needs at least so much. */
const LEFT_FOR_PAGE = 1_200;

/** Loud news comes last, because the end of a text that is too long is kept. */
export function newsText(
  list: DialList,
  state: State,
  news: readonly LoggedNews[],
  depths: readonly Depth[] = DEPTHS,
  room = LONGEST,
): string {
  const ordered = [...news.filter((item) => !isLoud(item)), ...news.filter(isLoud)];
  return latest(
    fitting(depths, room, (depth) => newsLines(list, state, ordered, depth)),
    room,
  );
}

export function newsLines(
  list: DialList,
  state: State,
  news: readonly LoggedNews[],
  depth: Depth = FULL,
): string[] {
  const phrases = phrasesIn(list.language);
  const names = namesIn(list, state, depth);
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

/** The page of a batch; null once the state has forgotten it. */
export const pageOf = ({ state, page }: NewsBatch): Page | null => pageById(state, page);

/** Page and news together, for a post that stands alone; an empty text if there is nothing to post. */
export function wholePost(batch: NewsBatch, depths: readonly Depth[] = DEPTHS): Message {
  const { list, state, news } = batch;
  const page = pageOf(batch);
  // A call that is over while nobody knows what came of it says nothing about the page.
  const aboutTheCall = news.filter((item) => item.kind === 'call-lost' && !item.isSure);
  if (aboutTheCall.length > 0) return { text: lateText({ ...batch, news: aboutTheCall }, depths) };
  if (!page) return { text: lateText(batch, depths) };
  // An alert that joined without Sync has a post of its own.
  if (news.every(({ kind }) => kind === 'joined-unheard'))
    return { text: newsText(list, state, news, depths) };
  const lines = newsText(list, state, news, depths, LONGEST - LEFT_FOR_PAGE);
  const room = LONGEST - bytesOf(`\n${lines}`);
  const { text, ...more } = pageMessage(list, state, subjectOf(page, batch.alerts), depths, room);
  return { ...more, text: [text, lines].filter(Boolean).join('\n') };
}

/** News that cannot stand in its page's thread, with the page's alerts, but not how things stand, which changes. */
function besideThread(batch: NewsBatch, depths: readonly Depth[]): string {
  const { list, state, news } = batch;
  const titles = titlesOf(batch, SHORT);
  const lines = newsText(list, state, news, depths, LONGEST - LEFT_FOR_PAGE);
  return lines && [titles && `*${titles}*`, lines].filter(Boolean).join('\n');
}

/** One line without names and links, so that Slack has nothing to refuse. */
function plainLine(batch: NewsBatch): string {
  const { list, news } = batch;
  const { plain } = phrasesIn(list.language);
  if (news.some(isLoud)) return `${CHANNEL} ${plain.nobody}`;
  if (news.some(({ kind }) => kind === 'taken')) return plain.taken;
  return pageOf(batch)?.end?.kind === 'closed' ? plain.closed : plain.calling;
}

/** What belongs to no page, in one line. */
export const troubleText = (language: Language, what: Trouble): string =>
  phrasesIn(language).trouble(
    what.kind === 'group-not-rung' ? { ...what, name: escaped(clipped(what.name, FULL.title)) } : what,
  );

/** A page's own message, brought up to date. */
export function headingMessage(list: DialList, state: State, subject: Subject, form: Form): Message {
  if (form.words !== 'plain') return pageMessage(list, state, subject, depthsOf(form));
  const { plain } = phrasesIn(list.language);
  const { page } = subject;
  if (!page?.end) return { text: page ? plain.calling : plain.closed };
  return { text: { taken: plain.taken, closed: plain.closed, unanswered: plain.nobody }[page.end.kind] };
}

/** Of no use once the page is over. */
const PASSING: ReadonlySet<LoggedNews['kind']> = new Set([
  'page-started',
  'calling',
  'not-reached',
  'answered',
  'passed-on',
]);

/** News of a page that the state has forgotten: when, about what, and only what lasts. */
function lateText(batch: NewsBatch, depths: readonly Depth[]): string {
  const { list, state } = batch;
  const lasting = batch.news.filter(({ kind }) => !PASSING.has(kind));
  const lines = fitting(depths, LONGEST, (depth) =>
    lasting.flatMap((item) =>
      newsLines(list, state, [item], depth).map((line) =>
        [whenOf(item.at), titlesOf(batch, depth), line].filter(Boolean).join(' · '),
      ),
    ),
  );
  return latest(lines);
}

/** Some alerts of a batch's page by name; empty for a test, or if nobody knows them. */
function titlesOf({ list, state, page, alerts }: NewsBatch, depth: Depth): string {
  const own = subjectsOf(state, page);
  const known = own.length > 0 ? own : alertsIn(state, { id: page, page: null, alerts });
  return known
    .slice(0, Math.min(FULL.named, depth.listed))
    .map((alert) => titleOf(alert, phrasesIn(list.language), depth))
    .join(', ');
}

/** Somebody has to see this immediately. */
export const isLoud = (news: LoggedNews) =>
  (news.kind === 'nobody-answered' && !news.isTest) ||
  (news.kind === 'call-lost' && news.isSure) ||
  news.kind === 'unreachable' ||
  news.kind === 'joined-unheard';

/** A reply in the thread, or the post in its place if there can be none. */
export function replyText(batch: NewsBatch, form: Form): string {
  const { list, state, news } = batch;
  const depths = depthsOf(form);
  if (form.words === 'plain') return asAllowed(batch, form, plainLine(batch));
  return asAllowed(
    batch,
    form,
    form.inThread ? newsText(list, state, news, depths) : besideThread(batch, depths),
  );
}

/**
 * A page's own message.
 *
 * @param isWhole with the news in it
 */
export function openingMessage(batch: NewsBatch, form: Form, isWhole: boolean): Message {
  if (form.words === 'plain') return { text: asAllowed(batch, form, plainLine(batch)) };
  const { list, state, alerts } = batch;
  const page = pageOf(batch);
  const depths = depthsOf(form);
  const message =
    isWhole || !page ? wholePost(batch, depths) : pageMessage(list, state, subjectOf(page, alerts), depths);
  return { ...message, text: asAllowed(batch, form, message.text) };
}

const asAllowed = ({ list }: NewsBatch, { mention }: Form, text: string) =>
  mention ? text : withoutMention(text, phrasesIn(list.language).mentionForbidden);
