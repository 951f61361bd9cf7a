/**
 * Which phone numbers can be dialled, by the numbering plans of all countries. At build time only: the plans take 150
 * KB.
 */
import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';

export type PhoneVerdict =
  | { readonly kind: 'right' }
  /** A made-up number, as in the sample list. */
  | { readonly kind: 'sample' }
  /** It can be dialled once it is written in this form: E.164, the subscriber's own digits hidden. */
  | { readonly kind: 'rewrite'; readonly form: string }
  /** No numbering plan has it. */
  | { readonly kind: 'undiallable' };

/** A number without a country code counts as Japanese. */
export function judgePhone(written: string): PhoneVerdict {
  if (SAMPLE.test(written)) return { kind: 'sample' };
  const number = parsePhoneNumberFromString(written, { defaultCountry: 'JP', extract: false });
  if (!number || number.ext || !(number.isValid() || SAMPLE.test(number.number)))
    return { kind: 'undiallable' };
  return number.number === written ? { kind: 'right' } : { kind: 'rewrite', form: hidden(number) };
}

/** +81 50-0000-xxxx and +1 555-01xx, with or without an area code: nobody has these numbers. */
const SAMPLE = /^\+(81500000\d{4}|1(\d{3})?55501\d\d)$/;

/** Many people read a build's log, so it shows only the country and the kind of number. */
function hidden({ countryCallingCode, nationalNumber }: PhoneNumber): string {
  const isJapaneseByKind = countryCallingCode === '81' && /^[5-9]0/.test(nationalNumber);
  const shown = nationalNumber.slice(0, isJapaneseByKind ? 2 : 1);
  return `+${countryCallingCode}${shown}${'•'.repeat(nationalNumber.length - shown.length)}`;
}
