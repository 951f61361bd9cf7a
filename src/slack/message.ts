/** A page and its news, as text in Slack's mark-up. docs.slack.dev/messaging/formatting-message-text */
import type { AlertFacts } from '../core/alert';
import type { DialList, Language } from '../core/dial-list';
import { alertsOf, recordOf, subjectsOf } from '../core/escalation/book';
import type { LoggedNews } from '../core/escalation/news';
import { type Page, pageOf as pageById, type State } from '../core/escalation/state';
import { type Names, type Phrases, phrasesIn, statusOf } from './phrases';
import type { Bulletin, Trouble } from './poster';

/** What is sent: the text, and the graph of the worst alert that has one. */
export type Message = {
  readonly text: string;
  readonly attachments?: { fallback: string; image_url: string; title?: string }[];
};

/** Alerts that are named in a page's message; of the rest only the number. */
const ALERTS_NAMED = 6;

/**
 * Bytes, marked up. Slack's pages say 40,000 characters, and yet it refuses to update a message with more than 4,000 as
 * `msg_too_long`: github.com/seratch/ChatGPT-in-Slack/issues/102
 */
const LONGEST = 3_900;

/** Bytes: as much as a page's message needs at the least. */
const LEFT_FOR_PAGE = 1_200;

/** How much is said of a page's alerts, if it has to be less than all. */
type Depth = {
  readonly named: number;
  /** Characters of the worst one's own words. */
  readonly words: number;
};
const DEPTHS: readonly Depth[] = [
  { named: ALERTS_NAMED, words: LONGEST },
  { named: ALERTS_NAMED, words: 400 },
  { named: 3, words: 150 },
  { named: 1, words: 0 },
];

const fits = (text: string, room: number) => Buffer.byteLength(text) <= room;

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function namesIn({ members, language }: DialList, state: State): Names {
  const name = (member: number) => escaped(members[member]?.name ?? `#${member + 1}`);
  const mention = (member: number) => {
    const id = members[member]?.slackUserId;
    return id ? `<@${id}>` : name(member);
  };
  const alert = (id: string) => titleOf(recordOf(state, id) ?? { id, heardAt: 0 }, phrasesIn(language));
  return { name, mention, alert };
}

/**
 * The page's own message: what it is about, how it stands, and in which order people are rung.
 *
 * @param room the bytes that it may have
 */
export function pageMessage(list: DialList, state: State, page: Page, room = LONGEST): Message {
  const phrases = phrasesIn(list.language);
  const names = namesIn(list, state);
  const alerts = subjectsOf(state, page);
  const said = (depth: Depth) =>
    [
      ...(page.isTest ? [phrases.testPage] : subjectLines(alerts, page.more ?? 0, phrases, depth)),
      phrases.standing(page, names, isAllClosed(state, page)),
      phrases.order(page, list.rounds, names),
    ].join('\n');
  const versions = DEPTHS.map(said);
  const text = versions.find((version) => fits(version, room)) ?? versions.at(-1) ?? '';
  const shown = alerts.find(({ imageUrl }) => imageUrl);
  if (!shown?.imageUrl) return { text };
  const title = shown === alerts[0] ? {} : { title: titleOf({ ...shown, url: undefined }, phrases) };
  return { text, attachments: [{ fallback: phrases.graph, image_url: shown.imageUrl, ...title }] };
}

/** What belongs to no page, in one line. */
export const troubleText = (language: Language, what: Trouble): string =>
  phrasesIn(language).trouble(what.kind === 'group-not-rung' ? { ...what, name: escaped(what.name) } : what);

/** Nothing that the page was about is open any more, as far as anybody knows. */
const isAllClosed = (state: State, page: Page): boolean =>
  !page.more && alertsOf(state, page).length === 0 && state.alerts.some((alert) => alert.page === page.id);

function subjectLines(
  alerts: readonly AlertFacts[],
  besides: number,
  phrases: Phrases,
  depth: Depth,
): string[] {
  const [worst, ...others] = alerts;
  if (!worst) return [`:rotating_light: *${phrases.alertOfUnknownName}*`];
  const named = others.slice(0, depth.named - 1).map((alert) => `• ${inOneLine(alert, phrases)}`);
  const more = others.length - named.length + besides;
  return [
    `${statusOf(worst)} *${titleOf(worst, phrases)}*`,
    ...detailLines(worst, phrases, depth.words).map((line) => `> ${line}`),
    ...named,
    ...(more > 0 ? [phrases.andMore(more)] : []),
  ];
}

/** How bad it is, what it is about, and what was measured. */
function inOneLine(alert: AlertFacts, phrases: Phrases): string {
  const measured = measuredOf(alert);
  return [alert.status && statusOf(alert), titleOf(alert, phrases), measured && `(${measured})`]
    .filter(Boolean)
    .join(' ');
}

