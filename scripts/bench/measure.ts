import pc from 'picocolors';

/** Milliseconds of each repetition, and what they are compared with; absent for the base of comparisons. */
export type Row = {
  readonly what: string;
  readonly ms: readonly number[];
  readonly beside?: readonly number[];
  /** The limit for the median. */
  readonly goal?: number;
};

export const medianOf = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The median of the ratios, pair by pair: a disturbance hits both halves of a pair. */
export const ratioOf = (ms: readonly number[], beside: readonly number[]): number =>
  medianOf(ms.map((value, index) => value / (beside[index] ?? Number.NaN)));

/** Name, median, range, ratio. */
export function table(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return rows.map(({ what, ms, beside, goal }) => {
    const range = `${Math.min(...ms).toFixed(1)}–${Math.max(...ms).toFixed(1)}`;
    const isReached = goal === undefined || medianOf(ms) <= goal;
    const ratio = beside ? `× ${ratioOf(ms, beside).toFixed(3)}` : '';
    const wanted = goal === undefined ? '' : ` ${isReached ? pc.green('✓') : pc.yellow('✗')} ≤ ${goal}`;
    return `  ${what.padEnd(width)} ${medianOf(ms).toFixed(1).padStart(9)} ms  ${pc.dim(range.padStart(15))}  ${pc.bold(ratio.padStart(8))}${wanted}`;
  });
}

/** What is counted, not timed: a heading a column, the first one a row's name. */
export function grid(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const all = [columns, ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, nth) => Math.max(...all.map((row) => (row[nth] ?? '').length)));
  return all.map((row, line) => {
    const cells = row.map((cell, nth) =>
      nth === 0 ? cell.padEnd(widths[nth] ?? 0) : cell.padStart(widths[nth] ?? 0),
    );
    return `  ${line === 0 ? pc.dim(cells.join('  ')) : cells.join('  ')}`;
  });
}
