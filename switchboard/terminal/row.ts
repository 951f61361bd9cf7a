/** A line of the story before it is laid out: when, who, and what, in pieces that look different. */

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
  /** Milliseconds since the epoch; a row that goes on with the one above has none. */
  readonly at?: number;
  readonly who?: Who;
  /** In place of time and name, for what is no part of the story. */
  readonly label?: Span;
  /** What every line begins with, however the text breaks; an arrow only the first. */
  readonly margin?: string;
  readonly spans: readonly Span[];
};

export const span = (text: string, tone?: Tone): Span => (tone ? { text, tone } : { text });
export const plain = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');
export const blank: Row = { spans: [] };
