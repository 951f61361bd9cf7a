/** The messages about `.env`, in both languages. */
import type { Words } from '../../src/dial-list/list';

export const NOT_UTF8 = {
  en: 'is UTF-16 or not text at all; save the file as UTF-8',
  ja: 'UTF-16か、テキストではないようです。UTF-8で保存し直してください',
};
export const unread = (text: string): Words =>
  text.startsWith('export ')
    ? { en: 'is ignored: take out the word export', ja: '読み込まれません。export を消してください' }
    : {
        en: 'is ignored: write NAME=value on one line',
        ja: '読み込まれません。1行に「名前=値」と書いてください',
      };
export const meant = (name: string): Words => ({
  en: `is not a setting; did you mean ${name}?`,
  ja: `この名前の設定はありません。${name} ではありませんか`,
});
export const UNKNOWN = {
  en: 'is not a setting of mackerel-kaden; it is uploaded all the same',
  ja: 'この名前の設定はありません(このままアップロードされます)',
};
export const NO_ACCOUNT = {
  en: 'has no ACCOUNT_SID and AUTH_TOKEN yet; npm run deploy needs them',
  ja: 'ACCOUNT_SID と AUTH_TOKEN がまだありません。npm run deploy に必要です',
};
export const BACKTICKS = {
  en: 'has backticks, which become part of the value; take them out',
  ja: 'バッククォートも値の一部になります。消してください',
};
export const COMMENT = {
  en: 'has a comment, which becomes part of the value; put the comment on a line of its own (or quote a value that contains #)',
  ja: 'コメントも値の一部になります。コメントは別の行に書いてください(#を含む値なら全体を引用符で囲んでください)',
};
export const ONE_QUOTE = {
  en: 'has a quote at one end only; write the same quote at both ends, on one line',
  ja: '引用符が対になっていません。同じ行の両端に同じ引用符を書いてください',
};
export const NOT_ASCII = {
  en: 'has a character that is not ASCII, perhaps a full-width one; type the value again',
  ja: '全角などASCIIでない文字があります。半角で入力し直してください',
};
export const TOO_LONG = {
  en: 'is longer than 450 bytes, and Twilio takes no more in one variable; shorten it',
  ja: '450バイトを超えています。Twilioの変数1つの上限なので、短くしてください',
};
export const TOO_MUCH = {
  en: 'has more than 3 kB of settings, and Twilio takes no more in all; take out what is not needed',
  ja: '設定の合計が3KBを超えています。Twilioの上限なので、不要なものを消してください',
};
export const standsTwice = (line: number): Words => ({
  en: `is already on line ${line}, and this one counts; take one of the two out`,
  ja: `${line}行目にもあり、こちらが使われます。どちらかを消してください`,
});
export const AN_API_KEY = {
  en: 'is the SID of an API key; write the account’s own, which begins with AC',
  ja: 'APIキーのSIDです。AC で始まるアカウントのSIDを書いてください',
};
export const NO_SID = {
  en: 'write the account’s SID: AC and 32 digits from 0 to f',
  ja: 'アカウントのSID(AC に続けて16進数32桁)を書いてください',
};
export const NO_TOKEN = {
  en: 'write the account’s auth token: 32 digits from 0 to f',
  ja: 'アカウントのAuth Token(16進数32桁)を書いてください',
};
