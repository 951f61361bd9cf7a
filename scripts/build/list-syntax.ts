/** JSON as people write it: what is wrong on which line, and what to write instead. */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { Words } from '../../src/core/dial-list';
import type { Path } from '../../src/core/dial-list-check';
import { withoutNumber } from '../../src/core/dial-list-words';
import { lineAt } from './finding';

export type SyntaxFault = { readonly line: number; readonly words: Words };

export type Parsed =
  | { readonly ok: true; readonly value: unknown; lineOf(path: Path): number }
  | { readonly ok: false; readonly faults: readonly SyntaxFault[] };

export function parsed(text: string): Parsed {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const faults = oneALine(reliable(errors).map((error) => syntaxFault(error, text)));
  if (!root || faults.length > 0)
    return { ok: false, faults: faults.length > 0 ? faults : [{ line: 1, words: IS_EMPTY }] };
  const twice = duplicateKeys(root, text);
  if (twice.length > 0) return { ok: false, faults: twice };
  return {
    ok: true,
    value: getNodeValue(root),
    lineOf: (path) => lineAt(text, nearestNode(root, path).offset),
  };
}

/** Of something that is missing, what it is missing in. */
function nearestNode(root: Node, path: Path): Node {
  const node = findNodeAtLocation(root, [...path]);
  return node ?? (path.length > 0 ? nearestNode(root, path.slice(0, -1)) : root);
}

/** Behind a quote that is not closed, everything looks wrong. */
function reliable(errors: readonly ParseError[]): readonly ParseError[] {
  const open = errors.findIndex(({ error }) => printParseErrorCode(error) === 'UnexpectedEndOfString');
  return open < 0 ? errors : errors.slice(0, open + 1);
}

/** A slip is followed by others that are none: a parser finds its way again in the next line at best. */
function oneALine(faults: readonly SyntaxFault[]): SyntaxFault[] {
  return faults.filter(({ line }, index) => faults.findIndex((other) => other.line === line) === index);
}

/** Reading goes on behind the last of them, so the others are written for nothing. */
function duplicateKeys(node: Node, text: string): SyntaxFault[] {
  const children = node.children ?? [];
  const keys = node.type === 'object' ? children.flatMap(({ children: [key] = [] }) => key ?? []) : [];
  const repeated = keys.flatMap((key, index) => {
    const first = keys.findIndex(({ value }) => value === key.value);
    return first === index ? [] : [{ key, first: keys[first] as Node }];
  });
  return [
    ...repeated.map(({ key, first }) => ({
      line: lineAt(text, key.offset),
      words: standsTwice(withoutNumber(String(key.value)), lineAt(text, first.offset)),
    })),
    ...children.flatMap((child) => duplicateKeys(child, text)),
  ].sort((one, other) => one.line - other.line);
}

function syntaxFault({ error, offset, length }: ParseError, text: string): SyntaxFault {
  const before = text.slice(0, offset).trimEnd();
  const at = (where: number, words: Words) => ({ line: lineAt(text, where), words });
  if (isBareNumber(wordAround(text, offset))) return at(offset, BARE_NUMBER);
  switch (printParseErrorCode(error)) {
    case 'InvalidCommentToken':
    case 'UnexpectedEndOfComment':
      return at(offset, A_COMMENT);
    case 'CommaExpected':
      return at(before.length, NO_COMMA);
    case 'PropertyNameExpected':
      return before.endsWith(',') ? at(before.length, COMMA_TOO_MANY) : at(offset, NO_KEY);
    case 'ValueExpected':
      if (before === '') return at(0, IS_EMPTY);
      return before.endsWith(',') ? at(before.length, COMMA_TOO_MANY) : at(offset, NO_VALUE);
    case 'ColonExpected':
      return at(before.length, NO_COLON);
    case 'CloseBraceExpected':
      return at(before.length, notClosed('}'));
    case 'CloseBracketExpected':
      return at(before.length, notClosed(']'));
    case 'EndOfFileExpected':
      return at(offset, GOES_ON);
    case 'UnexpectedEndOfString':
      return at(offset, QUOTE_OPEN);
    case 'InvalidCharacter':
      return at(offset, A_CONTROL_CHARACTER);
    case 'InvalidEscapeCharacter':
    case 'InvalidUnicode':
      return at(offset, BAD_ESCAPE);
    default:
      return at(offset, symbolWords(text.slice(offset, offset + length)));
  }
}

