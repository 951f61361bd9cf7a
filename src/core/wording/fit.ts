/** Keeps what is spoken within what Twilio takes. */

/** A Polly voice takes 3,000 characters, and the text 4,500 when URL-encoded: docs/api/errors/13521 */
const LONGEST_SPOKEN = { characters: 3_000, encoded: 4_500 };

/** Where a text may end without harm, best first. */
const ENDINGS = [/^.*[。.！!？?]/su, /^.*[、,;:\n]/su, /^.*\s/su];

/** The text as it may stand in XML: no half characters, no control characters, white space in one kind. */
export function speakable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * The text, cut at a sensible place if it is longer than Twilio speaks.
 *
 * @param reserve what has to be spoken in the same `<Say>` behind it, whole
 */
export function fitted(text: string, reserve = ''): string {
  const clean = speakable(text);
  if (fits(clean + reserve)) return clean;
  const characters = [...clean];
  let [least, most] = [0, characters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(`${characters.slice(0, middle).join('')}…${reserve}`)) least = middle;
    else most = middle - 1;
  }
  return `${sensible(characters.slice(0, least).join(''))}…`;
}

/** UTF-8 bytes stand for the "single-byte characters" that Twilio counts: the stricter reading of it. */
function fits(text: string): boolean {
  return (
    Buffer.byteLength(text) <= LONGEST_SPOKEN.characters &&
    encodeURIComponent(text).length <= LONGEST_SPOKEN.encoded
  );
}

/** Ends where a sentence, a phrase or a word does, unless most of the text would be lost by it. */
function sensible(text: string): string {
  for (const ending of ENDINGS) {
    const cut = ending.exec(text)?.[0] ?? '';
    if (cut.length > text.length * 0.6) return cut.trim();
  }
  return text;
}