/** An alert in a few words: the monitor and what it watches, else its id. */
function titleOf({ id, isGroup, monitor, target, url }: AlertFacts, phrases: Phrases): string {
  const name = isGroup && monitor !== undefined ? phrases.alertGroup(monitor) : monitor;
  const words = [name, target].filter((word) => word !== undefined).map(escaped);
  const title = words.length > 0 ? words.join(' — ') : `${phrases.alertOfUnknownName} \`${escaped(id)}\``;
  return url ? `<${linkable(url)}|${title.replaceAll('|', '¦')}>` : title;
}

/** A URL may hold what would end Slack's link before its time. */
const linkable = (url: string) => escaped(new URL(url).href.replaceAll('|', '%7C').replaceAll('>', '%3E'));

function detailLines(alert: AlertFacts, phrases: Phrases, most: number): string[] {
  const { roles, message, notes, openedAt } = alert;
  const when = openedAt === undefined ? null : whenOf(openedAt);
  return [
    measuredOf(alert),
    roles?.length ? escaped(roles.join(', ')) : null,
    when && phrases.openSince(when),
    ...quotedLines(message && inFew(message, most)),
    ...quotedLines(notes && most > 0 ? `:memo: ${inFew(notes, most)}` : undefined),
  ].filter((line) => line !== null);
}

/** `CPU %: 95.3 > 90`; the condition in brackets where the value does not meet it. */
function measuredOf({ formula, metric = formula, value, threshold, operator = '>' }: AlertFacts) {
  if (value === undefined) return null;
  const measured = metric ? `${escaped(metric)}: ${value}` : `${value}`;
  if (threshold === undefined) return measured;
  const condition = `${escaped(operator)} ${threshold}`;
  const isMet = operator === '>' ? value > threshold : value < threshold;
  return `${measured} ${isMet ? condition : `(${condition})`}`;
}

const inFew = (words: string, most: number) =>
  words.length > most ? `${words.slice(0, most).toWellFormed()}…` : words;

const quotedLines = (message: string | undefined) => (message ? escaped(message).split('\n') : []);

/** Seconds: the last that is written with a year of four digits. */
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

/** A time that Slack shows each reader in their own zone; null for what is none. */
function whenOf(at: number): string | null {
  const seconds = Math.floor(at);
  if (!(seconds > 0 && seconds <= LAST_TIME)) return null;
  const plain = new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${seconds}^{date_short_pretty} {time}|${plain} UTC>`;
}

/** What is told of news, what is loud at the end: of what is too long, the end is kept. */
export function newsText(list: DialList, state: State, news: readonly LoggedNews[], room = LONGEST): string {
  const [loud, quiet] = [news.filter(isLoud), news.filter((item) => !isLoud(item))];
  return latest(newsLines(list, state, [...quiet, ...loud]), room);
}

export function newsLines(list: DialList, state: State, news: readonly LoggedNews[]): string[] {
  const phrases = phrasesIn(list.language);
  const names = namesIn(list, state);
  return news.map((item) => phrases.line(item, names)).filter((line) => line !== null);
}

/** As many of the last lines as there is room for. */
export function latest(lines: readonly string[], room = LONGEST): string {
  for (let from = 0; from < lines.length; from++) {
    const text = [...(from > 0 ? ['…'] : []), ...lines.slice(from)].join('\n');
    if (fits(text, room)) return text;
  }
  // In no alphabet has a character more than three bytes for each of its units.
  return (
    lines
      .at(-1)
      ?.slice(0, room / 3)
      .toWellFormed() ?? ''
  );
}

/** The page that a bulletin is of, where the state still holds it. */
export const pageOf = ({ state, page }: Bulletin): Page | null => pageById(state, page);

/** Page and news in one, for a post that stands alone; no text where there is nothing to tell. */
export function wholePost(bulletin: Bulletin): Message {
  const { list, state, news } = bulletin;
  const page = pageOf(bulletin);
  // A call that is over while nobody knows what came of it says nothing about the page.
  const aboutTheCall = news.filter((item) => item.kind === 'call-lost' && !item.isSure);
  if (aboutTheCall.length > 0) return { text: latest(lateLines({ ...bulletin, news: aboutTheCall })) };
  if (!page) return { text: latest(lateLines(bulletin)) };
  const lines = newsText(list, state, news, LONGEST - LEFT_FOR_PAGE);
  const { text, ...more } = pageMessage(list, state, page, LONGEST - Buffer.byteLength(`\n${lines}`));
  return { ...more, text: [text, lines].filter(Boolean).join('\n') };
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
function lateLines({ list, state, news, page }: Bulletin): string[] {
  const lasting = news.filter(({ kind }) => !PASSING.has(kind));
  const phrases = phrasesIn(list.language);
  const alerts = subjectsOf(state, { id: page }).slice(0, ALERTS_NAMED);
  const titles = alerts.map((alert) => titleOf(alert, phrases)).join(', ');
  return lasting.flatMap((item) =>
    newsLines(list, state, [item]).map((line) => [whenOf(item.at), titles, line].filter(Boolean).join(' · ')),
  );
}

/** Somebody has to see this at once. */
export const isLoud = (news: LoggedNews) =>
  (news.kind === 'nobody-answered' && !news.isTest) ||
  (news.kind === 'call-lost' && news.isSure) ||
  news.kind === 'unreachable';
