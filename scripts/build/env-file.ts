/**
 * `.env` as `twilio-run` reads it when it deploys: with dotenv 6.2, which knows neither `export` nor comments behind a
 * value nor backticks, and says nothing of what it does not understand.
 */
import { parse } from 'dotenv';
import { type ConfigFault, configFaults, type Env, SETTINGS } from '../../src/config';
import type { Words } from '../../src/core/dial-list';
import { phoneWords } from '../../src/core/dial-list-words';
import { nearestName } from '../../src/core/spelling';

export type EnvFault = {
  /** Counted from 1; none of what is missing. */
  readonly line?: number;
  readonly name?: string;
  readonly words: Words;
};

export type EnvFile = {
  /** What the Functions are going to be told; empty values are not uploaded. */
  readonly env: Env;
  readonly faults: readonly EnvFault[];
  /** What need not be wrong. */
  readonly doubts: readonly EnvFault[];
};

const ACCOUNT = ['ACCOUNT_SID', 'AUTH_TOKEN'] as const;
const KNOWN: readonly string[] = [...ACCOUNT, ...SETTINGS];

export function readEnvFile(text: string): EnvFile {
  // As PowerShell's `>` writes it: not one name can be read.
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
      ...[...misspelt, ...accountFaults(read), ...settingFaults(read)].map(placed),
    ]),
    doubts: [
      ...unknown
        .filter((name) => !misspelt.some((one) => one.name === name))
        .map((name) => placed({ name, words: UNKNOWN })),
      ...(ACCOUNT.some((name) => read[name]) ? [] : [{ words: NO_ACCOUNT }]),
    ],
  };
}

/** Down the file, and behind it what is missing. */
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
  // Secrets, IDs, URLs and numbers have none.
  if (/[^\x20-\x7e]/.test(value)) return fault(NOT_ASCII);
  return [];
}

function repeated(lines: readonly NamedLine[]): EnvFault[] {
  return lines.flatMap(({ name, line }, index) => {
    const first = lines.findIndex((other) => other.name === name);
    return first === index ? [] : [{ line, name, words: standsTwice(lines[first]?.line ?? 0) }];
  });
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

/** Here, where there is room for them, the numbering plans judge the number. */
function settingFaults(env: Env): NamedFault[] {
  const { CALLER_ID: callerId } = env;
  const others: ConfigFault[] = configFaults(env).filter(({ name }) => name !== 'CALLER_ID');
  const words = callerId ? phoneWords(callerId) : undefined;
  return words ? [...others, { name: 'CALLER_ID', words }] : others;
}

const NOT_UTF8 = {
  en: 'is UTF-16 or no text at all; save the file as UTF-8',
  ja: 'UTF-16か、テキストではないようです。UTF-8で保存し直してください',
};
const unread = (text: string): Words =>
  text.startsWith('export ')
    ? { en: 'is not read: take out the word export', ja: '読み込まれません。export を消してください' }
    : {
        en: 'is not read: write NAME=value on one line',
        ja: '読み込まれません。1行に「名前=値」と書いてください',
      };
const meant = (name: string): Words => ({
  en: `is no setting; did you mean ${name}?`,
  ja: `この名前の設定はありません。${name} ではありませんか`,
});
const UNKNOWN = {
  en: 'is no setting of mackerel-kaden; it is uploaded all the same',
  ja: 'この名前の設定はありません(このままアップロードされます)',
};
const NO_ACCOUNT = {
  en: 'has no ACCOUNT_SID and AUTH_TOKEN yet; npm run deploy needs them',
  ja: 'ACCOUNT_SID と AUTH_TOKEN がまだありません。npm run deploy に必要です',
};
const BACKTICKS = {
  en: 'takes the backticks for a part of the value; take them out',
  ja: 'バッククォートも値の一部になります。消してください',
};
const COMMENT = {
  en: 'takes the comment for a part of the value; give the comment a line of its own (or quote a value that has a #)',
  ja: 'コメントも値の一部になります。コメントは別の行に書いてください(#を含む値なら全体を引用符で囲んでください)',
};
const ONE_QUOTE = {
  en: 'begins or ends with a quote alone; write the same one at both ends, on one line',
  ja: '引用符が対になっていません。同じ行の両端に同じ引用符を書いてください',
};
const NOT_ASCII = {
  en: 'has a character that is not ASCII, as a full-width one; type the value anew',
  ja: '全角などASCIIでない文字があります。半角で入力し直してください',
};
const standsTwice = (line: number): Words => ({
  en: `stands on line ${line} already, and this one counts; take one of the two out`,
  ja: `${line}行目にもあり、こちらが使われます。どちらかを消してください`,
});
const AN_API_KEY = {
  en: 'is the SID of an API key; write the account’s own, which begins with AC',
  ja: 'APIキーのSIDです。AC で始まるアカウントのSIDを書いてください',
};
const NO_SID = {
  en: 'write the account’s SID: AC and 32 digits from 0 to f',
  ja: 'アカウントのSID(AC に続けて16進数32桁)を書いてください',
};
const NO_TOKEN = {
  en: 'write the account’s auth token: 32 digits from 0 to f',
  ja: 'アカウントのAuth Token(16進数32桁)を書いてください',
};
