/** Text in lines of a given width; Japanese letters and emoji are two columns wide. */
import stringWidth from 'string-width';
import type { Span } from './row';

const words = new Intl.Segmenter('ja', { granularity: 'word' });
const letters = new Intl.Segmenter('ja', { granularity: 'grapheme' });
/** Characters that may not begin a line, and those that may not end one. */
const CLOSING = /^[、。,.!?…」』”)\])）、・:;%さんー]+$/u;
const OPENING = /^[「『“([（]+$/u;
/** A line may not end within a date, a path or a hyphenated word, only at spaces. */
const isLatin = (text: string) => /^[!-~]+$/.test(text);

/** Breaks between words, Japanese ones too, and within a word only if it is longer than the line. */
export function wrapped(spans: readonly Span[], width: number): Span[][] {
  const lines: Span[][] = [];
  let line: Span[] = [];
  let used = 0;
  for (const piece of piecesOf(spans, width)) {
    const size = stringWidth(piece.map(({ text }) => text).join(''));
    const isSpace = piece.every(({ text }) => text.trim() === '');
    if (used + size > width && used > 0) {
      lines.push(line);
      line = [];
      used = 0;
      if (isSpace) continue;
    }
    line.push(...piece);
    used += size;
  }
  return [...lines, line].map(joined);
}

/** Pieces that must stay on one line: a word with its punctuation, even if the two look different. */
function piecesOf(spans: readonly Span[], width: number): Span[][] {
  const pieces: Span[][] = [];
  let isOpen = false;
  for (const { text, tone } of spans) {
    for (const { segment } of words.segment(text)) {
      const last = pieces.at(-1);
      const fits = last && stringWidth(last.map((span) => span.text).join('') + segment) <= width;
      const isOneWord = isLatin(last?.at(-1)?.text ?? '') && isLatin(segment);
      if (last && fits && (isOpen || isOneWord || CLOSING.test(segment))) last.push({ text: segment, tone });
      else pieces.push(...broken(segment, width).map((part) => [{ text: part, tone }]));
      isOpen = OPENING.test(segment);
    }
  }
  return pieces;
}

function broken(segment: string, width: number): string[] {
  if (stringWidth(segment) <= width) return [segment];
  const parts: string[] = [];
  let part = '';
  for (const { segment: letter } of letters.segment(segment)) {
    if (part !== '' && stringWidth(part + letter) > width) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part];
}

/** Neighbours with the same look, as one. */
function joined(line: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const { text, tone } of line) {
    const last = spans.at(-1);
    if (last && last.tone === tone) spans[spans.length - 1] = { text: last.text + text, tone };
    else spans.push({ text, tone });
  }
  return spans;
}

export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of letters.segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
