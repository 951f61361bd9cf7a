/** JSON as people write it: the fault and its line, and what to write instead. */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { Path } from '../../src/dial-list/check';
import type { Words } from '../../src/dial-list/list';
import { withoutNumber } from '../../src/dial-list/words';
import { lineAt } from './finding';
import {
  A_COMMENT,
  A_CONTROL_CHARACTER,
  BAD_ESCAPE,
  BARE_NUMBER,
  COMMA_TOO_MANY,
  GOES_ON,
  IS_EMPTY,
  NO_COLON,
  NO_COMMA,
  NO_KEY,
  NO_VALUE,
  notClosed,
  QUOTE_OPEN,
  standsTwice,
  symbolWords,
} from './list-syntax-words';

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

/** For a missing sign: what it is missing in. */
function nearestNode(root: Node, path: Path): Node {
  const node = findNodeAtLocation(root, [...path]);
  return node ?? (path.length > 0 ? nearestNode(root, path.slice(0, -1)) : root);
}

/** After a quote that is not closed, everything looks wrong. */
function reliable(errors: readonly ParseError[]): readonly ParseError[] {
  const open = errors.findIndex(({ error }) => printParseErrorCode(error) === 'UnexpectedEndOfString');
  return open < 0 ? errors : errors.slice(0, open + 1);
}

/** One slip causes others that are none: a parser recovers at the next line at best. */
function oneALine(faults: readonly SyntaxFault[]): SyntaxFault[] {
  return faults.filter(({ line }, index) => faults.findIndex((other) => other.line === line) === index);
}

/** JSON readers keep the last of them, so the others have no effect. */
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

/** Everything up to JSON's next separator. */
function wordAround(text: string, offset: number): string {
  const [before = ''] = text.slice(0, offset).match(/[^\s,:{}[\]"]*$/) ?? [];
  const [after = ''] = text.slice(offset).match(/^[^\s,:{}[\]"]*/) ?? [];
  return before + after;
}

/** Looks like a number, but is none in JSON: those have no plus, no hyphen inside, no leading 0 and no wide digit. */
const isBareNumber = (word: string) =>
  /^[+＋]?[(（]?[\d０-９][\d０-９()（）+‐－−.-]*$/.test(word) && !/^(0|[1-9]\d*)(\.\d+)?$/.test(word);
