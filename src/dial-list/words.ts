/** The messages of the check, in both languages. At build time only. */
import type { Words } from './list';
import { judgePhone } from './phone-number';

export const inLanguage = (words: Words, lang: string | undefined) => words[lang === 'ja' ? 'ja' : 'en'];

/** A message for valibot, which asks for it once it knows the language. */
export const say =
  (en: string, ja: string) =>
  ({ lang }: { readonly lang?: string }) =>
    inLanguage({ en, ja }, lang);

export const IS_MISSING = { en: 'is missing', ja: '必要ですが、書かれていません' };
export const AN_OBJECT = { en: 'write an object: { … }', ja: 'オブジェクト { … } を書いてください' };
export const unknownKeyWords = (nearest: string | undefined): Words =>
  nearest === undefined
    ? {
        en: 'is not a key of the dial list; fix its spelling or take it out',
        ja: 'このキーはありません。綴りを直すか、消してください',
      }
    : {
        en: `is not a key of the dial list; fix its spelling ("${nearest}"?) or take it out`,
        ja: `このキーはありません。綴りを直すか("${nearest}" ?)、消してください`,
      };

/** What to write instead of a phone number that cannot be dialled; undefined if it can. */
export function phoneWords(written: string): Words | undefined {
  const verdict = judgePhone(written);
  switch (verdict.kind) {
    case 'right':
    case 'sample':
      return undefined;
    case 'rewrite':
      return {
        en: `write it in E.164: country code first, no leading 0, digits only: "${verdict.form}"`,
        ja: `E.164の形(国番号から始め、先頭の0を除き、数字だけ)で書いてください: "${verdict.form}"`,
      };
    case 'undiallable':
      return E164.test(written) ? IN_NO_PLAN : NOT_E164;
  }
}

const E164 = /^\+[1-9]\d{6,14}$/;

const IN_NO_PLAN = {
  en: 'is not a number in any country’s numbering plan; look for a missing, wrong or extra digit (if it is a new kind of number, update libphonenumber-js)',
  ja: 'どの国の番号計画にもない番号です。桁の過不足や誤りを確かめてください(新しい種類の番号なら libphonenumber-js を更新してください)',
};
const NOT_E164 = {
  en: 'write a phone number in E.164: +, country code, number, at most 15 digits, as in "+815000000001"',
  ja: '電話番号をE.164の形(+、国番号、番号の順で最大15桁)で書いてください。例: "+815000000001"',
};

/** Somebody may have written a phone number in place of a key. */
export const withoutNumber = (key: string) => key.replace(/\+?\d[\d-]{5,}/g, '(number)');
