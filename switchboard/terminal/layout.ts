/** Rows as lines: the time, the speaker, and the text, each in its column. */
import stringWidth from 'string-width';
import type { Paint } from './paint';
import type { Row } from './row';
import { cut, wrapped } from './wrap';

export type Columns = {
  /** Columns of the terminal. */
  readonly width: number;
  /** Columns of the names. */
  readonly names: number;
  readonly timeZone: string;
};

const TIME = 8;
const GAP = 2;
const LABEL = 14;
const MOST_FOR_NAMES = 18;
/** A narrower terminal breaks the lines itself. */
const LEAST_TEXT = 24;

export const widthForNames = (names: readonly string[]): number =>
  Math.min(MOST_FOR_NAMES, Math.max(...names.map((name) => stringWidth(name))));

export const widthForText = ({ width, names }: Columns): number => roomBeside(TIME + GAP + names, width);

const roomBeside = (left: number, width: number) => Math.max(LEAST_TEXT, width - left - 2 * GAP);

export function linesOf(row: Row, columns: Columns, paint: Paint): string[] {
  const { label, margin = '', spans } = row;
  if (spans.length === 0 && !label) return [''];
  const beside = label ? LABEL : TIME + GAP + columns.names;
  const left = label
    ? paint.tone(label.tone, label.text) + spaces(LABEL - stringWidth(label.text))
    : timeAndName(row, columns, paint);
  const room = roomBeside(beside, columns.width) - stringWidth(margin);
  return wrapped(spans, room).map((line, index) => {
    const edge = index === 0 ? margin : margin.replace('↳', ' ');
    const text = line.map((piece) => paint.tone(piece.tone, piece.text)).join('');
    const painted = edge === '' ? text : paint.tone('faint', edge) + text;
    return `${spaces(GAP)}${index === 0 ? left : spaces(beside)}${spaces(GAP)}${painted}`.trimEnd();
  });
}

function timeAndName({ at, who }: Row, { names, timeZone }: Columns, paint: Paint): string {
  const time = at === undefined ? spaces(TIME) : paint.tone('faint', clockTime(at, timeZone));
  const name = who ? cut(who.name, names) : '';
  return time + spaces(GAP) + (who ? paint.who(who, name) : '') + spaces(names - stringWidth(name));
}

const spaces = (count: number) => ' '.repeat(Math.max(0, count));

export function clockTime(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(at);
}
