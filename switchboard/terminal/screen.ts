/** The terminal: lines that stay and, on a TTY, a moving one under them. */
import type { WriteStream } from 'node:tty';
import { type Columns, clockTime, linesOf } from './layout';
import type { Paint } from './paint';
import { blank, type Row } from './row';

export type Screen = {
  readonly isTTY: boolean;
  columns(): Columns;
  print(...rows: readonly Row[]): void;
  /** Replaces the row under the story; does nothing if lines cannot be taken back. */
  live(row: Row | undefined): void;
  close(): void;
};

const USUAL_WIDTH = 80;
/** Longer lines are hard to read. */
const MOST_WIDTH = 110;

const CLEAR_LINE = '\r\x1b[2K';
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

export function openScreen(
  out: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>,
  setup: Pick<Columns, 'names' | 'timeZone'> & { readonly paint: Paint },
): Screen {
  const isTTY = out.isTTY === true && process.env.TERM !== 'dumb';
  let shown = '';
  let last: Row = blank;
  const columns = () => ({ ...setup, width: Math.min(MOST_WIDTH, out.columns || USUAL_WIDTH) });
  const linesFor = (row: Row) => linesOf(row, columns(), setup.paint);

  function live(row: Row | undefined): void {
    // A second line could not be taken back.
    const line = row ? (linesFor(row)[0] ?? '') : '';
    if (!isTTY || line === shown) return;
    out.write((shown === '' ? HIDE_CURSOR : CLEAR_LINE) + (line === '' ? SHOW_CURSOR : line));
    shown = line;
  }

  return {
    isTTY,
    columns,
    live,
    print(...rows) {
      let text = '';
      for (const row of rows) {
        if (row === blank && last === blank) continue;
        const goesOn = isSameMoment(last, row, setup.timeZone);
        for (const line of linesFor(goesOn ? { ...row, at: undefined, who: undefined } : row))
          text += `${line}\n`;
        if (row === blank || row.label || row.at !== undefined) last = row;
      }
      if (text === '') return;
      out.write((shown === '' ? '' : CLEAR_LINE) + text + shown);
    },
    close: () => live(undefined),
  };
}

/** The same person in the same second is not named again. */
function isSameMoment(before: Row, row: Row, timeZone: string): boolean {
  if (before.at === undefined || row.at === undefined || row.who?.name !== before.who?.name) return false;
  return clockTime(before.at, timeZone) === clockTime(row.at, timeZone);
}
