/** How much a message says. If it does not fit, or Slack refuses it, it is written again with less. */
import type { Form } from './forms';
import { bytesOf, LONGEST } from './markup';

export type Depth = {
  /** Alerts that have a line each. */
  readonly named: number;
  /** Characters of the worst alert's own message. */
  readonly words: number;
  /** Members of the dial order. */
  readonly order: number;
  /** Characters of a member's name. */
  readonly member: number;
  /** Characters of each half of an alert's title. */
  readonly title: number;
  /** Characters of a URL; a longer one is left out. */
  readonly url: number;
  /** Alerts named in one line of news. */
  readonly listed: number;
  /** Without mentions and graphs, either of which may be why Slack refused. */
  readonly isBare?: boolean;
};

export const FULL: Depth = {
  named: 6,
  words: LONGEST,
  order: Number.POSITIVE_INFINITY,
  member: 40,
  title: 200,
  url: 500,
  listed: 40,
};
export const SHORT: Depth = { named: 1, words: 0, order: 3, member: 16, title: 24, url: 0, listed: 3 };

export const DEPTHS: readonly Depth[] = [
  FULL,
  { ...FULL, words: 400 },
  { ...FULL, words: 400, order: 12, title: 120 },
  { ...FULL, named: 3, words: 150, order: 12, title: 80, url: 200, listed: 8 },
  SHORT,
];

export const depthsOf = ({ words }: Form): readonly Depth[] =>
  words === 'all' ? DEPTHS : [{ ...SHORT, isBare: true }];

/** The lines at the first depth at which they fit into `room` bytes; at the last depth if they never fit. */
export function fitting(
  depths: readonly Depth[],
  room: number,
  write: (depth: Depth) => readonly string[],
): readonly string[] {
  let lines: readonly string[] = [];
  for (const depth of depths) {
    lines = write(depth);
    if (bytesOf(lines.join('\n')) <= room) break;
  }
  return lines;
}
