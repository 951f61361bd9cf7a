/** The text of a file that people have written, if it is UTF-8; otherwise its encoding, and the line that shows it. */
import Encoding from 'encoding-japanese';
import type { Words } from '../../src/dial-list/list';
import { lineAt } from './finding';

export type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly line: number; readonly words: Words };

/** The library's names, and those that editors use. */
const NAMES: Readonly<Record<string, string>> = {
  SJIS: 'Shift_JIS',
  EUCJP: 'EUC-JP',
  JIS: 'ISO-2022-JP',
  UTF16: 'UTF-16',
  UTF16BE: 'UTF-16',
  UTF16LE: 'UTF-16',
  UTF32: 'UTF-32',
};

export function decoded(bytes: Uint8Array): Decoded {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const other = NAMES[String(Encoding.detect(bytes))];
  if (other && (!isUtf8(bytes) || other === 'ISO-2022-JP'))
    return { ok: false, line: lineAt(text, firstOf(text, '\uFFFD', ESCAPE)), words: isIn(other) };
  if (!isUtf8(bytes)) return { ok: false, line: lineAt(text, firstOf(text, '\uFFFD')), words: isIn('?') };
  if (text.startsWith('\uFEFF')) return { ok: false, line: 1, words: HAS_MARK };
  const lost = text.search(LOST);
  if (lost >= 0) return { ok: false, line: lineAt(text, lost), words: HAS_LOST };
  return { ok: true, text };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What a decoder writes for unreadable bytes; JSON may have it as an escape. */
const LOST = /\uFFFD|\\ufffd/i;
/** The escape codes of ISO-2022-JP, which no text of today contains. */
const ESCAPE = String.fromCharCode(27);

function firstOf(text: string, ...signs: readonly string[]): number {
  return Math.max(0, Math.min(...signs.map((sign) => text.indexOf(sign)).filter((at) => at >= 0)));
}

const isIn = (encoding: string): Words =>
  encoding === '?'
    ? {
        en: 'this is no UTF-8; save the file as UTF-8',
        ja: 'UTF-8ではありません。UTF-8で保存し直してください',
      }
    : {
        en: `this is ${encoding}; save the file as UTF-8`,
        ja: `${encoding}です。UTF-8で保存し直してください`,
      };
const HAS_MARK = {
  en: 'begins with a byte-order mark; save the file as UTF-8 without one ("BOM")',
  ja: 'バイト順マーク(BOM)で始まっています。BOMなしのUTF-8で保存し直してください',
};
const HAS_LOST = {
  en: 'has a character that was lost when the file was converted (U+FFFD); write it anew',
  ja: '文字コードの変換で失われた文字(U+FFFD)があります。書き直してください',
};
