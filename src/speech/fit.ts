/** Keeps spoken text within Twilio's limits. */

/** A Polly voice takes 3,000 characters, and the text 4,500 when URL-encoded: docs/api/errors/13521 */
const LONGEST_SPOKEN = { characters: 3_000, encoded: 4_500 };

/** Where a text may end, best first. A point within a number or a host's name ends nothing. */
const ENDINGS = [/^.*(?:[。！？](?=.)|[.!?](?=\s))/su, /^.*(?:、(?=.)|[,;:](?=\s))/su, /^.*(?=\s)/su];

/**
 * The text as XML may hold it: no half characters, no control characters, only plain spaces. `\p{Cn}`, all that no character
 * has yet, would take a millisecond to compile; XML refuses only the noncharacters among them.
 */
export function speakable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Co}\p{NChar}]+/gu, ' ')
    .trim();
}

/** The text, cut at a sensible place if it is longer than Twilio can speak. */
export function fitted(text: string): string {
  const clean = speakable(text);
  return fits(clean) ? clean : cutTo(clean, fits);
}

/** The longest beginning that fits, with an ellipsis, or a little less, to end at a sensible place. */
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

/** UTF-8 bytes stand for the "single-byte characters" that Twilio counts, which is the stricter reading. */
function fits(text: string): boolean {
  return (
    Buffer.byteLength(text) <= LONGEST_SPOKEN.characters &&
    encodeURIComponent(text).length <= LONGEST_SPOKEN.encoded
  );
}

/** Up to the end of a sentence, a phrase or a word, unless that loses more than 40 %. */
function sensible(characters: readonly string[], length: number): string {
  // The next character shows whether a sentence ends there.
  const text = characters.slice(0, length + 1).join('');
  for (const ending of ENDINGS) {
    const cut = ending.exec(text)?.[0] ?? '';
    if (cut.length > text.length * 0.6) return cut.trim();
  }
  const cut = characters.slice(0, length).join('');
  // Part of a number would be another number.
  const isInNumber = /\d[.,]?$/.test(cut) && /[\d.,]$/.test(text);
  return (isInNumber && cut.replace(/[\d.,]+$/, '')) || cut;
}
