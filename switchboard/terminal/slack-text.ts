/** Slack's mark-up as a person sees it: docs.slack.dev/messaging/formatting-message-text */
import { withEmoji } from './emoji';
import { type Span, span } from './row';

/** The people behind mentions, and the place and language for dates. */
export type Readers = {
  readonly members: readonly { readonly name: string; readonly slackUserId?: string }[];
  readonly timeZone: string;
  readonly language: 'ja' | 'en';
};

/** `*strong*`, `` `code` ``, and the contents of angle brackets: a mention, a call to all, a date, a link. */
const MARKED = /\*([^*\n]+)\*|`([^`\n]+)`|<([^>\n]+)>/g;
const QUOTE = /^> ?/;

/** One line of a message. */
export function slackSpans(line: string, readers: Readers): Span[] {
  if (QUOTE.test(line)) return [span('▎', 'faint'), ...slackSpans(line.replace(QUOTE, ''), readers)];
  const spans: Span[] = [];
  let from = 0;
  for (const found of line.matchAll(MARKED)) {
    const [all, strong, code, bracketed] = found;
    spans.push(span(shown(line.slice(from, found.index))));
    // A mention inside bold letters is still a mention.
    if (strong !== undefined) spans.push(...slackSpans(strong, readers).map(made));
    else if (code !== undefined) spans.push(span(unescaped(code), 'code'));
    else spans.push(special(bracketed ?? '', readers));
    from = found.index + all.length;
  }
  spans.push(span(shown(line.slice(from))));
  return spans.filter(({ text }) => text !== '');
}

const made = (piece: Span): Span => ({ tone: 'strong', ...piece });

function special(inside: string, readers: Readers): Span {
  const [target = '', label] = inside.split('|');
  if (target.startsWith('@')) {
    const member = readers.members.find(({ slackUserId }) => slackUserId === target.slice(1));
    return span(`@${member?.name ?? label ?? target.slice(1)}`, 'mention');
  }
  if (target.startsWith('!date^')) return span(dateOf(target, readers));
  if (target.startsWith('!')) return span(`@${target.slice(1)}`, 'mention');
  return span(unescaped(label ?? target), 'link');
}

/** `!date^seconds^{date_short_pretty} {time}`: dates and times in the reader's own place. */
function dateOf(written: string, { timeZone, language }: Readers): string {
  const [, seconds, form = ''] = written.split('^');
  const at = Number(seconds) * 1000;
  const as = (style: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone, ...style }).format(at);
  return form
    .replace(/\{time[a-z_]*\}/g, as({ timeStyle: 'short' }))
    .replace(/\{date[a-z_]*\}/g, as({ dateStyle: 'medium' }));
}

const shown = (text: string) => unescaped(withEmoji(text));

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
