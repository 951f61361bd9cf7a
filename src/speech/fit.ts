/** Keeps what is spoken within what Twilio takes. */

/** A Polly voice takes 3,000 characters, and the text 4,500 when URL-encoded: docs/api/errors/13521 */
const LONGEST_SPOKEN = { characters: 3_000, encoded: 4_500 };

/** Where a text may end without harm, best first. A point within a number or a host's name ends nothing. */
const ENDINGS = [/^.*(?:[。！？](?=.)|[.!?](?=\s))/su, /^.*(?:、(?=.)|[,;:](?=\s))/su, /^.*(?=\s)/su];

/** The text as it may stand in XML: no half characters, no control characters, white space in one kind. */
export function speakable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The text, cut at a sensible place if it is longer than Twilio speaks. */
export function fitted(text: string): string {
  const clean = speakable(text);
  return fits(clean) ? clean : cutTo(clean, fits);
}

/** The longest beginning that fits, with an ellipsis, or a little less, so that it ends at a sensible place. */
export function cutTo(text: string, isShort: (text: string) => boolean): string {
  const characters = [...text];
  let [least, most] = [0, characters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (isShort(`${characters.slice(0, middle).join('')}…`)) least = middle;
    else most = middle - 1;
  }
  return `${sensible(characters, least)}…`;
}

/** UTF-8 bytes stand for the "single-byte characters" that Twilio counts: the stricter reading of it. */
function fits(text: string): boolean {
  return (
    Buffer.byteLength(text) <= LONGEST_SPOKEN.characters &&
    encodeURIComponent(text).length <= LONGEST_SPOKEN.encoded
  );
}

/** So much of the text, or less: up to where a sentence, a phrase or a word ends, unless most would be lost by it. */
function sensible(characters: readonly string[], length: number): string {
  // Whether it ends there shows in what comes next.
  const text = characters.slice(0, length + 1).join('');
  for (const ending of ENDINGS) {
    const cut = ending.exec(text)?.[0] ?? '';
    if (cut.length > text.length * 0.6) return cut.trim();
  }
  const cut = characters.slice(0, length).join('');
  // Half a number is another number.
  const isInNumber = /\d[.,]?$/.test(cut) && /[\d.,]$/.test(text);
  return (isInNumber && cut.replace(/[\d.,]+$/, '')) || cut;
}