/** Everything up to what JSON itself would separate it by. */
function wordAround(text: string, offset: number): string {
  const [before = ''] = text.slice(0, offset).match(/[^\s,:{}[\]"]*$/) ?? [];
  const [after = ''] = text.slice(offset).match(/^[^\s,:{}[\]"]*/) ?? [];
  return before + after;
}

/** Of digits, but none of JSON's own numbers: they have no plus, no hyphen inside, no leading 0 and no wide digit. */
const isBareNumber = (word: string) =>
  /^[+＋]?[(（]?[\d０-９][\d０-９()（）+‐－−.-]*$/.test(word) && !/^(0|[1-9]\d*)(\.\d+)?$/.test(word);

function symbolWords(symbol: string): Words {
  if (/^#|^\/|^;/.test(symbol)) return symbol.startsWith(';') ? NO_COMMA : A_COMMENT;
  if (/['“”„‟‘’＂「」`]/.test(symbol)) return OTHER_QUOTES;
  const [sign] = symbol.match(/[，、；：｛｝［］]/) ?? [];
  if (sign) return wide(HALF_WIDTH[sign] ?? sign);
  if (/[\u3000\u00a0]/.test(symbol)) return WIDE_BLANK;
  if (symbol.startsWith('=')) return NO_COLON;
  return BARE_WORD;
}

const HALF_WIDTH: Readonly<Record<string, string>> = {
  '，': ',',
  '、': ',',
  '；': ',',
  '：': ':',
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
};

const IS_EMPTY = {
  en: 'is empty; write { "members": [ … ] }',
  ja: '空です。{ "members": [ … ] } を書いてください',
};
const A_COMMENT = {
  en: 'is a comment, which JSON has none of; take it out',
  ja: 'コメントがあります。JSONにはコメントを書けないので、消してください',
};
const NO_COMMA = { en: 'write a comma (,) at the end of this', ja: 'このあとにコンマ(,)を書いてください' };
const COMMA_TOO_MANY = {
  en: 'take out the comma (,) behind the last one',
  ja: '最後の項目のあとのコンマ(,)を消してください',
};
const NO_COLON = {
  en: 'write a colon (:) between key and value',
  ja: 'キーと値の間にコロン(:)を書いてください',
};
const NO_VALUE = { en: 'write a value here', ja: '値を書いてください' };
const NO_KEY = {
  en: 'write a key in double quotes here, as in "name":',
  ja: 'キーを二重引用符で囲んで書いてください。例: "name":',
};
const notClosed = (bracket: string): Words => ({
  en: `write the closing ${bracket} behind this`,
  ja: `このあとに閉じる ${bracket} を書いてください`,
});
const GOES_ON = {
  en: 'goes on behind the end of the list; look for a closing bracket too many',
  ja: 'リストの終わりより後に続きがあります。閉じ括弧が多すぎないか確かめてください',
};
const QUOTE_OPEN = {
  en: 'write the closing double quote (") on the same line',
  ja: '閉じる二重引用符(")を同じ行に書いてください',
};
const A_CONTROL_CHARACTER = {
  en: 'has a tab or another control character inside quotes; write a blank instead',
  ja: '引用符の中にタブなどの制御文字があります。空白にしてください',
};
const BAD_ESCAPE = {
  en: 'has a backslash (\\) that means nothing in JSON; write \\\\ for one',
  ja: 'JSONで意味をもたないバックスラッシュがあります。文字としては \\\\ と書いてください',
};
const BARE_NUMBER = {
  en: 'put phone numbers, dates and times in double quotes, as in "+815000000001"',
  ja: '電話番号や日付、時刻は二重引用符で囲んでください。例: "+815000000001"',
};
const BARE_WORD = {
  en: 'put keys and words in double quotes, as in "name": "Sato"',
  ja: 'キーや文字列は二重引用符で囲んでください。例: "name": "佐藤"',
};
const OTHER_QUOTES = {
  en: 'write straight double quotes (") instead of other ones',
  ja: '引用符は半角の二重引用符(")で書いてください',
};
const WIDE_BLANK = {
  en: 'has a wide blank outside quotes; write a plain one',
  ja: '引用符の外に全角などの空白があります。半角の空白にしてください',
};
const wide = (sign: string): Words => ({
  en: `write ${sign} as a half-width character`,
  ja: `${sign} は半角で書いてください`,
});
const standsTwice = (key: string, line: number): Words => ({
  en: `"${key}" stands on line ${line} already; take one of the two out`,
  ja: `"${key}" は${line}行目にもあります。どちらかを消してください`,
});
