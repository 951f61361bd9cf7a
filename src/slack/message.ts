/** The page's own message: what it is about, how it stands, and in which order people are rung. */

import type { DialList } from '../dial-list/list';
import type { Page, State } from '../escalation';
import { type AlertDetails, alertIn, subjectsOf, worstFirst } from '../escalation';
import { bytesOf, clipped, cut, escaped, LONGEST, whenOf } from './markup';
import { type Lengths, LONG, namesIn, SHORT, titleOf } from './names';
import { phrasesIn } from './phrase-book';
import { type Phrases, statusOf } from './phrases';
import { type Subject, standingOf } from './standing';

/** What is sent: the text, and the graph of the worst alert that has one. */
export type Message = {
  readonly text: string;
  readonly attachments?: { fallback: string; image_url: string; title?: string }[];
};

/** Alerts that are named in a page's message; of the rest only the number. */
export const ALERTS_NAMED = 6;

/** Bytes: as much as a page's message needs at the least. */
export const LEFT_FOR_PAGE = 1_200;

/** How much is said, if it has to be less than all. */
type Depth = {
  /** Alerts. */
  readonly named: number;
  /** Characters of the worst one's own words. */
  readonly words: number;
  /** Members of the order. */
  readonly order: number;
  readonly lengths: Lengths;
};
const DEPTHS: readonly Depth[] = [
  { named: ALERTS_NAMED, words: LONGEST, order: Number.POSITIVE_INFINITY, lengths: LONG },
  { named: ALERTS_NAMED, words: 400, order: Number.POSITIVE_INFINITY, lengths: LONG },
  { named: ALERTS_NAMED, words: 400, order: 12, lengths: { ...LONG, title: 120 } },
  { named: 3, words: 150, order: 12, lengths: { ...LONG, title: 80, url: 200 } },
  { named: 1, words: 0, order: 3, lengths: SHORT },
];

export const subjectOf = (page: Page, alerts?: readonly string[]): Subject => ({ id: page.id, page, alerts });

/** The alerts of a page; of one whose alerts are another page's business by now, those that its message named. */
export function alertsIn(state: State, { id, alerts = [] }: Subject): readonly AlertDetails[] {
  const own = subjectsOf(state, id);
  if (own.length > 0) return own;
  return alerts.map((alert) => alertIn(state, alert) ?? { id: alert, heardAt: 0 }).sort(worstFirst);
}

/** How much may be said: `room` in bytes; `isBrief`, as little as there is to say, without links, mentions and graphs. */
export type Measure = { readonly room?: number; readonly isBrief?: boolean };

export function pageMessage(
  list: DialList,
  state: State,
  subject: Subject,
  { room = LONGEST, isBrief = false }: Measure = {},
): Message {
  const phrases = phrasesIn(list.language);
  const alerts = alertsIn(state, subject);
  const depths = isBrief ? DEPTHS.slice(-1) : DEPTHS;
  const versions = depths.map((depth) => said(list, state, subject, alerts, depth));
  const text = versions.find((version) => bytesOf(version) <= room) ?? cut(versions.at(-1) ?? '', room);
  if (isBrief) return { text };
  const shown = alerts.find(({ imageUrl }) => imageUrl);
  if (!shown?.imageUrl) return { text };
  const title = shown === alerts[0] ? {} : { title: titleOf({ ...shown, url: undefined }, phrases) };
  return { text, attachments: [{ fallback: phrases.graph, image_url: shown.imageUrl, ...title }] };
}

function said(
  list: DialList,
  state: State,
  subject: Subject,
  alerts: readonly AlertDetails[],
  depth: Depth,
): string {
  const phrases = phrasesIn(list.language);
  const names = namesIn(list, state, depth.lengths);
  const { page } = subject;
  return [
    ...(page?.isTest ? [phrases.testPage] : subjectLines(alerts, phrases, depth)),
    standingOf(list, state, subject, depth.lengths),
    page && phrases.order(page, list.rounds, names, depth.order),
  ]
    .filter((line) => line !== null)
    .join('\n');
}

function subjectLines(alerts: readonly AlertDetails[], phrases: Phrases, depth: Depth): string[] {
  const [worst, ...others] = alerts;
  if (!worst) return [`:rotating_light: *${phrases.alertOfUnknownName}*`];
  const named = others.slice(0, depth.named - 1).map((alert) => `• ${inOneLine(alert, phrases, depth)}`);
  const more = others.length - named.length;
  return [
    `${statusOf(worst)} *${titleOf(worst, phrases, depth.lengths)}*`,
    ...detailLines(worst, phrases, depth).map((line) => `> ${line}`),
    ...named,
    ...(more > 0 ? [phrases.andMore(more)] : []),
  ];
}

/** How bad it is, what it is about, and what was measured. */
function inOneLine(alert: AlertDetails, phrases: Phrases, { lengths }: Depth): string {
  const measured = measuredOf(alert, lengths.title);
  return [alert.status && statusOf(alert), titleOf(alert, phrases, lengths), measured && `(${measured})`]
    .filter(Boolean)
    .join(' ');
}

function detailLines(alert: AlertDetails, phrases: Phrases, { words, lengths }: Depth): string[] {
  const { roles, message, notes, openedAt } = alert;
  const when = openedAt === undefined ? null : whenOf(openedAt);
  return [
    measuredOf(alert, lengths.title),
    roles?.length ? escaped(clipped(roles.join(', '), lengths.title)) : null,
    when && phrases.openSince(when),
    ...quotedLines(message && clipped(message, words)),
    ...quotedLines(notes && words > 0 ? `:memo: ${clipped(notes, words)}` : undefined),
  ].filter((line) => line !== null);
}

/** `CPU %: 95.3 > 90`; the condition in brackets where the value does not meet it. */
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
