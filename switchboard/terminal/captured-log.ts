/** Keeps what the Functions log, and Node's warnings, out of the story, and shows them if it goes wrong. */
import { format } from 'node:util';

export type CapturedLog = {
  readonly lines: readonly string[];
  /** Restores the console. */
  restore(): void;
};

const KINDS = ['log', 'info', 'warn', 'error', 'debug'] as const;
/** The latest ones say most. */
const MOST_KEPT = 20;

export function captureLog(onLine: (line: string) => void): CapturedLog {
  const lines: string[] = [];
  const note = (line: string) => {
    lines.push(line);
    if (lines.length > MOST_KEPT) lines.shift();
    onLine(line);
  };
  const real = KINDS.map((kind) => [kind, console[kind]] as const);
  for (const kind of KINDS) console[kind] = (...args: unknown[]) => note(format(...args));
  const ofNode = process.listeners('warning');
  const onWarning = ({ name, message }: Error) => note(`${name}: ${message}`);
  process.removeAllListeners('warning');
  process.on('warning', onWarning);
  return {
    lines,
    restore() {
      for (const [kind, own] of real) console[kind] = own;
      process.off('warning', onWarning);
      for (const listener of ofNode) process.on('warning', listener);
    },
  };
}
