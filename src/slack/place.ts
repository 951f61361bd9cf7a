/** Where a message stands. Kept as one word between two webhooks. */
export type Place = { readonly channel: string; readonly ts: string };

export const placed = ({ channel, ts }: Place) => `${channel}/${ts}`;

/** @param channel where it stands if the word does not say, as it did once */
export function placeOf(word: string, channel: string): Place {
  const [before = '', ts] = word.split('/');
  return ts === undefined ? { channel, ts: before } : { channel: before, ts };
}
