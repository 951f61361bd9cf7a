import type { SlackMessage } from '..';
import type { Phrases } from './phrases';
import { type Row, span } from './row';
import { type Readers, slackSpans } from './slack-text';

export type SlackTeller = (at: number, message: SlackMessage, kind: 'posted' | 'updated') => Row[];

/** Tells what appears in the channel: messages, replies, and the changed lines of an edit. */
export function slackTeller(readers: Readers, phrases: Phrases): SlackTeller {
  const shown = new Map<string, readonly string[]>();

  return (at, { ts, threadTs, text }, kind) => {
    const before = shown.get(ts) ?? [];
    const lines = text.split('\n');
    shown.set(ts, lines);
    const isEdit = kind === 'updated';
    const news = isEdit ? lines.filter((line) => !before.includes(line)) : lines;
    const margin = threadTs === undefined ? '│ ' : '│  ↳ ';
    return news.map((line, index) => ({
      ...(index === 0 && { at, who: { name: 'Slack', role: 'slack' } }),
      margin,
      spans: [...slackSpans(line, readers), ...(isEdit ? [span(` ${phrases.edited}`, 'faint')] : [])],
    }));
  };
}
