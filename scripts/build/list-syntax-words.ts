/** The messages about JSON as people write it, in both languages. */
import type { Words } from '../../src/dial-list/list';

/** A sign that begins nothing in JSON, and what it stands for. */
export function symbolWords(symbol: string): Words {
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

export const IS_EMPTY = {
  en: 'is empty; write { "members": [ … ] }',
  ja: '空です。{ "members": [ … ] } を書いてください',
};
export const A_COMMENT = {
  en: 'is a comment; JSON has no comments, so take it out',
  ja: 'コメントがあります。JSONにはコメントを書けないので、消してください',
};
export const NO_COMMA = {
  en: 'write a comma (,) at the end of this',
  ja: 'このあとにコンマ(,)を書いてください',
};
export const COMMA_TOO_MANY = {
  en: 'take out the comma (,) after the last one',
  ja: '最後の項目のあとのコンマ(,)を消してください',
};
export const NO_COLON = {
  en: 'write a colon (:) between key and value',
  ja: 'キーと値の間にコロン(:)を書いてください',
};
export const NO_VALUE = { en: 'write a value here', ja: '値を書いてください' };
export const NO_KEY = {
  en: 'write a key in double quotes here, as in "name":',
  ja: 'キーを二重引用符で囲んで書いてください。例: "name":',
};
export const notClosed = (bracket: string): Words => ({
  en: `write the closing ${bracket} after this`,
  ja: `このあとに閉じる ${bracket} を書いてください`,
});
export const GOES_ON = {
  en: 'goes on after the end of the list; look for an extra closing bracket',
  ja: 'リストの終わりより後に続きがあります。閉じ括弧が多すぎないか確かめてください',
};
export const QUOTE_OPEN = {
  en: 'write the closing double quote (") on the same line',
  ja: '閉じる二重引用符(")を同じ行に書いてください',
};
export const A_CONTROL_CHARACTER = {
  en: 'has a tab or another control character inside quotes; write a space instead',
  ja: '引用符の中にタブなどの制御文字があります。空白にしてください',
};
export const BAD_ESCAPE = {
  en: 'has a backslash (\\) that means nothing in JSON; write \\\\ for one',
  ja: 'JSONで意味をもたないバックスラッシュがあります。文字としては \\\\ と書いてください',
};
export const BARE_NUMBER = {
  en: 'put phone numbers, dates and times in double quotes, as in "+815000000001"',
  ja: '電話番号や日付、時刻は二重引用符で囲んでください。例: "+815000000001"',
};
export const BARE_WORD = {
  en: 'put keys and words in double quotes, as in "name": "Sato"',
  ja: 'キーや文字列は二重引用符で囲んでください。例: "name": "佐藤"',
};
export const OTHER_QUOTES = {
  en: 'write straight double quotes (") instead',
  ja: '引用符は半角の二重引用符(")で書いてください',
};
export const WIDE_BLANK = {
  en: 'has a full-width space outside quotes; write an ordinary one',
  ja: '引用符の外に全角などの空白があります。半角の空白にしてください',
};
export const wide = (sign: string): Words => ({
  en: `write ${sign} as a half-width character`,
  ja: `${sign} は半角で書いてください`,
});
export const standsTwice = (key: string, line: number): Words => ({
  en: `"${key}" is already on line ${line}; take one of the two out`,
  ja: `"${key}" は${line}行目にもあります。どちらかを消してください`,
});
