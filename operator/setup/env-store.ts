/** `.env` while it is filled in: the only place for secrets, and only its owner may read it. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'dotenv';

export type EnvStore = {
  get(name: string): string | undefined;
  all(): Readonly<Record<string, string>>;
  /** Saves it at once, so that an interrupted run loses nothing. */
  set(name: string, value: string): void;
};

const MODE = 0o600;

/**
 * @param template what a new file begins with: `.env.example`
 * @param isKept false: nothing is written, as in a dry run
 */
export function envStore(file: string, template: string, isKept = true): EnvStore {
  let text = contentOf(file) ?? contentOf(template) ?? '';
  const all = () => Object.fromEntries(Object.entries(parse(text)).filter(([, value]) => value !== ''));
  return {
    get: (name) => all()[name],
    all,
    set(name, value) {
      if (all()[name] === value) return;
      text = withLine(text, name, `${name}=${value}`);
      if (!isKept) return;
      writeFileSync(file, text, { mode: MODE });
      // The mode above is for a new file; an existing one keeps its own.
      chmodSync(file, MODE);
    },
  };
}

/** Replaces the line that has it, or goes after the last one. */
function withLine(text: string, name: string, line: string): string {
  const lines = text.split('\n');
  const place = lines.findLastIndex((one) => one.trimStart().startsWith(`${name}=`));
  if (place === -1) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;
  return lines.with(place, line).join('\n');
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fault;
  }
}
