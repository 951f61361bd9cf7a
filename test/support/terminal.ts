/** A command in a real pseudo-terminal, of util-linux's `script`, and somebody who types there. */
import { spawn } from 'node:child_process';

/** What is waited for on the screen, and what is typed then. */
export type Turn = readonly [shown: string | RegExp, typed: string];

export const ENTER = '\r';
export const DOWN = '\u001b[B';
export const SPACE = ' ';
export const CTRL_C = '\u0003';

export type Session = { readonly code: number | null; readonly screen: string };

const LIMIT_MS = 120_000;

/**
 * Types each answer as soon as its question is shown, in order. The screen is given without its colours and movements.
 *
 * @param env instead of what the tests themselves run in, where it differs
 */
export function inTerminal(
  command: readonly string[],
  turns: readonly Turn[],
  {
    cwd,
    env,
    columns = 200,
  }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly columns?: number },
): Promise<Session> {
  const quoted = command.map((part) => `'${part.replaceAll("'", `'\\''`)}'`).join(' ');
  const child = spawn(
    'script',
    ['--quiet', '--flush', '--return', '--command', `stty cols ${columns}; ${quoted}`, '/dev/null'],
    {
      cwd,
      env: { ...process.env, CI: undefined, TERM: 'xterm-256color', ...env },
    },
  );
  /** Once more where nothing came of it: on a busy machine, a question is drawn before anybody listens. */
  function type(typed: string): void {
    const before = screen.length;
    child.stdin.write(typed);
    setTimeout(() => {
      if (screen.length === before && child.exitCode === null) type(typed);
    }, 4_000).unref();
  }

  /** What is only looked for is followed by the next at once. */
  function answer(): void {
    const [next] = left;
    if (!next) return;
    const [shown, typed] = next;
    const at = screen.slice(seenTo).search(shown instanceof RegExp ? shown : escaped(shown));
    if (at < 0) return;
    seenTo += at + 1;
    left.shift();
    // A question takes keys from the moment on at which it is drawn.
    if (typed === '') answer();
    else setTimeout(() => type(typed), 150);
  }

  const left = [...turns];
  let screen = '';
  let seenTo = 0;
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    screen = plain(screen + part);
    answer();
  });
  // A question that nobody answers waits for ever.
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  return new Promise((over) => {
    child.on('close', (code) => {
      clearTimeout(limit);
      over({ code, screen });
    });
  });
}

const escaped = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
/** Escape sequences of a terminal: ECMA-48, 5.4. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const plain = (text: string) => text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
