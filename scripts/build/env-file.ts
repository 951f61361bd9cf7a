/**
 * `.env` as `twilio-run` reads it when it deploys: with dotenv 6.2, which knows neither `export` nor comments after a
 * value nor backticks, and silently skips what it does not understand.
 */
import { parse } from 'dotenv';
import type { Words } from '../../src/dial-list/list';
import { nearestName } from '../../src/dial-list/spelling';
import { phoneWords } from '../../src/dial-list/words';
import { type ConfigFault, configFaults, type Env, SETTINGS } from '../../src/platform/config';
import {
  AN_API_KEY,
  BACKTICKS,
  COMMENT,
  meant,
  NO_ACCOUNT,
  NO_SID,
  NO_TOKEN,
  NOT_ASCII,
  NOT_UTF8,
  ONE_QUOTE,
  standsTwice,
  TOO_LONG,
  TOO_MUCH,
  UNKNOWN,
  unread,
} from './env-words';

export type EnvFault = {
  /** Counted from 1; absent for a missing setting. */
  readonly line?: number;
  readonly name?: string;
  readonly words: Words;
};

export type EnvFile = {
  /** The Functions' environment; empty values are not uploaded. */
  readonly env: Env;
  readonly faults: readonly EnvFault[];
  /** What need not be wrong. */
  readonly doubts: readonly EnvFault[];
};

const ACCOUNT = ['ACCOUNT_SID', 'AUTH_TOKEN'] as const;
const isOfAccount = (name: string) => (ACCOUNT as readonly string[]).includes(name);
/** What the operator's commands alone want to know. It goes up with the rest, and nothing there reads it. */
const NUMBER_B = 'NUMBER_B';
const KNOWN: readonly string[] = [...ACCOUNT, NUMBER_B, ...SETTINGS];

export function readEnvFile(text: string): EnvFile {
  // As PowerShell's `>` writes it: no name can be read.
  if (text.includes('\0')) return { env: {}, faults: [{ line: 1, words: NOT_UTF8 }], doubts: [] };
  const read = parse(text);
  const lines = text.split('\n').map((written, index) => lineOf(written, index + 1));
  const named = lines.filter((line): line is NamedLine => line.name !== undefined);
  const lineOfName = (name: string) => named.findLast((line) => line.name === name)?.line;
  const placed = ({ name, words }: { name: string; words: Words }) => ({
    line: lineOfName(name),
    name,
    words,
  });
  const unknown = Object.keys(read).filter((name) => !KNOWN.includes(name));
  const misspelt = unknown.flatMap((name) => {
    const nearest = nearestName(name, KNOWN);
    return nearest ? [{ name, words: meant(nearest) }] : [];
  });
  return {
    env: Object.fromEntries(SETTINGS.flatMap((name) => (read[name] ? [[name, read[name]]] : []))),
    faults: inOrder([
      ...lines.flatMap(faultsOfLine),
      ...repeated(named),
      ...sizeFaults(read),
      ...[...misspelt, ...accountFaults(read), ...settingFaults(read), ...phoneFault(NUMBER_B, read)].map(
        placed,
      ),
    ]),
    doubts: [
      ...unknown
        .filter((name) => !misspelt.some((one) => one.name === name))
        .map((name) => placed({ name, words: UNKNOWN })),
      ...(ACCOUNT.some((name) => read[name]) ? [] : [{ words: NO_ACCOUNT }]),
    ],
  };
}

/** Down the file, and after it what is missing. */
const inOrder = (faults: readonly EnvFault[]): EnvFault[] =>
  faults.toSorted(({ line: one = Number.POSITIVE_INFINITY }, { line: other = Number.POSITIVE_INFINITY }) =>
    one === other ? 0 : one - other,
  );

type Line = {
  readonly line: number;
  readonly written: string;
  readonly name?: string;
  readonly value?: string;
};
type NamedLine = Line & { readonly name: string; readonly value: string };

function lineOf(written: string, line: number): Line {
  const [entry] = Object.entries(parse(written));
  return entry ? { line, written, name: entry[0], value: entry[1] } : { line, written };
}

function faultsOfLine({ line, written, name, value = '' }: Line): EnvFault[] {
  const text = written.trim();
  if (name === undefined) return text === '' || text.startsWith('#') ? [] : [{ line, words: unread(text) }];
  const given = text.slice(text.indexOf('=') + 1).trim();
  const fault = (words: Words) => [{ line, name, words }];
  if (/^`.*`$/.test(given)) return fault(BACKTICKS);
  if (/^(["']).*\1\s*#/.test(given) || (!/^["']/.test(given) && /\s#/.test(given))) return fault(COMMENT);
  if (/^["']/.test(given) !== /["']$/.test(given) || (/^["']/.test(given) && given.length === 1))
    return fault(ONE_QUOTE);
  if (/^["'].*["']$/.test(given) && given.at(0) !== given.at(-1)) return fault(ONE_QUOTE);
  // Secrets, IDs, URLs and numbers have no words to choose from.
  if (/[^\x20-\x7e]/.test(value)) return fault(NOT_ASCII);
  if (Buffer.byteLength(value) > LIMITS.one) return fault(TOO_LONG);
  return [];
}

function repeated(lines: readonly NamedLine[]): EnvFault[] {
  return lines.flatMap(({ name, line }, index) => {
    const first = lines.findIndex((other) => other.name === name);
    return first === index ? [] : [{ line, name, words: standsTwice(lines[first]?.line ?? 0) }];
  });
}

/** Bytes of one variable, and of all in JSON: docs/serverless/functions-assets/functions/variables. Beyond them, a deploy fails. */
const LIMITS = { one: 450, all: 3 * 1024 };

function sizeFaults(read: Readonly<Record<string, string>>): EnvFault[] {
  const uploaded = Object.entries(read).filter(([name, value]) => value && !isOfAccount(name));
  const bytes = Buffer.byteLength(JSON.stringify(Object.fromEntries(uploaded)));
  return bytes > LIMITS.all ? [{ words: TOO_MUCH }] : [];
}

type NamedFault = { readonly name: string; readonly words: Words };

function accountFaults({ ACCOUNT_SID: sid, AUTH_TOKEN: token }: Record<string, string>): NamedFault[] {
  const faults: NamedFault[] = [];
  if (sid?.startsWith('SK')) faults.push({ name: 'ACCOUNT_SID', words: AN_API_KEY });
  else if (sid && !/^AC[0-9a-f]{32}$/.test(sid)) faults.push({ name: 'ACCOUNT_SID', words: NO_SID });
  else if (!sid && token) faults.push({ name: 'ACCOUNT_SID', words: NO_SID });
  if ((token || sid) && !/^[0-9a-f]{32}$/.test(token ?? ''))
    faults.push({ name: 'AUTH_TOKEN', words: NO_TOKEN });
  return faults;
}

/** There is room for the numbering plans here, so they check the number. */
function settingFaults(env: Env): NamedFault[] {
  const others: ConfigFault[] = configFaults(env).filter(
    ({ name }) => name !== 'CALLER_ID' || !env.CALLER_ID,
  );
  return [...others, ...phoneFault('CALLER_ID', env)];
}

function phoneFault(name: string, env: Readonly<Record<string, string | undefined>>): NamedFault[] {
  const words = env[name] ? phoneWords(env[name]) : undefined;
  return words ? [{ name, words }] : [];
}
