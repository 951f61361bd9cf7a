/** The page's own message: what it is about, how it stands, and who is rung in which order. */

import type { DialList } from '../dial-list/list';
import {
  type AlertDetails,
  alertIn,
  orderOf,
  type Page,
  type State,
  subjectsOf,
  worstFirst,
} from '../escalation';
import { DEPTHS, type Depth, fitting } from './depth';
import { clipped, cut, escaped, LONGEST, whenOf } from './markup';
import { namesIn, titleOf } from './names';
import { phrasesIn } from './phrase-book';
import { type Names, type Phrases, statusOf } from './phrases';
import { type Subject, standingOf } from './standing';

/** The text, and the graph of the worst alert that has one. */
export type Message = {
  readonly text: string;
  readonly attachments?: { fallback: string; image_url: string; title?: string }[];
};

export const subjectOf = (page: Page, alerts?: readonly string[]): Subject => ({ id: page.id, page, alerts });

/** The alerts of a page; if they are on another page by now, those that its message named. */
export function alertsIn(state: State, { id, alerts = [] }: Subject): readonly AlertDetails[] {
  const own = subjectsOf(state, id);
  if (own.length > 0) return own;
  return alerts.map((alert) => alertIn(state, alert) ?? { id: alert, heardAt: 0 }).sort(worstFirst);
}

/** @param room bytes */
export function pageMessage(
  list: DialList,
  state: State,
  subject: Subject,
  depths: readonly Depth[] = DEPTHS,
  room = LONGEST,
): Message {
  const phrases = phrasesIn(list.language);
  const alerts = alertsIn(state, subject);
  const lines = fitting(depths, room, (depth) => pageLines(list, state, subject, alerts, depth));
  const text = cut(lines.join('\n'), room);
  const shown = depths[0]?.isBare ? undefined : alerts.find(({ imageUrl }) => imageUrl);
  if (!shown?.imageUrl) return { text };
  const title = shown === alerts[0] ? {} : { title: titleOf({ ...shown, url: undefined }, phrases) };
  return { text, attachments: [{ fallback: phrases.graph, image_url: shown.imageUrl, ...title }] };
}

function pageLines(
  list: DialList,
  state: State,
  subject: Subject,
  alerts: readonly AlertDetails[],
  depth: Depth,
): readonly string[] {
  const phrases = phrasesIn(list.language);
  const { page } = subject;
  return [
    ...(page?.isTest ? [phrases.testPage] : subjectLines(alerts, phrases, depth)),
    standingOf(list, state, subject, depth),
    page && orderLine(list, page, namesIn(list, state, depth), depth),
  ].filter((line) => line !== null);
}

function orderLine(list: DialList, page: Page, { name }: Names, depth: Depth): string {
  const order = orderOf(page);
  const people = order.slice(0, depth.order).map(name).join(' → ');
  const of = order.length > depth.order ? order.length : null;
  return phrasesIn(list.language).order(people, of, list.rounds);
}

function subjectLines(alerts: readonly AlertDetails[], phrases: Phrases, depth: Depth): string[] {
  const [worst, ...others] = alerts;
  if (!worst) return [`:rotating_light: *${phrases.alertOfUnknownName}*`];
  const named = others.slice(0, depth.named - 1).map((alert) => `• ${inOneLine(alert, phrases, depth)}`);
  const more = others.length - named.length;
  return [
    `${statusOf(worst)} *${titleOf(worst, phrases, depth)}*`,
    ...detailLines(worst, phrases, depth).map((line) => `> ${line}`),
    ...named,
    ...(more > 0 ? [phrases.andMore(more)] : []),
  ];
}

function inOneLine(alert: AlertDetails, phrases: Phrases, depth: Depth): string {
  const measured = measuredOf(alert, depth.title);
  return [alert.status && statusOf(alert), titleOf(alert, phrases, depth), measured && `(${measured})`]
    .filter(Boolean)
    .join(' ');
}

function detailLines(alert: AlertDetails, phrases: Phrases, { words, title }: Depth): string[] {
  const { roles, message, notes, openedAt } = alert;
  const when = openedAt === undefined ? null : whenOf(openedAt);
  return [
    measuredOf(alert, title),
    roles?.length ? escaped(clipped(roles.join(', '), title)) : null,
    when && phrases.openSince(when),
    ...quotedLines(message && clipped(message, words)),
    ...quotedLines(notes && words > 0 ? `:memo: ${clipped(notes, words)}` : undefined),
  ].filter((line) => line !== null);
}

/** `CPU %: 95.3 > 90`; the condition in brackets if the value does not meet it. */
function measuredOf(
  { formula, metric = formula, value, threshold, operator = '>' }: AlertDetails,
  most: number,
) {
  if (value === undefined) return null;
  const measured = metric ? `${escaped(clipped(metric, most))}: ${value}` : `${value}`;
  if (threshold === undefined) return measured;
  const condition = `${escaped(operator)} ${threshold}`;
  const isMet = operator === '>' ? value > threshold : value < threshold;
  return `${measured} ${isMet ? condition : `(${condition})`}`;
}

const quotedLines = (message: string | undefined) => (message ? escaped(message).split('\n') : []);
