/** Slack's mark-up, and how much of it fits into a message: docs.slack.dev/messaging/formatting-message-text */

/**
 * Bytes, marked up. Slack's pages say 40,000 characters, but it refuses to update a message with more than 4,000 as
 * `msg_too_long`: github.com/seratch/ChatGPT-in-Slack/issues/102. The note of `withoutMention` needs 139 of them.
 */
export const LONGEST = 3_850;

export const bytesOf = (text: string) => Buffer.byteLength(text);

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The first characters of a text without mark-up. */
export const clipped = (words: string, most: number) =>
  words.length > most ? `${words.slice(0, most).toWellFormed()}…` : words;

/** The beginning of a text with mark-up, not cut within a link or an entity. */
export function cut(text: string, room: number): string {
  if (bytesOf(text) <= room) return text;
  // A UTF-16 unit takes three bytes at most.
  const first = text.slice(0, Math.floor(room / 3)).toWellFormed();
  return first.replace(/<[^>]*$/, '').replace(/&[a-z]*$/, '');
}

/** Escapes the characters of a URL that would end Slack's link. */
export const linkable = (url: string) =>
  escaped(new URL(url).href.replaceAll('|', '%7C').replaceAll('>', '%3E'));

/** Seconds since the epoch: the last time with a year of four digits. */
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

/** A time that Slack shows in each reader's own zone; null if it is not a valid time. */
export function whenOf(at: number): string | null {
  const seconds = Math.floor(at);
  if (!(seconds > 0 && seconds <= LAST_TIME)) return null;
  const plain = new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${seconds}^{date_short_pretty} {time}|${plain} UTC>`;
}

/** Notifies everybody in the channel, if the workspace permits it. */
export const CHANNEL = '<!channel>';

export const withoutMention = (text: string, note: string) =>
  text.includes(CHANNEL) ? `${text.replaceAll(`${CHANNEL} `, '')}\n${note}` : text;
