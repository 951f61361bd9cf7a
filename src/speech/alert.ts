/** An alert, in sentences; empty if nothing is known. */
import type { AlertDetails } from '../escalation';
import { inSentences } from './message';
import { comparison, quantity, spanOf } from './quantity';
import type { Vocabulary } from './vocabulary';

/** How bad it is, and what it is about: part of a sentence. */
export const named = (words: Vocabulary, alert: AlertDetails): string =>
  partsOf(words, alert).join(words.signs.pause);

/** The same, in sentences. */
export const namesOf = (words: Vocabulary, alert: AlertDetails): string =>
  partsOf(words, alert)
    .map((part) => `${part}${words.signs.sentenceEnd}`)
    .join(words.signs.between);

const partsOf = ({ status, subject }: Vocabulary, alert: AlertDetails): string[] =>
  [alert.status ? status[alert.status] : '', subject(alert)].filter(Boolean);

/** What was measured, the longest sentence first. */
export function measured(words: Vocabulary, alert: AlertDetails): readonly string[] {
  const { metric = '', value } = alert;
  if (value === undefined) return [];
  return [
    comparing(words, words.metric(metric), alert, value),
    comparing(words, words.value, alert, value),
    words.is(words.value, words.number(quantity(value, metric))),
  ];
}

function comparing(words: Vocabulary, name: string, alert: AlertDetails, value: number): string {
  const { metric = '', threshold, operator = '>' } = alert;
  if (threshold === undefined) return words.is(name, words.number(quantity(value, metric)));
  const compared = comparison(value, threshold, operator, metric);
  const [number, limit] = [words.number(compared.value), words.number(compared.threshold)];
  return compared.isBeyond
    ? words.isBeyond(name, number, limit, operator)
    : words.isBeside(name, number, limit);
}

export function openFor(words: Vocabulary, { openedAt }: AlertDetails, now: number): string {
  const span = openedAt === undefined ? null : spanOf(now - openedAt);
  return span ? words.since(span) : '';
}

export const messageOf = ({ signs }: Vocabulary, { message }: AlertDetails): string =>
  message ? inSentences(message, signs) : '';
