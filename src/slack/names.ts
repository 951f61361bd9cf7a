/** How people and alerts are written: short enough that whatever they are called, a message has room for them. */

import type { DialList } from '../dial-list/list';
import type { AlertDetails, State } from '../escalation';
import { alertIn } from '../escalation';
import { clipped, escaped, linkable } from './markup';
import { phrasesIn } from './phrase-book';
import type { Names, Phrases } from './phrases';

/** How long names may be, in characters. */
export type Lengths = {
  readonly member: number;
  /** Each of the two halves of an alert's title. */
  readonly title: number;
  /** A URL that is longer is left out; 0 leaves out all. */
  readonly url: number;
  /** Alerts that are named in one line. */
  readonly listed: number;
};

export const LONG: Lengths = { member: 40, title: 200, url: 500, listed: 40 };
export const SHORT: Lengths = { member: 16, title: 24, url: 0, listed: 3 };

export function namesIn({ members, language }: DialList, state: State, lengths: Lengths = LONG): Names {
  const name = (member: number) =>
    escaped(clipped(members[member]?.name ?? `#${member + 1}`, lengths.member));
  const mention = (member: number) => {
    const id = members[member]?.slackUserId;
    return id ? `<@${id}>` : name(member);
  };
  const alert = (id: string) =>
    titleOf(alertIn(state, id) ?? { id, heardAt: 0 }, phrasesIn(language), lengths);
  return { name, mention, alert, listed: lengths.listed };
}

/** The list without what would call people by name: an ID that Slack does not know is a reason for it to refuse. */
export const unmentioned = (list: DialList): DialList => ({
  ...list,
  members: list.members.map(({ slackUserId: _, ...member }) => member),
});

/** An alert in a few words: the monitor and what it watches, else its id. */
export function titleOf(
  { id, isGroup, monitor, target, url }: AlertDetails,
  phrases: Phrases,
  lengths: Lengths = LONG,
): string {
  const name = isGroup && monitor !== undefined ? phrases.alertGroup(monitor) : monitor;
  const words = [name, target].filter((word) => word !== undefined);
  const title =
    words.length > 0
      ? words.map((word) => escaped(clipped(word, lengths.title))).join(' — ')
      : `${phrases.alertOfUnknownName} \`${escaped(clipped(id, lengths.title))}\``;
  const link = url && linkable(url);
  return link && link.length <= lengths.url ? `<${link}|${title.replaceAll('|', '¦')}>` : title;
}
