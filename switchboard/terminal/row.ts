/** A line of the story before layout: when, who, and what, in pieces with different looks. */

export type Tone =
  | 'strong'
  | 'faint'
  | 'good'
  | 'bad'
  | 'warning'
  | 'code'
  | 'link'
  | 'key'
  | 'speech'
  | 'mention';

export type Span = { readonly text: string; readonly tone?: Tone };

export type Who = {
  readonly name: string;
  readonly role: 'member' | 'mackerel' | 'slack' | 'number-b' | 'switchboard';
  /** A member's place in the list. */
  readonly place?: number;
};

export type Row = {
  /** Milliseconds since the epoch; absent if the row continues the one above. */
  readonly at?: number;
  readonly who?: Who;
  /** Replaces time and name, for lines that are not part of the story. */
  readonly label?: Span;
  /** The beginning of every line, however the text breaks; an arrow only before the first. */
  readonly margin?: string;
  readonly spans: readonly Span[];
};

export const span = (text: string, tone?: Tone): Span => (tone ? { text, tone } : { text });
export const plain = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');
export const blank: Row = { spans: [] };
